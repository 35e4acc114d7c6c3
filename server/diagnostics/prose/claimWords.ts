/** Numbers that claims have in words: "two hundred", "one and a half", "nine tenths", "two orders of magnitude". */
import { NUMBER_WORD, wordValue } from './literals';

const ROUND: Readonly<Record<string, number>> = {
  dozen: 12,
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
};
const ROUNDS = Object.keys(ROUND).join('|');
const PARTS: Readonly<Record<string, number>> = {
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  twelfth: 12,
  fifteenth: 15,
  twentieth: 20,
  thirtieth: 30,
  fortieth: 40,
  fiftieth: 50,
  hundredth: 100,
  thousandth: 1000,
};
const PART = Object.keys(PARTS).join('|');

/** A count from two on: "two hundred", "a dozen", "forty", "one and a half". */
export const COUNT_IN_WORDS = String.raw`(?:an?|one|a\scouple\sof|${NUMBER_WORD})\s(?:${ROUNDS})|(?:one|${NUMBER_WORD})\sand\sa\shalf|${NUMBER_WORD}`;

/** A part of a whole: "half", "a fifth", "nine tenths". */
export const FRACTION_IN_WORDS = String.raw`(?:(?:an?|one|two|three|four|five|six|seven|eight|nine)[\s-](?:${PART})s?|(?:a\s)?half)`;

/** Behind a count in words, what makes it another number. */
export const NO_COUNT = String.raw`(?!(?:\s|-)(?:${ROUNDS}|and\sa\shalf|per\s?cent|orders?\b|halves|(?:${PART})s?\b))`;

function manyOf(word: string): number | undefined {
  if (word === 'a couple of') return 2;
  return /^(?:an?|one)$/.test(word) ? 1 : wordValue(word);
}

/** The number of a count in words. */
export function countOf(words: string): number | undefined {
  const plain = words.toLowerCase().replaceAll(/\s+/g, ' ');
  const [, lead, round] = new RegExp(String.raw`^(.*) (${ROUNDS})$`).exec(plain) ?? [];
  if (round !== undefined) {
    const many = manyOf(lead!);
    return many === undefined ? undefined : many * ROUND[round]!;
  }
  const whole = /^(.*) and a half$/.exec(plain)?.[1];
  if (whole === undefined) return wordValue(plain);
  const many = manyOf(whole);
  return many === undefined ? undefined : many + 0.5;
}

/** The number of a part in words. */
export function fractionOf(words: string): number | undefined {
  const plain = words.toLowerCase();
  if (/^(?:a\s)?half$/.test(plain)) return 0.5;
  const [, count, part] = /^(\w+)[\s-](\w+?)s?$/.exec(plain) ?? [];
  if (part === undefined || !Object.hasOwn(PARTS, part)) return undefined;
  const many = manyOf(count!);
  return many === undefined ? undefined : many / PARTS[part]!;
}

/** A plain number, or one in words from two on. */
export function plainCount(text: string): number | undefined {
  return /^\d/.test(text) ? Number(text.replaceAll(',', '')) : wordValue(text);
}

/** By how much a number may have been rounded: half of its last digit. In words it is whole. */
export function halfOfDigit(text: string): number {
  return 0.5 * 10 ** -(text.split('.')[1]?.length ?? 0);
}
