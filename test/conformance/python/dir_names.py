import dataclasses


class Plain:
    """A class."""

    kind = 1

    def __init__(self):
        self.value = 2

    def double(self):
        return 2 * self.value


class Below(Plain):
    extra = 3


class Slotted:
    __slots__ = ('a', 'b')


@dataclasses.dataclass
class Record:
    a: int = 1
    b: str = ''


class Listed:
    def __dir__(self):
        return ['b', 'a']


for one in (Plain(), Plain, Below(), Below, Slotted(), Slotted, Record(), Record, object, object(), Listed()):
    print(dir(one))
print([name for name in dir(Below()) if not name.startswith('_')])
