/** Numbers of what Quarto numbers: figures, tables, equations, listings, sections, footnotes. */

import { entryOf } from '../../mlsys';
import type { Chapter, Heading, Label } from '../chapter/model';
import type { LinkDefinitionNode } from '../chapter/prose';

export interface Target {
  readonly label: Label;
  /** `Figure`, `Table`, `Section`, … */
  readonly name: string;
  /** `3`, or `2.1` for a section; empty for one that has no number. */
  readonly number: string;
}

export interface Numbering {
  readonly targets: ReadonlyMap<string, Target>;
  /** By the heading's start. */
  readonly headings: ReadonlyMap<number, string>;
  /** Number of each footnote id, in order of its first call. */
  readonly notes: ReadonlyMap<string, number>;
  /** Number of each example by its label, and of the first one of a list by the list's start. */
  readonly examples: ReadonlyMap<string, number>;
  readonly exampleLists: ReadonlyMap<number, number>;
  /** What links refer to by a label. */
  readonly definitions: ReadonlyMap<string, LinkDefinitionNode>;
}

const NAMES: Readonly<Record<string, string>> = {
  fig: 'Figure',
  tbl: 'Table',
  eq: 'Equation',
  lst: 'Listing',
  sec: 'Section',
  thm: 'Theorem',
  lem: 'Lemma',
  cor: 'Corollary',
  prp: 'Proposition',
  cnj: 'Conjecture',
  def: 'Definition',
  exm: 'Example',
  exr: 'Exercise',
  nte: 'Note',
  tip: 'Tip',
  wrn: 'Warning',
  imp: 'Important',
  cau: 'Caution',
};

/** The word before a number: `Figure`. */
export function nameOfKind(kind: string): string {
  return entryOf(NAMES, kind) ?? `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`;
}

function headingNumbers(headings: readonly Heading[], chapter: string | undefined): Map<number, string> {
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
    numbers.set(heading.range.start, [...prefix, ...counts].join('.'));
  }
  return numbers;
}

/** Examples are counted through the chapter. */
function examplesOf(chapter: Chapter): Pick<Numbering, 'examples' | 'exampleLists'> {
  const examples = new Map<string, number>();
  const exampleLists = new Map<number, number>();
  let count = 0;
  for (const { node, range } of chapter.nodes('list')) {
    if (node.style !== 'example') continue;
    exampleLists.set(range.start, count + 1);
    for (const { label } of node.children) {
      count++;
      if (label !== undefined && !examples.has(label)) examples.set(label, count);
    }
  }
  return { examples, exampleLists };
}

const cache = new WeakMap<Chapter, { readonly number: string | undefined; readonly numbering: Numbering }>();

/** The numbering of a chapter, computed once; `number` is the chapter's own in its book, a letter for an appendix. */
export function numberingOf(chapter: Chapter, number?: string): Numbering {
  const known = cache.get(chapter);
  if (known !== undefined && known.number === number) return known.numbering;
  // Comments of a cell that lost its fence look like headings.
  const lost = chapter.unopenedCells.map(cell => cell.range);
  const real = chapter.headings.filter(
    ({ range }) => !lost.some(cell => cell.start <= range.start && range.start < cell.end),
  );
  const headings = headingNumbers(real, number);
  const bySection = new Map(real.map(heading => [heading.id, headings.get(heading.range.start) ?? '']));
  const targets = new Map<string, Target>();
  const counts = new Map<string, number>();
  for (const label of chapter.labels) {
    const { kind } = label;
    if (kind === undefined || targets.has(label.id)) continue;
    let own = '';
    let name = nameOfKind(kind);
    if (kind === 'sec') {
      own = bySection.get(label.id) ?? '';
      if (own !== '' && own === number) name = /[A-Z]/.test(own) ? 'Appendix' : 'Chapter';
    } else {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      own = number === undefined ? String(count) : `${number}.${count}`;
    }
    targets.set(label.id, { label, name, number: own });
  }
  const notes = new Map<string, number>();
  for (const { node } of chapter.nodes('noteReference')) if (!notes.has(node.id)) notes.set(node.id, notes.size + 1);
  const definitions = new Map<string, LinkDefinitionNode>();
  for (const { node } of chapter.nodes('linkDefinition'))
    if (!definitions.has(node.label)) definitions.set(node.label, node);
  const numbering = { targets, headings, notes, definitions, ...examplesOf(chapter) };
  cache.set(chapter, { number, numbering });
  return numbering;
}
