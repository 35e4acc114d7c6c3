/** A file that includes itself, by way of others perhaps: Quarto ends the render. */
import type { Rule } from '../rule';

export const includeCycle: Rule = {
  code: 'include-cycle',
  severity: 'error',
  *chapter({ chapter }) {
    for (const { name, range, problem } of chapter.composition?.includes ?? []) {
      if (problem === 'cycle') yield { range, message: `\`${name}\` is included within itself.` };
      if (problem === 'too-long')
        yield {
          range,
          message: `\`${name}\` is not included: the chapter would be longer than 16 MB, or of too many pieces.`,
        };
    }
  },
};
