# Arrays of Python's own numbers, which integers beyond 64 bits make.
import numpy as np


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


mixed = np.array([114, 59955034264230858588084, 5, 591.4849, -425])
whole = np.array([2 ** 70, 2 ** 71])
for array in (mixed, whole):
    print(repr(array), array, array.dtype, array.sum(), array.min(), array.max(), repr(array.mean()), repr(array.std()), repr(np.var(array, ddof=1)))
    print(repr(array * 2.0), repr(-array), repr(array / 3), repr(np.floor(array)), repr(np.sign(array)), repr(np.reciprocal(array)), repr(array.astype(float)), repr(np.cumsum(array)))
    for body in (lambda: np.round(array, 2), lambda: array.round(), lambda: np.isnan(array), lambda: np.sqrt(array), lambda: np.polyfit(array, array, 1), lambda: array.astype(int)):
        attempt(body)
