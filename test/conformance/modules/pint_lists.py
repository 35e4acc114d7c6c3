# What numpy makes of lists of quantities without dimension.
import numpy as np, pint
u = pint.UnitRegistry()
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except Exception as e: print(type(e).__name__, e)
for q in (2 * u.dimensionless, 2.5 * u.dimensionless, 3 * u.m / u.cm, 3 * u.percent, 2 * u.radian):
    t(np.array, [q, q]); t(np.sum, [q, q]); t(np.mean, [q]); t(np.array, [q, 1]); t(np.array, [q], dtype=float)
t(np.array, [2 * u.m, 4 * u.m]); t(np.asarray, [2 * u.dimensionless])
