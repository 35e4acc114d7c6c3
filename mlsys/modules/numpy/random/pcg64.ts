/** PCG64 (XSL-RR) behind `default_rng`, seeded through numpy's SeedSequence. */

const M128 = (1n << 128n) - 1n;
const M64 = (1n << 64n) - 1n;
const M32 = (1n << 32n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

/** Words of a seed, low ones first. */
function wordsOf(seed: bigint): number[] {
  const digits = seed.toString(16);
  const words: number[] = [];
  for (let end = digits.length; end > 0; end -= 8)
    words.push(Number.parseInt(digits.slice(Math.max(0, end - 8), end), 16));
  return words;
}

/** Mixes entropy into a pool of four words, then draws a state from it. */
function seedState(entropy: readonly number[]): bigint[] {
  const INIT_A = 0x43b0d7e5;
  const MULT_A = 0x931e8875;
  const INIT_B = 0x8b51f9dd;
  const MULT_B = 0x58f38ded;
  const MIX_L = 0xca01f9dd;
  const MIX_R = 0x4973f715;
  let constant = INIT_A;
  const hashmix = (value: number): number => {
    let mixed = (value ^ constant) >>> 0;
    constant = Math.imul(constant, MULT_A) >>> 0;
    mixed = Math.imul(mixed, constant) >>> 0;
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const mix = (x: number, y: number): number => {
    const result = (Math.imul(MIX_L, x) - Math.imul(MIX_R, y)) >>> 0;
    return (result ^ (result >>> 16)) >>> 0;
  };
  const pool = Array.from({ length: 4 }, (_, i) => hashmix(entropy[i] ?? 0));
  for (let source = 0; source < 4; source++) {
    for (let target = 0; target < 4; target++) {
      if (source !== target) pool[target] = mix(pool[target]!, hashmix(pool[source]!));
    }
  }
  for (let source = 4; source < entropy.length; source++) {
    for (let target = 0; target < 4; target++) pool[target] = mix(pool[target]!, hashmix(entropy[source]!));
  }
  let second = INIT_B;
  const state: number[] = [];
  for (let i = 0; i < 8; i++) {
    let value = (pool[i % 4]! ^ second) >>> 0;
    second = Math.imul(second, MULT_B) >>> 0;
    value = Math.imul(value, second) >>> 0;
    state.push((value ^ (value >>> 16)) >>> 0);
  }
  return [0, 2, 4, 6].map(i => BigInt(state[i]!) | (BigInt(state[i + 1]!) << 32n));
}

export class Pcg64 {
  #state: bigint;
  readonly #increment: bigint;
  /** The unused upper half of the last word that was asked for 32 bits. */
  #half: bigint | undefined;

  constructor(seed: bigint | readonly bigint[]) {
    const entropy = typeof seed === 'bigint' ? wordsOf(seed) : seed.flatMap(wordsOf);
    const [high, low, incHigh, incLow] = seedState(entropy) as [bigint, bigint, bigint, bigint];
    this.#increment = ((((incHigh << 64n) | incLow) << 1n) | 1n) & M128;
    this.#state = this.#increment;
    this.#state = (this.#state + ((high << 64n) | low)) & M128;
    this.#step();
  }

  #step(): void {
    this.#state = (this.#state * MULTIPLIER + this.#increment) & M128;
  }

  next64(): bigint {
    this.#step();
    const value = (this.#state >> 64n) ^ (this.#state & M64);
    const turn = this.#state >> 122n;
    return ((value >> turn) | (value << (-turn & 63n))) & M64;
  }

  next32(): bigint {
    if (this.#half !== undefined) {
      const kept = this.#half;
      this.#half = undefined;
      return kept;
    }
    const word = this.next64();
    this.#half = word >> 32n;
    return word & M32;
  }

  double(): number {
    return Number(this.next64() >> 11n) / 9007199254740992;
  }

  /** An integer from 0 to `range` by masking and rejection, as shuffles of arrays draw it. */
  interval(range: bigint): bigint {
    if (range === 0n) return 0n;
    const mask = (1n << BigInt(range.toString(2).length)) - 1n;
    for (;;) {
      const value = (range <= M32 ? this.next32() : this.next64()) & mask;
      if (value <= range) return value;
    }
  }

  /** An integer from 0 to `range` by Lemire's multiplication. */
  below(range: bigint): bigint {
    if (range === 0n) return 0n;
    if (range === M32) return this.next32();
    if (range >= M64) return this.next64();
    const small = range < M32;
    const bits = small ? 32n : 64n;
    const mask = small ? M32 : M64;
    const width = range + 1n;
    const draw = (): bigint => (small ? this.next32() : this.next64()) * width;
    let product = draw();
    if ((product & mask) < width) {
      const threshold = (mask - range) % width;
      while ((product & mask) < threshold) product = draw();
    }
    return product >> bits;
  }
}
