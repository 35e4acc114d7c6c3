/** A number that was typed into a sentence, beside a cell that computes another one for the same. */
import type { Fix } from '../finding';
import type { ExportedNumber } from '../prose/exports';
import type { Literal } from '../prose/literals';
import { matchesIn } from '../prose/matching';
import { shortNumber } from '../prose/numbers';
import { referenceFix } from '../prose/referenceFix';
import type { Draft, ProseBlock, Rule } from '../rule';

export const staleLiteral: Rule = {
  code: 'stale-literal',
  severity: 'warning',
  *prose(block): Iterable<Draft> {
    for (const { literal, number, kind } of matchesIn(block)) {
      if (kind !== 'stale') continue;
      const { line, range } = literal;
      const [from, to] = range === undefined ? [literal.from, literal.to] : [range.low.from, range.high.to];
      yield {
        range: block.place(line, from, to),
        message: `The sentence says ${line.text.slice(from, to)}, but the calculation gives ${shownOf(number)} (\`${number.name.path}\`).`,
        values: [number.name.path],
        ...fixesOf(block, literal, number),
      };
    }
  },
};

/** The number as a sentence would say it: nobody reads the repr of a quantity. */
function shownOf({ text, value, unit, isText }: ExportedNumber): string {
  return isText ? text : `${shortNumber(value)}${unit === undefined ? '' : ` ${unit.text}`}`;
}

function fixesOf(block: ProseBlock, literal: Literal, number: ExportedNumber): { fixes?: readonly Fix[] } {
  const fix = referenceFix(block, literal, number);
  return fix === undefined ? {} : { fixes: [fix] };
}
