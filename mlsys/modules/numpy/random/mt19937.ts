/** The Mersenne Twister, seeded as numpy's `RandomState` seeds it. */

const SIZE = 624;

export class MersenneTwister {
  readonly #key = new Uint32Array(SIZE);
  #at = SIZE;
  /** Words drawn so far. */
  drawn = 0;

  constructor(seed: number) {
    let word = seed >>> 0;
    for (let i = 0; i < SIZE; i++) {
      this.#key[i] = word;
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i + 1) >>> 0;
    }
  }

  #refill(): void {
    const key = this.#key;
    for (let i = 0; i < SIZE; i++) {
      const y = (key[i]! & 0x80000000) | (key[(i + 1) % SIZE]! & 0x7fffffff);
      key[i] = key[(i + 397) % SIZE]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#at = 0;
  }

  /** The next 32 bits. */
  next(): number {
    if (this.#at === SIZE) this.#refill();
    this.drawn++;
    let y = this.#key[this.#at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A float in [0, 1) with 53 bits. */
  double(): number {
    const a = this.next() >>> 5;
    const b = this.next() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }
}
