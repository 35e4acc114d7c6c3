def show(make):
    try:
        print(repr(make()))
    except BaseException as error:
        print(type(error).__name__, "|", error, "|", error.args)


class Custom(Exception):
    def __init__(self, code, text="none"):
        super().__init__(f"{code}: {text}")
        self.code = code


class Quiet(Exception):
    pass


class Shown(Exception):
    def __str__(self):
        return "shown text"


def fail(error):
    raise error


show(lambda: fail(Custom(3, "x")))
show(lambda: fail(Quiet))
show(lambda: fail(Quiet("a", 1)))
show(lambda: fail(Shown(5)))
show(lambda: fail(1))
show(lambda: fail(int))
show(lambda: {}["k"])
show(lambda: {}[("a", 1)])
show(lambda: [][0])
show(lambda: int("x"))
show(lambda: float("abc"))
show(lambda: undefined_name)
show(lambda: next(iter([])))
show(lambda: fail(KeyError()))
show(lambda: fail(KeyError("a", "b")))
show(lambda: fail(OSError(2, "No such file")))
show(lambda: fail(StopIteration(5)))
show(lambda: fail(SystemExit(3)))
show(lambda: repr(ValueError("x")))
show(lambda: repr(ValueError()))
show(lambda: repr(ValueError(1, "b")))
show(lambda: str(ValueError(1, "b")))
show(lambda: ValueError("a") == ValueError("a"))
show(lambda: Exception(x=1))
show(lambda: ValueError.__mro__)
show(lambda: ValueError.__name__)
show(lambda: Custom(1).code)
show(lambda: Custom(1).args)

try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("second") from e
except ValueError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)

try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("second")
except ValueError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)

try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("second") from None
except ValueError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)


def order(kind):
    steps = []
    try:
        steps.append("try")
        if kind == "raise":
            raise KeyError("k")
        if kind == "return":
            return steps
    except KeyError as error:
        steps.append(f"except {error}")
    else:
        steps.append("else")
    finally:
        steps.append("finally")
    steps.append("after")
    return steps


for kind in ("raise", "return", "none"):
    show(lambda: order(kind))


def reraise():
    try:
        raise ValueError("first")
    except ValueError:
        raise


show(reraise)


def nothing_to_raise():
    raise


show(nothing_to_raise)


def deleted_name():
    try:
        raise ValueError("x")
    except ValueError as error:
        pass
    return error


show(deleted_name)


def finally_wins():
    try:
        return 1
    finally:
        return 2


show(finally_wins)


def loop_finally():
    out = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            out.append(f"f{i}")
    return out


show(loop_finally)

try:
    raise ValueError("noted")
except ValueError as e:
    e.add_note("one")
    e.add_note("two")
    print(e.__notes__)

try:
    raise ExceptionGroup("many", [ValueError(1), TypeError("t"), ExceptionGroup("in", [ValueError(2)])])
except* ValueError as group:
    print("values", group, group.exceptions)
except* TypeError as group:
    print("types", group.exceptions)

g = ExceptionGroup("g", [ValueError(1), TypeError(2)])
show(lambda: g.split(ValueError))
show(lambda: g.subgroup(TypeError))
show(lambda: g)
show(lambda: str(g))
show(lambda: ExceptionGroup("x", []))
show(lambda: ExceptionGroup("x", [1]))


def catch_tuple(error):
    try:
        raise error
    except (KeyError, IndexError) as e:
        return "lookup", type(e).__name__
    except Exception as e:
        return "other", type(e).__name__


show(lambda: catch_tuple(KeyError(1)))
show(lambda: catch_tuple(IndexError(1)))
show(lambda: catch_tuple(ValueError(1)))


def bad_handler():
    try:
        1 / 0
    except 5:
        pass


show(bad_handler)


def asserts(x):
    assert x > 1, f"too small: {x}"
    assert x > 2
    return x


show(lambda: asserts(0))
show(lambda: asserts(2))
show(lambda: asserts(3))


def unbound():
    if False:
        value = 1
    return value


show(unbound)


def bad_with():
    with 5:
        pass


show(bad_with)


class Half:
    def __enter__(self):
        return self


def half_with():
    with Half():
        pass


show(half_with)
show(lambda: [x for x in 5])
show(lambda: [*5])
show(lambda: {**5})
show(lambda: print(*5))
show(lambda: print(**5))
show(lambda: (lambda a, b: a)(1))
show(lambda: (lambda a, b: a)(1, 2, 3))
show(lambda: (lambda a, *, k: a)(1))
show(lambda: (lambda a: a)(b=1))
show(lambda: (lambda a: a)(1, a=1))
show(lambda: max([]))
show(lambda: int([]))
show(lambda: len(5))
show(lambda: "a" % 5)
show(lambda: "%d" % "a")
show(lambda: "{}".format())
show(lambda: "{:d}".format("a"))
show(lambda: [1, 2].remove(5))
show(lambda: [].pop())
show(lambda: {}.popitem())
show(lambda: (1, 2).index(5))
show(lambda: "abc".index("z"))
show(lambda: chr(-1))
show(lambda: ord("ab"))
show(lambda: range(1, 2, 0))
show(lambda: sum("ab"))
show(lambda: sorted([1, "a"]))
show(lambda: type(1)(2, 3))
show(lambda: getattr(1, "x"))
show(lambda: list(zip([1], [1, 2], strict=True)))
show(lambda: "a".join([1]))
show(lambda: bytes([300]))
show(lambda: float("1e999"))
show(lambda: int(float("nan")))
show(lambda: int(float("inf")))
show(lambda: round("a"))
show(lambda: abs("a"))
