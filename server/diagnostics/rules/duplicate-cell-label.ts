/** Two cells with one label: what they show is stored under it, so that one overwrites the other's figures. */
import { labelsOf } from '../document/labels';
import type { Draft, Rule } from '../rule';
import { renaming } from './duplicate-label';

export const duplicateCellLabel: Rule = {
  code: 'duplicate-cell-label',
  severity: 'warning',
  *document(chapter): Iterable<Draft> {
    for (const [id, all] of labelsOf(chapter)) {
      const [first, ...others] = all.filter(({ on }) => on === 'cell');
      for (const { range } of others)
        yield {
          range,
          message: `Another cell has the label \`${id}\` as well: Quarto stores the figures of both under one name, and may show the wrong one.`,
          related: [{ range: first!.range, message: `\`${id}\` stands here first` }],
          fixes: [renaming(id, range, chapter)],
        };
    }
  },
};
