/** Contexts of decimal arithmetic: precision, rounding, range, and the conditions that operations meet. */
import { intDivmod } from '../../../python/runtime/numbers/integers';
import { vm } from '../../../python/runtime/vm';
import { type Decimal, digitCount, infinity, isZero, NAN, number, power10, raised } from './number';

export const ROUNDINGS = [
  'ROUND_UP',
  'ROUND_DOWN',
  'ROUND_CEILING',
  'ROUND_FLOOR',
  'ROUND_HALF_UP',
  'ROUND_HALF_DOWN',
  'ROUND_HALF_EVEN',
  'ROUND_05UP',
] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** Signals in the order in which CPython asks for their traps. */
export const SIGNALS = [
  'InvalidOperation',
  'FloatOperation',
  'DivisionByZero',
  'Overflow',
  'Underflow',
  'Subnormal',
  'Inexact',
  'Rounded',
  'Clamped',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** Conditions that are invalid operations of a special kind. */
export const INVALID = ['ConversionSyntax', 'DivisionImpossible', 'DivisionUndefined', 'InvalidContext'] as const;
export type Condition = Signal | (typeof INVALID)[number];

export interface Context {
  readonly prec: number;
  readonly rounding: Rounding;
  readonly emin: number;
  readonly emax: number;
  readonly capitals: number;
  readonly clamp: number;
  readonly traps: ReadonlySet<Signal>;
}

export const DEFAULT_CONTEXT: Context = {
  prec: 28,
  rounding: 'ROUND_HALF_EVEN',
  emin: -999999,
  emax: 999999,
  capitals: 1,
  clamp: 0,
  traps: new Set<Signal>(['InvalidOperation', 'DivisionByZero', 'Overflow']),
};

/** The widest context: for what is to be exact or rounded once, at the end. */
export const WIDE: Context = { ...DEFAULT_CONTEXT, prec: 1e9, emin: -1e15, emax: 1e15 };

/** What an operation takes, beside work on many digits. */
const OPERATION_STEPS = 12;

/** One operation: its context and the conditions that it has met. */
export class Run {
  readonly context: Context;
  readonly met = new Set<Condition>();
  /** Those that set their flag, and are never raised. */
  readonly noted = new Set<Condition>();

  constructor(context: Context) {
    this.context = context;
    vm.step(OPERATION_STEPS);
  }

  meet(...conditions: readonly Condition[]): void {
    for (const condition of conditions) this.met.add(condition);
  }

  /** The result of an invalid operation. */
  invalid(condition: Condition = 'InvalidOperation'): Decimal {
    this.meet(condition);
    return NAN;
  }
}

/** What is cut off, `rest` of `unit`: whether what is kept grows by one. */
export function roundsUp(mode: Rounding, negative: boolean, kept: bigint, rest: bigint, unit: bigint): boolean {
  if (rest === 0n) return false;
  const twice = rest * 2n;
  switch (mode) {
    case 'ROUND_UP':
      return true;
    case 'ROUND_DOWN':
      return false;
    case 'ROUND_CEILING':
      return !negative;
    case 'ROUND_FLOOR':
      return negative;
    case 'ROUND_HALF_UP':
      return twice >= unit;
    case 'ROUND_HALF_DOWN':
      return twice > unit;
    case 'ROUND_05UP':
      return kept % 5n === 0n;
    default:
      return twice > unit || (twice === unit && kept % 2n === 1n);
  }
}

/** The value with another exponent; digits that go are rounded. `exact` tells that none of them counted. */
export function rescaled(value: Decimal, exponent: number, mode: Rounding): { value: Decimal; exact: boolean } {
  if (value.exponent >= exponent) {
    const coefficient = value.coefficient === 0n ? 0n : raised(value.coefficient, value.exponent - exponent);
    return { value: { ...value, coefficient, exponent }, exact: true };
  }
  const gone = exponent - value.exponent;
  // Far below the last digit that stays the value is the same as a tenth of it.
  const unit = gone > digitCount(value.coefficient) + 1 ? 10n * value.coefficient + 1n : power10(gone);
  const [kept, rest] = intDivmod(value.coefficient, unit);
  const up = roundsUp(mode, value.negative, kept, rest, unit);
  return { value: { ...value, coefficient: up ? kept + 1n : kept, exponent }, exact: rest === 0n };
}

/** What a number beyond the range becomes: an infinity, or the greatest number where rounding goes towards zero. */
function overflowed(negative: boolean, run: Run): Decimal {
  const { rounding, prec, emax } = run.context;
  run.meet('Overflow', 'Inexact', 'Rounded');
  const towardsZero =
    rounding === 'ROUND_DOWN' ||
    rounding === 'ROUND_05UP' ||
    (rounding === 'ROUND_CEILING' && negative) ||
    (rounding === 'ROUND_FLOOR' && !negative);
  return towardsZero ? number(power10(prec) - 1n, emax - prec + 1, negative) : infinity(negative);
}

/** A NaN with no more of its payload than the context holds. */
export function fittedNaN(value: Decimal, { prec, clamp }: Context): Decimal {
  const most = prec - clamp;
  if (value.coefficient === 0n || digitCount(value.coefficient) <= most) return value;
  return { ...value, coefficient: most > 0 ? value.coefficient % power10(most) : 0n };
}

/** The value as a result: within the precision and the range of the context. */
export function fitted(value: Decimal, run: Run): Decimal {
  const { context } = run;
  if (value.special === 'inf') return value;
  if (value.special !== undefined) return fittedNaN(value, context);
  const { prec, emin, emax, clamp, rounding } = context;
  const tiny = emin - prec + 1;
  const top = emax - prec + 1;
  if (isZero(value)) {
    const exponent = Math.min(Math.max(value.exponent, tiny), clamp === 1 ? top : emax);
    if (exponent === value.exponent) return value;
    run.meet('Clamped');
    return { ...value, exponent };
  }
  const digits = digitCount(value.coefficient);
  if (value.exponent + digits - 1 > emax) return overflowed(value.negative, run);
  const isSubnormal = value.exponent + digits - 1 < emin;
  if (isSubnormal) run.meet('Subnormal');
  const least = Math.max(value.exponent + digits - prec, tiny);
  if (value.exponent < least) return cutTo(value, least, isSubnormal, run);
  if (clamp === 1 && value.exponent > top) {
    run.meet('Clamped');
    return rescaled(value, top, rounding).value;
  }
  return value;
}

function cutTo(value: Decimal, exponent: number, isSubnormal: boolean, run: Run): Decimal {
  const { prec, emax, clamp, rounding } = run.context;
  const { value: cut, exact } = rescaled(value, exponent, rounding);
  let result = cut;
  if (digitCount(result.coefficient) > prec)
    result = { ...result, coefficient: result.coefficient / 10n, exponent: result.exponent + 1 };
  if (result.coefficient !== 0n && result.exponent + digitCount(result.coefficient) - 1 > emax)
    return overflowed(value.negative, run);
  run.meet('Rounded');
  if (!exact) run.meet('Inexact');
  if (!exact && isSubnormal) run.meet('Underflow');
  if (isZero(result)) run.meet('Clamped');
  const top = emax - prec + 1;
  return clamp === 1 && result.exponent > top ? rescaled(result, top, rounding).value : result;
}

/** Where an operand is a NaN, the result: the first signalling one, else the first. */
export function nanOf(run: Run, ...values: readonly Decimal[]): Decimal | undefined {
  const loud = values.find(value => value.special === 'snan');
  if (loud !== undefined) {
    run.meet('InvalidOperation');
    return fittedNaN({ ...loud, special: 'nan' }, run.context);
  }
  const quiet = values.find(value => value.special === 'nan');
  return quiet === undefined ? undefined : fittedNaN(quiet, run.context);
}
