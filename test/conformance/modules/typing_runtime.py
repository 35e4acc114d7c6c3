# What annotations are at run time.
import typing
from collections import abc
from typing import Any, Callable, ClassVar, Dict, Final, Generic, List, Literal, NamedTuple, Optional, Protocol, Sequence, Tuple, TypedDict, TypeVar, Union, get_args, get_origin, get_type_hints, runtime_checkable

hints = [List[int], Dict[str, int], Optional[int], Union[int, str], Union[int, None], Literal['a', 1], Tuple[int, ...], Sequence[float], ClassVar[int], Final[str], list[int], int | None, Any, Callable[[int], str], abc.Mapping[str, int]]
for hint in hints:
    print(hint, get_origin(hint), get_args(hint))


class Stack(Sequence[int]):
    def __init__(self, *items):
        self.items = items

    def __getitem__(self, at):
        return self.items[at]

    def __len__(self):
        return len(self.items)


s = Stack(3, 1, 3)
print(list(reversed(s)), s.count(3), s.index(1), isinstance(s, abc.Sequence), 3 in s)


class Point(NamedTuple):
    x: int
    y: float = 2.5


class Movie(TypedDict, total=False):
    name: str
    year: int


T = TypeVar('T')


class Box(Generic[T]):
    def __init__(self, item: T):
        self.item = item


print(Point(1), Point(1)._asdict(), Point._field_defaults, Movie(name='x'), Box[int](3).item, T, get_type_hints(Point), Movie.__annotations__)
f = lambda x: x
print(typing.cast(int, 'a'), typing.TYPE_CHECKING, List, Optional[List[int]], isinstance([], typing.List), issubclass(dict, typing.Mapping))


# The module that names the classes of the language does not own them.
import types

print(type(None), type(...), type(NotImplemented), types.NoneType, types.FunctionType, types.GeneratorType, types.MethodType)
print(types.BuiltinFunctionType, types.ModuleType, types.SimpleNamespace, types.MappingProxyType, types.GenericAlias, types.UnionType)


def described(a: int, b: Optional[float] = None) -> None: ...


print(Union[int, Union[str, float]], Optional[Union[int, str]], Union[int], Union[int, str] == Union[str, int], Optional[int] == Union[int, None])
print(List[int] == List[int], {List[int]: 1}[List[int]], Optional[int] == Optional[str], get_type_hints(described))
for wrong in (lambda: Union[()], lambda: Optional[int, str]):
    try:
        wrong()
    except TypeError as error:
        print(error)
