/** Parts of what a sentence only names, and differences to it: "12 km, a third of the network", "192 m³ in all. That is about a third of the tank". */
import type { ProseBlock } from '../rule';
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, isSmaller, LARGER, QUALIFIERS, SMALLER } from './comparatives';
import { type ExportedNumber, exportedNumber } from './exports';
import type { Line } from './lines';
import { namesNear } from './match';
import { type SaidMultiple, spread } from './multiples';
import { measureIn } from './nounClaims';
import { MEASURED, measured, sameKind, shortNumber, singular, type WrittenNumber } from './numbers';
import { means } from './subject';

const PART = new RegExp(
  String.raw`(?:(?:,|\sor|,\sor|(?:,\s)?which\sis|(?:,\s)?that\sis)\s|[.!?]\s(?:That|This|It)\s(?:is|was)\s)(?:only\s|still\s)?(${QUALIFIERS})?(${FRACTION_IN_WORDS})\sof\s(?:(?:the|its|their|our)\s([a-z]{3,})|what\s(?:the|its|their|our)\s([a-z]{3,})\s[a-z]{3,}s)(?=[.,;:)]|$|\s(?:and|but|for|in|on|that|which|is|are|leaves?)\b)`,
  'gi',
);
const MAY_SAY = new RegExp(String.raw`\d.*\b(?:${FRACTION_IN_WORDS})\sof\s(?:what\s)?(?:the|its|their|our)\s`, 'is');

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
  for (const { 0: whole, index, 1: qualifier = '', 2: words, 3: named, 4: doer } of text.matchAll(PART)) {
    const noun = named ?? doer;
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

/** "The fans draw 960 kW, 690 kW more than the pumps." */
const OFFSET = new RegExp(
  String.raw`^\s(${LARGER}|${SMALLER})\sthan\s(?:the|its|their|our)\s([a-z]{3,})(?:\s(?:do|does|is|are))?(?=[.,;:)]|$)`,
  'i',
);
const PAUSE = /^,\s(?:or\s|which\sis\s|that\sis\s)?[$€£]?$/;
const ROUNDED = 0.005;

/** The differences to what is only named that no value of it bears out. */
export function* namedOffsets(
  block: ProseBlock,
  { text }: Line,
  numbers: readonly WrittenNumber[],
): Iterable<SaidMultiple> {
  for (const [at, by] of numbers.entries()) {
    const own = numbers[at - 1];
    const found = own === undefined ? null : OFFSET.exec(text.slice(by.to));
    if (own === undefined || found === null || !PAUSE.test(text.slice(own.to, by.from))) continue;
    const { unit } = by;
    if (unit === undefined || !sameKind(unit, own.unit)) continue;
    if (!MEASURED.test(unit.kind) || /^(?:ratio|factor)/.test(unit.kind)) continue;
    const [whole, degree, noun] = found;
    const [first, gap] = [measured(own), measured(by)];
    const due = first.value + (isSmaller(degree!) ? gap.value : -gap.value);
    const others = valuesOf(noun!.toLowerCase(), unit.kind, block);
    const slack = first.half + gap.half + ROUNDED * first.value;
    if (others.length === 0 || others.some(({ base }) => Math.abs(base.value - due) <= slack + base.half)) continue;
    // Of several that are called so, the one from which the difference is nearest.
    const apart = ({ base }: Named) => Math.abs(first.value - base.value);
    const off = (one: Named) => Math.abs(Math.log(apart(one) / gap.value));
    const [nearest] = [...others].sort((a, b) => off(a) - off(b));
    if (!(off(nearest!) < Math.log(PLAUSIBLE))) continue;
    yield {
      from: by.from,
      to: by.to + whole.length,
      message: `The sentence says ${text.slice(by.from, by.to)} ${degree!}, but \`${nearest!.number.name.path}\` is ${nearest!.number.text}: the difference is ${shortNumber(apart(nearest!) / unit.factor)}.`,
    };
  }
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
