/** Arithmetic in a sentence that does not come out: `8 × 3 = 25`. */

import { valueBehind } from '../prose/behind';
import type { Line } from '../prose/lines';
import { measured, numbersIn, sameKind, shortNumber, type WrittenNumber } from '../prose/numbers';
import type { Draft, Rule } from '../rule';

export const equationMismatch: Rule = {
  code: 'equation-mismatch',
  severity: 'warning',
  *prose(block): Iterable<Draft> {
    if (!/[=≈]|\\approx/.test(block.source)) return;
    for (const line of block.lines)
      for (const { left, operators, result, from, to } of equationsIn(line)) {
        const computed = compute(
          left.map(number => known(number, line)),
          operators,
        );
        if (computed === undefined || agree(computed, result) || isConverted(computed, left, result)) continue;
        const exact = middle(left, operators);
        yield {
          range: block.place(line, from, to),
          message: `The sentence reads "${line.text.slice(from, to)}", but the left side gives ${shortNumber(exact)}.`,
        };
      }
  },
};

interface Equation {
  readonly left: readonly WrittenNumber[];
  readonly operators: readonly Operator[];
  readonly result: WrittenNumber;
  readonly from: number;
  readonly to: number;
}

type Operator = '×' | '/' | '+' | '-';

const BETWEEN: readonly (readonly [RegExp, Operator | '='])[] = [
  [/^\s?[×·*]\s?$|^\s[x]\s$/, '×'],
  [/^\s?[/÷]\s?$/, '/'],
  [/^\s?\+\s?$/, '+'],
  [/^\s[-−–]\s$/, '-'],
  [/^\s?[=≈]\s?[~≈]?[$€£]?$/, '='],
];

/** Chains of numbers with one sign of arithmetic between two of them, up to a sign of equality and one number more. */
function* equationsIn({ text }: Line): Iterable<Equation> {
  const numbers = numbersIn(text);
  let left: WrittenNumber[] = [];
  let operators: Operator[] = [];
  for (const [at, number] of numbers.entries()) {
    const previous = numbers[at - 1];
    const between =
      previous === undefined ? '' : text.slice(endOf(previous, text, number), number.from).replace(/[$€£]$/, '');
    const sign = BETWEEN.find(([pattern]) => pattern.test(between))?.[1];
    if (sign === '=' && operators.length > 0) {
      const start = left[0]!.from;
      // A part of a longer formula, on either side, says nothing by itself.
      const isPart =
        /[-−+×·*/÷^(=]\s?[$€£~≈]?$/.test(text.slice(0, start)) || /^\s?[×·*/÷+^(]/.test(text.slice(number.to));
      if (!isPart) yield { left, operators, result: number, from: start, to: number.to };
    }
    if (sign === undefined || sign === '=') {
      left = [number];
      operators = [];
    } else {
      left = [...left, number];
      operators = [...operators, sign];
    }
  }
}

/** Behind a number with its unit, or behind its digits where the word after it is no unit but a sign. */
function endOf(number: WrittenNumber, text: string, next: WrittenNumber): number {
  // `3 × 4`: the sign is no factor of the number here.
  if (number.unit?.kind === 'factor' && next.from - number.to <= 2) return text.lastIndexOf('×', number.to - 1);
  return number.to;
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What an operand may be: the value behind the reference that shows it; else what its digits say, counts exactly. */
function known(number: WrittenNumber, line: Line): Interval {
  const { from, to, value, half } = number;
  const [ref] = line.refsIn(from, to);
  const exact = ref === undefined ? undefined : valueBehind(ref, number);
  if (exact !== undefined) return { low: exact, high: exact };
  const isCount = ref === undefined && Number.isInteger(value) && half === 0.5;
  return isCount ? { low: value, high: value } : { low: value - half, high: value + half };
}

function middle(numbers: readonly WrittenNumber[], operators: readonly Operator[]): number {
  return (
    compute(
      numbers.map(({ value }) => ({ low: value, high: value })),
      operators,
    )?.low ?? Number.NaN
  );
}

/** Products and quotients first, then sums, from left to right. */
function compute(numbers: readonly Interval[], operators: readonly Operator[]): Interval | undefined {
  const terms: Interval[] = [numbers[0]!];
  const signs: Operator[] = [];
  for (const [at, operator] of operators.entries()) {
    const next = numbers[at + 1]!;
    if (operator === '+' || operator === '-') {
      terms.push(next);
      signs.push(operator);
      continue;
    }
    const last = terms.pop()!;
    if (operator === '/' && next.low <= 0 && next.high >= 0) return undefined;
    const corners = [last.low, last.high].flatMap(a =>
      [next.low, next.high].map(b => (operator === '×' ? a * b : a / b)),
    );
    terms.push({ low: Math.min(...corners), high: Math.max(...corners) });
  }
  return terms.reduce((sum, term, at) =>
    signs[at - 1] === '+'
      ? { low: sum.low + term.low, high: sum.high + term.high }
      : { low: sum.low - term.high, high: sum.high - term.low },
  );
}

/** A thousandth allows for the last digit of a constant that was rounded elsewhere. */
const SLACK = 0.001;

function agree({ low, high }: Interval, result: WrittenNumber): boolean {
  const { value, half } = result;
  const slack = Math.abs(value) * SLACK;
  return low <= value + half + slack && value - half - slack <= high;
}

/** Factors between units that sentences leave unsaid. */
const CONVERSIONS = [7, 12, 24, 30, 60, 365, 3600, 86_400, 31_536_000, 31_557_600];
const BINARY = [8, 1024, 1024 ** 2, 1024 ** 3];
const MEASURED: ReadonlySet<string> = new Set(['time', 'data', 'power', 'money', 'ratio']);

/** True where the sides differ by a factor between units: they are written in units that are not all known. */
function isConverted({ low, high }: Interval, left: readonly WrittenNumber[], result: WrittenNumber): boolean {
  if (result.value === 0 || low <= 0) return false;
  const fits = (factor: number) => agree({ low: low * factor, high: high * factor }, result);
  const known = left.every(({ unit }) => unit === undefined || unit.kind === 'factor' || sameKind(unit, result.unit));
  if (
    known &&
    left.filter(({ unit }) => unit !== undefined && unit.kind !== 'factor').length === 1 &&
    result.unit !== undefined
  ) {
    // One quantity, scaled: its unit is that of the result.
    const of = left.find(({ unit }) => unit !== undefined && unit.kind !== 'factor')!;
    return fits(measured({ ...of, value: 1 }).value / (result.unit?.factor ?? 1));
  }
  const kinds = new Set([...left, result].flatMap(({ unit }) => (unit === undefined ? [] : [unit.kind])));
  const isMeasured = [...kinds].some(kind => MEASURED.has(kind));
  // Counts of things need no conversion.
  if (!isMeasured) return false;
  const factors = kinds.has('data') ? [...CONVERSIONS, ...BINARY] : CONVERSIONS;
  for (let power = -18; power <= 18; power++) {
    if (fits(10 ** power)) return true;
    for (const one of factors) if (fits(10 ** power * one) || fits(10 ** power / one)) return true;
  }
  return false;
}
