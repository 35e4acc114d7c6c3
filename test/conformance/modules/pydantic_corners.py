"""Odd corners."""
from typing import *  # noqa
from pydantic import BaseModel, Field, ValidationError, ConfigDict, field_validator, TypeAdapter, RootModel
import abc

def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, '|', error)

class Shape(BaseModel, abc.ABC):
    n: int
    @abc.abstractmethod
    def area(self): ...
class Sq(Shape):
    def area(self): return self.n ** 2
attempt(lambda: Shape(n=1))
print(Sq(n=2).area())
class Kw(BaseModel, extra='allow', frozen=True):
    x: int = 1
    def __init_subclass__(cls, **kw):
        super().__init_subclass__()
        print('sub', cls.__name__, kw)
class Kw2(Kw, tag='t'):
    y: int = 2
print(Kw2(z=3), Kw2.model_config)
class E(BaseModel):
    pass
print(E(), repr(E()), E().model_dump(), E() == E(), hash(Kw()) == hash(Kw()))
class Nested(BaseModel):
    class Config2: pass
    items: dict[str, 'Item'] = {}
class Item(BaseModel):
    v: float
print(Nested(items={'a': {'v': '1'}}))
class Multi(BaseModel):
    a: int; b: int
    @field_validator('a', 'b', mode='before')
    def conv(cls, v): return int(v) * 2
print(Multi(a='1', b=2))
d = {'a': 1, 'b': 'x'}
attempt(lambda: Multi(**d))
print(Multi.__name__, Multi.__doc__, Multi.__module__, Multi.__annotations__)
m = Multi(a=1, b=2)
print(m.__dict__, vars(m), m.__class__.__name__, hasattr(m, 'a'), hasattr(m, 'zz'), getattr(m, 'zz', 5))
m.__dict__['a'] = 9
print(m)
attempt(lambda: m.model_copy(update={'a': 3}))
print(sorted([Multi(a=3,b=1), Multi(a=1,b=1)], key=lambda q: q.a))
print(f'{m}', f'{m!r}', str([m]))
attempt(lambda: m < m)
