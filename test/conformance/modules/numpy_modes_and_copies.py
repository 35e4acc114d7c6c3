"""Error modes that are set stay set, copies of arrays of objects are deep, and numbers of Python are scalars."""

import copy
import numbers
from fractions import Fraction

import numpy as np

before = np.seterr(all="print")
print(before, np.geterr())
print(np.int16(32000) * np.int16(3))
np.seterr(**before)

nested = np.array([1, "m", [2, 3, 4]], dtype=object)
deep = copy.deepcopy(nested)
deep[2][0] = 10
print(nested.tolist(), deep.tolist())
shallow = copy.copy(nested)
shallow[2][0] = 20
print(nested.tolist())


class Share(numbers.Number):
    pass


print(np.isscalar(Share()), np.isscalar(Fraction(1, 2)), np.isscalar([1]), np.isscalar(None), np.isscalar(b"x"))
