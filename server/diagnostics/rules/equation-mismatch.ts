/** Arithmetic in a sentence that does not come out: `8 × 3 = 25`, `3 × 4 / 2 ≈ 7`, `2^10 = 1,000`, `1,638 ms = 1.83 s`. */

import {
  type Equation,
  equationsIn,
  evaluate,
  hasLetters,
  type Interval,
  numbersOf,
  type Side,
  type Term,
} from '../prose/arithmetic';
import { atEach } from '../prose/atEach';
import { valueBehind } from '../prose/behind';
import { groups } from '../prose/groups';
import { wrongWholes } from '../prose/inParts';
import type { Line } from '../prose/lines';
import { matchesIn } from '../prose/matching';
import { measured, sameKind, shortNumber, unitNamed, type WrittenNumber } from '../prose/numbers';
import { wrongProducts } from '../prose/products';
import { wrongRestatements } from '../prose/restated';
import { wrongCells } from '../prose/tables';
import { areOfCells, inUnit, wrongSums, wrongTotals } from '../prose/totals';
import { MAY_BE_WORDED } from '../prose/wordedSigns';
import type { Draft, ProseBlock, Rule } from '../rule';

export const equationMismatch: Rule = {
  code: 'equation-mismatch',
  severity: 'warning',
  isOfSeveralValues: true,
  *prose(block): Iterable<Draft> {
    for (const line of block.lines) {
      for (const product of wrongProducts(line)) {
        const { of, result } = product;
        if (areOfCells(block, line, [...of, result])) continue;
        yield {
          range: block.place(line, result.from, result.to),
          message: `The sentence says ${line.text.slice(result.from, result.to)}, but its numbers make ${inUnit(product.value, result)}.`,
        };
      }
      for (const { from, to, message } of [...groups(line.text), ...atEach(line.text)])
        yield { range: block.place(line, from, to), message };
      for (const { first, second, to, value } of wrongRestatements(line)) {
        if (line.text[to - 1] !== ')' && areOfCells(block, line, [first, second])) continue;
        yield {
          range: block.place(line, first.from, to),
          message: `The sentence reads "${line.text.slice(first.from, to)}", but the first number is ${shortNumber(value)}${line.text.slice(second.digitsTo, second.to)}.`,
        };
      }
    }
    for (const { line, number, message, of } of wrongCells(block))
      if (!areOfCells(block, line, [number]) && !of.some(one => isStale(block, one)))
        yield { range: block.place(line, number.from, number.to), message };
    yield* wrongTotals(block);
    yield* wrongWholes(block);
    yield* wrongSums(block);
    const isSigned = /[=≈]|\\approx/.test(block.source) || MAY_BE_WORDED.test(block.source);
    if (!isSigned && !block.refs.some(({ text }) => text?.includes('=') === true)) return;
    for (const line of block.lines) {
      const isLettered = hasLetters(line.text);
      const [equations, others] = (isLettered ? (['scale', 'plain'] as const) : [undefined]).map(letters => [
        ...equationsIn(line, letters),
      ]);
      for (const [at, equation] of equations!.entries()) {
        const draft = checked(equation, line, block);
        if (draft === undefined || isTold(equation, equations![at + 1], line, block)) continue;
        // Right, whatever its letters mean; those of two formulas are of algebra.
        if (others === undefined || (!isOfLetters(equation, line) && isWrong(others[at], line, block))) yield draft;
      }
    }
  },
};

function isStale(block: ProseBlock, line: Line): boolean {
  return matchesIn(block).some(({ kind, literal }) => kind === 'stale' && literal.line === line);
}

/** "1.33 ≈ √(10/5) = 1.41": whoever writes both numbers down knows how near they are. */
function isTold({ left, right }: Equation, next: Equation | undefined, line: Line, block: ProseBlock): boolean {
  if (left.term.kind !== 'number' || next?.left !== right || next.right.term.kind !== 'number') return false;
  if (!/[≈≃]/.test(line.text.slice(left.to, right.from))) return false;
  const ratio = left.term.number.value / next.right.term.number.value;
  return Math.abs(ratio - 1) <= NEAR && !isWrong(next, line, block);
}

const NEAR = 0.1;

/** "4 × 3M = 4 × 30", with what M stands for put in */
function isOfLetters({ left, right }: Equation, line: Line): boolean {
  return (
    left.term.kind !== 'number' && right.term.kind !== 'number' && hasLetters(line.text.slice(left.from, right.to + 1))
  );
}

function isWrong(equation: Equation | undefined, line: Line, block: ProseBlock): boolean {
  return equation !== undefined && checked(equation, line, block) !== undefined;
}

function checked({ left, right }: Equation, line: Line, block: ProseBlock): Draft | undefined {
  // "24 = 8 × 3"
  const isRough = ROUGH.test(line.text.slice(left.to, right.from));
  const [formula, result] = left.term.kind === 'number' ? [right, left] : [left, isRough ? roughly(right) : right];
  const told = (message: string): Draft => ({
    range: block.place(line, left.from, right.to),
    message: `The sentence reads "${line.text.slice(left.from, right.to)}", ${message}`,
  });
  if (left.term.kind === 'number' && right.term.kind === 'number') {
    // "256 pages, each of 128 bytes = 32 KB"
    const isOfEach = /\b(?:each|every|of|by|times)\s$/i.test(line.text.slice(0, left.from));
    return isOfEach ? undefined : conversion(left.term.number, right.term.number, told);
  }
  // "28 ÷ 16 = 1 remainder 12"
  const end = right.term.kind === 'number' ? right.term.number.digitsTo : right.to;
  if (/^[\s$]*(?:remainder|R)[\s$]+\d/.test(line.text.slice(end))) return undefined;
  if (isBinary(formula.term, result.term, line)) return undefined;
  const computed = evaluate(formula.term, number => known(number, line));
  const shown = evaluate(result.term, number => (result.term.kind === 'number' ? around(number) : known(number, line)));
  if (computed === undefined || shown === undefined) return undefined;
  if (result.term.kind !== 'number') {
    const isPlain = [...numbersOf(formula.term), ...numbersOf(result.term)].every(
      ({ unit }) => unit === undefined || unit.kind === 'factor',
    );
    if (!isPlain || agree(computed, shown)) return undefined;
    return told(
      `but one side gives ${shortNumber(asShown(formula.term))}, the other ${shortNumber(asShown(result.term))}.`,
    );
  }
  const { number } = result.term;
  const numbers = numbersOf(formula.term);
  if (isMixedSum(formula.term, number)) return mixedSum(formula, number, line, told);
  const isExact =
    isOfDimension(formula.term, number) || isCount(formula.term, number) || isSumOfSame(formula.term, number);
  // "90 s / 60 = 1.5 minutes": a plain number may be a factor between units.
  const isPlain = numbers.some(({ unit }) => unit === undefined);
  const isInUnits = isExact && agreeInUnits(formula.term, number, line);
  const isRight =
    isInUnits || (isExact && (!isPlain || isOfQuantities(numbers)))
      ? isInUnits || isScaledBy(formula.term, number, line)
      : agree(computed, shown) || isConverted(computed, numbers, number, line);
  if (!isRight) {
    if (!isExact && (isInAnotherUnit(numbers, number, line) || isOfOtherThings(numbers, number, line)))
      return undefined;
    if (!isExact && isScaled(number, line)) return undefined;
    // "10 × 24 = 240 million": the word is said once for the first number and the result.
    const isWhole = isExact && isOfQuantities(numbers);
    if (!isWhole && agree(computed, around(withoutMagnitude(number, line)))) return undefined;
    // "9.1 years ÷ 3 months = 36": of the calendar, more is said than units. A day has its seconds.
    const isOfCalendar = (isWhole ? UNEVEN : CALENDAR).test(line.text.slice(left.from, right.to));
    if (isOfCalendar && [...CONVERSIONS, ...CALENDAR_FACTORS].some(factor => isTimes(computed, factor, shown)))
      return undefined;
    const which = formula === left ? 'left' : 'right';
    if (isWhole && agree(computed, shown)) return told(`but the units of the ${which} side make another one.`);
    return told(`but the ${which} side gives ${shortNumber(asShown(formula.term))}.`);
  }
  return agree(computed, shown) ? unexpected(formula.term, number, line, told) : undefined;
}

const ROUGH = /[≈≃~]|\b(?:about|around|roughly|approximately|some|nearly|almost)\s/i;
/** "24 × 12 ≈ 290": a rough result may be rounded at its zeros, by no more than this part of it. */
const MOST_ROUGH = 0.05;

function roughly({ term, ...side }: Side): Side {
  if (term.kind !== 'number') return { term, ...side };
  const { value, half } = term.number;
  const zeros = Number.isInteger(value) && value !== 0 ? /0*$/.exec(value.toFixed(0))![0].length : 0;
  const allowed = zeros === 0 ? half : Math.max(half, Math.min(10 ** zeros / 2, MOST_ROUGH * Math.abs(value)));
  return { ...side, term: { ...term, number: { ...term.number, half: allowed } } };
}

/** "1101 + 0110 = 10011": numbers of the digits 0 and 1 alone, and equal when they are read as bits. */
function isBinary(term: Term, result: Term, line: Line): boolean {
  const digits = ({ from, digitsTo }: WrittenNumber) => line.text.slice(from, digitsTo);
  if (![...numbersOf(term), ...numbersOf(result)].every(number => /^[01]+$/.test(digits(number)))) return false;
  const bits = (number: WrittenNumber): Interval => {
    const value = Number.parseInt(digits(number), 2);
    return { low: value, high: value };
  };
  const [computed, shown] = [evaluate(term, bits), evaluate(result, bits)];
  return computed !== undefined && shown !== undefined && agree(computed, shown);
}

/** With the factors of the units: 9.4 kW × 10 h = 94 kWh; `without` is a number that stands for such a factor. */
function agreeInUnits(term: Term, result: WrittenNumber, line: Line, without?: WrittenNumber): boolean {
  const inUnits = (number: WrittenNumber, { low, high }: Interval): Interval => {
    const factor = factorOf(number.unit);
    return { low: low * factor, high: high * factor };
  };
  const computed = evaluate(term, number =>
    number === without ? { low: 1, high: 1 } : inUnits(number, known(number, line)),
  );
  return computed !== undefined && agree(computed, inUnits(result, around(result)));
}

/** Where several numbers are measured, as in 140 GB / (2 × 2.04 TB/s), the plain ones are no magnitudes left unsaid. */
function isOfQuantities(numbers: readonly WrittenNumber[]): boolean {
  return (
    numbers.filter(
      ({ unit }) => unit !== undefined && (MEASURED.has(unit.kind.split('/')[0]!) || unit.kind.startsWith('bits')),
    ).length > 1
  );
}

/** "3 kW × 2 h × 1000 = 6,000 Wh": one of the plain numbers is the factor between the units. */
function isScaledBy(term: Term, result: WrittenNumber, line: Line): boolean {
  return numbersOf(term).some(
    plain =>
      plain.unit === undefined &&
      agreeInUnits(term, result, line, plain) &&
      (isOfByte(plain, term) || agreeAsWritten(term, result, line)),
  );
}

/** The 8 that makes bytes of bits has no other meaning. */
function isOfByte({ value }: WrittenNumber, term: Term): boolean {
  return value === BITS_IN_BYTE && numbersOf(term).some(({ unit }) => unit?.kind.startsWith('bits') === true);
}

function agreeAsWritten(term: Term, result: WrittenNumber, line: Line): boolean {
  const computed = evaluate(term, number => known(number, line));
  return computed !== undefined && agree(computed, around(result));
}

/** "1,638 ms = 1.64 s" */
function conversion(one: WrittenNumber, other: WrittenNumber, told: (message: string) => Draft): Draft | undefined {
  if (!sameKind(one.unit, other.unit) || one.unit?.factor === other.unit?.factor || one.unit?.kind === 'factor')
    return undefined;
  const [a, b] = [measured(one), measured(other)];
  if (Math.abs(a.value - b.value) <= (a.half + b.half) * 1.000_001 + Math.abs(b.value) * SLACK) return undefined;
  const { factor, text } = other.unit!;
  return told(`but the first number is ${shortNumber(a.value / factor)} ${text}.`);
}

/** "10 ms + 0.8 μs ≈ 10 ms": what is added up are quantities of one measure, in different units. */
function isMixedSum(term: Term, result: WrittenNumber): boolean {
  if (term.kind !== 'operation' || !isSum(term)) return false;
  const units = [...numbersOf(term), result].flatMap(({ unit }) => unit ?? []).filter(({ kind }) => kind !== 'factor');
  return units.some(({ factor }) => factor !== units[0]!.factor) && units.every(({ kind }) => kind === units[0]!.kind);
}

function isSum({ operator }: { readonly operator: string }): boolean {
  return operator === '+' || operator === '-';
}

/** Compared in the unit of the result, where each part of the sum is one quantity. */
function mixedSum(
  { term, ...side }: Side,
  result: WrittenNumber,
  line: Line,
  told: (message: string) => Draft,
): Draft | undefined {
  if (result.unit === undefined || !hasOneQuantityEach(term)) return undefined;
  const inUnit = (number: WrittenNumber, { low, high }: Interval): Interval => {
    const factor =
      number.unit === undefined || number.unit.kind === 'factor' ? 1 : number.unit.factor / result.unit!.factor;
    return { low: low * factor, high: high * factor };
  };
  const sum = evaluate(term, number => inUnit(number, known(number, line)));
  if (sum === undefined || agree(sum, around(result))) return undefined;
  const shown = evaluate(term, number => inUnit(number, { low: number.value, high: number.value }))!.low;
  const which = side.from < result.from ? 'left' : 'right';
  return told(`but the ${which} side gives ${shortNumber(shown)} ${result.unit.text}.`);
}

/** True of a sum whose parts are numbers with a unit, each scaled by plain numbers at most. */
function hasOneQuantityEach(term: Term): boolean {
  if (term.kind === 'operation' && isSum(term)) return hasOneQuantityEach(term.left) && hasOneQuantityEach(term.right);
  const isProduct = (one: Term): boolean =>
    one.kind === 'number' ||
    (one.kind === 'operation' && one.operator === '×' && isProduct(one.left) && isProduct(one.right));
  const isQuantity = ({ unit }: WrittenNumber) => unit !== undefined && unit.kind !== 'factor';
  return isProduct(term) && numbersOf(term).filter(isQuantity).length === 1;
}

/** The value of a term with its numbers as they are shown. */
function asShown(term: Term): number {
  return evaluate(term, ({ value }) => ({ low: value, high: value }))?.low ?? Number.NaN;
}

/** So far may what a reader computes from the numbers as shown lie beside what the sentence says. */
const UNSEEN = 0.02;
const MOST_DIGITS = 4;
/** So far no rounding of numbers leads that are all typed. */
const FAR = 0.06;

/** Right by the values behind, but not by the digits that the reader sees; with how many more it would be. */
function unexpected(
  term: Term,
  result: WrittenNumber,
  line: Line,
  told: (message: string) => Draft,
): Draft | undefined {
  const isSeen = (value: number) =>
    Math.abs(value - result.value) > result.half * 1.000_001 + UNSEEN * Math.abs(result.value);
  const shown = asShown(term);
  const isTyped = [...numbersOf(term), result].every(({ from, digitsTo }) => line.refsIn(from, digitsTo).length === 0);
  if (!isSeen(shown) && !(isTyped && isLongSlip(shown, result, line))) return undefined;
  const isFar = Math.abs(shown - result.value) > result.half + FAR * Math.abs(result.value);
  if (isTyped && (isFar || isSlip(shown, result, line)))
    return told(`but with these numbers it gives ${shortNumber(shown)}.`);
  const rounded = numbersOf(term).flatMap(number => {
    const exact = exactOf(number, line);
    return exact === undefined || exact === number.value ? [] : [{ number, exact }];
  });
  for (let more = 1; more <= MOST_DIGITS && rounded.length > 0; more++) {
    const finer = new Map(rounded.map(({ number, exact }) => [number, toDigits(number, exact, more)]));
    const value = evaluate(term, number => {
      const one = finer.get(number) ?? number.value;
      return { low: one, high: one };
    })?.low;
    if (value === undefined || isSeen(value)) continue;
    const digits = rounded.map(
      ({ number }) => `${shortNumber(number.value)} as ${Number(finer.get(number)!.toPrecision(12))}`,
    );
    return {
      ...told(`but with the numbers as shown it gives ${shortNumber(shown)}. It comes out with ${digits.join(', ')}.`),
      severity: 'info',
    };
  }
  return undefined;
}

/** "774" for 747: the digits of the result in another order. */
function isSlip(shown: number, { from, digitsTo, value }: WrittenNumber, { text }: Line): boolean {
  const said = text.slice(from, digitsTo).replaceAll(',', '');
  if (Number(said) !== value || said.length < SLIP_DIGITS) return false;
  const right = shown.toFixed(/\.(\d+)/.exec(said)?.[1]?.length ?? 0);
  return right !== said && [...right].sort().join('') === [...said].sort().join('');
}

const SLIP_DIGITS = 3;

/** So many digits are in another order by no rounding. */
function isLongSlip(shown: number, result: WrittenNumber, line: Line): boolean {
  const digits = line.text.slice(result.from, result.digitsTo).replaceAll(/\D/g, '').replace(/0+$/, '');
  return digits.length > SLIP_DIGITS && isSlip(shown, result, line);
}

/** Rounded to so many digits more than are shown. */
function toDigits({ half }: WrittenNumber, exact: number, more: number): number {
  const step = 2 * half * 10 ** -more;
  return Math.round(exact / step) * step;
}

/** The value behind the reference that shows a number. */
function exactOf(number: WrittenNumber, line: Line): number | undefined {
  const [ref] = line.refsIn(number.from, number.digitsTo);
  return ref === undefined ? undefined : valueBehind(ref, number);
}

/** What an operand may be: the value behind the reference that shows it; else what its digits say, counts exactly. */
function known(number: WrittenNumber, line: Line): Interval {
  const exact = exactOf(number, line);
  if (exact !== undefined) return { low: exact, high: exact };
  // Of "1,000" no zero was rounded: it stands between units.
  const isWhole = number.half === 0.5 || Number.isInteger(Math.log10(number.value));
  const isCount = line.refsIn(number.from, number.digitsTo).length === 0 && Number.isInteger(number.value) && isWhole;
  return isCount ? { low: number.value, high: number.value } : around(number);
}

function around({ value, half }: WrittenNumber): Interval {
  return { low: value - half, high: value + half };
}

/** A thousandth allows for the last digit of a constant that was rounded elsewhere. */
const SLACK = 0.001;

function agree(one: Interval, other: Interval): boolean {
  const slack = Math.max(Math.abs(other.low), Math.abs(other.high)) * SLACK;
  return one.low <= other.high + slack && other.low - slack <= one.high;
}

/** Factors between units that sentences leave unsaid. */
const CONVERSIONS = [7, 12, 24, 30, 60, 365, 3600, 86_400, 31_536_000, 31_557_600];
/** All of these are of time. */
const OF_TIME =
  /[Ss]econd|[Mm]inute|[Hh]our|\b[Dd]ay|[Dd]aily|[Ww]eek|[Mm]onth|[Yy]ear|[Aa]nnual|\d\s?(?:m?s|h|min|[kMGT]?Wh?|Hz|fps)\b|\/(?:s|h|d)\b/;
/** And some need a word of their own. */
const CONVERSION_WORDS: Readonly<Record<number, RegExp>> = {
  7: /week/i,
  12: /month|year|annual|dozen/i,
  30: /month/i,
  365: /year|annual/i,
  31536000: /year|annual/i,
  31557600: /year|annual/i,
};
const HUNDREDTHS = /%|\bcents?\b|\bper\s?cent\b|¢/i;
const BINARY = [1024, 1024 ** 2, 1024 ** 3];
const BINARY_WORDS = /i[bB]\b|\b(?:kibi|mebi|gibi|tebi)|\b1,?024\b|\bbinary\b/;
const BITS = /\bbits?\b|\d-?bits?\b|\bbps\b|[kKMGT](?:b|bit)(?:ps|\/s)?\b|\b(?:fp|int|bf|FP|INT|BF)\d/;
const MEASURED: ReadonlySet<string> = new Set([
  'time',
  'data',
  'power',
  'energy',
  'length',
  'mass',
  'compute',
  'frequency',
  'money',
  'ratio',
]);

/** Kinds whose units sentences often leave to the reader to convert. */
const CONVERTED: ReadonlySet<string> = new Set(['time', 'data', 'power', 'money', 'ratio']);

/** Of which others a kind is made, where the numbers of a formula have all their units: kW × h is kWh. */
const DIMENSIONS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  energy: { power: 1, time: 1 },
  bits: { data: 1 },
  frequency: { time: -1 },
  factor: {},
  ratio: {},
};

/** The factor of a unit; of bits, in bytes. */
function factorOf(unit: WrittenNumber['unit']): number {
  if (unit === undefined || unit.kind === 'ratio') return 1;
  const [over, per] = unit.kind.split('/');
  return unit.factor / (over === 'bits' ? BITS_IN_BYTE : 1) / (per === 'bits' ? 1 / BITS_IN_BYTE : 1);
}

const BITS_IN_BYTE = 8;

/** The exponents of what a unit measures; undefined for nouns. */
function dimensionOf(unit: WrittenNumber['unit']): ReadonlyMap<string, number> | undefined {
  if (unit === undefined) return new Map();
  const found = new Map<string, number>();
  for (const [at, kind] of unit.kind.split('/').entries()) {
    if (!MEASURED.has(kind) && kind !== 'factor' && kind !== 'bits') return undefined;
    for (const [base, power] of Object.entries(DIMENSIONS[kind] ?? { [kind]: 1 }))
      found.set(base, (found.get(base) ?? 0) + (at === 0 ? power : -power));
  }
  return found;
}

function dimensionOfTerm(term: Term): ReadonlyMap<string, number> | undefined {
  if (term.kind === 'number') return dimensionOf(term.number.unit);
  if (term.kind === 'root' || (term.operator !== '×' && term.operator !== '/')) return undefined;
  const [left, right] = [dimensionOfTerm(term.left), dimensionOfTerm(term.right)];
  if (left === undefined || right === undefined) return undefined;
  const found = new Map(left);
  const sign = term.operator === '×' ? 1 : -1;
  for (const [base, power] of right) found.set(base, (found.get(base) ?? 0) + sign * power);
  return found;
}

/** True where a product or quotient of measured numbers has the dimension of its result: only their factors are between them. */
function isOfDimension(term: Term, result: WrittenNumber): boolean {
  const [own, other] = [dimensionOfTerm(term), dimensionOf(result.unit)];
  if (own === undefined || other === undefined || ![...own.values()].some(power => power !== 0)) return false;
  return [...new Set([...own.keys(), ...other.keys()])].every(base => (own.get(base) ?? 0) === (other.get(base) ?? 0));
}

/** Of what is added up in one unit, and told in it, nothing is converted. */
function isSumOfSame(term: Term, { unit }: WrittenNumber): boolean {
  const isSame = (one: Term): boolean =>
    one.kind === 'number'
      ? one.number.unit?.kind === unit?.kind && one.number.unit?.factor === unit?.factor
      : one.kind === 'operation' && isSum(one) && isSame(one.left) && isSame(one.right);
  return unit !== undefined && MEASURED.has(unit.kind) && term.kind !== 'number' && isSame(term);
}

/** "4.8 ms / 16 μs ≈ 300 streams": the units of what is divided leave a plain number, whatever it counts. */
function isCount(term: Term, { unit }: WrittenNumber): boolean {
  const dimension = dimensionOfTerm(term);
  if (dimension === undefined || [...dimension.values()].some(power => power !== 0)) return false;
  const measured = numbersOf(term).filter(one => one.unit !== undefined && one.unit.kind !== 'factor');
  return measured.length > 1 && (unit === undefined || (unitNamed(unit.text) === undefined && !/[/-]/.test(unit.kind)));
}

/** "10^6 s ≈ 11 d": a word behind the result may be a unit that is not known, and no noun. */
function isInAnotherUnit(
  numbers: readonly WrittenNumber[],
  { unit, digitsTo }: WrittenNumber,
  { text }: Line,
): boolean {
  const isOf = (one: WrittenNumber['unit'], kinds: ReadonlySet<string>) => one !== undefined && kinds.has(one.kind);
  return (
    numbers.some(one => isOf(one.unit, CONVERTED)) && !isOf(unit, MEASURED) && UNIT_BEHIND.test(text.slice(digitsTo))
  );
}

const UNIT_BEHIND = /^\s?(?!(?:a|an|and|at|each|every|for|from|in|is|of|on|or|per|that|to|when|which|with)\b)[A-Za-z]/;

/** "1 pt = 1/72 inch": one thing on either side, each with a word of its own. */
function isOfOtherThings(numbers: readonly WrittenNumber[], result: WrittenNumber, { text }: Line): boolean {
  const last = numbers.at(-1);
  if (last === undefined || numbers.slice(0, -1).some(({ unit }) => unit !== undefined)) return false;
  if (sameKind(last.unit, result.unit) && last.unit !== undefined) return false;
  const [one, other] = [last, result].map(({ digitsTo }) => /^\s?([A-Za-z]+)/.exec(text.slice(digitsTo))?.[1]);
  return one !== undefined && other !== undefined && one !== other;
}

const UNEVEN = /\b(?:month|quarter|year|decade)s?\b/i;
const CALENDAR = /\b(?:day|week|month|quarter|year|decade)s?\b/i;
const CALENDAR_FACTORS = [4, 10, 52, 365.25];

function isTimes({ low, high }: Interval, factor: number, other: Interval): boolean {
  return (
    agree({ low: low * factor, high: high * factor }, other) || agree({ low: low / factor, high: high / factor }, other)
  );
}

/** "2.59M" in a formula: a letter for millions right behind the digits. */
function isScaled({ unit, digitsTo }: WrittenNumber, { text }: Line): boolean {
  return unit === undefined && /^[kKMBT](?![\p{L}\d])/u.test(text.slice(digitsTo));
}

/** "240" of "240 million". */
function withoutMagnitude({ value, half, ...number }: WrittenNumber, { text }: Line): WrittenNumber {
  const digits = Number(text.slice(number.from, number.digitsTo).replaceAll(/[^\d.]/g, ''));
  const scale = digits > 0 && /^\s(?:thousand|[mbtr]+illion)/i.test(text.slice(number.digitsTo)) ? value / digits : 1;
  return { ...number, value: value / scale, half: half / scale };
}

/** True where the sides differ by a factor between units: they are written in units that are not all known. */
function isConverted(
  { low, high }: Interval,
  left: readonly WrittenNumber[],
  result: WrittenNumber,
  { text, about }: Line,
): boolean {
  if (result.value === 0 || low <= 0) return false;
  const fits = (factor: number) => agree({ low: low * factor, high: high * factor }, around(result));
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
  const isMeasured = [...kinds].some(kind => CONVERTED.has(kind));
  // Counts of things need no conversion.
  if (!isMeasured) return false;
  // Powers of 1024 stand between bytes and GB, not between numbers and bytes.
  const isPrefixed = [...left, result].some(({ unit }) => unit?.kind === 'data' && unit.factor !== 1);
  const words = `${text} ${about}`;
  const isOfTime = kinds.has('time') || kinds.has('money') || OF_TIME.test(words);
  const spans = isOfTime ? CONVERSIONS.filter(factor => CONVERSION_WORDS[factor]?.test(words) !== false) : [];
  // Of bits the sentence tells, and so it does of bytes or GiB where 1.024 is no slip of a digit.
  const isBinary = left.some(({ unit }) => unit?.kind === 'data') || BINARY_WORDS.test(words);
  if (kinds.has('data') && isPrefixed && BINARY.some(one => fits(one) || fits(1 / one))) return true;
  const factors = !kinds.has('data')
    ? spans
    : [...spans, ...(BITS.test(words) ? [8] : []), ...(isPrefixed && isBinary ? BINARY : [])];
  const isOfHundredths = kinds.has('ratio') || HUNDREDTHS.test(words);
  for (let power = -18; power <= 18; power++) {
    if (fits(10 ** power)) return true;
    // With a factor between units, a prefix as well, or percents and cents.
    if (power % 3 !== 0 && !(Math.abs(power) === 2 && isOfHundredths)) continue;
    for (const one of factors) if (fits(10 ** power * one) || fits(10 ** power / one)) return true;
  }
  return false;
}
