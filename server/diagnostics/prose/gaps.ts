/** How many times two numbers lie apart: "a 5× gap between 40 ms and 8 ms", "a factor of 5 separates them", "the ratio of 40 to 8 is 5". */
import { COUNT_IN_WORDS, countOf } from './claimWords';
import { isMultiple, QUALIFIERS } from './comparatives';
import { type SaidMultiple, spread } from './multiples';
import { measured, numbersIn, sameKind, shortNumber, type WrittenNumber } from './numbers';

const SPACE = String.raw`(?:gap|difference|spread|distance|disparity|ratio)`;
const FACTOR = String.raw`factor\sof\s(?:${QUALIFIERS})?(?:\d[\d.,]*|${COUNT_IN_WORDS})`;
/** Before the two numbers: how far they lie apart. */
const LEAD = new RegExp(
  String.raw`(?:(\d[\d.,]*)\s?(?:\u00d7|x|-?fold|times)\s${SPACE}\s(?:between|of|from)|\b(${FACTOR})\s(?:separates|divides|lies\sbetween|stands\sbetween|between|apart,?\sbetween))\s(?:[a-z'\u2019-]+\s){0,4}(?:only\s|just\s|about\s|[~\u2248(])?[$\u20ac\u00a3]?$`,
  'i',
);
/** Between them. */
const AND = /^(?:\s\(?[A-Za-z'’-]+\)?){0,5},?\s(?:and|from|to)\s(?:[A-Za-z'’-]+\s){0,5}(?:about\s|[~≈(])?[$€£]?$/;
/** And behind them, where they stand first. */
const BETWEEN = new RegExp(
  String.raw`\b(?:${SPACE}\s(?:between|of)|between)\s(?:[a-z'\u2019-]+\s){0,4}(?:about\s|[~\u2248(])?[$\u20ac\u00a3]?$`,
  'i',
);
const BEHIND = new RegExp(
  String.raw`^(?:\s\(?[A-Za-z'\u2019-]+\)?){0,4}?,?\s(?:is|are|lies?|stands?|there\sis|makes?)\s(?:an?\s)?(?:(${FACTOR})(?=[.,;:)]|$|\s)|(${QUALIFIERS})?(?:(\d[\d.,]*?)(?:\s?[\u00d7x]|-?fold|\stimes)?|(${COUNT_IN_WORDS})(?:\stimes|-?fold)?)(?:\s(?:gap|difference))?(?=[.,;:)](?!\d)|$))`,
  'i',
);
const OF_FACTOR = new RegExp(String.raw`\sof\s(${QUALIFIERS})?(\d[\d.,]*|${COUNT_IN_WORDS})$`, 'i');
const MAY_SAY = new RegExp(String.raw`\bfactor\sof\b|\b${SPACE}\s(?:between|of|from)\b`, 'i');

/** A difference that is so far from the multiple is told as a difference. */
const PLAUSIBLE = 4;

/** The multiples that the two numbers around them do not have. */
export function* gaps(text: string): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  const numbers = numbersIn(text);
  for (const [at, first] of numbers.entries()) {
    const second = numbers[at + 1];
    if (second === undefined || !AND.test(text.slice(first.to, second.from))) continue;
    const pair = inOneUnit(first, second);
    const before = text.slice(Math.max(0, first.from - LONGEST), first.from);
    const lead = pair === undefined ? null : LEAD.exec(before);
    const isBetween = pair !== undefined && lead === null && BETWEEN.test(before);
    const behind = isBetween ? BEHIND.exec(text.slice(second.to, second.to + 2 * LONGEST)) : null;
    const said = lead === null ? ofBehind(behind, text, numbers, second) : ofLead(lead);
    if (said === undefined) continue;
    const [a, b] = pair!;
    const [one, other] = [measured(a), measured(b)];
    const ratio = Math.max(one.value / other.value, other.value / one.value);
    if (!Number.isFinite(ratio) || ratio <= 0 || !(said.times > 1)) continue;
    if (isMultiple(ratio, said.times, said.qualifier, spread(one, other) + said.half)) continue;
    if (ratio / said.times > PLAUSIBLE || said.times / ratio > PLAUSIBLE) continue;
    yield {
      from: lead === null ? first.from : first.from - before.length + lead.index,
      to: lead === null ? second.to + behind![0].length : second.to,
      message: `The sentence says ${said.words}, but one number is ${shortNumber(ratio)} times the other.`,
    };
  }
}

const LONGEST = 80;

interface Said {
  readonly times: number;
  /** The part of it by which it was rounded. */
  readonly half: number;
  readonly qualifier: string;
  readonly words: string;
}

/** "12 and 40 kW": the first takes the unit of the second. */
function inOneUnit(first: WrittenNumber, second: WrittenNumber): readonly [WrittenNumber, WrittenNumber] | undefined {
  if (first.unit === undefined || first.unit.kind === 'to' || first.unit.kind === 'and')
    return second.unit?.kind === 'factor' ? undefined : [{ ...first, unit: second.unit }, second];
  return sameKind(first.unit, second.unit) ? [first, second] : undefined;
}

function ofLead([, digits, factor]: RegExpExecArray): Said | undefined {
  return digits === undefined ? ofFactor(factor) : saidBy('', digits);
}

function ofBehind(
  found: RegExpExecArray | null,
  text: string,
  numbers: readonly WrittenNumber[],
  second: WrittenNumber,
): Said | undefined {
  if (found === null) return undefined;
  const [, factor, qualifier = '', digits, word] = found;
  if (factor !== undefined) return ofFactor(factor);
  // "the gap between 12 kW and 40 kW is 28 kW"
  const own = numbers.find(({ from }) => from > second.to);
  const isOfRatio = /\bratio\s(?:of|between)\b/i.test(text.slice(0, second.from));
  if (digits !== undefined && (own?.unit === undefined ? !isOfRatio : own.unit.kind !== 'factor')) return undefined;
  return saidBy(qualifier, digits ?? word!);
}

function ofFactor(words: string | undefined): Said | undefined {
  const [, qualifier = '', count] = OF_FACTOR.exec(words ?? '') ?? [];
  return count === undefined ? undefined : saidBy(qualifier, count);
}

function saidBy(qualifier: string, count: string): Said | undefined {
  const digits = count.replace(/[.,]$/, '').replaceAll(',', '');
  const times = /^\d/.test(digits) ? Number(digits) : countOf(count);
  if (times === undefined || !Number.isFinite(times)) return undefined;
  // In words, a multiple is a whole number.
  const half = 0.5 * 10 ** -(digits.split('.')[1]?.length ?? 0);
  return { times, half: half / times, qualifier, words: `"${qualifier}${count.replace(/[.,]$/, '')}"` };
}
