"""Types that stand in one another many times over."""
from typing import Callable, Dict, List, Literal, Optional, Tuple, TypeVar, Union

T = TypeVar("T")
S = TypeVar("S")
print(dict[T, list[S | T]].__parameters__, Dict[S, Tuple[T, S]].__parameters__)
a = b = T
for _ in range(8):
    a, b = dict[a, a], dict[b, b]
print(a.__parameters__, a == b, hash(a) == hash(b))
x = y = int
for _ in range(8):
    x, y = Dict[x, Optional[x]], Dict[y, Optional[y]]
print(x == y, hash(x) == hash(y), x.__parameters__)
z = Tuple[T, List[T]]
print(z[int], dict[T, list[T]][str], Dict[T, Union[T, None]][int])
print(Union[int, str] == Union[str, int], (int | str) == (str | int), int | str | int, Union[int, str, int])
print(Literal[1, 2] == Literal[2, 1], Literal[1, True, 1], Literal[1, 1.0] if False else Literal["a", "b", "a"])
many = Literal[tuple(range(50)) + tuple(range(50)) + (True, "a")]
print(len(many.__args__), many == Literal[tuple(reversed(many.__args__))], many == Literal[tuple(range(50))])
types = [type(f"A{i}", (), {}) for i in range(60)]
union = Union[tuple(types + types)]
print(len(union.__args__), union == Union[tuple(reversed(types))], union == Union[tuple(types[1:])])
print(dict[int, T] == dict[int, S], dict[int, str] == Dict[int, str], List[int] == List[int], Callable[[T], S].__parameters__)
