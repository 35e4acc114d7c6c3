# PEP 695 syntax.
type Pair = tuple[int, int]
type Tree[T] = dict[str, Tree[T]]
print(Pair, Pair.__name__, Pair.__value__)


def first[T](items: list[T]) -> T:
    return items[0]


class Stack[T]:
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> None:
        self.items.append(item)

    def pop(self) -> T:
        return self.items.pop()


print(first([3, 4]), first.__annotations__["return"], first.__type_params__)
s = Stack()
s.push(5)
print(s.pop())


def later() -> "type":
    type Local = int | None
    return Local.__value__


print(later())


def annotated(a: int | None = None, b: "list[int]" = ()) -> dict[str, int]:
    value: int = 1
    only_declared: str
    return {"value": value}


print(annotated(), annotated.__annotations__)


# Bounds, constraints and defaults are evaluated when somebody asks for them.
class A[T: A]:
    x = 1
class B[K: (int, B)]:
    pass
def f[T: later](x: T) -> T: return x
later = int
T, = A.__type_params__
print(A.x, T.__bound__, B.__type_params__[0].__constraints__, f(3), f.__type_params__[0].__bound__, f.__type_params__)
type X[T: X] = list[T]
print(X, X.__value__, X.__type_params__[0].__bound__)
class C[T = C]:
    pass
print(C.__type_params__[0].__default__, C.__type_params__[0].has_default())
class D[T: missing]: pass
try:
    D.__type_params__[0].__bound__
except NameError as e: print(e)
def outer():
    k = 1
    class In[T: (k, int)]:
        v = T
    class Inner[S: In]:
        y: S
    k = 2
    return In, Inner
i, j = outer()
print(i.v.__constraints__, j.__type_params__[0].__bound__ is i, i.v.__name__)
def g[*Ts, **P](): return Ts, P
print(g(), g.__type_params__)
class Node[T: Node = Node]:
    child = None
print(Node.__orig_bases__, Node.__type_params__[0].__default__)
from typing import TypeVar
U = TypeVar('U', int, str); W = TypeVar('W', bound=int, default=bool)
print(U.__constraints__, W.__bound__, W.__default__, W.has_default())
