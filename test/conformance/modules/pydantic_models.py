"""Models: fields, defaults, aliases, configuration, private attributes, inheritance, copies, comparison."""
import copy
from typing import Annotated, Any, ClassVar, Final, List, Optional

from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, create_model


def attempt(body):
    try:
        print(body())
    except Exception as error:
        print(type(error).__name__, '|', error)


class Chip(BaseModel):
    """A chip."""

    name: str
    peak: float = Field(gt=0, description='operations per second', title='Peak')
    memory: int = Field(80, ge=1, le=1024)
    tags: list[str] = Field(default_factory=list, max_length=3)
    note: Optional[str] = None
    kind: ClassVar[str] = 'chip'
    limit: Final[int] = 7


a = Chip(name='A', peak='3.5')
print(a, repr(a), str(a))
print(a.name, a.peak, a.kind, Chip.kind, a.limit)
print(Chip.model_fields)
for name, field in Chip.model_fields.items():
    print(name, field.is_required(), field.annotation, field.default, field.description, field.title, field.metadata, field.get_default())
print(sorted(a.model_fields_set), a.model_extra, a.model_config)
print(list(a), dict(a))
attempt(lambda: Chip())
attempt(lambda: Chip(1))
attempt(lambda: Chip(name=1, peak=-1, memory=0, tags=['a', 'b', 'c', 'd']))
attempt(lambda: Chip(name='x', peak=1, nothing=3))
attempt(lambda: Chip(**{'name': 'x', 'peak': 'y' * 80}))
print(a == Chip(name='A', peak=3.5), a == Chip(name='B', peak=3.5), a != 3, a == dict(a))
attempt(lambda: hash(a))
attempt(lambda: a.nothing)
attempt(lambda: Chip.name)
attempt(lambda: setattr(a, 'nothing', 1))
attempt(lambda: setattr(a, 'kind', 1))
a.peak = 'not checked'
print(a.peak, sorted(a.model_fields_set))
attempt(lambda: delattr(a, 'note'))
print(a)


class Frozen(BaseModel, frozen=True):
    x: int
    y: tuple[int, ...] = (1, 2)


f = Frozen(x=1)
attempt(lambda: setattr(f, 'x', 2))
attempt(lambda: delattr(f, 'x'))
print(hash(f) == hash(Frozen(x=1)), {f: 1}[Frozen(x=1)], len({f, Frozen(x=1), Frozen(x=2)}))
attempt(lambda: hash(Frozen.model_construct(x=[1])))


class Partly(BaseModel):
    model_config = ConfigDict(validate_assignment=True, extra='allow')
    x: int = Field(1, frozen=True)
    y: int = 2


p = Partly(z=5)
print(p, p.z, p.model_extra, p.__pydantic_extra__, sorted(p.model_fields_set))
attempt(lambda: setattr(p, 'x', 3))
attempt(lambda: setattr(p, 'y', 'q'))
p.y = '17'
p.more = [1]
print(p, p.y + 1, p.model_dump(), p.model_fields_set == {'z', 'y', 'more'})
del p.z
attempt(lambda: p.z)


class Closed(BaseModel):
    model_config = ConfigDict(extra='forbid', str_strip_whitespace=True, str_to_lower=True)
    text: str = ''


attempt(lambda: Closed(text='  AbC '))
attempt(lambda: Closed(text='a', other=1, more=2))


class Assigned(BaseModel):
    model_config = ConfigDict(validate_assignment=True)
    x: int


attempt(lambda: setattr(Assigned(x=1), 'y', 2))


class Named(BaseModel):
    first: int = Field(alias='firstName')
    second: int = Field(0, validation_alias='in', serialization_alias='out')
    third: int = Field(0, validation_alias=AliasChoices('t', 'third_', AliasPath('deep', 'list', 1)))


print(Named(firstName=1, **{'in': 2}), Named(firstName=1).model_dump(by_alias=True))
print(Named(firstName=1, deep={'list': [0, 9]}).third, Named(firstName=1, third_=4).third)
attempt(lambda: Named(first=1))
attempt(lambda: Named(firstName='x', deep={'list': [0, 'y']}))
print(Named.model_fields)


class ByName(BaseModel):
    model_config = ConfigDict(populate_by_name=True, alias_generator=lambda name: name.upper())
    value: int
    other: int = Field(3, alias='o')


print(ByName(value=1), ByName(VALUE=2, o=4), ByName(value=1).model_dump(by_alias=True))
attempt(lambda: ByName(value='x'))
attempt(lambda: ByName())


class Private(BaseModel):
    x: int
    _cache: dict = PrivateAttr(default_factory=dict)
    _count: int = 0
    _unset: int

    def bump(self):
        self._count += 1
        self._cache[self._count] = self.x
        return self._count


q = Private(x=3)
print(q.bump(), q.bump(), q._cache, q, q.model_dump(), Private(x=3)._count, q == Private(x=3))
attempt(lambda: q._unset)
q._unset = 4
print(q._unset, q.__pydantic_private__)
attempt(lambda: q._other)


class WithInit(BaseModel):
    x: int
    log: list = []

    def model_post_init(self, context):
        self.log.append(self.x)
        self._seen = True

    _seen: bool = False


print(WithInit(x=1), WithInit(x=2).log, WithInit(x=3)._seen)


class Own(BaseModel):
    x: int

    def __init__(self, value, **rest):
        super().__init__(x=value * 2, **rest)


class HasOwn(BaseModel):
    own: Own


print(Own(4), HasOwn(own={'value': 5}))


class Base(BaseModel):
    a: int = 1
    b: str = 'b'


class Child(Base):
    b: str = 'child'
    c: float


class Mixin:
    def hello(self):
        return f'hello {self.a}'


class Grand(Mixin, Child):
    a: float = 2.5


print(Child(c=1), Grand(c=2), Grand(c=2).hello(), list(Grand.model_fields), Grand.__mro__[1:3] == (Mixin, Child))
print(isinstance(Grand(c=1), Base), issubclass(Grand, BaseModel), type(Grand).__name__, type(a).__name__)

r = Chip(name='r', peak=1, tags=['x'])
s = r.model_copy()
t = r.model_copy(update={'name': 't', 'memory': 'unchecked'}, deep=True)
s.tags.append('y')
print(r, s, t, t.model_fields_set == {'name', 'peak', 'tags', 'memory'})
print(copy.copy(r) == r, copy.deepcopy(r).tags is r.tags, copy.replace(r, name='z').name)
print(Chip.model_construct(name=1, peak='no', other=2), Chip.model_construct(_fields_set={'name'}, name='n').model_fields_set)
print(Chip.model_validate({'name': 'v', 'peak': 1}), Chip.model_validate(r) is r)
attempt(lambda: Chip.model_validate([1]))
attempt(lambda: Chip.model_validate(3))
attempt(lambda: Chip.model_validate(Base()))
print(Chip.model_validate_json('{"name": "j", "peak": 2, "tags": ["a"], "note": null}'))
attempt(lambda: Chip.model_validate_json('{"name": 1, "peak": [], "memory": 1.5}'))


class Source:
    name = 'attr'
    peak = 4


print(Chip.model_validate(Source(), from_attributes=True))


class Defaults(BaseModel):
    model_config = ConfigDict(validate_default=True)
    x: int = 'bad'


attempt(lambda: Defaults())


class Factory(BaseModel):
    x: int
    y: int = Field(default_factory=lambda data: data['x'] + 1)
    z: list = []


print(Factory(x=1), Factory(x=1).z is Factory(x=1).z)
attempt(lambda: Factory(x='q'))
Made = create_model('Made', x=(int, ...), y=(str, 'd'))
print(Made(x=1), Made.model_fields)
attempt(lambda: BaseModel())


class Hidden(BaseModel):
    a: int = Field(1, repr=False)
    b: int = Field(2, exclude=True)
    c: Annotated[int, Field(gt=1)] = 3
    d: Annotated[Optional[List[int]], Field(description='d')] = None
    e: Any = None


print(Hidden(), Hidden().model_dump(), Hidden.model_fields)
match Hidden(a=5):
    case Hidden(a=5, c=c):
        print('matched', c)
