import collections, decimal, enum, functools, inspect, re, typing
from dataclasses import dataclass, field

# flags whose bits are not defined in ascending order
class Valve(enum.IntFlag):
    OPEN = 4
    LEAK = 2
    HOT = 1
class Phase(enum.Flag):
    GAS = 4
    SOLID = 1
    LIQUID = 2
    WET = SOLID | GAS
print(repr(Valve.OPEN | Valve.LEAK), list(Valve.OPEN | Valve.HOT), repr(Valve(7)), repr(Valve.HOT | 12), ~Valve.OPEN)
print(repr(Phase.SOLID | Phase.LIQUID), list(Phase.WET), repr(Phase(7)), (Phase.GAS | Phase.LIQUID).name)

# members that are of a dataclass
@dataclass
class Pump:
    kind: str
    litres: int = 5
    note: str = field(default='', repr=False)
class Stock(Pump, enum.Enum):
    SMALL = 'hand'
    LARGE = 'electric', 40, 'loud'
print(repr(Stock.LARGE), Stock.SMALL, f'{Stock.LARGE}', Stock.LARGE.litres, Stock.LARGE.value, Stock.SMALL.value == Pump('hand'))
@dataclass(repr=False)
class Bare:
    a: int
    def __repr__(self): return f'<{self.a}>'
class Bared(Bare, enum.Enum):
    A = 1
print(repr(Bared.A))

# what __new__ makes may be of a subclass, which has an __init__ of its own
class Tank:
    def __new__(cls, deep=False):
        return object.__new__(Well if cls is Tank and deep else cls)
    def __init__(self, deep=False):
        self.how = 'tank'
class Well(Tank):
    def __init__(self, deep=False):
        self.how = 'well'
print(Tank().how, Tank(True).how, type(Tank(True)).__name__)

ordered = collections.OrderedDict(b=1, a=2)
print(ordered.keys(), ordered.values(), ordered.items(), list(reversed(ordered.items())), type(ordered.items()).__name__)
print(ordered.keys() & {'a'}, ordered.items() == {'a': 2, 'b': 1}.items(), isinstance(ordered.keys(), type({}.keys())))

Reading = collections.namedtuple('Reading', 'litres level')
Reading.level.__doc__ = 'in metres'
print(Reading.level.__doc__, Reading.litres.__doc__)

# look-behinds that name groups
print(re.search(r'(\d)-(?<=\1-)x', '11-x 2-x').span(), re.findall(r'(a|b).(?<=\1)c', 'aac bac bbc'))
print(re.search(r'(?P<q>")?.(?<=(?(q)"|.))', 'ab').span())

with decimal.localcontext() as context:
    context.traps[decimal.FloatOperation] = True
    print(decimal.Decimal('3.5') == 3.5, 3.5 in [decimal.Decimal('3.5')], bool(context.flags[decimal.FloatOperation]))
    try:
        decimal.Decimal('3.5') < 3.7
    except decimal.FloatOperation as error:
        print('refused', error)

@functools.singledispatch
def sort_of(value): return 'other'
@sort_of.register
def _(value: typing.Union[list, set]): return 'many'
@sort_of.register
def _(value: int | float): return 'number'
@sort_of.register
def _(value: typing.Optional[str]): return 'text'
print(sort_of({1}), sort_of([]), sort_of(2.5), sort_of(None), sort_of('x'), sort_of(b''))

def all_kinds(a, /, b, *c, d, **e): pass
print([one.kind.description for one in inspect.signature(all_kinds).parameters.values()])

def turned[T, *Ts](pair: tuple[T, *Ts]) -> tuple[*Ts, T]: return (*pair[1:], pair[0])
def twice[**P, R](func: typing.Callable[P, R]) -> typing.Callable[P, R]:
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        func(*args, **kwargs)
        return func(*args, **kwargs)
    return inner
print(turned((1, 2, 3)), twice(lambda x: x + 1)(2), [type(one).__name__ for one in (*turned.__type_params__, *twice.__type_params__)])

def measured(): pass
measured.unit = 'litre'
def other(): pass
other.__dict__.update(measured.__dict__)
print(vars(measured), other.unit)

import csv, io
def written(row, **options):
    text = io.StringIO()
    csv.writer(text, **options).writerow(row)
    return text.getvalue()
ROW = ['a,b', 'c"d', 'e!f', '', None]
print([written(ROW, doublequote=False, escapechar='!'), written(ROW, escapechar='!'), written(ROW, quoting=csv.QUOTE_NONE, escapechar='!')])
