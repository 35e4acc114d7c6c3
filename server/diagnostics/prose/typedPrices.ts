/** Prices that are typed without their sign: "A ticket costs 45 and the locker $12", where a cell has the 45 dollars. */
import type { Draft, ProseBlock } from '../rule';
import { exportedNumber } from './exports';
import { literalsIn } from './literals';
import { namesNear } from './match';
import { measureIn } from './nounClaims';

export const PAYS =
  /\b(?:(?:costs?|pays?|charges?|earns?)|(?:salary|wage|price|fee|rent|budget|bill|payroll|fare|freight) of)\s(?:about\s|only\s|roughly\s|another\s)?$/i;
/** Nothing behind it says what it counts. */
const ENDS = /^(?:[.,;:)](?!\d)|$|\s(?:an?|and|or|but|per|for|in|on|at|to|while|where|which|each|apiece)\b)/;
const SIGN = /\\\$|[€£]/;

export function* typedPrices(block: ProseBlock): Iterable<Draft> {
  if (!SIGN.test(block.source) || !/\d/.test(block.source)) return;
  for (const line of block.lines) {
    if (line.place !== 'text') continue;
    for (const { from, digitsTo, unit, isWord, text } of literalsIn(line)) {
      if (unit !== undefined || isWord || !PAYS.test(line.text.slice(0, from))) continue;
      if (!ENDS.test(line.text.slice(digitsTo)) || /^\s?[$€£]/.test(line.text.slice(digitsTo))) continue;
      const name = namesNear(block).find(one => {
        const number = exportedNumber(one, block.near);
        return number?.isText === true && number.text === text && measureIn(number, 'money') !== undefined;
      });
      if (name === undefined) continue;
      const range = block.place(line, from, digitsTo);
      yield {
        range,
        message: `The sentence says ${text} without a sign of money, but \`${name.path}\` is a price.`,
        fixes: [
          { title: 'Write `$` before the number', edits: [{ start: range.start, end: range.start, newText: '\\$' }] },
        ],
      };
    }
  }
}
