"""Texts of arrays end before the characters that fill their room, and a dtype is of a class of its own."""
import numpy as np

name = np.str_("ab\0\0")
print(repr(name), len(name), name == "ab", repr(str(name)), repr(f"{name:>6}"), repr("%s" % name), repr(name.upper()))
names = np.array(["a\0b\0", "xyz"])
print(repr(names), len(names[0]), "is %s" % names[1], "{}".format(names[1]), names[1] % ())
names[1] = "q\0"
print(repr(names[1]), repr(np.array(["c\0"], dtype=object)))

kind = type(np.dtype("float64"))
print(kind, kind.__name__, kind is type(np.ones(2).dtype), kind is np.dtype, isinstance(np.dtype(int), np.dtype))
print([type(np.dtype(code)).__name__ for code in "?bhilBHILefdDOU"], [cls.__name__ for cls in kind.__mro__])
for broken in (lambda: np.dtype(int) + 1, lambda: np.dtype(int).missing, lambda: np.zeros(2).fill([1])):
    try:
        print(broken())
    except Exception as error:
        print(type(error).__name__, error)
