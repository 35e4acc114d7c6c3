# In which order the items of an array lie in memory: what shares them, and the last digit of their sum.
import copy

import numpy as np

by_columns = np.array([[1, 2, 3], [4, 5, 6]], order="F")
by_rows = np.ascontiguousarray(by_columns)
by_rows[0, 0] = 77
print(by_columns.tolist(), by_rows.tolist(), by_rows is by_columns, by_columns.base)
print(np.asarray(by_columns, order="F") is by_columns, np.asarray(by_columns, order="C") is by_columns)
same = np.ascontiguousarray(by_rows)
same[0, 0] = 1
print(by_rows[0, 0], same is by_rows)
empty = np.zeros((2, 3), order="F")
flat = np.zeros_like(empty).ravel()
flat[0] = 4
row = empty.ravel()
row[0] = 4
column = empty.T.ravel()
column[1] = 5
print(empty.tolist(), np.full((2, 2), 3.0, order="F").ravel().tolist())
unset = np.empty((2, 2), order="F")
unset[:] = [[1, 2], [3, 4]]
print(unset.tolist())

generator = np.random.default_rng(3)
table = generator.random((37, 53)) * 1000
turned = np.array(table.T)
print(table.sum(), np.array(table, order="F").sum(), turned.sum(), table.T.sum(), copy.copy(turned).sum())
print(np.array(table.T, order="C").sum(), table.T.copy().sum(), np.copy(table.T).sum())
print((table.T + 1).sum(), np.exp(-table.T / 1000).sum(), table.T.std(), table.T.std(axis=0)[:3], table.T.var(axis=1)[:3])
shifted = table.T + 1
shared = shifted.ravel()
shared[0] = -1
print(shifted[0, 0] > 0)

block = generator.random((17, 9, 20)) * 1000
print(block.sum(axis=(0, 2))[:3], block.sum(axis=(0, 1))[:3], block.sum(axis=(1, 2))[:3], block.sum(axis=0)[0, :3])
moved = block.transpose(1, 2, 0)
print(moved.sum(), moved.sum(axis=(1, 2))[:3], moved.sum(axis=(0, 2))[:3], moved.mean(axis=1)[0, :3])
print(np.array(moved).std(axis=(0, 1))[:3], np.asarray(moved, order="F").std(axis=(1, 2))[:3])

print(np.ascontiguousarray(5).tolist(), np.ascontiguousarray([1, 2]).tolist())
