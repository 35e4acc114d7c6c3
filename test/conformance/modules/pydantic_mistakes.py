"""What pydantic says of models that are written wrongly."""
from typing import ClassVar, Union, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, computed_field, field_validator, model_validator


def attempt(body):
    try:
        print(body())
    except Exception as error:
        print(type(error).__name__, '|', error, '|', getattr(error, 'code', None))


class Base(BaseModel):
    x: int = 1


def no_annotation():
    class M(BaseModel):
        x = 1


def field_without():
    class M(BaseModel):
        x = Field(1)


def overridden():
    class M(Base):
        x = 2


def underscore():
    class M(BaseModel):
        _x: int = Field(1)


def private_name():
    class M(BaseModel):
        x: int = PrivateAttr(1)


def dunder():
    class M(BaseModel):
        __x__: int = PrivateAttr(1)


def bare():
    class M(BaseModel):
        x: int

        @field_validator
        def check(cls, v):
            return v


def listed():
    class M(BaseModel):
        x: int

        @field_validator(['x'])
        def check(cls, v):
            return v


def instance():
    class M(BaseModel):
        x: int

        @field_validator('x')
        def check(self, v):
            return v


class Thing:
    pass


def arbitrary():
    class M(BaseModel):
        x: Thing


def both_defaults():
    class M(BaseModel):
        x: int = Field(1, default_factory=int)


def root():
    class M(BaseModel):
        __root__: int


def untyped_computed():
    class M(BaseModel):
        @computed_field
        @property
        def x(self):
            return 1


class Cat(BaseModel):
    kind: Literal['cat']


class Untagged(BaseModel):
    name: str = ''


def no_tag():
    class M(BaseModel):
        pet: Union[Cat, Untagged] = Field(discriminator='kind')


def tag_of_int():
    class M(BaseModel):
        pet: Union[Cat, int] = Field(discriminator='kind')


def over_field():
    class M(Base):
        @computed_field
        @property
        def y(self) -> int:
            return 1

    return M().y


def unknown_keyword():
    class M(BaseModel, wrong=1):
        x: int


def subscript():
    return BaseModel[int]


for body in (no_annotation, field_without, overridden, underscore, private_name, dunder, bare, listed, instance, arbitrary, both_defaults, root,
             untyped_computed, no_tag, tag_of_int, over_field, unknown_keyword, subscript):
    print('--', body.__name__)
    attempt(body)


class Ok(BaseModel):
    model_config = ConfigDict(protected_namespaces=())
    model_name: str = 'm'
    shared: ClassVar[dict] = {}

    def method(self):
        return self.model_name

    @staticmethod
    def static():
        return 's'

    class Inner(BaseModel):
        y: int = 2

    inner: Inner = Inner()


print(Ok().method(), Ok.static(), Ok(inner={'y': '3'}), Ok.shared)
