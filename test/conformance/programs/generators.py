# Generators: laziness, send, throw, close, yield from, return values.
def count(n):
    for i in range(n):
        yield i


print(list(count(3)), sum(count(5)), max(count(4)), [*count(2)], tuple(count(2)))
g = count(2)
print(next(g), next(g), next(g, "end"))
try:
    next(g)
except StopIteration as stop:
    print("stopped", stop.value)


def echo():
    received = []
    while True:
        value = yield len(received)
        if value is None:
            return received
        received.append(value)


e = echo()
print(next(e), e.send("a"), e.send("b"))
try:
    e.send(None)
except StopIteration as stop:
    print(stop.value)
try:
    echo().send(1)
except TypeError as error:
    print(error)


def guarded():
    try:
        yield 1
        yield 2
    except ValueError as error:
        print("caught", error)
        yield "recovered"
    finally:
        print("cleanup")


t = guarded()
print(next(t), t.throw(ValueError("boom")))
print(next(t, "done"))
t = guarded()
next(t)
t.close()
print("closed")
t = guarded()
next(t)
try:
    t.throw(KeyError("k"))
except KeyError as error:
    print("escaped", error)


def inner():
    got = yield "inner 1"
    print("inner got", got)
    return "result"


def outer():
    result = yield from inner()
    print("outer got", result)
    yield from [10, 20]
    yield from "ab"
    return "end"


o = outer()
print(next(o), o.send("sent"), list(o))


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, [3, [4]], 5]])))


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


fib = fibonacci()
print([next(fib) for _ in range(10)])


def log(x):
    print("eval", x)
    return x


lazy = (log(i) for i in range(3) if i != 1)
print("made")
print(next(lazy), list(lazy))
print(sum(x * x for x in range(5)), any(x > 3 for x in count(10)), dict((k, v) for k, v in zip("ab", count(2))))
nested = ((i, j) for i in range(3) for j in range(i))
print(list(nested))


def in_expressions():
    x = (yield 1) + (yield 2)
    print("x", x)
    y = [(yield 3), (yield 4)]
    print("y", y)
    z = f"{(yield 5)}-{(yield 6)}"
    print("z", z)
    d = {(yield 7): (yield 8)}
    print(d)
    print((yield 9) and (yield 10), (yield 11) if (yield 12) else 0)
    total = 0
    total += yield 13
    a = b = yield 14
    w, v = yield 15
    print(total, a, b, w, v)
    assert (yield 16), "m"
    return (yield 17)


g = in_expressions()
value = next(g)
try:
    while True:
        value = g.send((value, value + 100) if value == 15 else value * 10)
except StopIteration as stop:
    print("returned", stop.value)


def loops():
    for x in (yield "iterable"):
        while (yield x):
            pass
        else:
            yield "else"
    with Context((yield "context")) as c:
        yield c
    match (yield "subject"):
        case 1:
            yield "one"
        case [a, b]:
            yield (a, b)


class Context:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, *args):
        print("exit", self.name)


g = loops()
print(next(g), g.send([1]), g.send(True), g.send(False), next(g), g.send("ctx"), next(g), g.send([5, 6]))
g.close()


def stops():
    yield 1
    raise StopIteration("inside")


s = stops()
next(s)
try:
    next(s)
except RuntimeError as error:
    print(error, repr(error.__cause__))


def reentrant():
    yield next(me)


me = reentrant()
try:
    next(me)
except ValueError as error:
    print(error)


class Tree:
    def __init__(self, value, *children):
        self.value, self.children = value, children

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child


print(list(Tree(1, Tree(2, Tree(3)), Tree(4))))


def finalizer():
    try:
        yield 1
    finally:
        yield 2


f = finalizer()
print(next(f))
try:
    f.close()
except RuntimeError as error:
    print(error)


def pipeline(source):
    doubled = (2 * x for x in source)
    return (x for x in doubled if x % 3 == 0)


print(list(pipeline(range(10))))
i = 10
first = (i for i in range(i))
print(len(list(first)), i)
print(type(count(1)).__name__, count.__name__)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration("over")
        self.n -= 1
        return self.n


def from_class():
    result = yield from Countdown(3)
    yield result


print(list(from_class()), list(Countdown(2)))


def handler_state():
    try:
        raise ValueError("kept")
    except ValueError:
        yield 1
        try:
            raise
        except ValueError as again:
            yield str(again)


h = handler_state()
print(next(h))
try:
    raise KeyError("other")
except KeyError:
    print(next(h))


def return_in_finally():
    try:
        yield 1
    finally:
        print("finally")


for v in return_in_finally():
    print(v)
