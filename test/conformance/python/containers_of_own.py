"""Classes that inherit from containers: each is filled once, by a constructor of one's own or by the inherited one."""

from collections import deque


def letters():
    return (letter for letter in "abc")


class Row(list):
    pass


class Bag(set):
    pass


class Line(deque):
    pass


class Raw(bytearray):
    pass


class Table(dict):
    pass


print(Row(letters()), len(Bag(letters())), Line(letters()), Raw(iter(b"ab")), Table((one, 1) for one in letters()))
print(Line(letters(), maxlen=2), Row(), Bag(), Raw())


class Tagged(list):
    def __new__(cls, items, tag=None):
        made = super().__new__(cls, items)
        made.tag = tag
        return made


print(Tagged(letters(), tag="t"), Tagged([1], tag="u").tag)
try:
    Row([1], tag="t")
except TypeError as error:
    print(error)


class Grown(list):
    def __init__(self, items):
        super().__init__(items)
        self.append("end")


print(Grown(letters()))


class Hashed(set):
    def __hash__(self):
        return 7


one = Hashed([1, 2])
holder = {one}
print(one in holder, {1} in {frozenset([1])}, len(holder))
holder.discard(one)
print(holder)

data = bytearray(b"ab")
same = data
data *= 2
print(data, same is data)
rest = iter(data)
print(list(rest))
data.append(1)
print(list(rest))

ring = deque("ab", maxlen=3)
ring.append(ring)
print(ring)


class Turn(complex):
    pass


turn = Turn(3, 4)
print(type(+turn).__name__, type(complex(turn)).__name__, type(turn.__complex__()).__name__, abs(turn))


class Setting:
    value = property(None, lambda self, value: None)


try:
    Setting().value
except AttributeError as error:
    print(error)

print(isinstance(1, int | list[int]))
try:
    isinstance("a", int | list[int])
except TypeError as error:
    print(error)


class Node:
    def __init__(self, *kids):
        self.kids = kids


def count(root):
    seen = set()
    open_nodes = [root]
    while open_nodes:
        node = open_nodes.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        open_nodes.extend(node.kids)
    return len(seen)


leaf = Node()
print(count(Node(leaf, Node(leaf), leaf)))
