/** A reference in a grid table, whose columns move when its text is put in. */
import type { Draft, Rule } from '../rule';

export const refInGridTable: Rule = {
  code: 'ref-in-grid-table',
  severity: 'warning',
  *block({ refs, block }): Iterable<Draft> {
    // The place of a reference is told by the block's tree, which is not read for nothing.
    if (!(block.kind === 'gridTable' || block.text.includes('+--') || block.text.includes('+=='))) return;
    for (const { ref, display } of refs)
      if (ref.context === 'gridTable' && display?.text.length !== ref.range.end - ref.range.start)
        yield {
          range: ref.range,
          message:
            'In a grid table each row must be as wide as its frame, and the value is not as wide as the reference: the table breaks. Use a pipe table.',
        };
  },
};
