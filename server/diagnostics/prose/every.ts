/** How often and how far apart: "one tram every 5 minutes, twelve an hour". */

import { halfOfDigit, plainCount } from './claimWords';
import { NUMBER_WORD } from './literals';
import type { SaidMultiple } from './multiples';
import { shortNumber, unitNamed } from './numbers';

const COUNT = String.raw`\d[\d,]*(?:\.\d+)?|${NUMBER_WORD}`;
const SPAN = '(second|minute|hour|day|week)s?';
const ROUGH = String.raw`(about\s|roughly\s|around\s|some\s|nearly\s|almost\s|~|\u2248\s?)?`;
const OFTEN = new RegExp(
  String.raw`\bevery\s${ROUGH}(${COUNT})\s${SPAN},?\s(?:or\s|that\sis,?\s|which\sis\s|i\.e\.,?\s)?${ROUGH}(${COUNT})(?:\s(?!(?:${SPAN})\b)[a-z]+)?\s(?:an?|per|each|every)\s${SPAN}\b`,
  'gi',
);
/** So far off, something else is counted. */
const PLAUSIBLE = 3;

/** The rates that the time between two does not give. */
export function* everySoOften(text: string): Iterable<SaidMultiple> {
  if (!/\bevery\s/i.test(text)) return;
  for (const match of text.matchAll(OFTEN)) {
    const { 0: whole, index, 1: isRough, 2: each, 3: unit, 4: isAbout, 5: many, 7: span } = match;
    const [apart, told] = [each!, many!].map(plainCount);
    const [own, other] = [unit!, span!].map(name => unitNamed(name.toLowerCase())?.factor);
    if (apart === undefined || told === undefined || own === undefined || other === undefined || apart <= 0) continue;
    const due = other / (own * apart);
    const slack =
      (halfOfDigit(each!) / apart) * due +
      halfOfDigit(many!) +
      (isRough === undefined && isAbout === undefined ? 0.01 : 0.15) * due;
    if (Math.abs(told - due) <= slack || told / due > PLAUSIBLE || due / told > PLAUSIBLE || due < 1) continue;
    yield {
      from: index,
      to: index + whole.length,
      message: `The sentence says ${many!} ${span!.toLowerCase() === 'hour' ? 'an' : 'a'} ${span!}, but every ${each!} ${unit!}s makes ${shortNumber(due)}.`,
    };
  }
}
