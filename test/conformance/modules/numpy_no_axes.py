# Reductions along an axis of arrays without any, which take the first and the last one all the same.
import numpy as np


def show(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


for function in (np.sum, np.prod, np.max, np.min, np.any, np.all, np.cumsum, np.ptp, np.squeeze, np.flip, np.std, np.mean, np.median, np.nansum):
    for options in ({}, {'axis': 0}, {'axis': -1}, {'axis': 1}):
        print(function.__name__, options, end=' ')
        show(lambda: function(np.array(5), **options))
show(lambda: np.array(5).sum(axis=0))
show(lambda: np.float64(5).sum(axis=0))
show(lambda: np.array(5).sum(axis=0, keepdims=True))
show(lambda: np.array(5).argmax(axis=0))
