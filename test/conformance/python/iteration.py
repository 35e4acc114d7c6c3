def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, "|", error)


class Count:
    def __init__(self, n):
        self.n, self.i = n, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i


class Indexed:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError(i)
        return i * 10


class Bad:
    def __iter__(self):
        return 5


def unpack(value, form):
    if form == 2:
        a, b = value
        return a, b
    if form == "star":
        a, *b = value
        return a, b
    if form == "mid":
        a, *b, c = value
        return a, b, c
    (a, b), c = value
    return a, b, c


show(lambda: list(Count(3)))
show(lambda: sum(Count(4)))
show(lambda: list(Indexed()))
show(lambda: 20 in Indexed())
show(lambda: list(Bad()))
show(lambda: iter(5))
show(lambda: next(5))
show(lambda: next(Count(0), "end"))
show(lambda: next(iter([1])))
for value in ([1, 2], (1, 2, 3), [1], "ab", {"x": 1, "y": 2}, 5, None, range(2), Count(3), ((1, 2), 3), []):
    for form in (2, "star", "mid", "nest"):
        show(lambda: unpack(value, form))


def changes():
    d = {1: 1, 2: 2}
    for k in d:
        d[k + 10] = 1


def shrinks():
    d = {1: 1, 2: 2}
    for k in d:
        del d[k]


def set_changes():
    s = {1, 2}
    for x in s:
        s.add(x + 10)


def grows():
    items = [1, 2, 3]
    for x in items:
        if len(items) < 6:
            items.append(x * 10)
    return items


show(changes)
show(shrinks)
show(set_changes)
show(grows)


def gen(n):
    for i in range(n):
        got = yield i
        if got:
            yield f"got {got}"
    return "done"


def delegating():
    result = yield from gen(2)
    yield result


show(lambda: list(gen(3)))
show(lambda: list(delegating()))


def sending():
    g = gen(3)
    return [next(g), g.send("a"), next(g), g.send(None)]


show(sending)
g = gen(1)
show(lambda: g.send(5))
show(lambda: next(g))
show(lambda: next(g))
show(lambda: next(g))


def closing():
    log = []

    def inner():
        try:
            yield 1
            yield 2
        finally:
            log.append("closed")

    it = inner()
    next(it)
    it.close()
    return log


show(closing)


def throwing():
    def inner():
        try:
            yield 1
        except ValueError as error:
            yield f"caught {error}"

    it = inner()
    next(it)
    return it.throw(ValueError("x"))


show(throwing)


def stops():
    yield 1
    raise StopIteration


show(lambda: list(stops()))
show(lambda: [x * y for x in range(3) for y in range(x) if (x + y) % 2])
show(lambda: {k: v for k, v in zip("abc", range(3))})
show(lambda: {x % 3 for x in range(10)})
show(lambda: sum(x for x in range(5)))
show(lambda: [y := 5, y**2])
show(lambda: list(reversed([1, 2, 3])))
show(lambda: list(enumerate("ab", 1)))
show(lambda: list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])))
show(lambda: list(filter(None, [0, 1, "", "a"])))
show(lambda: [[1, 2, 3][i] for i in (0, -1)])
show(lambda: (lambda *a, **k: (a, k))(*[1, 2], *(3,), x=1, **{"y": 2}))
show(lambda: [*range(3), *"ab"])
show(lambda: {**{"a": 1}, "b": 2, **{"a": 3}})
first, *rest = "hello"
print(first, rest)
x = y = [1]
print(x is y)
i = 0
values = [0, 0, 0]
i, values[i] = 1, 5
print(i, values)
