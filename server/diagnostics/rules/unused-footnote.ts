/** A footnote that nothing refers to: its text shows nowhere. */
import type { Chapter, OffsetRange } from '../../chapter/model';
import type { Draft, Rule } from '../rule';
import { nearNotes } from './undefined-footnote';

export const unusedFootnote: Rule = {
  code: 'unused-footnote',
  severity: 'warning',
  *document(chapter): Iterable<Draft> {
    const notes = chapter.nodes('footnote');
    if (notes.length === 0) return;
    const marks = chapter.nodes('noteReference');
    const used = new Set(marks.map(({ node }) => node.id));
    const defined = new Set(notes.map(({ node }) => node.id));
    for (const found of notes) {
      const { id, idRange } = found.node;
      if (used.has(id)) continue;
      // A misspelt mark is told by itself.
      const meant = marks.find(({ node }) => !defined.has(node.id) && nearNotes(node.id, defined, used).includes(id));
      yield {
        ...(meant === undefined ? {} : { consequence: { of: meant.range, effect: 'shown', what: 'reference' } }),
        range: found.place(idRange),
        message: `No \`[^${id}]\` refers to this footnote, so its text shows nowhere.`,
        tags: ['unnecessary'],
        fixes: [{ title: `Remove the footnote \`${id}\``, edits: [{ ...whole(found.range, chapter), newText: '' }] }],
      };
    }
  },
};

/** With the blank lines behind it. */
function whole({ start, end }: OffsetRange, chapter: Chapter): OffsetRange {
  const rest = chapter.slice(end, Math.min(chapter.lines.length, end + 1000));
  return { start, end: end + /^(?:[ \t]*(?:\r\n?|\n))*/.exec(rest)![0].length };
}
