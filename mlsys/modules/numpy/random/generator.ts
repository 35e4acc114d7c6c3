/** `numpy.random.default_rng(seed)`. */
import { raise, Unsupported } from '../../../python/runtime/errors';
import { touch } from '../../../python/runtime/mutation';
import { defineConstructor, defineMethods } from '../../../python/runtime/native';
import { exp } from '../../../python/runtime/numbers/elementary/exponential';
import { log1p } from '../../../python/runtime/numbers/elementary/hyperbolic';
import { chargeWords } from '../../../python/runtime/numbers/integers';
import { nativeClass, objectClass, PyList, PyObject, type Value } from '../../../python/runtime/objects';
import { indexOf, listOf, truth } from '../../../python/runtime/operations';
import { vm } from '../../../python/runtime/vm';
import { fromItems, NdArray, touchArray } from '../array';
import { type Item, int64 } from '../dtype';
import { getIndex } from '../indexing';
import { dirichlet } from './dirichlet';
import { DISTRIBUTIONS, drawFrom, REFUSED, type Stream, signatureOf } from './distributions';
import { bound, chosen, filled, given, refuseType } from './draw';
import { Pcg64 } from './pcg64';
import { permuted } from './permuted';
import { ZIGGURAT } from './ziggurat';

export const generatorClass = nativeClass('Generator', [objectClass], 'numpy.random._generator');

/** What seeding takes. */
const SEED_STEPS = 300;

class Generator extends PyObject {
  readonly source: Pcg64;
  /** Numbers of calls that drew: tells two generators of one seed apart. */
  draws = 0;
  readonly seed: string;
  constructor(seed: bigint | readonly bigint[]) {
    super(generatorClass);
    vm.step(SEED_STEPS);
    const words = typeof seed === 'bigint' ? [seed] : seed;
    for (const word of words) chargeWords(word);
    this.source = new Pcg64(seed);
    this.seed = words.map(word => word.toString(16)).join();
  }
}

defineConstructor(generatorClass, 'Generator(bit_generator)', () => {
  throw new Unsupported('numpy.random.Generator of a bit generator', 'use numpy.random.default_rng with a seed');
});

export function makeGenerator(seed: Value | undefined): Value {
  if (seed instanceof Generator) return seed;
  if (seed === undefined || seed === null)
    throw new Unsupported(
      'numpy.random.default_rng without a seed',
      'a chapter must give the same numbers each time: pass a seed',
    );
  const list = seed instanceof PyList || seed instanceof NdArray;
  const given = list ? listOf(seed) : [seed];
  vm.step(8 * given.length);
  const words = given.map(item => indexOf(item));
  if (words.some(word => word < 0n)) throw raise('ValueError', 'expected non-negative integer');
  return new Generator(list ? words : words[0]!);
}

const NORMAL_R = 3.654152885361009;
const NORMAL_INVERSE_R = 0.2736612373297583;
const EXPONENTIAL_R = 7.69711747013105;

function normal(source: Pcg64): number {
  for (;;) {
    const word = source.next64();
    const at = Number(word & 0xffn);
    const rest = word >> 8n;
    const magnitude = (rest >> 1n) & 0x000fffffffffffffn;
    const size = Number(magnitude);
    let x = size * ZIGGURAT.normal.w[at]!;
    if (rest & 1n) x = -x;
    if (size < ZIGGURAT.normal.k[at]!) return x;
    if (at === 0) {
      for (;;) {
        const xx = -NORMAL_INVERSE_R * log1p(-source.double());
        const yy = -log1p(-source.double());
        if (yy + yy > xx * xx) return (magnitude >> 8n) & 1n ? -(NORMAL_R + xx) : NORMAL_R + xx;
      }
    }
    const { f } = ZIGGURAT.normal;
    if ((f[at - 1]! - f[at]!) * source.double() + f[at]! < exp(-0.5 * x * x)) return x;
  }
}

function exponential(source: Pcg64): number {
  for (;;) {
    const word = source.next64() >> 3n;
    const at = Number(word & 0xffn);
    const size = Number(word >> 8n);
    const x = size * ZIGGURAT.exponential.w[at]!;
    if (size < ZIGGURAT.exponential.k[at]!) return x;
    if (at === 0) return EXPONENTIAL_R - log1p(-source.double());
    const { f } = ZIGGURAT.exponential;
    if ((f[at - 1]! - f[at]!) * source.double() + f[at]! < exp(-x)) return x;
  }
}

/** Marks the generator as changed, and gives its stream. */
function drawing(generator: Generator): Pcg64 {
  touch(generator);
  generator.draws++;
  return generator.source;
}

function swap(data: Item[], i: number, j: number): void {
  [data[i], data[j]] = [data[j]!, data[i]!];
}

function shuffle(source: Pcg64, x: Value): void {
  if (x instanceof PyList) {
    touch(x);
    for (let i = x.items.length - 1; i > 0; i--) swap(x.items, i, Number(source.below(BigInt(i))));
    return;
  }
  if (!(x instanceof NdArray) || x.ndim !== 1)
    throw new Unsupported('Generator.shuffle of other than a list or a 1-d array');
  touchArray(x);
  const place = (i: number): number => x.offset + i * x.strides[0]!;
  for (let i = x.shape[0]! - 1; i > 0; i--) swap(x.data as Item[], place(i), place(Number(source.interval(BigInt(i)))));
}

/** Places without repeats: the tail of a shuffle for large shares, else Floyd's algorithm and a shuffle. */
function sample(source: Pcg64, population: number, count: number): Value {
  if (population > 10000 && count > Math.floor(population / 50)) {
    const all = Array.from({ length: population }, (_, i) => BigInt(i)) as Item[];
    for (let i = population - 1; i >= Math.max(population - count, 1); i--)
      swap(all, i, Number(source.below(BigInt(i))));
    return fromItems(int64, all.slice(population - count));
  }
  const seen = new Set<bigint>();
  const places: Item[] = [];
  for (let j = population - count; j < population; j++) {
    const value = source.below(BigInt(j));
    const place = seen.has(value) ? BigInt(j) : value;
    seen.add(place);
    places.push(place);
  }
  for (let i = count - 1; i >= 1; i--) swap(places, i, Number(source.below(BigInt(i))));
  return fromItems(int64, places);
}

function refuseAxis(axis: Value | undefined): void {
  if (axis !== undefined && indexOf(axis) !== 0n) throw new Unsupported('random numbers along another axis');
}

/** The generator's numbers as distributions draw them. */
function streamOf(source: Pcg64): Stream {
  return {
    legacy: false,
    double: () => source.double(),
    normal: () => normal(source),
    exponential: () => exponential(source),
  };
}

defineMethods(generatorClass, {
  ...Object.fromEntries(
    Object.keys(DISTRIBUTIONS).map(name => [
      signatureOf(name),
      (self: Generator, ...args: (Value | undefined)[]) => drawFrom(name, streamOf(drawing(self)), args),
    ]),
  ),
  ...Object.fromEntries(
    REFUSED.map(name => [
      `${name}(*args, **kwargs)`,
      () => {
        throw new Unsupported(`Generator.${name}`);
      },
    ]),
  ),
  '__repr__()': () => 'Generator(PCG64)',
  'dirichlet(alpha, size=None)': (self: Generator, alpha: Value, size: Value | undefined) =>
    dirichlet(streamOf(drawing(self)), alpha, size),
  'random(size=None, dtype=None, out!=None)': (self: Generator, size: Value | undefined, dtype: Value | undefined) => {
    refuseType('Generator.random', dtype);
    const source = drawing(self);
    return filled(size, [], () => source.double());
  },
  'uniform(low=0.0, high=1.0, size=None)': (
    self: Generator,
    low: Value | undefined,
    high: Value | undefined,
    size: Value | undefined,
  ) => {
    const source = drawing(self);
    return filled(size, [given(low, 0), given(high, 1)], (a, b) => {
      if (b! < a!) throw raise('ValueError', 'high - low < 0');
      return a! + (b! - a!) * source.double();
    });
  },
  'standard_normal(size=None, dtype=None, out!=None)': (
    self: Generator,
    size: Value | undefined,
    dtype: Value | undefined,
  ) => {
    refuseType('Generator.standard_normal', dtype);
    const source = drawing(self);
    return filled(size, [], () => normal(source));
  },
  'normal(loc=0.0, scale=1.0, size=None)': (
    self: Generator,
    loc: Value | undefined,
    scale: Value | undefined,
    size: Value | undefined,
  ) => {
    const source = drawing(self);
    return filled(size, [given(loc, 0), given(scale, 1)], (m, s) => m! + s! * normal(source));
  },
  'lognormal(mean=0.0, sigma=1.0, size=None)': (
    self: Generator,
    mean: Value | undefined,
    sigma: Value | undefined,
    size: Value | undefined,
  ) => {
    const source = drawing(self);
    return filled(size, [given(mean, 0), given(sigma, 1)], (m, s) => exp(m! + s! * normal(source)));
  },
  'standard_exponential(size=None, dtype!=None, method!="zig", out!=None)': (
    self: Generator,
    size: Value | undefined,
  ) => {
    const source = drawing(self);
    return filled(size, [], () => exponential(source));
  },
  'exponential(scale=1.0, size=None)': (self: Generator, scale: Value | undefined, size: Value | undefined) => {
    const source = drawing(self);
    return filled(size, [given(scale, 1)], s => s! * exponential(source));
  },
  'integers(low, high=None, size=None, dtype=None, endpoint=False)': (
    self: Generator,
    low: Value,
    high: Value | undefined,
    size: Value | undefined,
    dtype: Value | undefined,
    endpoint: Value | undefined,
  ) => {
    refuseType('Generator.integers', dtype);
    const { start, range } = bound(low, high, endpoint !== undefined && truth(endpoint));
    const source = drawing(self);
    const drawn = filled(size, [], () => start + source.below(range), int64);
    return typeof drawn === 'bigint' ? getIndex(fromItems(int64, [drawn]), 0n) : drawn;
  },
  'choice(a, size=None, replace=True, p=None, axis=0, shuffle=True)': (
    self: Generator,
    a: Value,
    size: Value | undefined,
    replace: Value | undefined,
    p: Value | undefined,
    axis: Value | undefined,
    shuffled: Value | undefined,
  ) => {
    refuseAxis(axis);
    if (shuffled !== undefined && !truth(shuffled)) throw new Unsupported('Generator.choice with shuffle=False');
    const source = drawing(self);
    return chosen(a, size, replace === undefined || truth(replace), p, {
      double: () => source.double(),
      below: range => source.below(range),
      sample: (population, count) => sample(source, population, count),
    });
  },
  'shuffle(x, axis=0)': (self: Generator, x: Value, axis: Value | undefined) => {
    refuseAxis(axis);
    shuffle(drawing(self), x);
    return null;
  },
  'permutation(x, axis=0)': (self: Generator, x: Value, axis: Value | undefined) => {
    refuseAxis(axis);
    const source = drawing(self);
    return permuted(x, places => shuffle(source, places));
  },
});
