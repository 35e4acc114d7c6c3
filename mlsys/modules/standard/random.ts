/**
 * `random`, for seeded generators: the same numbers as CPython. Without a seed there is nothing to reproduce, so an
 * unseeded draw is refused.
 */
import { raise, Unsupported } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import { defineConstructor, defineMethods } from '../../python/runtime/native';
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
import { getAttribute, hash, indexOf, typeName } from '../../python/runtime/operations';
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
  constructor(cls: PyClass, shared: boolean) {
    super(cls);
    this.shared = shared;
    this.attrs = new Map();
  }
}

/** The copy of the session's generator that each run draws from: cells before it must not see its draws. */
const copies = new WeakMap<RunRecord, Mersenne>();

function shared(): Mersenne | undefined {
  const known = copies.get(vm.record);
  if (known !== undefined) return known;
  const before = vm.readState<Mersenne | undefined>(CHANNEL, undefined);
  return before === undefined ? undefined : share(before.copy());
}

function share(generator: Mersenne): Mersenne {
  copies.set(vm.record, generator);
  vm.writeState(CHANNEL, generator);
  return generator;
}

function generatorOf(self: PyRandom): Mersenne {
  const found = self.shared ? shared() : self.generator;
  if (found === undefined) throw new Unsupported('random numbers without a seed', 'call random.seed(number) first');
  if (!self.shared) touch(self);
  vm.step();
  return found;
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** The integer that a seed of any kind stands for. */
function seedNumber(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return hash(value);
  if (value instanceof PyInstance && typeof value.payload === 'bigint') return value.payload;
  const bytes = typeof value === 'string' ? utf8(value) : value instanceof PyBytes ? [...value.data] : undefined;
  if (bytes === undefined)
    throw raise('TypeError', 'The only supported seed types are:\nNone, int, float, str, bytes, and bytearray.');
  const data = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  return (data << 512n) | sha512(Uint8Array.from(bytes));
}

function setUp(base: PyClass): void {
  defineConstructor(base, 'Random(x=None)', (cls: PyClass, seed?: Value) => {
    const made = new PyRandom(cls, false);
    if (seed !== undefined && seed !== null) {
      made.generator = new Mersenne();
      made.generator.seed(seedNumber(seed));
    }
    return made;
  });
  defineMethods(base, {
    'seed(a=None, version=2)': (self: PyRandom, seed?: Value) => {
      if (seed === undefined || seed === null)
        throw new Unsupported('random.seed() without a number', 'give it one, so that every run draws the same');
      const generator = new Mersenne();
      generator.seed(seedNumber(seed));
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
      vm.charge(Number(bits / 8n));
      return generatorOf(self).bits(Number(bits));
    },
    '_randbelow(n, /)': (self: PyRandom, limit: Value) => {
      const n = indexOf(limit);
      if (n <= 0n) return 0n;
      const generator = generatorOf(self);
      const size = n.toString(2).length;
      let found = generator.bits(size);
      while (found >= n) found = generator.bits(size);
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
      return new PyTuple([3n, new PyTuple(generator.state.map(BigInt)), generator.gaussNext ?? null]);
    },
    'setstate(state, /)': (self: PyRandom, state: Value) => {
      if (!(state instanceof PyTuple)) throw raise('TypeError', `state must be a tuple, not ${typeName(state)}`);
      const generator = new Mersenne();
      generator.state = (state.items[1] as PyTuple).items.map(Number);
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
from math import log as _log, exp as _exp, pi as _pi, e as _e, ceil as _ceil, sqrt as _sqrt, acos as _acos, cos as _cos, sin as _sin, floor as _floor, log2 as _log2, isfinite as _isfinite, lgamma as _lgamma, fabs as _fabs
from operator import index as _index
from itertools import accumulate as _accumulate
from bisect import bisect as _bisect

_NV_MAGICCONST = 4 * _exp(-0.5) / _sqrt(2.0)
_LOG4 = _log(4.0)
_SG_MAGICCONST = 1.0 + _log(4.5)
_TWOPI = 2.0 * _pi


class Random(_Core):
    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, 'little')

    def randrange(self, start, stop=None, step=1):
        istart = _index(start)
        if stop is None:
            if step != 1:
                raise TypeError('Missing a non-None stop argument')
            if istart > 0:
                return self._randbelow(istart)
            raise ValueError('empty range for randrange()')
        istop = _index(stop)
        width = istop - istart
        istep = _index(step)
        if istep == 1:
            if width > 0:
                return istart + self._randbelow(width)
            raise ValueError(f'empty range in randrange({start}, {stop})')
        if istep > 0:
            n = (width + istep - 1) // istep
        elif istep < 0:
            n = (width + istep + 1) // istep
        else:
            raise ValueError('zero step for randrange()')
        if n <= 0:
            raise ValueError(f'empty range in randrange({start}, {stop}, {step})')
        return istart + istep * self._randbelow(n)

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if not len(seq):
            raise IndexError('Cannot choose from an empty sequence')
        return seq[self._randbelow(len(seq))]

    def shuffle(self, x):
        randbelow = self._randbelow
        for i in reversed(range(1, len(x))):
            j = randbelow(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        if isinstance(population, (set, frozenset, dict)) or not hasattr(population, '__getitem__'):
            raise TypeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
        n = len(population)
        if counts is not None:
            cum_counts = list(_accumulate(counts))
            if len(cum_counts) != n:
                raise ValueError('The number of counts does not match the population')
            total = cum_counts.pop() if cum_counts else 0
            if not isinstance(total, int):
                raise TypeError('Counts must be integers')
            if total < 0:
                raise ValueError('Counts must be non-negative')
            selections = self.sample(range(total), k=k)
            return [population[_bisect(cum_counts, s)] for s in selections]
        randbelow = self._randbelow
        if not 0 <= k <= n:
            raise ValueError('Sample larger than population or is negative')
        result = [None] * k
        setsize = 21
        if k > 5:
            setsize += 4 ** _ceil(_log(k * 3, 4))
        if n <= setsize:
            pool = list(population)
            for i in range(k):
                j = randbelow(n - i)
                result[i] = pool[j]
                pool[j] = pool[n - i - 1]
        else:
            selected = set()
            for i in range(k):
                j = randbelow(n)
                while j in selected:
                    j = randbelow(n)
                selected.add(j)
                result[i] = population[j]
        return result

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        random = self.random
        n = len(population)
        if cum_weights is None:
            if weights is None:
                n += 0.0
                return [population[_floor(random() * n)] for _ in range(k)]
            if isinstance(weights, int):
                raise TypeError(f'The number of choices must be a keyword argument: k={weights}')
            cum_weights = list(_accumulate(weights))
        elif weights is not None:
            raise TypeError('Cannot specify both weights and cumulative weights')
        if len(cum_weights) != n:
            raise ValueError('The number of weights does not match the population')
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError('Total of weights must be greater than zero')
        if not _isfinite(total):
            raise ValueError('Total of weights must be finite')
        return [population[_bisect(cum_weights, random() * total, 0, n - 1)] for _ in range(k)]

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        u = self.random()
        try:
            c = 0.5 if mode is None else (mode - low) / (high - low)
        except ZeroDivisionError:
            return low
        if u > c:
            u = 1.0 - u
            c = 1.0 - c
            low, high = high, low
        return low + (high - low) * _sqrt(u * c)

    def normalvariate(self, mu=0.0, sigma=1.0):
        random = self.random
        while True:
            u1 = random()
            u2 = 1.0 - random()
            z = _NV_MAGICCONST * (u1 - 0.5) / u2
            zz = z * z / 4.0
            if zz <= -_log(u2):
                break
        return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        z = self._gauss_next()
        if z is None:
            x2pi = self.random() * _TWOPI
            g2rad = _sqrt(-2.0 * _log(1.0 - self.random()))
            z = _cos(x2pi) * g2rad
            self._keep_gauss(_sin(x2pi) * g2rad)
        return mu + z * sigma

    def lognormvariate(self, mu=0.0, sigma=1.0):
        return _exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd=1.0):
        return -_log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        random = self.random
        if kappa <= 1e-6:
            return _TWOPI * random()
        s = 0.5 / kappa
        r = s + _sqrt(1.0 + s * s)
        while True:
            u1 = random()
            z = _cos(_pi * u1)
            d = z / (r + z)
            u2 = random()
            if u2 < 1.0 - d * d or u2 <= (1.0 - d) * _exp(d):
                break
        q = 1.0 / r
        f = (q + z) / (1.0 + q * z)
        u3 = random()
        if u3 > 0.5:
            return (mu + _acos(f)) % _TWOPI
        return (mu - _acos(f)) % _TWOPI

    def gammavariate(self, alpha, beta):
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError('gammavariate: alpha and beta must be > 0.0')
        random = self.random
        if alpha > 1.0:
            ainv = _sqrt(2.0 * alpha - 1.0)
            bbb = alpha - _LOG4
            ccc = alpha + ainv
            while True:
                u1 = random()
                if not 1e-7 < u1 < 0.9999999:
                    continue
                u2 = 1.0 - random()
                v = _log(u1 / (1.0 - u1)) / ainv
                x = alpha * _exp(v)
                z = u1 * u1 * u2
                r = bbb + ccc * v - x
                if r + _SG_MAGICCONST - 4.5 * z >= 0.0 or r >= _log(z):
                    return x * beta
        elif alpha == 1.0:
            return -_log(1.0 - random()) * beta
        while True:
            u = random()
            b = (_e + alpha) / _e
            p = b * u
            if p <= 1.0:
                x = p ** (1.0 / alpha)
            else:
                x = -_log((b - p) / alpha)
            u1 = random()
            if p > 1.0:
                if u1 <= x ** (alpha - 1.0):
                    break
            elif u1 <= _exp(-x):
                break
        return x * beta

    def betavariate(self, alpha, beta):
        y = self.gammavariate(alpha, 1.0)
        if y:
            return y / (y + self.gammavariate(beta, 1.0))
        return 0.0

    def paretovariate(self, alpha):
        u = 1.0 - self.random()
        return u ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        u = 1.0 - self.random()
        return alpha * (-_log(u)) ** (1.0 / beta)

    def binomialvariate(self, n=1, p=0.5):
        if n < 0:
            raise ValueError('n must be non-negative')
        if p <= 0.0 or p >= 1.0:
            if p == 0.0:
                return 0
            if p == 1.0:
                return n
            raise ValueError('p must be in the range 0.0 <= p <= 1.0')
        random = self.random
        if n == 1:
            return _index(random() < p)
        if p > 0.5:
            return n - self.binomialvariate(n, 1.0 - p)
        if n * p < 10.0:
            x = y = 0
            c = _log2(1.0 - p)
            if not c:
                return x
            while True:
                y += _floor(_log2(random()) / c) + 1
                if y > n:
                    return x
                x += 1
        spq = _sqrt(n * p * (1.0 - p))
        b = 1.15 + 2.53 * spq
        a = -0.0873 + 0.0248 * b + 0.01 * p
        c = n * p + 0.5
        vr = 0.92 - 4.2 / b
        alpha = (2.83 + 5.1 / b) * spq
        lpq = _log(p / (1.0 - p))
        m = _floor((n + 1) * p)
        h = _lgamma(m + 1) + _lgamma(n - m + 1)
        while True:
            u = random() - 0.5
            us = 0.5 - _fabs(u)
            k = _floor((2.0 * a / us + b) * u + c)
            if k < 0 or k > n:
                continue
            v = random()
            if us >= 0.07 and v <= vr:
                return k
            v *= alpha / (a / (us * us) + b)
            if _log(v) <= h - _lgamma(k + 1) - _lgamma(n - k + 1) + (k - m) * lpq:
                return k
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
