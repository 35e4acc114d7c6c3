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
