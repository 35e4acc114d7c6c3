def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, "|", error)


class A:
    def __init__(self, x, y=2):
        self.x, self.y = x, y

    def __repr__(self):
        return f"{type(self).__name__}({self.x}, {self.y})"

    def who(self):
        return ["A"]


class B(A):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.z = 3

    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


show(lambda: A(1))
show(lambda: B(1, y=5))
show(lambda: D(1).who())
show(lambda: [c.__name__ for c in D.__mro__])
show(lambda: A())
show(lambda: A(1, 2, 3))
show(lambda: A(1, z=2))
show(lambda: isinstance(D(1), (int, C)))
show(lambda: issubclass(D, B))
show(lambda: isinstance(1, 2))
show(lambda: issubclass(1, int))
show(lambda: issubclass(int, 2))
show(lambda: isinstance(True, int))
show(lambda: isinstance(1, int | str))
show(lambda: isinstance(None, int | None))
show(lambda: isinstance([], list[int]))


class Empty:
    pass


show(lambda: Empty(1))
show(lambda: Empty(x=1))
show(lambda: object(1))


class Registered:
    known = []

    def __init_subclass__(cls, /, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.known.append((cls.__name__, tag))


class R1(Registered, tag="one"):
    pass


class R2(R1):
    pass


show(lambda: Registered.known)


def bad_subclass():
    class R3(Registered, other=1):
        pass


show(bad_subclass)


def bad_keyword():
    class R4(x=1):
        pass


show(bad_keyword)


class Getter:
    def __class_getitem__(cls, item):
        return (cls.__name__, item)


show(lambda: Getter[int, str])
show(lambda: A[0])
show(lambda: int[0])
show(lambda: list[int])
show(lambda: dict[str, list[int]])
show(lambda: int | None)
show(lambda: list[int]([1, 2]))


class Singleton:
    instance = None

    def __new__(cls, *args):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self, value=0):
        self.value = value


show(lambda: Singleton(1) is Singleton(2))
show(lambda: Singleton(3).value)


class Other:
    def __new__(cls):
        return 42

    def __init__(self):
        print("never")


show(lambda: Other())


class Wrong:
    def __init__(self):
        return 1


show(lambda: Wrong())


class Meters(float):
    def __new__(cls, value, unit="m"):
        self = super().__new__(cls, value)
        self.unit = unit
        return self

    def __repr__(self):
        return f"{float(self)} {self.unit}"


show(lambda: Meters(1.5))
show(lambda: Meters(1.5, "km") + 1)
show(lambda: type(Meters(2) * 2).__name__)
show(lambda: Meters(2) == 2)
show(lambda: {2.0: "x"}[Meters(2)])
show(lambda: isinstance(Meters(1), float))
show(lambda: f"{Meters(1.25):.1f}")


class Count(int):
    def __add__(self, other):
        return Count(int(self) + other)

    __radd__ = __add__


show(lambda: type(Count(1) + 2).__name__)
show(lambda: 2 + Count(1))
show(lambda: type(2 + Count(1)).__name__)
show(lambda: sum([Count(1), Count(2)]))
show(lambda: [10, 20, 30][Count(1)])
show(lambda: range(Count(3)))
show(lambda: hash(Count(5)) == hash(5))


class Words(str):
    def shout(self):
        return self.upper() + "!"


show(lambda: Words("hi").shout())
show(lambda: Words("hi") + " there")
show(lambda: type(Words("hi").upper()).__name__)
show(lambda: Words("a") in {"a": 1})


class Stack(list):
    def push(self, item):
        self.append(item)
        return self

    def __repr__(self):
        return "Stack" + super().__repr__()


show(lambda: Stack([1]).push(2))
show(lambda: Stack() == [])
show(lambda: len(Stack("abc")))


class Counted(list):
    def __init__(self, n):
        super().__init__(range(n))
        self.n = n


show(lambda: (Counted(3), Counted(3).n))


class Defaulting(dict):
    def __missing__(self, key):
        return key * 2


show(lambda: Defaulting(a=1)["a"])
show(lambda: Defaulting(a=1)["b"])
show(lambda: Defaulting(a=1).get("b"))


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    @property
    def first(self):
        return self[0]


show(lambda: Pair(1, 2))
show(lambda: Pair(1, 2).first)
show(lambda: Pair(1, 2) == (1, 2))
show(lambda: hash(Pair(1, 2)) == hash((1, 2)))

Made = type("Made", (A,), {"extra": 1, "twice": lambda self: self.x * 2})
show(lambda: Made(4).twice())
show(lambda: Made)
show(lambda: type(1, 2))
show(lambda: type("A", 1, {}))
show(lambda: type(1, (), {}))
show(lambda: type("X", (int, str), {}))
show(lambda: type("X", (bool,), {}))
show(lambda: type("X", (A, A), {}))
show(lambda: type("X", (A, B), {}))
show(lambda: type(A(1)) is A)
show(lambda: type(type(A)))
show(lambda: super(int, "a").x)
show(lambda: super().x)


class Context:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind.__name__ if kind else None, value)
        return self.swallow


with Context("a") as a, Context("b", True) as b:
    print(a, b)
    raise ValueError("inside")

with Context("c"):
    pass


class Callable:
    def __call__(self, *args, **kwargs):
        return args, kwargs


show(lambda: Callable()(1, a=2))
show(lambda: callable(Callable()))
show(lambda: callable(A(1)))
show(lambda: A(1)())
show(lambda: 5())


class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


show(lambda: bool(Sized(0)))
show(lambda: bool(Sized(2)))
show(lambda: len(Sized(-1)))
show(lambda: len(Sized("a")))


class Truth:
    def __bool__(self):
        return 1


show(lambda: bool(Truth()))


class Outer:
    class Inner:
        value = 1

    inner = Inner()
    total = sum([1, 2, 3])
    names = [n for n in ("a", "b")]


show(lambda: Outer.Inner.__qualname__)
show(lambda: Outer.inner.value)
show(lambda: Outer.names)


class Animal:
    sound = None

    def speak(self):
        if self.sound is None:
            raise NotImplementedError("subclass must say")
        return self.sound


class Dog(Animal):
    sound = "woof"


show(lambda: Dog().speak())
show(lambda: Animal().speak())


class Mixin:
    def describe(self):
        return f"<{self.__class__.__name__} {self.name!r}>"


class Named(Mixin):
    def __init__(self, name):
        self.name = name


show(lambda: Named("n").describe())
x = Named("n")
x.__class__ = Empty
show(lambda: type(x).__name__)
