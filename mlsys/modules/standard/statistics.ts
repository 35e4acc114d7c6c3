/** `statistics`: exact sums of ints, floats and fractions, then one rounding, as in CPython. */
import { fn } from '../../python/runtime/native';
import type { PyModule, Value } from '../../python/runtime/objects';
import { pythonModule } from './python';
import { refusal } from './support';

const SOURCE = String.raw`
import bisect as _bisect
import collections as _collections
import math as _math
from decimal import Decimal as _Decimal, localcontext as _localcontext
from fractions import Fraction as _Fraction

_INF = float('inf')
_ROOT_TWO = 1.4142135623730951


class StatisticsError(ValueError):
    pass


# How many points there are, and what to raise where that is too few.

def _need(count, least, text):
    if count < least:
        raise StatisticsError(text)
    return count


def _points(count, least, who):
    wanted = 'one data point' if least == 1 else 'two data points'
    return _need(count, least, f'{who} requires at least {wanted}')


def _paired(first, second, who):
    size = len(first)
    if size != len(second):
        raise StatisticsError(who + ' requires that both inputs have same number of data points')
    return _points(size, 2, who)


def _ordered(values):
    values = sorted(values)
    return values, _need(len(values), 1, 'no median for empty data')


def _sequence(values):
    return values if isinstance(values, (list, tuple)) else list(values)


def _average(values, size):
    return _math.fsum(values) / size


def _centred(values, middle):
    return [value - middle for value in values]


# Exact sums: the type of the answer is found beside the sum itself.

def _wider(one, two):
    if one is two or two in (int, bool):
        return one
    if one in (int, bool) or issubclass(two, one):
        return two
    if issubclass(one, two):
        return one
    for ratio, real in ((one, two), (two, one)):
        if issubclass(ratio, _Fraction) and issubclass(real, float):
            return real
    raise TypeError(f"don't know how to coerce {one.__name__} and {two.__name__}")


def _as_fraction(value):
    # None stands for an infinity or a NaN.
    if isinstance(value, float):
        return _Fraction(value) if _math.isfinite(value) else None
    if isinstance(value, _Decimal):
        return _Fraction(value) if value.is_finite() else None
    if isinstance(value, (int, _Fraction)):
        return _Fraction(value)
    if not hasattr(value, 'as_integer_ratio'):
        raise TypeError(f"can't convert type '{type(value).__name__}' to numerator/denominator")
    return _Fraction(*value.as_integer_ratio())


class _Sums:
    __slots__ = ('kind', 'count', 'first', 'second', 'odd_sum')

    def __init__(self, values, squares=False):
        self.kind = int
        self.count = 0
        self.first = self.second = _Fraction(0)
        self.odd_sum = None
        for value in values:
            self.count += 1
            self.kind = _wider(self.kind, type(value))
            ratio = _as_fraction(value)
            if ratio is None:
                self.odd_sum = value if self.odd_sum is None else self.odd_sum + value
                continue
            self.first += ratio
            if squares:
                self.second += ratio * ratio

    def sum(self):
        return self.first if self.odd_sum is None else self.odd_sum


def _given_back(value, kind):
    if type(value) is kind:
        return value
    if issubclass(kind, int) and value.denominator != 1:
        kind = float
    if issubclass(kind, _Decimal):
        return kind(value.numerator) / value.denominator
    if kind is float and isinstance(value, _Fraction):
        return value.numerator / value.denominator
    return kind(value)


# Averages

def mean(data):
    sums = _Sums(data)
    return _given_back(sums.sum() / _points(sums.count, 1, 'mean'), sums.kind)


def fmean(data, weights=None):
    if weights is None:
        data = list(data)
        return _average(data, _points(len(data), 1, 'fmean'))
    weights, data = _sequence(weights), _sequence(data)
    if len(weights) != len(data):
        raise StatisticsError('data and weights must be the same length')
    whole = _math.fsum(weights)
    if whole:
        return _math.sumprod(data, weights) / whole
    raise StatisticsError('sum of weights must be non-zero')


def geometric_mean(data):
    size, logs = 0, []
    for size, value in enumerate(data, 1):
        if value == 0.0:
            continue
        if not value > 0.0 and value == value:
            raise StatisticsError('No negative inputs allowed', value)
        logs.append(_math.log(value))
    summed = _math.fsum(logs)
    _need(size, 1, 'Must have a non-empty dataset')
    if len(logs) < size:
        return 0.0 if summed < _math.inf else _math.nan
    return _math.exp(summed / size)


_NO_NEGATIVES = 'harmonic mean does not support negative values'


def _not_negative(value):
    if value < 0:
        raise StatisticsError(_NO_NEGATIVES)
    return value


def harmonic_mean(data, weights=None):
    data = list(data)
    size = _points(len(data), 1, 'harmonic_mean')
    if weights is not None:
        weights = list(weights)
        if size != len(weights):
            raise StatisticsError('Number of weights does not match data size')
        above = _Sums(map(_not_negative, weights)).sum()
    elif size > 1:
        above, weights = size, [1] * size
    elif isinstance(data[0], (int, float, _Decimal, _Fraction)):
        return _not_negative(data[0])
    else:
        raise TypeError('unsupported type')
    for value in data:
        _not_negative(value)
    try:
        below = _Sums(weight / value if weight else 0 for weight, value in zip(weights, data))
    except ZeroDivisionError:
        return 0
    if below.sum() <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _given_back(above / below.sum(), below.kind)


# The middle, and the most common

def median(data):
    values, size = _ordered(data)
    half, odd = divmod(size, 2)
    return values[half] if odd else (values[half - 1] + values[half]) / 2


def median_low(data):
    values, size = _ordered(data)
    return values[(size - 1) // 2]


def median_high(data):
    values, size = _ordered(data)
    return values[size // 2]


def _as_float(value):
    try:
        return float(value)
    except ValueError:
        raise TypeError('Value cannot be converted to a float') from None


def median_grouped(data, interval=1.0):
    values, size = _ordered(data)
    middle = values[size // 2]
    below = _bisect.bisect_left(values, middle)
    within = _bisect.bisect_right(values, middle, lo=below) - below
    interval, middle = _as_float(interval), _as_float(middle)
    return middle - interval / 2.0 + interval * (size / 2 - below) / within


def mode(data):
    for value, _ in _collections.Counter(iter(data)).most_common(1):
        return value
    raise StatisticsError('no mode for empty data')


def multimode(data):
    tally = _collections.Counter(iter(data))
    top = max(tally.values(), default=0)
    return [value for value in tally if tally[value] == top]


def quantiles(data, *, n=4, method='exclusive'):
    _need(n, 1, 'n must be at least 1')
    values = sorted(data)
    size = _need(len(values), 1, 'must have at least one data point')
    if size == 1:
        return values * (n - 1)
    if method not in ('exclusive', 'inclusive'):
        raise ValueError(f'Unknown method: {method!r}')
    # Exclusive cuts lie between one point before the data and one after it.
    beyond = 1 if method == 'exclusive' else -1
    cuts = []
    for place in range(0, n * (size + beyond), size + beyond)[1:]:
        left = place // n
        if beyond == 1:
            left = min(max(left, 1), size - 1)
        over = place - left * n
        at = left - (beyond == 1)
        cuts.append((values[at] * (n - over) + values[at + 1] * over) / n)
    return cuts


# Spread

def _spread(values, middle, who, least):
    """The mean square of the distances from the middle, and the type of the answer."""
    if middle is None:
        sums = _Sums(values, True)
        count = _points(sums.count, least, who)
        squares = sums.odd_sum
        if squares is None:
            squares = (count * sums.second - sums.first * sums.first) / count
    else:
        # Distances and their squares are numbers of the data's own type; only their sum is exact.
        distances = [value - middle for value in values]
        sums = _Sums(one * one for one in distances)
        count = _points(sums.count, least, who)
        squares = sums.sum()
    return squares / (count + 1 - least), sums.kind


def _rooted(square, kind):
    if issubclass(kind, _Decimal):
        if not square:
            return _Decimal('0.0')
        # Rounded once: the quotient has digits to spare.
        with _localcontext() as context:
            context.prec = 2 * context.prec + 20
            root = (_Decimal(square.numerator) / square.denominator).sqrt()
        return +root
    # Only a fraction has a root here: of an infinity or a NaN there is none.
    return _sqrt_of_ratio(square.numerator, square.denominator)


def variance(data, xbar=None):
    return _given_back(*_spread(data, xbar, 'variance', 2))


def pvariance(data, mu=None):
    return _given_back(*_spread(data, mu, 'pvariance', 1))


def stdev(data, xbar=None):
    return _rooted(*_spread(data, xbar, 'stdev', 2))


def pstdev(data, mu=None):
    return _rooted(*_spread(data, mu, 'pstdev', 1))


# Pairs

def covariance(x, y, /):
    size = _paired(x, y, 'covariance')
    across, up = (_centred(side, _average(side, size)) for side in (x, y))
    return _math.sumprod(across, up) / (size - 1)


def _centred_ranks(values):
    # Equal values share the mean of their places; the places run from -(n-1)/2 to (n-1)/2.
    values = list(values)
    places = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    first = 0
    for end in range(1, len(places) + 1):
        if end < len(places) and values[places[end]] == values[places[first]]:
            continue
        for place in places[first:end]:
            ranks[place] = (first + end - 1) / 2 - (len(values) - 1) / 2
        first = end
    return ranks


def _root_of_product(one, two):
    guess = _math.sqrt(one * two)
    if guess <= 0.0 or guess == _INF or guess != guess:
        return _math.sqrt(one) * _math.sqrt(two)
    return guess + _math.sumprod((one, guess), (two, -guess)) / (2.0 * guess)


def correlation(x, y, /, *, method='linear'):
    size = _paired(x, y, 'correlation')
    if method == 'ranked':
        across, up = map(_centred_ranks, (x, y))
    elif method == 'linear':
        across, up = (_centred(side, _average(side, size)) for side in (x, y))
    else:
        raise ValueError(f'Unknown method: {method!r}')
    both, one, two = (_math.sumprod(*pair) for pair in ((across, up), (across, across), (up, up)))
    try:
        return both / _root_of_product(one, two)
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant')


LinearRegression = _collections.namedtuple('LinearRegression', 'slope intercept', module='statistics')


def linear_regression(x, y, /, *, proportional=False):
    size = _paired(x, y, 'linear regression')
    if proportional:
        across, up = x, y
    else:
        middle, height = _average(x, size), _average(y, size)
        across, up = _centred(x, middle), _centred(y, height)
    rise = _math.sumprod(across, up) + 0.0
    run = _math.sumprod(across, across)
    if not run:
        raise StatisticsError('x is constant')
    steep = rise / run
    return LinearRegression(steep, 0.0 if proportional else height - steep * middle)


# The quantiles of the normal distribution: Wichura's algorithm AS 241 (PPND16),
# a ratio of two polynomials for each of three ranges, the highest power first.

_CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)
_SHOULDER = (
    (7.7454501427834140764e-4, 2.27238449892691845833e-2, 0.24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 0.14810397642748007459,
     0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0),
)
_TAIL = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.65321895265761230930e-2,
     0.2965605718285048912300, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     1.48753612908506148525e-2, 0.1369298809227358053100, 0.59983220655588793769, 1.0),
)


def _polynomial(numbers, at):
    value = 0.0
    for number in numbers:
        value = value * at + number
    return value


def _normal_quantile(p, mu, sigma):
    off = p - 0.5
    if abs(off) <= 0.425:
        above, below = (_polynomial(part, 0.180625 - off * off) for part in _CENTRE)
        return mu + above * off / below * sigma
    far = _math.sqrt(-_math.log(p if off <= 0.0 else 1.0 - p))
    table, start = (_SHOULDER, 1.6) if far <= 5.0 else (_TAIL, 5.0)
    above, below = (_polynomial(part, far - start) for part in table)
    return mu + _math.copysign(above / below, off) * sigma


def kde(data, h, kernel='normal', *, cumulative=False):
    _refuse('statistics.kde')


def kde_random(data, h, kernel='normal', *, seed=None):
    _refuse('statistics.kde_random')


class NormalDist:
    __slots__ = ('_mu', '_sigma')

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        points = list(data)
        sums = _Sums(points)
        _points(sums.count, 2, 'stdev')
        if sums.odd_sum is not None:
            return cls(float(sums.odd_sum), _math.nan)
        return cls(float(sums.first / sums.count), float(stdev(points)))

    mean = median = mode = property(lambda self: self._mu)
    stdev = property(lambda self: self._sigma)
    variance = property(lambda self: self._sigma * self._sigma)

    def _spread_for(self, who):
        if self._sigma:
            return self._sigma
        raise StatisticsError(f'{who}() not defined when sigma is zero')

    def samples(self, n, *, seed=None):
        from random import Random
        draw = Random(seed).random
        return [_normal_quantile(draw() or draw(), self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        square = self.variance
        if not square:
            raise StatisticsError('pdf() not defined when sigma is zero')
        off = x - self._mu
        height = _math.exp(off * off / (-2.0 * square))
        return height / _math.sqrt(_math.tau * square)

    def cdf(self, x):
        scale = self._spread_for('cdf') * _ROOT_TWO
        return 0.5 * (1.0 + _math.erf((x - self._mu) / scale))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        return _normal_quantile(p, self._mu, self._sigma)

    def zscore(self, x):
        sigma = self._spread_for('zscore')
        return (x - self._mu) / sigma

    def quantiles(self, n=4):
        return [self.inv_cdf(cut / n) for cut in range(1, n)]

    def overlap(self, other):
        if not isinstance(other, NormalDist):
            raise TypeError('Expected another NormalDist instance')
        slim, wide = sorted((self, other), key=lambda each: (each._sigma, each._mu))
        small, large = slim.variance, wide.variance
        if not (small and large):
            raise StatisticsError('overlap() not defined when sigma is zero')
        apart = abs(wide._mu - slim._mu)
        more = large - small
        if not more:
            return 1.0 - _math.erf(apart / (2.0 * slim._sigma * _ROOT_TWO))
        # The two curves cross twice.
        centre = slim._mu * large - wide._mu * small
        reach = slim._sigma * wide._sigma * _math.sqrt(apart * apart + more * _math.log(large / small))
        right, left = (abs(wide.cdf(at) - slim.cdf(at)) for at in ((centre + reach) / more, (centre - reach) / more))
        return 1.0 - (right + left)

    def __add__(self, other):
        if not isinstance(other, NormalDist):
            return NormalDist(self._mu + other, self._sigma)
        return NormalDist(self._mu + other._mu, _math.hypot(self._sigma, other._sigma))

    def __sub__(self, other):
        if not isinstance(other, NormalDist):
            return NormalDist(self._mu - other, self._sigma)
        return NormalDist(self._mu - other._mu, _math.hypot(self._sigma, other._sigma))

    def __mul__(self, factor):
        return NormalDist(self._mu * factor, self._sigma * _math.fabs(factor))

    def __truediv__(self, factor):
        return NormalDist(self._mu / factor, self._sigma / _math.fabs(factor))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    def __rsub__(self, other):
        return -(self - other)

    __radd__, __rmul__ = __add__, __mul__

    def __eq__(self, other):
        if isinstance(other, NormalDist):
            return (self._mu, self._sigma) == (other._mu, other._sigma)
        return NotImplemented

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'
`;

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function isqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((bitLength(value) + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The square root of n/m, correctly rounded. */
function sqrtOfRatio(n: bigint, m: bigint): number {
  if (n <= 0n) return 0;
  const q = Math.floor((bitLength(n) - bitLength(m) - 109) / 2);
  const shift = BigInt(2 * Math.abs(q));
  const [a, b] = q >= 0 ? [n, m << shift] : [n << shift, m];
  // The root of the integer quotient, its last bit set where anything was cut off.
  const root = isqrt(a / b);
  const exact = root * root * b === a;
  const odd = exact ? root : root | 1n;
  return q >= 0 ? Number(odd << BigInt(q)) : scaled(odd, q);
}

function scaled(value: bigint, power: number): number {
  // Far from the subnormal range, scaling by a power of two is exact.
  return Number(value) * 2 ** power;
}

export function loadStatistics(): PyModule {
  return pythonModule('statistics', SOURCE, {
    _refuse: refusal,
    _sqrt_of_ratio: fn('_sqrt_of_ratio(n, m, /)', (n: Value, m: Value) => sqrtOfRatio(n as bigint, m as bigint)),
  });
}
