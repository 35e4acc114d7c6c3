# Parameters of every kind, and what CPython says when a call does not fit.
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except TypeError as error:
        print(type(error).__name__, error)


def none():
    return "none"


def one(a):
    return a


def two(a, b):
    return a, b


def three(a, b, c):
    return a, b, c


def default(a, b=2, c=3):
    return a, b, c


def star(a, *args, k, **kwargs):
    return a, args, k, kwargs


def only(a, b, /, c, *, d=4):
    return a, b, c, d


def keyword(*, left, right=5):
    return left, right


show(none)
show(none, 1)
show(one)
show(one, 1, 2)
show(two)
show(two, 1)
show(two, 1, 2, 3)
show(three)
show(three, 1, b=2)
show(three, 1, a=2, b=3)
show(default)
show(default, 1)
show(default, 1, 2, 3, 4)
show(default, 1, c=9)
show(default, 1, d=9)
show(default, 1, cc=9)
show(star)
show(star, 1)
show(star, 1, 2, 3, k=4, z=5)
show(only, 1, 2, 3)
show(only, 1, 2, c=3, d=5)
show(only, a=1, b=2, c=3)
show(only, 1, 2, 3, 4)
show(only, 1, 2, 3, 4, d=5)
show(keyword)
show(keyword, left=1)
show(keyword, 1)
show(keyword, 1, left=2)
show(keyword, lefty=1)
show(two, 1, **{"b": 2})
show(two, *[1, 2])

values = [1, 2]
print(three(*values, 3), three(0, *values), three(*values, **{"c": 7}))
for call in (
    lambda: two(*5),
    lambda: two(**5),
    lambda: two(1, **{"a": 2}),
    lambda: two(b=1, **{"b": 2}),
    lambda: two(**{1: 2}),
    lambda: "text"(),
    lambda: (1)(2),
    lambda: None(),
):
    try:
        call()
    except TypeError as error:
        print(error)


def evaluated_once(a, log=[]):
    log.append(a)
    return log


print(evaluated_once(1), evaluated_once(2))
square = lambda x, /, *, power=2: x**power
print(square(3), square(3, power=3), square.__name__, square.__qualname__)


def documented(x: int, y: "str" = "a") -> float:
    """First line.

    Indented line.
    """
    return 1.0


print(documented.__name__, documented.__doc__, documented.__annotations__, documented.__defaults__)


def outer():
    def inner():
        pass

    return inner, lambda: 0


print([f.__qualname__ for f in outer()])


def counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


c = counter(10)
print(c(), c(5), c())
adders = [lambda x, n=n: x + n for n in range(3)]
late = [lambda x: x + n for n in range(3)]
print([f(10) for f in adders], [f(10) for f in late])


def recursive(n):
    return 1 if n == 0 else n * recursive(n - 1)


print(recursive(30))


def decorate(f):
    def wrapper(*args, **kwargs):
        print("calling", f.__name__, args, kwargs)
        return f(*args, **kwargs)

    wrapper.__name__ = f.__name__
    return wrapper


def parametrized(prefix):
    def decorator(f):
        def wrapper(*args):
            return prefix + str(f(*args))

        return wrapper

    return decorator


@decorate
@parametrized("<")
def decorated(a, b):
    return a + b


print(decorated(1, 2))
f = one
f.note = "attribute"
print(f.note, one.note)
try:
    one.missing
except AttributeError as error:
    print(error)
print((lambda *a, **k: (a, k))(1, 2, x=3))


def returns_nothing():
    pass


print(returns_nothing())


def varied(n):
    if n > 0:
        return "positive"
    elif n < 0:
        return "negative"
    return "zero"


print(varied(1), varied(-1), varied(0))
