/** Multiples, parts and limits in the place of a value that was made for the sentences here and that none of them shows. */
import type { ProseBlock } from '../rule';
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, isWithinLimit, LARGER, QUALIFIERS, QUICKER, SLOWER, SMALLER } from './comparatives';
import { type ExportedNumber, exportedNumber, measuresBeside } from './exports';
import type { Line } from './lines';
import { literalsIn } from './literals';
import { namesNear } from './match';
import { isQuotient, nameShown } from './measure';
import { MULTIPLES, type SaidMultiple, spread, timesOf } from './multiples';
import { MEASURED, measured, numbersIn, sameKind, singular, type Unit, unitNamed } from './numbers';
import { splitName } from './subject';
import { TextMarks } from './textMarks';

/** So far off, it is said of something else. */
const FARTHEST = 3;
/** So many other values of the cell stand in the block: its sentences are about what the cell makes. */
const OTHERS = 2;

/** What the sentences of a line say in words that nothing shows, where the one value that it may be of is another. */
export function* unreadClaims(block: ProseBlock, line: Line): Iterable<SaidMultiple> {
  if (block.unread.size === 0 || (line.place !== 'text' && line.place !== 'caption')) return;
  if (!block.once(gapsOf).length) return;
  yield* multiplesIn(block, line);
  yield* partsIn(block, line);
  yield* limitsIn(block, line);
}

/** The values that are made for the block and not shown in it, of cells that it is about. */
function gapsOf(block: ProseBlock): readonly ExportedNumber[] {
  // A reference with a slip in it may be meant for any of them.
  if (block.refs.some(({ text }) => text === undefined)) return [];
  return namesNear(block).flatMap(name => {
    if (!block.unread.has(name.path)) return [];
    const cell = block.near.find(({ run }) => run === name.run);
    const shown = block.refs.filter(ref => ref.cell !== undefined && ref.cell === cell?.cell.index);
    return shown.length < OTHERS ? [] : (exportedNumber(name, block.near) ?? []);
  });
}

/** The only one of a kind. */
function onlyOne(found: readonly ExportedNumber[]): ExportedNumber | undefined {
  const [first, ...more] = found;
  return more.every(({ value }) => value === first!.value) ? first : undefined;
}

function isFactor(number: ExportedNumber, { near }: ProseBlock): boolean {
  const [measure, ...more] = measuresBeside(number, FACTOR);
  if (measure !== undefined) return more.length === 0 && measure.kind === 'factor';
  const cell = near.find(({ run }) => run === number.name.run);
  return cell !== undefined && isQuotient(number.name.path, cell.program);
}

const FACTOR = unitNamed('×')!;
const RATIO = unitNamed('%')!;

const COMPARED = String.raw`(?:as\s[a-z]+|the|what|(?:${LARGER}|${SMALLER}|${QUICKER}|${SLOWER}))`;
const TIMES = new RegExp(String.raw`\b(${QUALIFIERS})?(${MULTIPLES})\s${COMPARED}\b`, 'gi');

function* multiplesIn(block: ProseBlock, line: Line): Iterable<SaidMultiple> {
  for (const match of line.text.matchAll(TIMES)) {
    const [whole, qualifier = '', words] = match;
    const times = timesOf(words!);
    const to = match.index + whole.length;
    if (times === undefined || line.refsIn(match.index, to).length > 0) continue;
    const isSo = (value: number, slack: number) =>
      [value, 1 / value].some(one => isMultiple(one, times, qualifier, slack));
    // Whatever is larger is "more than" so many times as large: it has to be near as well.
    const bears = (value: number, slack: number) =>
      [value, 1 / value].some(one => isMultiple(one, times, qualifier, slack) && isNear(one, times));
    const own = onlyOne(block.once(gapsOf).filter(one => one.value > 0 && isFactor(one, block)));
    if (own === undefined || isSo(own.value, own.half / own.value) || isBorneOut(line, bears)) continue;
    const factors = ofCell(own, block).filter(one => one.value > 0 && isFactor(one, block));
    if (factors.some(one => bears(one.value, one.half / one.value))) continue;
    const off = Math.max(own.value, 1 / own.value) / Math.max(times, 1 / times);
    if (off > FARTHEST || off < 1 / FARTHEST) continue;
    yield said(match.index, to, `${qualifier}${words!}`, own);
  }
}

/** A limit is told that is so near. */
const NEAR = 1.25;

function isNear(one: number, other: number): boolean {
  return one / other < NEAR && other / one < NEAR;
}

/** All numbers of the cell that makes one. */
function ofCell({ name: { run } }: ExportedNumber, block: ProseBlock): readonly ExportedNumber[] {
  return namesNear(block).flatMap(name => (name.run === run ? (exportedNumber(name, block.near) ?? []) : []));
}

/** True where two numbers of the line are so many times as large. */
function isBorneOut({ text }: Line, bears: (ratio: number, slack: number) => boolean): boolean {
  const numbers = numbersIn(text)
    .slice(0, MOST)
    .filter(({ value }) => value > 0);
  return numbers.some((one, at) =>
    numbers.slice(at + 1).some(other => {
      if (one.unit === undefined || !sameKind(one.unit, other.unit)) return false;
      const [a, b] = [measured(one), measured(other)];
      return bears(a.value / b.value, spread(a, b));
    }),
  );
}

/** Of more numbers, too many pairs are to be looked at. */
const MOST = 24;

const PART = new RegExp(
  String.raw`\b(${QUALIFIERS})?(${FRACTION_IN_WORDS})\sof\s(?:the|its|their|our|all|these|those|what|them|it|that)\b`,
  'gi',
);

function* partsIn(block: ProseBlock, line: Line): Iterable<SaidMultiple> {
  for (const match of line.text.matchAll(PART)) {
    const [whole, qualifier = '', words] = match;
    const part = fractionOf(words!);
    // "12 km, a third of the network" is said of that number.
    if (part === undefined || OF_NUMBER.test(line.text.slice(Math.max(0, match.index - 40), match.index))) continue;
    const bears = (share: number) =>
      (qualifier === '' ? [share, 1 - share] : [share]).some(
        one => isMultiple(one, part, qualifier, ROUNDED) && isNear(one, part),
      );
    const own = onlyOne(block.once(gapsOf).filter(one => shareOf(one) !== undefined));
    const share = own === undefined ? undefined : shareOf(own);
    if (own === undefined || share === undefined || isMultiple(share, part, qualifier, ROUNDED)) continue;
    if (ofCell(own, block).some(one => bears(shareOf(one) ?? 0))) continue;
    if (isBorneOut(line, ratio => bears(Math.min(ratio, 1 / ratio)))) continue;
    if (share / part > 2 || part / share > 2) continue;
    yield said(match.index, match.index + whole.length, `${qualifier}${words!}`, own);
  }
}

const OF_NUMBER = /\d(?:\s?[%a-z²³/]+)?,\s(?:or\s|which\sis\s|that\sis\s|only\s)?$/i;

/** What a percentage is of all. */
function shareOf(number: ExportedNumber): number | undefined {
  const unit = measuresBeside(number, RATIO).find(({ kind }) => kind === 'ratio');
  const share = unit === undefined ? 0 : (number.value * unit.factor) / RATIO.factor / 100;
  return share > 0 && share < 1 ? share : undefined;
}

/** A part in words is never exact. */
const ROUNDED = 0.05;

/** "after less than three years" */
function* limitsIn(block: ProseBlock, line: Line): Iterable<SaidMultiple> {
  const { text } = line;
  let marks: TextMarks | undefined;
  for (const literal of literalsIn(line)) {
    const { bound, unit, from, to } = literal;
    if (bound === undefined || unit === undefined || unit.kind === 'factor' || line.refsIn(from, to).length > 0)
      continue;
    if (OF_OTHER.test(text.slice(to))) continue;
    marks ??= new TextMarks(text);
    const sentence = marks.sentenceAround(from, to);
    // What is told in the sentence is what is compared.
    const isTold = numbersIn(text).some(
      one => one.from !== from && one.from >= sentence.from && one.to <= sentence.to && isOfKind(one.unit, unit),
    );
    if (isTold) continue;
    const named = block.once(gapsOf).flatMap(number => {
      const factor = factorOf(number, unit, block);
      return factor === undefined ? [] : [{ number, factor }];
    });
    const own = onlyOne(named.map(({ number }) => number));
    if (own === undefined) continue;
    const { factor } = named[0]!;
    const limit = literal.value * unit.factor;
    const value = own.value * factor;
    if (isWithinLimit({ value, half: own.half * factor }, limit, bound === 'lower' ? 'more than' : 'less than'))
      continue;
    if (value / limit > 2 || limit / value > 2) continue;
    const lead = /(?:\S+\s){1,2}$/.exec(text.slice(sentence.from, from))?.[0] ?? '';
    yield said(from - lead.length, to, text.slice(from - lead.length, to), own);
  }
}

/** Behind a limit, it is that of a rate, or of a part. */
const OF_OTHER = /^\s?(?:(?:an?|per|each|every|of)\s|\/)/;

function isOfKind(one: Unit | undefined, other: Unit): boolean {
  return one !== undefined && one.kind === other.kind;
}

/** What a value is multiplied by to be measured as the unit is; undefined for one of another kind. */
function factorOf(number: ExportedNumber, unit: Unit, { near }: ProseBlock): number | undefined {
  if (MEASURED.test(unit.kind)) {
    const [measure, ...more] = measuresBeside(number, unit).filter(({ kind }) => kind !== undefined);
    return measure?.kind === unit.kind && more.length === 0 ? measure.factor : undefined;
  }
  // Years and months have no length of their own: `payback_years`.
  if (!/^(?:year|month)$/.test(singular(unit.text))) return undefined;
  const cell = near.find(({ run }) => run === number.name.run);
  const shown = cell && nameShown(number.name.path, cell.program);
  const words = [number.name.path, shown ?? ''].flatMap(splitName);
  return words.some(word => singular(word) === singular(unit.text)) ? unit.factor : undefined;
}

function said(from: number, to: number, words: string, { name, text }: ExportedNumber): SaidMultiple {
  return { from, to, message: `The sentence says "${words.trim()}", but \`${name.path}\` is ${text}.` };
}
