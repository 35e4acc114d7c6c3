"""numpy's warnings pass the filters: once per line, module by module, as errors, under errstate."""
import warnings

import numpy as np

a = np.array([1.0])


def texts(log):
    print([str(warning.message) for warning in log])


def half(x):
    return x / 0


def both(x):
    y = x / 0
    return y + np.log(x * 0)


with warnings.catch_warnings(record=True) as log:
    half(a)
    half(a)
    for _ in range(3):
        both(a)
    a / 0; a / 0
    a / 0
    sum(v / 0 for v in [np.float64(1), np.float64(2)])
    [v / 0 for v in [np.float64(1), np.float64(2)]]
    texts(log)

with warnings.catch_warnings(record=True) as log:
    for _ in range(2):
        np.mean([])
        np.array([]).mean()
    np.mean([])
    np.array([]).mean()
    np.var([])
    np.std([])
    np.std([])
    texts(log)

with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("once")
    a / 0
    a / 0
    np.mean([])
    np.mean([])
    texts(log)

with warnings.catch_warnings(record=True) as log:
    warnings.filterwarnings("always", module="numpy")
    np.mean([]), np.mean([])
    np.array([]).mean(), np.array([]).mean()
    texts(log)

with warnings.catch_warnings(record=True) as log:
    warnings.filterwarnings("ignore", "divide by zero")
    a / 0
    np.log(-a)
    texts(log)

with warnings.catch_warnings():
    warnings.simplefilter("error")
    for compute in (lambda: a / 0, lambda: np.mean([]), lambda: np.array([1j]).astype(float)):
        try:
            compute()
        except RuntimeWarning as error:
            print(type(error).__name__, error)

with np.errstate(divide="raise", over="raise", invalid="raise"):
    for compute in (lambda: a / 0, lambda: np.float64(1) / 0, lambda: np.log(-a), lambda: np.sum([1e308, 1e308])):
        try:
            compute()
        except FloatingPointError as error:
            print(error)

with warnings.catch_warnings(record=True) as log, np.errstate(all="ignore"):
    a / 0, np.log(-a), np.exp(a * 1000), np.float64(1) / 0, np.int64(1) // 0
    np.seterr(divide="warn")
    a / 0
    texts(log)

with warnings.catch_warnings(record=True) as log, np.errstate(divide="ignore"):
    a / 0, np.log(a * 0), np.log(-a)
    texts(log)
