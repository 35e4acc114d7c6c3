/** A reference between dollars, whose escaped text TeX reads in its own way. */

import { escapesIn, markdownSource } from '../../evaluation/display';
import type { Draft, Rule } from '../rule';

export const refInMath: Rule = {
  code: 'ref-in-math',
  severity: 'warning',
  *block({ refs, block }): Iterable<Draft> {
    // The place of a reference is told by the block's tree, which is not read for nothing.
    if (!block.text.includes('$')) return;
    for (const result of refs) {
      const { ref, display } = result;
      if (ref.context !== 'math' || display === undefined) continue;
      const escapes = escapesIn(display);
      if (escapes.length === 0) {
        // A `Markdown(…)` value stays as it is whatever it holds.
        if (display.mime === 'text/plain')
          yield {
            range: ref.range,
            severity: 'hint',
            message: `A reference between dollars reads well only as long as its value is a whole number: of \`2.5\` TeX would get \`2\\.5\`. Move it out of the math, or make the whole formula a \`Markdown(…)\` value.`,
          };
        continue;
      }
      yield {
        range: ref.range,
        message: `Quarto puts \`${markdownSource(display)}\` between the dollars, and TeX reads ${escapes.map(one => `\`\\${one}\``).join(', ')} as commands. Move the reference out of the math, or make the whole formula a \`Markdown(…)\` value.`,
      };
    }
  },
};
