/** Constants to as many bits as wanted, by integer arithmetic: pi, ln 2, ln 10. */
import { type Pair, pair } from './pairs';

/** arctan(1/n), or artanh(1/n) where `sign` is 1, times `2 ** bits`. */
function inverseTangent(n: bigint, bits: number, sign: 1n | -1n): bigint {
  let power = (1n << BigInt(bits)) / n;
  const square = n * n;
  let total = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power = (sign * power) / square;
    total += power / k;
  }
  return total;
}

/** Computes with 32 bits to spare. */
function trimmed(bits: number, compute: (bits: number) => bigint): bigint {
  return compute(bits + 32) >> 32n;
}

/** pi * 2 ** bits. */
export function piScaled(bits: number): bigint {
  return trimmed(bits, b => 16n * inverseTangent(5n, b, -1n) - 4n * inverseTangent(239n, b, -1n));
}

/** ln 2 * 2 ** bits. */
export function ln2Scaled(bits: number): bigint {
  return trimmed(
    bits,
    b => 18n * inverseTangent(26n, b, 1n) - 2n * inverseTangent(4801n, b, 1n) + 8n * inverseTangent(8749n, b, 1n),
  );
}

/** Sine and cosine of x / 2 ** bits, times 2 ** bits. */
export function sineCosineScaled(x: bigint, bits: number): { sine: bigint; cosine: bigint } {
  const one = 1n << BigInt(bits);
  let term = one;
  let cosine = one;
  let sine = 0n;
  for (let k = 1n; term !== 0n; k++) {
    term = (term * x) / (one * k);
    const negative = k % 4n >= 2n;
    if (k % 2n === 1n) sine += negative ? -term : term;
    else cosine += negative ? -term : term;
  }
  return { sine, cosine };
}

/** `value / 2 ** bits` as a pair; a value of 1000 bits or less. */
export function toPair(value: bigint, bits: number): Pair {
  const hi = Number(value);
  const lo = Number(value - BigInt(hi));
  return pair(hi * 2 ** -bits, lo * 2 ** -bits);
}

/** `value / 2 ** bits` as doubles of at most `width` bits each, so that products with small integers are exact. */
export function toParts(value: bigint, bits: number, width: number, count: number): number[] {
  const parts: number[] = [];
  let rest = value;
  for (let at = 0; at < count; at++) {
    const length = rest.toString(2).length;
    const drop = BigInt(Math.max(0, length - (at === count - 1 ? 53 : width)));
    const head = (rest >> drop) << drop;
    parts.push(Number(head) * 2 ** -bits);
    rest -= head;
  }
  return parts;
}

const BITS = 240;
export const LN2 = toPair(ln2Scaled(BITS), BITS);
/** ln 2 in parts of 33 bits. */
export const LN2_PARTS = toParts(ln2Scaled(BITS), BITS, 33, 4);
