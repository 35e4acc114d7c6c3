# Every function of functools, with what it refuses.
import functools
from collections.abc import Iterable, Mapping, Sequence, Sized
from functools import cache, cached_property, cmp_to_key, lru_cache, partial, partialmethod, reduce, singledispatch, singledispatchmethod, total_ordering, update_wrapper, wraps


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


def ordered(name):
    class Number:
        def __init__(self, value):
            self.value = value

        def __eq__(self, other):
            return self.value == other.value if isinstance(other, Number) else NotImplemented

    comparison = {'lt': lambda a, b: a < b, 'le': lambda a, b: a <= b, 'gt': lambda a, b: a > b, 'ge': lambda a, b: a >= b}[name]
    setattr(Number, f'__{name}__', lambda self, other: comparison(self.value, other.value) if isinstance(other, Number) else NotImplemented)
    return total_ordering(Number)


for name in ('lt', 'le', 'gt', 'ge'):
    Number = ordered(name)
    for a, b in ((1, 2), (2, 1), (1, 1)):
        print(name, [Number(a) < Number(b), Number(a) <= Number(b), Number(a) > Number(b), Number(a) >= Number(b)], end=' ')
    print(Number.__ge__.__name__, sorted([Number(3), Number(1)])[0].value, max(Number(1), Number(5)).value)
    attempt(lambda: Number(1) >= 3)
attempt(lambda: total_ordering(type('Empty', (), {})))

words = ['pear', 'fig', 'apple', 'kiwi']
print(sorted(words, key=cmp_to_key(lambda a, b: len(a) - len(b))), max(words, key=cmp_to_key(lambda a, b: (a > b) - (a < b))))
key = cmp_to_key(lambda a, b: a - b)
print(key(1) < key(2), key(1) == key(1), key(3) >= key(4), key(5).obj)
for body in (lambda: key(1) < 2, lambda: hash(key(1)), lambda: sorted([1, 2], key=cmp_to_key(lambda a, b: 'x'))):
    attempt(body)


class Circle:
    made = 0

    def __init__(self, r):
        self.r = r

    @cached_property
    def area(self):
        """Area of the circle."""
        Circle.made += 1
        return 3 * self.r ** 2

    def scale(self, factor, *, plus=0):
        return self.r * factor + plus

    double = partialmethod(scale, 2)
    triple = partialmethod(scale, 3, plus=1)
    shown = partialmethod(print, 'shown', sep='-')

    @singledispatchmethod
    def add(self, other):
        return f'other {other!r}'

    @add.register
    def _(self, other: int):
        return f'int {other + self.r}'

    @add.register(str)
    @add.register(bytes)
    def _(self, other):
        return f'text {other}'

    @singledispatchmethod
    @classmethod
    def of(cls, value):
        return cls(value)

    @of.register
    @classmethod
    def _(cls, value: str):
        return cls(len(value))


c = Circle(2)
print(c.area, c.area, Circle.made, c.__dict__, Circle.area.attrname, Circle.area.__doc__)
del c.area
print(c.area, Circle.made, c.double(), c.double(plus=5), c.triple(), c.triple(plus=7), Circle.double(c))
c.area = 9
print(c.area, c.shown is None, [c.add(1), c.add('a'), c.add(b'b'), c.add(2.5), c.add(True)], Circle.of(3).r, Circle.of('four').r)
attempt(lambda: c.add())


class Slots:
    __slots__ = ('x',)
    area = cached_property(lambda self: 1)


attempt(lambda: Slots().area)
loose = cached_property(lambda self: 1)
Circle.loose = loose
attempt(lambda: c.loose)
attempt(lambda: type('Twice', (), {'a': loose, 'b': loose}))


@singledispatch
def show(value, note=''):
    """Shows a value."""
    return f'object {value!r}{note}'


@show.register
def _(value: int | float, note=''):
    return f'number {value}{note}'


@show.register(Sequence)
def _(value, note=''):
    return f'sequence of {len(value)}'


@show.register
def show_none(value: None):
    return 'none'


show.register(dict, lambda value: 'dict')
show.register(Mapping, lambda value: 'mapping')
show.register(Sized, lambda value: 'sized')


class Bag(dict):
    pass


for value in (1, True, 2.5, 'text', [1], (1, 2), None, {}, Bag(), {1, 2}, range(3), object, 1j):
    print(show(value), end='; ')
print(show(3, note='!'), show.__name__, show.__doc__, show.dispatch(bool)(True), show.dispatch(Bag) is show.registry[dict], len(show.registry), show.__wrapped__(1))
for body in (lambda: show(), lambda: show.register(3), lambda: show.register('x', print), lambda: show.register(lambda x: x)):
    try:
        body()
    except TypeError as error:
        print('TypeError', error.args[0].split('<')[0])


@show.register(Iterable)
def _(value):
    return 'iterable'


class Both:
    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())


try:
    show(Both())
except RuntimeError as error:
    print(str(error)[:18])


@lru_cache(maxsize=2)
def square(x, *, y=0):
    """Squares."""
    print('computing', x)
    return x * x + y


print(square(1), square(2), square(1), square(3), square(2), square(1, y=1), square.cache_info(), square.__name__, square.__doc__, square.cache_parameters())
square.cache_clear()
print(square.cache_info(), cache(lambda: 1)())
attempt(lambda: square([1]))
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(max, [], 7))
attempt(lambda: reduce(max, []))

half = partial(int, base=2)
print(half('101'), half, partial(half, '11')(), partial(pow, 2)(5), half.func is int, half.args, half.keywords)
attempt(lambda: partial(3))


def logged(func):
    @wraps(func)
    def inner(*args: int) -> str:
        return func(*args)

    return inner


@logged
def area(w: float, h: float) -> float:
    """Area."""
    return w * h


print(area(2, 3), area.__name__, area.__doc__, area.__annotations__, area.__wrapped__(3, 4), area.__qualname__, area.__module__)
print(update_wrapper(lambda: 1, area, assigned=('__doc__',)).__doc__, functools.WRAPPER_ASSIGNMENTS, functools.WRAPPER_UPDATES)
