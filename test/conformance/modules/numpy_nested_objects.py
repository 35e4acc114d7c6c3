# Arrays and lists as items of arrays of objects.
import numpy as np


def attempt(body):
    try:
        print(repr(body()))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


def holding(value, shape=2, key=0):
    made = np.empty(shape, dtype=object)
    made[key] = value
    return made


given = np.array([1.5, 2])
for value in (given, [1, 2], np.array(5), np.array([5]), (1, 2), np.float64(2.5)):
    attempt(lambda: holding(value))
    attempt(lambda: type(holding(value)[0]))
attempt(lambda: holding([1, 2], (2, 2)))
attempt(lambda: holding(given, (2, 2), (0, 1)))
for key in (slice(0, 2), [0, 2], slice(0, 1), slice(None)):
    attempt(lambda: holding(given, 3, key))

rows = holding(given)
rows[1] = np.array([3, 4, 5])
given[0] = 9
print(rows, repr(rows), rows[0] is given, rows.copy()[0] is given, rows[::-1][1] is given, rows.shape)
print(repr(rows + 1), repr(rows * rows), [len(row) for row in rows], rows.tolist(), np.concatenate(list(rows)))
print([float(np.mean(row)) for row in rows], repr(np.vstack([rows, rows])))
for value in ([1, 2], np.array([1, 2]), (1,), np.array([1])):
    one = holding(value, 1)
    for wanted in (str, float, int, bool, "U5"):
        attempt(lambda: one.astype(wanted))
