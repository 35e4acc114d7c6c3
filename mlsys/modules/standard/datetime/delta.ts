/** `timedelta`: a whole number of microseconds. */
import { raise } from '../../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../../python/runtime/native';
import { floatRatio, floatToInt } from '../../../python/runtime/numbers/floats';
import { intDivide, intDivmod, intModulo, intTrueDivide } from '../../../python/runtime/numbers/integers';
import {
  NotImplemented,
  nativeClass,
  type PyClass,
  PyObject,
  PyTuple,
  type Value,
} from '../../../python/runtime/objects';
import { hash, typeName } from '../../../python/runtime/operations';
import { vm } from '../../../python/runtime/vm';
import { asFloat, asInteger, MADE_STEPS } from './fields';

export const MICROSECOND = 1n;
export const SECOND = 1_000_000n;
export const DAY = 86_400n * SECOND;
const MOST_DAYS = 999_999_999n;

export const deltaClass = nativeClass('timedelta', undefined, 'datetime');
deltaClass.errorName = 'datetime.timedelta';

export class PyDelta extends PyObject {
  /** The whole length in microseconds. */
  readonly span: bigint;
  constructor(span: bigint, cls: PyClass = deltaClass) {
    super(cls);
    vm.step(MADE_STEPS);
    this.span = span;
    if (!cls.native) this.attrs = new Map();
  }

  get days(): bigint {
    return intDivide(this.span, DAY);
  }

  /** Seconds of the day. */
  get seconds(): bigint {
    return intModulo(this.span, DAY) / SECOND;
  }

  get microseconds(): bigint {
    return intModulo(this.span, SECOND);
  }
}

/** A timedelta of so many microseconds, if there is one. */
export function makeDelta(span: bigint, cls: PyClass = deltaClass): PyDelta {
  const days = intDivide(span, DAY);
  if (days > MOST_DAYS || days < -MOST_DAYS) {
    if (BigInt.asIntN(32, days) !== days) throw raise('OverflowError', 'Python int too large to convert to C int');
    throw raise('OverflowError', `days=${days}; must have magnitude <= ${MOST_DAYS}`);
  }
  return new PyDelta(span, cls);
}

/** The units of the constructor in the order of their parameters. */
const UNITS: readonly (readonly [string, bigint])[] = [
  ['days', DAY],
  ['seconds', SECOND],
  ['microseconds', MICROSECOND],
  ['milliseconds', 1_000n],
  ['minutes', 60n * SECOND],
  ['hours', 3_600n * SECOND],
  ['weeks', 7n * DAY],
];
/** The order in which what floats leave below a microsecond is summed: floats round on the way. */
const SUMMED = [2, 3, 1, 4, 5, 0, 6];

/** The sum of the parts, to the nearest microsecond; the even one of two. */
function sumOf(parts: readonly (Value | undefined)[]): bigint {
  let whole = 0n;
  let below = 0;
  for (const at of SUMMED) {
    const part = parts[at];
    if (part === undefined) continue;
    const [name, unit] = UNITS[at]!;
    const float = asFloat(part);
    if (float !== undefined) {
      const seconds = floatToInt(float);
      const scaled = (float % 1) * Number(unit);
      whole += seconds * unit + BigInt(Math.trunc(scaled));
      below += scaled % 1;
      continue;
    }
    const count = asInteger(part);
    if (count === undefined)
      throw raise('TypeError', `unsupported type for timedelta ${name} component: ${typeName(part)}`);
    whole += count * unit;
  }
  return below === 0 ? whole : whole + nearestTo(below, whole % 2n !== 0n);
}

/** A float to the nearest integer; of two the one that makes an even sum with an odd or even number. */
function nearestTo(value: number, odd: boolean): bigint {
  const low = Math.floor(value);
  const over = value - low;
  const up = over === 0.5 ? (low % 2 !== 0) !== odd : over > 0.5;
  return BigInt(up ? low + 1 : low);
}

/** `a / b` to the nearest integer, the even one of two. */
export function nearestQuotient(a: bigint, b: bigint): bigint {
  const [low, rest] = intDivmod(a, b);
  const twice = 2n * (rest < 0n ? -rest : rest);
  const size = b < 0n ? -b : b;
  return twice > size || (twice === size && low % 2n !== 0n) ? low + 1n : low;
}

const padded = (value: bigint, width: number) => String(value).padStart(width, '0');

function textOf(self: PyDelta): string {
  const { days, seconds, microseconds } = self;
  const count = days === 0n ? '' : `${days} day${days === 1n || days === -1n ? '' : 's'}, `;
  const clock = `${seconds / 3600n}:${padded((seconds / 60n) % 60n, 2)}:${padded(seconds % 60n, 2)}`;
  return `${count}${clock}${microseconds === 0n ? '' : `.${padded(microseconds, 6)}`}`;
}

function reprOf(self: PyDelta): string {
  const parts = (['days', 'seconds', 'microseconds'] as const)
    .filter(name => self[name] !== 0n)
    .map(name => `${name}=${self[name]}`);
  return `${self.cls.errorName ?? self.cls.name}(${parts.join(', ') || '0'})`;
}

/** `self * factor`, exact for integers, else by the exact value of the float. */
function times(self: PyDelta, factor: Value): Value {
  const float = asFloat(factor);
  if (float !== undefined) {
    const [above, below] = floatRatio(float);
    return makeDelta(nearestQuotient(self.span * above, below));
  }
  const count = asInteger(factor);
  return count === undefined ? NotImplemented : makeDelta(self.span * count);
}

function over(self: PyDelta, other: Value): Value {
  if (other instanceof PyDelta) return intTrueDivide(self.span, other.span);
  const float = asFloat(other);
  if (float !== undefined) {
    const [above, below] = floatRatio(float);
    return makeDelta(nearestQuotient(self.span * below, above));
  }
  const count = asInteger(other);
  return count === undefined ? NotImplemented : makeDelta(nearestQuotient(self.span, count));
}

function overWhole(self: PyDelta, other: Value): Value {
  if (other instanceof PyDelta) return intDivide(self.span, other.span);
  const count = asInteger(other);
  return count === undefined ? NotImplemented : makeDelta(intDivide(self.span, count));
}

/** An operator between two timedeltas. */
const between = (body: (a: bigint, b: bigint) => Value) => (self: PyDelta, other: Value) =>
  other instanceof PyDelta ? body(self.span, other.span) : NotImplemented;

export function setUpDelta(): void {
  defineConstructor(
    deltaClass,
    '__new__(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)',
    (cls: PyClass, ...parts: (Value | undefined)[]) => makeDelta(sumOf(parts), cls),
  );
  defineProperties(deltaClass, {
    days: (self: PyDelta) => self.days,
    seconds: (self: PyDelta) => self.seconds,
    microseconds: (self: PyDelta) => self.microseconds,
  });
  const sum = between((a, b) => makeDelta(a + b));
  defineMethods(deltaClass, {
    'total_seconds()': (self: PyDelta) => intTrueDivide(self.span, SECOND),
    '__repr__()': reprOf,
    '__str__()': textOf,
    '__hash__()': (self: PyDelta) => hash(new PyTuple([self.days, self.seconds, self.microseconds])),
    '__bool__()': (self: PyDelta) => self.span !== 0n,
    '__pos__()': (self: PyDelta) => makeDelta(self.span),
    '__neg__()': (self: PyDelta) => makeDelta(-self.span),
    '__abs__()': (self: PyDelta) => makeDelta(self.span < 0n ? -self.span : self.span),
    '__add__(value, /)': sum,
    '__radd__(value, /)': sum,
    '__sub__(value, /)': between((a, b) => makeDelta(a - b)),
    '__rsub__(value, /)': between((a, b) => makeDelta(b - a)),
    '__mul__(value, /)': times,
    '__rmul__(value, /)': times,
    '__truediv__(value, /)': over,
    '__floordiv__(value, /)': overWhole,
    '__mod__(value, /)': between((a, b) => makeDelta(intModulo(a, b))),
    '__divmod__(value, /)': between((a, b) => {
      const [quotient, rest] = intDivmod(a, b);
      return new PyTuple([quotient, makeDelta(rest)]);
    }),
    '__eq__(value, /)': between((a, b) => a === b),
    '__ne__(value, /)': between((a, b) => a !== b),
    '__lt__(value, /)': between((a, b) => a < b),
    '__le__(value, /)': between((a, b) => a <= b),
    '__gt__(value, /)': between((a, b) => a > b),
    '__ge__(value, /)': between((a, b) => a >= b),
    '__copy__()': (self: PyDelta) => self,
    '__deepcopy__(memo, /)': (self: PyDelta) => self,
  });
  deltaClass.setAttribute('min', makeDelta(-MOST_DAYS * DAY));
  deltaClass.setAttribute('max', makeDelta((MOST_DAYS + 1n) * DAY - 1n));
  deltaClass.setAttribute('resolution', makeDelta(MICROSECOND));
}
