# match statements: every kind of pattern.
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Named:
    def __init__(self, **kw):
        self.__dict__.update(kw)


class Color:
    RED = "red"
    BLUE = "blue"


def kind(v):
    match v:
        case None:
            return "none"
        case True | False:
            return "bool"
        case 0:
            return "zero"
        case -1:
            return "minus one"
        case 1.5 | 2.5:
            return "float"
        case 1 + 2j:
            return "complex"
        case Color.RED:
            return "color red"
        case "a" | "b" as letter:
            return f"letter {letter}"
        case str():
            return "text"
        case int(n) if n > 100:
            return f"big {n}"
        case int():
            return "int"
        case []:
            return "empty list"
        case [x]:
            return f"one {x}"
        case [1, *rest]:
            return f"starts with 1, {rest}"
        case [first, *_, last] if first == last:
            return f"same ends {first}"
        case (_, [a, b], *others):
            return f"nested {a} {b} {others}"
        case [*_]:
            return "some list"
        case {"type": "circle", "r": r}:
            return f"circle {r}"
        case {"type": t, **rest}:
            return f"type {t} {rest}"
        case {}:
            return "mapping"
        case Point(0, 0):
            return "origin"
        case Point(x, y=0):
            return f"on x at {x}"
        case Point(x=0, y=y):
            return f"on y at {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "point"
        case Named(name="bob", age=int(age)):
            return f"bob {age}"
        case _:
            return "other"


for v in [
    None, True, 0, -1, 2.5, 1 + 2j, "red", "a", "hello", 500, 7, [], [5], [1, 2, 3], (2, 9, 2), (3, [4, 5], 6),
    [3, 4], {"type": "circle", "r": 2}, {"type": "square", "s": 1}, {"z": 1}, {}, Point(0, 0), Point(2, 0),
    Point(0, 3), Point(4, 4), Point(1, 2), Named(name="bob", age=5), Named(name="bob", age="x"), {1, 2}, range(2), b"ab",
]:
    print(repr(v)[:25] if not isinstance(v, (Point, Named)) else vars(v), "->", kind(v))


def bind(v):
    match v:
        case (a, b) | [a, b, _]:
            return a, b
        case {"k": [x, {"d": y}]}:
            return x, y
        case (1 | 2 | 3) as small:
            return "small", small
    return None


print(bind((1, 2)), bind([3, 4, 5]), bind({"k": [1, {"d": 2}], "more": 0}), bind(2), bind(9))


def errors(f):
    try:
        f()
    except TypeError as error:
        print(error)


def too_many():
    match Point(1, 2):
        case Point(1, 2, 3):
            pass


def no_args():
    match Named():
        case Named(1):
            pass


def not_class():
    thing = 5
    match 5:
        case thing():
            pass


def twice():
    match Point(1, 2):
        case Point(1, x=1):
            pass


errors(too_many)
errors(no_args)
errors(not_class)
errors(twice)
match 5:
    case captured:
        pass
print(captured)
match 1, 2:
    case 1, second:
        print(second)
match = {"match": 1}
case = match["match"]
print(match, case)


def guard(n):
    match n:
        case x if x < 0:
            return "neg"
        case x if x > 10:
            return "big"
        case x:
            return x


print([guard(i) for i in (-1, 5, 50)])
match "text":
    case [*_]:
        print("sequence")
    case str(s):
        print("str", s)
match {"a": 1, "b": 2}:
    case {"a": 1, **rest}:
        print(rest)
match {"key": None}:
    case {"key": None}:
        print("none value")
