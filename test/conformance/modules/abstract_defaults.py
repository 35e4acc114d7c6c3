"""What the methods that abstract classes demand do where `super()` calls them, and keywords of OrderedDict."""
from collections import OrderedDict
from collections import abc
from decimal import Decimal
import math
import statistics


class Walked(abc.Iterable):
    def __iter__(self):
        return super().__iter__()


class Hashed(abc.Hashable):
    def __hash__(self):
        return super().__hash__()


class Held(abc.Collection):
    def __iter__(self):
        return super().__iter__()

    def __len__(self):
        return super().__len__()

    def __contains__(self, one):
        return super().__contains__(one)


class Called(abc.Callable):
    def __call__(self, *given):
        return super().__call__(*given)


class Ended(abc.Iterator):
    def __next__(self):
        return super().__next__()


class Back(abc.Reversible):
    def __iter__(self):
        return super().__iter__()

    def __reversed__(self):
        return super().__reversed__()


class Table(abc.MutableMapping):
    def __getitem__(self, key):
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        super().__setitem__(key, value)

    def __delitem__(self, key):
        super().__delitem__(key)

    def __iter__(self):
        return super().__iter__()

    def __len__(self):
        return super().__len__()


class Row(abc.MutableSequence):
    def __getitem__(self, at):
        return super().__getitem__(at)

    def __setitem__(self, at, value):
        super().__setitem__(at, value)

    def __delitem__(self, at):
        super().__delitem__(at)

    def __len__(self):
        return super().__len__()

    def insert(self, at, value):
        super().insert(at, value)


class Bag(abc.MutableSet):
    def __contains__(self, one):
        return super().__contains__(one)

    def __iter__(self):
        return super().__iter__()

    def __len__(self):
        return super().__len__()

    def add(self, one):
        super().add(one)

    def discard(self, one):
        super().discard(one)


print(list(Walked()), hash(Hashed()), list(Held()), len(Held()), 3 in Held(), Called()(1), list(Ended()))
print(list(reversed(Back())), Table().get(3), len(Table()), list(Table()), list(Row()), list(Bag()))


def raised(body):
    try:
        body()
    except Exception as fault:
        return repr(fault)


print(raised(lambda: Table()[1]), raised(lambda: Table().update(a=1)), raised(lambda: Table().pop("a")))
print(raised(lambda: Row()[1]), raised(lambda: Row().append(1)), raised(lambda: Row().__setitem__(0, 1)))
print(raised(lambda: Bag().add(1)), raised(lambda: Bag().discard(1)))

ordered = OrderedDict(a=1)
print(ordered.setdefault(key="z", default=9), ordered.setdefault("a"), ordered)

print([statistics.geometric_mean(one) for one in ([0.0, math.inf], [0.0, 2.0], [math.nan, 0.0], [math.inf, 1.0], [2, 8])])
print(math.copysign(1.0, float(Decimal("-nan"))), math.copysign(1.0, float(Decimal("nan"))))
