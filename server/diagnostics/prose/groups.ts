/** What groups of one size make: "four racks of eight make 32", "8 racks of 32 GPUs hold 256 GPUs". */
import { plainCount } from './claimWords';
import { QUALIFIERS } from './comparatives';
import { NUMBER_WORD } from './literals';
import type { SaidMultiple } from './multiples';
import { NO_UNIT, shortNumber, singular, unitNamed } from './numbers';
import { FARTHEST } from './ownSums';

const COUNT = String.raw`\d{1,3}(?:,\d{3})+|\d+(?![.,]?\d)|${NUMBER_WORD}`;
const MAKE = String.raw`makes?|gives?|yields?|holds?|comes?\sto|adds?\sup\sto`;
const GROUPS = new RegExp(
  String.raw`(?<![\w.,$\u20ac\u00a3%-])(?<!\b(?:or|to|than|of|between\s\S{1,12}\sand|(?:hundred|thousand)(?:\sand)?)\s)(${COUNT})\s(?:[a-z]+\s)?([a-z]{3,}s)\s(?:of|with)\s(${COUNT})(?:\s([A-Za-z]{2,}s))?(?:\s(?:each|apiece))?\s(?:${MAKE})\s(?!${QUALIFIERS})(${COUNT})(?:\s([A-Za-z]{2,}s))?(\sin\sall|\saltogether|\sin\stotal)?(?=[.,;:)]|$|\s(?:and|but|so|which)\b)`,
  'gi',
);
const MAY_SAY = new RegExp(String.raw`\b(?:of|with)\s(?:\d|${NUMBER_WORD})[^.!?]{0,40}?\s(?:${MAKE})\s`, 'i');

/** The counts that groups and their sizes do not make. */
export function* groups(text: string): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  for (const match of text.matchAll(GROUPS)) {
    const { 0: whole, index, 1: many, 2: group, 3: each, 4: inner, 5: told, 6: noun, 7: inAll } = match;
    const [first, second, third] = [many, each, told].map(count => plainCount(count!));
    if (first === undefined || second === undefined || third === undefined || first < 2 || second < 2) continue;
    // Teams of five may make 20 reports.
    if (noun !== undefined && inAll === undefined && (inner === undefined || !isSame(noun, inner))) continue;
    if ([group, inner, noun].some(word => word !== undefined && isNoCount(word))) continue;
    const product = first * second;
    if (product === third || Math.abs(third / product - 1) > FARTHEST) continue;
    yield {
      from: index,
      to: index + whole.length,
      message: `The sentence says ${told!}, but ${many!.toLowerCase()} times ${each!} make ${shortNumber(product)}.`,
    };
  }
}

function isSame(one: string, other: string): boolean {
  return singular(one.toLowerCase()) === singular(other.toLowerCase());
}

/** What is measured is another sum, and so is what only looks like a noun. */
function isNoCount(word: string): boolean {
  return unitNamed(word) !== undefined || NO_UNIT.has(word.toLowerCase());
}
