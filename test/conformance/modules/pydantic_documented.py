"""Corners of pydantic that its documentation shows: cycles, defaults of type variables, bounds, setters of computed fields."""
from collections import Counter, OrderedDict
from collections.abc import Mapping
from datetime import date
from typing import Generic, Optional, TypeVar

import typing_extensions
from pydantic import (
    BaseModel,
    FieldSerializationInfo,
    TypeAdapter,
    ValidationError,
    computed_field,
    field_serializer,
    field_validator,
    validate_call,
)


def told(make):
    try:
        print(make())
    except Exception as error:
        shown = str(error).split("\n")
        print(type(error).__name__, [line for line in shown if "errors.pydantic.dev" not in line])


class Left(BaseModel):
    right: "Optional[Right]" = None


class Right(BaseModel):
    left: Optional[Left] = None


ring = {"right": {}}
ring["right"]["left"] = ring
told(lambda: Left.model_validate(ring))
told(lambda: Left(**ring))


class Knot(BaseModel):
    id: int
    knots: "list[Knot]" = []

    @field_validator("knots", mode="wrap")
    @classmethod
    def drop(cls, knots, handler):
        try:
            return handler(knots)
        except ValidationError as error:
            if all(one["type"] == "recursion_loop" for one in error.errors()):
                return handler([one for one in knots if one["id"] != 1])
            raise


first = {"id": 1, "knots": []}
first["knots"] = [{"id": 2, "knots": [first]}]
told(lambda: Knot.model_validate(first))
knot = Knot(id=1)
knot.knots.append(knot)
told(knot.model_dump)
told(knot.model_dump_json)

T = typing_extensions.TypeVar("T", default=str)
B = TypeVar("B", bound=BaseModel)


class Box(BaseModel, Generic[T]):
    held: T


class Detail(BaseModel):
    a: int


class More(Detail):
    b: int


class Report(BaseModel, Generic[B]):
    detail: B


told(lambda: Box(held="x"))
told(lambda: Box(held=1))
told(lambda: Report(detail=More(a=1, b=2)).model_dump())
told(lambda: Report[Detail](detail=More(a=1, b=2)).model_dump())


class Square(BaseModel):
    width: float

    @computed_field
    @property
    def area(self) -> float:
        return round(self.width**2, 2)

    @area.setter
    def area(self, area: float) -> None:
        self.width = area**0.5


square = Square(width=1.5)
square.area = 4
told(lambda: (square, square.model_dump(), square.model_dump_json()))


class Note(BaseModel):
    text: str

    @field_serializer("text")
    @classmethod
    def short(cls, value: str, info: FieldSerializationInfo) -> str:
        return value[:3] if info.context else value


told(lambda: (Note(text="abcdef").model_dump(), Note(text="abcdef").model_dump(context={"a": 1})))


class Day(date):
    pass


class Event(BaseModel):
    day: date
    other: object = None


told(lambda: Event(day=Day(2024, 1, 2), other=Day(2024, 3, 4)).model_dump_json())
for value in (Counter("ab"), OrderedDict(a=1), {"a": 1}):
    told(lambda: type(TypeAdapter(Mapping[str, int]).validate_python(value)).__name__)


class Kind(BaseModel):
    kind: type[BaseModel]


told(lambda: Kind(kind=Note))
told(lambda: Kind.model_validate_json('{"kind": "Note"}'))


@validate_call
def double(n: int) -> int:
    return n * 2


told(lambda: (double("4"), double.raw_function("4")))
