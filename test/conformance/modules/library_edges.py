"""Answers of library functions at their edges."""
import collections
import operator
import random
import sys
from fractions import Fraction


def show(label, compute):
    try:
        print(label, compute())
    except Exception as error:
        print(label, type(error).__name__, error)


# sys: tuples whose places have names
print(sys.version_info[:2], sys.version_info >= (3, 10), sys.version_info[:2] == (3, 13), sys.version_info[-1])
print(isinstance(sys.version_info, tuple), len(sys.version_info), sys.version_info.major, sys.hexversion >> 16)
print(sys.float_info[1:3], len(sys.float_info), sys.float_info.dig, sys.float_info)
print(sys.int_info, sys.float_repr_style)
print(sys.implementation.name, sys.implementation.version[:2] == sys.version_info[:2], sys.implementation.version.major)
major, minor, *_ = sys.version_info
print(major, minor)

random.seed('text', version=1)
print(random.random())
random.seed(b'bytes', version=1)
print(random.random())

show('decimal', lambda: Fraction.from_decimal(1.5))
show('decimal', lambda: Fraction.from_decimal(3))
show('concat', lambda: operator.concat(1, 2))
show('concat', lambda: operator.concat([1], [2]))


class Hints:
    def __init__(self, hint):
        self.hint = hint

    def __length_hint__(self):
        return self.hint


show('hint', lambda: [operator.length_hint(v, 7) for v in ([1], 'ab', Hints(3), Hints(NotImplemented), 5)])
show('hint', lambda: operator.length_hint(Hints(-1)))
show('hint', lambda: operator.length_hint(5, 'a'))
show('hint', lambda: operator.length_hint((i for i in range(3)), 9))
show('remove', lambda: collections.deque([1]).remove(3))

layers = collections.ChainMap({'a': 1}, {'a': 2, 'b': 3})
print(layers | {'c': 4}, {'a': 9, 'z': 0} | layers)
layers |= {'q': 5}
print(layers, layers.pop('q'))
show('pop', lambda: layers.pop('b'))
show('pop', lambda: layers.pop('b', None))
show('popitem', lambda: collections.ChainMap({}, {'a': 1}).popitem())


class Doubled(collections.UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)


one = Doubled(a=1)
print(one | {'b': 1}, {'b': 1} | one, type(one | one).__name__)
one |= {'c': 3}
print(one)
from collections import ChainMap, defaultdict
made = defaultdict(int, a=1)
print(dict(ChainMap(made, {'z': 2})), ChainMap({'a': 0}, made)['b'], ChainMap(made, {'z': 2}).get('q', 7), made)
