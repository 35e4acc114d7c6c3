# Statements and built-ins as chapters use them, mixed.
import math, sys
from collections import defaultdict, Counter
import math as m, itertools
from itertools import chain as ch, islice

sys.path.insert(0, "somewhere")
print(m.pi == math.pi, list(islice(ch([1], [2, 3]), 2)))
if True:
    pass
elif undefined_but_never_read:
    pass
x = 3; y = 4; print(x, y)
print(
    "implicit "
    "concatenation",
    (1 +
     2),
)
total = 0
for index, (key, value) in enumerate({"a": 1, "b": 2}.items(), start=1):
    total += index * value
print(total)
groups = defaultdict(list)
for word in "the quick brown the lazy the".split():
    groups[len(word)].append(word)
print(dict(groups), Counter("abracadabra").most_common(2))
matrix = [[i * j for j in range(3)] for i in range(3)]
print(matrix, [list(row) for row in zip(*matrix)], sum(map(sum, matrix)))
print({k: v for k, v in sorted({"b": 1, "a": 2}.items())}, sorted("banana", key=lambda c: (-ord(c), c))[:3])
print(max([3, 1, 2], key=lambda v: -v), min("abc"), any([]), all([]), sum([0.1] * 10), round(2.5), round(-1.55, 1))
print(divmod(17, 5), pow(2, 10, 1000), abs(-3.5), int("0x1f", 16), float("inf"), complex(1, 2), bool("False"))
print("a,b,,c".split(","), " pad ".strip(), "Title Case".swapcase(), "x".join("abc"), "abc".replace("b", "-"))
print([*map(str, range(3))], list(filter(None, [0, 1, "", "a"])), list(zip("ab", range(5))), list(reversed([1, 2])))
print(isinstance(1, (int, str)), type(1.0), callable(print), id(x) == id(x), hash("a") == hash("a"))
print(1e16, 1e15, 123456789.123456789, 0.1 + 0.2, 1 / 3, 2**0.5, 10**20, -7 // 2, -7 % 3, 7 % -3, 2**-1)
print(0.1 + 0.2 == 0.3, math.isclose(0.1 + 0.2, 0.3), 5 // 2, 5 / 2, 5.0 // 2, -5.5 // 2, float(10**15), 1e-5)
print("%.3e" % 12345.678, "{:,}".format(1234567), "{:>10.2f}|{:<5}|{:^7}".format(3.14159, "ab", "mid"), f"{1e6:,.0f}")
s = {3, 1, 2}
print(len(s), sorted(s | {9}), sorted(s & {1, 2}), sorted(s - {1}), s >= {1}, sorted(s ^ {1, 8}))
print(frozenset([1, 2]) == {1, 2}, {1: "a"} | {2: "b"}, {1: 1} == {1.0: True})
d = {"x": 1}
print(d.get("y"), d.get("y", 0), d.setdefault("z", []), d.pop("x"), d, list(d.items()), "z" in d)
try:
    d["missing"]
except KeyError as error:
    print(error, repr(error))
stack = [1, 2, 3]
stack.append(4); stack.extend([5]); stack.insert(0, 0); stack.remove(3)
print(stack, stack.pop(), stack.index(4), stack.count(1), stack[::-1], stack + [9], [0] * 3, 4 in stack)
stack.sort(reverse=True)
print(stack, sorted(stack), stack.copy() == stack, stack is stack)
print(tuple(range(3)), (1, 2) + (3,), (1,) * 2, (1, 2) < (1, 3), [1] == [1.0], "abc" < "abd")
print(range(10)[2:5], len(range(0, 10, 3)), 5 in range(10), list(range(5, 0, -2)), range(3) == range(0, 3))
print("é".encode(), b"abc"[0], b"a" + b"b", bytes([65, 66]), "ünïcödé".upper(), len("naïve"), "😀"[0], len("😀"))
print(str(None), repr("it's"), repr('"q"'), "tab\tnew", r"raw\n", ascii("é"), chr(8364), ord("€"), hex(255), oct(8), bin(5))
print(*[1, 2], sep="-", end="!\n")
print("a" if x > 5 else "b" if x > 2 else "c")
print((lambda *args, key=None, **kw: (args, key, kw))(1, 2, key=3, z=4))
n = 0
while True:
    n += 1
    if n % 2:
        continue
    if n > 6:
        break
print(n)
print([n for n in range(20) if all(n % p for p in range(2, n)) and n > 1])


def fib(n, memo={}):
    if n not in memo:
        memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]


print(fib(90))
print(__name__, __doc__)
print(sum(1 / k**2 for k in range(1, 1000)), math.fsum([0.1] * 10), math.prod(range(1, 11)))
print(type(print), type(len([])), type(lambda: 0).__name__, type(Counter), int, [int, str], type(None))
print(3 .real, (5).bit_length(), 2.5.is_integer(), (0.5).as_integer_ratio(), "abc".__len__(), [].__class__)
print("a" * 3 + "b", "abc"[::-1], "abc"[-1], "hello world".title(), "a-b_c".partition("-"), "1.5".isdigit(), "15".isdigit())
print(not 0, not [], True + True, True == 1, isinstance(True, int), ~5, -(-3), +True)
print(1 if 0 else 2 if 0 else 3, [] or {} or "last", 1 < 2 > 1, 1 in [1] == True)
assert x == 3, "never"
a = b = c = 0
a, b = b + 1, a + 2
print(a, b, c)
