"""Managers by their methods, generators of managers that are used up, enumerations with texts of their own, csv and re."""

import collections
import contextlib
import csv
import datetime
import enum
import functools
import random
import re


class Door:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return None


class Wall(Door):
    __enter__ = None


print(isinstance(Door(), contextlib.AbstractContextManager), issubclass(Wall, contextlib.AbstractContextManager))


@contextlib.contextmanager
def opened(name):
    "Opens it."
    yield name


manager = opened("a")
print(opened.__doc__, manager.__doc__)
with manager as name:
    print(name)
try:
    with manager:
        pass
except AttributeError as error:
    print(error)


@opened("b")
def decorated(value):
    return value + 1


print(decorated(1), decorated(2))


class Side(enum.StrEnum):
    LEFT = "l"

    def __str__(self):
        return self.name


class Level(enum.IntEnum):
    LOW = 1

    def __str__(self):
        return f"level {self.value}"


class Mode(enum.IntFlag):
    READ = 1

    def __str__(self):
        return "mode"


print(f"{Side.LEFT} {Side.LEFT:>3} {Level.LOW} {Level.LOW:03d} {Mode.READ}", "{}".format(Side.LEFT), format(Level.LOW))


class Named(enum.Enum):
    def __init__(self, number):
        self.title = f"{self.name.lower()} {number}"

    FIRST = 1
    SECOND = 2


print([one.title for one in Named])

print(list(csv.reader(["a   b", "  a  ", "  ", ""], delimiter=" ", skipinitialspace=True)))
print(list(csv.reader(["^"], escapechar="^")), list(csv.reader(["a, b"], skipinitialspace=True)))

for pattern in (" (?i)a", "(?x) (?i)a", "(?x)# c\n(?i)a", "(?#c)(?i)a", "(?s)(?i)a", "b|(?i)a"):
    try:
        print(re.match(pattern, "A"))
    except re.error as error:
        print(error)
print(re.match(r"\W(?u:\w)\W", "\xe0\xe0\xe0", re.ASCII), re.match(r"(?a:\W(?u:\w)\W)", "\xe0\xe0\xe0"))
match = re.match("(a)", "a")
for key in ((0, 1), 1.5, None, -1):
    try:
        match[key]
    except IndexError as error:
        print(error)
for template in (r"\400", r"\777", r"\101"):
    try:
        print(re.sub("a", template, "a"))
    except re.error as error:
        print(error)


class Dice(random.Random):
    def __init__(self, seed=None, label=""):
        super().__init__(seed)
        self.label = label


dice = Dice(5, label="d")
print(dice.random(), dice.label, random.Random(5).random())


class Doubled(random.Random):
    def seed(self, a=None, version=2):
        super().seed(2 * a)


print(Doubled(3).random() == random.Random(6).random())

try:
    datetime.date.fromisocalendar(2**40, 1, 1)
except ValueError as error:
    print(error)

ordered = collections.OrderedDict(a=1)
ordered["self"] = ordered
print(ordered)


@functools.lru_cache
def kept(value: int) -> int:
    "Keeps it."
    return value


print(kept.__module__, kept.__name__, kept.__doc__)
print(list(enum.Enum("Empty", type=int)))
