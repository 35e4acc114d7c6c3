"""Models that name themselves through type variables and arguments, and generic models that are derived further."""
from __future__ import annotations

from typing import Dict, Generic, List, Optional, TypeVar, Union

from pydantic import BaseModel, RootModel, ValidationError

T = TypeVar("T")
U = TypeVar("U")


class Link(BaseModel, Generic[T]):
    value: T
    next: Optional[Link[T]] = None


class Tree(BaseModel, Generic[T]):
    value: T
    kids: List[Tree[T]] = []


class Data(RootModel[Dict[str, "Union[Data, int]"]]):
    pass


class Page(BaseModel, Generic[T]):
    items: List[T]
    total: int = 0


class Named(Page[T], Generic[T, U]):
    name: U


class Partial(Named[int, U], Generic[U]):
    pass


class Whole(Partial[str]):
    more: float = 0.5


def told(body):
    try:
        return body()
    except ValidationError as fault:
        return "\n".join(line for line in str(fault).splitlines() if "further information" not in line)


print(told(lambda: Link[int](value=1, next={"value": "2"})))
print(told(lambda: Link[int](value=1, next={"value": "x"})))
print(told(lambda: Link(value=1, next={"value": "x"})))
print(told(lambda: Link[Link[int]](value={"value": 1}, next={"value": {"value": "2"}}).model_dump()))
print(told(lambda: type(Link[int](value=1, next={"value": "2"}).next) is Link[int]))
print(told(lambda: Tree[str](value="a", kids=[{"value": "b", "kids": [{"value": "c"}]}])))
print(told(lambda: Tree[str](value="a", kids=[{"value": "b", "kids": [{"value": 1}]}])))
print(told(lambda: Data({"a": 1, "b": {"c": "2"}})))
print(told(lambda: Data({"a": "x"})))
print(told(lambda: Partial[str](items=["1"], name="n")))
print(told(lambda: Partial[str](items=["q"], name=1)))
print(told(lambda: Whole(items=["2"], name="w", more="1")), Partial[str].__name__, Named[int, U].__name__)
