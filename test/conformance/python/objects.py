def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
class D:
    def __init__(s, n): s.n = n
    def __get__(s, o, t=None): return (s.n, o is None, t.__name__)
    def __set__(s, o, v): print('set', s.n, v)
    def __delete__(s, o): print('del', s.n)
    def __set_name__(s, o, n): print('name', n)
class ND:
    def __get__(s, o, t=None): return 'nd'
class A:
    d = D('d'); nd = ND()
    __slots__ = ('x', '__dict__')
a = A(); print(a.d, A.d, a.nd); a.d = 5; del a.d; a.nd = 3; print(a.nd, a.__dict__)
class S:
    __slots__ = ['p', 'q']
    def __init__(self): self.p = 1
s = S(); t(lambda: s.q); t(lambda: setattr(s, 'z', 1)); t(lambda: s.__dict__); print(s.p, S.p, S.__slots__)
t(lambda: delattr(s, 'q'))
class S2(S): __slots__ = ('r',)
s2 = S2(); s2.r = 1; t(lambda: setattr(s2, 'zz', 1))
class P:
    @property
    def x(self): "doc"; return self._x
    @x.setter
    def x(self, v): self._x = v * 2
    @x.deleter
    def x(self): print('deleted'); del self._x
    @property
    def ro(self): return 1
    y = property(lambda s: 5, doc='ydoc')
p = P(); p.x = 4; print(p.x, P.x.__doc__, P.y.__doc__); del p.x; t(lambda: p.x); t(lambda: setattr(p, 'ro', 2)); t(lambda: delattr(p, 'ro')); t(lambda: setattr(p, 'y', 2))
class X: pass
class Y(X): pass
class Z(X): pass
class W(Y, Z): pass
print([c.__name__ for c in W.__mro__], W.mro(), W.__bases__, W.__base__)
t(lambda: type('Q', (X, Y), {}))
t(lambda: type('Q', (X, X), {}))
t(lambda: type('Q', (int, str), {}))
t(lambda: type('Q', (bool,), {}))
t(lambda: type('Q', (1,), {}))
class C:
    def __init__(self, a, b=2, *, c): pass
for args, kw in [((), {}), ((1,), {}), ((1, 2, 3), {'c': 1}), ((1,), {'c': 1, 'd': 2}), ((1,), {'a': 1, 'c': 1})]:
    t(lambda: C(*args, **kw))
class N:
    def m(self): return 1
    @classmethod
    def c(cls, x): return x
    @staticmethod
    def s(x): return x
t(lambda: N.m()); t(lambda: N().m(1)); t(lambda: N.c()); t(lambda: N().s()); t(lambda: N(1)); t(lambda: N().zzz); t(lambda: N.zzz); t(lambda: N()()); t(lambda: N()[0]); t(lambda: len(N())); t(lambda: iter(N())); t(lambda: N() + 1); t(lambda: N() < N()); t(lambda: -N()); t(lambda: next(N())); t(lambda: 1 in N()); t(lambda: hash(N()) == hash(N())); t(lambda: int(N())); t(lambda: float(N())); t(lambda: [1][N()]); t(lambda: 'a' * N()); t(lambda: N() @ 1); t(lambda: 2 ** N()); t(lambda: divmod(N(), 1)); t(lambda: abs(N())); t(lambda: round(N())); t(lambda: reversed(N())); t(lambda: complex(N())); t(lambda: bytes(N())); t(lambda: sum(N())); t(lambda: f'{N():>3}'); t(lambda: {**N()}); t(lambda: print(*N())); t(lambda: dict(N())); t(lambda: 'x' + N()); t(lambda: N() == N()); t(lambda: N() and 1)
class Op:
    def __init__(s, v): s.v = v
    for n in 'add sub mul truediv floordiv mod pow matmul lshift rshift and or xor'.split():
        exec if 0 else None
    def __add__(s, o): return ('add', s.v, o)
    def __radd__(s, o): return ('radd', s.v, o)
    def __iadd__(s, o): s.v += 1; return s
    def __sub__(s, o): return NotImplemented
    def __rsub__(s, o): return 'rsub'
    def __mul__(s, o): return 'mul'
    def __divmod__(s, o): return 'dm'
    def __rdivmod__(s, o): return 'rdm'
    def __pow__(s, o, m=None): return ('pow', o, m)
    def __rpow__(s, o): return 'rpow'
    def __neg__(s): return 'neg'
    def __pos__(s): return 'pos'
    def __invert__(s): return 'inv'
    def __abs__(s): return 'abs'
    def __round__(s, n=None): return ('round', n)
    def __trunc__(s): return 1
    def __floor__(s): return 'floor'
    def __ceil__(s): return 'ceil'
    def __int__(s): return 42
    def __float__(s): return 4.5
    def __complex__(s): return 1j
    def __index__(s): return 3
    def __bool__(s): return False
    def __len__(s): return 3
    def __getitem__(s, k): return k
    def __setitem__(s, k, v): print('set', k, v)
    def __delitem__(s, k): print('del', k)
    def __contains__(s, k): return k == 1
    def __iter__(s): return iter([1, 2])
    def __reversed__(s): return 'rev'
    def __call__(s, *a, **k): return a, k
    def __enter__(s): return 'in'
    def __exit__(s, *a): print('exit')
    def __hash__(s): return 7
    def __eq__(s, o): return 'eq'
    def __lt__(s, o): return 'lt'
    def __le__(s, o): return 'le'
    def __format__(s, f): return 'fmt:' + f
    def __str__(s): return 'str'
    def __repr__(s): return 'rep'
    def __bytes__(s): return b'by'
    def __dir__(s): return ['z', 'a']
    def __missing__(s, k): return k
    def __length_hint__(s): return 5
    def __matmul__(s, o): return 'mm'
    def __rmatmul__(s, o): return 'rmm'
    def __getattr__(s, n): return 'ga:' + n
o = Op(1)
import math
print(o + 1, 1 + o, o * 1, divmod(o, 1), divmod(1, o), o ** 2, pow(o, 2, 3), 2 ** o, -o, +o, ~o, abs(o), round(o), round(o, 2), math.floor(o), math.ceil(o), math.trunc(o), int(o), float(o), complex(o), [0, 1, 2, 3][o], bool(o), len(o), o[1], o[1:2], o['a', ...], o[::2, 1], 1 in o, 2 in o, list(o), reversed(o), o(1, a=2), hash(o), o == 1, o != 1, o < 1, o <= 1, o > Op(2), f'{o:abc}', f'{o}', f'{o!r}', f'{o!s:>5}', str(o), repr(o), bytes(o), dir(o), o @ 1, 1 @ o, o.foo, 'abc' * o, [1] * o, hex(o), bin(o), oct(o), chr(o), range(o), 'a'.ljust(o) + '|', '%d %s %r' % (o, o, o), [1,2,3,4,5][o:], math.sqrt(o))
o[1] = 2; del o[1]; o[1:2] = 3; del o[::2]
o += 5; print(o.v)
with o as q: print(q)
t(lambda: o - 1); print(1 - o); t(lambda: o / 1); t(lambda: o // 1); t(lambda: o % 1); t(lambda: o << 1); t(lambda: o & 1)
class B1:
    def __eq__(s, o): return True
t(lambda: hash(B1())); t(lambda: {B1(): 1})
class B2:
    def __bool__(s): return 1
    def __len__(s): return -1
    def __str__(s): return 1
    def __repr__(s): return 1
    def __hash__(s): return 'a'
    def __iter__(s): return 1
    def __int__(s): return 'a'
    def __float__(s): return 'a'
    def __index__(s): return 'a'
    def __format__(s, f): return 1
    def __contains__(s, x): return 'yes'
    def __getattribute__(s, n): return n
b = B2()
for f in [lambda: bool(b), lambda: len(b), lambda: str(b), lambda: repr(b), lambda: hash(b), lambda: iter(b), lambda: int(b), lambda: float(b), lambda: [1][b], lambda: format(b), lambda: 1 in b, lambda: b.x, lambda: b.__class__, lambda: b()]: t(f)
class Base:
    def __new__(cls, *a, **k):
        print('new', cls.__name__, a, k); return super().__new__(cls)
    def __init__(self, *a): print('init', a)
    def __init_subclass__(cls, /, x=1, **k): print('sub', cls.__name__, x, k); super().__init_subclass__(**k)
    def __class_getitem__(cls, k): return (cls.__name__, k)
class Der(Base, x=5): pass
Der(1, 2); print(Der[int, 3])
t(lambda: type('D3', (Base,), {}, y=1))
class Imm(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def a(self): return self[0]
i = Imm(1, 2); print(i, i.a, i + (3,), type(i + (3,)), i == (1, 2), isinstance(i, tuple), hash(i) == hash((1, 2)), i[0:1])
class MyInt(int):
    def __add__(s, o): return MyInt(int(s) + o)
    def __repr__(s): return f'MyInt({int(s)})'
m = MyInt(5); print(m + 1, m * 2, type(m * 2), m, str(m), f'{m}', f'{m:03}', m == 5, [1, 2, 3, 4, 5, 6][m], MyInt('12'), sum([m, m]), -m, m.real, m.bit_length(), MyInt(7) + 1 + 2)
class MyStr(str):
    def __repr__(s): return 'MS'
    def up(s): return s.upper()
z = MyStr('abc'); print(z, repr(z), z.up(), z + 'd', type(z + 'd'), z[1], f'{z}', z == 'abc', {z: 1}['abc'], [z], len(z), '%s %r' % (z, z), 'x'.join([z, z]), z.replace('a', 'b'), z in 'zabcz')
class MyDict(dict):
    def __missing__(s, k): return 'miss' + str(k)
    def __getitem__(s, k): return super().__getitem__(k)
    def __setitem__(s, k, v): super().__setitem__(k, v * 2)
d = MyDict(a=1); d['b'] = 2; print(d, d['zz'], d.get('zz'), d.setdefault('q', 5), dict(d), {**d}, list(d), 'a' in d, d | {'x': 1}, type(d | {}), d.copy(), type(d.copy())); d.update(b=7); print(d)
class MyList(list):
    def __getitem__(s, i): return super().__getitem__(i - 1) if isinstance(i, int) else super().__getitem__(i)
    def append(s, x): super().append(x * 10)
l = MyList([1, 2]); l.append(3); print(l, l[1], l[0:2], type(l[0:2]), l + [1], type(l + [1]), l * 2, sorted(l, reverse=True), list(l), len(l), l == [1, 2, 30], l.index(30), [*l])
class MyErr(Exception):
    def __init__(self, a, b): super().__init__(a); self.b = b
    def __str__(self): return f'{self.args} {self.b}'
t(lambda: (_ for _ in ()).throw(MyErr(1, 2)))
print(repr(MyErr(1, 2)), MyErr(1, 2).args)
print(isinstance(True, int), issubclass(bool, int), isinstance(1, (str, int)), isinstance(1, int | str), issubclass(int, (str, object)), isinstance(None, type(None)))
t(lambda: isinstance(1, 'a')); t(lambda: issubclass(1, int)); t(lambda: isinstance(1, list[int]))
print(type(1).__name__, type(o).__qualname__, o.__class__.__name__, N.m.__qualname__, N().m.__func__ is N.m, N.__name__, N.__module__, N.__dict__['m'] is N.m, vars(a))
print(hasattr(N, 'm'), getattr(N, 'q', 5), callable(N), callable(N()), N.c(3), N().c(4))
class Cnt:
    n = 0
    def __init__(self): Cnt.n += 1; self.__priv = 5
    def get(self): return self.__priv
c = Cnt(); print(Cnt.n, c.get(), c._Cnt__priv, sorted(vars(c))); t(lambda: c.__priv)
class Meta: x: int = 5; y: str; z: 'list[int]' = None
print(Meta.__annotations__)
def outer():
    x = 1
    class In:
        y = x
        def f(self): return x
    x = 2
    return In
print(outer().y, outer()().f(), outer().__qualname__)
print(super.__name__, type(super(Imm, i)), super(Der, Der).__init_subclass__.__name__)
