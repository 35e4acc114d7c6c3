"""Arguments that functions and classes of the library refuse."""
import re
import types

import numpy as np
import pint

u = pint.UnitRegistry()
length = 3 * u.meter
rng = np.random.default_rng(1)
np.random.seed(1)

for make in (
    lambda: np.signedinteger(),
    lambda: re.Match(),
    lambda: re.Pattern(),
    lambda: types.UnionType(),
    lambda: np.ufunc(),
    lambda: type(iter([]))(),
    lambda: type(len)(),
    lambda: type((i for i in []))(),
    lambda: np.linalg.multi_dot([np.eye(2)]),
    lambda: np.result_type(),
    lambda: np.tensordot(1, 2, [1]),
    lambda: np.piecewise(np.arange(2.0), [np.array([True, False])], [1, 2, 3, 4]),
    lambda: rng.normal(None),
    lambda: rng.normal(0, None),
    lambda: rng.f(True, None),
    lambda: rng.uniform(None, 1),
    lambda: rng.exponential(None),
    lambda: np.random.normal(None, 1),
    lambda: type(length).from_list([1, 2], 'm'),
    lambda: getattr(length, 1.5),
    lambda: getattr(u, 1.5),
):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)
print(type(None)(), type(...)(), type(NotImplemented)() is NotImplemented, object().__class__.__name__)
