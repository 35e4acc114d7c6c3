"""Whom lists ask how many items to make room for."""
import functools, itertools
from collections import Counter, deque


class Rows:
    def __init__(self):
        self.asked = []

    def __iter__(self):
        self.asked.append('iter')
        return iter([1])

    def __len__(self):
        self.asked.append('len')
        return 2


class Shy(Rows):
    def __len__(self):
        self.asked.append('len')
        raise TypeError('nobody knows')


class Hinting:
    def __iter__(self):
        return iter('ab')

    def __length_hint__(self):
        print('hint')
        return 5


def added(rows):
    items = [0]
    items += rows
    return items


for take in [list, tuple, set, sorted, sum, frozenset, deque, Counter, max, any, dict.fromkeys]:
    rows = Rows()
    take(rows)
    print(getattr(take, '__name__', take), rows.asked)
for name, take in {
    '[*]': lambda rows: [*rows],
    '(*)': lambda rows: (0, *rows),
    '{*}': lambda rows: {*rows},
    'f(*)': lambda rows: max(0, *rows),
    'extend': lambda rows: [].extend(rows),
    '+=': added,
    'slice': lambda rows: [1, 2].__setitem__(slice(0, 1), rows),
    'map': lambda rows: list(map(str, rows)),
    'zip': lambda rows: list(zip(rows)),
    'for': lambda rows: [row for row in rows],
    'list of': lambda rows: list(row for row in rows),
    'product': lambda rows: list(itertools.product(rows)),
    'chain': lambda rows: list(itertools.chain(rows)),
    'reduce': lambda rows: functools.reduce(lambda a, b: a + b, rows),
}.items():
    rows = Rows()
    take(rows)
    print(name, rows.asked)
shy = Shy()
print(list(shy), shy.asked)
print(list(Hinting()))
