"""Members of classes and functions that are there without being set, or go by being deleted."""


class Plain:
    pass


class Typed[T]:
    pass


class Derived(Typed[int]):
    pass


print(Plain.__type_params__, Typed.__type_params__, Derived.__type_params__, int.__type_params__)

type Number = int | float
type Text = str
print(Number | None, Number | Text, None | Number, list[Number] | Text)


def given(a, b=1):
    "what it does"
    return a, b


del given.__doc__
del given.__defaults__
print(given.__doc__, given.__defaults__)
try:
    given(1)
except TypeError as fault:
    print(fault)
for name in ("__name__", "__qualname__", "__type_params__"):
    try:
        delattr(given, name)
    except TypeError as fault:
        print(fault)


class Failing:
    def __set_name__(self, owner, name):
        raise ValueError(name)


try:

    class Holder:
        part = Failing()

except ValueError as fault:
    print(fault, fault.__notes__)


class Same:
    def __eq__(self, other):
        return True


print(range(10).count(Same()), range(10).count(3.0), range(10).count("a"), range(3).count(5))
print("abbbc".rsplit("bb"), b"abbbc".rsplit(b"bb"), "abbbc".split("bb"), "aaaaa".rsplit("aa"), "aaa".rsplit("aa", 1))
