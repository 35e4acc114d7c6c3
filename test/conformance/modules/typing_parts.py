"""Arguments of callables, and the two parts of a parameter specification."""
import collections.abc
from typing import Callable, ParamSpec, TypeVar, get_args

T = TypeVar("T")
P = ParamSpec("P")


def call(*args: P.args, **kwargs: P.kwargs) -> int: ...


print(call.__annotations__, P.args == P.args, P.args == P.kwargs, P.args.__origin__ is P, type(P.kwargs).__name__)
print(Callable[[int], str].__args__, Callable[[T], str][int].__args__, get_args(Callable[..., T][int]))
print(collections.abc.Callable[[int, str], T].__args__, get_args(collections.abc.Callable[[int], str]))
