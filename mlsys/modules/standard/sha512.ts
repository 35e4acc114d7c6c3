/** SHA-512, for seeds that are texts. */

const MASK = 0xffffffffffffffffn;

const primes = (count: number): bigint[] => {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every(p => n % p !== 0n)) found.push(n);
  return found;
};

/** Floor of the `degree`-th root. */
function root(value: bigint, degree: bigint): bigint {
  let low = 0n;
  let high = 1n << 80n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

const rotate = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & MASK;

/** The digest of some bytes, as a 512-bit integer. */
export function sha512(data: Uint8Array): bigint {
  // The constants are the first 64 bits of the fractions of square and cube roots of primes.
  const initial = primes(8).map(p => root(p << 128n, 2n) & MASK);
  const rounds = primes(80).map(p => root(p << 192n, 3n) & MASK);
  const size = Math.ceil((data.length + 17) / 128) * 128;
  const bytes = new Uint8Array(size);
  bytes.set(data);
  bytes[data.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(size - 8, BigInt(data.length * 8));
  const hash = [...initial];
  for (let block = 0; block < size; block += 128) {
    const w: bigint[] = Array.from({ length: 16 }, (_, at) => view.getBigUint64(block + at * 8));
    for (let at = 16; at < 80; at++) {
      const a = w[at - 15]!;
      const b = w[at - 2]!;
      const s0 = rotate(a, 1n) ^ rotate(a, 8n) ^ (a >> 7n);
      const s1 = rotate(b, 19n) ^ rotate(b, 61n) ^ (b >> 6n);
      w.push((w[at - 16]! + s0 + w[at - 7]! + s1) & MASK);
    }
    let [a, b, c, d, e, f, g, h] = hash as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let at = 0; at < 80; at++) {
      const s1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
      const t1 = (h + s1 + ((e & f) ^ (~e & MASK & g)) + rounds[at]! + w[at]!) & MASK;
      const s0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & MASK;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
    }
    [a, b, c, d, e, f, g, h].forEach((value, at) => {
      hash[at] = (hash[at]! + value) & MASK;
    });
  }
  return hash.reduce((value, word) => (value << 64n) | word, 0n);
}
