/** Arithmetic and text of Python's complex. */
import { raise } from '../errors';
import { PyComplex } from '../objects';
import { vm } from '../vm';
import { isNegative } from './decimal';
import { exp } from './elementary/exponential';
import { log } from './elementary/logarithm';
import { pow } from './elementary/power';
import { arcTangent2, cosine, sine } from './elementary/trigonometric';
import { floatText } from './floats';

/** `repr` of a complex number. */
export function complexRepr(value: PyComplex): string {
  const im = `${floatText(value.im, false)}j`;
  if (value.re === 0 && !isNegative(value.re)) return im;
  const sign = isNegative(value.im) || Number.isNaN(value.im) ? '' : '+';
  const imaginary = Number.isNaN(value.im) ? '+nanj' : `${sign}${im}`;
  return `(${floatText(value.re, false)}${imaginary})`;
}

/** `a * b` as CPython rounds it. */
export function complexMultiply(a: PyComplex, b: PyComplex): PyComplex {
  return new PyComplex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}

/** Smith's method, as CPython divides. */
export function complexDivide(a: PyComplex, b: PyComplex): PyComplex {
  const re = Math.abs(b.re);
  const im = Math.abs(b.im);
  if (re >= im) {
    if (re === 0) throw raise('ZeroDivisionError', 'complex division by zero');
    const ratio = b.im / b.re;
    const size = b.re + b.im * ratio;
    return new PyComplex((a.re + a.im * ratio) / size, (a.im - a.re * ratio) / size);
  }
  if (im >= re) {
    const ratio = b.re / b.im;
    const size = b.re * ratio + b.im;
    return new PyComplex((a.re * ratio + a.im) / size, (a.im * ratio - a.re) / size);
  }
  return new PyComplex(Number.NaN, Number.NaN);
}

/** The absolute value; OverflowError where it is too large. */
export function complexAbs(value: PyComplex): number {
  const { re, im } = value;
  if (!Number.isFinite(re) || !Number.isFinite(im)) {
    if (Math.abs(re) === Number.POSITIVE_INFINITY || Math.abs(im) === Number.POSITIVE_INFINITY)
      return Number.POSITIVE_INFINITY;
    return Number.NaN;
  }
  const size = hypotenuse(re, im);
  if (!Number.isFinite(size)) throw raise('OverflowError', 'absolute value too large');
  return size;
}

/** sqrt(x² + y²), correctly rounded but for rare cases. */
export function hypotenuse(x: number, y: number): number {
  const a = Math.max(Math.abs(x), Math.abs(y));
  const b = Math.min(Math.abs(x), Math.abs(y));
  if (b === 0 || !Number.isFinite(a)) return a;
  const power = Math.floor(Math.log2(a));
  const up = power < -500 ? 2 ** 600 : power > 500 ? 2 ** -600 : 1;
  const [p, q] = [a * up, b * up];
  const root = Math.sqrt(p * p + q * q);
  if (up === 1 && b < a * 1e-9) return root;
  const rest = squareRest(p, q, root);
  return (root + rest / (2 * root)) / up;
}

/** p² + q² - root², exactly enough to correct the root. */
function squareRest(p: number, q: number, root: number): number {
  const pp = p * p;
  const qq = q * q;
  const rr = root * root;
  const total = pp + qq;
  const lost = pp - total + qq;
  return total - rr + (lost + squareError(p, pp) + squareError(q, qq) - squareError(root, rr));
}

function squareError(x: number, square: number): number {
  const split = 134217729 * x;
  const high = split - (split - x);
  const low = x - high;
  return high * high - square + 2 * high * low + low * low;
}

/** `a ** b` for complex numbers. */
export function complexPower(a: PyComplex, b: PyComplex): PyComplex {
  vm.step(20);
  if (b.im === 0 && Number.isInteger(b.re) && Math.abs(b.re) <= 100) return wholePower(a, b.re);
  if (b.re === 0 && b.im === 0) return new PyComplex(1, 0);
  if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) throw zeroPower();
    return new PyComplex(0, 0);
  }
  vm.step(100);
  const size = complexAbs(a);
  let length = pow(size, b.re);
  const angle = arcTangent2(a.im, a.re);
  let phase = angle * b.re;
  if (b.im !== 0) {
    length *= exp(-angle * b.im);
    phase += b.im * log(size);
  }
  // The sine of an infinity is an error of the same kind as a power of zero.
  if (Math.abs(phase) === Number.POSITIVE_INFINITY) throw zeroPower();
  const result = new PyComplex(length * cosine(phase), length * sine(phase));
  return checked(result);
}

function zeroPower() {
  return raise('ZeroDivisionError', '0.0 to a negative or complex power');
}

function checked(value: PyComplex): PyComplex {
  if ([value.re, value.im].some(part => Math.abs(part) === Number.POSITIVE_INFINITY))
    throw raise('OverflowError', 'complex exponentiation');
  return value;
}

function wholePower(a: PyComplex, n: number): PyComplex {
  if (n > 0) return checked(naturalPower(a, n));
  if (n === 0) return new PyComplex(1, 0);
  if (a.re === 0 && a.im === 0) throw zeroPower();
  return checked(complexDivide(new PyComplex(1, 0), naturalPower(a, -n)));
}

function naturalPower(a: PyComplex, n: number): PyComplex {
  let result = new PyComplex(1, 0);
  let square = a;
  for (let mask = 1; mask > 0 && n >= mask; mask *= 2) {
    if ((n & mask) !== 0) result = complexMultiply(result, square);
    square = complexMultiply(square, square);
  }
  return result;
}
