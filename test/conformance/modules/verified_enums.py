"""Checks of enumerations, and small answers of other modules."""
import collections
import enum
import itertools
import operator
import re


def show(*computations):
    for compute in computations:
        try:
            print(compute())
        except Exception as error:
            print(type(error).__name__, error)


def checked(base, check, **values):
    return lambda: enum.verify(check)(base('Made', values))


class Colour(enum.Enum):
    RED = 1
    ROUGE = 1
    CRIMSON = 1


show(
    checked(enum.IntEnum, enum.CONTINUOUS, A=1, B=2, C=3), checked(enum.IntEnum, enum.CONTINUOUS, A=1, B=3, C=6),
    checked(enum.Flag, enum.CONTINUOUS, A=1, B=2, C=4), checked(enum.Flag, enum.CONTINUOUS, A=1, B=8),
    checked(enum.IntEnum, enum.CONTINUOUS, A=5), checked(enum.Enum, enum.UNIQUE, A=1, B=2),
    lambda: enum.verify(enum.UNIQUE)(Colour), lambda: enum.verify(enum.UNIQUE, enum.CONTINUOUS)(Colour),
)
show(
    lambda: re.compile(r'(?P<a>x)(?P<b>y)').groupindex, lambda: itertools.tee('a', -1), lambda: operator.methodcaller(1),
    lambda: collections.Counter('a').most_common('x'), lambda: collections.Counter('aab').most_common(1),
)


class Spy:
    def __init__(self):
        self.calls = []

    def write(self, text):
        self.calls.append(text)


spy = Spy()
print('a', 1, 2.5, file=spy)
print(file=spy)
print('x', 'y', sep='', end='', file=spy)
print(spy.calls)
