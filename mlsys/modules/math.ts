/** The module `math`. Integer functions are in `mathIntegers.ts`. */

import { intOf } from '../python/builtins/support';
import { raise } from '../python/runtime/errors';
import { fn } from '../python/runtime/native';
import { hasSign, isNegative, negated } from '../python/runtime/numbers/decimal';
import { erf, erfc } from '../python/runtime/numbers/elementary/errorFunction';
import { exp, exp2 } from '../python/runtime/numbers/elementary/exponential';
import { gamma, logGamma } from '../python/runtime/numbers/elementary/gamma';
import {
  acosh,
  asinh,
  atanh,
  cbrt,
  cosh,
  expm1,
  log1p,
  sinh,
  tanh,
} from '../python/runtime/numbers/elementary/hyperbolic';
import { log, log2, log10 } from '../python/runtime/numbers/elementary/logarithm';
import { pow } from '../python/runtime/numbers/elementary/power';
import {
  arcCosine,
  arcSine,
  arcTangent,
  arcTangent2,
  cosine,
  sine,
  tangent,
} from '../python/runtime/numbers/elementary/trigonometric';
import { floatDivide, floatToInt } from '../python/runtime/numbers/floats';
import { bitLength, scale, splitExponent } from '../python/runtime/numbers/integers';
import { type NativeFunction, PyModule, PyTuple, type Value } from '../python/runtime/objects';
import { callSpecial, hasIndex, indexOf, special, toFloat, typeName } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { integerFunctions } from './mathIntegers';
import { sumFunctions } from './mathSums';
import { registerModule } from './registry';

export function domainError() {
  return raise('ValueError', 'math domain error');
}

export function rangeError() {
  return raise('OverflowError', 'math range error');
}

/** What an elementary function takes, and one of a number that is large for an angle. */
const REAL_STEPS = 12;
const LARGE_ARGUMENT = 1e6;
const LARGE_STEPS = 40;

/** A function of one float: NaN from a number is a domain error, an infinity a range or a domain error. */
function real(name: string, body: (x: number) => number, overflows = false): NativeFunction {
  return fn(`math.${name}(x, /)`, (value: Value) => {
    const x = toFloat(value);
    if (Number.isNaN(x)) return x;
    vm.step(Math.abs(x) > LARGE_ARGUMENT ? LARGE_STEPS : REAL_STEPS);
    const result = body(x);
    if (Number.isNaN(result)) throw domainError();
    if (!Number.isFinite(result) && Number.isFinite(x)) throw overflows ? rangeError() : domainError();
    return result;
  });
}

/** NaN outside of the domain, so that `real` complains. */
const within = (holds: (x: number) => boolean, body: (x: number) => number) => (x: number) =>
  holds(x) ? body(x) : Number.NaN;

/** A function that takes as long as several elementary ones. */
const composed = (body: (x: number) => number) => (x: number) => {
  vm.step(3 * REAL_STEPS);
  return body(x);
};

const finite = (body: (x: number) => number) => within(Number.isFinite, body);

/** A logarithm, of ints of any size. */
function logarithm(value: Value, body: (x: number) => number): number {
  vm.step(REAL_STEPS);
  const int = intOf(value);
  if (int === undefined) {
    const x = toFloat(value);
    if (x <= 0) throw domainError();
    return body(x);
  }
  if (int <= 0n) throw domainError();
  const near = Number(int);
  if (Number.isFinite(near)) return body(near);
  const bits = bitLength(int);
  const shift = bits - 64;
  const [fraction, more] = splitExponent(Number(int >> BigInt(shift)));
  return body(fraction) + body(2) * (shift + more);
}

function logBase(value: Value, base: Value | undefined): number {
  const top = logarithm(value, log);
  return base === undefined ? top : floatDivide(top, logarithm(base, log));
}

function power(a: Value, b: Value): number {
  const x = toFloat(a);
  const y = toFloat(b);
  vm.step(2 * REAL_STEPS);
  const result = pow(x, y);
  if (Number.isFinite(x) && Number.isFinite(y)) {
    if (Number.isNaN(result)) throw domainError();
    if (!Number.isFinite(result)) throw x === 0 ? domainError() : rangeError();
  }
  return result;
}

function fmod(a: Value, b: Value): number {
  const x = toFloat(a);
  const y = toFloat(b);
  const result = x % y;
  if (Number.isNaN(result) && !Number.isNaN(x) && !Number.isNaN(y)) throw domainError();
  return result;
}

/** IEEE remainder: to the nearest multiple, ties to the even one. */
function remainder(a: Value, b: Value): number {
  const x = toFloat(a);
  const y = toFloat(b);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (!Number.isFinite(x) || y === 0) throw domainError();
  if (!Number.isFinite(y)) return x;
  const size = Math.abs(x);
  const step = Math.abs(y);
  const rest = size % step;
  const other = step - rest;
  let result: number;
  if (rest < other) result = rest;
  else if (rest > other) result = -other;
  else result = rest - 2 * ((0.5 * (size - rest)) % step);
  return isNegative(x) ? -result : result;
}

function ldexp(value: Value, exponent: Value): number {
  const x = toFloat(value);
  if (intOf(exponent) === undefined && !(typeof exponent === 'object' && hasIndex(exponent)))
    throw raise('TypeError', 'Expected an int as second argument to ldexp.');
  const power = indexOf(exponent);
  if (x === 0 || !Number.isFinite(x)) return x;
  if (power > 100000n) throw rangeError();
  if (power < -100000n) return isNegative(x) ? -0 : 0;
  const result = scale(x, Number(power));
  if (!Number.isFinite(result)) throw rangeError();
  return result;
}

const view = new DataView(new ArrayBuffer(8));

/** The double so many steps from `x` towards `y`. */
function nextAfter(x: number, y: number, steps: bigint): number {
  if (x === y) return y;
  // Doubles in order: their bits as sign and magnitude.
  const ordinal = (value: number): bigint => {
    view.setFloat64(0, value);
    const bits = view.getBigUint64(0);
    return bits >> 63n === 1n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const from = ordinal(x);
  const to = ordinal(y);
  const distance = to > from ? to - from : from - to;
  if (steps >= distance) return y;
  const at = to > from ? from + steps : from - steps;
  view.setBigUint64(0, at < 0n ? -at | (1n << 63n) : at);
  const result = view.getFloat64(0);
  return result === 0 && isNegative(x) ? -0 : result;
}

function ulp(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(size)) return size;
  const next = nextAfter(size, Number.POSITIVE_INFINITY, 1n);
  return Number.isFinite(next) ? next - size : size - nextAfter(size, 0, 1n);
}

/** `math.isclose` */
export function isClose(a: number, b: number, relative: number, absolute: number): boolean {
  if (relative < 0 || absolute < 0) throw raise('ValueError', 'tolerances must be non-negative');
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const difference = Math.abs(b - a);
  return difference <= Math.abs(relative * b) || difference <= Math.abs(relative * a) || difference <= absolute;
}

/** `floor`, `ceil` and `trunc`: by the special method of the value's class, or as a float. */
function rounding(name: 'floor' | 'ceil', body: (x: number) => number): NativeFunction {
  return fn(`math.${name}(x, /)`, (value: Value) => {
    if (typeof value !== 'number') {
      const method = special(value, `__${name}__`);
      if (method !== undefined && method !== null) return callSpecial(method, value, []);
    }
    return floatToInt(body(toFloat(value)));
  });
}

function truncate(value: Value): Value {
  const method = special(value, '__trunc__');
  if (method === undefined || method === null)
    throw raise('TypeError', `type ${typeName(value)} doesn't define __trunc__ method`);
  return callSpecial(method, value, []);
}

const FUNCTIONS: readonly NativeFunction[] = [
  real(
    'acos',
    within(x => Math.abs(x) <= 1, arcCosine),
  ),
  real(
    'acosh',
    within(x => x >= 1, acosh),
  ),
  real(
    'asin',
    within(x => Math.abs(x) <= 1, arcSine),
  ),
  real('asinh', asinh),
  real('atan', arcTangent),
  real(
    'atanh',
    within(x => Math.abs(x) < 1, atanh),
  ),
  real('cbrt', cbrt),
  real('cos', finite(cosine)),
  real('cosh', cosh, true),
  // Unlike the others this one overflows without an error.
  fn('math.degrees(x, /)', (value: Value) => toFloat(value) * (180 / Math.PI)),
  real('erf', composed(erf)),
  real('erfc', composed(erfc)),
  real('exp', exp, true),
  real('exp2', exp2, true),
  real('expm1', expm1, true),
  real('fabs', Math.abs),
  real('gamma', composed(gamma), true),
  real('lgamma', composed(logGamma), true),
  real(
    'log1p',
    within(x => x > -1, log1p),
  ),
  real('radians', x => x * (Math.PI / 180)),
  real('sin', finite(sine)),
  real('sinh', sinh, true),
  real('sqrt', Math.sqrt),
  real('tan', finite(tangent)),
  real('tanh', tanh),
  rounding('floor', Math.floor),
  rounding('ceil', Math.ceil),
  fn('math.trunc(x, /)', truncate),
  fn('math.log(x, base=None, /)', logBase),
  fn('math.log2(x, /)', (value: Value) => logarithm(value, log2)),
  fn('math.log10(x, /)', (value: Value) => logarithm(value, log10)),
  fn('math.pow(_x, _y)', power),
  fn('math.fmod(_x, _y)', fmod),
  fn('math.remainder(_x, _y)', remainder),
  fn('math.atan2(_y, _x)', (y: Value, x: Value) => {
    vm.step(REAL_STEPS);
    return arcTangent2(toFloat(y), toFloat(x));
  }),
  fn('math.copysign(_x, _y)', (x: Value, y: Value) => {
    const size = toFloat(x);
    return hasSign(toFloat(y)) === hasSign(size) ? size : negated(size);
  }),
  fn('math.isnan(x, /)', (value: Value) => Number.isNaN(toFloat(value))),
  fn('math.isinf(x, /)', (value: Value) => Math.abs(toFloat(value)) === Number.POSITIVE_INFINITY),
  fn('math.isfinite(x, /)', (value: Value) => Number.isFinite(toFloat(value))),
  fn(
    'math.isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)',
    (a: Value, b: Value, relative: Value | undefined, absolute: Value | undefined) =>
      isClose(
        toFloat(a),
        toFloat(b),
        relative === undefined ? 1e-9 : toFloat(relative),
        absolute === undefined ? 0 : toFloat(absolute),
      ),
  ),
  fn('math.modf(x, /)', (value: Value) => {
    const x = toFloat(value);
    const whole = Math.trunc(x);
    const sign = isNegative(x) ? -0 : 0;
    if (!Number.isFinite(x)) return new PyTuple([Number.isNaN(x) ? x : sign, x]);
    return new PyTuple([x === whole ? sign : x - whole, whole]);
  }),
  fn('math.frexp(x, /)', (value: Value) => {
    const [fraction, exponent] = splitExponent(toFloat(value));
    return new PyTuple([fraction, BigInt(exponent)]);
  }),
  fn('math.ldexp(x, i, /)', ldexp),
  fn('math.nextafter(x, y, /, *, steps=None)', (x: Value, y: Value, steps: Value | undefined) => {
    const count = steps === undefined || steps === null ? 1n : indexOf(steps);
    if (count < 0n) throw raise('ValueError', 'steps must be a non-negative integer');
    const from = toFloat(x);
    const to = toFloat(y);
    // Of two that are no numbers the first is given where steps are counted, else the second.
    if (Number.isNaN(from)) return (steps ?? null) === null && Number.isNaN(to) ? to : from;
    if (count === 0n) return from;
    if (Number.isNaN(to)) return to;
    const next = nextAfter(from, to, count);
    // One step, as C takes it, keeps the sign of where it came from; counted ones end at the other number itself.
    return next === 0 && from !== 0 && (steps ?? null) === null ? (isNegative(from) ? -0 : 0) : next;
  }),
  fn('math.ulp(x, /)', (value: Value) => ulp(toFloat(value))),
];

/** Makes the module. */
export function loadMath(): PyModule {
  const module = new PyModule('math');
  module.attrs.set('__name__', 'math');
  for (const one of [...FUNCTIONS, ...integerFunctions, ...sumFunctions]) module.attrs.set(one.name, one);
  module.attrs.set('pi', Math.PI);
  module.attrs.set('e', Math.E);
  module.attrs.set('tau', 2 * Math.PI);
  module.attrs.set('inf', Number.POSITIVE_INFINITY);
  module.attrs.set('nan', Number.NaN);
  return module;
}

/** Makes `math` importable. */
export function registerMath(): void {
  registerModule('math', loadMath);
}
