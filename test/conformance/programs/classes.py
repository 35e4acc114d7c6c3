# Classes: inheritance, descriptors, special methods.
class Base:
    """A base."""

    kind = "base"
    count = 0

    def __init__(self, name):
        self.name = name
        Base.count += 1

    def describe(self):
        return f"{type(self).__name__}({self.name}, {self.kind})"

    @property
    def upper(self):
        return self.name.upper()

    @upper.setter
    def upper(self, value):
        self.name = value.lower()

    @upper.deleter
    def upper(self):
        self.name = "deleted"

    @classmethod
    def make(cls, *args):
        return cls(*args)

    @staticmethod
    def helper(a, b=2):
        return a * b

    def __repr__(self):
        return f"<{self.name}>"


class Derived(Base):
    kind = "derived"

    def __init__(self, name, extra):
        super().__init__(name)
        self.extra = extra

    def describe(self):
        return super().describe() + f"+{self.extra}"


b = Base("one")
d = Derived("two", 3)
print(b.describe(), d.describe(), Base.count, Derived.count)
print(b.upper, Base.helper(3), d.helper(3, 4), Derived.make("x", 1), Base.make("y"))
b.upper = "NEW"
print(b.name, b)
del b.upper
print(b.name)
try:
    d.extra2
except AttributeError as error:
    print(error)
try:
    Base.nothing
except AttributeError as error:
    print(error)
print(isinstance(d, Base), issubclass(Derived, Base), isinstance(b, Derived), type(d) is Derived)
print(Derived.__mro__, Derived.__bases__, Derived.__name__, Base.__doc__)
print([k for k in Base.__dict__ if not k.startswith("__")])


class Mixin:
    def describe(self):
        return "mixed " + super().describe()


class Both(Mixin, Derived):
    pass


print(Both("m", 1).describe(), [c.__name__ for c in Both.mro()])


class A:
    def go(self):
        return ["A"]


class B(A):
    def go(self):
        return ["B"] + super().go()


class C(A):
    def go(self):
        return ["C"] + super().go()


class D(B, C):
    def go(self):
        return ["D"] + super().go()


print(D().go())
try:

    class X(A, B):
        pass

except TypeError as error:
    print(error)


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __radd__(self, other):
        return self if other == 0 else NotImplemented

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __abs__(self):
        return (self.x**2 + self.y**2) ** 0.5

    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __lt__(self, other):
        return abs(self) < abs(other)

    def __bool__(self):
        return bool(self.x or self.y)

    def __iter__(self):
        yield self.x
        yield self.y

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return (self.x, self.y)[i]

    def __contains__(self, v):
        return v in (self.x, self.y)

    def __call__(self, k):
        return self * k

    def __format__(self, spec):
        return f"({self.x:{spec}}, {self.y:{spec}})"

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y

    def __iadd__(self, other):
        self.x += other.x
        return self

    def __float__(self):
        return float(abs(self))

    def __int__(self):
        return int(abs(self))

    def __index__(self):
        return 7

    def __round__(self, n=None):
        return Vector(round(self.x, n), round(self.y, n))

    def __reversed__(self):
        return iter([self.y, self.x])


v, w = Vector(3, 4), Vector(1, 2)
print(v + w, v * 2, 2 * v, -v, abs(v), v == Vector(3, 4), v != w, w < v, v > w, bool(Vector(0, 0)))
print(list(v), len(v), v[0], v[-1], 4 in v, v(3), f"{v:.1f}", f"{v!r:>15}", v @ w, sum([v, w]))
print({v: 1}[Vector(3, 4)], float(v), int(v), [0] * 3 if w else 0, round(Vector(1.234, 5.678), 1), list(reversed(v)))
v += w
print(v, "abcdefghij"[v], max(v, w), sorted([v, w]), tuple(v), *w)
try:
    v + 1
except TypeError as error:
    print(error)
try:
    v <= w
except TypeError as error:
    print(error)
try:
    v.z = 1
except AttributeError as error:
    print(error)


class Lookup:
    def __getattr__(self, name):
        if name.startswith("x"):
            return name * 2
        raise AttributeError(f"no {name}")

    def __setattr__(self, name, value):
        super().__setattr__(name, value * 10)

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)

    def __getitem__(self, key):
        return key


k = Lookup()
print(k.xy)
k.a = 5
print(k.a)
k["q"] = 1
del k["q"]
print(k[1:2], k[1, 2], k[::3], k[..., 1])
try:
    k.zz
except AttributeError as error:
    print(error)


class Typed:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, cls=None):
        return self if obj is None else obj.__dict__.get(self.name, "unset")

    def __set__(self, obj, value):
        if not isinstance(value, int):
            raise TypeError(f"{self.name} must be int")
        obj.__dict__[self.name] = value


class Holder:
    size = Typed()


h = Holder()
print(h.size)
h.size = 3
print(h.size, h.__dict__)
try:
    h.size = "x"
except TypeError as error:
    print(error)


class Registered:
    known = []

    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.tag = tag
        Registered.known.append(cls.__name__)


class First(Registered, tag="t1"):
    pass


class Second(Registered):
    pass


print(Registered.known, First.tag, Second.tag)


class Singleton:
    instance = None

    def __new__(cls, *args):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self, value):
        self.value = value


print(Singleton(1) is Singleton(2), Singleton(3).value)
Made = type("Made", (Base,), {"kind": "made", "twice": lambda self: self.name * 2})
print(Made("q").describe(), Made("ab").twice())


def deco(cls):
    cls.decorated = True
    return cls


@deco
class Decorated:
    a: int = 1
    b: "str"


print(Decorated.decorated, Decorated.__annotations__)
o = object()
print(o == o, o != object(), hash(o) == hash(o))
print(getattr(d, "missing", "fallback"), hasattr(d, "name"), hasattr(d, "nope"))
setattr(d, "dynamic", 9)
print(d.dynamic, vars(d))
delattr(d, "dynamic")
print(hasattr(d, "dynamic"))
method = d.describe
print(method(), Base.describe(d))


class Meta:
    x: int
    y: int = 2

    if y > 1:
        z = y * 2
    for n in range(2):
        w = n
    del n


print(Meta.z, Meta.w, hasattr(Meta, "n"))
try:
    Vector(1)
except TypeError as error:
    print(error)
try:
    Base.describe()
except TypeError as error:
    print(error)
try:
    object(1)
except TypeError as error:
    print(error)


class Empty:
    pass


try:
    Empty(1)
except TypeError as error:
    print(error)
try:
    len(Empty())
except TypeError as error:
    print(error)
try:
    Empty()[0]
except TypeError as error:
    print(error)
try:
    for _ in Empty():
        pass
except TypeError as error:
    print(error)
try:
    with Empty():
        pass
except TypeError as error:
    print(error)
