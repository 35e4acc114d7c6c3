/** A reference in an option of a cell, which Quarto never evaluates. */
import type { Draft, Rule } from '../rule';

export const refInCellOption: Rule = {
  code: 'ref-in-cell-option',
  severity: 'error',
  *chapter({ chapter }): Iterable<Draft> {
    for (const { range } of chapter.optionRefs)
      yield {
        range,
        message:
          'Quarto does not evaluate references in the options of a cell: the page will show this as it is. Put the caption on a `:::` block around the cell.',
      };
  },
};
