"""Where names, attributes and special methods are looked up: rules with few users and exact answers."""
import abc


def show(label, compute):
    try:
        print(label, compute())
    except Exception as error:
        print(label, type(error).__name__, error)


# A name that a class body binds passes by the functions around it.
x = 'global'


def outer():
    x = 'outer'

    class Binds:
        before = x
        x = 'class'
        after = x

        def method(self):
            return x

    class Reads:
        seen = x

    return Binds.before, Binds.after, Binds().method(), Reads.seen


print(outer())


# An integer hash of any size is taken modulo the word.
class Hashed:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return self.value


for value in (5, -1, -2, 2**61 - 1, 2**63 - 1, 2**63, 2**70 + 5, -2**64, -2**63):
    print(value, hash(Hashed(value)))
print(hash(slice(1, 2, 3)), hash(slice(None, 5)) == hash(slice(None, 5)), hash(slice(1, 5, 2)))


# An abstract class may decide by itself who belongs to it.
class Walks(abc.ABC):
    @classmethod
    def __subclasshook__(cls, other):
        if cls is Walks:
            return any('walk' in base.__dict__ for base in other.__mro__)
        return NotImplemented


class Dog:
    def walk(self):
        pass


class Stone:
    pass


class Runs(Walks):
    pass


print(isinstance(Dog(), Walks), isinstance(Stone(), Walks), issubclass(Dog, Walks), issubclass(Runs, Walks))
print(isinstance(Dog(), Runs), isinstance(Runs(), Runs), object.__subclasshook__(int))


class Never(abc.ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return False


class Child(Never):
    pass


print(issubclass(Child, Never), issubclass(Never, Never))


# Messages about what is missing.
class Plain:
    shared = 1

    def __getitem__(self, index):
        if index > 2:
            raise IndexError
        return index


def delete(target, name):
    delattr(target, name)


def remove(target, key):
    del target[key]


show('delete a class attribute', lambda: delete(Plain(), 'shared'))
show('delete of a list', lambda: delete([], 'append'))
show('item by number', lambda: remove(Plain(), 0))
show('item by name', lambda: remove(Plain(), 'a'))
show('item of a tuple', lambda: remove((1,), 0))
show('item of an int', lambda: remove(5, 0))
show('reversed', lambda: reversed(Plain()))
show('slots', lambda: type('S', (), {'__slots__': ('1x',)}))

# Keywords where none are taken: functions by name, methods with their class, slots as wrappers.
show('len', lambda: len(obj=[]))
show('append', lambda: [].append(object=1))
show('upper', lambda: 'a'.upper(x=1))
show('wrapper', lambda: (5).__add__(value=1))
show('wrapper', lambda: (5).__add__(1, 2, value=1))
show('bit_length', lambda: (5).bit_length(1, x=1))
show('fromkeys', lambda: dict.fromkeys(iterable=[]))

# Encodings are text, bytes come from any iterable of small integers.
show('encode', lambda: 'a'.encode(None))
show('decode', lambda: b'a'.decode(5))
show('from_bytes', lambda: [int.from_bytes(v) for v in ([1], (1, 2), range(3), {1: 2}, bytearray(b'a'))])
show('from_bytes', lambda: int.from_bytes('ab'))
show('from_bytes', lambda: int.from_bytes(5))
show('from_bytes', lambda: int.from_bytes([1], None))
show('from_bytes', lambda: int.from_bytes([1], 'middle'))
show('sum', lambda: sum([b'a'], b''))
show('sum', lambda: sum([bytearray(b'a')], bytearray()))

numbers = {1, 2, 3}
show('intersection_update', lambda: numbers.intersection_update([1, 2], 5))
print(numbers, numbers.intersection_update([1, 2], [2]), numbers)
