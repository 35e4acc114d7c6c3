def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, "|", error)


class Plain:
    kind = "plain"

    def method(self):
        return self.kind


class Described:
    @property
    def only(self):
        return 1

    @property
    def both(self):
        return self._both

    @both.setter
    def both(self, value):
        self._both = value * 2

    @both.deleter
    def both(self):
        del self._both

    @staticmethod
    def free(x):
        return x + 1

    @classmethod
    def named(cls):
        return cls.__name__


class Slotted:
    __slots__ = ("a", "b")


class Fallback:
    known = 1

    def __getattr__(self, name):
        if name.startswith("x"):
            return name.upper()
        raise AttributeError(f"nothing called {name}")


class Intercepted:
    value = 5

    def __getattribute__(self, name):
        if name == "secret":
            raise AttributeError(name)
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value + 1)

    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)


class Typed:
    def __set_name__(self, owner, name):
        self.name = "_" + name
        print("named", owner.__name__, name)

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return getattr(obj, self.name, None)

    def __set__(self, obj, value):
        if not isinstance(value, int):
            raise TypeError("int wanted")
        setattr(obj, self.name, value)


class Holder:
    x = Typed()


p = Plain()
show(lambda: p.kind)
show(lambda: p.method())
show(lambda: Plain.method(p))
show(lambda: p.missing)
show(lambda: Plain.missing)
p.kind = "own"
show(lambda: (p.kind, Plain.kind, p.method()))
del p.kind
show(lambda: p.kind)


def set_attr(obj, name, value):
    setattr(obj, name, value)
    return getattr(obj, name)


d = Described()
show(lambda: d.only)
show(lambda: set_attr(d, "only", 2))
show(lambda: set_attr(d, "both", 21))
show(lambda: delattr(d, "only"))
show(lambda: delattr(d, "both"))
show(lambda: d.both)
show(lambda: Described.free(1))
show(lambda: d.free(2))
show(lambda: Described.named())
show(lambda: d.named())

s = Slotted()
show(lambda: s.a)
show(lambda: set_attr(s, "a", 1))
show(lambda: set_attr(s, "c", 1))
show(lambda: s.__dict__)
show(lambda: delattr(s, "b"))

f = Fallback()
show(lambda: f.known)
show(lambda: f.xyz)
show(lambda: f.abc)
show(lambda: hasattr(f, "abc"))
show(lambda: getattr(f, "abc", "default"))

i = Intercepted()
show(lambda: i.value)
show(lambda: i.secret)
show(lambda: set_attr(i, "value", 10))
show(lambda: delattr(i, "value"))
show(lambda: i.value)

h = Holder()
show(lambda: h.x)
show(lambda: set_attr(h, "x", 3))
show(lambda: set_attr(h, "x", "3"))
show(lambda: h.__dict__)

show(lambda: set_attr(1, "x", 3))
show(lambda: set_attr(1, "real", 3))
show(lambda: set_attr([], "append", 3))
show(lambda: set_attr(int, "x", 3))
show(lambda: delattr(Plain, "nothing"))
show(lambda: delattr(p, "nothing"))
show(lambda: None.x)
show(lambda: (1).x)
show(lambda: "a".x)
show(lambda: [].x)
show(lambda: (lambda: 1).x)
show(lambda: len.x)
show(lambda: int.x)
show(lambda: getattr(p, 1))
show(lambda: p.__class__.__name__)
show(lambda: p.__class__.__mro__)
show(lambda: p.__dict__)
p.__dict__["added"] = 7
show(lambda: p.added)
vars(p)["other"] = 8
show(lambda: (p.other, sorted(p.__dict__)))
show(lambda: Plain.__dict__["kind"])
show(lambda: p.method.__name__)
show(lambda: p.method.__self__ is p)
show(lambda: Plain.__qualname__)
show(lambda: Plain.__module__)
show(lambda: Plain.__doc__)
show(lambda: [n for n in dir(p) if not n.startswith("__")])
show(lambda: p.method == p.method)
show(lambda: p.method is p.method)


class WithDoc:
    """Says something."""

    def f(self):
        """Does something."""


show(lambda: WithDoc.__doc__)
show(lambda: WithDoc.f.__doc__)
show(lambda: WithDoc().f.__doc__)
show(lambda: WithDoc().__doc__)
show(lambda: WithDoc.__proto__)
show(lambda: WithDoc().constructor)
show(lambda: {}.__proto__)
show(lambda: "x".constructor)
show(lambda: hasattr([], "length"))
show(lambda: (1.5).toFixed)
