/** Shares that are told as one of so many, of two counts: "64 of 4,096 lists are one in 64". */
import { NUMBER_WORD, wordValue } from './literals';
import type { SaidMultiple } from './multiples';
import { MEASURED, numbersIn, shortNumber, type WrittenNumber } from './numbers';

const OF = /^(?:\s[a-z]+){0,2}\s(?:out\s)?of\s(?:the|its|their|our|all|all\sthe)?\s?$/i;
const ONE_IN = new RegExp(
  String.raw`^(?:\s[a-z]+){0,3}(?:\s(?:is|are|was|were|makes?)|,(?:\s(?:or|which is|that is))?)\s(about\s|roughly\s|nearly\s|almost\s|some\s)?one\s(?:[a-z]+\s)?(?:in|out\sof|of)\s(\d[\d,]*|${NUMBER_WORD})\b(?![.,]\d|\s(?:million|billion|thousand|hundred))`,
  'i',
);

/** By this part a share may be rounded, */
const ROUNDED = 0.05;
/** and one that is said to be rough. */
const ROUGH = 0.15;
/** Further off, something else is one of so many. */
const PLAUSIBLE = 4;

/** The shares that the two counts before them are not. */
export function* oneInSoMany(text: string): Iterable<SaidMultiple> {
  if (!/\bone\s(?:[a-z]+\s)?(?:in|of|out)\b/i.test(text)) return;
  const numbers = numbersIn(text);
  for (const [at, part] of numbers.entries()) {
    const whole = numbers[at + 1];
    if (whole === undefined || !isCount(part) || !isCount(whole) || !(part.value > 0)) continue;
    if (!OF.test(text.slice(part.digitsTo, whole.from))) continue;
    const found = ONE_IN.exec(text.slice(whole.digitsTo));
    if (found === null) continue;
    const said = wordValue(found[2]!) ?? Number(found[2]!.replaceAll(',', ''));
    const own = whole.value / part.value;
    const off = (found[1] === undefined ? ROUNDED : ROUGH) + 0.5 / said;
    if (!(own > 1) || Math.abs(said / own - 1) <= off || said / own > PLAUSIBLE || own / said > PLAUSIBLE) continue;
    const to = whole.digitsTo + found[0].length;
    yield {
      from: part.from,
      to,
      message: `The sentence says one in ${found[2]!}, but ${text.slice(part.from, part.digitsTo)} of ${text.slice(whole.from, whole.digitsTo)} are one in ${shortNumber(own)}.`,
    };
  }
}

function isCount({ unit }: WrittenNumber): boolean {
  return unit === undefined || !MEASURED.test(unit.kind);
}
