/** Arithmetic of Python's int on bigint: floor division, powers, shifts, exact division, conversion to float. */
import { raise } from '../errors';
import { vm } from '../vm';

/** Below this size results are small enough to need no accounting. */
const SMALL = 1n << 256n;
const NEGATIVE_SMALL = -SMALL;

function isSmall(value: bigint): boolean {
  return value < SMALL && value > NEGATIVE_SMALL;
}

/** From this size on sums and comparisons are accounted for as well. */
const LARGE_BITS = 4096;
const LARGE = 1n << BigInt(LARGE_BITS);
const NEGATIVE_LARGE = -LARGE;

/** `met` once there was an integer so large that a sum of such takes its time; until then nothing else looks at sizes. */
export const largeIntegers = { met: false };

/** Number of bits of the absolute value. */
export function bitLength(value: bigint): number {
  let rest = value < 0n ? -value : value;
  let bits = 0;
  if (rest >= LARGE)
    // A shift by more than there is costs nothing, so this takes about as long as one sum.
    for (let shift = 2 ** 29; shift >= LARGE_BITS / 2; shift /= 2) {
      const high = rest >> BigInt(shift);
      if (high === 0n) continue;
      rest = high;
      bits += shift;
    }
  if (rest <= 0xffffffffn) return bits + (rest === 0n ? 0 : 32 - Math.clz32(Number(rest)));
  const digits = rest.toString(16);
  return bits + digits.length * 4 - Math.clz32(Number.parseInt(digits[0]!, 16)) + 28;
}

/** Accounts for an integer of so many bits before it is made, and for the steps that it takes. */
function chargeBits(bits: number, steps: number): void {
  if (bits > LARGE_BITS) {
    largeIntegers.met = true;
    vm.charge(Math.ceil(bits / 8));
  }
  vm.step(Math.min(Math.ceil(steps), Number.MAX_SAFE_INTEGER));
}

/** Accounts for an integer that a text or bytes spell. */
export function chargeSpelled(bits: number): void {
  if (bits > LARGE_BITS) chargeBits(bits, bits / 64);
}

/** From so many words on the product is found by halves: a word costs no more than with so many. */
const HALVING = 1024;

/** Steps of a product of two integers of so many bits. */
function productSteps(a: number, b: number): number {
  return (Math.max(a, b) / 64) * (Math.min(a, b, HALVING * 64) / 64 / 64);
}

/** Steps of a division. */
function quotientSteps(a: number, b: number): number {
  const rest = Math.max(0, a - b) + 64;
  return (Math.max(rest, b) / 64) * (Math.min(rest, b, 2 * HALVING * 64) / 64 / 40);
}

/** Accounts for a sum, a comparison or a bitwise operation, where one of the two is large. */
export function chargeSum(a: bigint, b: bigint): void {
  if (a < LARGE && a > NEGATIVE_LARGE && b < LARGE && b > NEGATIVE_LARGE) return;
  const bits = Math.max(bitLength(a), bitLength(b));
  chargeBits(bits, bits / 1024);
}

/** Accounts for work that goes once through an integer, such as its hash. */
export function chargeWords(value: bigint): void {
  if (value >= LARGE || value <= NEGATIVE_LARGE) vm.step(Math.ceil(bitLength(value) / 256));
}

/** `a * b`, with the size of the product accounted for. */
export function intMultiply(a: bigint, b: bigint): bigint {
  if (isSmall(a) && isSmall(b)) return a * b;
  const left = bitLength(a);
  const right = bitLength(b);
  chargeBits(left + right, productSteps(left, right));
  return a * b;
}

/** Accounts for `a / b` with its rest. */
function chargeQuotient(a: bigint, b: bigint): void {
  if (isSmall(a)) return;
  const left = bitLength(a);
  const right = bitLength(b);
  chargeBits(Math.max(left - right, right), quotientSteps(left, right));
}

/** `a // b`. */
export function intDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw raise('ZeroDivisionError', 'integer division or modulo by zero');
  if (largeIntegers.met) chargeQuotient(a, b);
  const quotient = a / b;
  return a < 0n !== b < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** `a % b`: the sign is that of `b`. */
export function intModulo(a: bigint, b: bigint): bigint {
  if (b === 0n) throw raise('ZeroDivisionError', 'integer modulo by zero');
  if (largeIntegers.met) chargeQuotient(a, b);
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

/** `divmod(a, b)`. */
export function intDivmod(a: bigint, b: bigint): [bigint, bigint] {
  if (b === 0n) throw raise('ZeroDivisionError', 'integer division or modulo by zero');
  const rest = intModulo(a, b);
  if (largeIntegers.met) chargeQuotient(a, b);
  return [(a - rest) / b, rest];
}

/** `base ** exponent` for an exponent of zero or more. */
export function intPowerNatural(base: bigint, exponent: bigint): bigint {
  if (base === 0n || base === 1n) return exponent === 0n ? 1n : base;
  if (base === -1n) return exponent % 2n === 0n ? 1n : -1n;
  const bits = bitLength(base) * Number(exponent);
  if (bits > 512) chargeBits(bits, productSteps(bits / 2, bits / 2) * 1.5);
  return base ** exponent;
}

/** `pow(base, exponent, modulus)` for integers. */
export function intPowerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus === 0n) throw raise('ValueError', 'pow() 3rd argument cannot be 0');
  const size = modulus < 0n ? -modulus : modulus;
  let power = exponent;
  let square = intModulo(base, size);
  if (power < 0n) {
    square = inverse(square, size);
    power = -power;
  }
  let result = 1n % size;
  const bits = bitLength(size);
  const cost = 1 + Math.ceil(2 * (productSteps(bits, bits) + quotientSteps(2 * bits, bits)));
  for (const bit of power.toString(2)) {
    vm.step(cost);
    result = (result * result) % size;
    if (bit === '1') result = (result * square) % size;
  }
  return modulus < 0n && result !== 0n ? result - size : result;
}

/** Inverse modulo `size` by the extended Euclidean algorithm. */
function inverse(value: bigint, size: bigint): bigint {
  let [a, b] = [value, size];
  let [x, y] = [1n, 0n];
  const cost = euclideanSteps(bitLength(size));
  while (b !== 0n) {
    vm.step(3 * cost);
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  if (a !== 1n && size !== 1n) throw raise('ValueError', 'base is not invertible for the given modulus');
  return intModulo(x, size);
}

/** Steps of one division of Euclid's algorithm, whose quotients are small. */
function euclideanSteps(bits: number): number {
  return 1 + Math.ceil(bits / 80);
}

/** `a << b`. */
export function intShiftLeft(a: bigint, b: bigint): bigint {
  if (b < 0n) throw raise('ValueError', 'negative shift count');
  if (a === 0n) return 0n;
  if (b > 9223372036854775807n) throw raise('OverflowError', 'too many digits in integer');
  if (b > 256n || largeIntegers.met) {
    const bits = bitLength(a) + Number(b);
    if (bits > 256) chargeBits(bits, bits / 1024);
  }
  return a << b;
}

/** `a >> b`. */
export function intShiftRight(a: bigint, b: bigint): bigint {
  if (b < 0n) throw raise('ValueError', 'negative shift count');
  if (b > 0x3fffffffn) return a < 0n ? -1n : 0n;
  if (largeIntegers.met) chargeSum(a, 0n);
  return a >> b;
}

/** `float(a)`: rounded half to even, OverflowError where it is too large. */
export function intToFloat(a: bigint): number {
  const near = Number(a);
  if (!Number.isFinite(near)) throw raise('OverflowError', 'int too large to convert to float');
  return near;
}

const EXACT = 9007199254740992n;

function isExact(value: bigint): boolean {
  return value <= EXACT && value >= -EXACT;
}

/** `a / b` for integers, correctly rounded at any size. */
export function intTrueDivide(a: bigint, b: bigint): number {
  if (b === 0n) throw raise('ZeroDivisionError', 'division by zero');
  // The sign counts even here: 0 / -5 is -0.0.
  if (a === 0n) return b < 0n ? -0 : 0;
  if (isExact(a) && isExact(b)) return Number(a) / Number(b);
  if (largeIntegers.met) chargeQuotient(a, b);
  const negative = a < 0n !== b < 0n;
  const top = a < 0n ? -a : a;
  const bottom = b < 0n ? -b : b;
  // 66 bits or more of the quotient and a sticky bit, unless the result is subnormal and has fewer to give.
  const shift = Math.min(66 - bitLength(top) + bitLength(bottom), 1076);
  const dividend = shift > 0 ? top << BigInt(shift) : top;
  const divisor = shift < 0 ? bottom << BigInt(-shift) : bottom;
  let quotient = dividend / divisor;
  if (quotient * divisor !== dividend) quotient |= 1n;
  const result = scale(Number(quotient), -shift);
  if (!Number.isFinite(result)) throw raise('OverflowError', 'integer division result too large for a float');
  return negative ? -result : result;
}

/** `value * 2 ** exponent`, rounded once. */
export function scale(value: number, exponent: number): number {
  let result = value;
  let left = exponent;
  while (left > 1000 && Number.isFinite(result) && result !== 0) {
    result *= 2 ** 1000;
    left -= 1000;
  }
  if (left > 1000) return result;
  if (left >= -1000) return result * 2 ** left;
  // Downwards only the last step may round: bring the magnitude near to 1 first.
  const [fraction, power] = splitExponent(result);
  const total = power + left;
  if (total < -1080) return fraction < 0 ? -0 : 0 * fraction;
  if (total >= -1020) return fraction * 2 ** total;
  return fraction * 2 ** (total + 100) * 2 ** -100;
}

const view = new DataView(new ArrayBuffer(8));

/** `frexp`: fraction of magnitude 0.5 to 1, and exponent. */
export function splitExponent(value: number): [number, number] {
  if (value === 0 || !Number.isFinite(value)) return [value, 0];
  view.setFloat64(0, value);
  let high = view.getUint32(0);
  let exponent = (high >>> 20) & 0x7ff;
  let bias = 1022;
  if (exponent === 0) {
    view.setFloat64(0, value * 2 ** 64);
    high = view.getUint32(0);
    exponent = (high >>> 20) & 0x7ff;
    bias += 64;
  }
  view.setUint32(0, (high & 0x800fffff) | (1022 << 20));
  return [view.getFloat64(0), exponent - bias];
}

/** `round(value, digits)` for an int: to a power of ten, half to even. */
export function intRound(value: bigint, digits: bigint): bigint {
  if (digits >= 0n) return value;
  if (-digits > BigInt(bitLength(value)) + 1n) return 0n;
  const unit = intPowerNatural(10n, -digits);
  vm.step(20);
  const low = intModulo(value, unit);
  const base = value - low;
  const twice = 2n * low;
  if (twice > unit || (twice === unit && (base / unit) % 2n !== 0n)) return base + unit;
  return base;
}

/** Integer square root of a value of zero or more. */
export function integerSquareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  const bits = bitLength(value);
  if (bits > 512) vm.step(Math.ceil(2 * Math.log2(bits) * quotientSteps(bits, bits / 2)));
  if (bits <= 52) return BigInt(Math.floor(Math.sqrt(Number(value))));
  // Newton's method from above, each step doubling the number of correct bits.
  let guess = 1n << BigInt((bits + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** Greatest common divisor, never negative. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  if (y > x) [x, y] = [y, x];
  if (largeIntegers.met) chargeQuotient(x, y === 0n ? 1n : y);
  const cost = euclideanSteps(bitLength(y));
  while (y !== 0n) {
    if (x <= EXACT && y <= EXACT) {
      let [small, rest] = [Number(x), Number(y)];
      while (rest !== 0) [small, rest] = [rest, small % rest];
      return BigInt(small);
    }
    vm.step(cost);
    [x, y] = [y, x % y];
  }
  return x;
}

/** Number of ones in the binary form of the absolute value. */
export function bitCount(value: bigint): number {
  if (value >= LARGE || value <= NEGATIVE_LARGE) chargeBits(bitLength(value), bitLength(value) / 8);
  const digits = (value < 0n ? -value : value).toString(2);
  let count = 0;
  for (let at = 0; at < digits.length; at++) if (digits.charCodeAt(at) === 49) count++;
  return count;
}
