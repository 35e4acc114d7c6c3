/** Labels of a chapter, the cross-references that name them, and what may have labels without showing them in the text. */
import type { Block, Chapter, Label, Metadata, OffsetRange } from '../../chapter/model';
import { captionKeysOf } from './captions';
import { onceOf } from './once';

/** A cross-reference of the prose. */
export interface Crossref {
  /** The label that it names: its prefix in lower case. */
  readonly id: string;
  readonly kind: string;
  /** With its `@`. */
  readonly range: OffsetRange;
  /** Without it. */
  readonly keyRange: OffsetRange;
}

/** The labels of a chapter by their ids, in order. */
export const labelsOf = onceOf((chapter: Chapter): ReadonlyMap<string, readonly Label[]> => {
  const found = new Map<string, Label[]>();
  for (const label of chapter.labels) {
    const known = found.get(label.id);
    if (known === undefined) found.set(label.id, [label]);
    else known.push(label);
  }
  return found;
});

/** True for what stands in code that lost its opening fence: to Pandoc it is prose, but not to the author. */
export function isInLostCode({ unopenedCells }: Chapter, { start }: OffsetRange): boolean {
  return unopenedCells.some(({ range }) => range.start <= start && start < range.end);
}

/** The cross-references of the prose, then those of captions that are values. */
export const crossrefsOf = onceOf((chapter: Chapter): readonly Crossref[] => [
  ...chapter.nodes('key').flatMap((found): Crossref[] => {
    const { node, range } = found;
    const { kind, key, keyStart, end } = node;
    if (kind === undefined || isInLostCode(chapter, range)) return [];
    return [{ id: kind + key.slice(kind.length), kind, range, keyRange: found.place({ start: keyStart, end }) }];
  }),
  ...captionKeysOf(chapter).flatMap(({ key, kind, range, keyRange }) =>
    kind === undefined ? [] : [{ id: kind + key.slice(kind.length), kind, range, keyRange }],
  ),
]);

const NAMED = /@([A-Za-z]{2,8}-[\w](?:[\w:.-]*\w)?)|\]\(#([\w:.-]+)|\\\w*ref\{([^{}\s]+)\}|href=["']#([\w:.-]+)/g;

/** By the content of a block, the labels that it may name anywhere: in captions, options and TeX as well. */
const named = new WeakMap<object, readonly string[]>();
const NONE: readonly string[] = [];

function namedIn({ content, text }: Block): readonly string[] {
  let found = named.get(content);
  if (found === undefined) {
    found = /[@#]|ref\{/.test(text) ? [...namedLabelsIn(text)] : NONE;
    named.set(content, found);
  }
  return found;
}

/** Every label that a text may refer to. */
export function namedLabelsIn(text: string): ReadonlySet<string> {
  return new Set(
    Array.from(text.matchAll(NAMED), match => {
      const id = (match[1] ?? match[2] ?? match[3] ?? match[4])!;
      return id.replace(/^[A-Z]\w*/, prefix => prefix.toLowerCase());
    }),
  );
}

/** Every label that the chapter may refer to, be it in a caption or an option; some of these may be no references. */
export const namedLabelsOf = onceOf(
  (chapter: Chapter): ReadonlySet<string> => new Set(chapter.blocks.flatMap(block => namedIn(block))),
);

/**
 * Whether something of the chapter may have a label that its text does not show: output of a cell, one of several figures,
 * a formula's `\label`, what is embedded from a notebook, or anything where a file that it includes is missing.
 */
export function mayBeMade(id: string, chapter: Chapter): boolean {
  const owner = /^(.+)-\d+$/.exec(id)?.[1];
  if (
    owner !== undefined &&
    labelsOf(chapter)
      .get(owner)
      ?.some(({ on }) => on === 'cell') === true
  )
    return true;
  if (chapter.composition?.includes.some(({ problem }) => problem !== undefined) === true) return true;
  return madeIn(chapter).some(ids => ids.has(id));
}

/** Labels that stand in a text by themselves, and not in references. */
const IDS = /(?<![@\w-])[A-Za-z]{2,8}-(?:[\w:.-]*\w)?/g;
const NOTHING: ReadonlySet<string> = new Set();

/** By the content of a block or cell, what it may make labels of when the page is rendered. */
const made = new WeakMap<object, ReadonlySet<string>>();

function madeOf(content: object, textOf: () => string): ReadonlySet<string> {
  let found = made.get(content);
  if (found === undefined) {
    const ids = textOf().match(IDS);
    found = ids === null ? NOTHING : new Set(ids);
    made.set(content, found);
  }
  return found;
}

/** What may make labels when the page is rendered: code without comments and options, TeX, embedded notebooks. */
const madeIn = onceOf((chapter: Chapter): readonly ReadonlySet<string>[] =>
  [
    ...chapter.cells.map(({ content, source }) => madeOf(content, () => source.replaceAll(/^[ \t]*#.*$/gm, ''))),
    ...chapter.blocks.map(({ kind, content, text }) => {
      if (kind === 'blank' || kind === 'cell') return NOTHING;
      return madeOf(content, () =>
        kind === 'code' ? text : (text.match(/\\label\{[^{}]*\}|\{\{<\s*embed\s.*?>\}\}/g) ?? []).join('\n'),
      );
    }),
  ].filter(ids => ids.size > 0),
);

/** Prefixes of cross-references that the chapter or its project adds to Quarto's own. */
export function customKinds({ frontMatter, inherited }: Chapter): ReadonlySet<string> {
  const kinds = [frontMatter?.data ?? {}, inherited.project, inherited.folders].flatMap(({ crossref }: Metadata) => {
    const { custom } = (crossref ?? {}) as { readonly custom?: unknown };
    return Array.isArray(custom) ? custom.map(one => (one as { readonly key?: unknown } | null)?.key) : [];
  });
  return new Set(kinds.filter(kind => typeof kind === 'string'));
}

/** Ids without what is easily mistaken: case, dashes, underscores. */
export function plainId(id: string): string {
  return id.toLowerCase().replaceAll(/[-_:.]/g, '');
}
