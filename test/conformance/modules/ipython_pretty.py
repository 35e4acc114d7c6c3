"""How IPython writes the value with which a cell ends."""
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import random
import types

from IPython.lib.pretty import pretty


class Plain:
    pass


class Row(list):
    pass


class Table(dict):
    pass


class Named(list):
    def __repr__(self):
        return "Named!"


class Lines:
    def __repr__(self):
        return "line one\n  line two"


class Color(enum.Enum):
    RED = 1


@dataclasses.dataclass
class Point:
    x: int = 1
    tags: list = dataclasses.field(default_factory=list)


Pair = collections.namedtuple("Pair", "a b")

own = [Row([1]), Table(a=1), Named(), Pair(1, 2), Point(), Color.RED, Color, Plain, int, range(3), slice(1, 2)]
short = [[], (), {}, set(), frozenset(), (1,), ((1,), (2,)), {3, 1, 2}, frozenset([3, 1]), [None, True], {1: 2, "a": 3}]
long = [
    list(range(40)),
    {"alpha" * 3: list(range(20)), "beta": {"x": 1, "y": (1,)}},
    ["a" * 60, "b" * 60],
    {"k": "v" * 100},
    [[1, 2], [3, [4] * 30]],
    [{"a": 1, "b": 2}] * 6,
    {"a" * 30: 1, "b" * 30: 2, "c" * 30: 3},
    [(i, i * i) for i in range(12)],
    {(i, i + 1): [i] * 12 for i in range(5)},
    [{(1, 2, 3): "v" * 30, (4, 5, 6): ["w" * 20, "u" * 20]}] * 2,
    [[[[[["deep" * 5] * 5]]]]],
    frozenset("abcdefghijklmnopqrstuvwxyz"),
]
library = [
    ValueError("x"),
    [ValueError("x", [1] * 40)],
    collections.Counter("abbccc"),
    collections.Counter(),
    collections.OrderedDict((c, ord(c)) for c in "abcdefghijklmn"),
    collections.defaultdict(list, {"a": [1] * 30}),
    collections.deque([1, 2], maxlen=3),
    collections.deque("ab"),
    types.SimpleNamespace(alpha="x" * 40, beta=["y" * 30, 2]),
    datetime.date(2024, 1, 1),
    decimal.Decimal("1.5"),
    fractions.Fraction(1, 3),
]
for value in [*own, *short, *long, *library, "text", "a\nb", b"x", 1.5, None, Ellipsis, [Plain], [int]]:
    print(pretty(value))

print(pretty([Lines(), Lines()]))
print(pretty({"k": Lines()}))
print(pretty({1, "a", None, (1, 2)}), pretty({(1, "a"), (2,)}))
print(pretty(list(range(1005)))[-40:])
items = [1]
items.append(items)
print(pretty(items))
entries = {}
entries[1] = entries
print(pretty(entries))

random.seed(3)


def draw(depth):
    kind = random.random()
    if depth == 0 or kind < 0.3:
        return random.choice([random.randrange(10 ** random.randrange(1, 12)), random.random(), "s" * random.randrange(30), None])
    count = random.randrange(6)
    if kind < 0.5:
        return [draw(depth - 1) for _ in range(count)]
    if kind < 0.65:
        return tuple(draw(depth - 1) for _ in range(count))
    if kind < 0.9:
        keys = ["k", "key", "longer key", 1, (1, 2), ("a" * 20, "b" * 20, "c" * 20)]
        return {random.choice(keys) if random.random() < 0.5 else random.randrange(99): draw(depth - 1) for _ in range(count)}
    return {random.randrange(1000) for _ in range(count * 4)}


for number in range(40):
    print(number, pretty(draw(5)))


class Faults(ExceptionGroup):
    pass


class Fault(Exception):
    pass


print(pretty([Faults('two', [ValueError(1), Fault('x')]), ExceptionGroup('one', [KeyError(2)])]))
