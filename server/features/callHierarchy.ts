/** The numbers of a chapter as a call hierarchy: what a number is made of goes out, what it reaches comes in. */
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
  SymbolKind,
} from 'vscode-languageserver';
import type { Analysis, BindingInfo, RefResult } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import type { ProvenanceRecord } from '../evaluation/provenance';
import type { CausePlace } from '../protocol';
import { valueText } from '../provenance/formula';
import { directReaders } from '../provenance/reach';
import { type Handler, toOffset } from './feature';
import type { FileItemData } from './fileCalls';
import { around, askedAt, chapterPlace, originText, placeOfSource, shortValue } from './provenance';
import { madeAs, treeInputs } from './treeInputs';

/** What an item stands for, so that it can be asked about again: a source among those of an expression. */
interface ItemData {
  /** The chapter, for items that stand in other files. */
  readonly uri: string;
  readonly expr: string;
  readonly seen: number;
  readonly source: number;
}

export const prepareCallHierarchy: Handler<CallHierarchyPrepareParams, CallHierarchyItem[]> = {
  isPatient: true,
  async handle(analysis, { position }, context) {
    const asked = askedAt(toOffset(analysis.chapter, position, context), analysis);
    const record = asked && (await analysis.provenanceAt(asked.expr, asked.seen));
    if (asked === undefined || record === undefined) return null;
    const here = chapterPlace(asked.range, analysis, context.uri);
    return [sourceItem(0, record, here, { uri: context.uri, expr: asked.expr, seen: asked.seen, source: 0 }, analysis)];
  },
  inFile: async (file, { position }) => (await import('./fileCalls')).fileItem(file, position),
};

export const outgoingCalls: Handler<CallHierarchyOutgoingCallsParams, CallHierarchyOutgoingCall[]> = {
  documentOf,
  isPatient: true,
  inUnopened: true,
  async handle(analysis, { item }, { uri }) {
    const data = item.data as ItemData | undefined;
    const record = data && (await analysis.provenanceAt(data.expr, data.seen));
    if (data === undefined || record === undefined) return null;
    const here = { uri: item.uri, range: item.selectionRange };
    const from = record.sources[data.source];
    return treeInputs(from, record, analysis).map(input => {
      const to = sourceItem(record.sources.indexOf(input), record, here, { ...data, uri }, analysis);
      return { to: { ...to, name: nameWithin(to.name, from?.name ?? '') }, fromRanges: [item.selectionRange] };
    });
  },
  inFile: async (file, { item }) => (await import('./fileCalls')).callsFromFile(file, (item.data as FileItemData).at),
};

export const incomingCalls: Handler<CallHierarchyIncomingCallsParams, CallHierarchyIncomingCall[]> = {
  documentOf,
  isPatient: true,
  inUnopened: true,
  async handle(analysis, { item }, { uri }) {
    const data = item.data as ItemData | undefined;
    const record = data && (await analysis.provenanceAt(data.expr, data.seen));
    const source = record?.sources[data!.source];
    if (data === undefined || source === undefined) return null;
    const start = analysis.bindingOf(source.name, data.seen) ?? source.name;
    const { bindings, sentences } = directReaders(start, analysis);
    return [
      ...bindings.map(binding => callFrom(bindingItem(binding, analysis, uri))),
      ...sentences.map(ref => callFrom(refItem(ref, analysis, uri))),
    ];
  },
  inFile: async (file, { item }) => (await import('./fileCalls')).callsToFile(file, (item.data as FileItemData).at),
};

/** A name within the class of another one, without that: a narrow side bar would cut off the value. */
function nameWithin(name: string, other: string): string {
  const [owner = ''] = /^(?:[\p{L}\p{N}_]+\.)+/u.exec(other) ?? [];
  return name.startsWith(owner) ? name.slice(owner.length) : name;
}

/** An item may stand in another file than the chapter that it is about. */
function documentOf({ item }: { readonly item: CallHierarchyItem }): string {
  return (item.data as ItemData | FileItemData | undefined)?.uri ?? item.uri;
}

export function callFrom(item: CallHierarchyItem): CallHierarchyIncomingCall {
  // The reading place: the item itself.
  return { from: item, fromRanges: [item.selectionRange] };
}

export function sourceItem(
  at: number,
  record: ProvenanceRecord,
  reader: CausePlace,
  data: ItemData,
  analysis: Analysis,
): CallHierarchyItem {
  const source = record.sources[at]!;
  const { name, value, kind } = source;
  const made = madeAs(source, analysis);
  const { uri, range } = placeOfSource(source, analysis, data.uri) ?? reader;
  return {
    name: `${name} = ${valueText(value)}`,
    detail: made === '' ? originText(source) : made,
    kind: kind === 'constant' || kind === 'assumption' ? SymbolKind.Constant : SymbolKind.Variable,
    uri,
    range,
    selectionRange: range,
    data: { ...data, source: at },
  };
}

export function bindingItem(binding: BindingInfo, analysis: Analysis, uri: string): CallHierarchyItem {
  const { range, ...place } = chapterPlace(binding.range, analysis, uri);
  const data: ItemData = { uri, expr: binding.name, seen: binding.cell + 1, source: 0 };
  const name = `${binding.name} = ${shortValue(binding)}`;
  return { name, kind: SymbolKind.Variable, ...place, range, selectionRange: range, data };
}

export function refItem({ ref, display }: RefResult, analysis: Analysis, uri: string): CallHierarchyItem {
  const { range, ...place } = chapterPlace(ref.range, analysis, uri);
  return {
    name: display === undefined ? ref.expr : readingOf(display),
    detail: around(ref.range, analysis),
    kind: SymbolKind.String,
    ...place,
    range,
    selectionRange: range,
  };
}
