/** What a sentence says of a number beside something that it only names: "175 kWh, almost three times as much as the clinic". */
import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, isSmaller, LARGER, QUALIFIERS, SMALLER, senseOf } from './comparatives';
import { type ExportedNumber, exportedNumber, exportNames, measuresOf } from './exports';
import type { Line } from './lines';
import { MULTIPLES, type SaidMultiple, spread, timesOf } from './multiples';
import { MEASURED, measured, numbersIn, sameKind, shortNumber, type WrittenNumber } from './numbers';
import { isMeasuredIn, type Measure, means, namesMoney, wordsOf } from './subject';

/** A pause behind a number, how many times as large it is or which of the two is larger, and what it is compared with. */
const SAID = new RegExp(
  String.raw`^(?:(?:\s[a-z]+){1,3})?,\s(?:which is\s|that is\s)?(?:(${QUALIFIERS})?(${MULTIPLES})(?:\sas\s[a-z]+\sas|\s(?:${LARGER})\sthan)?|(${LARGER}|${SMALLER})\sthan)\s(?:(?:that of\s|the\s(?:price|cost|weight|mass|length|height|area|volume|size|amount|energy|power|load|time|rent|wage)\sof\s)?(?:the|its)\s([a-z]+(?:\s[a-z]+)?)|what\s(?:the\s|its\s)?([a-z]+)\s(?:cost|take|need|use|draw|weigh|last|give|make|save)s?)(?=[.,;:)]|$|\s(?:in|on|and|or|but|that|which|needs?|uses?|has|takes?|draws?)\b)`,
  'i',
);

/** Claims that no value which they may name bears out. */
export function* nounClaims(
  block: ProseBlock,
  { text }: Line,
  numbers: readonly WrittenNumber[],
): Iterable<SaidMultiple> {
  for (const number of numbers) {
    const { unit, from, to } = number;
    if (unit === undefined || !MEASURED.test(unit.kind) || /^(?:ratio|factor|to)$/.test(unit.kind)) continue;
    const found = SAID.exec(text.slice(to));
    if (found === null) continue;
    const [whole, qualifier = '', words, degree, named, subject] = found;
    const noun = named ?? subject;
    // The number of what is named stands behind it, and is read with this one.
    if (numbersIn(text.slice(to + whole.length).split(/[.;]\s|,\s/, 1)[0]!).length > 0) continue;
    const own = measured(number);
    const others = valuesOf(noun!, number, block);
    const bears = ({ value, half }: { readonly value: number; readonly half: number }): boolean => {
      if (words !== undefined) {
        const times = timesOf(words);
        return times === undefined || isMultiple(own.value / value, times, qualifier, spread(own, { value, half }));
      }
      return isSmaller(degree!) ? own.value - own.half <= value + half : own.value + own.half >= value - half;
    };
    const [first] = others;
    if (first === undefined || others.some(({ base }) => bears(base))) continue;
    const said = words === undefined ? `${degree!} than` : `${qualifier}${words}`;
    yield {
      from,
      to: to + whole.length,
      message: `The sentence says "${said}", but ${text.slice(from, to)} is ${shortNumber(own.value / first.base.value)} times \`${first.number.name.path}\` (${first.number.text}).`,
    };
  }
}

/** "The winner needs 2.15; the mean is about twice that": what is named is so many times the number before it. */
const OF_THAT = new RegExp(
  String.raw`\b(?:the\s)?([a-z]+)\s(?:is|are|was|were|takes?|needs?|costs?|makes?\sup)\s(${QUALIFIERS})?(?:(${MULTIPLES})\s(?:that|this)|(${FRACTION_IN_WORDS})\sof\s(?:it|that|this))(?=[.,;:)]|$)`,
  'gi',
);

/** The multiples of the number before that neither what is named nor another number before it bears out. */
export function* thatClaims(
  { near }: ProseBlock,
  { text }: Line,
  numbers: readonly WrittenNumber[],
): Iterable<SaidMultiple> {
  for (const match of text.matchAll(OF_THAT)) {
    const [whole, noun, qualifier = '', multiple, part] = match;
    const words = multiple ?? part;
    const at = numbers.findLastIndex(({ to }) => to <= match.index);
    const own = numbers[at];
    const times = multiple === undefined ? fractionOf(part!) : timesOf(multiple);
    if (own === undefined || times === undefined || /\bof$/i.test(words!)) continue;
    if (!/^[^.!?]*$/.test(text.slice(own.to, match.index))) continue;
    const named = near
      .flatMap(cell => exportNames(cell)?.names ?? [])
      .filter(({ parts }) => parts.length > 0 && parts.every(part => means(noun!.toLowerCase(), part)))
      .flatMap(name => exportedNumber(name, near) ?? [])
      .filter(({ value }) => value > 0 && isClose(value / (own.value * times)));
    const bears = (value: number) => isMultiple(value / own.value, times, qualifier, 0.02);
    const [first] = named;
    if (first === undefined || named.some(({ value }) => bears(value))) continue;
    // Almost anything is less than a part of something.
    const mayBeOther = multiple !== undefined || !/^(?:lower|upper)$/.test(senseOf(qualifier));
    if (mayBeOther && numbers.slice(0, at).some(({ value, unit }) => sameKind(unit, own.unit) && bears(value)))
      continue;
    yield {
      from: own.from,
      to: match.index + whole.length,
      message: `The sentence says "${qualifier}${words!}${multiple === undefined ? ' of it' : ' that'}", but \`${first.name.path}\` (${first.text}) is ${shortNumber(first.value / own.value)} times ${text.slice(own.from, own.to)}.`,
    };
  }
}

/** What is further off is in another unit, or of something else. */
function isClose(ratio: number): boolean {
  return ratio > 0.2 && ratio < 5;
}

/** The measure of a kind that a number has; of a cost in millions, so many dollars. */
export function measureIn(number: ExportedNumber, wanted: string): Pick<Measure, 'factor'> | undefined {
  const measures = measuresOf(number);
  const own = measures.find(({ kind }) => kind === wanted);
  if (own !== undefined || wanted !== 'money' || !namesMoney(lastOf(number.name.path))) return own;
  return measures.find(({ kind }) => kind === undefined) ?? (measures.length === 0 ? { factor: 1 } : undefined);
}

const FARTHEST = 50;

interface Named {
  readonly number: ExportedNumber;
  /** In the unit that its kind is measured in. */
  readonly base: { readonly value: number; readonly half: number };
}

/** What cells near the block compute under these words and no others, in the measure of a number; that in its own unit first. */
function valuesOf(noun: string, { unit, value }: WrittenNumber, { near }: ProseBlock): readonly Named[] {
  const words = wordsOf(noun);
  return near
    .flatMap(cell => exportNames(cell)?.names ?? [])
    .flatMap((name): Named[] => {
      const { parts } = name;
      // "the battery" is what it costs where the number is money.
      const isSaid = (part: string) => words.some(word => means(word, part));
      if (!parts.some(isSaid) || !parts.every(part => isSaid(part) || isMeasuredIn(part, unit))) return [];
      if (!words.every(word => parts.some(part => means(word, part)))) return [];
      const number = exportedNumber(name, near);
      const measure = number && measureIn(number, unit!.kind);
      if (number === undefined || measure === undefined || number.value === 0) return [];
      const base = { value: number.value * measure.factor, half: number.half * measure.factor };
      // So far off, the unit is wrong, and not the claim.
      const ratio = (value * unit!.factor) / base.value;
      const isOther = ratio > FARTHEST || ratio < 1 / FARTHEST;
      return isOther || Math.abs(base.value - value * unit!.factor) <= base.half ? [] : [{ number, base }];
    })
    .sort((a, b) => Number(b.number.isText) - Number(a.number.isText));
}
