"""Validators and serializers in all modes."""
import math
from functools import cached_property, partial
from typing import Annotated, Any, Optional, Self

from pydantic import (
    AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PlainValidator, SerializationInfo, ValidationError,
    ValidationInfo, WrapSerializer, WrapValidator, computed_field, field_serializer, field_validator, model_serializer, model_validator, validate_call,
)
from pydantic_core import PydanticCustomError


def attempt(body):
    try:
        print(body())
    except Exception as error:
        print(type(error).__name__, '|', error)


class Fields(BaseModel):
    a: int
    b: int = 0
    c: str = ''
    d: float = 1.0

    @field_validator('a', mode='before')
    @classmethod
    def first(cls, value):
        print('before a', repr(value))
        return value.strip('!') if isinstance(value, str) else value

    @field_validator('a', 'b')
    @classmethod
    def after(cls, value, info: ValidationInfo):
        print('after', info.field_name, value, info.data, info.mode, info.context)
        if value > 100:
            raise ValueError(f'{info.field_name} is too large')
        return value + 1

    @field_validator('c', mode='wrap')
    @classmethod
    def around(cls, value, handler):
        try:
            return handler(value).upper()
        except ValidationError as error:
            return f'{error.error_count()} {error.errors()[0]["type"]}'

    @field_validator('d', mode='plain')
    @classmethod
    def alone(cls, value):
        return ('plain', value)

    @field_validator('*', mode='after')
    def every(cls, value):
        assert value != 13, 'unlucky'
        return value


print(Fields(a='5!', b=2, c='x', d='raw'))
attempt(lambda: Fields(a='x!', b=200, c=3))
attempt(lambda: Fields(a=12))
attempt(lambda: Fields.model_validate({'a': 1}, context={'k': 1}))


class Models(BaseModel):
    model_config = ConfigDict(validate_assignment=True)
    low: float
    high: float

    @model_validator(mode='before')
    @classmethod
    def spread(cls, data: Any):
        print('model before', data)
        if isinstance(data, str):
            low, high = data.split('-')
            return {'low': low, 'high': high}
        return data

    @model_validator(mode='after')
    def ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError('low must not exceed high')
        return self


print(Models(low=1, high=2), Models.model_validate('3-4'))
attempt(lambda: Models(low=3, high=2))
attempt(lambda: Models(low='x', high=2))
m = Models(low=1, high=2)
m.high = 5
print(m)
attempt(lambda: setattr(m, 'low', 9))


class Wrapped(BaseModel):
    x: int

    @model_validator(mode='wrap')
    @classmethod
    def around(cls, data, handler):
        made = handler(data if isinstance(data, dict) else {'x': data})
        return made

    @model_validator(mode='after')
    def informed(self, info: ValidationInfo):
        print('context', info.context, info.mode)
        return self


print(Wrapped(x=1), Wrapped.model_validate(7), Wrapped.model_validate({'x': 2}, context='c'))


class Outer(BaseModel):
    inner: Models
    many: list[Wrapped] = []


attempt(lambda: Outer(inner={'low': 2, 'high': 1}, many=[1, {'x': 'q'}]))


def positive(value):
    if value <= 0:
        raise ValueError('not positive')
    return value


Positive = Annotated[float, AfterValidator(positive)]
Rounded = Annotated[int, BeforeValidator(math.floor), Field(ge=0)]
Listed = Annotated[list[Positive], BeforeValidator(lambda v: v if isinstance(v, list) else [v])]
Anything = Annotated[int, PlainValidator(lambda v: str(v) + '!')]
Loud = Annotated[int, WrapValidator(lambda v, handler: handler(v) * 10)]
Parsed = Annotated[Any, BeforeValidator(lambda v: int(v.split()[0]) if isinstance(v, str) else v)]


class Annotations(BaseModel):
    a: Positive = 1
    b: Rounded = 2.7
    c: Listed = []
    d: Anything = 0
    e: Loud = 1
    f: Parsed = 0
    g: Optional[Positive] = None
    h: dict[str, Positive] = {}


print(Annotations(), Annotations(b=2.7, c=3, d=None, e='4', f='989 TFLOPs/s', g=1, h={'x': '2'}))
attempt(lambda: Annotations(a=-1, b=-0.5, c=[1, -2], e='q', f='x y', g=0, h={'k': -1, 'z': 'q'}))


class Custom(BaseModel):
    x: int

    @field_validator('x')
    @classmethod
    def check(cls, value):
        if value == 1:
            raise PydanticCustomError('my_error', 'value {value} is {what}', {'value': value, 'what': 'bad'})
        if value == 2:
            raise TypeError('a bug')
        if value == 3:
            raise AssertionError
        return value


for x in (1, 2, 3):
    attempt(lambda: Custom(x=x))
try:
    Custom(x=1)
except ValidationError as error:
    print(error.errors(), error.title, error.error_count(), error.errors(include_url=False, include_input=False, include_context=False))
try:
    Fields(a=500)
except ValueError as error:
    print(isinstance(error, ValidationError), error.args, [(e['loc'], e['msg'], str(e['ctx']['error'])) for e in error.errors()])


class Computed(BaseModel):
    width: float
    height: float = 2

    @computed_field
    @property
    def area(self) -> float:
        return self.width * self.height

    @computed_field(alias='P', repr=False)
    @cached_property
    def perimeter(self) -> float:
        print('computing')
        return 2 * (self.width + self.height)

    @property
    def plain(self):
        return 'plain'


c = Computed(width=3)
print(c, c.area, c.perimeter, c.perimeter, c.plain, c.model_dump(), c.model_dump(by_alias=True), c.model_dump(round_trip=True))
attempt(lambda: setattr(c, 'area', 1))


class Serialized(BaseModel):
    a: float
    b: Annotated[int, PlainSerializer(lambda v: f'{v:,}')] = 1000
    c: Annotated[float, PlainSerializer(lambda v: round(v, 1), return_type=float, when_used='json')] = 1.25
    d: Annotated[list[int], WrapSerializer(lambda v, nxt: {'items': nxt(v)})] = [1, 2]

    @field_serializer('a')
    def show(self, value: float, _info):
        return f'{value:.2f} {_info.mode}'


z = Serialized(a=1)
print(z.model_dump(), z.model_dump(mode='json'), z.model_dump_json())


class Whole(BaseModel):
    x: int = 1

    @model_serializer
    def whole(self):
        return f'<{self.x}>'


class WholeWrapped(BaseModel):
    x: int = 1

    @model_serializer(mode='wrap')
    def whole(self, handler):
        return {**handler(self), 'extra': True}


class Both(BaseModel):
    a: Whole = Whole()
    b: WholeWrapped = WholeWrapped(x=2)


print(Whole().model_dump(), Both().model_dump(), Both().model_dump_json())


class Parent(BaseModel):
    x: int

    @field_validator('x')
    @classmethod
    def limit(cls, value):
        if value > cls.most():
            raise ValueError(f'more than {cls.most()}')
        return value

    @classmethod
    def most(cls):
        return 10


class Overriding(Parent):
    y: int = 0

    @classmethod
    def most(cls):
        return 20


attempt(lambda: Parent(x=15))
attempt(lambda: Overriding(x=15))
attempt(lambda: Overriding(x=25))


@validate_call
def area(width: float, height: Annotated[float, Field(gt=0)] = 1.0, *, unit: str = 'm'):
    return f'{width * height} {unit}'


print(area('2', 3), area(2, unit='cm'), area.__name__)
attempt(lambda: area('x', -1, unit=3))
attempt(lambda: area())
attempt(lambda: area(1, 2, 3, other=1))
