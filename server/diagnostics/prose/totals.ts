/** Sums that sentences tell in words: "the pump takes 40 kW and the fan 12 kW, 52 kW in all", "A, B and C add up to D". */
import type { Draft, ProseBlock } from '../rule';
import { type Line, OPAQUE } from './lines';
import { NUMBER_WORD, wordValue } from './literals';
import { matchesIn } from './matching';
import { MEASURED, measured, numbersIn, sameKind, shortNumber, unitBehindValue, type WrittenNumber } from './numbers';
import { FARTHEST, sumBehind } from './ownSums';
import { TextMarks } from './textMarks';

const ABOUT = String.raw`(?:about\s|roughly\s|some\s|[~\u2248]\s?)?[$\u20ac\u00a3]?$`;
/** Before the total, in the sentence of its terms, */
const BEFORE = new RegExp(
  String.raw`(?:\b(?:adds?|sums?|sum) up to|\bsums? to|\b(?:makes?|giv(?:es?|ing)|for|comes? to) a total of|\btogether(?:,|\s(?:they|these|it|this))?\s(?:makes?|is|are|comes? to|costs?|weighs?|takes?|needs?|draws?|uses?)|[,:]\s(?:together|in all|in total|altogether|all told),?(?:\s(?:makes?|makes|costs?|weighs?))?|\bin all,?)\s${ABOUT}`,
  'i',
);
/** and behind it. */
const BEHIND = /^,?\s(?:in all|in total|altogether|all told|together)(?=[.,;:)]|$)/i;
/** What a sentence begins with that tells the total of those in the one before it. */
const OF_THESE =
  /^(?:(?:together|altogether|in all|in total|all told),?\s|(?:both|all (?:three|four|five)) together,?\s|(?:these|they|the (?:two|three|four)) (?:add|sum) up to\s|(?:the|their) (?:total|sum) (?:is|comes to|makes)\s)/i;
/** Between "together" and the total, no more than who does what. */
const FEW_WORDS = /^(?:[a-z'’-]+\s){0,5}(?:about\s|roughly\s|some\s|[~≈]\s?)?[$€£]?$/i;

/** With one of these a sentence does more than add. */
const MORE = new RegExp(
  String.raw`\b(?:each|every|per|apiece|both|twice|double[ds]?|half|halves|times|an?\s(?:second|minute|hour|day|night|week|month|year)|than|which|includ\w+|from|instead|against|versus|compared|between|would|could|might|if|without|minus|less|fewer|of (?:them|these|those|it)|the other|average|mean|median|${NUMBER_WORD})\b|[\u00d7\u00f7=/]|\d\s?[-\u2013\u2014]\s?\d`,
  'i',
);

/** How many terms there are. */
const COUNT = new RegExp(String.raw`\b(?:${NUMBER_WORD})\b`, 'i');

/** By so much may be off a total that stands in a sentence of its own, for which a term may stand elsewhere. */
const FARTHEST_APART = 0.2;
/** Of more numbers, all sums of some of them are too many to be looked at. */
const MOST = 10;

const MAY_SAY =
  /\b(?:add|adds|sum|sums) (?:up )?to\b|\btotal\b|\btogether\b|\bin all\b|\baltogether\b|\ball told\b|\bleav(?:es?|ing)\b/i;

/** The totals that are not the sum of the numbers before them, and rests that are not what these leave. */
export function* wrongTotals(block: ProseBlock): Iterable<Draft> {
  if (!MAY_SAY.test(block.source)) return;
  for (const line of block.lines) {
    if (line.place === 'formula' || line.place === 'quote' || !MAY_SAY.test(line.text)) continue;
    const numbers = numbersIn(line.text);
    const marks = new TextMarks(line.text);
    for (const [at, told] of numbers.entries()) {
      const found = wrongTotal(line.text, numbers, at, marks) ?? wrongRest(line.text, numbers, at);
      if (found === undefined) continue;
      const all = [...found.of, told];
      if (areOfCells(block, line, all)) continue;
      yield { range: block.place(line, told.from, told.to), message: found.message };
    }
  }
}

/** Numbers behind which another sum stands in parentheses: "720 km (180 + 95 + 245)". */
export function* wrongSums(block: ProseBlock): Iterable<Draft> {
  if (!/\([^()]*\+/.test(block.source)) return;
  for (const line of block.lines) {
    if (line.place === 'formula' || line.place === 'quote' || !/\([^()]*\+/.test(line.text)) continue;
    for (const number of numbersIn(line.text)) {
      const sum = sumBehind(line.text, number);
      if (sum === undefined || sum.value === 0) continue;
      const off = Math.abs(number.value - sum.value);
      if (off <= number.half + sum.half + SLACK * sum.value) continue;
      if (off > FARTHEST * sum.value && !hasDigitsOf(line.text.slice(number.from, number.digitsTo), sum.value))
        continue;
      yield {
        range: block.place(line, number.from, number.to),
        message: `The sentence says ${line.text.slice(number.from, number.to)}, but the numbers in parentheses behind it add up to ${inUnit(sum.value * (number.unit?.factor ?? 1), number)}.`,
      };
    }
  }
}

/** "32.04" for 23.04: the digits in another order. */
function hasDigitsOf(text: string, value: number): boolean {
  const sorted = (digits: string) => [...digits.replaceAll(/\D/g, '')].sort().join('');
  return sorted(text) === sorted(value.toFixed(/\.(\d+)/.exec(text)?.[1]?.length ?? 0));
}

interface Wrong {
  readonly of: readonly WrittenNumber[];
  readonly message: string;
}

function wrongTotal(text: string, numbers: readonly WrittenNumber[], at: number, marks: TextMarks): Wrong | undefined {
  const total = numbers[at]!;
  const terms = termsOf(text, numbers, at, marks);
  if (terms === undefined || !isWrong(total, terms, numbers, at)) return undefined;
  const sum = terms.of.reduce((so, one) => so + measured(one).value, 0);
  const message = `The sentence tells a total of ${text.slice(total.from, total.to)}, but its numbers add up to ${inUnit(sum, total)}.`;
  return { of: terms.of, message };
}

/** A number in the unit of another one, for a message; `value` in the unit that its kind is measured in. */
export function inUnit(value: number, { unit }: WrittenNumber): string {
  const own = value / (unit?.factor ?? 1);
  return unit === undefined || unit.text === '$'
    ? shortNumber(own)
    : `${shortNumber(own)} ${unitBehindValue(unit, own)}`;
}

/** Behind the part that is taken away: "Of the 40 beds, 12 are taken, which leaves 28". */
const LEAVES =
  /^[^.;:()×÷=/]{0,60}\b(?:leaves?|leaving)\s(?:(?:them|us|it|the\s[a-z]+|only|just|another|about|with)\s){0,3}[$€£]?$/i;
/** "They need 66 GB of the 86 GB, which leaves 20 GB" */
const PART_FIRST = /^\sof\s(?:the|its|their|our|these|those|all)\s(?:[a-z]+\s)?[$€£]?$/i;
/** Between the whole and the part. */
const OF_WHOLE = /^[^.!?()×÷=/]{0,80}$/;
const PER_ONE =
  /\b(?:each|every|per|apiece|both|twice|half|third|quarter|times|than|if|would|an?\s(?:second|minute|hour|day|night|week|month|year))\b/i;

function wrongRest(text: string, numbers: readonly WrittenNumber[], at: number): Wrong | undefined {
  const [first, second, rest] = [numbers[at - 2], numbers[at - 1], numbers[at]!];
  if (first === undefined || second === undefined) return undefined;
  const [gap, before] = [text.slice(first.to, second.from), text.slice(second.to, rest.from)];
  const [whole, part] = PART_FIRST.test(gap) ? [second, first] : [first, second];
  if (!LEAVES.test(before) || !OF_WHOLE.test(gap.replaceAll(/(?<=\d)[.,](?=\d)/g, ''))) return undefined;
  const behind = text.slice(rest.to, rest.to + LONGEST).split(/[.;]/, 1)[0]!;
  if (PER_ONE.test(`${gap} ${before} ${behind}`) || `${gap}${before}`.includes(OPAQUE)) return undefined;
  const isCounted = [whole, part, rest].every(({ unit }) => unit === undefined || !MEASURED.test(unit.kind));
  if (!isCounted && !(sameKind(whole.unit, part.unit) && sameKind(whole.unit, rest.unit))) return undefined;
  // Of things of two kinds nothing is taken away.
  if (isCounted && part.unit !== undefined && !sameKind(whole.unit, part.unit)) return undefined;
  const [a, b, c] = [measured(whole), measured(part), measured(rest)];
  const right = a.value - b.value;
  const slack = isCounted ? 0 : a.half + b.half + c.half;
  if (right <= 0 || Math.abs(c.value - right) <= slack || Math.abs(c.value / right - 1) > FARTHEST) return undefined;
  // Something else was taken away before.
  const isMore = numbers
    .slice(Math.max(0, at - MOST), at - 2)
    .some(one => Math.abs(right - c.value) <= slack + measured(one).half && sameKind(one.unit, whole.unit));
  if (isMore) return undefined;
  const message = `The sentence says that ${text.slice(rest.from, rest.to)} are left, but its numbers leave ${inUnit(right, rest)}.`;
  return { of: [whole, part], message };
}

interface Terms {
  readonly of: readonly WrittenNumber[];
  readonly farthest: number;
}

function termsOf(text: string, numbers: readonly WrittenNumber[], at: number, marks: TextMarks): Terms | undefined {
  const total = numbers[at]!;
  if (total.unit === undefined || !MEASURED.test(total.unit.kind) || total.unit.kind === 'factor') return undefined;
  const sentence = marks.sentenceAround(total.from, total.to);
  const lead = text.slice(sentence.from, total.from);
  const isBehind = BEHIND.test(text.slice(total.to, total.to + LONGEST));
  const opening = OF_THESE.exec(lead)?.[0];
  if (opening !== undefined && FEW_WORDS.test(lead.slice(opening.length))) {
    if (sentence.from === 0) return undefined;
    const before = marks.sentenceAround(sentence.from - 2, sentence.from - 2);
    const of = within(text, numbers, at, before.from, before.to);
    return of && { of, farthest: FARTHEST_APART };
  }
  if (!isBehind && !BEFORE.test(lead.slice(-LONGEST))) return undefined;
  const of = within(text, numbers, at, sentence.from, total.from);
  return of && { of, farthest: FARTHEST };
}

const LONGEST = 60;

/** The numbers of a stretch before one, where they are two or more of its kind and nothing else is told. */
function within(
  text: string,
  numbers: readonly WrittenNumber[],
  at: number,
  from: number,
  to: number,
): readonly WrittenNumber[] | undefined {
  const found: WrittenNumber[] = [];
  for (let before = at - 1; before >= 0 && numbers[before]!.from >= from; before--)
    if (numbers[before]!.to <= to) found.push(numbers[before]!);
  const { unit } = numbers[at]!;
  if (found.length < 2 || found.length > MOST || !found.every(one => sameKind(one.unit, unit))) return undefined;
  const first = found.at(-1)!.from;
  // "The three loads are 12 kW, 15 kW and 3 kW"
  const lead = text.slice(from, first).replace(COUNT, word => (wordValue(word) === found.length ? '' : word));
  const stretch = lead + text.slice(first, to);
  return stretch.includes(OPAQUE) || MORE.test(stretch) ? undefined : found.reverse();
}

/** True where neither the terms nor any other numbers of the kind before the total add up to it, and the sum is near it. */
function isWrong(
  total: WrittenNumber,
  { of, farthest }: Terms,
  numbers: readonly WrittenNumber[],
  at: number,
): boolean {
  const { value, half } = measured(total);
  const sum = of.reduce((so, one) => so + measured(one).value, 0);
  if (Math.abs(value / sum - 1) > farthest || of.some(one => measured(one).value >= value)) return false;
  const before = numbers.slice(Math.max(0, at - MOST), at).filter(one => sameKind(one.unit, total.unit));
  // Not all of them were rounded to the same side.
  const rounded = before.map(measured).map(one => ({ value: one.value, half: one.half / 2 }));
  return !isSumOfSome(rounded, value, half + value * SLACK);
}

const SLACK = 0.001;

/** True where some of the numbers add up to another one; with ten of them, a thousand sums. */
function isSumOfSome(
  of: readonly { readonly value: number; readonly half: number }[],
  value: number,
  slack: number,
  at = 0,
): boolean {
  if (Math.abs(value) <= slack) return true;
  if (at === of.length) return false;
  const one = of[at]!;
  return isSumOfSome(of, value - one.value, slack + one.half, at + 1) || isSumOfSome(of, value, slack, at + 1);
}

/**
 * True where cells give all of the numbers, which may be of more than the sentence names, or where one of them is told to be
 * another than a cell computes.
 */
export function areOfCells(block: ProseBlock, line: Line, numbers: readonly WrittenNumber[]): boolean {
  if (numbers.every(({ from, digitsTo }) => line.refsIn(from, digitsTo).length > 0)) return true;
  return matchesIn(block).some(
    ({ kind, literal }) => kind === 'stale' && literal.line === line && numbers.some(one => one.from === literal.from),
  );
}
