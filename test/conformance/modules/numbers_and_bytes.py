# Numbers by protocol, the tower of numbers, and bytes: what each type takes, and its own complaints.
import numbers, math
import numpy as np
from fractions import Fraction as F
from copy import copy, deepcopy
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
print([isinstance(x, k) for x in (np.int64(1), np.float32(1), np.float64(1), np.bool_(1), np.uint8(3), 1, 1.5, 1j, True, F(1)) for k in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral)])
t(float, b'123\xa0'); t(float, b'\x1c1'); t(int, b'12\xa0'); t(int, b' 12 ')
class S(str):
    def __float__(self): return float(str(self)) + 1
    def __int__(self): return 9
t(float, S('8')); t(int, S('8')); t(int, S('8'), 10)
for x in ['1a b cd','a','1','zz','1z','12 3','é1','12é',' 1 2', '12\x1c', '\u200012', '0a 0b']: t(bytes.fromhex, x); t(bytearray.fromhex, x)
for b in (b'a\x1cb', b'\x1c\x1d\x1e\x1f', b' a\tb\x0bc', b'a\x85b', b'a\x0bb\x0cc\nd\r\ne\rf'): print(b.split(), b.rsplit(), b.strip(), b.isspace(), b.splitlines(), b.isascii(), b.title(), b.splitlines(True))
t(b'abc'.hex, b'\xff'); t(b'abc'.hex, '-'); t(b'abc'.translate, None, None); t(b'abc'.translate, None, b'b')
t(math.fma, 1e308, 1e308, math.inf); t(math.fma, 1e308, 1e308, -1e308); t(math.fma, 2.0**1023, 2.0, -2.0**1023); t(math.fma, 1e-300, -1e-300, 0.0); t(math.fma, -0.0, 1.0, -0.0); t(math.fma, 1e-300,-1e-300,-0.0); t(math.fma, 0.1, 10.0, -1.0)
t(math.fma, math.inf, 0.0, 1.0); t(math.fma, math.inf, 0.0, math.nan); t(math.fma, math.inf, 1.0, -math.inf); t(math.fma, 3,4,-12.0)
for a, b in ((5e-324, 0.0), (-5e-324, 0.0), (5e-324, -0.0), (0.0, -0.0), (1.0, 2.0), (-5e-324, 1.0)): t(math.nextafter, a, b); print(math.nextafter(a, b, steps=1), math.nextafter(a,b,steps=3))
class R:
    def __init__(self, n, d): self.numerator, self.denominator = n, d
numbers.Rational.register(R)
class R2:
    def as_integer_ratio(self): return (1, 2)
t(F, R(3, 6)); t(F, R2()); t(F, np.float32(.5)); t(F, np.int64(3)); t(F, np.float64(.25)); t(F, R(1,2), 3)
f = F(7, 3)
t(lambda: f < R(9, 3)); t(lambda: f == R(7, 3)); t(lambda: f ** R(2, 1)); t(lambda: R(1,2) + f); t(lambda: f + np.int64(2)); t(lambda: np.int64(2) + f); t(lambda: f*np.float32(2)); t(lambda: f == np.float64(1.5)); t(lambda: f % 2j); t(lambda: divmod(f, 1j)); t(lambda: f // 1j); t(lambda: 1j // f); t(lambda: f + 1j); t(lambda: 1j ** f); t(lambda: f ** 1j)
for s in ('X>010f', '<010f', '010f', '>10f', '010.3f', '00.3f', '0.05f', '.00f', '08.3e', '=+010.2f', '010', ',.2f', '_.1f', '00f', '012,.1f'): t(format, f, s)
class D(F): pass
d = D(1, 2); print(type(copy(d)).__name__, copy(d) is d, type(deepcopy(d)).__name__, copy(f) is f, deepcopy(d) == d)
class C(numbers.Complex): pass
t(C)
class MyReal(numbers.Real):
    def __init__(self, n): self.n = n
    def __float__(self): return float(self.n)
t(MyReal, 3)
class MyInt(numbers.Integral):
    def __init__(self, n): self.n = n
    def __int__(self): return self.n
    def _b(self, o): return NotImplemented
    __trunc__ = __floor__ = __ceil__ = __int__
    def __round__(self, n=None): return self.n
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __lt__ = __le__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __pow__ = __rpow__ = _b
    __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = __and__ = __rand__ = __xor__ = __rxor__ = __or__ = __ror__ = _b
    def __neg__(self): return MyInt(-self.n)
    def __pos__(self): return self
    def __abs__(self): return self
    def __invert__(self): return self
    def __eq__(self, o): return self.n == o
    def __floordiv__(self, o): return self.n // o
    def __mod__(self, o): return self.n % o
m = MyInt(7)
print(list(range(m)), float(m), divmod(m, 2), bool(m), bool(MyInt(0)), m.numerator is m, m.denominator, m.real is m, m.imag, complex(m))
t(lambda: divmod(2, m))
class N:
    __eq__ = None
class N2:
    __ne__ = None
class B: __bool__ = None
class L: __len__ = None
t(lambda: N() == 1); t(lambda: 1 == N()); t(lambda: N() != N()); t(lambda: N2() != 1); t(bool, B()); t(bool, L()); t(lambda: N() in [1]); t(lambda: N2() == 1)
class BB:
    def __bytes__(self): return b'\x01'
class SB(str):
    def __bytes__(self): return b'zz'
t(int.from_bytes, BB()); t((5).to_bytes, 1, S('little')); t(bytes, SB('abc')); t(bytes, SB('abc'), 'ascii'); t(bool.from_bytes, b'\0', 'big')
class BN(bytes): __bytes__ = None
class BI(bytes): __iter__ = None
t(bytes, BN(b'a')); t(bytes, BI(b'a'))
class BS(bytes):
    def __new__(cls, v): 
        me = bytes.__new__(cls, v); me.foo = 'bar'; return me
class BAS(bytearray):
    def __init__(self, v): super().__init__(v); self.foo = 'bar'
t(lambda: BS.fromhex('1a2b').foo); t(lambda: BAS.fromhex('1a2b').foo); t(lambda: type(BS.fromhex('00')))
class KF(float):
    def __init__(self, v, newarg=None): self.newarg = newarg
class KT(tuple):
    def __init__(self, v, newarg=None): self.newarg = newarg
class KN(float): pass
t(lambda: KF(2.5, newarg=3).newarg); t(lambda: KT([1], newarg=3).newarg); t(lambda: KN(newarg=3)); t(frozenset('a').__init__, 5); t(F(1,2).__init__, 2, 15); t(object().__init__, 2)
class BA2(bytearray):
    def __init__(me, newarg=1, *args, **kwargs): bytearray.__init__(me, *args, **kwargs); me.n = newarg
t(lambda: BA2(4, b'abcd')); t(lambda: BA2(4, source=b'abcd').n); t(lambda: BA2(newarg=4, source=b'abcd')); t(lambda: bytearray(b'ab').__init__(3)); t(bytearray, 'a'); t(bytearray, 3)
class Emp:
    pass
t(Emp, 3); t(lambda: object(1))
class Nw:
    def __new__(cls, *a): return super().__new__(cls)
t(lambda: Nw(1).__init__(3))
t(lambda: Emp().__init__(3))
