# try, except, else, finally, raise, from, groups.
def run(f):
    try:
        result = f()
    except Exception as error:
        print("raised", type(error).__name__, error)
    else:
        print("returned", result)


def flow(kind):
    try:
        print("try")
        if kind == 1:
            raise ValueError("one")
        if kind == 2:
            raise KeyError("two")
        if kind == 3:
            return "early"
    except ValueError as error:
        print("except", error)
    else:
        print("else")
    finally:
        print("finally")
    return "end"


for kind in range(4):
    run(lambda: flow(kind))


def override():
    try:
        return "try"
    finally:
        return "finally"


def swallow():
    for i in range(3):
        try:
            continue
        finally:
            print("loop", i)
    while True:
        try:
            raise ValueError
        finally:
            break
    return "swallowed"


print(override(), swallow())


def chained():
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise ValueError("bad") from error


try:
    chained()
except ValueError as error:
    print(repr(error), repr(error.__cause__), error.__suppress_context__)


def implicit():
    try:
        {}["missing"]
    except KeyError:
        undefined_name


try:
    implicit()
except NameError as error:
    print(repr(error), repr(error.__context__), error.__cause__)
try:
    try:
        raise ValueError("a")
    except ValueError:
        raise TypeError("b") from None
except TypeError as error:
    print(repr(error.__context__), error.__cause__, error.__suppress_context__)


def reraise():
    try:
        raise IndexError("again")
    except IndexError:
        raise


run(reraise)


def bare():
    raise


run(bare)
run(lambda: [][0])
run(lambda: {}["k"])
run(lambda: int("x"))
run(lambda: 1 + "a")
run(lambda: "a" + 1)
run(lambda: None.x)
run(lambda: len(5))
run(lambda: [1, 2].foo)
run(lambda: (1, 2)[5])
run(lambda: 1 < "a")
run(lambda: -"a")
run(lambda: 5 in 6)
run(lambda: next(iter([])))
run(lambda: float("abc"))


class Custom(Exception):
    def __init__(self, code, message="default"):
        super().__init__(message)
        self.code = code


class Special(Custom):
    pass


try:
    raise Special(42)
except Custom as error:
    print(error.code, error, error.args, repr(error), isinstance(error, Special))


def wrong_raise():
    raise 5


def wrong_cause():
    raise ValueError from 5


run(wrong_raise)
run(wrong_cause)


def wrong_catch():
    try:
        raise ValueError
    except 5:
        pass


run(wrong_catch)
try:
    raise (ValueError)
except (KeyError, ValueError) as error:
    print("tuple", repr(error))
try:
    try:
        raise ValueError("inner")
    finally:
        print("cleanup")
except ValueError as error:
    print("outer", error)


def nested(n):
    try:
        if n == 0:
            raise RuntimeError("deep")
        nested(n - 1)
    finally:
        print("unwind", n)


run(lambda: nested(2))
try:
    assert 1 == 2, "message"
except AssertionError as error:
    print(error, error.args)
try:
    assert []
except AssertionError as error:
    print(repr(error))


class Manager:
    def __init__(self, name, suppress=False):
        self.name, self.suppress = name, suppress

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind.__name__ if kind else None, value)
        return self.suppress


with Manager("a") as a, Manager("b") as b:
    print("body", a.name, b.name)
with Manager("c", suppress=True):
    raise ValueError("suppressed")
try:
    with Manager("d"), Manager("e"):
        raise KeyError("through")
except KeyError as error:
    print("caught", error)


def with_return():
    with Manager("r"):
        return "value"


print(with_return())
with (
    Manager("p") as p,
    Manager("q"),
):
    pass
try:
    raise ExceptionGroup("many", [ValueError(1), TypeError(2), ExceptionGroup("sub", [ValueError(3)])])
except* ValueError as group:
    print("values", group.exceptions)
except* TypeError as group:
    print("types", group.exceptions)
try:
    try:
        raise ExceptionGroup("many", [ValueError(1), KeyError(2)])
    except* ValueError:
        print("only values")
except ExceptionGroup as rest:
    print("rest", rest.exceptions)
try:
    raise ValueError("plain")
except* ValueError as group:
    print(type(group).__name__, group.exceptions)
error = ValueError("note")
error.add_note("a note")
print(error.__notes__, str(error), error == error)
print(issubclass(ZeroDivisionError, ArithmeticError), ValueError("a", 1).args, str(ValueError("a", 1)), str(KeyError("k")))


def depth(n):
    return depth(n + 1)


try:
    depth(0)
except RecursionError as error:
    print(error)
try:
    [][1]
except LookupError as error:
    print(type(error))
print("unbound after except:", "error" in dir())
