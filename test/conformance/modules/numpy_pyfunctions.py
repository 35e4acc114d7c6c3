"""Functions of Python applied item by item."""
import numpy as np


def show(i, f):
    try:
        result = f()
    except Exception as error:
        print(i, "=>", type(error).__name__, error)
        return
    print(i, "=>", repr(result))


def loud(x):
    print("called with", repr(x))
    return x


def step(x):
    return 1 if x == 0 else 0.5


def pair(a, b):
    return a + b, a * b


def named(x):
    return "big" if x > 2 else "s"


show('np.vectorize(loud)([1, 2])', lambda: np.vectorize(loud)([1, 2]))
show('np.vectorize(loud)(np.array([1.5]))', lambda: np.vectorize(loud)(np.array([1.5])))
show('np.vectorize(step)([0, 1])', lambda: np.vectorize(step)([0, 1]))
show('np.vectorize(step)([1, 0])', lambda: np.vectorize(step)([1, 0]))
show('np.vectorize(step, otypes=[float])([0, 1])', lambda: np.vectorize(step, otypes=[float])([0, 1]))
show("np.vectorize(step, otypes='d')([0, 1])", lambda: np.vectorize(step, otypes='d')([0, 1]))
show('np.vectorize(pair)([1, 2], [3, 4])', lambda: np.vectorize(pair)([1, 2], [3, 4]))
show('np.vectorize(pair)([[1], [2]], [3, 4])', lambda: np.vectorize(pair)([[1], [2]], [3, 4]))
show('np.vectorize(named)([1, 2, 3])', lambda: np.vectorize(named)([1, 2, 3]))
show('np.vectorize(named)(3)', lambda: np.vectorize(named)(3))
show('np.vectorize(step)(0)', lambda: np.vectorize(step)(0))
show('np.vectorize(step)([])', lambda: np.vectorize(step)([]))
show('np.vectorize(step, otypes=[float])([])', lambda: np.vectorize(step, otypes=[float])([]))
show('np.vectorize(lambda x: x / 0.)(np.array([1.]))', lambda: np.vectorize(lambda x: x / 0.)(np.array([1.])))
show('np.vectorize(lambda a, b: a > b)([1, 5], 3)', lambda: np.vectorize(lambda a, b: a > b)([1, 5], 3))
show('np.vectorize(lambda a, b=2: a ** b)([1, 2, 3])', lambda: np.vectorize(lambda a, b=2: a ** b)([1, 2, 3]))
show('np.vectorize(lambda a, b=2: a ** b)([1, 2, 3], 3)', lambda: np.vectorize(lambda a, b=2: a ** b)([1, 2, 3], 3))
show('np.vectorize(lambda x: None)([1])', lambda: np.vectorize(lambda x: None)([1]))
show('np.vectorize(str)([1, 22])', lambda: np.vectorize(str)([1, 22]))
show('np.vectorize(type)([1, 2])', lambda: np.vectorize(type)([1, 2]))
show('np.vectorize(lambda a, b: a)([1, 2], [1, 2, 3])', lambda: np.vectorize(lambda a, b: a)([1, 2], [1, 2, 3]))
show('np.frompyfunc(step, 1, 1)([0, 1])', lambda: np.frompyfunc(step, 1, 1)([0, 1]))
show('np.frompyfunc(step, 1, 1)(0)', lambda: np.frompyfunc(step, 1, 1)(0))
show('np.frompyfunc(pair, 2, 2)([1, 2], 10)', lambda: np.frompyfunc(pair, 2, 2)([1, 2], 10))
show('np.frompyfunc(pair, 2, 2)(1, 10)', lambda: np.frompyfunc(pair, 2, 2)(1, 10))
show('np.frompyfunc(loud, 1, 1)(np.array([1.5, 2]))', lambda: np.frompyfunc(loud, 1, 1)(np.array([1.5, 2])))
show('np.frompyfunc(named, 1, 1)(np.array([[1, 3], [5, 0]]))', lambda: np.frompyfunc(named, 1, 1)(np.array([[1, 3], [5, 0]])))
show('np.frompyfunc(step, 1, 1)', lambda: np.frompyfunc(step, 1, 1))
show('np.frompyfunc(step, 1, 1).nin', lambda: np.frompyfunc(step, 1, 1).nin)
show('np.frompyfunc(pair, 2, 2).nout', lambda: np.frompyfunc(pair, 2, 2).nout)
show('np.frompyfunc(pair, 2, 2)(1)', lambda: np.frompyfunc(pair, 2, 2)(1))
show('np.frompyfunc(step, 1, 1).__name__', lambda: np.frompyfunc(step, 1, 1).__name__)
show("np.frompyfunc(lambda a, b: a + b, 2, 1)(['a', 'b'], 'c')", lambda: np.frompyfunc(lambda a, b: a + b, 2, 1)(['a', 'b'], 'c'))
show('isinstance(np.frompyfunc(step, 1, 1), np.ufunc)', lambda: isinstance(np.frompyfunc(step, 1, 1), np.ufunc))
show('np.frompyfunc(step, 1, 1)([])', lambda: np.frompyfunc(step, 1, 1)([]))
