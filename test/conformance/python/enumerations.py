from enum import *
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1
print(list(Color), Color.CRIMSON, Color('RED') if 0 else Color(1), Color['GREEN'], len(Color), Color.RED in Color, 1 in Color, 7 in Color)
t(lambda: setattr(Color, 'RED', 5))
t(lambda: delattr(Color, 'RED'))
t(lambda: setattr(Color, 'new', 5))
print(Color.new)
t(lambda: setattr(Color.RED, 'value', 5))
t(lambda: setattr(Color.RED, 'name', 5))
t(lambda: Color(9))
t(lambda: Color['X'])
t(lambda: Color.PURPLE)
t(lambda: Color.RED < Color.GREEN)
t(lambda: Color.RED + 1)
print(Color.__members__)
print(repr(Color), str(Color.RED), f'{Color.RED}', f'{Color.RED:>12}|', '%s %r' % (Color.RED, Color.RED))
print(Color.RED == 1, Color.RED is Color.CRIMSON, Color.RED != Color.BLUE, hash(Color.RED) == hash('RED'))
print(Color.RED.name, Color.RED.value, type(Color.RED), isinstance(Color.RED, Color), Color.RED.__class__)
class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
    ALL = R | W | X
print(list(Perm), Perm.RW, repr(Perm.RW), Perm.R | Perm.X, repr(Perm.R | Perm.X), ~Perm.R, Perm.ALL & ~Perm.W, Perm(0), repr(Perm(0)), bool(Perm(0)))
print(Perm.R in Perm.RW, Perm.X in Perm.RW, len(Perm.RW), list(Perm.ALL), Perm.R ^ Perm.RW, Perm(5), Perm.RW.name, (Perm.R|Perm.X).name, (Perm.R|Perm.X).value)
t(lambda: Perm(16))
t(lambda: Perm.R | 1)
t(lambda: Perm.R & 4)
t(lambda: 1 in Perm.R)
t(lambda: Perm('a'))
print(Perm.__members__)
class IP(IntFlag):
    A = 1
    B = 2
    C = auto()
print(IP.A | IP.B, repr(IP.A | IP.B), IP.A | 8, repr(IP.A | 8), IP.A + 1, IP(16), repr(IP(16)), ~IP.A, repr(~IP.A), IP.C.value, IP.A == 1, f'{IP.A}', f'{IP.A|IP.B:>5}', str(IP.A), IP.A | IP.B == 3)
print(IP(7), repr(IP(7)), list(IP(7)), -IP.A, IP.A << 2, IP.B & 2, 2 & IP.B, repr(1 | IP.B), 3 ^ IP.A)
class I(IntEnum):
    ONE = 1
    TWO = 2
print(I.ONE, repr(I.ONE), str(I.TWO), f'{I.ONE}', f'{I.ONE:03d}', I.ONE + I.TWO, I.ONE < I.TWO, sorted([I.TWO, I.ONE]), I.ONE == 1, [10,20,30][I.ONE], I(2), int(I.TWO), I.TWO * 2, '%d' % I.TWO, '%s' % I.TWO, '{:>4}'.format(I.TWO), range(I.TWO), {1: 'x'}[I.ONE])
class S(StrEnum):
    A = auto()
    B = 'bee'
    LongName = auto()
print(S.A, repr(S.A), S.B.upper(), f'{S.A:>4}|', S.LongName.value, S.A == 'a', S('bee'), S.A + 'x', ''.join([S.A, S.B]), str(S.B), '%s' % S.A, len(S.B), S.A in ('a',), {'a': 1}[S.A])
t(lambda: StrEnum('Q', {'a': 5}))
class Mixed(str, Enum):
    X = 'x'
    Y = 'y'
print(Mixed.X, repr(Mixed.X), f'{Mixed.X}', str(Mixed.X), Mixed.X == 'x', Mixed.X.value, Mixed.X.upper(), '%s' % Mixed.X, '{}'.format(Mixed.Y))
class Fl(float, Enum):
    PI = 3.14
print(Fl.PI, Fl.PI * 2, repr(Fl.PI), f'{Fl.PI}')
class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    MARS = (6.4e23, 3.39e6)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius
    @property
    def g(self): return 6.67e-11 * self.mass / self.radius**2
    @classmethod
    def heavy(cls): return max(cls, key=lambda p: p.mass)
    @staticmethod
    def s(): return 1
    def __str__(self): return f'P:{self.name}'
    def __repr__(self): return f'<<{self.name}>>'
print(Planet.EARTH.g, Planet.heavy(), [Planet.MARS], Planet.s(), Planet.EARTH.value, Planet((6.4e23, 3.39e6)), f'{Planet.EARTH}')
class Coord(bytes, Enum):
    def __new__(cls, value, label, unit):
        obj = bytes.__new__(cls, [value])
        obj._value_ = value
        obj.label = label
        obj.unit = unit
        return obj
    PX = (0, 'P.X', 'km')
    PY = (1, 'P.Y', 'km')
print(Coord.PY.label, str(Coord(1)), Coord.PX.unit, Coord.PX.value)
class AutoNum(Enum):
    def __new__(cls, *args):
        value = len(cls.__members__) + 1
        obj = object.__new__(cls)
        obj._value_ = value
        return obj
class Num(AutoNum):
    A = ()
    B = ()
print(list(Num), Num.B.value)
class Gen(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return (name.lower(), start, count, list(last_values))
    A = auto()
    B = auto()
print(Gen.A.value, Gen.B.value)
class Miss(Enum):
    A = 'a'
    @classmethod
    def _missing_(cls, value):
        if isinstance(value, str):
            for m in cls:
                if m.value == value.lower(): return m
        if value == 3: return 5
        return None
print(Miss('A'))
t(lambda: Miss('z'))
t(lambda: Miss(3))
def bad():
    @unique
    class U(Enum):
        A = 1
        B = 1
        C = 2
        D = 2
t(bad)
def dup():
    class U(Enum):
        A = 1
        A = 2
t(dup)
def ext():
    class U(Color): X = 5
t(ext)
def tup():
    class Tup(Enum):
        A = auto(), 'x'
        B = auto(), 'y'
t(tup)
class Tup(Enum):
    A = auto(), 'x'
print(Tup.A.value)
def mixed():
    class T(Enum):
        A = 'x'
        B = auto()
t(mixed)
def mixed():
    class T(Enum):
        A = 'x'
        C = 1
        B = auto()
t(mixed)
def autoor():
    class T(Flag):
        A = auto()
        B = auto() | A
t(autoor)
def sun():
    class T(Enum):
        _foo_ = 1
t(sun)
def mro():
    class T(Enum):
        mro = 1
t(mro)
def gen():
    class T(Enum):
        A = auto()
        def _generate_next_value_(n, s, c, l): return 1
t(gen)
def twice():
    class T(Enum):
        A = 1
        def A(self): pass
t(twice)
class Ex(IntFlag):
    A = auto()
    B = auto()
    AB = A | B
    C = auto()
print(Ex.AB, repr(Ex.AB), Ex.C.value, repr(Ex.C|Ex.A))
class Mem(Enum):
    A = 1
    x = nonmember(5)
    f = member(lambda s: 3)
    class Inner: pass
    def meth(self): return self.value
    _ignore_ = ['i', 'j']
    i = 5
    j = 6
print(list(Mem)[:1], Mem.x, Mem.Inner, Mem.A.meth(), hasattr(Mem, 'i'))
E2 = Enum('E2', 'A B C'); print(list(E2), E2.A.value)
E3 = Enum('E3', ['A', 'B'], start=5); print(list(E3))
E4 = Enum('E4', [('A', 'x'), ('B', 'y')]); print(list(E4))
E5 = Enum('E5', {'A': 10}); print(list(E5), E5.__module__, E5.__qualname__)
E6 = IntEnum('E6', 'A,B'); print(list(E6))
E7 = Flag('E7', 'A B C'); print(list(E7))
t(lambda: Enum('E8', 5))
print(Color.RED.RED if hasattr(Color.RED, 'RED') else 'no', Color.RED.BLUE)
for n, m in Color.__members__.items(): print(n, m)
print([c.name for c in reversed(Color)], Color.__doc__)
match Color(2):
    case Color.RED: print('r')
    case Color.GREEN: print('g')
import copy, json
print(copy.deepcopy(Color.RED) is Color.RED, copy.copy(Color.RED) is Color.RED, json.dumps([I.ONE, S.A, Mixed.X]))
print({Color.RED: 1}[Color.RED], sorted(Color, key=lambda c: -c.value))
class B(Enum):
    def __bool__(self): return False
    A = 1
print(bool(B.A), bool(Color.RED), bool(I(1)), bool(Color))
class Z(IntEnum):
    ZERO = 0
print(bool(Z.ZERO), not Z.ZERO)
class Ord(Enum):
    A = 1
    B = 2
    def __lt__(self, o):
        if self.__class__ is o.__class__: return self.value < o.value
        return NotImplemented
print(sorted([Ord.B, Ord.A]), Ord.A < Ord.B)
t(lambda: Ord.A < 3)
print(Perm.R.__or__(Perm.W), Perm.__or__, sep='|') if 0 else None
print(type(Color), type(Perm), Color.__class__, EnumMeta is EnumType, issubclass(IntEnum, Enum), IntEnum.__mro__, StrEnum.__mro__)
t(lambda: Color())
t(lambda: Color(1, 2))
t(lambda: Enum(1))
print(Perm.R.value | Perm.W.value, Perm['R'], Perm.R == 1, Perm.R is Perm(1), [p.name for p in Perm], hash(Perm.R) == hash('R'))
print(bool(Perm.R & Perm.W), Perm.R & Perm.W, repr(Perm.R & Perm.W))
class W(Flag, boundary=KEEP):
    A = 1
    B = 4
print(W(3), repr(W(7)), repr(W.A | W(8)))
class St(Flag, boundary=STRICT):
    A = 1
t(lambda: St(2))
class Co(Flag, boundary=CONFORM):
    A = 1
print(repr(Co(3)))
class Ej(Flag, boundary=EJECT):
    A = 1
print(repr(Ej(3)))
class Neg(IntFlag):
    A = 1
    B = 2
print(repr(Neg(-1)), repr(Neg(-2)), repr(~Neg.B), ~Neg.B == -3)
print(repr(Color.RED), [Color.RED], (Color.RED,), {Color.RED}, {'a': I.ONE}, str([S.A]))
