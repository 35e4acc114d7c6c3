/** Rows of completion lists, as all contexts make them. */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionItemLabelDetails,
  type CompletionList,
  InsertTextFormat,
  type TextEdit,
} from 'vscode-languageserver';
import type { OffsetRange } from '../../chapter/model';
import type { Definition } from '../../evaluation/analysis';
import type { ValueInfo } from '../../evaluation/results';
import { saysNothing } from '../describe';
import { toRange } from '../feature';
import type { Place } from './place';

/** What of an item is worked out when the author looks at it; see `resolve.ts`. */
export type Documented =
  /** A name of the chapter, as the first `seen` cells leave it. */
  | { readonly kind: 'name'; readonly path: string; readonly seen: number }
  /** A constant, twin or formula of the library. */
  | { readonly kind: 'library'; readonly name: string }
  /** A function or class of the library by its dotted name. */
  | { readonly kind: 'signature'; readonly path: string }
  /** An attribute of values of a type. */
  | { readonly kind: 'member'; readonly type: string; readonly name: string }
  | { readonly kind: 'citation'; readonly key: string };

/** A row that is made only where it is among those that are shown. */
export interface Candidate {
  readonly label: string;
  readonly sortText: string;
  make(): CompletionItem;
}

/** Rows of one list. Nobody reads more, and what is left out comes with the next letter. */
export const MOST_ROWS = 120;

/** The best rows that what is typed may mean; the client asks again for a list that was cut. */
export function bestOf(candidates: readonly Candidate[], typed: string): CompletionList {
  const letters = typed.toLowerCase();
  const fitting = candidates.filter(({ label }) => standIn(letters, label));
  const isIncomplete = fitting.length > MOST_ROWS;
  if (isIncomplete) fitting.sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0));
  const items = fitting.slice(0, MOST_ROWS).map(one => ({ ...one.make(), sortText: one.sortText }));
  return { isIncomplete, items };
}

/** True where the letters stand in the label in that order, as editors match them. */
export function mayMean(typed: string, label: string): boolean {
  return standIn(typed.toLowerCase(), label);
}

/**
 * True where what is typed consists of beginnings of the label's words, in order: `a100fl` of `A100_FLOPS`, `zde` of
 * `ZeroDivisionError`.
 */
export function beginsWords(typed: string, label: string): boolean {
  const letters = typed.toLowerCase().replaceAll('_', '');
  const words = label.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^A-Za-z\d_]+/g) ?? [];
  // How much of the letters the words so far may stand for.
  let reached = new Set([0]);
  for (const word of words) {
    const text = word.toLowerCase();
    const next = new Set(reached);
    for (const from of reached)
      for (let length = 1; length <= text.length && letters[from + length - 1] === text[length - 1]; length++)
        next.add(from + length);
    reached = next;
    if (reached.has(letters.length)) return true;
  }
  return reached.has(letters.length);
}

function standIn(letters: string, label: string): boolean {
  if (letters === '') return true;
  let at = 0;
  const text = label.toLowerCase();
  for (const unit of letters) {
    at = text.indexOf(unit, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** What a client hands back with an item. */
export interface ItemData {
  /** Of the chapter. */
  readonly uri: string;
  readonly what: Documented;
}

/** A place in a list: smaller numbers come first. Up to three numbers below 10,000 count. */
export function rank(...numbers: readonly number[]): string {
  return String(numbers.reduce((sum, number) => sum * 10_000 + Math.min(number, 9999), 1));
}

/** Longest value on a row. */
const LONGEST_DETAIL = 80;

export function shortText(text: string, longest = LONGEST_DETAIL): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
}

/** What the library itself defines. */
const NATIVE = /^<built-in (?:function|method) /;

/** How a value reads on a row; undefined for functions, modules and objects, whose reprs tell nothing. */
export function shownOnRow(value: Pick<ValueInfo, 'kind' | 'repr'> | undefined): string | undefined {
  if (value === undefined || value.kind !== 'other' || saysNothing(value) || NATIVE.test(value.repr)) return undefined;
  const [, magnitude, unit] = /^<Quantity\((.+), '([^']*)'\)>$/s.exec(value.repr) ?? [];
  return magnitude === undefined ? value.repr : `${magnitude} ${unit}`.trim();
}

/** A row with its value behind the label, for clients that show such details, and as a detail for the others. */
export function valued(label: string, kind: CompletionItemKind, value: string | undefined): CompletionItem {
  if (value === undefined) return { label, kind };
  const detail = shortText(value);
  return { label, kind, detail, labelDetails: { detail: ` = ${shortText(value, 40)}` } };
}

/** Adds words at the right edge of a row. */
export function described(item: CompletionItem, description: string): CompletionItem {
  const labelDetails: CompletionItemLabelDetails = { ...item.labelDetails, description };
  return { ...item, labelDetails };
}

export function documented(item: CompletionItem, place: Place, what: Documented): CompletionItem {
  return { ...item, data: { uri: place.context.uri, what } satisfies ItemData };
}

/** The item, in place of what stands from `start` on up to the cursor, and behind it up to `end`. */
export function replacing(item: CompletionItem, text: string, range: OffsetRange, place: Place): CompletionItem {
  const edit: TextEdit = { range: toRange(place.analysis.chapter, range), newText: text };
  return { ...item, filterText: item.filterText ?? item.label, textEdit: edit };
}

/** A text with stops, as the protocol's snippets have them; plain for a client that has none. */
export function snippet(item: CompletionItem, text: string, range: OffsetRange, place: Place): CompletionItem {
  const edited = replacing(
    { ...item, kind: CompletionItemKind.Snippet },
    place.context.takesSnippets === true ? text : plainText(text),
    range,
    place,
  );
  return place.context.takesSnippets === true ? { ...edited, insertTextFormat: InsertTextFormat.Snippet } : edited;
}

/** A snippet without its stops. */
export function plainText(text: string): string {
  const texts = new Map<string, string>();
  for (const [, stop, inner] of text.matchAll(/\$\{(\d+):([^{}]*)\}/g)) texts.set(stop!, inner!);
  return text
    .replaceAll(/\$\{(\d+)(?::([^{}]*)|\|([^,|]*)[^|]*\|)?\}|\$(\d+)/g, (_, one, inner, first, other) => {
      return inner ?? first ?? texts.get(one ?? other) ?? '';
    })
    .replaceAll(/\\([$}\\])/g, '$1');
}

export const KINDS: Readonly<Record<Definition['kind'], CompletionItemKind>> = {
  assignment: CompletionItemKind.Variable,
  import: CompletionItemKind.Module,
  function: CompletionItemKind.Function,
  class: CompletionItemKind.Class,
  loop: CompletionItemKind.Variable,
  other: CompletionItemKind.Variable,
};

export const KINDS_OF_VALUES: Readonly<Record<ValueInfo['kind'], CompletionItemKind>> = {
  module: CompletionItemKind.Module,
  class: CompletionItemKind.Class,
  function: CompletionItemKind.Function,
  other: CompletionItemKind.Constant,
};
