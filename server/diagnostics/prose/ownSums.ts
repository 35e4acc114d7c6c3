/** Numbers that the sentence around them makes of its own ones: "720 km (180 + 95 + 445)", "a card of 32 GB … 23 GB … leaves 9 GB". */
import type { Literal } from './literals';
import { numbersIn, sameKind, type WrittenNumber } from './numbers';

/** A sum in parentheses, right behind a number or a few words later. */
const SUM =
  /^[^.;:()\d]{0,40}\((?:=\s?)?([\d.,]+(?:\s?[A-Za-z%]{1,4})?(?:\s?\+\s?[$€£]?[\d.,]+(?:\s?[A-Za-z%]{1,4})?){1,20})\)/;
const LEAVES = /\b(?:leaves?|leaving)\s(?:[a-z]+\s){0,2}[$€£]?$/i;
const LONGEST = 260;
const MOST = 8;

/** By so much a total is off that was not mended with one of its terms. */
export const FARTHEST = 0.35;

/** The sum that stands in parentheses behind a number, of numbers in its unit or in none. */
export function sumBehind(
  text: string,
  { to, value, unit }: Pick<WrittenNumber, 'to' | 'value' | 'unit'>,
): Pick<WrittenNumber, 'value' | 'half'> | undefined {
  const sum = SUM.exec(text.slice(to, to + LONGEST))?.[1];
  if (sum === undefined || value === 0) return undefined;
  const terms = numbersIn(sum);
  if (terms.length < 2 || !terms.every(one => one.unit === undefined || sameKind(one.unit, unit))) return undefined;
  const factor = (one: WrittenNumber) => (one.unit === undefined ? 1 : one.unit.factor / unit!.factor);
  return {
    value: terms.reduce((so, one) => so + one.value * factor(one), 0),
    half: terms.reduce((so, one) => so + (one.half * factor(one)) / 2, 0),
  };
}

/** True of a sum that the sentence shows how to come to, and of what it says to be left of a number. */
export function isMadeInSentence({ line, sentence, from, to, value, unit }: Literal): boolean {
  const sum = sumBehind(line.text, { to, value, unit });
  // Of one that is hardly off, it is told that it is wrong.
  if (sum !== undefined && Math.abs(value / sum.value - 1) < FARTHEST) return true;
  if (!LEAVES.test(line.text.slice(Math.max(sentence.from, from - 40), from))) return false;
  const before = numbersIn(line.text.slice(sentence.from, from))
    .filter(one => sameKind(one.unit, unit))
    .slice(-MOST);
  return before.length > 1;
}
