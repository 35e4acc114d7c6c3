/** A reference in a heading without an identifier of its own: the one that Pandoc makes changes with the value. */
import type { Draft, Rule } from '../rule';

export const refInHeading: Rule = {
  code: 'ref-in-heading',
  severity: 'hint',
  *block({ refs, block }): Iterable<Draft> {
    // The place of a reference is told by the block's tree, which is not read for nothing.
    if (block.kind !== 'heading') return;
    for (const { ref } of refs)
      if (ref.context === 'heading' && !/\{[^{}]*#[^{}]*\}\s*$/.test(block.text))
        yield {
          range: ref.range,
          message:
            'The address of this heading is made from its text, so it changes with the value. Give the heading an identifier: `{#sec-…}`.',
        };
  },
};
