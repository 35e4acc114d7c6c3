# Arrays that are copied so that their items lie one behind the other, and such as need not be.
import numpy as np

turned = np.arange(6).reshape(2, 3).T
for make in (np.ascontiguousarray, lambda a: np.asarray(a, order="C"), lambda a: np.asanyarray(a, order="C")):
    laid = make(turned)
    laid[0, 0] = 9
    print(turned.tolist(), laid.tolist())

steps = np.arange(8)[::2]
laid = np.ascontiguousarray(steps)
laid[0] = 3
print(steps, laid)

plain = np.arange(4)
same = np.ascontiguousarray(plain)
same[0] = 7
print(plain, np.asarray(plain, order="C") is plain)
print(np.ascontiguousarray(3.5), np.ascontiguousarray([1, 2], dtype=float))
