import collections

import numpy as np


class Readings:
    def __len__(self):
        return 3

    def __getitem__(self, index):
        if index >= 3:
            raise IndexError(index)
        return index * 2.5


class Shelf:
    def __len__(self):
        return 2

    def __iter__(self):
        return iter([5, 6, 7])

    def __getitem__(self, index):
        return index


class Lookup:
    def __len__(self):
        return 1

    def __getitem__(self, key):
        return {'a': 1}[key]


class Endless:
    def __iter__(self):
        return iter([1, 2])


class Rows(list):
    pass


window = collections.deque([1, 5, 2], maxlen=3)
print(np.mean(window), np.max(window), np.array(window), np.add(window, 1), np.ndim(window))
print(np.sum(collections.UserList([1, 2])), np.mean(Readings()), np.asarray(Readings()).dtype)
print(np.array([Readings(), Readings()]).tolist(), np.array(Shelf()), np.array([Shelf(), [1, 2, 3]]).tolist())
print(np.array([window, Rows([1, 2, 3]), (4, 5, 6)]).tolist())
print(np.array(Lookup()).shape, np.array(Endless()).shape, np.array({'a': 1}).shape, np.array({1, 2}).shape)
print(np.array({'a': 1}.values()).shape, np.array(collections.OrderedDict(a=1)).shape)
print(np.array(collections.namedtuple('P', 'x y')(1, 2)), np.array(range(3)))
