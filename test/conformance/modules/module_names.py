# Modules within modules, and edges of histograms as they were given.
import collections.abc

import numpy as np

print(collections.abc.Sequence, isinstance([], collections.abc.Iterable))
import collections
from collections import abc

print(collections.abc.Mapping is abc.Mapping)
print(np.histogram([1, 2, 4], bins=[0, 2, 5]), repr(np.count_nonzero(np.arange(3), axis=0)), repr(np.tensordot([1, 2], [3, 4], 1)))
for flip in (np.fliplr, np.flipud):
    try:
        print(flip(np.array([1, 2])))
    except ValueError as error:
        print(error)
