/** A picture with neither a caption nor a text for those who cannot see it. */
import type { Chapter } from '../../chapter/model';
import { habit } from '../habit';
import type { Draft, Rule } from '../rule';

export const missingAltText: Rule = {
  code: 'missing-alt-text',
  severity: 'hint',
  document(chapter): Iterable<Draft> {
    return habit([...undescribed(chapter)]);
  },
};

function* undescribed(chapter: Chapter): Iterable<Draft> {
  for (const found of chapter.nodes('image')) {
    const { node, range } = found;
    const { attributes, children, end, urlRange } = node;
    if (children.length > 0 || node.title !== undefined || isDescribed(key => attributes?.get(key))) continue;
    const at = attributes === undefined ? found.place({ start: end, end }) : found.place(attributes.range);
    yield {
      range: found.place(urlRange),
      message:
        'This picture has no text for those who cannot see it: add `fig-alt="…"`, or a caption between the brackets.',
      fixes: [
        {
          title: 'It is mere decoration: add `fig-alt=""`',
          edits: [
            attributes === undefined
              ? { start: range.end, end: range.end, newText: '{fig-alt=""}' }
              : { start: at.end - 1, end: at.end - 1, newText: ' fig-alt=""' },
          ],
        },
      ],
    };
  }
  for (const { node, range } of [...chapter.nodes('html'), ...chapter.nodes('htmlBlock')])
    for (const tag of node.value.matchAll(/<img\s[^>]*>/gi))
      if (!/\s(?:alt|aria-label|aria-hidden|role)\s*=?/i.test(tag[0])) {
        const start = range.start + tag.index;
        yield {
          range: { start, end: start + tag[0].length },
          message: 'This picture has no text for those who cannot see it: add `alt="…"`.',
          fixes: [
            {
              title: 'It is mere decoration: add `alt=""`',
              edits: [{ start: start + 4, end: start + 4, newText: ' alt=""' }],
            },
          ],
        };
      }
}

function isDescribed(get: (key: string) => string | undefined): boolean {
  return ['fig-alt', 'alt', 'fig-cap', 'aria-label', 'role', 'aria-hidden'].some(key => get(key) !== undefined);
}
