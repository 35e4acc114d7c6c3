/** Parts of what a sentence only names: "12 km, a third of the network", "192 m³ in all. That is about a third of the tank". */
import type { ProseBlock } from '../rule';
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, QUALIFIERS } from './comparatives';
import { type ExportedNumber, exportedNumber } from './exports';
import type { Line } from './lines';
import { namesNear } from './match';
import { type SaidMultiple, spread } from './multiples';
import { measureIn } from './nounClaims';
import { MEASURED, measured, shortNumber, singular, type WrittenNumber } from './numbers';
import { means } from './subject';

const PART = new RegExp(
  String.raw`(?:(?:,|\sor|,\sor|(?:,\s)?which\sis|(?:,\s)?that\sis)\s|[.!?]\s(?:That|This|It)\s(?:is|was)\s)(?:only\s|still\s)?(${QUALIFIERS})?(${FRACTION_IN_WORDS})\sof\s(?:the|its|their|our)\s([a-z]{3,})(?=[.,;:)]|$|\s(?:and|but|for|in|on|that|which|is|are|leaves?)\b)`,
  'gi',
);
const MAY_SAY = new RegExp(String.raw`\d.*\b(?:${FRACTION_IN_WORDS})\sof\s(?:the|its|their|our)\s`, 'is');

/** So far off, another thing is named. */
const PLAUSIBLE = 2.5;
/** So far before the part stands its number. */
const LONGEST = 40;

/** The parts that no value of what is named bears out. */
export function* namedWholes(
  block: ProseBlock,
  { text }: Line,
  numbers: readonly WrittenNumber[],
): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  for (const { 0: whole, index, 1: qualifier = '', 2: words, 3: noun } of text.matchAll(PART)) {
    const own = numbers.findLast(({ to }) => to <= index);
    if (own?.unit === undefined || !MEASURED.test(own.unit.kind) || /^(?:ratio|factor)$/.test(own.unit.kind)) continue;
    const between = text.slice(own.to, index);
    if (between.length > LONGEST || !/^(?:\s[a-z]+){0,5}$/.test(between)) continue;
    const part = measured(own);
    const share = fractionOf(words!)!;
    const wholes = valuesOf(noun!.toLowerCase(), own.unit.kind, block).filter(({ base }) => base.value > part.value);
    const isSo = ({ base }: Named) => isMultiple(part.value / base.value, share, qualifier, spread(part, base));
    const [first] = wholes;
    if (first === undefined || wholes.some(isSo)) continue;
    const ratio = part.value / first.base.value;
    if (ratio / share > PLAUSIBLE || share / ratio > PLAUSIBLE) continue;
    yield {
      from: own.from,
      to: index + whole.length,
      message: `The sentence says "${qualifier}${words!}", but ${text.slice(own.from, own.to)} is ${shortNumber(ratio)} times \`${first.number.name.path}\` (${first.number.text}).`,
    };
  }
}

interface Named {
  readonly number: ExportedNumber;
  readonly base: { readonly value: number; readonly half: number };
}

/** The values of a kind whose names have the noun; of none, those around which the chapter says it. */
function valuesOf(noun: string, kind: string, block: ProseBlock): readonly Named[] {
  const all = namesNear(block).flatMap((name): readonly Named[] => {
    const number = exportedNumber(name, block.near);
    const measure = number && measureIn(number, kind);
    if (number === undefined || measure === undefined) return [];
    return [{ number, base: { value: number.value * measure.factor, half: number.half * measure.factor } }];
  });
  const named = all.filter(({ number }) => number.name.parts.some(part => means(noun, part)));
  if (named.length > 0) return named;
  return all.filter(({ number }) => block.mentionsOf(number.name.path).some(({ words }) => words.has(singular(noun))));
}
