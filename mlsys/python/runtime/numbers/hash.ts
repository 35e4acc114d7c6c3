/** Hashes of numbers: equal numbers of any type have equal hashes, modulo the prime 2 ** 61 - 1. */
import { decompose } from './decimal';
import { chargeWords } from './integers';

const MODULUS = (1n << 61n) - 1n;
const IMAGINARY = 1000003n;
const INFINITY = 314159n;
const MASK = (1n << 64n) - 1n;

/** -1 marks an error in CPython, so no hash is -1. */
function settled(value: bigint): bigint {
  return value === -1n ? -2n : value;
}

/** `hash(value)` of an int. */
export function hashInteger(value: bigint): bigint {
  chargeWords(value);
  return settled(value < 0n ? -(-value % MODULUS) : value % MODULUS);
}

/** `hash(value)` of a float. */
export function hashFloat(value: number): bigint {
  if (Number.isInteger(value)) return hashInteger(BigInt(value));
  if (Number.isNaN(value)) return 0n;
  if (!Number.isFinite(value)) return value > 0 ? INFINITY : -INFINITY;
  const { mantissa, exponent } = decompose(value);
  // 2 ** 61 is 1 modulo the prime, so a power of two is a rotation.
  const shift = BigInt(((exponent % 61) + 61) % 61);
  const size = (mantissa << shift) % MODULUS;
  return settled(value < 0 ? -size : size);
}

/** `hash(value)` of a complex number. */
export function hashComplex(re: number, im: number): bigint {
  return settled(BigInt.asIntN(64, hashFloat(re) + IMAGINARY * hashFloat(im)));
}

/** `hash(top / bottom)` of a fraction in lowest terms, as `fractions` and `decimal` define it. */
export function hashRatio(top: bigint, bottom: bigint): bigint {
  const inverse = powerModulo(bottom % MODULUS, MODULUS - 2n);
  const size = top < 0n ? -top : top;
  const hash = bottom % MODULUS === 0n ? INFINITY : ((size % MODULUS) * inverse) % MODULUS;
  return settled(top < 0n ? -hash : hash);
}

function powerModulo(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % MODULUS;
    square = (square * square) % MODULUS;
  }
  return result;
}

const PRIME_1 = 11400714785074694791n;
const PRIME_2 = 14029467366897019727n;
const PRIME_5 = 2870177450012600261n;

/** The hash of a tuple from those of its items (the xxHash mix that CPython uses). */
export function hashSequence(hashes: readonly bigint[]): bigint {
  const mixed = (mixSequence(hashes) + (BigInt(hashes.length) ^ (PRIME_5 ^ 3527539n))) & MASK;
  return mixed === MASK ? 1546275796n : BigInt.asIntN(64, mixed);
}

/** The hash of a slice from those of its three parts: a tuple's without its length. */
export function hashSlice(hashes: readonly bigint[]): bigint {
  const mixed = mixSequence(hashes);
  return mixed === MASK ? 1546275796n : BigInt.asIntN(64, mixed);
}

function mixSequence(hashes: readonly bigint[]): bigint {
  let mixed = PRIME_5;
  for (const hash of hashes) {
    mixed = (mixed + (hash & MASK) * PRIME_2) & MASK;
    mixed = ((mixed << 31n) | (mixed >> 33n)) & MASK;
    mixed = (mixed * PRIME_1) & MASK;
  }
  return mixed;
}

/** The hash of a frozenset from those of its items, whatever their order. */
export function hashUnordered(hashes: Iterable<bigint>, count: number): bigint {
  let mixed = 0n;
  for (const hash of hashes) {
    const bits = hash & MASK;
    mixed ^= ((bits ^ 89869747n ^ (bits << 16n)) * 3644798167n) & MASK;
  }
  mixed ^= ((BigInt(count) + 1n) * 1927868237n) & MASK;
  mixed ^= (mixed >> 11n) ^ (mixed >> 25n);
  mixed = (mixed * 69069n + 907133923n) & MASK;
  return mixed === MASK ? 590923713n : BigInt.asIntN(64, mixed);
}
