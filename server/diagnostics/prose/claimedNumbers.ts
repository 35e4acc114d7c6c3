/** The numbers that claims compare: those of a text, and bounds that it has in words ("less than a quarter of a second", "more than fifty"). */
import { COUNT_IN_WORDS, countOf, FRACTION_IN_WORDS, fractionOf, NO_COUNT } from './claimWords';
import { timesOf } from './multiples';
import { numbersIn, unitNamed, type WrittenNumber } from './numbers';

/** Behind these stands what a number is compared with. */
export const BOUND = String.raw`\b(?:than|under|over|below|above|within|exceeds|at least|at most)\s`;

/** Fractions in words, of a unit or of a whole: "a quarter of a second", "more than half". */
const FRACTION = new RegExp(
  String.raw`(?<=${BOUND})(?:(?:(${FRACTION_IN_WORDS})\s(?:of\s)?)?an?\s(millisecond|second|minute|hour|day|week|fortnight|month|year|decade|century|kilobyte|megabyte|gigabyte|terabyte|petabyte|dollar|euro|kilomet(?:re|er)|met(?:re|er)|mile|gram|kilogram|tonne|lit(?:re|er)|watt|kilowatt|megawatt|gigawatt)\b|(${FRACTION_IN_WORDS})(?=[.,;:)]|\s(?:of|and|or|but)\b|$))`,
  'gi',
);

/** A bound in words: "less than fifty", "more than two hundred". */
const WORD = new RegExp(
  String.raw`(?<=${BOUND}(?:(?:the|its|their|our)\s(?=\S+\sand\sa\shalf\b))?)(${COUNT_IN_WORDS})${NO_COUNT}(?=[.,;:)]|$|\s(?!times\b|of\b)[a-z])`,
  'gi',
);

/** "less than one", of what stands before it */
const ONE = new RegExp(String.raw`(?<=${BOUND})one(?=[.,;:)]|$)`, 'gi');

/** "below two per cent" */
const PERCENT = new RegExp(String.raw`(?<=${BOUND})(${COUNT_IN_WORDS})\sper\s?cent\b`, 'gi');

/** "more than two orders of magnitude", where nothing behind says than what */
const ORDERS = new RegExp(
  String.raw`(?<=${BOUND})(an|one|two|three|four)\sorders?\sof\smagnitude(?=[.,;:)]|$|\s(?:and|or|but)\b)`,
  'gi',
);

/** Behind these, a number is a label: "on day 12". */
const LABEL =
  /\b(?:day|week|month|quarter|year|step|stage|phase|round|layer|level|line|figure|table|section|chapter)\s$/i;

/** "more than ten times", "more than double", where that is all that it is compared with: not "ten times the 40 ms". */
const FACTOR = new RegExp(
  String.raw`(?<=\b(?:than|over|under|below|above|exceeds|at least|at most)\s)(?:(${COUNT_IN_WORDS})[\s-](?:times|fold)|(twice|double|triple)|a\sfactor\sof\s(${COUNT_IN_WORDS}|\d+(?:\.\d+)?))(?=[.,;:)]|$|\s(?:before|and|or|but|in|by|when|while|more|less|larger|smaller|slower|faster|longer|shorter|what|as\s(?:much|many|high|large|big|long|far|fast|heavy|good|strong|tall|deep|wide|often|likely|expensive|dear))\b(?!\s(?:as\s)?(?:the|its)\s[$\u20ac\u00a3]?[\d\ufffc]))`,
  'gi',
);

/** The numbers of a text, and the fractions in words that a claim compares with. */
export function claimedNumbers(text: string): readonly WrittenNumber[] {
  const words = Array.from(text.matchAll(FRACTION), ({ index, 0: whole, 1: part, 2: of, 3: share }): WrittenNumber => {
    const to = index + whole.length;
    const unit = of === undefined ? { kind: 'ratio', factor: 1, text: '%' } : numbersIn(`1 ${of}`)[0]?.unit;
    const value = of === undefined ? 100 * fractionOf(share!)! : (fractionOf(part ?? '') ?? 1);
    return { from: index, digitsTo: to, to, value, half: 0, unit };
  });
  const factors = Array.from(
    text.matchAll(FACTOR),
    ({ index, 0: whole, 1: word, 2: multiple, 3: by }): WrittenNumber => {
      const to = index + whole.length;
      return {
        from: index,
        digitsTo: index + (word ?? whole).length,
        to,
        value:
          word !== undefined ? countOf(word)! : by !== undefined ? (countOf(by) ?? Number(by)) : timesOf(multiple!)!,
        half: 0,
        unit: unitNamed('times'),
      };
    },
  );
  const ones = Array.from(text.matchAll(ONE), ({ index }): WrittenNumber => {
    const to = index + 'one'.length;
    return { from: index, digitsTo: to, to, value: 1, half: 0, unit: undefined };
  });
  words.push(...factors, ...ones, ...boundsInWords(text), ...percentages(text), ...orders(text));
  const numbers = numbersIn(text).filter(
    // The 3 of m^3 is no number that is compared.
    one =>
      text[one.from - 1] !== '^' &&
      !LABEL.test(text.slice(Math.max(0, one.from - 12), one.from)) &&
      !words.some(({ from, to }) => from < one.to && one.from < to),
  );
  return [...numbers, ...words].sort((a, b) => a.from - b.from);
}

function percentages(text: string): WrittenNumber[] {
  return Array.from(text.matchAll(PERCENT), ({ index, 0: { length }, 1: word }) => ({
    from: index,
    digitsTo: index + word!.length,
    to: index + length,
    value: countOf(word!)!,
    half: 0,
    unit: unitNamed('%'),
  }));
}

function orders(text: string): WrittenNumber[] {
  return Array.from(text.matchAll(ORDERS), ({ index, 0: { length }, 1: word }) => {
    const to = index + length;
    // Of one order no count is read.
    const many = countOf(word!) ?? 1;
    return { from: index, digitsTo: to, to, value: 10 ** many, half: 0, unit: unitNamed('times') };
  });
}

function boundsInWords(text: string): WrittenNumber[] {
  return Array.from(text.matchAll(WORD), ({ index, 0: { length }, 1: word }) => {
    const digitsTo = index + length;
    const value = countOf(word!) ?? Number.NaN;
    const noun = /^\s[A-Za-z]+[²³]?/.exec(text.slice(digitsTo))?.[0] ?? '';
    // Read as `50 noun` is.
    const [read] = numbersIn(`${value}${noun}`);
    const to = digitsTo + (read === undefined ? 0 : read.to - read.digitsTo);
    return { from: index, digitsTo, to, value, half: 0, unit: read?.unit };
  });
}
