# numpy's functions keep the type of narrow floats and of weights.
import numpy as np
for d in ('f2', 'f4', 'f8', 'i4', 'u1', '?'):
    a = np.array([1, 0, 1, 1], dtype=d) if d == '?' else np.array([1, 2, 7, 4], dtype=d)
    for f in (np.median, np.mean, np.std, np.var, np.sum, np.prod, np.max, np.ptp, np.cumsum, np.average, np.nanmean, np.nanmedian, np.nansum, np.diff, np.sqrt, np.abs, np.sort, np.unique, np.argmax):
        try: r = f(a); print(d, f.__name__, repr(r))
        except Exception as e: print(d, f.__name__, type(e).__name__)
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except Exception as e: print(type(e).__name__, e)
t(np.percentile, np.array([1, 2, 7], dtype=np.float32), 40, method='lower')
t(np.histogram, [1., 2, 5], weights=[1, 2, 3], bins=2); t(np.histogram, [1., 2, 5], weights=[1., 2, 3], bins=2)
t(np.gradient, np.ones((3, 3)), [1., 2, 3]); t(np.gradient, [1., 2, 4], [1., 2]); t(np.gradient, np.ones((2, 2)), 2.); t(np.gradient, [1., 4, 9], [1., 2, 4])
