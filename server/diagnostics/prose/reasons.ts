/** A number and the calculation that a sentence gives as its reason: "worth €42,574 a year, since 425,736 / 10 = 42,574". */
import { isMultiple } from './comparatives';
import type { SaidMultiple } from './multiples';
import { numbersIn, shortNumber, type WrittenNumber } from './numbers';
import { TextMarks } from './textMarks';

const REASON = /,?\s(?:since|because|as|for)\s(?=[^.;!?]{0,100}[=≈])/g;
/** What stands between a number and its reason. */
const RUNNING = /^(?:\s(?!(?:and|or|but|while)\b)[a-z'’-]+){0,6}$/i;
/** So far off, another number is meant. */
const PLAUSIBLE = 2.5;

/** The numbers that the calculation behind them gives otherwise. */
export function* reasons(text: string): Iterable<SaidMultiple> {
  if (!/[=≈]/.test(text)) return;
  const numbers = numbersIn(text);
  const marks = new TextMarks(text);
  for (const { 0: word, index } of text.matchAll(REASON)) {
    const sentence = marks.sentenceAround(index, index + word.length);
    const behind = numbers.filter(({ from, to }) => from >= index + word.length && to <= sentence.to);
    const own = numbers.findLast(({ from, to }) => from >= sentence.from && to <= index);
    const result = resultOf(text, index + word.length, behind);
    if (own === undefined || result === undefined || !RUNNING.test(text.slice(own.to, index))) continue;
    const why =
      own.unit?.kind === 'factor' ? wrongMultiple(text, numbers, own, result, sentence.from) : wrongNumber(own, result);
    if (why === undefined) continue;
    const [here, there] = [own, result].map(({ from, to }) => text.slice(from, to));
    yield { from: own.from, to: result.to, message: `The sentence says ${here!}, but ${why(there!)}.` };
  }
}

/** The result of "a / b = c", where nothing but such a calculation, which holds, stands behind the word. */
function resultOf(text: string, from: number, numbers: readonly WrittenNumber[]): WrittenNumber | undefined {
  const [first, second, result] = numbers;
  if (first === undefined || second === undefined || result === undefined) return undefined;
  if (!/^(?:[a-z]+\s){0,3}[$€£(]?$/i.test(text.slice(from, first.from))) return undefined;
  const operator = OPERATOR.exec(text.slice(first.to, second.from))?.[1];
  if (operator === undefined || !EQUALS.test(text.slice(second.to, result.from))) return undefined;
  const gives = OPERATIONS[operator]!(first.value, second.value);
  // Where it does not hold, that is the fault, and another rule tells it.
  return Math.abs(gives / result.value - 1) < HOLDS ? result : undefined;
}

const OPERATIONS: Readonly<Record<string, (one: number, other: number) => number>> = {
  '×': (one, other) => one * other,
  '*': (one, other) => one * other,
  '÷': (one, other) => one / other,
  '/': (one, other) => one / other,
  '+': (one, other) => one + other,
  '−': (one, other) => one - other,
  '-': (one, other) => one - other,
};
const OPERATOR = /^\s?([×÷*/+−-])\s?[$€£]?$/;
const EQUALS = /^\s?[=≈]\s?[$€£]?$/;
const HOLDS = 0.01;

type Why = (result: string) => string;

function wrongNumber(own: WrittenNumber, result: WrittenNumber): Why | undefined {
  const { unit } = own;
  if (unit !== undefined && result.unit !== undefined && unit.kind !== result.unit.kind) return undefined;
  if (result.unit === undefined && unit !== undefined && /^(?:ratio|time)$/.test(unit.kind)) return undefined;
  const factor = unit !== undefined && result.unit !== undefined ? unit.factor / result.unit.factor : 1;
  const [said, gives] = [own.value * factor, result.value];
  if (!(gives > 0) || Math.abs(said - gives) <= own.half * factor + result.half + 0.005 * gives) return undefined;
  const off = said / gives;
  return off > PLAUSIBLE || off < 1 / PLAUSIBLE ? undefined : there => `its reason gives ${there}`;
}

/** "The wages of €2,736 are 3.1 times the rest, since 3,624 − 2,736 = 888": of the number before it, and the result. */
function wrongMultiple(
  text: string,
  numbers: readonly WrittenNumber[],
  own: WrittenNumber,
  result: WrittenNumber,
  start: number,
): Why | undefined {
  const at = numbers.indexOf(own);
  const other = numbers[at - 1];
  if (other === undefined || other.from < start || !(result.value > 0)) return undefined;
  // One of the numbers of the reason is the one that is said to be so many times as large.
  if (!numbers.slice(at + 1).some(one => one !== result && one.value === other.value)) return undefined;
  const ratio = other.value / result.value;
  if (
    isMultiple(ratio, own.value, '', own.half / own.value) ||
    !/^\s(?:is|are|was|were|makes?)\s/.test(text.slice(other.to))
  )
    return undefined;
  const off = ratio / own.value;
  return off > PLAUSIBLE || off < 1 / PLAUSIBLE
    ? undefined
    : there => `${text.slice(other.from, other.to)} is ${shortNumber(ratio)} times ${there}`;
}
