/** `fractions` */
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from './python';

const SOURCE = String.raw`
import math as _math
import re as _re
from numbers import Complex as _Complex, Rational as _Rational, Real as _Real

_GROUPS = r'(?:\d+(?:_\d+)*)'
_LITERAL = _re.compile(
    r'\s*(?P<minus>[-+]?)(?=\d|\.\d)(?P<whole>' + _GROUPS + r'?)'
    r'(?:\s*/\s*(?P<under>' + _GROUPS + r')|(?:\.(?P<part>' + _GROUPS + r'?))?(?:[eE](?P<power>[-+]?' + _GROUPS + r'))?)\s*\Z'
)
_LAYOUT = _re.compile(
    r'(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<plus>[-+ ]?)(?P<z>z?)(?P<dot>#?)(?P<zeros>(?:0(?=[0-9]))?)'
    r'(?P<width>(?:0|[1-9][0-9]*)?)(?P<comma>[,_]?)(?:\.(?P<places>0|[1-9][0-9]*))?(?P<kind>[eEfFgG%])',
    _re.DOTALL,
)

_PLAIN = _re.compile(
    r'(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<plus>[-+ ]?)(?P<bar>#?)(?P<width>(?:0|[1-9][0-9]*)?)(?P<comma>[,_]?)',
    _re.DOTALL,
)


# A ratio is two whole numbers, upper and lower, on the way to a Fraction.

def _lowest(upper, lower):
    if not lower:
        raise ZeroDivisionError(f'Fraction({upper}, 0)')
    common = _math.gcd(upper, lower)
    if lower < 0:
        common = -common
    return upper // common, lower // common


def _read(text):
    found = _LITERAL.match(text)
    if not found:
        raise ValueError('Invalid literal for Fraction: %r' % text)
    minus, whole, under, part, power = found.groups()
    part = (part or '').replace('_', '')
    upper = int((whole or '0') + part)
    if minus == '-':
        upper = -upper
    if under:
        return _lowest(upper, int(under))
    tens = int(power or '0')
    return _lowest(upper * 10 ** max(tens, 0), 10 ** (len(part) + max(-tens, 0)))


def _ratio_of(value):
    if isinstance(value, _Rational):
        return value.numerator, value.denominator
    if isinstance(value, str):
        return _read(value)
    if isinstance(value, float) or (hasattr(value, 'as_integer_ratio') and hasattr(value, 'as_tuple')):
        return value.as_integer_ratio()
    raise TypeError('argument should be a string or a Rational instance')


def _quotient_of(above, below):
    for value in (above, below):
        if not isinstance(value, _Rational):
            raise TypeError('both arguments should be Rational instances')
    return _lowest(above.numerator * below.denominator, below.numerator * above.denominator)


def _nearest(upper, lower):
    """The whole number nearest to a ratio, the even one of two."""
    below, rest = divmod(upper, lower)
    return below + (2 * rest + below % 2 > lower)


def _endless(value):
    return isinstance(value, float) and not _math.isfinite(value)


# Every operator, as a function of two fractions.

def _plus(one, two):
    (a, b), (c, d) = one.as_integer_ratio(), two.as_integer_ratio()
    return Fraction(a * d + c * b, b * d)


def _times(one, two):
    (a, b), (c, d) = one.as_integer_ratio(), two.as_integer_ratio()
    return Fraction(a * c, b * d)


def _over(one, two):
    (a, b), (c, d) = one.as_integer_ratio(), two.as_integer_ratio()
    if not c:
        # What is left when both are in lowest terms.
        raise ZeroDivisionError(f'Fraction({(a > 0) - (a < 0)}, 0)')
    return Fraction(a * d, b * c)


def _over_whole(one, two):
    (a, b), (c, d) = one.as_integer_ratio(), two.as_integer_ratio()
    return a * d // (b * c)


def _left_over(one, two):
    (a, b), (c, d) = one.as_integer_ratio(), two.as_integer_ratio()
    return Fraction(a * d % (c * b), b * d)


def _split(one, two):
    (a, b), (c, d) = one.as_integer_ratio(), two.as_integer_ratio()
    times, rest = divmod(a * d, b * c)
    return times, Fraction(rest, b * d)


def _both_ways(exact, rough, kinds=(float, complex)):
    """The method of an operator and of its reflection: exact on ratios, rough on floats and complex numbers."""

    def method(mine, other):
        if isinstance(other, (int, Fraction)):
            return exact(mine, other if type(other) is Fraction else Fraction(other))
        for kind in kinds:
            if isinstance(other, kind):
                return rough(kind(mine), other)
        return NotImplemented

    def reflected(mine, other):
        if isinstance(other, _Rational):
            return exact(Fraction(other), mine)
        if isinstance(other, _Real):
            return rough(float(other), float(mine))
        if complex in kinds and isinstance(other, _Complex):
            return rough(complex(other), complex(mine))
        return NotImplemented

    return method, reflected


def _ordering(holds):
    def method(mine, other):
        if _endless(other):
            return holds(0.0, other)
        if isinstance(other, _Rational):
            upper, lower = other.numerator, other.denominator
        elif isinstance(other, float):
            upper, lower = other.as_integer_ratio()
        else:
            return NotImplemented
        return holds(mine.numerator * lower, mine.denominator * upper)

    return method


def _figures(upper, lower, figures):
    """A ratio rounded to so many digits: these as a whole number, and the power of ten that it is to be taken times."""
    if not upper:
        return 0, 1 - figures
    above, below = str(upper), str(lower)
    power = len(above) - len(below) + (below <= above) - figures
    size = _nearest(upper * 10 ** max(-power, 0), lower * 10 ** max(power, 0))
    return (size // 10, power + 1) if size == 10 ** figures else (size, power)


def _laid_out(value, layout):
    """A fraction in fixed-point or scientific notation, rounded from its exact value."""
    kind = layout['kind']
    places = int(layout['places'] or '6')
    if kind in 'fF%':
        size = abs(value.numerator) * (100 if kind == '%' else 1) * 10 ** places
        size = _nearest(size, value.denominator)
        point, mark = places, kind.strip('fF')
    else:
        general = kind in 'gG'
        figures = max(places, 1) if general else places + 1
        size, power = _figures(abs(value.numerator), value.denominator, figures)
        if general and -4 - figures < power <= 0:
            point, mark = -power, ''
        else:
            point = figures - 1
            mark = f'{"E" if kind.isupper() else "e"}{power + point:+03d}'
    digits = f'{size:0{point + 1}d}'
    cut = len(digits) - point
    head, tail = digits[:cut], digits[cut:]
    if kind in 'gG' and not layout['dot']:
        tail = tail.rstrip('0')
    if tail or layout['dot']:
        tail = '.' + tail
    tail += mark
    if value.numerator < 0 and (size or not layout['z']):
        sign = '-'
    else:
        sign = layout['plus'].replace('-', '')
    comma, align, width = layout['comma'], layout['align'], int(layout['width'] or '0')
    if layout['zeros']:
        room = width - len(sign) - len(tail)
        if room > 0:
            head = head.zfill(3 * room // 4 + 1 if comma else room)
    if comma:
        first = (len(head) - 1) % 3 + 1
        head = comma.join([head[:first]] + [head[at:at + 3] for at in range(first, len(head), 3)])
    return _aligned(sign, head + tail, width, align, layout['fill'] or ' ')


def _aligned(sign, body, width, align, fill):
    spare = max(width - len(sign + body), 0)
    if align == '=':
        return sign + fill * spare + body
    left = {'<': 0, '^': spare // 2}.get(align, spare)
    return fill * left + sign + body + fill * (spare - left)


class Fraction(_Rational):
    __slots__ = ('_upper', '_lower')

    def __new__(cls, numerator=0, denominator=None):
        made = object.__new__(cls)
        made._upper, made._lower = _ratio_of(numerator) if denominator is None else _quotient_of(numerator, denominator)
        return made

    @classmethod
    def from_float(cls, f):
        if isinstance(f, (int, float)):
            return cls(*f.as_integer_ratio())
        raise TypeError(f'{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})')

    @classmethod
    def from_decimal(cls, dec):
        if isinstance(dec, int):
            return cls(dec)
        if not hasattr(dec, 'as_tuple'):
            raise TypeError(f'{cls.__name__}.from_decimal() only takes Decimals, not {dec!r} ({type(dec).__name__})')
        upper, lower = dec.as_integer_ratio()
        return cls(upper, lower)

    numerator = property(lambda self: self._upper)
    denominator = property(lambda self: self._lower)
    real = property(lambda self: +self)
    imag = property(lambda self: 0)

    def as_integer_ratio(self):
        return self._upper, self._lower

    def is_integer(self):
        return self._lower == 1

    def conjugate(self):
        return +self

    def limit_denominator(self, max_denominator=1000000):
        most = max_denominator
        if most < 1:
            raise ValueError('max_denominator should be at least 1')
        if most >= self._lower:
            return Fraction(self)
        # Down the continued fraction, to the last convergent that is allowed.
        before, last = (0, 1), (1, 0)
        left, right = self._upper, self._lower
        while True:
            term, rest = divmod(left, right)
            if before[1] + term * last[1] > most:
                break
            before, last = last, (before[0] + term * last[0], before[1] + term * last[1])
            left, right = right, rest
        # The best between the two: as many steps from the one before as fit.
        steps = (most - before[1]) // last[1]
        between = before[0] + steps * last[0], before[1] + steps * last[1]
        return Fraction(*(between if 2 * right * between[1] > self._lower else last))

    def __repr__(self):
        return f'{type(self).__name__}({self._upper}, {self._lower})'

    def __str__(self):
        return f'{self._upper}' if self._lower == 1 else f'{self._upper}/{self._lower}'

    def __format__(self, spec):
        layout = _LAYOUT.fullmatch(spec)
        if layout and not (layout['align'] and layout['zeros']):
            return _laid_out(self, layout)
        plain = _PLAIN.fullmatch(spec)
        if not plain:
            raise ValueError(f'Invalid format specifier {spec!r} for object of type {type(self).__name__!r}')
        comma = plain['comma']
        body = format(abs(self._upper), comma)
        if self._lower > 1 or plain['bar']:
            body += '/' + format(self._lower, comma)
        sign = '-' if self._upper < 0 else plain['plus'].replace('-', '')
        return _aligned(sign, body, int(plain['width'] or '0'), plain['align'], plain['fill'] or ' ')

    __add__, __radd__ = _both_ways(_plus, lambda one, two: one + two)
    __sub__, __rsub__ = _both_ways(lambda one, two: _plus(one, -two), lambda one, two: one - two)
    __mul__, __rmul__ = _both_ways(_times, lambda one, two: one * two)
    __truediv__, __rtruediv__ = _both_ways(_over, lambda one, two: one / two)
    __floordiv__, __rfloordiv__ = _both_ways(_over_whole, lambda one, two: one // two, (float,))
    __mod__, __rmod__ = _both_ways(_left_over, lambda one, two: one % two, (float,))
    __divmod__, __rdivmod__ = _both_ways(_split, divmod, (float,))

    def __pow__(self, power, modulo=None):
        if modulo is not None:
            return NotImplemented
        if not isinstance(power, _Rational):
            return float(self) ** power if isinstance(power, (float, complex)) else NotImplemented
        if power.denominator > 1:
            return float(self) ** float(power)
        above, below, times = self._upper, self._lower, power.numerator
        if times < 0:
            above, below, times = below, above, -times
        return Fraction(above ** times, below ** times)

    def __rpow__(self, base, modulo=None):
        whole = self._lower == 1
        if whole and self._upper >= 0:
            return base ** self._upper
        if isinstance(base, _Rational):
            return Fraction(base.numerator, base.denominator) ** self
        return base ** (self._upper if whole else float(self))

    def __pos__(self):
        return Fraction(self._upper, self._lower)

    def __neg__(self):
        return Fraction(-self._upper, self._lower)

    def __abs__(self):
        return Fraction(abs(self._upper), self._lower)

    def __floor__(self):
        return self._upper // self._lower

    def __ceil__(self):
        return -(-self._upper // self._lower)

    def __trunc__(self):
        return self.__ceil__() if self._upper < 0 else self.__floor__()

    __int__ = __trunc__

    def __round__(self, ndigits=None):
        if ndigits is None:
            return _nearest(self._upper, self._lower)
        if ndigits > 0:
            return Fraction(_nearest(self._upper * 10 ** ndigits, self._lower), 10 ** ndigits)
        tens = 10 ** -ndigits
        return Fraction(_nearest(self._upper, self._lower * tens) * tens)

    def __float__(self):
        return self._upper / self._lower

    def __complex__(self):
        return complex(float(self))

    def __bool__(self):
        return bool(self._upper)

    def __copy__(self):
        return self if type(self) is Fraction else type(self)(self._upper, self._lower)

    def __deepcopy__(self, memo):
        return self.__copy__()

    def __hash__(self):
        return _hash_ratio(self._upper, self._lower)

    def __eq__(self, other):
        if isinstance(other, _Rational):
            return self._upper == other.numerator and self._lower == other.denominator
        if isinstance(other, _Complex) and other.imag == 0:
            other = other.real
        if not isinstance(other, float):
            return NotImplemented
        return not _endless(other) and (self._upper, self._lower) == other.as_integer_ratio()

    __lt__ = _ordering(lambda one, two: one < two)
    __le__ = _ordering(lambda one, two: one <= two)
    __gt__ = _ordering(lambda one, two: one > two)
    __ge__ = _ordering(lambda one, two: one >= two)


def _hash_ratio(upper, lower):
    # The hash of a number is its value modulo a prime; an infinity's where the prime divides the denominator.
    prime = 2 ** 61 - 1
    if lower % prime:
        size = abs(upper) * pow(lower, -1, prime) % prime
    else:
        size = 314159
    return size if upper >= 0 else -size - (size == 1)
`;

export function loadFractions(): PyModule {
  return pythonModule('fractions', SOURCE);
}
