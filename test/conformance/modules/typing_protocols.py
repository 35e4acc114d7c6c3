# Protocols: belonging to a class by what one has.
from typing import *
import abc, collections.abc
@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...
@runtime_checkable
class Named(Protocol):
    name: str
    def greet(self): ...
class Plain(Protocol):
    def run(self): ...
class Mixed(HasLen, Protocol):
    def run(self): ...
class Impl(Plain):
    def run(self): return 1
class A:
    def __init__(self): self.name = 'x'
    def greet(self): return 'hi'
class B:
    name = None
    greet = None
class C:
    __len__ = None
class L:
    def __len__(self): return 3
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for v in ([], 3, 'a', A(), B(), C(), L(), Impl(), A):
    t(lambda: isinstance(v, HasLen)); t(lambda: isinstance(v, Named)); t(lambda: isinstance(v, Plain)); t(lambda: isinstance(v, Mixed)); t(lambda: isinstance(v, Impl))
    t(lambda: issubclass(type(v), HasLen)); t(lambda: issubclass(type(v), Named)); t(lambda: issubclass(type(v), Plain)); t(lambda: issubclass(type(v), Impl))
t(lambda: HasLen()); t(lambda: Plain()); t(lambda: Impl().run()); t(lambda: runtime_checkable(A)); t(lambda: runtime_checkable(Impl))
t(lambda: isinstance(3, (HasLen, int))); t(lambda: isinstance([], HasLen | None)); t(lambda: issubclass(3, HasLen))
t(lambda: is_protocol(HasLen)); t(lambda: is_protocol(Impl)); t(lambda: sorted(get_protocol_members(Named)))
def mk():
    class Bad(A, Protocol): pass
t(mk)
class It(Iterable, Protocol):
    def more(self): ...
It = runtime_checkable(It)
t(lambda: isinstance([], It)); t(lambda: sorted(get_protocol_members(It)))
T = TypeVar('T')
@runtime_checkable
class G(Protocol[T]):
    def get(self) -> T: ...
t(lambda: isinstance({}, G)); t(lambda: issubclass(dict, G)); t(lambda: isinstance([], G)); t(lambda: type(G)); t(lambda: G.__mro__)
class I2(G[int]):
    def get(self): return 4
t(lambda: I2().get()); t(lambda: isinstance(I2(), G)); t(lambda: I2(3)); t(lambda: type(I2)); t(lambda: get_protocol_members(I2))
@runtime_checkable
class WithInit(Protocol):
    x: int
    def __init__(self, x): self.x = x
class J(WithInit): pass
t(lambda: J(5).x); t(lambda: isinstance(J(5), WithInit)); t(lambda: J())
class Abs(Protocol):
    @abc.abstractmethod
    def f(self): ...
class K(Abs): pass
t(lambda: K()); t(lambda: Abs())
HasLen.register(int)
t(lambda: isinstance(3, HasLen)); t(lambda: issubclass(int, HasLen))
class M(HasLen, abc.ABC): 
    def __len__(self): return 4
t(lambda: len(M())); t(lambda: isinstance(M(), collections.abc.Sized))
import copy, statistics, decimal


for c in (SupportsAbs, SupportsFloat, SupportsIndex, SupportsInt, SupportsRound):
    for v in (1, 1.5, 'a', None, 2j, True):
        try: print(c.__name__, v, isinstance(v, c))
        except Exception as e: print(c.__name__, v, type(e).__name__, e)
print(issubclass(copy.Error, Exception), copy.error is copy.Error)
print(decimal.Decimal('1.5').as_tuple(), type(decimal.Decimal(1).as_tuple()))
print(statistics.linear_regression([1,2],[2,3]), type(statistics.linear_regression([1,2],[2,3])))
try: copy.replace(3)
except Exception as e: print(type(e), e)
