/** Numbers that the sentence around them makes of its own ones: "720 km (180 + 95 + 445)", "a card of 32 GB … 23 GB … leaves 9 GB". */
import type { Literal } from './literals';
import { numbersIn, sameKind, type WrittenNumber } from './numbers';

/** A sum in parentheses, right behind a number or a few words later. */
const SUM = /^[^.;:()\d]{0,40}\(([\d.,]+(?:\s?[A-Za-z%]{1,4})?(?:\s?\+\s?[\d.,]+(?:\s?[A-Za-z%]{1,4})?){1,20})\)/;
const LEAVES = /\b(?:leaves?|leaving)\s(?:[a-z]+\s){0,2}[$€£]?$/i;
const LONGEST = 260;
const MOST = 8;

/** True of a sum or a rest that the sentence shows how to come to. */
export function isMadeInSentence({ line, sentence, from, to, value, half, unit }: Literal): boolean {
  const isIt = (made: number, slack = 0) => Math.abs(made - value) <= half + slack + 1e-9 * Math.abs(value);
  const sum = SUM.exec(line.text.slice(to, to + LONGEST))?.[1];
  if (sum !== undefined && isIt(numbersIn(sum).reduce((so, one) => so + one.value, 0))) return true;
  if (!LEAVES.test(line.text.slice(Math.max(sentence.from, from - 40), from))) return false;
  const before = numbersIn(line.text.slice(sentence.from, from))
    .filter(one => sameKind(one.unit, unit))
    .slice(-MOST);
  const rest = (whole: WrittenNumber) =>
    before.some(part => part !== whole && isIt(whole.value - part.value, whole.half + part.half));
  return before.some(rest);
}
