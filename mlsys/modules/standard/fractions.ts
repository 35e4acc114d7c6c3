/** `fractions` */
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from './python';

const SOURCE = String.raw`
from math import gcd as _gcd
import re as _re
from numbers import Rational as _Rational

_FORMAT = _re.compile(r'\s*(?P<sign>[-+]?)(?=\d|\.\d)(?P<num>\d*|\d+(_\d+)*)(?:(?:\s*/\s*(?P<denom>\d+(_\d+)*))?|(?:\.(?P<decimal>\d*|\d+(_\d+)*))?(?:E(?P<exp>[-+]?\d+(_\d+)*))?)\s*$', _re.I)
_SPEC = _re.compile(r'(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ]?)(?P<no_neg_zero>z)?(?P<alt>\#)?(?P<zeropad>0(?=[0-9]))?(?P<minimumwidth>[0-9]+)?(?P<sep>[,_])?(?:\.(?P<precision>[0-9]+))?(?P<type>[eEfFgG%])', _re.S)


def _is_ratio(x):
    return isinstance(x, (int, Fraction)) or isinstance(x, _Rational)


class Fraction(_Rational):
    __slots__ = ('_numerator', '_denominator')

    def __new__(cls, numerator=0, denominator=None):
        self = object.__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                self._numerator = numerator
                self._denominator = 1
                return self
            if isinstance(numerator, (int, Fraction)):
                self._numerator = numerator.numerator
                self._denominator = numerator.denominator
                return self
            if isinstance(numerator, float) or not isinstance(numerator, str) and hasattr(numerator, 'as_integer_ratio'):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if isinstance(numerator, str):
                m = _FORMAT.match(numerator)
                if m is None:
                    raise ValueError('Invalid literal for Fraction: %r' % numerator)
                n = int(m.group('num') or '0')
                denom = m.group('denom')
                if denom:
                    d = int(denom)
                else:
                    d = 1
                    decimal = m.group('decimal')
                    if decimal:
                        decimal = decimal.replace('_', '')
                        scale = 10 ** len(decimal)
                        n = n * scale + int(decimal)
                        d *= scale
                    exp = m.group('exp')
                    if exp:
                        exp = int(exp)
                        if exp >= 0:
                            n *= 10 ** exp
                        else:
                            d *= 10 ** -exp
                if m.group('sign') == '-':
                    n = -n
            else:
                raise TypeError('argument should be a string or a Rational instance or have the as_integer_ratio() method')
        elif type(numerator) is int and type(denominator) is int:
            n, d = numerator, denominator
        elif _is_ratio(numerator) and _is_ratio(denominator):
            n = numerator.numerator * denominator.denominator
            d = denominator.numerator * numerator.denominator
        else:
            raise TypeError('both arguments should be Rational instances')
        if d == 0:
            raise ZeroDivisionError(f'Fraction({n}, 0)')
        g = _gcd(n, d)
        if d < 0:
            g = -g
        self._numerator = n // g
        self._denominator = d // g
        return self

    @classmethod
    def from_float(cls, f):
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError(f'{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})')
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        return cls(*dec.as_integer_ratio())

    @property
    def numerator(self): return self._numerator
    @property
    def denominator(self): return self._denominator

    def is_integer(self): return self._denominator == 1
    def as_integer_ratio(self): return (self._numerator, self._denominator)

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return Fraction(p1, q1)
        return Fraction(p0 + k * p1, q0 + k * q1)

    def __repr__(self): return f'{self.__class__.__name__}({self._numerator}, {self._denominator})'
    def __str__(self): return str(self._numerator) if self._denominator == 1 else f'{self._numerator}/{self._denominator}'

    def __format__(self, spec):
        if not spec:
            return str(self)
        m = _SPEC.fullmatch(spec)
        if m is None:
            if all(c.isdigit() or c in '<>^' for c in spec):
                return format(str(self), '>' + spec if spec[0].isdigit() else spec)
            raise ValueError(f'Invalid format specifier {spec!r} for object of type {type(self).__name__!r}')
        kind = m['type']
        if kind not in 'fF%':
            return format(float(self), spec)
        precision = int(m['precision'] or '6')
        scaled = abs(self) * (100 if kind == '%' else 1) * 10 ** precision
        n, d = scaled.numerator, scaled.denominator
        q, r = divmod(n, d)
        if 2 * r > d or 2 * r == d and q % 2:
            q += 1
        negative = self._numerator < 0 and not (m['no_neg_zero'] and q == 0)
        digits = str(q).zfill(precision + 1)
        whole, frac = digits[:len(digits) - precision], digits[len(digits) - precision:]
        sign = '-' if negative else '' if (m['sign'] or '-') == '-' else m['sign']
        tail = ('.' if precision or m['alt'] else '') + frac + ('%' if kind == '%' else '')
        width = int(m['minimumwidth'] or '0')
        sep = m['sep'] or ''
        if m['zeropad'] and not m['align']:
            least = width - len(sign) - len(tail)
            whole = whole.zfill(3 * least // 4 + 1 if sep else max(least, 0)) if least > 0 else whole
        if sep:
            lead = 1 + (len(whole) - 1) % 3
            whole = whole[:lead] + ''.join(sep + whole[at:at + 3] for at in range(lead, len(whole), 3))
        body = whole + tail
        fill, align = m['fill'] or ' ', m['align'] or '>'
        pad = fill * (width - len(sign) - len(body))
        if align == '>':
            return pad + sign + body
        if align == '<':
            return sign + body + pad
        if align == '=':
            return sign + pad + body
        half = len(pad) // 2
        return pad[:half] + sign + body + pad[half:]

    def _operands(op, fallback):
        def forward(a, b):
            if isinstance(b, Fraction):
                return op(a, b)
            if isinstance(b, int):
                return op(a, Fraction(b))
            if isinstance(b, float):
                return fallback(float(a), b)
            if isinstance(b, complex):
                return fallback(complex(a), b)
            return NotImplemented

        def reverse(b, a):
            if isinstance(a, _Rational) or isinstance(a, int):
                return op(Fraction(a), b)
            if isinstance(a, float):
                return fallback(a, float(b))
            if isinstance(a, complex):
                return fallback(a, complex(b))
            return NotImplemented
        return forward, reverse

    def _div(a, b):
        if b._numerator == 0:
            raise ZeroDivisionError(f'Fraction({a._numerator * b._denominator}, 0)')
        return Fraction(a._numerator * b._denominator, a._denominator * b._numerator)

    def _floordiv(a, b):
        return (a._numerator * b._denominator) // (a._denominator * b._numerator)

    def _mod(a, b):
        da, db = a._denominator, b._denominator
        return Fraction((a._numerator * db) % (b._numerator * da), da * db)

    def _divmod(a, b):
        da, db = a._denominator, b._denominator
        div, n = divmod(a._numerator * db, da * b._numerator)
        return div, Fraction(n, da * db)

    __add__, __radd__ = _operands(lambda a, b: Fraction(a._numerator * b._denominator + b._numerator * a._denominator, a._denominator * b._denominator), lambda a, b: a + b)
    __sub__, __rsub__ = _operands(lambda a, b: Fraction(a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator), lambda a, b: a - b)
    __mul__, __rmul__ = _operands(lambda a, b: Fraction(a._numerator * b._numerator, a._denominator * b._denominator), lambda a, b: a * b)
    __truediv__, __rtruediv__ = _operands(_div, lambda a, b: a / b)
    __floordiv__, __rfloordiv__ = _operands(_floordiv, lambda a, b: a // b)
    __mod__, __rmod__ = _operands(_mod, lambda a, b: a % b)
    __divmod__, __rdivmod__ = _operands(_divmod, divmod)

    def __pow__(a, b, modulo=None):
        if modulo is not None:
            return NotImplemented
        if isinstance(b, (int, Fraction)):
            if b.denominator == 1:
                power = b.numerator
                if power >= 0:
                    return Fraction(a._numerator ** power, a._denominator ** power)
                if a._numerator == 0:
                    raise ZeroDivisionError(f'Fraction({a._denominator ** -power}, 0)')
                return Fraction(a._denominator ** -power, a._numerator ** -power)
            return float(a) ** float(b)
        if isinstance(b, (float, complex)):
            return float(a) ** b
        return NotImplemented

    def __rpow__(b, a, modulo=None):
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, (int, _Rational)):
            return Fraction(a.numerator, a.denominator) ** b
        if b._denominator == 1:
            return a ** b._numerator
        return a ** float(b)

    def __pos__(self): return Fraction(self._numerator, self._denominator)
    def __neg__(self): return Fraction(-self._numerator, self._denominator)
    def __abs__(self): return Fraction(abs(self._numerator), self._denominator)
    def __int__(self): return self.__trunc__()

    def __trunc__(self):
        return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator

    def __floor__(self): return self._numerator // self._denominator
    def __ceil__(self): return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, remainder = divmod(self._numerator, self._denominator)
            if remainder * 2 < self._denominator:
                return floor
            if remainder * 2 > self._denominator:
                return floor + 1
            return floor if floor % 2 == 0 else floor + 1
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __float__(self): return self._numerator / self._denominator
    def __complex__(self): return complex(float(self))
    def __bool__(self): return self._numerator != 0
    def conjugate(self): return +self
    @property
    def real(self): return +self
    @property
    def imag(self): return 0
    def __copy__(self): return self
    def __deepcopy__(self, memo): return self

    def __hash__(self):
        return _hash_ratio(self._numerator, self._denominator)

    def __eq__(a, b):
        if isinstance(b, (int, Fraction)):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, float):
            return 0.0 == b if b != b or b in (float('inf'), float('-inf')) else a == Fraction(b)
        if isinstance(b, complex) and b.imag == 0:
            return a == b.real
        return NotImplemented

    def _richcmp(self, other, op):
        if isinstance(other, (int, Fraction)):
            return op(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            if other != other or other in (float('inf'), float('-inf')):
                return op(0.0, other)
            return op(self, Fraction(other))
        return NotImplemented

    def __lt__(a, b): return a._richcmp(b, lambda x, y: x < y)
    def __gt__(a, b): return a._richcmp(b, lambda x, y: x > y)
    def __le__(a, b): return a._richcmp(b, lambda x, y: x <= y)
    def __ge__(a, b): return a._richcmp(b, lambda x, y: x >= y)
    del _operands, _div, _floordiv, _mod, _divmod


def _hash_ratio(n, d):
    P = 2 ** 61 - 1
    try:
        dinv = pow(d, -1, P)
    except ValueError:
        hashed = 314159
    else:
        hashed = hash(hash(abs(n)) * dinv)
    result = hashed if n >= 0 else -hashed
    return -2 if result == -1 else result
`;

export function loadFractions(): PyModule {
  return pythonModule('fractions', SOURCE);
}
