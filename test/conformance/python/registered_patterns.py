"""Patterns take objects of classes that were registered with the abstract classes of containers."""

import collections.abc


class Pair:
    def __len__(self):
        return 2

    def __getitem__(self, at):
        return "xy"[at]


class Look:
    def __len__(self):
        return 1

    def keys(self):
        return ["a"]

    def get(self, key, default=None):
        return 5 if key == "a" else default

    def __getitem__(self, key):
        return 5


collections.abc.Sequence.register(Pair)
collections.abc.Mapping.register(Look)


class Word(str):
    pass


def kind(value):
    match value:
        case {"a": found}:
            return f"mapping {found}"
        case [first, *_]:
            return f"sequence {first}"
        case _:
            return "none"


for value in (Pair(), Look(), Word("ab"), "ab", b"ab", {"a": 1}, (1, 2), object()):
    print(kind(value))
