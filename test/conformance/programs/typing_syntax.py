# Annotations, type aliases, type parameters.
from __future__ import annotations

from dataclasses import dataclass, field


def f(a: int, b: list[Undefined] = None, *args: str, **kw: dict) -> "out":
    x: int = 5
    y: nothing
    return a


print(f.__annotations__, f(1))
module_level: list[int] = [1]
declared: str
print(__annotations__)


@dataclass
class Point:
    x: int
    y: float = 2.0
    tags: list[str] = field(default_factory=list)


print(Point(1), Point.__annotations__)
