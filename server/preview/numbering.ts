/** Numbers of what Quarto numbers: figures with their panels, tables, equations, listings, theorems, sections, footnotes. */
import type { Block, Chapter, Div, Heading, Label, OffsetRange, ProsePlace } from '../chapter/model';
import { definitionLabel, type LinkDefinitionNode, type NodeOf } from '../chapter/prose';
import type { PlacedCluster } from './citations/clusters';
import { embeddedIn } from './embedAddress';
import { Kinds } from './kinds';
import { numbersSections, optionOf } from './metadata';
import { movesOf } from './moved';
import { isTitled } from './roles';

export interface Target {
  readonly label: Label;
  /** How a reference calls it: `Figure`, `Table`, `Section`, … */
  readonly name: string;
  /** `3`, `2.1` for a section, `3 (a)` for a panel; empty for one that has no number. */
  readonly number: string;
  /** What its caption begins with: `Figure 3`, or `(a)` for a panel. */
  readonly title: string;
}

/** A section in the table of contents. */
export interface Entry {
  readonly id: string;
  readonly number: string;
  /** Markdown. */
  readonly title: string;
  readonly range: OffsetRange;
  readonly depth: number;
}

/** A footnote with the place of its first call. */
export interface NoteEntry {
  readonly number: number;
  readonly start: number;
  /** What defines it: a block of its own by its id, a node in the text, or a citation that the style puts into a footnote. */
  readonly source: string | ProsePlace<NodeOf<'note'>> | PlacedCluster;
}

/** Where a link with a label leads. */
export type LinkTarget = Pick<LinkDefinitionNode, 'url' | 'title'>;

export interface Numbering {
  readonly kinds: Kinds;
  readonly targets: ReadonlyMap<string, Target>;
  /** By the heading's start. */
  readonly headings: ReadonlyMap<number, string>;
  /** Ids that headings without one get, by the heading's start. */
  readonly headingIds: ReadonlyMap<number, string>;
  /** What a table of contents lists, with the depth of each from 0. */
  readonly contents: readonly Entry[];
  /** Letters of panels without a label, by the start of their image. */
  readonly panels: ReadonlyMap<number, string>;
  /** Footnotes in the order of their numbers. */
  readonly notes: readonly NoteEntry[];
  readonly noteNumbers: ReadonlyMap<string, number>;
  /** Number of the footnote that is called first at an offset. */
  readonly noteCalls: ReadonlyMap<number, number>;
  /** Number of each example by its label, and of the first one of a list by the list's start. */
  readonly examples: ReadonlyMap<string, number>;
  readonly exampleLists: ReadonlyMap<number, number>;
  /** What links refer to by a label. */
  readonly definitions: ReadonlyMap<string, LinkTarget>;
}

/** Headings that count as sections: not comments of a cell that lost its fence, and not titles of callouts, theorems and tabs. */
function sectionsOf(chapter: Chapter): readonly Heading[] {
  const titles = new Set<number>();
  for (const div of chapter.divs) for (const start of titlesIn(chapter, div)) titles.add(start);
  const found = chapter.headings.filter(({ range, inUnopenedCell }) => !inUnopenedCell && !titles.has(range.start));
  return movesOf(chapter).inOrder(found, ({ range }) => range.start);
}

/** Starts of the headings that are titles of a div, or of its tabs. */
function titlesIn({ blocks }: Chapter, { block, attributes, closeRange }: Div): number[] {
  if (closeRange === undefined || !isTitled(attributes)) return [];
  const found: number[] = [];
  const isTabset = attributes.classes.includes('panel-tabset');
  let level = 0;
  let depth = 0;
  for (let at = block.index + 1; at < blocks.length && blocks[at]!.range.start < closeRange.start; at++) {
    const one = blocks[at]!;
    if (one.kind === 'divOpen') depth++;
    else if (one.kind === 'divClose') depth--;
    if (isLayout(one)) continue;
    if (one.kind !== 'heading') {
      if (!isTabset) break;
      continue;
    }
    const own = /^ {0,3}(#+)/.exec(one.text)?.[1]?.length ?? 2;
    if (level === 0) level = own;
    if (depth === 0 && own === level) found.push(one.range.start);
    if (!isTabset) break;
  }
  return found;
}

function isLayout({ kind }: Block): boolean {
  return kind === 'blank' || kind === 'comment';
}

function headingNumbers(
  headings: readonly Heading[],
  chapter: string | undefined,
  deepest: number,
): Map<number, string> {
  const numbers = new Map<number, string>();
  // The title of the chapter is its level 1; sections count from level 2, or from 1 where there is no single title.
  const titles = headings.filter(heading => heading.level === 1).length;
  const top = titles > 1 ? 1 : 2;
  const counts: number[] = [];
  const prefix = chapter === undefined ? [] : [chapter];
  for (const heading of headings) {
    const depth = heading.level - top;
    const classes = heading.attributes?.classes ?? [];
    if (depth < 0 && chapter !== undefined && !classes.includes('unnumbered'))
      numbers.set(heading.range.start, chapter);
    if (depth < 0 || classes.includes('unnumbered')) continue;
    counts.length = Math.min(counts.length, depth + 1);
    while (counts.length <= depth) counts.push(0);
    counts[depth]!++;
    if (heading.level <= deepest) numbers.set(heading.range.start, [...prefix, ...counts].join('.'));
  }
  return numbers;
}

function contentsOf(
  headings: readonly Heading[],
  numbers: ReadonlyMap<number, string>,
  deepest: unknown,
): readonly Entry[] {
  const below = typeof deepest === 'number' ? deepest : 3;
  const listed = headings.filter(
    ({ level, attributes }) => level <= below && !attributes?.classes.includes('unlisted'),
  );
  const top = Math.min(...listed.map(({ level }) => level));
  return listed.map(({ id, range, text, level }) => ({
    id,
    number: numbers.get(range.start) ?? '',
    title: text,
    range,
    depth: level - top,
  }));
}

/** Examples are counted through the chapter. */
function examplesOf(chapter: Chapter): Pick<Numbering, 'examples' | 'exampleLists'> {
  const examples = new Map<string, number>();
  const exampleLists = new Map<number, number>();
  let count = 0;
  for (const { node, range } of movesOf(chapter).inOrder(chapter.nodes('list'), one => one.range.start)) {
    if (node.style !== 'example') continue;
    exampleLists.set(range.start, count + 1);
    for (const { label } of node.children) {
      count++;
      // Of several with one label the last one counts.
      if (label !== undefined) examples.set(label, count);
    }
  }
  return { examples, exampleLists };
}

/** Notes that have a block and those that stand in the text are counted together. */
function notesOf(chapter: Chapter): Pick<Numbering, 'notes' | 'noteNumbers' | 'noteCalls'> {
  const calls = chapter.nodes('noteReference').map(({ node, range }) => ({ start: range.start, source: node.id }));
  const inText = chapter.nodes('note').map(place => ({ start: place.range.start, source: place }));
  const all: Omit<NoteEntry, 'number'>[] = [...calls, ...inText];
  if (inText.length > 0) all.sort((a, b) => a.start - b.start);
  const notes: NoteEntry[] = [];
  const noteNumbers = new Map<string, number>();
  const noteCalls = new Map<number, number>();
  for (const { start, source } of movesOf(chapter).inOrder(all, one => one.start)) {
    if (typeof source === 'string' && noteNumbers.has(source)) continue;
    const number = notes.length + 1;
    notes.push({ number, start, source });
    noteCalls.set(start, number);
    if (typeof source === 'string') noteNumbers.set(source, number);
  }
  return { notes, noteNumbers, noteCalls };
}

/** The figures and tables that are divs, which makes what has a caption in them their panels. */
class Panels {
  readonly #around: readonly Div[];
  readonly #counts = new Map<string, number>();
  readonly unlabelled = new Map<number, string>();

  constructor(chapter: Chapter, kinds: Kinds) {
    this.#around = chapter.divs.filter(({ id, closeRange }) => {
      const kind = id === undefined ? undefined : kinds.of(id);
      return kind !== undefined && closeRange !== undefined && kinds.isFloat(kind);
    });
  }

  get isEmpty(): boolean {
    return this.#around.length === 0;
  }

  /** The div whose panel stands at an offset. */
  parentOf(offset: number): string | undefined {
    let inner: Div | undefined;
    for (const div of this.#around) {
      if (div.range.start > offset) break;
      if (div.openRange.end <= offset && offset < div.range.end) inner = div;
    }
    return inner?.id;
  }

  /** `a`, `b`, … of the next panel. */
  next(parent: string): string {
    const count = (this.#counts.get(parent) ?? 0) + 1;
    this.#counts.set(parent, count);
    return letter(count);
  }
}

/** `a` to `z`, then `aa`, … */
export function letter(count: number): string {
  const rest = Math.floor((count - 1) / 26);
  return (rest === 0 ? '' : letter(rest)) + String.fromCharCode(97 + ((count - 1) % 26));
}

/** Labels of the cells of notebooks that the chapter embeds. */
function embeddedLabels(chapter: Chapter): readonly Label[] {
  return chapter.nodes('shortcode').flatMap(({ node, range, block }) => {
    const [address = ''] = node.name === 'embed' ? node.args : [];
    return embeddedIn(address).cells.flatMap((id): Label[] => {
      const kind = /^(fig|tbl)-/.exec(id)?.[1];
      return kind === undefined ? [] : [{ id, kind, range, on: 'cell', block, caption: undefined }];
    });
  });
}

/** Labels, and the starts of images that are panels without one, in order. */
function placesOf(chapter: Chapter, panels: Panels): readonly (Label | number)[] {
  const embedded = embeddedLabels(chapter);
  const moves = movesOf(chapter);
  const start = (one: Label | number): number => (typeof one === 'number' ? one : one.range.start);
  if (panels.isEmpty && embedded.length === 0) return moves.inOrder(chapter.labels, start);
  const images = chapter.nodes('image').flatMap(({ node, range, block }) => {
    const isAlone = node.attributes?.id === undefined && node.children.length > 0 && block.kind === 'paragraph';
    return isAlone && panels.parentOf(range.start) !== undefined ? [range.start] : [];
  });
  const more = [...images, ...embedded];
  const all = more.length === 0 ? chapter.labels : [...chapter.labels, ...more].sort((a, b) => start(a) - start(b));
  return moves.inOrder(all, start);
}

/** Labels of the panels that cells draw, by the label of the cell: `fig-x-1`, `fig-x-2`, … */
function cellPanels(chapter: Chapter): ReadonlyMap<string, readonly Label[]> {
  const found = new Map<string, readonly Label[]>();
  for (const cell of chapter.cells) {
    const { label, labelRange, block } = cell;
    const captions = label?.startsWith('fig-') === true ? cell.option('fig-subcap')?.value : undefined;
    if (!Array.isArray(captions)) continue;
    const panel = (caption: unknown, at: number): Label => {
      const id = `${label}-${at + 1}`;
      return { id, kind: 'fig', range: labelRange!, on: 'cell', block, caption: String(caption) };
    };
    found.set(label!, captions.map(panel));
  }
  return found;
}

interface Counted {
  readonly targets: Map<string, Target>;
  readonly panels: ReadonlyMap<number, string>;
}

function count(
  chapter: Chapter,
  kinds: Kinds,
  number: string | undefined,
  sections: ReadonlyMap<string, string>,
): Counted {
  const targets = new Map<string, Target>();
  const panels = new Panels(chapter, kinds);
  const panelsOf = cellPanels(chapter);
  const counts = new Map<string, number>();
  for (const place of placesOf(chapter, panels)) {
    if (typeof place === 'number') {
      panels.unlabelled.set(place, panels.next(panels.parentOf(place)!));
      continue;
    }
    const { id } = place;
    if (targets.has(id)) continue;
    const kind = kinds.of(id);
    if (kind === undefined) {
      targets.set(id, { label: place, name: id, number: '', title: '' });
      continue;
    }
    const { title, prefix } = kinds.namesOf(kind);
    if (kind === 'sec') {
      const own = sections.get(id) ?? '';
      const isWhole = own !== '' && own === number;
      const name = isWhole ? kinds.wholeName(/[A-Z]/.test(own)) : prefix;
      targets.set(id, { label: place, name, number: own, title: '' });
      continue;
    }
    const parent = kinds.isFloat(kind) && !panels.isEmpty ? panels.parentOf(place.range.start) : undefined;
    const whole = parent === undefined ? undefined : targets.get(parent);
    if (whole !== undefined) {
      const sign = panels.next(parent!);
      targets.set(id, { label: place, name: whole.name, number: `${whole.number} (${sign})`, title: `(${sign})` });
      continue;
    }
    const counted = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, counted);
    const own = number === undefined ? String(counted) : `${number}.${counted}`;
    targets.set(id, { label: place, name: prefix, number: own, title: `${title} ${own}` });
    for (const [at, panel] of (panelsOf.get(id) ?? []).entries()) {
      const sign = letter(at + 1);
      targets.set(panel.id, { label: panel, name: prefix, number: `${own} (${sign})`, title: `(${sign})` });
    }
  }
  return { targets, panels: panels.unlabelled };
}

const cache = new WeakMap<Chapter, { readonly number: string | undefined; readonly numbering: Numbering }>();

/** The numbering of a chapter, computed once; `number` is the chapter's own in its book, a letter for an appendix. */
export function numberingOf(chapter: Chapter, number?: string): Numbering {
  const known = cache.get(chapter);
  if (known !== undefined && known.number === number) return known.numbering;
  const isNumbered = numbersSections(chapter);
  const depth = optionOf(chapter, 'number-depth');
  const real = sectionsOf(chapter);
  const headings = isNumbered ? headingNumbers(real, number, typeof depth === 'number' ? depth : 6) : new Map();
  const kinds = Kinds.of(chapter);
  const bySection = new Map(real.map(heading => [heading.id, headings.get(heading.range.start) ?? '']));
  const counted = count(chapter, kinds, number, bySection);
  const definitions = new Map<string, LinkTarget>();
  for (const { node } of chapter.nodes('linkDefinition'))
    if (!definitions.has(node.label)) definitions.set(node.label, node);
  // Titles of sections are labels as well.
  for (const { text, id } of chapter.headings) {
    const label = definitionLabel(text);
    if (!definitions.has(label)) definitions.set(label, { url: `#${id}`, title: undefined });
  }
  const headingIds = new Map<number, string>();
  for (const { attributes, id, range } of real) if (attributes?.id === undefined) headingIds.set(range.start, id);
  const contents = contentsOf(real, headings, optionOf(chapter, 'toc-depth'));
  const numbering = {
    kinds,
    headingIds,
    contents,
    ...counted,
    ...notesOf(chapter),
    headings,
    definitions,
    ...examplesOf(chapter),
  };
  cache.set(chapter, { number, numbering });
  return numbering;
}
