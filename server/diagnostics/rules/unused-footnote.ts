/** A footnote that nothing refers to: its text shows nowhere. */
import type { Chapter, OffsetRange } from '../../chapter/model';
import type { Draft, Rule } from '../rule';

export const unusedFootnote: Rule = {
  code: 'unused-footnote',
  severity: 'warning',
  *document(chapter): Iterable<Draft> {
    const notes = chapter.nodes('footnote');
    if (notes.length === 0) return;
    const used = new Set(chapter.nodes('noteReference').map(({ node }) => node.id));
    for (const found of notes) {
      const { id, idRange } = found.node;
      if (used.has(id)) continue;
      yield {
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
