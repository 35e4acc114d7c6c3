/** Footnotes that stand beside what calls them, as `reference-location: margin` asks for. */
import type { Block, Chapter } from '../chapter/model';
import type { FactReader } from './facts';
import { element, foreign, type Html, text } from './hast';
import { optionOf } from './metadata';
import { anchorsOf, BESIDE } from './notes';
import { holdsBlocks, phrasing } from './phrasing';

/** Whether the chapter wants its footnotes in the margin. */
export function wantsNotesBeside(chapter: Chapter): boolean {
  return optionOf(chapter, 'reference-location') === 'margin';
}

/** The same, noted as something that what is made depends on. */
export function hasNotesBeside(facts: FactReader): boolean {
  return facts.ask('option', 'reference-location') === 'margin';
}

/** The footnote that a block of its own is; one in a quotation, say, stands at the end. */
export function noteBeside(chapter: Chapter, block: Block): string | undefined {
  if (block.kind !== 'footnote') return undefined;
  const [node, more] = chapter.tree(block).children;
  if (node?.type !== 'footnote' || more !== undefined) return undefined;
  return node.id;
}

/** Blocks of the footnotes that are called first in a stretch of the chapter and stand there. */
export function blocksBeside(
  chapter: Chapter,
  notes: readonly { readonly start: number; readonly source: unknown }[],
  { start, end }: { readonly start: number; readonly end: number },
): Block[] {
  const called = new Set(notes.filter(note => note.start >= start && note.start < end).map(({ source }) => source));
  if (called.size === 0) return [];
  return chapter
    .nodes('footnote')
    .filter(({ node, block }) => called.has(node.id) && noteBeside(chapter, block) === node.id)
    .map(({ block }) => block);
}

/** A note in the margin, of what a footnote holds. */
export function besideNode(name: string, number: number, nodes: readonly Html[]): Html {
  const isBlocks = holdsBlocks(nodes);
  const [first, ...others] = nodes;
  // The number stands before the first word.
  const begin = first !== undefined && isParagraph(first) ? (first.children as Html[]) : [];
  const rest = begin.length > 0 ? others : nodes;
  const more = isBlocks
    ? phrasing(rest)
    : rest.flatMap(one => (isParagraph(one) ? [element('br', {}), ...(one.children as Html[])] : [one]));
  const className = ['column-margin', BESIDE, ...(isBlocks ? ['reckoner-blocks'] : [])];
  const own = { id: anchorsOf(name).note, className, role: 'doc-footnote' };
  return foreign('span', own, [element('sup', {}, [text(String(number))]), text(' '), ...phrasing(begin), ...more]);
}

function isParagraph(node: Html): node is Extract<Html, { type: 'element' }> {
  return node.type === 'element' && node.tagName === 'p';
}
