/**
 * What a part of the page is made from beside its text: values, numbers, entries, formulas, drawings. Each is asked for
 * by name, and what was asked and answered is taken down, so that the part is made anew only when an answer changes.
 */
import type { BibliographyEntry } from '../chapter/bibliography';
import type { Block, Chapter, OffsetRange } from '../chapter/model';
import type { Analysis, CellResult, RefBlock, RefResult } from '../evaluation/analysis';
import { markdownSource } from '../evaluation/display';
import { sameList } from '../evaluation/sameData';
import { doubtText, unknownText } from '../evaluation/unknowns';
import { locationOption, placeOf } from './captions';
import { citesInNotes, inReadingOrder, startOf, withCitationNotes } from './citations/citationNotes';
import { clustersOf, type PlacedCluster } from './citations/clusters';
import type { CitationMemory, CitationsSet } from './citations/setting';
import type { Drawing, EmbeddedChapter, PreviewContext } from './context';
import { macrosOf } from './macros';
import { metaValue, numbersSections, optionOf, shownMeta, wordsOf } from './metadata';
import { movesOf } from './moved';
import { type Numbering, numberingOf, type Target } from './numbering';
import { withReferences } from './text';
import { type Typeset, type TypesetOutcome, type TypesetRequest, typeset } from './typeset';

/** What all parts of one page share. */
export class Page {
  readonly analysis: Analysis;
  readonly context: PreviewContext;
  readonly numbering: Numbering;
  readonly typeset: Typeset;
  readonly refBlocks: ReadonlyMap<number, RefBlock>;
  readonly cells: ReadonlyMap<number, readonly CellResult[]>;
  /** False where every value is as sure as can be. */
  readonly isTroubled: boolean;

  readonly #memory: CitationMemory;
  readonly #style: string | undefined;
  readonly #clusters: readonly PlacedCluster[];
  #citations: CitationsSet | undefined;
  #firstCitations: ReadonlyMap<string, PlacedCluster> | undefined;

  /** `memory` keeps what was set for the version before. */
  constructor(analysis: Analysis, context: PreviewContext, memory: CitationMemory) {
    this.analysis = analysis;
    this.context = context;
    this.#memory = memory;
    this.typeset = context.typeset ?? (request => typeset(request, context));
    const numbering = numberingOf(analysis.chapter, context.chapterNumber);
    this.#clusters = clustersIn(analysis.chapter, numbering, context);
    this.#style = this.#clusters.length === 0 ? undefined : context.citationStyle?.();
    this.numbering = citesInNotes(this.#style)
      ? withCitationNotes(numbering, this.#clusters, movesOf(analysis.chapter))
      : numbering;
    this.refBlocks = new Map(analysis.refBlocks.map(group => [group.block.index, group]));
    const cells = new Map<number, CellResult[]>();
    for (const result of analysis.cells) {
      const { index } = result.cell.block;
      const list = cells.get(index);
      if (list === undefined) cells.set(index, [result]);
      else list.push(result);
    }
    this.cells = cells;
    this.isTroubled = analysis.cells.some(
      ({ status, stale, pending, affected }) =>
        stale || pending || affected.length > 0 || (status !== 'ok' && status !== 'skipped'),
    );
  }

  /** The chapter's citations, set together when first asked for. */
  get citations(): CitationsSet {
    const { citation, citationStyle } = this.context;
    const style = this.#style ?? citationStyle?.();
    this.#citations ??= this.#memory.set(
      this.analysis.chapter,
      inReadingOrder(this.#clusters, this.numbering, citesInNotes(style), movesOf(this.analysis.chapter)),
      citation,
      style,
      this.typeset,
    );
    return this.#citations;
  }

  /** Where a key is cited first; a citation in a footnote counts where there is no other. */
  firstCitation(key: string): PlacedCluster | undefined {
    if (this.#firstCitations === undefined) {
      const first = new Map<string, PlacedCluster>();
      const inNotes = new Map<string, PlacedCluster>();
      const placed = movesOf(this.analysis.chapter).inOrder(this.#clusters, startOf);
      for (const one of placed) {
        const found = one.note === undefined ? first : inNotes;
        for (const { id } of one.cluster.items) if (!found.has(id)) found.set(id, one);
      }
      this.#firstCitations = new Map([...inNotes, ...first]);
    }
    return this.#firstCitations.get(key);
  }

  lineOf(offset: number): number {
    return this.analysis.chapter.lines.chapterLineAt(offset);
  }
}

/** The citations of keys that the bibliography may have. */
function clustersIn(
  chapter: Chapter,
  { kinds, examples }: Numbering,
  { citation }: PreviewContext,
): readonly PlacedCluster[] {
  if (citation === undefined) return [];
  const isCited = (key: string): boolean => kinds.of(key) === undefined && !examples.has(key);
  return clustersOf(chapter, ({ key }) => isCited(key)).filter(({ cluster }) =>
    cluster.items.some(({ id }) => isCited(id) && citation(id) !== undefined),
  );
}

/** The blocks that make up a part; a question names a block by its index among them. */
export type Blocks = readonly Block[];

interface Fact<A extends readonly unknown[], T> {
  answer(page: Page, blocks: Blocks, ...args: A): T;
  /** Equal for answers that look the same on the page: a value that `===` compares, or a list of such values. */
  sign(answer: T, page: Page): unknown;
}

function fact<A extends readonly unknown[], T>(
  answer: (page: Page, blocks: Blocks, ...args: A) => T,
  sign: (answer: T, page: Page) => unknown = answer => answer,
): Fact<A, T> {
  return { answer, sign };
}

const NO_REFS: readonly RefResult[] = [];

/** All that can be asked. A new one says how it is answered, and what of the answer shows. */
const FACTS = {
  /** The references of a block. */
  refs: fact((page, blocks, at: number) => page.refBlocks.get(blocks[at]!.index), signOfRefs),
  cells: fact(
    (page, blocks, at: number) => page.cells.get(blocks[at]!.index) ?? [],
    cells => cells.flatMap(signOfCell),
  ),
  /** Something that is numbered. */
  target: fact((page, _blocks, id: string): Target | undefined => {
    const { targets } = page.numbering;
    return targets.get(id) ?? targets.get(id.toLowerCase());
  }, signOfTarget),
  /** The number of the heading at an offset of a block. */
  section: fact((page, blocks, at: number, offset: number) =>
    page.numbering.headings.get(blocks[at]!.range.start + offset),
  ),
  /** The number of the chapter in its book, before the title of its front matter. */
  titleNumber: fact(page => (numbersSections(page.analysis.chapter) ? page.context.chapterNumber : undefined)),
  /** The id of the heading at an offset of a block that names none. */
  headingId: fact((page, blocks, at: number, offset: number) =>
    page.numbering.headingIds.get(blocks[at]!.range.start + offset),
  ),
  /** The table of contents where the chapter is to have one. */
  contents: fact(
    page => {
      const { chapter } = page.analysis;
      if (optionOf(chapter, 'toc') !== true) return undefined;
      const title =
        shownMeta(optionOf(chapter, 'toc-title')) || shownMeta(wordsOf(chapter)['toc-title-document']) || 'Contents';
      const entries = page.numbering.contents.map(({ range, ...entry }) => ({
        ...entry,
        title: withValues(entry.title, range, page.analysis),
      }));
      return { title, entries };
    },
    found => found && JSON.stringify(found),
  ),
  /** The number before the caption of an image that is a panel of a figure. */
  panel: fact((page, blocks, at: number, offset: number) =>
    page.numbering.panels.get(blocks[at]!.range.start + offset),
  ),
  /** The kind of what a key refers to; undefined for that of a citation. */
  kind: fact((page, _blocks, id: string) => page.numbering.kinds.of(id)),
  /** Whether an id makes a div a figure or the like, and where its caption stands. */
  float: fact(
    (page, _blocks, id: string) => {
      const { kinds } = page.numbering;
      const kind = kinds.of(id);
      if (kind === undefined || !kinds.isFloat(kind)) return undefined;
      const place = placeOf(optionOf(page.analysis.chapter, locationOption(kind)));
      return { kind, place: place ?? (kinds.isAbove(kind) ? 'top' : 'bottom') } as const;
    },
    found => found && `${found.kind} ${found.place}`,
  ),
  /** How the project calls its own callouts. */
  calloutName: fact((page, _blocks, callout: string) => page.numbering.kinds.calloutName(callout)),
  /** A value of the project's `_variables.yml`. */
  variable: fact((page, _blocks, name: string) => page.context.variable?.(name)),
  brandColor: fact((page, _blocks, name: string, mode: 'light' | 'dark') => page.context.brandColor?.(name, mode)),
  brandLogo: fact(
    (page, _blocks, name: string, mode: 'light' | 'dark') => page.context.brandLogo?.(name, mode),
    found => found && JSON.stringify(found),
  ),
  /** A file with a graph; a problem with it shows as well. */
  graphFile: fact(
    (page, _blocks, name: string) => page.context.graphFile?.(name),
    found => found && ('problem' in found ? found.problem : found),
  ),
  /** A notebook, the same object as long as its file is the same. */
  notebook: fact((page, _blocks, file: string) => page.context.notebook?.(file)),
  /** A cell of another chapter, by its label, or by its index from 0 as `#3`; undefined where other chapters are not looked at, none while nothing is known. */
  embedded: fact(
    (page, _blocks, file: string, label: string): EmbeddedCell | string | undefined =>
      page.context.embeddedChapter && embeddedCell(page.context.embeddedChapter(file), label),
    found =>
      typeof found === 'object' && found.cell !== undefined
        ? [
            found.cell.cell.content,
            ...signOfCell(found.cell),
            ...found.cell.figures.map(figure => found.figure?.(figure, '')),
          ]
        : found && (typeof found === 'string' ? found : found.isKnown),
  ),
  /** How many cells another chapter has; undefined while nothing is known, null where other chapters are not looked at. */
  embeddedCount: fact((page, _blocks, file: string): number | string | undefined | null => {
    if (page.context.embeddedChapter === undefined) return null;
    const chapter = page.context.embeddedChapter(file);
    return typeof chapter === 'object' ? chapter.analysis.cells.length : chapter;
  }),
  /** An option of the page, as text. */
  option: fact((page, _blocks, key: string) => shownMeta(optionOf(page.analysis.chapter, key))),
  /** A word of the page that `language` sets. */
  word: fact((page, _blocks, key: string) => shownMeta(wordsOf(page.analysis.chapter)[key])),
  /** A value of the metadata, as text. */
  meta: fact((page, _blocks, name: string) => shownMeta(metaValue(page.analysis.chapter, name))),
  /** Whether a profile of the project is active. */
  profile: fact((page, _blocks, name: string) => page.analysis.chapter.inherited.profiles?.includes(name) ?? false),
  note: fact((page, _blocks, id: string) => page.numbering.noteNumbers.get(id)),
  /** Whether a block of a part, and what it begins, stands elsewhere. */
  isMoved: fact((page, blocks, at: number) => movesOf(page.analysis.chapter).isMoved(blocks[at]!.index)),
  /** Lines between the first block of a part and one that belongs to it from elsewhere. */
  linesTo: fact(
    (page, blocks, at: number) => page.lineOf(blocks[at]!.range.start) - page.lineOf(blocks[0]!.range.start),
  ),
  /** The number of a note whose first call stands at an offset of a block. */
  noteCall: fact((page, blocks, at: number, offset: number) =>
    page.numbering.noteCalls.get(blocks[at]!.range.start + offset),
  ),
  example: fact((page, _blocks, label: string) => page.numbering.examples.get(label)),
  /** The number of the first example of the list at an offset of a block. */
  firstExample: fact((page, blocks, at: number, offset: number) =>
    page.numbering.exampleLists.get(blocks[at]!.range.start + offset),
  ),
  definition: fact(
    (page, _blocks, label: string) => page.numbering.definitions.get(label),
    found => found && `${found.url} ${found.title ?? ''}`,
  ),
  /** A text as it is set: a formula, code in its colours. */
  text: fact(
    (page, _blocks, form: TypesetRequest['form'], text: string): TypesetOutcome => page.typeset({ form, text }),
    outcome => (outcome.kind === 'waiting' ? 'waiting' : outcome),
  ),
  /** A formula with the macros that it uses, of those that hold at a block; behind all of them for a text from elsewhere. */
  macros: fact(
    (page, blocks, at: number | undefined, tex: string) => {
      const macros = macrosOf(page.analysis.chapter);
      if (macros.isEmpty) return undefined;
      return macros.applied(tex, at === undefined ? Number.POSITIVE_INFINITY : blocks[at]!.index);
    },
    found => found && found.prelude + found.tex,
  ),
  imageProblem: fact((page, _blocks, url: string) => page.context.imageProblem?.(url)),
  projectFolder: fact(page => page.context.projectFolder?.()),
  citation: fact((page, _blocks, key: string): BibliographyEntry | 'none' | undefined =>
    page.context.citation === undefined ? 'none' : page.context.citation(key),
  ),
  /** The citation at an offset of a block as the style has it; undefined while it is being set, and where nothing sets it. */
  cited: fact((page, blocks, at: number, offset: number) => page.citations.at(blocks[at]!.range.start + offset)),
  /** The authors whom the text names before the footnote that cites them. */
  citedMakers: fact((page, blocks, at: number, offset: number) =>
    page.citations.makersAt(blocks[at]!.range.start + offset),
  ),
  /** One of the same keys for a text among attributes. */
  citedLike: fact((page, _blocks, inText: boolean, ...keys: string[]) => page.citations.like(keys, inText)),
  /** True where the style cites in notes. */
  citesInNotes: fact(page => page.citations.inNotes),
  /** The entry of a key, where the chapter wants a list of references. */
  reference: fact((page, _blocks, key: string) => page.citations.reference(key)),
  /** Whether a part is where the page cites a key first; `inNote` for its footnotes. */
  citesFirst: fact((page, blocks, key: string, inNote: boolean) => {
    const first = page.firstCitation(key);
    return (
      first !== undefined &&
      (first.note !== undefined) === inNote &&
      blocks.some(({ index }) => index === first.block.index)
    );
  }),
  references: fact(
    page => page.citations.references,
    references => references.map(({ html }) => html),
  ),
  elsewhere: fact(
    (page, _blocks, id: string) => page.context.label?.(id),
    found => found && JSON.stringify(found),
  ),
  drawing: fact(
    (page, _blocks, source: string): Drawing | undefined => page.context.drawing?.(source),
    drawing => (drawing?.kind === 'waiting' ? 'waiting' : drawing),
  ),
  /** The SVG of a cell's figure. */
  figure: fact((page, blocks, at: number, cell: number, figure: number, alt: string) => {
    const found = page.cells.get(blocks[at]!.index)?.[cell]?.figures[figure];
    return found && page.context.figure?.(found, alt);
  }),
  /** The line of the chapter, from 1, on which a part starts: only for what says so in words. */
  firstLine: fact((page, blocks) => page.lineOf(blocks[0]!.range.start) + 1),
} as const;

/** The Markdown of a heading with the values of its references; one that has none stands as it is written. */
function withValues(title: string, { start, end }: OffsetRange, { refs }: Analysis): string {
  const own = refs.filter(({ ref }) => start <= ref.exprRange.start && ref.exprRange.end <= end);
  return withReferences(title, (expr, whole) => {
    const display = own.find(({ ref }) => ref.expr === expr)?.display;
    return display === undefined ? whole : markdownSource(display);
  });
}

type Facts = typeof FACTS;
export type FactName = keyof Facts;
export type FactArgs<N extends FactName> = Parameters<Facts[N]['answer']> extends [Page, Blocks, ...infer A] ? A : [];
export type FactAnswer<N extends FactName> = ReturnType<Facts[N]['answer']>;

function signOfCell({ cell, run, status, stale, pending }: CellResult): readonly unknown[] {
  return [...[cell.index, run, status, stale, pending], ...['include', 'echo', 'output'].map(key => cell.setting(key))];
}

/** What is known of a cell of another chapter. */
export interface EmbeddedCell {
  /** False while nothing is known of its chapter. */
  readonly isKnown: boolean;
  /** Undefined where the chapter has no such cell. */
  readonly cell: CellResult | undefined;
  readonly figure: PreviewContext['figure'];
}

function embeddedCell(chapter: EmbeddedChapter | string | undefined, label: string): EmbeddedCell | string {
  if (typeof chapter === 'string') return chapter;
  const index = /^#(\d+)$/.exec(label)?.[1];
  const cells = chapter?.analysis.cells;
  const cell = index === undefined ? cells?.find(one => one.cell.label === label) : cells?.[Number(index)];
  return { isKnown: chapter !== undefined, cell, figure: chapter?.figure };
}

function signOfTarget(target: Target | undefined): unknown {
  return target && [target.name, target.number, target.title, target.label.caption ?? '', target.label.id].join(' ');
}

/** Values are the same as long as their block is not evaluated again, unless cells above it are in trouble. */
function signOfRefs(group: RefBlock | undefined, page: Page): unknown {
  if (group === undefined) return undefined;
  const { outcome } = group;
  if (!page.isTroubled && !group.pending && outcome.faulty.length === 0) return [outcome];
  const { cells } = page.analysis;
  const said = group.refs.map(({ stale, pending, doubt, unknown, fault }) =>
    [
      stale,
      pending,
      doubt && doubtText(doubt, cells),
      unknown && unknownText(unknown, cells),
      fault && `${fault.message} ${fault.blame?.cell} ${fault.blame?.name}`,
    ].join(' '),
  );
  return [outcome, ...said];
}

/** A question with what showed of its answer. */
export interface Read {
  readonly name: FactName;
  readonly args: readonly unknown[];
  readonly sign: unknown;
}

/** Asks for the facts of one part, and takes down what it asked. */
export class FactReader {
  readonly page: Page;
  readonly blocks: Blocks;
  readonly reads: Read[] = [];
  /** Keys that were cited since `cited` was asked. */
  #cited = new Set<string>();
  readonly #known = new Set<string>();

  constructor(page: Page, blocks: Blocks) {
    this.page = page;
    this.blocks = blocks;
  }

  ask<N extends FactName>(name: N, ...args: FactArgs<N>): FactAnswer<N> {
    const found = FACTS[name] as unknown as Fact<readonly unknown[], unknown>;
    const answer = found.answer(this.page, this.blocks, ...args);
    this.reads.push({ name, args, sign: found.sign(answer, this.page) });
    return answer as FactAnswer<N>;
  }

  /** Takes down that the part cites keys of the bibliography. */
  cite(keys: readonly string[]): void {
    for (const key of keys) this.#cited.add(key);
  }

  /** True the first time that the part asks about a key. */
  isNew(key: string): boolean {
    const isNew = !this.#known.has(key);
    this.#known.add(key);
    return isNew;
  }

  /** The keys that were cited since the last time. */
  cited(): ReadonlySet<string> {
    const cited = this.#cited;
    this.#cited = new Set();
    return cited;
  }

  refs(at: number): readonly RefResult[] {
    return this.ask('refs', at)?.refs ?? NO_REFS;
  }
}

/** Whether a part would be told the same again. All questions are asked, since some say what the page still shows. */
export function holds(reads: readonly Read[], page: Page, blocks: Blocks): boolean {
  let same = true;
  for (const { name, args, sign } of reads) {
    const found = FACTS[name] as unknown as Fact<readonly unknown[], unknown>;
    if (!equal(found.sign(found.answer(page, blocks, ...args), page), sign)) same = false;
  }
  return same;
}

function equal(a: unknown, b: unknown): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && sameList(a, b));
}
