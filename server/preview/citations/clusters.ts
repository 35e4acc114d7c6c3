/** The citations of a chapter in their order, as what sets them by a style wants to know them. */
import type { Block, Chapter } from '../../chapter/model';
import { type CitationNode, type InlineNode, type KeyNode, type NodeOf, textOf } from '../../chapter/prose';

/** One key of a citation. */
export interface Cite {
  readonly id: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly locator?: string;
  readonly label?: string;
  readonly 'suppress-author'?: boolean;
}

/** Keys that are cited together: `(see Knuth 1984, 33; Lamport 1986)`, or `Knuth (1984)` where the text names the author. */
export interface Cluster {
  readonly inText: boolean;
  readonly items: readonly Cite[];
}

/** In a footnote: all that it says, its end, or among its words. */
export type Within = 'alone' | 'last' | 'words';

export interface PlacedCluster {
  readonly block: Block;
  /** Offset in the block. */
  readonly start: number;
  readonly cluster: Cluster;
  /** The footnote that it stands in: its id, or its start in the chapter for one in the text. */
  readonly note: string | number | undefined;
  /** How it stands in its footnote. */
  readonly within: Within | undefined;
}

const clusters = new WeakMap<CitationNode, Cluster | null>();

/** The citations of a chapter; those that are cross-references or examples, as `isCited` tells of a key, do not count. */
export function clustersOf(chapter: Chapter, isCited: (key: KeyNode) => boolean): readonly PlacedCluster[] {
  const places = chapter.nodes('citation');
  if (places.length === 0) return [];
  const noteOf = notesAround(chapter);
  return places.flatMap(({ node, block, range }) => {
    const cluster = clusterOf(node);
    if (cluster === undefined || !node.children.some(child => child.type === 'key' && isCited(child))) return [];
    const note = noteOf(block, range.start);
    return [{ block, start: node.start, cluster, note, within: note === undefined ? undefined : within(block, node) }];
  });
}

/** Says in which footnote an offset of a block stands; asked in ascending order. */
function notesAround(chapter: Chapter): (block: Block, offset: number) => string | number | undefined {
  const definitions = new Map(chapter.nodes('footnote').map(({ block, node }) => [block, node.id]));
  const inText = chapter.nodes('note');
  let next = 0;
  return (block, offset) => {
    const id = definitions.get(block);
    if (id !== undefined) return id;
    while (next < inText.length && inText[next]!.range.end <= offset) next++;
    const note = inText[next];
    return note !== undefined && note.range.start <= offset ? note.range.start : undefined;
  };
}

function within({ text, kind }: Block, { start, end }: CitationNode): Within {
  const [before, behind] = [text.slice(0, start), text.slice(end)];
  if (kind === 'footnote' ? behind.trim() !== '' : !/^\s*\]/.test(behind)) return 'words';
  return (kind === 'footnote' ? /^ {0,3}\[\^[^\]]+\]:\s*$/ : /\^\[\s*$/).test(before) ? 'alone' : 'last';
}

/** The cluster of a citation; undefined where all its keys are those of cross-references. */
function clusterOf(node: NodeOf<'citation'>): Cluster | undefined {
  let known = clusters.get(node);
  if (known === undefined) {
    known = node.children.some(child => child.type === 'key' && child.kind !== undefined) ? null : read(node);
    clusters.set(node, known);
  }
  return known ?? undefined;
}

function read({ children, bracketed }: CitationNode): Cluster {
  if (!bracketed) {
    const [key, ...rest] = children as [KeyNode, ...InlineNode[]];
    return { inText: true, items: [{ id: key.key, ...located(textOf(rest)) }] };
  }
  const items: Cite[] = [];
  let before = '';
  let open: KeyNode | undefined;
  let after = '';
  const flush = (): void => {
    if (open === undefined) return;
    const prefix = before.trimStart();
    items.push({
      id: open.key,
      ...(prefix.trim() === '' ? {} : { prefix }),
      ...located(after),
      ...(open.suppressed ? { 'suppress-author': true } : {}),
    });
    open = undefined;
    before = '';
    after = '';
  };
  for (const child of children) {
    if (child.type === 'key') {
      if (open === undefined) open = child;
      else after += `@${child.key}`;
      continue;
    }
    // A semicolon ends what belongs to one key.
    const parts = child.type === 'text' ? child.value.split(';') : [textOf([child])];
    for (const [at, part] of parts.entries()) {
      if (at > 0) flush();
      if (open === undefined) before += part;
      else after += part;
    }
  }
  flush();
  return { inText: false, items };
}

const LABELS: readonly (readonly [label: string, words: RegExp])[] = [
  ['page', /^(?:pp?|pages?|pg)\.?/],
  ['chapter', /^(?:chapters?|chaps?|chs?)\.?/],
  ['section', /^(?:sections?|secs?|§§?)\.?/],
  ['figure', /^(?:figures?|figs?)\.?/],
  ['volume', /^(?:volumes?|vols?)\.?/],
  ['paragraph', /^(?:paragraphs?|paras?|¶¶?)\.?/],
  ['part', /^(?:parts?|pts?)\.?/],
  ['line', /^(?:lines?|ll?)\.?/],
  ['column', /^(?:columns?|cols?)\.?/],
  ['note', /^(?:notes?|nn?)\.?/],
  ['issue', /^(?:issues?|no|nos)\.?/],
  ['book', /^(?:books?|bks?)\.?/],
  ['verse', /^(?:verses?|vv?)\.?/],
];

const NUMBERS = /^\s*((?:\d[\w.:]*|[ivxlcdm]+\b)(?:\s*(?:[-–—,&]|--)\s*\d[\w.:]*)*)/;

/** What stands behind a key: a place in the source (a number alone is a page), and further words. */
function located(text: string): Pick<Cite, 'locator' | 'label' | 'suffix'> {
  const written = text.replace(/\s+/g, ' ').trimEnd();
  const start = written.replace(/^[,\s]+/, '');
  if (start === '') return {};
  const named = LABELS.map(([label, words]) => ({ label, found: words.exec(start)?.[0] })).find(({ found }) => found);
  const rest = named === undefined ? start : start.slice(named.found!.length);
  const number = NUMBERS.exec(rest);
  const isPlace =
    number !== null && (named !== undefined || (/^,/.test(written.trimStart()) && /^\d/.test(number[1]!)));
  if (!isPlace) return { suffix: written };
  const suffix = rest.slice(number[0].length);
  return {
    locator: number[1]!.replace(/\s*--?\s*/g, '–'),
    label: named?.label ?? 'page',
    ...(suffix.trim() === '' ? {} : { suffix }),
  };
}
