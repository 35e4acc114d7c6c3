from inspect import getfullargspec


def whole(a, /, b: int = 2, *rest, c=1, d, **others: str) -> float: ...


class Kind:
    def method(self, x, y=1.5): ...


for one in (whole, Kind.method, Kind().method, lambda: 0):
    print(getfullargspec(one))
print(getfullargspec(whole).args[1], getfullargspec(whole).kwonlydefaults)
try:
    getfullargspec(3)
except TypeError as error:
    print(error)
