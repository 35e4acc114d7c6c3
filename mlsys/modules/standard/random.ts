/**
 * `random`, for seeded generators: the same numbers as CPython. Without a seed there is nothing to reproduce, so an
 * unseeded draw is refused.
 */
import { encodeText } from '../../python/builtins/codecs';
import { integerOfBytes } from '../../python/builtins/ints';
import { raise, Unsupported } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import { defineConstructor, defineMethods } from '../../python/runtime/native';
import { bitLength } from '../../python/runtime/numbers/integers';
import {
  nativeClass,
  PyBytes,
  type PyClass,
  PyInstance,
  type PyModule,
  PyObject,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { callMethod, getAttribute, hash, indexOf, repr, typeName } from '../../python/runtime/operations';
import { type RunRecord, vm } from '../../python/runtime/vm';
import { Mersenne } from './mersenne';
import { runPython } from './python';
import { sha512 } from './sha512';
import { moduleOf } from './support';

const CHANNEL = 'random';

/** The generator of an instance; that of the module's own functions lives in the session. */
class PyRandom extends PyObject {
  generator: Mersenne | undefined = undefined;
  readonly shared: boolean;
  /** The state of the session that the shared one stands for. */
  readonly channel: string | undefined;
  constructor(cls: PyClass, shared: boolean) {
    super(cls);
    this.shared = shared;
    this.channel = shared ? CHANNEL : undefined;
    this.attrs = new Map();
  }
}

/** The copy of the session's generator that each run draws from: cells before it must not see its draws. */
const copies = new WeakMap<RunRecord, Mersenne>();

function shared(): Mersenne | undefined {
  const before = vm.readState<Mersenne | undefined>(CHANNEL, undefined);
  const known = copies.get(vm.record);
  if (known !== undefined) return known;
  return before === undefined ? undefined : share(before.copy());
}

function share(generator: Mersenne): Mersenne {
  copies.set(vm.record, generator);
  vm.writeState(CHANNEL, generator);
  return generator;
}

/** An integer of so many random bits. */
function drawBits(generator: Mersenne, count: number): bigint {
  vm.step(2);
  if (count > 64) {
    vm.charge(count / 8);
    vm.step(count >> 3);
  }
  return generator.bits(count);
}

function generatorOf(self: PyRandom): Mersenne {
  const found = self.shared ? shared() : self.generator;
  if (found === undefined) throw new Unsupported('random numbers without a seed', 'call random.seed(number) first');
  if (!self.shared) touch(self);
  vm.step();
  return found;
}

/** The integer that a text or bytes stood for before Python 3.2: `seed(value, version=1)`. */
function oldSeedNumber(codes: readonly number[]): bigint {
  let mixed = codes.length === 0 ? 0n : BigInt(codes[0]!) << 7n;
  for (const code of codes) mixed = BigInt.asUintN(64, (1000003n * mixed) ^ BigInt(code));
  return mixed ^ BigInt(codes.length);
}

/** The integer that a seed of any kind stands for. */
function seedNumber(value: Value, version: Value = 2n): bigint {
  const length = typeof value === 'string' ? value.length : value instanceof PyBytes ? value.data.length : 0;
  vm.charge(16 * length);
  vm.step(HASH_STEPS * length);
  if (version === 1n || version === true) {
    if (typeof value === 'string') return oldSeedNumber([...value].map(char => char.codePointAt(0)!));
    if (value instanceof PyBytes) return oldSeedNumber([...value.data]);
  } else if (version !== 2n && (typeof value === 'string' || value instanceof PyBytes)) {
    // by its hash, which for a text differs from run to run
    throw new Unsupported(`random.seed(text, version=${repr(version)})`, 'leave the version out');
  }
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return hash(value);
  if (value instanceof PyInstance && typeof value.payload === 'bigint') return value.payload;
  const bytes = typeof value === 'string' ? encodeText(value) : value instanceof PyBytes ? value.data : undefined;
  if (bytes === undefined)
    throw raise('TypeError', 'The only supported seed types are:\nNone, int, float, str, bytes, and bytearray.');
  return (integerOfBytes(bytes) << 512n) | sha512(bytes);
}

/** What a byte of a seed takes to be hashed. */
const HASH_STEPS = 10;

/** A generator that starts from a seed of any kind. */
function seeded(seed: Value, version?: Value): Mersenne {
  const number = seedNumber(seed, version);
  vm.step(SEED_STEPS + bitLength(number) / 8);
  const generator = new Mersenne();
  generator.seed(number);
  return generator;
}

/** What filling the state takes. */
const SEED_STEPS = 400;

/** What a generator takes. */
const STATE_BYTES = 3000;
const STATE_STEPS = 700;

function setUp(base: PyClass): void {
  defineConstructor(base, 'Random(x=None)', (cls: PyClass, seed?: Value) => {
    const made = new PyRandom(cls, false);
    vm.charge(STATE_BYTES);
    if (seed !== undefined && seed !== null) made.generator = seeded(seed);
    return made;
  });
  defineMethods(base, {
    '__init__(x=None)': (self: PyRandom, seed?: Value) => {
      const given = seed !== undefined && seed !== null;
      // A subclass may have a way of its own.
      if (given || self.cls.lookup('seed') !== base.attrs.get('seed')) callMethod(self, 'seed', seed ?? null);
      return null;
    },
    'seed(a=None, version=2)': (self: PyRandom, seed?: Value, version?: Value) => {
      if (seed === undefined || seed === null)
        throw new Unsupported('random.seed() without a number', 'give it one, so that every run draws the same');
      const generator = seeded(seed, version);
      if (self.shared) share(generator);
      else {
        touch(self);
        self.generator = generator;
      }
      return null;
    },
    'random()': (self: PyRandom) => generatorOf(self).random(),
    'getrandbits(k, /)': (self: PyRandom, count: Value) => {
      const bits = indexOf(count);
      if (bits < 0n) throw raise('ValueError', 'number of bits must be non-negative');
      return drawBits(generatorOf(self), Number(bits));
    },
    '_randbelow(n, /)': (self: PyRandom, limit: Value) => {
      const n = indexOf(limit);
      if (n <= 0n) return 0n;
      if (self.cls.lookup('random') !== base.attrs.get('random'))
        throw new Unsupported('a subclass of Random with a random() of its own');
      const generator = generatorOf(self);
      const size = bitLength(n);
      let found = drawBits(generator, size);
      while (found >= n) found = drawBits(generator, size);
      return found;
    },
    '_gauss_next()': (self: PyRandom) => {
      const generator = generatorOf(self);
      const { gaussNext } = generator;
      generator.gaussNext = undefined;
      return gaussNext ?? null;
    },
    '_keep_gauss(value, /)': (self: PyRandom, value: number) => {
      generatorOf(self).gaussNext = value;
      return null;
    },
    'getstate()': (self: PyRandom) => {
      const generator = generatorOf(self);
      vm.step(STATE_STEPS);
      vm.charge(8 * STATE_BYTES);
      return new PyTuple([3n, new PyTuple(generator.state.map(BigInt)), generator.gaussNext ?? null]);
    },
    'setstate(state, /)': (self: PyRandom, state: Value) => {
      if (!(state instanceof PyTuple)) throw raise('TypeError', `state must be a tuple, not ${typeName(state)}`);
      const [version, inner] = state.items;
      if (version !== 3n)
        throw version === 2n
          ? new Unsupported('a state of version 2 for random.setstate()')
          : raise('ValueError', `state with version ${repr(version ?? null)} passed to Random.setstate() of version 3`);
      if (!(inner instanceof PyTuple)) throw raise('TypeError', 'state vector must be a tuple');
      if (inner.items.length !== 625) throw raise('ValueError', 'state vector is the wrong size');
      const generator = new Mersenne();
      generator.state = inner.items.map(Number);
      const next = state.items[2];
      generator.gaussNext = typeof next === 'number' ? next : undefined;
      if (self.shared) share(generator);
      else {
        touch(self);
        self.generator = generator;
      }
      return null;
    },
  });
}

const SOURCE = String.raw`
import math
import operator
from bisect import bisect_right
from itertools import accumulate

_RATIO = 4 * math.exp(-0.5) / math.sqrt(2.0)
_CHENG_SHIFT = math.log(4.0)
_CHENG_BOUND = 1.0 + math.log(4.5)


def _above_zero(draw):
    return 1.0 - draw()


def _waiting_time(draw):
    return -math.log(_above_zero(draw))


def _standard_normal(draw):
    while True:
        across = draw()
        height = _above_zero(draw)
        ratio = _RATIO * (across - 0.5) / height
        if -math.log(height) >= ratio * ratio / 4.0:
            return ratio


def _gamma_above_one(draw, shape):
    spread = math.sqrt(2.0 * shape - 1.0)
    offset = shape - _CHENG_SHIFT
    slope = shape + spread
    while True:
        first = draw()
        if first <= 1e-7 or first >= 0.9999999:
            continue
        second = _above_zero(draw)
        logit = math.log(first / (1.0 - first)) / spread
        candidate = shape * math.exp(logit)
        area = first * first * second
        margin = offset + slope * logit - candidate
        if margin + _CHENG_BOUND - 4.5 * area >= 0.0:
            return candidate
        if margin >= math.log(area):
            return candidate


def _gamma_below_one(draw, shape):
    whole = (math.e + shape) / math.e
    while True:
        part = whole * draw()
        if part > 1.0:
            candidate = -math.log((whole - part) / shape)
            accepted = draw() <= candidate ** (shape - 1.0)
        else:
            candidate = part ** (1.0 / shape)
            accepted = draw() <= math.exp(-candidate)
        if accepted:
            return candidate


def _binomial_by_gaps(draw, n, p):
    per_trial = math.log2(1.0 - p)
    successes = 0
    if per_trial == 0.0:
        return successes
    position = 1 + math.floor(math.log2(draw()) / per_trial)
    while position <= n:
        successes += 1
        position += 1 + math.floor(math.log2(draw()) / per_trial)
    return successes


def _binomial_by_rejection(draw, n, p):
    deviation = math.sqrt(n * p * (1.0 - p))
    wide = 1.15 + 2.53 * deviation
    steep = -0.0873 + 0.0248 * wide + 0.01 * p
    centre = n * p + 0.5
    sure = 0.92 - 4.2 / wide
    scale = (2.83 + 5.1 / wide) * deviation
    odds = math.log(p / (1.0 - p))
    mode = math.floor((n + 1) * p)
    peak = math.lgamma(mode + 1) + math.lgamma(n - mode + 1)
    while True:
        side = draw() - 0.5
        room = 0.5 - abs(side)
        count = math.floor((2.0 * steep / room + wide) * side + centre)
        if not 0 <= count <= n:
            continue
        level = draw()
        if level <= sure and room >= 0.07:
            return count
        level *= scale / (steep / (room * room) + wide)
        ceiling = peak - math.lgamma(count + 1)
        ceiling -= math.lgamma(n - count + 1)
        if math.log(level) <= ceiling + (count - mode) * odds:
            return count


def _pool_is_cheaper(size, k):
    limit = 0
    if k > 5:
        limit = 64
        while limit < 3 * k:
            limit *= 4
    return size <= 21 + limit


def _draw_from_pool(below, items, chosen):
    left = len(items)
    for slot in range(len(chosen)):
        at = below(left)
        left -= 1
        chosen[slot] = items[at]
        items[at] = items[left]


def _draw_unseen(below, population, size, chosen):
    seen = set()
    for slot in range(len(chosen)):
        while (at := below(size)) in seen:
            pass
        seen.add(at)
        chosen[slot] = population[at]


def _places_by_count(counts, size):
    ends = list(accumulate(counts))
    if size != len(ends):
        raise ValueError('The number of counts does not match the population')
    total = ends[-1] if ends else 0
    if not isinstance(total, int):
        raise TypeError('Counts must be integers')
    if total < 0:
        raise ValueError('Counts must be non-negative')
    return ends[:-1], total


def _checked_total(ends, size):
    if size != len(ends):
        raise ValueError('The number of weights does not match the population')
    total = ends[-1] + 0.0
    if total <= 0.0:
        raise ValueError('Total of weights must be greater than zero')
    if not math.isfinite(total):
        raise ValueError('Total of weights must be finite')
    return total


class Random(_Core):
    def randbytes(self, n):
        number = self.getrandbits(n * 8)
        return number.to_bytes(n, 'little')

    def randrange(self, start, stop=None, step=1):
        first = operator.index(start)
        if stop is None:
            if step != 1:
                raise TypeError('Missing a non-None stop argument')
            if first <= 0:
                raise ValueError('empty range for randrange()')
            return self._randbelow(first)
        distance = operator.index(stop) - first
        stride = operator.index(step)
        if stride == 0:
            raise ValueError('zero step for randrange()')
        count = -(distance // -stride)
        if count > 0:
            return first + stride * self._randbelow(count)
        shown = f'{start}, {stop}' if stride == 1 else f'{start}, {stop}, {step}'
        raise ValueError(f'empty range in randrange({shown})')

    def randint(self, a, b):
        past = b + 1
        return self.randrange(a, past)

    def choice(self, seq):
        size = len(seq)
        if size == 0:
            raise IndexError('Cannot choose from an empty sequence')
        return seq[self._randbelow(size)]

    def shuffle(self, x):
        last = len(x) - 1
        while last > 0:
            other = self._randbelow(last + 1)
            x[last], x[other] = x[other], x[last]
            last -= 1

    def sample(self, population, k, *, counts=None):
        indexable = hasattr(population, '__getitem__')
        if not indexable or isinstance(population, (dict, set, frozenset)):
            raise TypeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
        size = len(population)
        if counts is not None:
            ends, total = _places_by_count(counts, size)
            return [population[bisect_right(ends, place)] for place in self.sample(range(total), k)]
        if not 0 <= k <= size:
            raise ValueError('Sample larger than population or is negative')
        chosen = [None] * k
        if _pool_is_cheaper(size, k):
            _draw_from_pool(self._randbelow, list(population), chosen)
        else:
            _draw_unseen(self._randbelow, population, size, chosen)
        return chosen

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        draw = self.random
        size = len(population)
        if weights is None and cum_weights is None:
            width = float(size)
            return [population[math.floor(draw() * width)] for turn in range(k)]
        if cum_weights is not None:
            if weights is not None:
                raise TypeError('Cannot specify both weights and cumulative weights')
            ends = cum_weights
        elif isinstance(weights, int):
            raise TypeError(f'The number of choices must be a keyword argument: k={weights}')
        else:
            ends = list(accumulate(weights))
        total = _checked_total(ends, size)
        return [population[bisect_right(ends, draw() * total, 0, size - 1)] for turn in range(k)]

    def uniform(self, a, b):
        width = b - a
        return a + width * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        place = self.random()
        peak = 0.5
        if mode is not None:
            rise = mode - low
            width = high - low
            if width == 0:
                return low
            peak = rise / width
        if place <= peak:
            return low + (high - low) * math.sqrt(place * peak)
        return high + (low - high) * math.sqrt((1.0 - place) * (1.0 - peak))

    def normalvariate(self, mu=0.0, sigma=1.0):
        return mu + sigma * _standard_normal(self.random)

    def gauss(self, mu=0.0, sigma=1.0):
        deviate = self._gauss_next()
        if deviate is None:
            angle = math.tau * self.random()
            radius = math.sqrt(2.0 * _waiting_time(self.random))
            deviate = radius * math.cos(angle)
            self._keep_gauss(radius * math.sin(angle))
        return mu + sigma * deviate

    def lognormvariate(self, mu=0.0, sigma=1.0):
        exponent = self.normalvariate(mu, sigma)
        return math.exp(exponent)

    def expovariate(self, lambd=1.0):
        return _waiting_time(self.random) / lambd

    def vonmisesvariate(self, mu, kappa):
        draw = self.random
        if kappa <= 1e-6:
            return draw() * math.tau
        half = 0.5 / kappa
        reach = half + math.sqrt(1.0 + half * half)
        accepted = False
        while not accepted:
            cosine = math.cos(math.pi * draw())
            bend = cosine / (reach + cosine)
            level = draw()
            accepted = level < 1.0 - bend * bend or level <= (1.0 - bend) * math.exp(bend)
        inverse = 1.0 / reach
        turn = math.acos((inverse + cosine) / (1.0 + inverse * cosine))
        direction = mu - turn if draw() <= 0.5 else mu + turn
        return direction % math.tau

    def gammavariate(self, alpha, beta):
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError('gammavariate: alpha and beta must be > 0.0')
        if alpha == 1.0:
            return beta * _waiting_time(self.random)
        method = _gamma_above_one if alpha > 1.0 else _gamma_below_one
        return beta * method(self.random, alpha)

    def betavariate(self, alpha, beta):
        ours = self.gammavariate(alpha, 1.0)
        if ours == 0.0:
            return 0.0
        theirs = self.gammavariate(beta, 1.0)
        return ours / (ours + theirs)

    def paretovariate(self, alpha):
        return _above_zero(self.random) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * _waiting_time(self.random) ** (1.0 / beta)

    def binomialvariate(self, n=1, p=0.5):
        if n < 0:
            raise ValueError('n must be non-negative')
        if p < 0.0 or p > 1.0:
            raise ValueError('p must be in the range 0.0 <= p <= 1.0')
        if p == 0.0:
            return 0
        if p == 1.0:
            return n
        if n == 1:
            return 1 if self.random() < p else 0
        rarer = 1.0 - p if p > 0.5 else p
        method = _binomial_by_gaps if n * rarer < 10.0 else _binomial_by_rejection
        count = method(self.random, n, rarer)
        return count if rarer == p else n - count
`;

const FUNCTIONS =
  'seed random getrandbits getstate setstate randbytes randrange randint choice shuffle sample choices uniform triangular normalvariate gauss lognormvariate expovariate vonmisesvariate gammavariate betavariate paretovariate weibullvariate binomialvariate';

export function loadRandom(): PyModule {
  const core = nativeClass('_Core', undefined, 'random');
  setUp(core);
  const randomClass = runPython('random', SOURCE, { _Core: core }).get('Random') as PyClass;
  const instance = new PyRandom(randomClass, true);
  return moduleOf('random', {
    ...Object.fromEntries(FUNCTIONS.split(' ').map(name => [name, getAttribute(instance, name)])),
    Random: randomClass,
    SystemRandom: unseeded(),
  });
}

function unseeded(): PyClass {
  const cls = nativeClass('SystemRandom', undefined, 'random');
  defineConstructor(cls, 'SystemRandom(x=None)', () => {
    throw new Unsupported('random.SystemRandom', 'use random.Random(seed)');
  });
  return cls;
}
