"""Scalars and arrays of numpy's beside Python's own sequences and texts."""
import operator

import numpy as np


def told(what):
    try:
        result = what()
        print(type(result).__name__, result)
    except Exception as error:
        print(type(error).__name__, error)


# texts and numbers have no sum
told(lambda: np.array([1, 2]) + 'a')
told(lambda: 'a' + np.array([1, 2]))
told(lambda: np.float64(1.5) + 'a')
told(lambda: 'a' + np.float64(1.5))
told(lambda: np.array(['a']) + 1)
told(lambda: np.array(['a', 'b']) + 'c')

# scalars are not iterable
told(lambda: list(np.float64(1)))
told(lambda: [*np.int64(1)])
told(lambda: iter(np.int64(1)))
told(lambda: np.float64(1)[0])
told(lambda: dict(np.float64(1)))
print(hasattr(np.float64(1), '__iter__'))

# sequences are repeated by whole numbers
for scalar in (np.int64(2), np.uint8(2), np.bool_(True), np.float64(2), np.array(2), np.array([2])):
    told(lambda: [1] * scalar)
    told(lambda: scalar * [1])
    told(lambda: 'a' * scalar if scalar.ndim == 0 and isinstance(scalar, np.generic) else None)
    told(lambda: scalar + [1])
    told(lambda: [1] + scalar)


def added(start, more):
    start += more
    return start


def multiplied(start, factor):
    start *= factor
    return start


# an operand with operators of its own comes before what a list does in place
told(lambda: added([1], np.array([2, 3])))
told(lambda: added([1], np.int64(2)))
told(lambda: multiplied([1, 2], np.array([2, 3])))
told(lambda: multiplied([1, 2], np.int64(2)))
told(lambda: added([1], (2, 3)))
told(lambda: added('a', np.float64(1)))


class Joined:
    def __radd__(self, other):
        return 'joined'

    def __rmul__(self, other):
        return 'times'

    def __iter__(self):
        return iter([7])


told(lambda: added([1], Joined()))
told(lambda: multiplied([1], Joined()))

# a bool of numpy's is formatted and indexes as Python's
for spec in ('', 'd', '.2f', '>6', 's', ',', '%'):
    told(lambda: format(np.bool_(True), spec))
told(lambda: [10, 20][np.bool_(True)])
told(lambda: operator.index(np.bool_(False)))
told(lambda: round(np.bool_(True)))

# messages name the classes as numpy does
told(lambda: np.array([1])())
told(lambda: {np.array([1])})
told(lambda: len(np.float64(1)))
told(lambda: np.float64(1).magnitude)
told(lambda: [1][np.float64(0)])
told(lambda: ''.join([np.int64(1)]))
