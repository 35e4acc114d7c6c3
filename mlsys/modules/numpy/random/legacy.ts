/** The functions of `RandomState`, on the module's own state or on an object's. */
import { raise, Unsupported } from '../../../python/runtime/errors';
import { touch } from '../../../python/runtime/mutation';
import { defineConstructor, defineMethods, type NativeBody } from '../../../python/runtime/native';
import { exp } from '../../../python/runtime/numbers/elementary/exponential';
import { log } from '../../../python/runtime/numbers/elementary/logarithm';
import { nativeClass, objectClass, PyList, PyObject, type PyTuple, type Value } from '../../../python/runtime/objects';
import { indexOf, truth } from '../../../python/runtime/operations';
import { vm } from '../../../python/runtime/vm';
import { fromItems, NdArray, touchArray } from '../array';
import { asArray } from '../convert';
import { type Item, int64 } from '../dtype';
import { getIndex } from '../indexing';
import { dirichlet } from './dirichlet';
import { DISTRIBUTIONS, drawFrom, REFUSED, type Stream, signatureOf } from './distributions';
import { bound, chosen, filled, given, refuseType, type Source } from './draw';
import { MersenneTwister } from './mt19937';
import { permuted } from './permuted';

/** A state as data: which seed, how many words were drawn, and the second number of a pair of normals. */
interface State {
  readonly seed: number;
  readonly drawn: number;
  readonly gauss: number | undefined;
}

const CHANNEL = 'numpy.random';

/** Streams that go on where a state stands; made anew from the seed where none does. */
const running = new Map<number, MersenneTwister>();

function resume(state: State): MersenneTwister {
  const known = running.get(state.seed);
  if (known?.drawn === state.drawn) return known;
  const made = new MersenneTwister(state.seed);
  while (made.drawn < state.drawn) {
    vm.step();
    made.next();
  }
  if (running.size > 16) running.clear();
  running.set(state.seed, made);
  return made;
}

/** One draw session on a state. */
export class Legacy implements Source, Stream {
  readonly legacy = true;
  readonly #stream: MersenneTwister;
  #gauss: number | undefined;
  readonly #seed: number;

  constructor(state: State) {
    this.#stream = resume(state);
    this.#gauss = state.gauss;
    this.#seed = state.seed;
  }

  get state(): State {
    return { seed: this.#seed, drawn: this.#stream.drawn, gauss: this.#gauss };
  }

  double(): number {
    return this.#stream.double();
  }

  /** Marsaglia's polar method, two at a time. */
  normal(): number {
    if (this.#gauss !== undefined) {
      const kept = this.#gauss;
      this.#gauss = undefined;
      return kept;
    }
    for (;;) {
      const x1 = 2 * this.double() - 1;
      const x2 = 2 * this.double() - 1;
      const r2 = x1 * x1 + x2 * x2;
      if (r2 >= 1 || r2 === 0) continue;
      const f = Math.sqrt((-2 * log(r2)) / r2);
      this.#gauss = f * x1;
      return f * x2;
    }
  }

  exponential(): number {
    const u = 1 - this.double();
    return u === 1 ? 0 : -log(u);
  }

  /** An integer from 0 to `range`, by masking and rejection. */
  below(range: bigint): bigint {
    if (range === 0n) return 0n;
    vm.step(DRAW_STEPS);
    if (range === 0xffffffffn) return BigInt(this.#stream.next());
    const mask = (1n << BigInt(range.toString(2).length)) - 1n;
    for (;;) {
      const word = BigInt(this.#stream.next());
      const value = range < 0xffffffffn ? word & mask : (BigInt(this.#stream.next()) | (word << 32n)) & mask;
      if (value <= range) return value;
      vm.step();
    }
  }
}

/** What an integer takes. */
const DRAW_STEPS = 8;

class RandomState extends PyObject {
  state: State;
  constructor(state: State) {
    super(randomStateClass);
    this.state = state;
  }
}

export const randomStateClass = nativeClass('RandomState', [objectClass], 'numpy.random.mtrand');

function seedOf(value: Value | undefined): State {
  if (value === undefined || value === null)
    throw new Unsupported('numpy.random without a seed', 'a chapter must give the same numbers each time: pass a seed');
  const seed = indexOf(value);
  if (seed < 0n || seed > 0xffffffffn) throw raise('ValueError', 'Seed must be between 0 and 2**32 - 1');
  return { seed: Number(seed), drawn: 0, gauss: undefined };
}

type Draw = (source: Legacy, ...args: never[]) => Value;

function shuffle(source: Legacy, x: Value): Value {
  if (x instanceof PyList) {
    touch(x);
    for (let i = x.items.length - 1; i > 0; i--) {
      const j = Number(source.below(BigInt(i)));
      [x.items[i], x.items[j]] = [x.items[j]!, x.items[i]!];
    }
    return null;
  }
  if (!(x instanceof NdArray) || x.ndim !== 1)
    throw new Unsupported('numpy.random.shuffle of other than a list or a 1-d array');
  touchArray(x);
  const data = x.data as Item[];
  const place = (i: number): number => x.offset + i * x.strides[0]!;
  for (let i = x.shape[0]! - 1; i > 0; i--) {
    const j = Number(source.below(BigInt(i)));
    [data[place(i)], data[place(j)]] = [data[place(j)]!, data[place(i)]!];
  }
  return null;
}

function permutation(source: Legacy, x: Value): NdArray {
  return asArray(permuted(x, places => shuffle(source, places)));
}

const sizes = (dims: PyTuple): Value | undefined => (dims.items.length === 0 ? undefined : dims);

/** Functions by signature; the body's first argument is what to draw from. */
export const LEGACY: Readonly<Record<string, Draw>> = {
  ...Object.fromEntries(
    Object.keys(DISTRIBUTIONS).map(name => [
      signatureOf(name),
      ((source: Legacy, ...args: (Value | undefined)[]) => drawFrom(name, source, args)) as Draw,
    ]),
  ),
  'rand(*args)': (source, dims: PyTuple) => filled(sizes(dims), [], () => source.double()),
  'randn(*args)': (source, dims: PyTuple) => filled(sizes(dims), [], () => source.normal()),
  'random(size=None)': (source, size: Value | undefined) => filled(size, [], () => source.double()),
  'random_sample(size=None)': (source, size: Value | undefined) => filled(size, [], () => source.double()),
  'ranf(size=None)': (source, size: Value | undefined) => filled(size, [], () => source.double()),
  'sample(size=None)': (source, size: Value | undefined) => filled(size, [], () => source.double()),
  'standard_normal(size=None)': (source, size: Value | undefined) => filled(size, [], () => source.normal()),
  'normal(loc=0.0, scale=1.0, size=None)': (
    source,
    loc: Value | undefined,
    scale: Value | undefined,
    size: Value | undefined,
  ) => filled(size, [given(loc, 0), given(scale, 1)], (m, s) => m! + s! * source.normal()),
  'lognormal(mean=0.0, sigma=1.0, size=None)': (
    source,
    mean: Value | undefined,
    sigma: Value | undefined,
    size: Value | undefined,
  ) => filled(size, [given(mean, 0), given(sigma, 1)], (m, s) => exp(m! + s! * source.normal())),
  'uniform(low=0.0, high=1.0, size=None)': (
    source,
    low: Value | undefined,
    high: Value | undefined,
    size: Value | undefined,
  ) => filled(size, [given(low, 0), given(high, 1)], (a, b) => a! + (b! - a!) * source.double()),
  'exponential(scale=1.0, size=None)': (source, scale: Value | undefined, size: Value | undefined) =>
    filled(size, [given(scale, 1)], s => s! * source.exponential()),
  'standard_exponential(size=None)': (source, size: Value | undefined) => filled(size, [], () => source.exponential()),
  'randint(low, high=None, size=None, dtype=int)': (
    source,
    low: Value,
    high: Value | undefined,
    size: Value | undefined,
    dtype: Value | undefined,
  ) => {
    refuseType('numpy.random.randint', dtype);
    const { start, range } = bound(low, high, false);
    return filled(size, [], () => start + source.below(range), int64, true);
  },
  'choice(a, size=None, replace=True, p=None)': (
    source,
    a: Value,
    size: Value | undefined,
    replace: Value | undefined,
    p: Value | undefined,
  ) =>
    chosen(a, size, replace === undefined || truth(replace), p, {
      double: () => source.double(),
      below: range => source.below(range),
      sample: (population, count) => getIndex(permutation(source, BigInt(population)), firstOf(count)),
    }),
  'dirichlet(alpha, size=None)': dirichlet,
  'shuffle(x)': shuffle,
  'permutation(x)': permutation,
};

function firstOf(count: number): Value {
  return fromItems(
    int64,
    Array.from({ length: count }, (_, i) => BigInt(i)),
  );
}

/** A function on the module's state, which `seed` must have set. */
export function legacyFunction(draw: Draw): NativeBody {
  return (...args: Value[]) => {
    const state = vm.readState<State | undefined>(CHANNEL, undefined);
    if (state === undefined)
      throw new Unsupported(
        'numpy.random without a seed',
        'call np.random.seed(...) first: a chapter must give the same numbers each time',
      );
    const source = new Legacy(state);
    const result = (draw as (source: Legacy, ...args: Value[]) => Value)(source, ...args);
    vm.writeState(CHANNEL, source.state);
    return result;
  };
}

export function seedModule(value: Value | undefined): Value {
  vm.writeState(CHANNEL, seedOf(value));
  return null;
}

const methods: Record<string, NativeBody> = {};
for (const [signature, draw] of Object.entries(LEGACY)) {
  methods[signature] = (self: RandomState, ...args: Value[]) => {
    touch(self);
    const source = new Legacy(self.state);
    const result = (draw as (source: Legacy, ...args: Value[]) => Value)(source, ...args);
    self.state = source.state;
    return result;
  };
}
methods['seed(seed=None)'] = (self: RandomState, seed: Value | undefined) => {
  touch(self);
  self.state = seedOf(seed);
  return null;
};
for (const name of REFUSED)
  methods[`${name}(*args, **kwargs)`] ??= () => {
    throw new Unsupported(`RandomState.${name}`);
  };
defineMethods(randomStateClass, methods);
defineConstructor(
  randomStateClass,
  'RandomState(seed=None)',
  (_cls: Value, seed: Value | undefined) => new RandomState(seedOf(seed)),
);
