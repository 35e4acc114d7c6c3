def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
def m(x):
    match x:
        case 0: return 'zero'
        case 1 | 2: return 'one-two'
        case -5: return 'neg'
        case 1.5: return 'float'
        case 2+3j: return 'cplx'
        case 'a' | 'b' as s: return 'str ' + s
        case b'x': return 'bytes'
        case None: return 'none'
        case True: return 'true'
        case []: return 'empty'
        case [1]: return 'one elem'
        case [x, y] if x == y: return 'pair eq'
        case [x, y]: return f'pair {x} {y}'
        case [first, *rest, last] if len(rest) > 2: return f'long {first} {rest} {last}'
        case (1, *_): return 'starts 1'
        case [[a, b], c]: return 'nested'
        case {'k': v, 'n': {'m': w}}: return f'nested map {v} {w}'
        case {'type': 'x', **rest}: return f'map {rest}'
        case {}: return 'some map'
        case P(x=0, y=0): return 'origin'
        case P(a, b): return f'P {a} {b}'
        case Q(z=[h, *_]): return f'Q {h}'
        case int(n): return f'int {n}'
        case str() as s: return f's {s}'
        case float() | complex(): return 'num'
        case Color.RED: return 'red'
        case set(): return 'set'
        case (list() | tuple()) as seq: return f'seq {len(seq)}'
        case _: return 'other'
class Color: RED = 99.5
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
class Q:
    def __init__(self, z): self.z = z
for v in [0, 1, 2, -5, 1.5, 2+3j, 'a', b'x', None, True, False, [], [1], [2, 2], [1, 2], [1, 2, 3], [1, 2, 3, 4, 5], (7, 8, 9), [[1, 2], 3], {'k': 1, 'n': {'m': 2}}, {'type': 'x', 'q': 1}, {'z': 1}, {}, P(0, 0), P(1, 2), Q([5, 6]), Q(5), 77, 'zzz', 2.5, 99.5, {1}, range(3), bytearray(b'x'), object]: print(type(v).__name__ if isinstance(v, (P, Q)) else repr(v)[:20], m(v))
def bad(x):
    match x:
        case P(1, 2, 3): return 1
t(lambda: bad(P(1, 2)))
def bad2(x):
    match x:
        case Q(1): return 1
t(lambda: bad2(Q(1)))
def bad3(x):
    match x:
        case t(): return 1
t(lambda: bad3(1))
from dataclasses import *
@dataclass
class A:
    x: int
    y: list = field(default_factory=list)
    z: str = 'z'
    w: int = field(default=3, repr=False, compare=False)
@dataclass(order=True, frozen=True)
class B:
    n: int
    s: str = field(default='q', compare=False)
@dataclass
class C(A):
    k: int = 9
    def __post_init__(self): self.sum = self.x + self.k
@dataclass(slots=True, kw_only=True)
class D: a: int; b: int = 2
@dataclass
class E:
    i: InitVar[int]
    v: int = 0
    def __post_init__(self, i): self.v = i * 2
print(A(1), A(1) == A(1), A(1, [2]) == A(1), C(1), C(1).sum, B(1) < B(2), hash(B(1)) == hash(B(1, 'z')), replace(B(1), n=5), asdict(A(1, [A(2)])), astuple(A(1)), [f.name for f in fields(C)], D(a=1), E(4).v, is_dataclass(A), is_dataclass(A(1)))
for f in [lambda: A(), lambda: A(1, 2, 3, 4, 5), lambda: setattr(B(1), 'n', 2), lambda: D(1), lambda: B(1) < 1, lambda: A(1) < A(2), lambda: hash(A(1)), lambda: delattr(B(1), 'n'), lambda: setattr(D(a=1), 'zz', 1), lambda: replace(A(1), q=1), lambda: asdict(5), lambda: fields(5), lambda: A.__match_args__, lambda: make_dataclass('M', [('x', int), ('y', int, 5)])(1)]: t(f)
def bad4():
    @dataclass
    class X:
        a: int = 1
        b: int
t(bad4)
def bad5():
    @dataclass
    class X: a: list = []
t(bad5)
from collections import namedtuple
from typing import NamedTuple
N = namedtuple('N', 'a b c', defaults=[3]); n = N(1, 2)
class NT(NamedTuple):
    x: int
    y: str = 'd'
    def m(self): return self.x
print(n, n.a, n[1], n._asdict(), n._replace(a=9), N._fields, N._make([1, 2, 3]), n == (1, 2, 3), NT(1), NT(1).m(), N._field_defaults, [*n], n + (1,), len(n), NT.__annotations__, n._fields, hash(n) == hash((1, 2, 3)), N.__doc__, isinstance(n, tuple), sorted([N(2, 1), N(1, 2)]))
for f in [lambda: N(1), lambda: N(1, 2, 3, 4), lambda: setattr(n, 'a', 1), lambda: n._replace(q=1), lambda: namedtuple('X', 'a a'), lambda: namedtuple('X', 'def'), lambda: namedtuple('X', ['_a']), lambda: namedtuple('X', 'a def a', rename=True)._fields, lambda: N._make([1])]: t(f)
def outer():
    c = 0
    def inc():
        nonlocal c
        c += 1
        return c
    def get(): return c
    return inc, get
i, g = outer(); i(); i(); print(g())
fs = [lambda: i for i in range(3)]; print([f() for f in fs]); fs = [lambda i=i: i for i in range(3)]; print([f() for f in fs])
def f(a, b=[], *args, c=1, **kw): b.append(a); return a, b, args, c, kw
print(f(1), f(2), f(3, [], 4, 5, c=6, d=7), f.__defaults__, f.__kwdefaults__, f.__name__)
def deco(n):
    def wrap(fn):
        def inner(*a, **k): return (n, fn(*a, **k))
        return inner
    return wrap
@deco(1)
@deco(2)
def h(x): return x
print(h(5))
x = 10
def sc():
    global x
    x = 20
sc(); print(x)
class Sc:
    x = 5
    y = [x for _ in range(2)] if 0 else x
    def m(self): return x
print(Sc.y, Sc().m())
if (nn := 5) > 3: print(nn)
print([y := 1, y ** 2], (lambda: (z := 3) + z)())
while True:
    break
else: print('no')
for i in range(2): pass
else: print('else', i)
for i in []: pass
else: print('empty else')
a = b = c = 0; a += 1; b -= 1; c |= 4; d = 7; d //= 2; d **= 3; d %= 5; d <<= 2; d >>= 1; d ^= 3; d &= 6; print(a, b, c, d)
del a
t(lambda: a)
type Alias[T] = list[T]
print(Alias, Alias.__value__)
def gen_f[T](x: T) -> T: return x
print(gen_f(3), gen_f.__type_params__)
class G[T]:
    def m(self, x: T) -> T: return x
print(G[int]().m(4), G.__type_params__)
print(1 if True else 2, (1, 2)[0], [1, 2, 3][-1], {'a': 1}['a'], not None, 1 is not None, 'a' not in 'b', -1 ** 2, 2 ** 3 ** 2, (lambda *a, **k: (a, k))(1, b=2), 0x1f, 0o17, 0b11, 1_000, 1e3, .5, 5., 1e-3, 3j, 'a' 'b', r'\n', b'\x41', '\u00e9', '\N{BULLET}', '\x41\101', '''a
b''')
import sys
def tb():
    def a(): b()
    def b(): 1/0
    a()
try: tb()
except ZeroDivisionError as e:
    tr = e.__traceback__
    print(tr is not None)
from contextlib import nullcontext
with nullcontext(5) as q: print(q)
from contextlib import contextmanager, suppress, ExitStack, closing
@contextmanager
def cm(n):
    print('in', n)
    try: yield n
    except ValueError as e: print('caught', e)
    finally: print('out', n)
with cm(1) as a, cm(2) as b: print(a, b); raise ValueError('x')
with suppress(KeyError): {}['a']
with ExitStack() as st:
    st.enter_context(cm(5)); st.callback(print, 'cb')
class R:
    def __enter__(self): raise KeyError('enter')
    def __exit__(self, *a): print('never')
try:
    with R(): pass
except KeyError as e: print(e)
class X2:
    def __enter__(self): return 1
    def __exit__(self, t, v, tb): print(t, v); return False
try:
    with X2() as v: raise OSError(1, 'm')
except OSError as e: print(repr(e))
t(lambda: (lambda: (yield))().send(1))
def wth():
    with 5: pass
t(wth)
def aa():
    for i in range(3):
        with X2(): 
            if i == 1: return i
print(aa())
