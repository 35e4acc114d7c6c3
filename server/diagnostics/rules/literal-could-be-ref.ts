/** A number that was typed into a sentence, beside a cell that computes it: a reference would follow the calculation. */
import { matchesIn } from '../prose/matching';
import { referenceFix } from '../prose/referenceFix';
import type { Draft, Rule } from '../rule';

export const literalCouldBeRef: Rule = {
  code: 'literal-could-be-ref',
  severity: 'hint',
  *prose(block): Iterable<Draft> {
    for (const { literal, number, kind } of matchesIn(block)) {
      if (kind !== 'equal') continue;
      const { line, from, to } = literal;
      const fix = referenceFix(block, literal, number);
      yield {
        range: block.place(line, from, to),
        message: `\`${number.name.path}\` computes this number. A reference to it would follow the calculation.`,
        values: [number.name.path],
        ...(fix === undefined ? {} : { fixes: [fix] }),
      };
    }
  },
};
