/** Words that say how many times as large one of two numbers is: "twice the", "forty times as much", "ten times less". */
import { COUNT_IN_WORDS, countOf, FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, isSmaller, LARGER, QUALIFIERS, QUICKER, SLOWER, SMALLER, senseOf } from './comparatives';
import { measured, sameKind, shortNumber, type WrittenNumber } from './numbers';

/** A number in the unit that its kind is measured in, and by how much it may be off. */
export interface Measured {
  readonly value: number;
  readonly half: number;
}

/** `from` is where the finding starts, if before the first number. */
type Told<Draft> = (message: string, from?: number) => Draft;

const TIMES: Readonly<Record<string, number>> = {
  twice: 2,
  double: 2,
  triple: 3,
  half: 0.5,
};
const NAMED = String.raw`${FRACTION_IN_WORDS}\sof|${Object.keys(TIMES).join('|')}`;
/** "forty times", "2.5 times", "a hundred times" */
const COUNTED = String.raw`(?:(?:${COUNT_IN_WORDS})[\s-]times|(?<![\w.,])\d+(?:\.\d+)?\stimes)`;
export const MULTIPLES = String.raw`(?:${NAMED}|${COUNTED})`;

/** The number of such words. */
export function timesOf(words: string): number | undefined {
  const plain = words.toLowerCase();
  if (Object.hasOwn(TIMES, plain)) return TIMES[plain];
  const count = plain.replace(/[\s-]times$/, '');
  return (
    fractionOf(count.replace(/\sof$/, '')) ?? countOf(count) ?? (/^[\d.]+$/.test(count) ? Number(count) : undefined)
  );
}

const ORDERS = String.raw`(?:an order|two orders|three orders|four orders) of magnitude (?:above|below|${LARGER}|${SMALLER}|${QUICKER}|${SLOWER})`;
/** "than the", "as much as its", "what the campaign costs," */
const OBJECT = String.raw`(?:(?:\s(?:as|than|the|its|of|that|those))*\s(?:[a-z-]+\s){0,2}(?:of\s)?|\s(?:what|as much as)\s(?:[a-z]+\s){1,4}[a-z]+s,?\s)`;
const MULTIPLE = new RegExp(
  String.raw`^[^.;:()]{0,60}?(?:[,:]\s|\s)(?:which is\s|that is\s|is\s|are\s)?(${QUALIFIERS})?(${MULTIPLES}|${ORDERS})(?:\sas\s[a-z]+|\s(${LARGER}|${SMALLER})(?=\sthan\b))?${OBJECT}[$\u20ac\u00a3]?$`,
  'i',
);

/** "240 days, twice the 128 days" */
export function multiple<Draft>(
  between: string,
  first: Measured,
  second: Measured,
  told: Told<Draft>,
): Draft | undefined {
  const found = MULTIPLE.exec(between);
  if (found === null) return undefined;
  const [whole, qualifier = '', words, degree = ''] = found;
  const behind = whole.slice(whole.lastIndexOf(words!) + words!.length);
  // "an error of 10 is 4 times as bad as an error of 5": what it is worth need not be in proportion.
  if (JUDGED.test(behind)) return undefined;
  // "a 4 times larger trip of 3 days" compares with neither.
  if (/times$/i.test(words!) && !/\b(?:as|than|the|its|that|those|what)\b/i.test(behind)) return undefined;
  const ratio = first.value / second.value;
  if (!Number.isFinite(ratio) || ratio <= 0) return undefined;
  const isOrder = words!.includes('magnitude');
  // "faster" is less of a time, and more of a rate.
  const orders = ordersOf(words!);
  const isEither = IS_EITHER.test(words!);
  const isFewer = SMALLER_ORDER.test(words!) || (isEither && first.value < second.value);
  const times = isOrder ? 10 ** (isFewer ? -orders : orders) : timesOf(words!);
  if (times === undefined) return undefined;
  if (isSmaller(degree)) return fewer(`${qualifier}${words!} ${degree}`, times, qualifier, ratio, first, second, told);
  if (isMultiple(ratio, times, qualifier, spread(first, second), isOrder)) return undefined;
  return told(ratioMessage(`${qualifier}${words!.replace(/\sof$/i, '')}`, 'first', ratio));
}

const JUDGED =
  /\bas\s(?:bad|good|hard|difficult|easy|likely|important|dangerous|severe|serious|harmful|risky|useful|valuable|attractive|painful|deadly)\sas\b.*\sof\s$/i;

/** "ten times less than the 40": the first is a tenth of the second. */
function fewer<Draft>(
  said: string,
  times: number,
  qualifier: string,
  ratio: number,
  first: Measured,
  second: Measured,
  told: Told<Draft>,
): Draft | undefined {
  if (isMultiple(1 / ratio, times, qualifier, spread(first, second))) return undefined;
  return told(ratioMessage(said, 'second', 1 / ratio));
}

const DEGREE = String.raw`(?:as\s[a-z]+|(?:${LARGER}|${SMALLER}|${QUICKER}|${SLOWER})|(?:its|their)\s[a-z]+)`;
/** "more than three times as full in the peak as at noon: 72% against 31%", "five times the other: $30 against $5" */
const TIMES_BEFORE = new RegExp(
  String.raw`\b(${QUALIFIERS})?(${MULTIPLES})\s(?:as\s[a-z]+|the\sother|(?:${LARGER}))\b[^.;:()0-9]*(?::|\s[(\u2013\u2014-]|\swith|\sat)\s?[~\u2248]?[$\u20ac\u00a3]?$`,
  'i',
);
const AGAINST =
  /^\s(?:against|versus|vs\.?|compared (?:to|with)|instead of|rather than)\s(?:only\s|just\s|about\s)?(?:the\s)?[~≈]?[$€£]?$/i;
/** "electricity costs €4,185 and drivers €9,386, more than twice as much" */
const TIMES_BEHIND = new RegExp(
  String.raw`^(?:\sa\s[a-z]+|(?:\s[a-z]+){0,4}?),\s(?:which is\s|that is\s|or\s)?(${QUALIFIERS})?(${MULTIPLES})\s(${DEGREE})(?=[.,;:)]|$)`,
  'i',
);
/** "\$42 without batches and \$1.3 with them, more than an order of magnitude less" */
const ORDERS_BEHIND = new RegExp(
  String.raw`^(?:\sa\s[a-z]+|(?:\s[a-z]+){0,4}?),\s(?:which is\s|that is\s)?(${QUALIFIERS})?(${ORDERS})(?=[.,;:)]|$)`,
  'i',
);
const JOINED = /^[^.;:()\d]{0,80}?(?:\s(?:and|but|while|whereas)|,\son\sthat)\s[^.;:()\d]{0,80}$/i;

/** Numbers that name something: "on day 12". */
const LABELS = /\b(?:on|in|by|at)\s(?:day|week|month|quarter|year|step|stage|phase|round)\s\d+\s/gi;

/** The multiple that stands before or behind both numbers. */
export function timesAround<Draft>(
  between: string,
  lead: string,
  behind: string,
  first: Measured,
  second: Measured,
  told: Told<Draft>,
): Draft | undefined {
  const gap = between.replaceAll(LABELS, 'on that ');
  const isAgainst = AGAINST.test(between);
  const clause = lead.split(/[.!?;]\s/).at(-1)!;
  const before = isAgainst ? TIMES_BEFORE.exec(clause) : null;
  const mayBeBehind = before === null && (isAgainst || JOINED.test(gap));
  const orders = mayBeBehind ? ORDERS_BEHIND.exec(behind) : null;
  if (orders !== null) return ordersBehind(orders, isAgainst ? [second, first] : [first, second], told);
  const after = mayBeBehind ? TIMES_BEHIND.exec(behind) : null;
  const found = before ?? after;
  if (found === null) return undefined;
  const [, qualifier = '', words, degree = ''] = found;
  const times = timesOf(words!);
  if (times === undefined || IS_EITHER.test(degree)) return undefined;
  // "40 against 10, four times as much" is said of the first, "10 and 40, four times as much" of the second.
  const isOfFirst = before !== null || isAgainst;
  const ratio = (isOfFirst ? first.value / second.value : second.value / first.value) ** (isSmaller(degree) ? -1 : 1);
  // Said of another number than these two.
  if (!Number.isFinite(ratio) || (ratio < 1 && times > 1)) return undefined;
  if (ratio <= 0 || isMultiple(ratio, times, qualifier, spread(first, second))) return undefined;
  const larger = isOfFirst === isSmaller(degree) ? 'second' : 'first';
  return told(
    ratioMessage(`${qualifier}${words!}${isSmaller(degree) ? ` ${degree}` : ''}`, larger, ratio),
    before === null ? undefined : lead.length - clause.length + before.index,
  );
}

/** Said of the second of two numbers, beside the first. */
function ordersBehind<Draft>(
  [, qualifier = '', words = '']: RegExpExecArray,
  [first, second]: readonly [Measured, Measured],
  told: Told<Draft>,
): Draft | undefined {
  const ratio = second.value / first.value;
  if (!Number.isFinite(ratio) || ratio <= 0) return undefined;
  const times = 10 ** ordersOf(words);
  const isFewer = SMALLER_ORDER.test(words) || (IS_EITHER.test(words) && ratio < 1);
  if (isMultiple(isFewer ? 1 / ratio : ratio, times, qualifier, spread(first, second), true)) return undefined;
  return told(ratioMessage(`${qualifier}${words}`, isFewer ? 'first' : 'second', isFewer ? 1 / ratio : ratio));
}

const SMALLER_ORDER = new RegExp(String.raw`\b(?:below|${SMALLER})$`, 'i');
const IS_EITHER = new RegExp(String.raw`\b(?:${QUICKER}|${SLOWER})$`, 'i');

function ordersOf(words: string): number {
  return { an: 1, two: 2, three: 3, four: 4 }[/^\w+/.exec(words)?.[0].toLowerCase() ?? ''] ?? 1;
}

/** Behind a number and a pause: "twice as much", "four times as long", "a quarter of it", "half as much again"; and "is twice that". */
const SAID = new RegExp(
  String.raw`(?:(?:,|\s[(\u2013\u2014-])\s?(?:(?:which is|that is|or|and)\s)?|\s(?:is|are|was|were)\s(?=(?:[a-z]+\s){1,5}?(?:that|this|it)(?:[.,;:)]|$)))(${QUALIFIERS})?(?:(${MULTIPLES}|${FRACTION_IN_WORDS}(?=\sas\s))\s(as\s[a-z]+|${LARGER}|${SMALLER}|that|this|it)|(${FRACTION_IN_WORDS})\sof\s(?:it|that|this|them|those)|(half\sas\s[a-z]+\sagain)|(?<=[,(\u2013\u2014-]\s?(?:(?:which is|that is)\s)?(?:${QUALIFIERS})?)(${FRACTION_IN_WORDS}))(?=[.,;:)]|$)`,
  'gi',
);

/** A multiple that is said of a number, and of none of those before it that it may be compared with. */
export interface SaidMultiple {
  /** From the number on, up to the end of what is said. */
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** "running takes 932 kWh, starting 1,159 kWh, twice as much": what no number before the one that it is said of bears out. */
export function* saidMultiples(
  text: string,
  numbers: readonly WrittenNumber[],
  isShown: (from: number, to: number) => boolean,
): Iterable<SaidMultiple> {
  for (const match of text.matchAll(SAID)) {
    const [whole, qualifier = '', words, degree = '', of, again, bare] = match;
    const part = of ?? bare;
    const times = again === undefined ? timesOf(words ?? part!) : 1.5;
    const at = numbers.findLastIndex(({ to }) => to <= match.index);
    const isOfThat = OBJECT_OF.test(degree) && !/\sof$/i.test(words ?? '');
    const own = numbers[at];
    if (times === undefined || own === undefined || times === 1 || isShown(match.index, match.index + whole.length))
      continue;
    if (!/^(?:\s[a-z]+){0,6}$/i.test(text.slice(own.to, match.index))) continue;
    const isOfAll =
      own.unit?.kind === 'ratio' && isMultiple(own.value / 100, times, qualifier, Math.abs(own.half / own.value));
    // "50% of the time, half of it", "35% of the images are clear, about a third"
    if (isOfAll && (bare === undefined || !isOtherPart(own.value / 100, times, qualifier))) continue;
    if (bare !== undefined && own.unit?.kind === 'ratio') {
      const message = `The sentence says "${(qualifier + bare).trim()}", but it is ${text.slice(own.from, own.to)}.`;
      yield { from: own.from, to: match.index + whole.length, message };
      continue;
    }
    if (bare !== undefined && (own.unit === undefined || own.unit.kind === 'factor')) continue;
    const { found: others, isFar } = comparedWith(text, numbers.slice(0, at), own, isOfThat);
    const [nearest] = others;
    if (nearest === undefined) continue;
    const isEither =
      AGAINST.test(text.slice(nearest.to, own.from)) ||
      /^as\s(?:fast|quick|quickly|slow|slowly|efficient|good|well|bad)$/i.test(degree);
    const ratioTo = (other: WrittenNumber) => measured(own).value / measured(other).value;
    // Of what stands further up, one that bears it out may be meant.
    const isBorneOut = alikeBefore(numbers.slice(0, at), own, isOfThat).some(other => {
      const ratio = ratioTo(other);
      // Next to millions, anything is less than a part of them.
      if (bare !== undefined && ratio < times / FARTHEST) return false;
      const slack = spread(measured(own), measured(other));
      if (!Number.isFinite(ratio) || ratio <= 0) return true;
      const is = (one: number) => isMultiple(one, times, qualifier, slack);
      return is(isSmaller(degree) ? 1 / ratio : ratio) || (isEither && is(1 / ratio));
    });
    if (isBorneOut) continue;
    // Where less says what is compared, it is another number that is much further off.
    const off = ratioTo(nearest) ** (isSmaller(degree) ? -1 : 1) / times;
    if ((isFar || bare !== undefined) && (off > PLAUSIBLE || off < 1 / PLAUSIBLE)) continue;
    const said = (
      qualifier + (again ?? (part === undefined ? `${words!} ${degree}` : `${part}${of === undefined ? '' : ' of it'}`))
    ).trim();
    const [here, there] = [own, nearest].map(({ from, to }) => text.slice(from, to));
    yield {
      from: own.from,
      to: match.index + whole.length,
      message: `The sentence says "${said}", but ${here!} is ${shortNumber(ratioTo(nearest))} times the ${there!} before it.`,
    };
  }
}

/** The parts that sentences have a word for. */
const PARTS = [1 / 10, 1 / 5, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 4 / 5, 9 / 10];
/** So much nearer another part is the one that is meant. */
const MUCH_NEARER = 1 / 3;

/** "64%, almost three quarters": there is a word for what it is. */
function isOtherPart(share: number, said: number, qualifier: string): boolean {
  const sense = senseOf(qualifier);
  if (sense !== 'below' && sense !== 'rough') return false;
  return PARTS.some(part => Math.abs(share - part) < MUCH_NEARER * Math.abs(share - said));
}

/** "1,882 times faster, or three orders of magnitude" */
const ORDERS_SAID = new RegExp(
  String.raw`(?:,|\s[(\u2013\u2014-])\s?(?:(?:or|and|that is|which is),?\s)?(${QUALIFIERS})?(an|one|${COUNT_IN_WORDS}|\d+)\sorders?\sof\smagnitude(?=[.,;:)]|$|\s(?:and|but|in)\b)`,
  'gi',
);

/** Orders of magnitude that are said of a multiple before them, and are not its own. */
export function* saidOrders(text: string, numbers: readonly WrittenNumber[]): Iterable<SaidMultiple> {
  for (const { 0: whole, index, 1: qualifier = '', 2: count } of text.matchAll(ORDERS_SAID)) {
    const own = numbers.findLast(({ to }) => to <= index);
    const orders = /^(?:an|one)$/i.test(count!) ? 1 : (countOf(count!) ?? Number(count));
    if (own?.unit?.kind !== 'factor' || own.value <= 1 || !/^[^.!?;]*$/.test(text.slice(own.to, index))) continue;
    if (isMultiple(own.value, 10 ** orders, qualifier, Math.abs(own.half / own.value), true)) continue;
    yield {
      from: own.from,
      to: index + whole.length,
      message: `The sentence says "${qualifier}${count!} ${orders === 1 ? 'order' : 'orders'} of magnitude", but it is ${text.slice(own.from, own.to)}.`,
    };
  }
}

const PLAUSIBLE = 2.5;
const FARTHEST = 100;

/** What is measured in the same, in the same sentence; where nothing is, in the one before it, and then further up. The nearest comes first. */
function comparedWith(
  text: string,
  before: readonly WrittenNumber[],
  own: WrittenNumber,
  isPlain: boolean,
): { readonly found: readonly WrittenNumber[]; readonly isFar: boolean } {
  const alike = alikeBefore(before, own, isPlain);
  const sentences = [...text.slice(0, own.from).matchAll(/[.!?]\s/g)].map(({ index }) => index + 2);
  for (const start of [sentences.at(-1) ?? 0, sentences.at(-2) ?? 0]) {
    const found = alike.filter(({ from }) => from >= start);
    if (found.length > 0) return { found, isFar: false };
  }
  return { found: alike, isFar: true };
}

/** Of "twice that", plain numbers as well: it says of which of them the sentence speaks. */
function alikeBefore(before: readonly WrittenNumber[], own: WrittenNumber, isPlain: boolean): readonly WrittenNumber[] {
  return before
    .filter(({ unit }) => (unit === undefined ? isPlain && own.unit === undefined : sameKind(unit, own.unit)))
    .reverse();
}

const OBJECT_OF = /^(?:that|this|it)$/i;

/** By how much the ratio of two numbers may be off, for the digits that they show. */
export function spread(from: Measured, to: Measured): number {
  return Math.abs(from.half / from.value) + Math.abs(to.half / to.value);
}

/** `larger` is the number that is `ratio` times the other one. */
function ratioMessage(words: string, larger: 'first' | 'second', ratio: number): string {
  const other = larger === 'first' ? 'second' : 'first';
  return `The sentence says "${words.trim()}", but the ${larger} number is ${shortNumber(ratio)} times the ${other}.`;
}
