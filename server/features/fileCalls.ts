/** Numbers of data files and modules in a call hierarchy: what they are made of, and who reads them, by the project's chapters. */
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Position,
  SymbolKind,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Analysis } from '../evaluation/analysis';
import { firstReaders, sourceAt } from '../provenance/fileReach';
import { bindingItem, callFrom, refItem, sourceItem } from './callHierarchy';
import type { FileAsked } from './feature';
import { type AskedPlace, askedIn, importsOf } from './fileReach';
import { treeInputs } from './treeInputs';

/** What an item of a file stands for. */
export interface FileItemData {
  readonly uri: string;
  readonly at: Position;
}

export function fileItem(file: FileAsked, position: Position): CallHierarchyItem[] | null {
  const asked = askedIn(file, position);
  return asked === undefined ? null : [itemOf(asked, { uri: file.uri, at: position })];
}

function itemOf({ label, places, symbol }: AskedPlace, data: FileItemData): CallHierarchyItem {
  const { file, start, end } = places[0]!;
  const range = { start, end };
  const kind = symbol === undefined ? SymbolKind.Constant : SymbolKind.Variable;
  const uri = URI.file(file).toString();
  const detail = file.split(/[/\\]/).at(-1)!;
  return { name: label, detail, kind, uri, range, selectionRange: range, data };
}

/** Of what a chapter makes of it: a module alone is not followed. */
export async function callsFromFile(file: FileAsked, at: Position): Promise<CallHierarchyOutgoingCall[]> {
  const asked = askedIn(file, at);
  if (asked === undefined || !file.path.endsWith('.py')) return [];
  const from = itemOf(asked, { uri: file.uri, at });
  for await (const { uri, analysis } of file.chapters()) {
    const found = await sourceAt(asked.places, analysis);
    if (found === undefined) continue;
    const { record, source, expr, seen } = found;
    return treeInputs(source, record, analysis).map(input => {
      const data = { uri, expr, seen, source: record.sources.indexOf(input) };
      return {
        to: sourceItem(data.source, record, { uri: from.uri, range: from.range }, data, analysis),
        fromRanges: [from.selectionRange],
      };
    });
  }
  return [];
}

export async function callsToFile(file: FileAsked, at: Position): Promise<CallHierarchyIncomingCall[]> {
  const asked = askedIn(file, at);
  if (asked === undefined) return [];
  const calls: CallHierarchyIncomingCall[] = [];
  for await (const { uri, analysis } of file.chapters()) calls.push(...(await callsIn(asked, uri, analysis)));
  return calls;
}

async function callsIn(
  { places, symbol }: AskedPlace,
  uri: string,
  analysis: Analysis,
): Promise<CallHierarchyIncomingCall[]> {
  const { bindings, sentences } = await firstReaders(places, importsOf(symbol, analysis), analysis);
  return [
    ...bindings.map(binding => callFrom(bindingItem(binding, analysis, uri))),
    ...sentences.map(ref => callFrom(refItem(ref, analysis, uri))),
  ];
}
