# Classes that inherit from the abstract containers: what they must define, what they get, and what counts as one.
import collections
from collections import abc
from abc import ABC, abstractmethod


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


class Ordered(abc.MutableSet):
    def __init__(self, items=()):
        self.items = []
        for item in items:
            self.add(item)

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def add(self, item):
        if item not in self.items:
            self.items.append(item)

    def discard(self, item):
        if item in self.items:
            self.items.remove(item)

    def __repr__(self):
        return f'Ordered({self.items})'


a, b = Ordered([3, 1, 2]), Ordered([2, 4])
print(a & b, a | b, a - b, a ^ b, {9} | a, [3] & a, {3, 7} - a, [1, 8] ^ a, a.isdisjoint([7]), a.isdisjoint(b))
print(a <= Ordered([1, 2, 3, 4]), a < a, a >= b, a > Ordered([1]), a == {1, 2, 3}, a != b, {1, 2} <= a, a == [3, 1, 2], a._hash() == hash(frozenset([1, 2, 3])))
for body in (lambda: a < 3, lambda: a & 3, lambda: hash(a), lambda: a.remove(99), lambda: Ordered().pop()):
    attempt(body)
c = Ordered(range(6))
c |= [7, 8]
c &= [1, 3, 5, 7]
c -= {5}
c ^= [3, 9]
print(c, c.pop(), c)
c.remove(7)
c -= c
print(c, len(c))


class Table(abc.MutableMapping):
    def __init__(self, *args, **kwargs):
        self.data = {}
        self.update(*args, **kwargs)

    def __getitem__(self, key):
        return self.data[key.lower()]

    def __setitem__(self, key, value):
        self.data[key.lower()] = value

    def __delitem__(self, key):
        del self.data[key.lower()]

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)

    def __repr__(self):
        return f'Table({self.data})'


t = Table({'A': 1}, b=2)
print(t, t['a'], t.get('B'), t.get('z'), t.get('z', 0), 'A' in t, 'q' in t, list(t.keys()), list(t.values()), list(t.items()), t == {'a': 1, 'b': 2}, t != {'a': 1})
print(t.keys(), t.items(), t.values(), len(t.items()), ('a', 1) in t.items(), ('a', 2) in t.items(), 2 in t.values(), t.keys() & {'a'}, sorted(t.keys() | ['c']), t.items() - {('a', 1)})
print(t.setdefault('c', 3), t.setdefault('a', 9), t.pop('c'), t.pop('c', None), t.popitem(), t)
t.update([('x', 1), ('y', 2)], z=3)
t.update(collections.ChainMap({'w': 0}))
print(t, {**t}, dict(t))
for body in (lambda: t['none'], lambda: t.pop('none'), lambda: hash(t), lambda: reversed(t), lambda: Table([1]), lambda: t.update(3)):
    attempt(body)
t.clear()
print(t, len(t))
attempt(lambda: t.popitem())


class Stack(abc.MutableSequence):
    def __init__(self, *items):
        self.items = list(items)

    def __getitem__(self, index):
        return self.items[index]

    def __setitem__(self, index, value):
        self.items[index] = value

    def __delitem__(self, index):
        del self.items[index]

    def __len__(self):
        return len(self.items)

    def insert(self, index, value):
        self.items.insert(index, value)


s = Stack(5, 3, 5, 1)
s.append(7)
s.extend([2, 2])
s += (9,)
print(list(s), list(reversed(s)), 3 in s, 4 in s, s.index(5), s.index(5, 1), s.index(2, -4, -1), s.count(5), s.pop(), s.pop(0), list(s))
s.reverse()
s.remove(2)
s.extend(s)
print(s.items, [*s], s[1:3], max(s), sum(s))
for body in (lambda: s.index(99), lambda: s.remove(99), lambda: s.index(5, 0, 1), lambda: s[99], lambda: Stack().pop()):
    attempt(body)
s.clear()
print(len(s))


class Count(abc.Iterator):
    def __init__(self, stop):
        self.at, self.stop = 0, stop

    def __next__(self):
        if self.at >= self.stop:
            raise StopIteration
        self.at += 1
        return self.at


class Echo(abc.Generator):
    def send(self, value):
        if value == 'stop':
            raise StopIteration
        return value

    def throw(self, typ, val=None, tb=None):
        raise typ


e = Echo()
print(list(Count(4)), iter(Count(1)) is not None, e.send(3), next(e), e.close())
for name in ('Hashable', 'Iterable', 'Iterator', 'Reversible', 'Sized', 'Container', 'Collection', 'Callable', 'Set', 'MutableSet', 'Mapping', 'MutableMapping', 'Sequence', 'MutableSequence', 'KeysView', 'ItemsView', 'ValuesView', 'Generator'):
    cls = getattr(abc, name)
    print(name, cls, sorted(cls.__abstractmethods__), [isinstance(x, cls) for x in (1, 'a', [1], (1,), {1}, frozenset(), {}, range(3), len, int, iter([]), {}.keys(), {}.items(), {}.values(), a, t, s, e, (i for i in ''), collections.deque(), collections.OrderedDict(), b'', Count(1), object())])
    if cls.__abstractmethods__:
        attempt(cls)


class Shape(ABC):
    @property
    @abstractmethod
    def area(self): ...

    @abstractmethod
    def scale(self, by): ...

    @classmethod
    @abstractmethod
    def unit(cls): ...


class Square(Shape):
    area = 4


attempt(lambda: Shape())
attempt(lambda: Square())
print(Shape.__abstractmethods__ == {'area', 'scale', 'unit'}, sorted(Square.__abstractmethods__))


@abc.Sequence.register
class Fake:
    pass


@Shape.register
class Other:
    pass


print(isinstance(Fake(), abc.Sequence), issubclass(Fake, abc.Collection), isinstance(Fake(), abc.MutableSequence), isinstance(Other(), Shape), issubclass(list, Shape))
attempt(lambda: Shape.register(3))
attempt(lambda: type('C', (abc.Sized,), {})())
print(issubclass(abc.MutableMapping, abc.Mapping), [c.__name__ for c in abc.MutableSequence.__mro__], abc.Sequence[int], abc.Callable[[int], str])
