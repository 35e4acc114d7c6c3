"""Containers, unions, nested and generic models, forward references, adapters, dumps."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from datetime import date, timedelta
from enum import Enum
from typing import Annotated, Any, Callable, Dict, FrozenSet, Generic, List, Literal, Optional, Set, Tuple, Type, TypeVar, Union

from pydantic import BaseModel, ConfigDict, Field, RootModel, TypeAdapter, ValidationError


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, '|', error)


class Kind(Enum):
    CLOUD = 'cloud'
    EDGE = 'edge'


class Bag(BaseModel):
    a: list[int] = []
    b: Dict[str, float] = {}
    c: tuple[int, str] = (0, '')
    d: tuple[int, ...] = ()
    e: set[int] = set()
    f: FrozenSet[str] = frozenset()
    g: Sequence[int] = ()
    h: Mapping[str, int] = {}
    i: List[List[int]] = []
    j: dict[int, list[str]] = {}
    k: Callable[[int], int] | None = None
    l: Type[BaseModel] | None = None
    m: List = []
    n: dict = {}
    o: Tuple = ()


print(Bag(a=(1, '2'), b={'x': 1}, c=['1', 'y'], d=[1, 2], e=[1, 1, '1'], f=['a'], g=(1, 2), h={'q': '3'}, i=[['1'], (2,)], j={'1': ['x']},
          m=(1, 'a'), n={1: 2}, o=[1]))
attempt(lambda: Bag(a='12', b=[1], c=(1,), d=3, e='ab', f=1, g='abc', h=3, i=[[1], ['x']], j={'q': [1]}, k=3, l=int))
attempt(lambda: Bag(a={1: 2}, c=(1, 'x', 3), e=[[1]], g={1}, j={'a': 1}))
attempt(lambda: Bag(a=range(3), d=(x for x in 'q1'), k=len, l=Bag, g=[1]))


class Node(BaseModel):
    value: int
    children: List[Node] = []
    parent: Optional[Node] = None


print(Node(value=1, children=[{'value': 2, 'children': [{'value': '3'}]}]))
attempt(lambda: Node(value=1, children=[{'value': 2, 'children': [{'value': 'x'}, 3]}]))


class Early(BaseModel):
    later: Later
    many: Optional[Dict[str, Later]] = None


attempt(lambda: Early(later={'x': 1}))


class Later(BaseModel):
    x: int = 0


print(Early.model_rebuild(), Early(later={'x': 1}), Early.model_rebuild(), Early.model_fields['later'])


class Unions(BaseModel):
    a: Union[int, str] = 0
    b: Union[str, int] = ''
    c: int | float | None = None
    d: Union[bool, int, str] = False
    e: Union[List[int], Dict[str, int], int] = 0
    f: Annotated[Union[str, int], Field(union_mode='left_to_right')] = 0


for value in (1, '1', 1.0, 1.5, True, 'x', None, [1], ['a'], {'k': '1'}, b'z'):
    for name in Unions.model_fields:
        try:
            print(name, repr(value), repr(getattr(Unions(**{name: value}), name)))
        except ValidationError as error:
            print(name, repr(value), str(error).replace('\n', ' | '))


class Cat(BaseModel):
    kind: Literal['cat'] = 'cat'
    lives: int


class Dog(BaseModel):
    kind: Literal['dog', 'wolf']
    bark: str = 'wuff'


class Bird(BaseModel):
    wings: int = 2
    name: str = 'b'


class Zoo(BaseModel):
    pet: Union[Cat, Dog] = Field(discriminator='kind')
    plain: Union[Cat, Bird, None] = None


print(Zoo(pet={'kind': 'cat', 'lives': 9}), Zoo(pet=Dog(kind='wolf'), plain={'wings': 3}))
attempt(lambda: Zoo(pet={'kind': 'fish'}))
attempt(lambda: Zoo(pet={'lives': 9}))
attempt(lambda: Zoo(pet={'kind': 'cat', 'lives': 'x'}, plain={'lives': 'y'}))
attempt(lambda: Zoo(pet=3, plain=4))
print(Zoo(pet=Dog(kind='dog')).model_dump(), Zoo(pet=Cat(lives=1), plain=Bird()).model_dump_json())

T = TypeVar('T')
K = TypeVar('K', bound=int)


class Box(BaseModel, Generic[T]):
    item: T
    more: List[T] = []


class Pair(BaseModel, Generic[T, K]):
    left: T
    right: K
    box: Optional[Box[T]] = None


print(Box(item='x'), Box[int](item='1', more=['2']), Box[int].__name__, Box[int] is Box[int], Box[List[int]].__name__)
attempt(lambda: Box[int](item='x', more=['y']))
print(Pair[str, int](left='a', right='2', box={'item': 'q'}), Pair[str, int].__name__, Box[Optional[int]](item=None))
attempt(lambda: Box[int, str])
attempt(lambda: Cat[int])
print(isinstance(Box[int](item=1), Box), Box[int](item=1) == Box(item=1), Box[int].model_fields)


class IntBox(Box[int]):
    extra: str = 'e'


print(IntBox(item='5'))


class Ids(RootModel[List[int]]):
    def __iter__(self):
        return iter(self.root)


print(Ids(['1', 2]), Ids([1]).model_dump(), Ids([1]).root, list(Ids([3])), RootModel[int](3), Ids.model_validate([4]).model_dump_json())
attempt(lambda: Ids('x'))
attempt(lambda: Ids(['x']))


class Fleet(BaseModel):
    ids: Ids = Ids([1])


print(Fleet(ids=['7']), Fleet().model_dump())


class Unit(BaseModel):
    name: str = 'u'
    price: Decimal = Decimal('1.50')
    when: date = date(2024, 1, 2)
    length: timedelta = timedelta(days=1, hours=2, seconds=3)
    kind: Kind = Kind.CLOUD
    ids: Set[int] = {1}
    pair: Tuple[int, str] = (1, 'a')
    data: Any = None
    inner: Optional[Later] = Later()
    text: bytes = b'ab'
    ratio: float = 1e20
    small: float = 1.5e-9
    inf: float = float('inf')
    word: str = 'é"\n\u2028'


u = Unit(data={'k': [Kind.EDGE, (1, 2)], 3: Later(x=3)})
print(u.model_dump())
print(u.model_dump(mode='json'))
print(u.model_dump_json())
print(u.model_dump_json(indent=2, include={'name', 'ids', 'pair', 'inner', 'data'}))
print(u.model_dump(include={'inner': {'x'}, 'name': True, 'pair': {0}}), u.model_dump(exclude={'data'}).keys())
print(u.model_dump(exclude={'inner': {'x'}, 'pair': {'__all__'}, 'data': {'k': {0}}}, include={'inner', 'pair', 'data'}))
print(Unit(name='n').model_dump(exclude_unset=True), Unit(name='n').model_dump(exclude_defaults=True), Unit(inner=None).model_dump(exclude_none=True).keys())


class Sub(Later):
    y: int = 9


class Holder(BaseModel):
    one: Later
    many: List[Later] = []


h = Holder(one=Sub(x=1), many=[Sub(x=2)])
print(h, h.model_dump(), h.model_dump(serialize_as_any=True), h.one is Holder(one=h.one).one)


class Used(BaseModel):
    model_config = ConfigDict(use_enum_values=True, arbitrary_types_allowed=True)
    kind: Kind = 'edge'
    other: Plain = None


class Plain:
    def __repr__(self):
        return 'Plain()'


Used.model_rebuild()
print(Used(kind='cloud'), Used(kind=Kind.EDGE, other=Plain()).kind)
attempt(lambda: Used(other=3))
attempt(lambda: Used(kind='x'))


@dataclass
class Point:
    x: int
    y: float = 0.5


ints = TypeAdapter(List[int])
print(ints.validate_python(['1', 2]), ints.validate_json('[1, "2"]'), ints.dump_python([1]), ints.dump_json([1, 2]), TypeAdapter(Dict[str, Later]).validate_python({'a': {}}))
attempt(lambda: ints.validate_python(['x']))
attempt(lambda: TypeAdapter(Optional[int]).validate_python('x'))
print(TypeAdapter(Later).validate_python({'x': 3}), TypeAdapter(Any).dump_python({'p': Point(1), 'l': Later()}))
