def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, "|", error)


class Vec:
    def __init__(self, *xs):
        self.xs = xs

    def __repr__(self):
        return f"Vec{self.xs}"

    def __add__(self, other):
        if isinstance(other, Vec):
            return Vec(*(a + b for a, b in zip(self.xs, other.xs)))
        return NotImplemented

    def __radd__(self, other):
        if other == 0:
            return self
        return NotImplemented

    def __mul__(self, k):
        return Vec(*(a * k for a in self.xs))

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self.xs, other.xs))

    def __neg__(self):
        return Vec(*(-a for a in self.xs))

    def __abs__(self):
        return sum(a * a for a in self.xs) ** 0.5

    def __getitem__(self, i):
        return self.xs[i]

    def __len__(self):
        return len(self.xs)

    def __iadd__(self, other):
        self.xs = tuple(a + b for a, b in zip(self.xs, other.xs))
        return self

    def __truediv__(self, k):
        return Vec(*(a / k for a in self.xs))

    def __pow__(self, n, mod=None):
        return ("pow", n, mod)

    def __rpow__(self, n):
        return ("rpow", n)

    def __divmod__(self, k):
        return ("divmod", k)

    def __round__(self, n=None):
        return ("round", n)

    def __index__(self):
        return 2

    def __int__(self):
        return 7

    def __float__(self):
        return 1.5

    def __invert__(self):
        return "inv"

    def __rsub__(self, other):
        return ("rsub", other)

    def __lshift__(self, other):
        return ("lshift", other)


a, b = Vec(1, 2), Vec(3, 4)
show(lambda: a + b)
show(lambda: a + 1)
show(lambda: 1 + a)
show(lambda: sum([a, b]))
show(lambda: a * 2)
show(lambda: 2 * a)
show(lambda: a @ b)
show(lambda: -a)
show(lambda: +a)
show(lambda: ~a)
show(lambda: abs(b))
show(lambda: a[0])
show(lambda: a[5])
show(lambda: list(a))
show(lambda: a / 2)
show(lambda: a // 2)
show(lambda: a**2)
show(lambda: 2**a)
show(lambda: pow(a, 2, 3))
show(lambda: divmod(a, 2))
show(lambda: round(a))
show(lambda: round(a, 1))
show(lambda: [10, 20, 30][a])
show(lambda: int(a))
show(lambda: float(a))
show(lambda: "abc" * a)
show(lambda: range(a))
show(lambda: 5 - a)
show(lambda: a << 3)
show(lambda: a >> 3)
show(lambda: a % 3)
show(lambda: a & 3)


def iadd():
    c = Vec(1, 1)
    d = c
    c += Vec(2, 2)
    return c, c is d


show(iadd)


def inplace(start, op, value):
    x = start
    if op == "+":
        x += value
    elif op == "-":
        x -= value
    elif op == "*":
        x *= value
    elif op == "/":
        x /= value
    elif op == "//":
        x //= value
    elif op == "%":
        x %= value
    elif op == "**":
        x **= value
    elif op == "@":
        x @= value
    elif op == "&":
        x &= value
    elif op == "|":
        x |= value
    elif op == "^":
        x ^= value
    elif op == "<<":
        x <<= value
    elif op == ">>":
        x >>= value
    return x


for start in (7, 7.5, "ab", [1], (1,), {1}, None, True, 1j, b"x", {"a": 1}):
    for op in ("+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>"):
        for value in (2, "x", [2], None, 0, {2}):
            if isinstance(start, bytes) and op == "%":
                continue
            show(lambda: inplace(start, op, value))

import operator

for left in (7, -7, 7.5, True, "ab", [1], (1,), None, {1}, {"a": 1}, b"x"):
    for right in (2, -2, 0, 0.0, 2.5, "x", [2], None, True, (2,), {1}):
        for f in (
            operator.add,
            operator.sub,
            operator.mul,
            operator.truediv,
            operator.floordiv,
            operator.mod,
            operator.and_,
            operator.or_,
            operator.lt,
            operator.eq,
        ):
            if isinstance(left, bytes) and f is operator.mod:
                continue
            show(lambda: f(left, right))

show(lambda: 1 + "a")
show(lambda: "a" + 1)
show(lambda: [] + 1)
show(lambda: () + [])
show(lambda: "a" * "b")
show(lambda: [] * 1.0)
show(lambda: [] - 1)
show(lambda: 1 @ 2)
show(lambda: 1 ** "a")
show(lambda: -"a")
show(lambda: ~1.5)
show(lambda: +[])
show(lambda: 1 << -1)
show(lambda: 1 // 0)
show(lambda: 1 % 0)
show(lambda: 1 / 0)
show(lambda: 1.0 // 0)
show(lambda: 1.0 % 0)
show(lambda: 0 ** -1)
show(lambda: 0.0 ** -1)
show(lambda: (-8) ** (1 / 3))
show(lambda: 2.0 ** 10000)
show(lambda: 10**400 * 1.0)
show(lambda: 10**400 / 10**399)
show(lambda: 10**400 / 3)
show(lambda: True + True)
show(lambda: True & False)
show(lambda: True ^ 1)
show(lambda: ~True)
show(lambda: -True)
show(lambda: 7 // -2)
show(lambda: -7 % 3)
show(lambda: -7.5 // 2)
show(lambda: -7.5 % 2)
show(lambda: divmod(-7, 2))
show(lambda: 1e308 * 10)
show(lambda: 0.1 + 0.2)
