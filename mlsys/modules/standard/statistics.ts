/** `statistics`: exact sums of ints, floats and fractions, then one rounding, as in CPython. */
import { fn } from '../../python/runtime/native';
import type { PyModule, Value } from '../../python/runtime/objects';
import { pythonModule } from './python';

const SOURCE = String.raw`
from fractions import Fraction as _Fraction
from decimal import Decimal as _Decimal
from math import sqrt as _sqrt, exp as _exp, log as _log, erf as _erf, tau as _tau, fabs as _fabs, isqrt as _isqrt, hypot as _hypot, fsum as _fsum, sumprod as _sumprod
from collections import Counter as _Counter, namedtuple as _namedtuple
from bisect import bisect_left as _bisect_left, bisect_right as _bisect_right


class StatisticsError(ValueError):
    pass


def _coerce(T, S):
    if T is S:
        return T
    if S is int or S is bool:
        return T
    if T is int or T is bool:
        return S
    if issubclass(S, T):
        return S
    if issubclass(T, S):
        return T
    if issubclass(T, _Fraction) and issubclass(S, float):
        return S
    if issubclass(T, float) and issubclass(S, _Fraction):
        return T
    raise TypeError(f"don't know how to coerce {T.__name__} and {S.__name__}")


def _exact(x):
    if isinstance(x, (int, float, _Decimal, _Fraction)):
        if isinstance(x, float) and (x != x or x in (float('inf'), float('-inf'))):
            return None
        if isinstance(x, _Decimal) and not x.is_finite():
            return None
        return _Fraction(x)
    if hasattr(x, 'as_integer_ratio'):
        return _Fraction(*x.as_integer_ratio())
    raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator")


def _total(data):
    T = int
    total = _Fraction(0)
    special = None
    count = 0
    for x in data:
        count += 1
        T = _coerce(T, type(x))
        exact = _exact(x)
        if exact is None:
            special = x if special is None else special + x
        else:
            total += exact
    return T, total if special is None else special, count


def _convert(value, T):
    if type(value) is T:
        return value
    if issubclass(T, int) and value.denominator != 1:
        T = float
    if issubclass(T, _Decimal):
        return T(value.numerator) / value.denominator
    return T(value) if not (T is float and isinstance(value, _Fraction)) else value.numerator / value.denominator


def _fail_neg(values, errmsg='negative value'):
    for x in values:
        if x < 0:
            raise StatisticsError(errmsg)
        yield x


def mean(data):
    T, total, n = _total(data)
    if n < 1:
        raise StatisticsError('mean requires at least one data point')
    return _convert(total / n, T)


def fmean(data, weights=None):
    if weights is None:
        data = list(data)
        n = len(data)
        if not n:
            raise StatisticsError('fmean requires at least one data point')
        return _fsum(data) / n
    if not isinstance(weights, (list, tuple)):
        weights = list(weights)
    if not isinstance(data, (list, tuple)):
        data = list(data)
    if len(data) != len(weights):
        raise StatisticsError('data and weights must be the same length')
    den = _fsum(weights)
    if not den:
        raise StatisticsError('sum of weights must be non-zero')
    return _sumprod(data, weights) / den


def geometric_mean(data):
    n = 0
    found_zero = False
    logs = []
    for x in data:
        n += 1
        if x > 0.0 or x != x:
            logs.append(_log(x))
        elif x == 0.0:
            found_zero = True
        else:
            raise StatisticsError('No negative inputs allowed')
    total = _fsum(logs)
    if not n:
        raise StatisticsError('Must have a non-empty dataset')
    if found_zero:
        return 0.0
    return _exp(total / n)


def harmonic_mean(data, weights=None):
    data = list(data)
    errmsg = 'harmonic mean does not support negative values'
    n = len(data)
    if n < 1:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if n == 1 and weights is None:
        x = data[0]
        if isinstance(x, (int, float, _Decimal, _Fraction)):
            if x < 0:
                raise StatisticsError(errmsg)
            return x
        raise TypeError('unsupported type')
    if weights is None:
        weights = [1] * n
        sum_weights = n
    else:
        weights = list(weights)
        if len(weights) != n:
            raise StatisticsError('Number of weights does not match data size')
        sum_weights = _total(_fail_neg(weights, errmsg))[1]
    try:
        data = list(_fail_neg(data, errmsg))
        T, total, count = _total(w / x if w else 0 for w, x in zip(weights, data))
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _convert(sum_weights / total, T)


def median(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError('no median for empty data')
    if n % 2 == 1:
        return data[n // 2]
    i = n // 2
    return (data[i - 1] + data[i]) / 2


def median_low(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError('no median for empty data')
    return data[n // 2] if n % 2 == 1 else data[n // 2 - 1]


def median_high(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError('no median for empty data')
    return data[n // 2]


def median_grouped(data, interval=1.0):
    data = sorted(data)
    n = len(data)
    if not n:
        raise StatisticsError('no median for empty data')
    x = data[n // 2]
    i = _bisect_left(data, x)
    j = _bisect_right(data, x, lo=i)
    interval = float(interval)
    x = float(x)
    lower = x - interval / 2.0
    return lower + interval * (n / 2 - i) / (j - i)


def mode(data):
    pairs = _Counter(iter(data)).most_common(1)
    if not pairs:
        raise StatisticsError('no mode for empty data')
    return pairs[0][0]


def multimode(data):
    counts = _Counter(iter(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    ld = len(data)
    if ld < 2:
        if ld == 1:
            return data * (n - 1)
        raise StatisticsError('must have at least one data point')
    result = []
    if method == 'inclusive':
        m = ld - 1
        for i in range(1, n):
            j, delta = divmod(i * m, n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return result
    if method == 'exclusive':
        m = ld + 1
        for i in range(1, n):
            j = i * m // n
            j = 1 if j < 1 else ld - 1 if j > ld - 1 else j
            delta = i * m - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        return result
    raise ValueError(f'Unknown method: {method!r}')


def _squares(data, c=None):
    if c is not None:
        T = int
        total = _Fraction(0)
        special = None
        count = 0
        for x in data:
            d = x - c
            count += 1
            T = _coerce(T, type(d))
            exact = _exact(d)
            if exact is None:
                special = d * d
            else:
                total += exact * exact
        return T, total if special is None else special, c, count
    T = int
    count = 0
    sx = _Fraction(0)
    sxx = _Fraction(0)
    special = None
    for x in data:
        count += 1
        T = _coerce(T, type(x))
        exact = _exact(x)
        if exact is None:
            special = x
        else:
            sx += exact
            sxx += exact * exact
    if special is not None:
        return T, special * 0 + special - special, special, count
    if not count:
        return T, sxx, sx, 0
    return T, (count * sxx - sx * sx) / count, sx / count, count


def variance(data, xbar=None):
    T, ss, c, n = _squares(data, xbar)
    if n < 2:
        raise StatisticsError('variance requires at least two data points')
    return _convert(ss / (n - 1), T)


def pvariance(data, mu=None):
    T, ss, c, n = _squares(data, mu)
    if n < 1:
        raise StatisticsError('pvariance requires at least one data point')
    return _convert(ss / n, T)


def _root(mss, T):
    if T is not None and issubclass(T, _Decimal):
        return (_Decimal(mss.numerator) / mss.denominator).sqrt()
    return _sqrt_of_ratio(mss.numerator, mss.denominator) if isinstance(mss, _Fraction) else _sqrt(mss)


def stdev(data, xbar=None):
    T, ss, c, n = _squares(data, xbar)
    if n < 2:
        raise StatisticsError('stdev requires at least two data points')
    return _root(ss / (n - 1), T)


def pstdev(data, mu=None):
    T, ss, c, n = _squares(data, mu)
    if n < 1:
        raise StatisticsError('pstdev requires at least one data point')
    return _root(ss / n, T)


def covariance(x, y, /):
    n = len(x)
    if len(y) != n:
        raise StatisticsError('covariance requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError('covariance requires at least two data points')
    xbar = _fsum(x) / n
    ybar = _fsum(y) / n
    return _sumprod((xi - xbar for xi in x), (yi - ybar for yi in y)) / (n - 1)


def _rank(data, start):
    order = sorted(range(len(data)), key=lambda i: data[i])
    ranks = [0.0] * len(data)
    i = start - 1
    while i - start + 1 < len(order):
        first = i - start + 1
        last = first
        while last + 1 < len(order) and data[order[last + 1]] == data[order[first]]:
            last += 1
        size = last - first + 1
        for at in range(first, last + 1):
            ranks[order[at]] = i + (size + 1) / 2
        i += size
    return ranks


def correlation(x, y, /, *, method='linear'):
    n = len(x)
    if len(y) != n:
        raise StatisticsError('correlation requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError('correlation requires at least two data points')
    if method not in {'linear', 'ranked'}:
        raise ValueError(f'Unknown method: {method!r}')
    if method == 'ranked':
        start = (n - 1) / -2
        x = _ranked(x, start)
        y = _ranked(y, start)
    else:
        xbar = _fsum(x) / n
        ybar = _fsum(y) / n
        x = [xi - xbar for xi in x]
        y = [yi - ybar for yi in y]
    sxy = _sumprod(x, y)
    sxx = _sumprod(x, x)
    syy = _sumprod(y, y)
    try:
        return sxy / _sqrtprod(sxx, syy)
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant')


def _ranked(data, start):
    return [rank - 1 + start for rank in _rank(list(data), 1)]


def _sqrtprod(x, y):
    h = _sqrt(x * y)
    if not 0.0 < h < float('inf'):
        return _sqrt(x) * _sqrt(y)
    d = _sumprod((x, h), (y, -h))
    return h + d / (2.0 * h)


LinearRegression = _namedtuple('LinearRegression', ('slope', 'intercept'))


def linear_regression(x, y, /, *, proportional=False):
    n = len(x)
    if len(y) != n:
        raise StatisticsError('linear regression requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError('linear regression requires at least two data points')
    if not proportional:
        xbar = _fsum(x) / n
        ybar = _fsum(y) / n
        x = [xi - xbar for xi in x]
        y = [yi - ybar for yi in y]
    sxy = _sumprod(x, y) + 0.0
    sxx = _sumprod(x, x)
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError('x is constant')
    intercept = 0.0 if proportional else ybar - slope * xbar
    return LinearRegression(slope=slope, intercept=intercept)


def _normal_dist_inv_cdf(p, mu, sigma):
    q = p - 0.5
    if _fabs(q) <= 0.425:
        r = 0.180625 - q * q
        num = (((((((2.50908_09287_30122_6727e+3 * r + 3.34305_75583_58812_8105e+4) * r + 6.72657_70927_00870_0853e+4) * r + 4.59219_53931_54987_1457e+4) * r + 1.37316_93765_50946_1125e+4) * r + 1.97159_09503_06551_4427e+3) * r + 1.33141_66789_17843_7745e+2) * r + 3.38713_28727_96366_6080e+0) * q
        den = (((((((5.22649_52788_52854_5610e+3 * r + 2.87290_85735_72194_2674e+4) * r + 3.93078_95800_09271_0610e+4) * r + 2.12137_94301_58659_5867e+4) * r + 5.39419_60214_24751_1077e+3) * r + 6.87187_00749_20579_0830e+2) * r + 4.23133_30701_60091_1252e+1) * r + 1.0)
        return mu + num / den * sigma
    r = p if q <= 0.0 else 1.0 - p
    r = _sqrt(-_log(r))
    if r <= 5.0:
        r = r - 1.6
        num = (((((((7.74545_01427_83414_07640e-4 * r + 2.27238_44989_26918_45833e-2) * r + 2.41780_72517_74506_11770e-1) * r + 1.27045_82524_52368_38258e+0) * r + 3.64784_83247_63204_60504e+0) * r + 5.76949_72214_60691_40550e+0) * r + 4.63033_78461_56545_29590e+0) * r + 1.42343_71107_49683_57734e+0)
        den = (((((((1.05075_00716_44416_84324e-9 * r + 5.47593_80849_95344_94600e-4) * r + 1.51986_66563_61645_71966e-2) * r + 1.48103_97642_74800_74590e-1) * r + 6.89767_33498_51000_04550e-1) * r + 1.67638_48301_83803_84940e+0) * r + 2.05319_16266_37758_82187e+0) * r + 1.0)
    else:
        r = r - 5.0
        num = (((((((2.01033_43992_92288_13265e-7 * r + 2.71155_55687_43487_57815e-5) * r + 1.24266_09473_88078_43860e-3) * r + 2.65321_89526_57612_30930e-2) * r + 2.96560_57182_85048_91230e-1) * r + 1.78482_65399_17291_33580e+0) * r + 5.46378_49111_64114_36990e+0) * r + 6.65790_46435_01103_77720e+0)
        den = (((((((2.04426_31033_89939_78564e-15 * r + 1.42151_17583_16445_88870e-7) * r + 1.84631_83175_10054_68180e-5) * r + 7.86869_13114_56132_59100e-4) * r + 1.48753_61290_85061_48525e-2) * r + 1.36929_88092_27358_05310e-1) * r + 5.99832_20655_58879_37690e-1) * r + 1.0)
    x = num / den
    if q < 0.0:
        x = -x
    return mu + x * sigma


class NormalDist:
    __slots__ = ('_mu', '_sigma')

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        data = list(data)
        m = fmean(data)
        return cls(m, stdev(data, m))

    def samples(self, n, *, seed=None):
        import random
        r = random.Random(seed)
        return [_normal_dist_inv_cdf(r.random() or r.random(), self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        variance = self._sigma * self._sigma
        if not variance:
            raise StatisticsError('pdf() not defined when sigma is zero')
        diff = x - self._mu
        return _exp(diff * diff / (-2.0 * variance)) / _sqrt(_tau * variance)

    def cdf(self, x):
        if not self._sigma:
            raise StatisticsError('cdf() not defined when sigma is zero')
        return 0.5 * (1.0 + _erf((x - self._mu) / (self._sigma * 1.4142135623730951)))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        return _normal_dist_inv_cdf(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        if not isinstance(other, NormalDist):
            raise TypeError('Expected another NormalDist instance')
        X, Y = self, other
        if (Y._sigma, Y._mu) < (X._sigma, X._mu):
            X, Y = Y, X
        X_var, Y_var = X.variance, Y.variance
        if not X_var or not Y_var:
            raise StatisticsError('overlap() not defined when sigma is zero')
        dv = Y_var - X_var
        dm = _fabs(Y._mu - X._mu)
        if not dv:
            return 1.0 - _erf(dm / (2.0 * X._sigma * 1.4142135623730951))
        a = X._mu * Y_var - Y._mu * X_var
        b = X._sigma * Y._sigma * _sqrt(dm * dm + dv * _log(Y_var / X_var))
        x1 = (a + b) / dv
        x2 = (a - b) / dv
        return 1.0 - (_fabs(Y.cdf(x1) - X.cdf(x1)) + _fabs(Y.cdf(x2) - X.cdf(x2)))

    def zscore(self, x):
        if not self._sigma:
            raise StatisticsError('zscore() not defined when sigma is zero')
        return (x - self._mu) / self._sigma

    @property
    def mean(self): return self._mu
    @property
    def median(self): return self._mu
    @property
    def mode(self): return self._mu
    @property
    def stdev(self): return self._sigma
    @property
    def variance(self): return self._sigma * self._sigma

    def __add__(x1, x2):
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu + x2._mu, _hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu + x2, x1._sigma)

    def __sub__(x1, x2):
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu - x2._mu, _hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu - x2, x1._sigma)

    def __mul__(x1, x2): return NormalDist(x1._mu * x2, x1._sigma * _fabs(x2))
    def __truediv__(x1, x2): return NormalDist(x1._mu / x2, x1._sigma / _fabs(x2))
    def __pos__(x1): return NormalDist(x1._mu, x1._sigma)
    def __neg__(x1): return NormalDist(-x1._mu, x1._sigma)
    __radd__ = __add__
    def __rsub__(x1, x2): return -(x1 - x2)
    __rmul__ = __mul__

    def __eq__(x1, x2):
        if not isinstance(x2, NormalDist):
            return NotImplemented
        return x1._mu == x2._mu and x1._sigma == x2._sigma

    def __hash__(self): return hash((self._mu, self._sigma))
    def __repr__(self): return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'
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
    _sqrt_of_ratio: fn('_sqrt_of_ratio(n, m, /)', (n: Value, m: Value) => sqrtOfRatio(n as bigint, m as bigint)),
  });
}
