# Where names live: global, nonlocal, class bodies, comprehensions, and the errors of unbound ones.
def attempt(f):
    try:
        print(f())
    except NameError as error:
        print(type(error).__name__ + ":", error)


x = "global"


def read():
    return x


def shadowed():
    print(x)
    x = 1


def deleted():
    y = 1
    del y
    return y


def free():
    def inner():
        return later

    result = inner()
    later = 1
    return result


def missing():
    return nowhere


def declared():
    global made
    made = 5
    return made


attempt(read)
attempt(shadowed)
attempt(deleted)
attempt(free)
attempt(missing)
attempt(declared)
print(made)


class Body:
    x = "class"
    seen = x
    items = [x for x in range(3)]

    def method(self):
        return x

    nested = [y for y in range(2)]
    first = [z for z in x]


print(Body.seen, Body.items, Body().method(), Body.x, Body.first)

try:

    class Fails:
        factor = 2
        values = [factor * n for n in range(3)]

except NameError as error:
    print("NameError:", error)


class Works:
    factor = 2
    values = [f * n for f in (factor,) for n in range(3)]
    total = sum(n for n in values)
    mapped = list(map(lambda n: n + 1, values))


print(Works.values, Works.total, Works.mapped)


def walrus():
    if (n := 10) > 5:
        print(n)
    found = [last := i for i in range(4)]
    return found, last


print(walrus())
total = 0
print([total := total + v for v in range(5)], total)


def levels():
    a = 1

    def middle():
        b = 2

        def inner():
            nonlocal a, b
            a += 10
            b += 10
            return a, b

        return inner(), b

    return middle(), a


print(levels())


def comprehension_closure():
    n = 3
    return [i + n for i in range(n)], {i: n for i in range(2)}, {n for _ in range(2)}


print(comprehension_closure())
print([[i, j] for i in range(2) for j in range(i + 1)], [k for k in range(10) if k % 2 if k > 3])


class Outer:
    value = 1

    class Inner:
        value = 2

        def get(self):
            return Outer.value, Outer.Inner.value, __class__.__name__


print(Outer.Inner().get(), Outer.Inner.__qualname__)


class Private:
    __hidden = 3

    def __init__(self):
        self.__own = 4

    def get(self):
        return self.__hidden, self.__own


print(Private().get(), Private._Private__hidden, sorted(vars(Private())))
for i in range(3):
    pass
print(i)
try:
    for unused in []:
        pass
    print(unused)
except NameError as error:
    print(error)
del i
try:
    i
except NameError as error:
    print(error)
try:
    del nothing
except NameError as error:
    print(error)
try:
    raise ValueError("x")
except ValueError as caught:
    pass
try:
    caught
except NameError as error:
    print(error)


def local_names(a, b=2):
    c = 3
    return sorted(locals())


print(local_names(1))


def factory():
    def g():
        return helper()

    def helper():
        return "helped"

    return g


print(factory()())
print((lambda: [q for q in (1, 2)])())


def delete_cell():
    v = 1

    def inner():
        return v

    del v
    return inner()


attempt(delete_cell)
