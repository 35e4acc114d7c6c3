import numpy as np

print(repr(np.zeros(2, dtype="U5")), repr(np.zeros(2, dtype=str)), repr(np.ones(2, dtype="U3")))
print(repr(np.zeros_like(np.array(["ab", "c"]))), repr(np.full(2, "x", dtype="U3")))
for name in ["<i8", "=f4", "|b1", "=i4", "<f8", "|u1", "=U3", "<U2", "?"]:
    print(name, repr(np.zeros(2, dtype=name)), np.dtype(name))
print(np.array([1, 2]).astype("<f4").dtype == "<f4", np.array([1.0]).dtype == "=f8", np.array([1.0]).dtype == "<f4")
