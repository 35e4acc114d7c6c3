"""Metaclasses that extend ABCMeta and EnumType, and __prepare__."""
import abc, functools
class Meta(abc.ABCMeta):
    reg = {}
    def __new__(m, name, bases, ns, **kw):
        cls = super().__new__(m, name, bases, ns)
        m.reg[name] = kw
        return cls
    def __init__(cls, name, bases, ns, **kw): super().__init__(name, bases, ns)
class A(metaclass=Meta, tag='x'):
    @abc.abstractmethod
    def f(self): ...
class B(A, tag='y'):
    def f(self): return 1
try: A()
except TypeError as e: r = str(e)
for part in (Meta.reg, r, B().f(), type(B), isinstance(B(), A), Meta.__mro__):
    print(part)

import abc
class Singleton(abc.ABCMeta):
    _made = {}
    def __call__(cls, *a, **k):
        if cls not in cls._made: cls._made[cls] = super().__call__(*a, **k)
        return cls._made[cls]
class Base(abc.ABC, metaclass=Singleton):
    def __init__(self, x=1): self.x = x
class D(Base): pass
for part in (D(3) is D(4), D().x, len(Singleton._made), repr(type(D))):
    print(part)

from enum import Enum, EnumMeta, EnumType, auto, IntEnum
class M(EnumMeta):
    def __contains__(cls, x): return x in cls.__members__
    def __getitem__(cls, n): return super().__getitem__(n.upper())
    def __call__(cls, v, *a, **k): return super().__call__(v.lower() if isinstance(v, str) else v, *a, **k)
    def __iter__(cls): return reversed(list(super().__iter__()))
    @property
    def default(cls): return next(iter(cls.__members__.values()))
class C(str, Enum, metaclass=M):
    RED = 'r'
    BLUE = 'b'
    CRIMSON = 'r'
    @property
    def up(self): return self.value.upper()
for part in ('RED' in C, C['red'], C('R'), list(C), len(C), C.default, C.RED.up, C.CRIMSON is C.RED, type(C), C.__members__, repr(C)):
    print(part)

class Ordered(type):
    @classmethod
    def __prepare__(m, name, bases, **kw): return {'extra': 5, 'kw': kw}
    def __new__(m, name, bases, ns, **kw):
        cls = super().__new__(m, name, bases, dict(ns)); cls._order = [k for k in ns if not k.startswith('_')]; return cls
    def __init__(cls, *a, **kw): super().__init__(*a)
class A(metaclass=Ordered, z=3):
    y = extra + 1
    def f(self): ...
class B(A): q = 1
for part in (A.y, A.extra, A.kw, A._order, B._order):
    print(part)

from typing import Generic, TypeVar, Protocol
import abc
T = TypeVar('T')
class M(abc.ABCMeta):
    def __len__(cls): return 3
class G(Generic[T], metaclass=M):
    x: T
class H(G[int]): pass
for part in (len(G), len(H), G[int]):
    print(part)


class Documented(type):
    """A metaclass with a text of its own."""


class Bare(metaclass=Documented):
    pass


print(Bare.__doc__, Documented.__doc__)
