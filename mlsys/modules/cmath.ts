/** The module `cmath`. */
import { toComplex } from '../python/builtins/floats';
import { raise } from '../python/runtime/errors';
import { fn } from '../python/runtime/native';
import { complexAbs, complexDivide, hypotenuse } from '../python/runtime/numbers/complex';
import { isNegative } from '../python/runtime/numbers/decimal';
import { exp } from '../python/runtime/numbers/elementary/exponential';
import { asinh, cosh, log1p, sinh, tanh } from '../python/runtime/numbers/elementary/hyperbolic';
import { log } from '../python/runtime/numbers/elementary/logarithm';
import { arcTangent2, cosine, sine, tangent } from '../python/runtime/numbers/elementary/trigonometric';
import { type NativeFunction, PyComplex, PyModule, PyTuple, type Value } from '../python/runtime/objects';
import { toFloat, typeName } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { type Parts, rectangular, SPECIAL } from './cmathSpecial';
import { domainError, isClose, rangeError } from './math';
import { registerModule } from './registry';

type Complex = (z: PyComplex) => PyComplex;

const argument = (value: Value): PyComplex => toComplex(value, `must be real number, not ${typeName(value)}`);

const make = (re: number, im: number) => new PyComplex(re, im);
const withSign = (size: number, sign: number) => (isNegative(sign) ? -Math.abs(size) : Math.abs(size));

/** i z and -i z */
const turn = (z: PyComplex) => make(-z.im, z.re);
const turnBack = (z: PyComplex) => make(z.im, -z.re);

const squareRoot: Complex = z => {
  const { re, im } = z;
  if (re === 0 && im === 0) return make(0, im);
  if (!Number.isFinite(re) || !Number.isFinite(im)) return specialRoot(z);
  const x = Math.abs(re);
  const y = Math.abs(im);
  let s: number;
  if (x < Number.MIN_VALUE * 2 ** 52 && y < Number.MIN_VALUE * 2 ** 52 && (x > 0 || y > 0)) {
    const up = x * 2 ** 53;
    s = Math.sqrt(up + hypotenuse(up, y * 2 ** 53)) * 2 ** -27;
  } else {
    const part = x / 8;
    s = 2 * Math.sqrt(part + hypotenuse(part, y / 8));
  }
  const d = y / (2 * s);
  return re >= 0 ? make(s, withSign(d, im)) : make(d, withSign(s, im));
};

function specialRoot(z: PyComplex): PyComplex {
  const { re, im } = z;
  if (Math.abs(im) === Number.POSITIVE_INFINITY) return make(Number.POSITIVE_INFINITY, im);
  if (re === Number.POSITIVE_INFINITY) return make(re, Number.isNaN(im) ? im : withSign(0, im));
  if (re === Number.NEGATIVE_INFINITY)
    return Number.isNaN(im) ? make(im, Number.POSITIVE_INFINITY) : make(0, withSign(Number.POSITIVE_INFINITY, im));
  return make(Number.NaN, Number.NaN);
}

/** Beyond this a number is so large that its square, or a sum of two such, overflows. */
const HUGE = Number.MAX_VALUE / 4;
const isHuge = (z: PyComplex, limit = HUGE) => Math.abs(z.re) > limit || Math.abs(z.im) > limit;
/** Below this a float has fewer digits. */
const TINY = 2 ** -1022;

/** The logarithm of twice a number's size, for a huge one: there the inverse functions are that logarithm. */
const logarithmOfTwice = ({ re, im }: PyComplex) => log(hypotenuse(re / 2, im / 2)) + 2 * Math.LN2;

const logarithm: Complex = z => {
  const { re, im } = z;
  const x = Math.abs(re);
  const y = Math.abs(im);
  if (x === 0 && y === 0) throw domainError();
  let size: number;
  const h = hypotenuse(x, y);
  if (x === Number.POSITIVE_INFINITY || y === Number.POSITIVE_INFINITY) size = Number.POSITIVE_INFINITY;
  else if (x < TINY && y < TINY) size = log(hypotenuse(x * 2 ** 53, y * 2 ** 53)) - 53 * Math.LN2;
  else if (isHuge(z)) size = log(hypotenuse(x / 2, y / 2)) + Math.LN2;
  else if (h >= 0.71 && h <= 1.73) {
    const large = Math.max(x, y);
    const small = Math.min(x, y);
    size = log1p((large - 1) * (large + 1) + small * small) / 2;
  } else size = log(h);
  return make(size, arcTangent2(im, re));
};

const exponential: Complex = z => {
  const { re, im } = z;
  if (!Number.isFinite(im) && Number.isFinite(re)) throw domainError();
  const shift = re > 708 ? 1 : 0;
  const length = exp(re - shift);
  const grow = shift === 1 ? Math.E : 1;
  const result = make(length * cosine(im) * grow, im === 0 ? im : length * sine(im) * grow);
  if ((!Number.isFinite(result.re) || !Number.isFinite(result.im)) && Number.isFinite(re)) throw rangeError();
  return result;
};

/** Both hyperbolic functions of a large number overflow before their product with a sine does: e is taken out. */
function reduced({ re }: PyComplex): { part: number; factor: number } {
  return Math.abs(re) > 708 ? { part: re - withSign(1, re), factor: Math.E } : { part: re, factor: 1 };
}

const sinhComplex: Complex = z => {
  const { part, factor } = reduced(z);
  return make(cosine(z.im) * sinh(part) * factor, sine(z.im) * cosh(part) * factor);
};
const coshComplex: Complex = z => {
  const { part, factor } = reduced(z);
  return make(cosine(z.im) * cosh(part) * factor, sine(z.im) * sinh(part) * factor);
};

const tanhComplex: Complex = z => {
  const { re, im } = z;
  if (Math.abs(re) > 350) return make(withSign(1, re), 4 * sine(im) * cosine(im) * exp(-2 * Math.abs(re)));
  const tx = tanh(re);
  const ty = tangent(im);
  const cx = 1 / cosh(re);
  const txty = tx * ty;
  const denominator = 1 + txty * txty;
  return make((tx * (1 + ty * ty)) / denominator, (ty / denominator) * cx * cx);
};

const acosComplex: Complex = z => {
  if (isHuge(z)) return make(arcTangent2(Math.abs(z.im), z.re), withSign(logarithmOfTwice(z), -z.im));
  const s1 = squareRoot(make(1 - z.re, -z.im));
  const s2 = squareRoot(make(1 + z.re, z.im));
  return make(2 * arcTangent2(s1.re, s2.re), asinh(s2.re * s1.im - s2.im * s1.re));
};

const acoshComplex: Complex = z => {
  if (isHuge(z)) return make(logarithmOfTwice(z), arcTangent2(z.im, z.re));
  const s1 = squareRoot(make(z.re - 1, z.im));
  const s2 = squareRoot(make(z.re + 1, z.im));
  return make(asinh(s1.re * s2.re + s1.im * s2.im), 2 * arcTangent2(s1.im, s2.re));
};

const asinhComplex: Complex = z => {
  if (isHuge(z)) return make(withSign(logarithmOfTwice(z), z.re), arcTangent2(z.im, Math.abs(z.re)));
  const s1 = squareRoot(make(1 + z.im, -z.re));
  const s2 = squareRoot(make(1 - z.im, z.re));
  return make(asinh(s1.re * s2.im - s2.re * s1.im), arcTangent2(z.im, s1.re * s2.re - s1.im * s2.im));
};

const atanhComplex: Complex = z => {
  if (z.re < 0 || (z.re === 0 && isNegative(z.re))) {
    const other = atanhComplex(make(-z.re, -z.im));
    return make(-other.re, -other.im);
  }
  const { re, im } = z;
  if (isHuge(z, Math.sqrt(HUGE))) {
    const half = hypotenuse(re / 2, im / 2);
    return make(re / 4 / half / half, -withSign(Math.PI / 2, -im));
  }
  if (re === 1 && Math.abs(im) < 1e-154) {
    if (im === 0) throw domainError();
    const size = Math.abs(im);
    return make(-log(Math.sqrt(size) / Math.sqrt(hypotenuse(size, 2))), withSign(arcTangent2(2, -size) / 2, im));
  }
  const square = (1 - re) * (1 - re) + im * im;
  return make(log1p((4 * re) / square) / 4, -arcTangent2(-2 * im, (1 - re) * (1 + re) - im * im) / 2);
};

const asinComplex: Complex = z => turnBack(asinhComplex(turn(z)));
const atanComplex: Complex = z => turnBack(atanhComplex(turn(z)));
const sinComplex: Complex = z => turnBack(sinhComplex(turn(z)));
const cosComplex: Complex = z => coshComplex(turn(z));
const tanComplex: Complex = z => turnBack(tanhComplex(turn(z)));

function isFiniteComplex(z: PyComplex): boolean {
  return Number.isFinite(z.re) && Number.isFinite(z.im);
}

/** What a function of a complex number takes. */
const COMPLEX_STEPS = 30;

/** A special result; what has none is a domain error. */
function fromParts(parts: Parts | undefined): PyComplex {
  if (parts === undefined) throw domainError();
  return make(...parts);
}

function unary(name: string, body: Complex): NativeFunction {
  return fn(`cmath.${name}(z, /)`, (value: Value) => {
    vm.step(COMPLEX_STEPS);
    const z = argument(value);
    const special = isFiniteComplex(z) ? undefined : SPECIAL[name];
    if (special !== undefined) return fromParts(special(z.re, z.im));
    const result = body(z);
    // Domain errors are raised where they arise, so what is not finite here has overflowed on the way.
    if (isFiniteComplex(z) && !isFiniteComplex(result)) throw rangeError();
    return result;
  });
}

const LN10 = make(Math.LN10, 0);

const FUNCTIONS: readonly NativeFunction[] = [
  unary('acos', acosComplex),
  unary('acosh', acoshComplex),
  unary('asin', asinComplex),
  unary('asinh', asinhComplex),
  unary('atan', atanComplex),
  unary('atanh', atanhComplex),
  unary('cos', cosComplex),
  unary('cosh', coshComplex),
  unary('exp', exponential),
  unary('log10', z => {
    const { re, im } = logarithm(z);
    return make(re / LN10.re, im / LN10.re);
  }),
  unary('sin', sinComplex),
  unary('sinh', sinhComplex),
  unary('sqrt', squareRoot),
  unary('tan', tanComplex),
  unary('tanh', tanhComplex),
  fn('cmath.log(z, base=None, /)', (value: Value, base: Value | undefined) => {
    const top = logarithm(argument(value));
    return base === undefined ? top : complexDivide(top, logarithm(argument(base)));
  }),
  fn('cmath.phase(z, /)', (value: Value) => {
    const z = argument(value);
    return arcTangent2(z.im, z.re);
  }),
  fn('cmath.polar(z, /)', (value: Value) => {
    const z = argument(value);
    return new PyTuple([complexAbs(z), arcTangent2(z.im, z.re)]);
  }),
  fn('cmath.rect(r, phi, /)', (length: Value, angle: Value) => {
    const r = toFloat(length);
    const phi = toFloat(angle);
    if (!Number.isFinite(phi) || !Number.isFinite(r)) return fromParts(rectangular(r, phi));
    return phi === 0 ? make(r, r * phi) : make(r * cosine(phi), r * sine(phi));
  }),
  fn('cmath.isfinite(z, /)', (value: Value) => {
    const z = argument(value);
    return Number.isFinite(z.re) && Number.isFinite(z.im);
  }),
  fn('cmath.isnan(z, /)', (value: Value) => {
    const z = argument(value);
    return Number.isNaN(z.re) || Number.isNaN(z.im);
  }),
  fn('cmath.isinf(z, /)', (value: Value) => {
    const z = argument(value);
    return Math.abs(z.re) === Number.POSITIVE_INFINITY || Math.abs(z.im) === Number.POSITIVE_INFINITY;
  }),
  fn(
    'cmath.isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)',
    (a: Value, b: Value, relative: Value | undefined, absolute: Value | undefined) => {
      const rel = relative === undefined ? 1e-9 : toFloat(relative);
      const abs = absolute === undefined ? 0 : toFloat(absolute);
      if (rel < 0 || abs < 0) throw raise('ValueError', 'tolerances must be non-negative');
      const x = argument(a);
      const y = argument(b);
      if (x.re === y.re && x.im === y.im) return true;
      if (x.im === 0 && y.im === 0) return isClose(x.re, y.re, rel, abs);
      if (!isFiniteComplex(x) || !isFiniteComplex(y)) return false;
      const distance = complexAbs(make(x.re - y.re, x.im - y.im));
      return distance <= rel * complexAbs(y) || distance <= rel * complexAbs(x) || distance <= abs;
    },
  ),
];

/** Makes the module. */
export function loadCmath(): PyModule {
  const module = new PyModule('cmath');
  module.attrs.set('__name__', 'cmath');
  for (const one of FUNCTIONS) module.attrs.set(one.name, one);
  module.attrs.set('pi', Math.PI);
  module.attrs.set('e', Math.E);
  module.attrs.set('tau', 2 * Math.PI);
  module.attrs.set('inf', Number.POSITIVE_INFINITY);
  module.attrs.set('nan', Number.NaN);
  module.attrs.set('infj', make(0, Number.POSITIVE_INFINITY));
  module.attrs.set('nanj', make(0, Number.NaN));
  return module;
}

/** Makes `cmath` importable. */
export function registerCmath(): void {
  registerModule('cmath', loadCmath);
}
