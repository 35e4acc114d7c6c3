/** Names that the prose of a chapter has: labels, citation keys, footnotes; where each is defined and used. */
import { labelKind } from '../chapter/labels';
import type { Attributes, Chapter, OffsetRange } from '../chapter/model';
import { encloses } from './feature';

export type ProseKind = 'label' | 'citation' | 'footnote';

/** One place of a name. */
export interface ProseOccurrence {
  readonly kind: ProseKind;
  /** A label with its prefix in lower case; a key, or the id of a footnote, as written. */
  readonly key: string;
  /** Of the key alone, without `@`, `#` or `[^`. */
  readonly range: OffsetRange;
  readonly isDefinition: boolean;
}

const known = new WeakMap<Chapter, readonly ProseOccurrence[]>();

/** All of them, in document order; citations are defined elsewhere. */
export function proseOccurrences(chapter: Chapter): readonly ProseOccurrence[] {
  let found = known.get(chapter);
  if (found === undefined) {
    found = [...definitions(chapter), ...uses(chapter), ...usesInValues(chapter)].sort(
      (a, b) => a.range.start - b.range.start,
    );
    known.set(chapter, found);
  }
  return found;
}

/** The name at an offset, its marks included. */
export function occurrenceAt(chapter: Chapter, offset: number): ProseOccurrence | undefined {
  return proseOccurrences(chapter).find(({ kind, range }) => {
    const before = kind === 'footnote' ? 2 : 1;
    return encloses({ start: range.start - before, end: range.end }, offset);
  });
}

/** Each place of the same name. */
export function occurrencesOf(
  { kind, key }: Pick<ProseOccurrence, 'kind' | 'key'>,
  chapter: Chapter,
): readonly ProseOccurrence[] {
  return proseOccurrences(chapter).filter(one => one.kind === kind && one.key === key);
}

function* definitions(chapter: Chapter): Iterable<ProseOccurrence> {
  for (const { id, range } of chapter.labels) yield { kind: 'label', key: normal(id), range, isDefinition: true };
  for (const { node, place } of chapter.nodes('footnote').map(one => ({ node: one.node, place: one })))
    yield { kind: 'footnote', key: node.id, range: place.place(node.idRange), isDefinition: true };
}

function* uses(chapter: Chapter): Iterable<ProseOccurrence> {
  for (const place of chapter.nodes('key')) {
    const { key, keyStart } = place.node;
    yield use(key, place.place({ start: keyStart, end: keyStart + key.length }));
  }
  for (const place of chapter.nodes('noteReference')) {
    const { id, start } = place.node;
    const range = place.place({ start: start + 2, end: start + 2 + id.length });
    yield { kind: 'footnote', key: id, range, isDefinition: false };
  }
  for (const place of chapter.nodes('link')) {
    const { url, urlRange } = place.node;
    if (!url.startsWith('#') || url.length < 2) continue;
    const { start, end } = place.place(urlRange);
    yield { kind: 'label', key: normal(url.slice(1)), range: { start: start + 1, end }, isDefinition: false };
  }
}

function use(key: string, range: OffsetRange): ProseOccurrence {
  const kind = labelKind(key) === undefined ? 'citation' : 'label';
  return { kind, key: kind === 'label' ? normal(key) : key, range, isDefinition: false };
}

/** A label with its prefix in lower case: `@Fig-inflow` begins a sentence. */
function normal(id: string): string {
  const kind = labelKind(id);
  return kind === undefined ? id : kind + id.slice(kind.length);
}

/** Comments of a cell, such as `# │ Context: @fig-pump, footnote [^how]` of its header box. */
const COMMENT = /^[ \t]*#(?!\|).*(?:@|\[\^).*$/gm;

/** Keys and footnotes in captions that are values: of options of cells, of attributes, of front matter; keys in comments. */
function* usesInValues(chapter: Chapter): Iterable<ProseOccurrence> {
  for (const { codeRange } of chapter.cells) {
    const code = chapter.slice(codeRange.start, codeRange.end);
    if (!code.includes('@') && !code.includes('[^')) continue;
    for (const { index, 0: comment } of code.matchAll(COMMENT))
      for (const one of usesInText(comment, codeRange.start + index)) if (one.kind !== 'citation') yield one;
  }
  for (const { options } of chapter.cells)
    for (const { key, valueRange } of options)
      if (key !== 'label') yield* usesInText(chapter.slice(valueRange.start, valueRange.end), valueRange.start);
  for (const { attributes } of chapter.divs) yield* usesInAttributes(attributes, 0, chapter);
  for (const type of ['image', 'span', 'codeBlock', 'table'] as const)
    for (const { node, block } of chapter.nodes(type))
      if (node.attributes !== undefined) yield* usesInAttributes(node.attributes, block.range.start, chapter);
  const { frontMatter } = chapter;
  if (frontMatter !== undefined) yield* usesInText(frontMatter.text, frontMatter.textRange.start);
}

function usesInAttributes({ values }: Attributes, start: number, chapter: Chapter): ProseOccurrence[] {
  return values.flatMap(({ valueRange }) => {
    const from = start + valueRange.start;
    return [...usesInText(chapter.slice(from, start + valueRange.end), from)];
  });
}

const KEY =
  /(?<![\p{L}\p{N}@\\])@(?:\{([^\s{}]+)\}|([\p{L}\p{N}_](?:[\p{L}\p{N}_]|[:.#$%&+?<>~/-](?=[\p{L}\p{N}_]))*))/gu;
const NOTE = /\[\^([^\]\s^[]+)\]/g;

function* usesInText(text: string, start: number): Iterable<ProseOccurrence> {
  if (text.includes('@'))
    for (const found of text.matchAll(KEY)) {
      const key = found[1] ?? found[2]!;
      const from = start + found.index + (found[1] === undefined ? 1 : 2);
      yield use(key, { start: from, end: from + key.length });
    }
  if (text.includes('[^'))
    for (const { index, 1: id } of text.matchAll(NOTE)) {
      const range = { start: start + index + 2, end: start + index + 2 + id!.length };
      yield { kind: 'footnote', key: id!, range, isDefinition: false };
    }
}
