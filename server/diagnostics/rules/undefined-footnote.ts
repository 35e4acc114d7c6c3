/** A mark of a footnote whose text stands nowhere: the page shows the mark as it is written. */
import { isInLostCode } from '../document/labels';
import type { Draft, Rule } from '../rule';
import { orList, similarNames } from '../similar';

/** Footnotes that a mark may mean; one that nothing refers to yet is the likeliest. */
export function nearNotes(id: string, defined: Iterable<string>, used: ReadonlySet<string>): readonly string[] {
  const candidates = similarNames(id, defined);
  return candidates.some(one => !used.has(one)) ? candidates.filter(one => !used.has(one)) : candidates;
}

export const undefinedFootnote: Rule = {
  code: 'undefined-footnote',
  severity: 'warning',
  *document(chapter): Iterable<Draft> {
    const missing = chapter.composition?.includes.some(({ problem }) => problem !== undefined) === true;
    const marks = missing ? [] : chapter.nodes('noteReference');
    if (marks.length === 0) return;
    const defined = new Set(chapter.nodes('footnote').map(({ node }) => node.id));
    const used = new Set(marks.map(({ node }) => node.id));
    for (const found of marks) {
      const { node, range } = found;
      const { id, start, end } = node;
      if (defined.has(id) || isInLostCode(chapter, range)) continue;
      const near = nearNotes(id, defined, used);
      yield {
        range,
        message: `There is no footnote \`[^${id}]:\`; the page will show \`[^${id}]\`.${near.length === 0 ? '' : ` Did you mean ${orList(near.map(one => `[^${one}]`))}?`}`,
        ...(near.length === 0
          ? {}
          : {
              fixes: near.map(one => ({
                title: `Use \`[^${one}]\``,
                edits: [{ ...found.place({ start: start + 2, end: end - 1 }), newText: one }],
              })),
            }),
      };
    }
  },
};
