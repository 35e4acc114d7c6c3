/** Footnotes that stand beside what calls them, as `reference-location: margin` asks for. */
import type { Block, Chapter } from '../chapter/model';
import type { BlockNode } from '../chapter/prose';
import { element, foreign, type Html, text } from './hast';
import { optionOf } from './metadata';
import { anchorsOf } from './notes';

/** Whether the chapter wants its footnotes in the margin. */
export function wantsNotesBeside(chapter: Chapter): boolean {
  return optionOf(chapter, 'reference-location') === 'margin';
}

/** The footnote that a block of its own is; only one of mere paragraphs can stand within a sentence. */
export function noteBeside(chapter: Chapter, block: Block): string | undefined {
  if (block.kind !== 'footnote') return undefined;
  const [node, more] = chapter.tree(block).children;
  if (node?.type !== 'footnote' || more !== undefined || !node.children.every(isParagraph)) return undefined;
  return node.id;
}

const isParagraph = ({ type }: BlockNode): boolean => type === 'paragraph';

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

/** A note in the margin, of one or several paragraphs. */
export function besideNode(name: string, number: number, paragraphs: readonly Html[]): Html {
  const words = paragraphs.flatMap((one, at): Html[] => {
    if (one.type !== 'element') return [one];
    const inner = one.children as Html[];
    return at === 0 ? inner : [element('br', {}), ...inner];
  });
  const own = { id: anchorsOf(name).note, className: ['column-margin', 'reckoner-note-beside'], role: 'doc-footnote' };
  return foreign('span', own, [element('sup', {}, [text(String(number))]), text(' '), ...words]);
}
