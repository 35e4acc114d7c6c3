/** Keys in captions that are values: `fig-cap="…"` between braces, `#| fig-cap: …` in a cell. Pandoc reads them as Markdown later. */
import { labelKind } from '../../chapter/labels';
import type { Block, Chapter, OffsetRange } from '../../chapter/model';
import { onceOf } from './once';

export interface CaptionKey {
  readonly key: string;
  /** Set for a cross-reference. */
  readonly kind: string | undefined;
  /** With its `@`. */
  readonly range: OffsetRange;
  /** Without it. */
  readonly keyRange: OffsetRange;
}

const VALUE =
  /\b(?:fig|tbl|lst|vid)-(?:sub)?cap\s*=\s*"((?:[^"\\]|\\.)*)"|^[ \t]*#\|[ \t]*(?:fig|tbl|lst)-(?:sub)?cap[ \t]*:(.*)/gm;
const KEY = /(?<![\p{L}\p{N}@\\])@([\p{L}\p{N}_](?:[\p{L}\p{N}_]|[:.#$%&+?<>~/-](?=[\p{L}\p{N}_]))*)/gu;

/** By the content of a block, the keys in its captions and where they stand in it. */
const known = new WeakMap<object, readonly { readonly key: string; readonly start: number }[]>();
const NONE: readonly never[] = [];

function keysIn({ kind, content, text }: Block): readonly { readonly key: string; readonly start: number }[] {
  let found = known.get(content);
  if (found === undefined) {
    found = kind === 'code' || kind === 'blank' || !text.includes('@') || !text.includes('cap') ? NONE : readKeys(text);
    known.set(content, found);
  }
  return found;
}

function readKeys(text: string): readonly { readonly key: string; readonly start: number }[] {
  return Array.from(text.matchAll(VALUE), match => {
    const value = (match[1] ?? match[2])!;
    const from = match.index + match[0].lastIndexOf(value);
    return Array.from(value.matchAll(KEY), ({ index, 1: key }) => ({ key: key!, start: from + index }));
  }).flat();
}

/** All of them, in order. */
export const captionKeysOf = onceOf((chapter: Chapter): readonly CaptionKey[] =>
  chapter.blocks.flatMap(block =>
    keysIn(block).map(({ key, start: at }) => {
      const start = block.range.start + at;
      const end = start + 1 + key.length;
      return { key, kind: labelKind(key), range: { start, end }, keyRange: { start: start + 1, end } };
    }),
  ),
);
