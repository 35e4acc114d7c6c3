"""Further names and values of members, and the order that a class promises."""
from enum import Enum, Flag, auto


def told(make):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)


class Size(Enum):
    _order_ = "SMALL LARGE"
    SMALL = 1
    LARGE = 2

    def __init__(self, litres):
        self._add_value_alias_(litres * 10)


told(lambda: (Size(10), Size(20), list(Size), 20 in Size, len(Size), list(Size._value2member_map_)))
told(lambda: Size(30))
told(lambda: Size.SMALL._add_value_alias_(2))
Size.LARGE._add_alias_("BIG")
told(lambda: (Size.BIG, Size["BIG"], list(Size.__members__), list(Size)))
told(lambda: Size.LARGE._add_alias_("SMALL"))


class Step(Enum):
    FIRST = 1, "one"
    SECOND = 2, "two"

    def __new__(cls, value, name):
        made = object.__new__(cls)
        made._value_ = value
        return made

    def __init__(self, value, name):
        self._add_alias_(name)


told(lambda: (Step.one, Step["two"], list(Step), list(Step.__members__)))


def ordered(order, base=Enum):
    def make():
        if base is Flag:

            class Made(Flag):
                _order_ = order
                A = auto()
                B = auto()
                AB = A | B

        else:

            class Made(Enum):
                __order__ = order
                A = 1
                B = 2
                C = 1

        return list(Made), Made._member_names_

    return make


for order in ("A B", "A, B", ["A", "B", "C"], "B A", "A", "A B D"):
    told(ordered(order))
told(ordered("A B AB", Flag))
told(ordered("B A", Flag))
