/** Exports and attributes of classes in a reference, each with its value and the sentence as it will read. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { Analysis, Definition } from '../../evaluation/analysis';
import type { ValueInfo } from '../../evaluation/results';
import { saysNothing } from '../describe';
import { toldNow } from '../feature';
import { wordsAround } from '../sentence';
import { madeIn, readingOfValue } from '../values';
import { argumentItems, callAround } from './arguments';
import type { Context } from './context';
import {
  bestOf,
  type Candidate,
  documented,
  KINDS,
  KINDS_OF_VALUES,
  MOST_ROWS,
  mayMean,
  rank,
  replacing,
  shortText,
  shownOnRow,
  valued,
} from './items';
import { type CodePlace, type Place, takesName } from './place';
import { visibleAt } from './visible';

export const reference: Context = {
  opensOn: ' ',
  async items(place) {
    const { code, typed } = place;
    if (code === undefined || code.cell !== undefined || code.path.includes('.')) return undefined;
    if (code.at.string !== undefined || code.at.spec !== undefined) return undefined;
    if (!takesName(code)) return [];
    // A blank counts behind `{python}` alone.
    if (typed === ' ' && code.source !== '') return [];
    const preview = previewAt(place, code);
    const list = bestOf([...exportRows(place, code, preview), ...unbridgedRows(place, code, preview)], code.path);
    return { ...list, items: [...argumentItems(await callAround(code)), ...list.items] };
  },
};

/** How a value reads, and the sentence with it in. */
export type Preview = (
  value: ValueInfo | undefined,
  label: string,
) => { readonly reading: string; readonly sentence: string | undefined } | undefined;

/** Characters of the sentence on each side of a value. */
const AROUND = 16;
/** Longer names leave no room for what stands before the value. */
const LONG_NAME = 22;

/** The sentence with a value in place of what is being typed; of an expression that is more than a name, none. */
export function previewAt(place: Place, code: CodePlace): Preview {
  if (code.cell !== undefined || code.source.trim() !== code.path) return () => undefined;
  const mark = place.before.lastIndexOf('`{python}');
  const rest = /^[^`]*`/.exec(place.after)?.[0].length ?? 0;
  const range = { start: place.lineStart + mark, end: place.offset + rest };
  const around = wordsAround(range, place.analysis, AROUND);
  // Whole words: the row is short.
  const before = around.before.replace(/^…\S*\s(?=.*\S)/, '…');
  const after = around.after.replace(/(?<=\S.*)\s\S*…$/, '…');
  return (value, label) => {
    if (value === undefined || saysNothing(value)) return undefined;
    // How other values read on the page, their classes tell.
    if (!READ.has(value.type)) {
      const shown = shownOnRow(value);
      return shown === undefined ? undefined : { reading: shortText(shown, 30), sentence: undefined };
    }
    const reading = shortText(readingOfValue(value), 30);
    return { reading, sentence: `${label.length > LONG_NAME ? '' : before}${reading}${after}` };
  };
}

/** Types of values that read on the page as their repr, or as the text that they are. */
const READ: ReadonlySet<string> = new Set(['int', 'float', 'str', 'bool', 'NoneType', 'Markdown']);

/** The nearest ones first; where there are enough texts, nothing else would be shown. */
function* exportRows(place: Place, { analysis, seen, path }: CodePlace, preview: Preview): Iterable<Candidate> {
  let texts = 0;
  for (const [order, { name, kind, cell }] of visibleAt(analysis, seen).entries()) {
    // What formats a value may stand before it.
    if (kind === 'function' && (path === '' || !name.toLowerCase().startsWith(path.toLowerCase()))) continue;
    if (name.startsWith('_') || !mayMean(path, name)) continue;
    if (kind === 'import' && !isNumberOrText(toldNow(place.context, () => analysis.cells[cell]!.run?.valueOf(name))))
      continue;
    const group = groupOf(name, kind);
    yield {
      label: name,
      sortText: sortTextOf(group, name, cell, order, { analysis, seen }),
      make: () => nameRow(name, place, seen, cell, preview),
    };
    if (group === 0 && ++texts > MOST_ROWS) return;
  }
}

/** What prose shows comes first: texts, then classes, then other values, then numbers and texts that imports bring. */
function groupOf(name: string, kind: Definition['kind']): number {
  if (name.endsWith('_str')) return 0;
  switch (kind) {
    case 'class':
      return 1;
    case 'import':
      return 3;
    case 'function':
      return 4;
    default:
      return 2;
  }
}

const PLAIN: ReadonlySet<string> = new Set(['int', 'float', 'str', 'Quantity', 'Markdown']);

function isNumberOrText(value: ValueInfo | undefined): boolean {
  return value !== undefined && PLAIN.has(value.type);
}

/** A row for a name of the chapter, or an attribute of one, as the first `seen` cells leave it. */
export function nameRow(path: string, place: Place, seen: number, cell: number, preview?: Preview): CompletionItem {
  const definition = place.analysis.cells[cell]?.definitionsOf(path).at(-1);
  const label = path;
  const made = definition === undefined ? starRow(path, place, seen, cell) : item(label, definition, place, preview);
  return documented(made, place, { kind: 'name', path, seen });
}

/** A name that a star import brings. */
function starRow(name: string, { analysis, context }: Place, seen: number, cell: number): CompletionItem {
  const value = toldNow(context, () => analysis.valueAt(name, seen));
  return valued(
    name,
    KINDS_OF_VALUES[value?.kind ?? 'other'],
    analysis.cells[cell]?.pending === false ? shownOnRow(value) : undefined,
  );
}

/** Nearest cell first; in a cell first what no sentence shows yet. */
export function sortTextOf(
  kind: number,
  path: string,
  cell: number,
  order: number,
  { analysis, seen }: { readonly analysis: Analysis; readonly seen: number },
): string {
  return rank(kind, Math.max(0, seen - 1 - cell), (analysis.usedPaths.has(path) ? 5000 : 0) + order);
}

/** Texts of classes that no export passes on: `Tank.litres_str`. */
function* unbridgedRows(place: Place, code: CodePlace, preview: Preview): Iterable<Candidate> {
  const { analysis, seen, source, path } = code;
  if (source.trim() !== path) return;
  const all = visibleAt(analysis, seen);
  const exports = new Set(all.map(({ name }) => name));
  const range = { start: place.offset - path.length, end: place.offset };
  let order = 0;
  for (const { name, kind, cell } of all) {
    if (kind !== 'class') continue;
    for (const last of analysis.cells[cell]!.run?.attributesOf(name) ?? []) {
      const own = `${name}.${last}`;
      if (!last.endsWith('_str') || exports.has(last) || !mayMean(path, own)) continue;
      yield {
        label: own,
        sortText: sortTextOf(0, own, cell, order++, { analysis, seen }),
        make: () => replacing(nameRow(own, place, seen, cell, preview), own, range, place),
      };
      if (order > MOST_ROWS) return;
    }
  }
}

/** A row for a definition with its value, and the sentence with the value in. */
export function item(
  label: string,
  definition: Definition,
  { context, analysis }: Pick<Place, 'context' | 'analysis'>,
  preview: Preview = () => undefined,
): CompletionItem {
  const { kind, name, cell } = definition;
  if (kind === 'class') return { label, kind: CompletionItemKind.Class };
  // An attribute of a class is told by what its assignment made.
  const maker = analysis.cells[cell]!;
  const value = toldNow(context, () =>
    // What an earlier version gave may be another value now.
    maker.pending
      ? plainOnly(maker.heldValue(name))
      : (definition.value ?? analysis.bindingOf(name, cell + 1)?.value ?? madeIn(maker, name)),
  );
  if (value?.unknown !== undefined) return { label, kind: KINDS[kind], detail: 'unknown' };
  const made = valued(label, value === undefined ? KINDS[kind] : kindOf(kind, value), shownOnRow(value));
  const told = preview(value, label);
  return told === undefined ? made : withSentence(made, told);
}

/** A row with its value, and the sentence with the value in. */
export function withSentence(
  row: CompletionItem,
  { reading, sentence }: NonNullable<ReturnType<Preview>>,
): CompletionItem {
  const description = sentence === undefined ? {} : { description: sentence };
  return { ...row, labelDetails: { detail: `  ${reading}`, ...description } };
}

/** What nothing that follows can have changed. */
function plainOnly(value: ValueInfo | undefined): ValueInfo | undefined {
  return value !== undefined && PLAIN.has(value.type) ? value : undefined;
}

function kindOf(kind: Definition['kind'], value: ValueInfo): CompletionItemKind {
  return value.kind === 'other' ? KINDS[kind] : KINDS_OF_VALUES[value.kind];
}
