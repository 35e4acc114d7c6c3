def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, "|", error)


class V:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        if not isinstance(other, V):
            return NotImplemented
        return self.n == other.n

    def __lt__(self, other):
        if not isinstance(other, V):
            return NotImplemented
        return self.n < other.n

    def __repr__(self):
        return f"V{self.n}"


class Sub(V):
    def __eq__(self, other):
        print("sub first")
        return super().__eq__(other)

    def __gt__(self, other):
        print("reflected")
        return True


class Hashed(V):
    def __hash__(self):
        return hash(self.n)


show(lambda: V(1) == V(1))
show(lambda: V(1) != V(1))
show(lambda: V(1) == 1)
show(lambda: 1 == V(1))
show(lambda: V(1) < V(2))
show(lambda: V(1) > V(2))
show(lambda: V(1) <= V(2))
show(lambda: V(1) < 2)
show(lambda: 2 > V(1))
show(lambda: V(1) == Sub(1))
show(lambda: V(1) < Sub(1))
show(lambda: sorted([V(3), V(1), V(2)]))
show(lambda: max([V(3), V(1)]))
show(lambda: hash(V(1)))
show(lambda: {V(1): 1})
show(lambda: {Hashed(1): "a"}[Hashed(1)])
show(lambda: Hashed(1) in {Hashed(1)})
show(lambda: {1: "int"}.get(Hashed(1)))
show(lambda: V(1) in [V(1)])
show(lambda: [V(1), V(2)].index(V(2)))
show(lambda: [V(1)] == [V(1)])
show(lambda: (1, V(2)) < (1, V(3)))
show(lambda: [1] < ["a"])
show(lambda: [] < ())
show(lambda: None < 1)
show(lambda: 1 < "a")
show(lambda: {} < {})
show(lambda: {1, 2} < {1, 2, 3})
show(lambda: object() < object())
show(lambda: 1 == 1.0 == True)
show(lambda: 2**53 + 1 == float(2**53))
show(lambda: 2**53 + 1 > float(2**53))
show(lambda: 10**400 > 1e308)
show(lambda: 10**400 == float("inf"))
show(lambda: float("nan") == float("nan"))
show(lambda: 1 < 2 < 3 > 2)
show(lambda: "a" < "b" <= "b" != "c")
show(lambda: "\U0001f600" > "\uffff")
show(lambda: "Z" < "a")
show(lambda: 1 is 1)
show(lambda: None is None)
show(lambda: [] is [])
show(lambda: 1 in 5)
show(lambda: 1 in "a")
show(lambda: "" in "a")
show(lambda: 3 in range(5))
show(lambda: 3.0 in range(5))


class NoBool:
    def __eq__(self, other):
        return "yes"


show(lambda: NoBool() == 1)
show(lambda: [NoBool()] == [1])


class BadHash:
    def __hash__(self):
        return "a"


show(lambda: hash(BadHash()))
show(lambda: hash([]))
show(lambda: {[]: 1})
show(lambda: {(1, []): 1})
show(lambda: hash(1) == hash(1.0) == hash(True))
show(lambda: hash(2**61))
show(lambda: hash(0.5))
show(lambda: hash(-1))
show(lambda: hash((1, 2)) == hash((1.0, 2.0)))
show(lambda: not [])
show(lambda: not [0])


class Iterable:
    def __iter__(self):
        return iter([1, 2, 3])


show(lambda: 2 in Iterable())


class Contains:
    def __contains__(self, item):
        return item == "x"


show(lambda: ("x" in Contains(), "y" in Contains()))


class NotContainer:
    __contains__ = None


show(lambda: 1 in NotContainer())


class Every:
    def __ge__(self, other):
        return "ge"

    def __le__(self, other):
        return "le"


show(lambda: Every() >= 1)
show(lambda: 1 >= Every())
show(lambda: Every() < 1)
