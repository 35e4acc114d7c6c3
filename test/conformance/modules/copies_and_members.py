# Copies of containers, members of enumerations, wrappers and templates of the standard library.
import copy, operator, functools, contextlib, collections, string, types, io
from collections import ChainMap, UserDict, UserList, OrderedDict, deque
from enum import Enum, IntEnum, StrEnum, Flag, auto
def t(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
u = UserDict(a=[1]); v = copy.copy(u); v['b'] = 2; v['a'].append(3); print(u, v)
u = UserList([1, [2]]); u.tag = 'x'; v = copy.copy(u); v.append(3); v[1].append(9); print(u, v, v.tag)
c = ChainMap({'a': 1}, {'b': 2}); d = copy.copy(c); d['z'] = 0; print(c, d, d.maps[1] is c.maps[1])
print(UserList([1, 2]) <= UserList([1, 3]), UserList([1]) >= [2], UserList([3]) > UserList([1]), [0] + UserList([1]), 2 * UserList([1]))
w = UserList([1]); x = w; w += [2]; w += UserList([3]); w *= 2; print(w, x is w)
P = collections.namedtuple('P', 'x y'); p = P(1, [2]); q = copy.copy(p); print(q, q is p, q.y is p.y, copy.copy((1, [2])) == (1, [2]))
s = slice([1], [2], [3]); r = copy.deepcopy(s); print(r, r is s, r.start is s.start, copy.copy(s) is s)
x = ([],); x[0].append(x); y = copy.deepcopy(x); print(y is x, y[0][0] is y)
with contextlib.suppress(ValueError):
    raise ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [ValueError(2)])])
def g():
    with contextlib.suppress(ValueError):
        raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
try: g()
except* KeyError as e: print(repr(e), e.exceptions)
d = deque([1, 2], 3); d.__init__([5, 6, 7, 8], 2); print(d)
d = deque(); it = iter(d); d.append(1); t(next, it)
class S:
    __slots__ = ('__a', 'b', '__c__')
    def __init__(self): self.__a = 1; self.b = 2; self.__c__ = 3
    def get(self): return self.__a
print(S().get(), S()._S__a)
class T1(string.Template):
    delimiter = '%'
    idpattern = '[a-z]+'
class T2(string.Template):
    pattern = r'(?P<escaped>@{2})|@(?P<named>[a-z]+)|@\{(?P<braced>[a-z]+)\}|(?P<invalid>@)'
class T3(string.Template):
    pattern = r'(?P<badname>.*)|(?P<escaped>@{2})|@(?P<named>x)|@\{(?P<braced>y)\}|(?P<invalid>@)'
print(T1('%a %% %{b} $c').substitute(a=1, b=2), T2('@a @@ @{b} %c').safe_substitute(a=1)); t(T2('a @ b').substitute); print(T2('@a').get_identifiers(), string.Template('$x ${y}').get_identifiers())
print(string.Template('$who likes $$5').substitute(who='tim'), string.Template.pattern.flags & 64, bool(string.Template.delimiter))
m = types.MethodType(lambda self, k: (self, k), 5); print(m(3), m.__self__); t(types.MethodType, 3, 4); t(types.MethodType, len, None)
print(operator.__lt__(1, 2), operator.__add__(1, 2), operator.__not__(0), operator.__contains__([1], 1), operator.__and__ is operator.and_)
class LH:
    def __length_hint__(self): raise TypeError
print(operator.length_hint(LH(), 12))
class Types(Enum):
    i = int
    f = float
    class Inner: pass
print(list(Types), Types.i.value is int, Types.Inner)
class FS(float, Enum):
    MOE = 3.5
class IS(IntEnum):
    MOE = 3
    LARRY = 4
print(FS.fromhex('0x1.cp+1') is FS.MOE, IS.from_bytes(b'\x03', 'big') is IS.MOE); t(IS.from_bytes, b'\x05', 'big'); t(FS.fromhex, '0x1p0')
class Col(Enum):
    RED = 1
    @property
    def shade(self): return 'dark'
t(lambda: Col.name); t(lambda: Col.value); print(isinstance(Col.shade, property), Col.RED.name, Col.RED.shade)
class NV(Enum):
    name = 1
    value = 2
print(NV.name, NV.value, NV.name.name, NV.name.value)
class Pred:
    def __call__(self, e): return isinstance(e, ValueError)
eg = ExceptionGroup('e', [ValueError(1), KeyError(2)])
print(eg.split(Pred())[0].exceptions, eg.subgroup(Pred().__call__).exceptions); t(eg.split, 5); t(eg.split, int)
def f(): pass
f.d = {'a': 1}
def wr(): pass
wr.d = {}
functools.update_wrapper(wr, f, ('__name__',), ('d',)); print(wr.d, wr.__name__)
def w2(): pass
t(functools.update_wrapper, w2, f, (), ('d',))
od = OrderedDict(a=1); print(od.pop('b', default=6), od.pop('a'), od); t(od.pop, 'q')
dd = {1: 1}
class Ev:
    def keys(self): return ['a', 'b']
    def __getitem__(self, k): return k
dd.update(Ev()); print(dd)
from collections.abc import AsyncIterable, Generator, Awaitable, Callable
class A1:
    def __aiter__(self): return self
print(isinstance(A1(), AsyncIterable), isinstance((i for i in []), Generator), isinstance(f, Awaitable))
class Num:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
class Tr:
    def __trunc__(self): return Num(42)
t(int, Tr())
class Book(StrEnum):
    author = 'the author'
    title = 'the title'
    index = auto()
print(Book.title, Book.author.title(), Book.title.upper(), list(Book), Book['title'].value, Book.title.index('t'), Book('index'))
class P1(Enum):
    x = 1
    def real(self): return 7
print(P1.x.real(), P1.x.x)
class P2(IntEnum):
    real = 3
    two = 2
print(P2.real, P2.two.real, P2.real + 1, repr(P2.real))
