/** The Mersenne Twister MT19937, as CPython's `random` uses it. */

const N = 624;
const M = 397;

/** A generator's state. Copy it before another run draws from it. */
export class Mersenne {
  readonly #words = new Uint32Array(N);
  #index = N;
  /** The second number of the last pair that `gauss` made. */
  gaussNext: number | undefined = undefined;

  copy(): Mersenne {
    const made = new Mersenne();
    made.#words.set(this.#words);
    made.#index = this.#index;
    made.gaussNext = this.gaussNext;
    return made;
  }

  /** The 624 words and the position in them. */
  get state(): readonly number[] {
    return [...this.#words, this.#index];
  }

  set state(state: readonly number[]) {
    this.#words.set(state.slice(0, N));
    this.#index = state[N] ?? N;
  }

  /** Starts from an integer of any size, by its absolute value. */
  seed(value: bigint): void {
    const key: number[] = [];
    const digits = (value < 0n ? -value : value).toString(16);
    for (let end = digits.length; end > 0; end -= 8)
      key.push(Number.parseInt(digits.slice(Math.max(0, end - 8), end), 16));
    this.#initByArray(key);
    this.gaussNext = undefined;
  }

  #init(seed: number): void {
    const words = this.#words;
    words[0] = seed;
    for (let at = 1; at < N; at++) {
      const last = words[at - 1]!;
      words[at] = Math.imul(1812433253, last ^ (last >>> 30)) + at;
    }
    this.#index = N;
  }

  #initByArray(key: readonly number[]): void {
    this.#init(19650218);
    const words = this.#words;
    let i = 1;
    let j = 0;
    for (let k = Math.max(N, key.length); k > 0; k--) {
      const last = words[i - 1]!;
      words[i] = (words[i]! ^ Math.imul(last ^ (last >>> 30), 1664525)) + key[j]! + j;
      i++;
      j++;
      if (i >= N) {
        words[0] = words[N - 1]!;
        i = 1;
      }
      if (j >= key.length) j = 0;
    }
    for (let k = N - 1; k > 0; k--) {
      const last = words[i - 1]!;
      words[i] = (words[i]! ^ Math.imul(last ^ (last >>> 30), 1566083941)) - i;
      i++;
      if (i >= N) {
        words[0] = words[N - 1]!;
        i = 1;
      }
    }
    words[0] = 0x80000000;
  }

  #twist(): void {
    const words = this.#words;
    for (let at = 0; at < N; at++) {
      const y = (words[at]! & 0x80000000) | (words[(at + 1) % N]! & 0x7fffffff);
      words[at] = words[(at + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#index = 0;
  }

  /** The next 32 bits. */
  next(): number {
    if (this.#index >= N) this.#twist();
    let y = this.#words[this.#index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** A float in [0, 1) with 53 bits. */
  random(): number {
    const high = this.next() >>> 5;
    const low = this.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** An integer of `count` random bits. */
  bits(count: number): bigint {
    if (count <= 32) return count === 0 ? 0n : BigInt(this.next() >>> (32 - count));
    const words: string[] = [];
    for (let left = count; left > 0; left -= 32) {
      const word = this.next();
      words.push((left < 32 ? word >>> (32 - left) : word).toString(16).padStart(8, '0'));
    }
    return BigInt(`0x${words.reverse().join('')}`);
  }
}
