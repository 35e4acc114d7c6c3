/** Checks that the classes of `datetime` share: numbers of years, hours and so on as arguments. */
import { raise } from '../../../python/runtime/errors';
import { floatClass, intClass, isInstance, type PyObject, unwrap, type Value } from '../../../python/runtime/objects';
import { indexOf, toFloat } from '../../../python/runtime/operations';
import { FIRST_YEAR, LAST_YEAR, monthLength } from './days';

/** The integer that a value is by its class (booleans included), or undefined. */
export function asInteger(value: Value): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (!isInstance(value, intClass)) return undefined;
  const plain = unwrap(value);
  return typeof plain === 'boolean' ? BigInt(plain) : (plain as bigint);
}

/** The float that a value is by its class, one of numpy's included, or undefined. */
export function asFloat(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return isInstance(value, floatClass) ? toFloat(value) : undefined;
}

/** An argument that CPython keeps in a C int. */
export function intField(value: Value): number {
  const index = indexOf(value);
  if (BigInt.asIntN(64, index) !== index) throw raise('OverflowError', 'Python int too large to convert to C long');
  if (BigInt.asIntN(32, index) !== index)
    throw raise('OverflowError', `signed integer is ${index > 0n ? 'greater than maximum' : 'less than minimum'}`);
  return Number(index);
}

/** Refuses what is no day of the calendar. */
export function checkDay(year: number, month: number, day: number): void {
  if (year < FIRST_YEAR || year > LAST_YEAR) throw raise('ValueError', `year ${year} is out of range`);
  if (month < 1 || month > 12) throw raise('ValueError', 'month must be in 1..12');
  if (day < 1 || day > monthLength(year, month)) throw raise('ValueError', 'day is out of range for month');
}

/** A time of day; `micro` is the part below a second in microseconds. */
export interface ClockFields {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
}

const CLOCK_LIMITS = [
  ['hour', 23],
  ['minute', 59],
  ['second', 59],
  ['microsecond', 999_999],
] as const;

/** Microseconds since midnight of a time given in parts. */
export function clockOf(parts: readonly number[]): number {
  CLOCK_LIMITS.forEach(([name, most], at) => {
    if (parts[at]! < 0 || parts[at]! > most) throw raise('ValueError', `${name} must be in 0..${most}`);
  });
  const [hour, minute, second, micro] = parts as [number, number, number, number];
  return ((hour * 60 + minute) * 60 + second) * 1e6 + micro;
}

export function clockFields(clock: number): ClockFields {
  const seconds = Math.floor(clock / 1e6);
  return {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: clock % 1e6,
  };
}

/** What making a date or a duration takes, its arithmetic included. */
export const MADE_STEPS = 12;

/** The `fold` argument: which of two times that a clock shows twice. */
export function foldOf(value: Value | undefined): number {
  const fold = value === undefined ? 0 : intField(value);
  if (fold !== 0 && fold !== 1) throw raise('ValueError', 'fold must be either 0 or 1');
  return fold;
}

/** The name that representations show: with the module for classes of the library. */
export function shownName(obj: PyObject): string {
  return obj.cls.errorName ?? obj.cls.name;
}

export const two = (value: number): string => String(value).padStart(2, '0');
