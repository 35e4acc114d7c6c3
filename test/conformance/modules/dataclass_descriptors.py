# Dataclasses with descriptors, inherited defaults and abstract bases, classes made by types, modules that are called.
import abc, copy, datetime, dataclasses, types, functools
from dataclasses import dataclass, field
def t(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
class Conv:
    def __init__(self, *, default): self._default = default
    def __set_name__(self, owner, name): self._name = '_' + name
    def __get__(self, obj, type):
        return self._default if obj is None else getattr(obj, self._name, self._default)
    def __set__(self, obj, value): setattr(obj, self._name, int(value))
@dataclass
class Item:
    count: Conv = Conv(default=100)
    name: str = 'x'
i = Item(); print(i, i.count); i.count = 2.5; print(i, Item(7.9), Item.count)
class NoDef:
    def __get__(self, obj, cls):
        if obj is None: raise AttributeError('no')
        return obj.__dict__.get('v')
    def __set__(self, obj, v): obj.__dict__['v'] = v
@dataclass
class Need:
    v: int = NoDef()
t(Need); print(Need(3).v)
@dataclass
class A:
    x: int = 1
    y: list = field(default_factory=list)
@dataclass
class B(A):
    x: int
print(B(), B(5))
class Plain:
    z = 9
@dataclass
class P(Plain):
    z: int
print(P())
class Ordered(abc.ABC):
    @abc.abstractmethod
    def __lt__(self, other): pass
    @abc.abstractmethod
    def __le__(self, other): pass
@dataclass(order=True)
class Date(Ordered):
    year: int
    month: int = 1
print(Date(2020, 12) > Date(2020, 8), sorted([Date(3), Date(1)]))
ns = types.SimpleNamespace(a=1, b=2); print(copy.replace(ns, b=5, c=3), ns)
class Meta(type):
    def __new__(mcls, name, bases, body, **kw):
        made = super().__new__(mcls, name, bases, body); made.kw = kw; return made
def body(space): space['y'] = 1
C = types.new_class('C', (), {'metaclass': Meta, 'z': 2}, body); print(type(C).__name__, C.y, C.kw)
t(lambda: datetime(2024, 1, 1)); t(lambda: copy(1)); t(lambda: functools(1))
@dataclass
class Slot:
    __slots__ = ('q',)
    q: int
print(Slot(1))
@dataclass
class Prop:
    w: int = 5
    @property
    def double(self): return self.w * 2
print(Prop().double)
class InhP(Prop):
    pass
