"""How often conditions ask their operands for their truth, and other answers of objects that have their own."""
from collections import deque
from decimal import Decimal
from enum import Enum

asked = []


class Flag:
    def __init__(self, name, truth):
        self.name, self.truth = name, truth

    def __bool__(self):
        asked.append(self.name)
        return self.truth

    def __lt__(self, other):
        return Flag(f"{self.name}<{other.name}", self.truth and other.truth)


def told(what):
    print(what, " ".join(asked))
    asked.clear()


for on in (True, False):
    x, y, z = Flag("x", on), Flag("y", not on), Flag("z", on)
    if (x or y) and not (z and x):
        pass
    told("if")
    while (x and y) or x < y < z:
        break
    told("while")
    picked = 1 if (x or (y if z else x)) else 2
    told("conditional")
    kept = [n for n in range(2) if (x and y) or not z]
    told("comprehension")
    value = (x or y) and z
    told("value")
    value = not (x or y)
    told("not")
    chained = x < y < z
    told("chain")
    assert (x or y) or True
    told("assert")
    match 1:
        case 1 if (x or y) and z:
            pass
    told("match")

    def stepping():
        yield 1
        if (x and y) or z:
            yield 2
        while not (x or y) and z:
            yield 3
            break

    list(stepping())
    told("generator")

holding = {}
holding[1] = holding.values()
print(holding)
holding[1] = holding.items()
print(holding, holding.items())

print(pow(10, Decimal(2), 7), pow(Decimal(10), 2, 7))


class Size(Enum):
    SMALL = 1


for attempt in (
    lambda: pow(1, 2j, 3),
    lambda: Size(None),
    lambda: Size(1, x=2),
    lambda: Size[[1]],
    lambda: deque(None),
    lambda: pow(10, "2", 7),
):
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error)
