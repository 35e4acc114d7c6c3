"""Templates of str.format and string.Formatter, with hooks of a subclass and every fault."""
import collections
import enum
import functools
import heapq
import itertools
import statistics
import string


def show(*computations):
    for compute in computations:
        try:
            print(compute())
        except Exception as error:
            print(type(error).__name__, error)


class Filled(string.Formatter):
    """Names what is missing, shows None as a word, knows one more conversion and tells what was used."""

    def get_value(self, key, args, kwargs):
        if isinstance(key, str):
            return kwargs.get(key, f'<{key}>')
        return super().get_value(key, args, kwargs)

    def format_field(self, value, spec):
        return 'N/A' if value is None else super().format_field(value, spec)

    def convert_field(self, value, conversion):
        return str(value).upper() if conversion == 'u' else super().convert_field(value, conversion)

    def check_unused_args(self, used, args, kwargs):
        print(sorted(map(str, used)), len(args), sorted(kwargs))


plain = string.Formatter()
show(
    lambda: Filled().format('{0} {name} {x:.2f} {1:>5} {y!u}', 1, None, x=2.345, y='abc', z=1),
    lambda: plain.format('{} {:{}} {a.real!r:>5} {b[k][0]}', 1, 2, 5, a=3, b={'k': [7]}),
    lambda: list(plain.parse('a{b!r:c}d{{e}}f{}{0[x]:{w}}')), lambda: plain.get_field('0.real', (5,), {}),
    lambda: plain.vformat('{0[a]} {b}', [{'a': 1}], {'b': 2}), lambda: plain.format('{0} {} ', 1),
    lambda: plain.format('{} {0} ', 1), lambda: plain.format('{x}'), lambda: plain.format('{5}', 1),
    lambda: plain.format('{:{:{}}}', 1, 2, 3), lambda: plain.format('{0!z}', 1), lambda: plain.format(),
)
for template in ('{0!', '{0!r', '{0!r:', '{0!}', '{!', '{0:', '{0', '{0!r:{', '{:{:{}}}', '{:{}}', '{0[a', '{0]}', '{0.}', '{0[a:b!c]}'):
    show(lambda: template.format(1, 2, 3))
show(
    lambda: b'abc'.hex('-', 2), lambda: b'abcde'.hex(':', -2), lambda: b'abc'.hex(b' ', 0), lambda: b'abc'.hex('--'),
    lambda: b'abc'.hex(None), lambda: b'abc'.hex([1]), lambda: b'abc'.hex('\xe9'),
    lambda: itertools.permutations([1], 'a'), lambda: heapq.heapify((1,)), lambda: heapq.heappush((1,), 2),
    lambda: functools.reduce(max, 5), lambda: statistics.median_grouped(['a']),
    lambda: (list.append, str.upper, int.__add__, collections.deque.append),
    lambda: ([].append.__qualname__, str.join.__qualname__, len.__qualname__, int.__add__.__qualname__),
    lambda: functools.wraps(len)(lambda: 0).__name__,
)


class Shape(enum.Enum):
    ROUND = 'r'
    SQUARE = 's'
    BALL = 'r'


print(Shape._member_names_, Shape._member_map_, Shape._value2member_map_)
