# Options, fields, inheritance and refusals of data classes.
import copy
import dataclasses
import typing
from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import KW_ONLY, MISSING, FrozenInstanceError, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, make_dataclass, replace
from types import MappingProxyType
from typing import Any, ClassVar, Optional


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


@dataclass
class Point:
    x: int
    y: float = 0.5
    tags: list[str] = field(default_factory=list)
    hidden: str = field(default='h', repr=False, compare=False)
    count: ClassVar[int] = 7


p = Point(1)
print(p, Point(1, 2, ['a']) == Point(1, 2, ['a'], 'other'), Point(1) != Point(2), p == 3, Point.__doc__, Point.__match_args__, Point.y, Point.count, p.tags is Point(1).tags)
print(Point.__init__.__qualname__, Point.__init__.__annotations__, Point.__eq__.__name__, Point.__hash__, Point.__dataclass_params__)
print([(f.name, f.type, f.default is MISSING, f.default_factory is list, f.init, f.repr, f.compare, f.hash, f.kw_only, f.metadata) for f in fields(p)])
for body in (lambda: Point(), lambda: Point(1, 2, 3, 4, 5), lambda: Point(1, x=2), lambda: Point(1, z=2), lambda: hash(p), lambda: p < p, lambda: fields(3), lambda: asdict(Point), lambda: replace(Point, x=1)):
    attempt(body)
print(is_dataclass(p), is_dataclass(Point), is_dataclass(3), hasattr(Point, 'tags'), p.__dict__, vars(copy.copy(p)))


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    label: str = field(default='', compare=False)

    def __post_init__(self):
        object.__setattr__(self, 'label', self.label or f'v{self.major}')


v = Version(1, 2)
print(v, v < Version(1, 3), v >= Version(1, 2, 'z'), sorted([Version(2), v, Version(1)]), hash(v) == hash((1, 2)), {v: 1}[Version(1, 2)], max(v, Version(0, 9)))
for body in (lambda: setattr(v, 'major', 3), lambda: setattr(v, 'other', 3), lambda: delattr(v, 'major'), lambda: v < (1, 2), lambda: v.nothing):
    attempt(body)
print(isinstance(FrozenInstanceError(), AttributeError), replace(v, minor=9), copy.replace(v, major=7, label='q'), copy.deepcopy(v) == v)


class Loose(Version):
    pass


loose = Loose(4)
loose.extra = 5
print(loose.extra, loose)
attempt(lambda: setattr(loose, 'major', 1))


@dataclass
class Base:
    a: int = 1
    _: KW_ONLY
    flag: bool = False


@dataclass(kw_only=True)
class Derived(Base):
    b: str
    a: float = field(default=2.5, metadata={'unit': 'm'})
    c: int = field(default=3, kw_only=False)


print(Derived(b='x'), Derived(4, b='y', a=1, flag=True), Derived.__doc__, Derived.__match_args__, fields(Derived)[0].metadata['unit'], fields(Derived)[0].metadata)
attempt(lambda: Derived())
attempt(lambda: Derived(1, 2, b='x'))


@dataclass
class Scaled:
    base: float
    factor: InitVar[float] = 2.0
    total: float = field(init=False)
    note: str = field(init=False, default='n')

    def __post_init__(self, factor):
        self.total = self.base * factor


s = Scaled(3, 4)
print(s, Scaled(1), Scaled.factor, Scaled.__init__.__annotations__['factor'], [f.name for f in fields(s)])
attempt(lambda: replace(s, base=1))
attempt(lambda: replace(s, total=1))
attempt(lambda: Scaled(3, 4, 5))


@dataclass(slots=True)
class Slotted:
    x: int
    y: int = 3
    z: list = field(default_factory=list, init=False)


one = Slotted(1)
print(one, Slotted.__slots__, hasattr(one, '__dict__'), one == Slotted(1, 3))
try:
    one.w = 1
except AttributeError:
    print('no place')


@dataclass(eq=False)
class Plain:
    x: int


@dataclass(unsafe_hash=True)
class Hashed:
    x: int
    y: int = field(default=1, hash=False)


@dataclass(repr=False, init=False)
class Own:
    x: int = 4

    def __repr__(self):
        return 'own'

    def __eq__(self, other):
        return True


print(Plain(1) == Plain(1), hash(Hashed(1)) == hash((1,)), Own(), Own() == 3, Own().x, Own.__hash__)


@dataclass
class Tree:
    value: int
    children: list['Tree'] = field(default_factory=list)
    parent: Optional['Tree'] = None


tree = Tree(1, [Tree(2), Tree(3, [Tree(4)])])
print(tree, asdict(tree), astuple(tree))
tree.parent = tree
print(tree)
Pair = namedtuple('Pair', 'a b')


@dataclass
class Holder:
    items: Any


for items in ([Point(1)], (Point(1), 2), {'k': Point(2)}, Pair(Point(1), 3), defaultdict(list, {'a': [Point(3)]}), OrderedDict(z=Point(4)), {1, 2}):
    print(asdict(Holder(items)), astuple(Holder(items)))
holder = Holder([1])
print(asdict(holder)['items'] is holder.items, asdict(tree.children[1], dict_factory=lambda pairs: [k for k, _ in pairs]), astuple(Point(1), tuple_factory=list))

Made = make_dataclass('Made', ['a', ('b', int), ('c', list, field(default_factory=list))], namespace={'twice': lambda self: self.b * 2}, frozen=True)
print(Made(1, 2), Made(1, 2).twice(), Made.__annotations__, Made.__doc__)
for body in (lambda: make_dataclass('C', ['a b']), lambda: make_dataclass('C', ['class']), lambda: make_dataclass('C', ['a', 'a']), lambda: make_dataclass('C', [('a',)])):
    attempt(body)


def declare(text):
    def build():
        namespace = {}
        for line in text.split(';'):
            name, _, rest = line.partition(':')
            hint, _, value = rest.partition('=')
            namespace.setdefault('__annotations__', {})[name] = HINTS[hint]
            if value:
                namespace[name] = VALUES[value]
        return dataclass(type('Declared', (), namespace))
    return build


HINTS = {'int': int, 'var': ClassVar[int], 'init': InitVar[int], 'kw': KW_ONLY, 'dict': dict[str, int], 'opt': Optional[int], 'union': int | None, 'any': Any, 'point': Point, 'text': 'int', 'none': None, 'call': typing.Callable[[int], str]}
VALUES = {'1': 1, 'list': [], 'dict': {}, 'both': field(default=1), 'factory': field(default_factory=int), 'kw': field(kw_only=True), 'point': p}
for text in ('a:int=1;b:int', 'a:int=list', 'a:dict=dict', 'a:var=factory', 'a:init=factory', 'a:var=kw', 'a:kw;b:kw', 'a:int=point', 'a:int;b:text;c:opt;d:union;e:any;f:point;g:dict;h:none;i:call;j:int=factory;k:int=1', 'a:kw;b:int;c:int=1'):
    attempt(lambda: declare(text)().__doc__)
attempt(lambda: field(default=1, default_factory=int))
attempt(lambda: dataclass(type('Bare', (), {'x': field()})))
attempt(lambda: dataclass(order=True, eq=False)(type('C', (), {})))
attempt(lambda: dataclass(order=True)(type('C', (), {'__lt__': lambda a, b: True})))
attempt(lambda: dataclass(frozen=True)(type('C', (), {'__setattr__': lambda a, b, c: None})))
attempt(lambda: dataclass(unsafe_hash=True)(type('C', (), {'__hash__': lambda a: 1})))
attempt(lambda: dataclass(type('C', (Version,), {})))
attempt(lambda: dataclass(frozen=True)(type('C', (Point,), {})))
attempt(lambda: dataclass(slots=True)(type('C', (), {'__slots__': ('a',), '__annotations__': {'a': int}})))
attempt(lambda: dataclass(weakref_slot=True)(type('C', (), {})))
print(InitVar[int], InitVar[list[int]], fields(Version)[2].default is MISSING)
view = MappingProxyType({'a': 1})
print(view, view['a'], dict(view), list(view), len(view), 'a' in view, view | {'b': 2}, view == {'a': 1}, view.get('z', 3), list(view.items()))
for body in (lambda: view.__setitem__('a', 2), lambda: MappingProxyType(3), lambda: view['q']):
    attempt(body)
match Version(3, 4):
    case Version(major, minor):
        print(major, minor)
