import numpy as np


def show(*args, **keywords):
    try:
        print(np.pad(*args, **keywords).tolist())
    except Exception as error:
        print(type(error).__name__, error)


for mode in ("constant", "edge", "reflect", "symmetric", "wrap"):
    for length in range(4):
        show(np.arange(length), (4, 7), mode=mode)
    show(np.arange(6).reshape(2, 3), ((1, 2), (0, 3)), mode=mode)
for mode in ("constructor", "foo", 3, None):
    show([1, 2], 1, mode=mode)
show([1, 2], 1, "constructor", foo=1)
show([1, 2], 1, foo=1)
show([1, 2], 1, mode="edge", constant_values=1)
show([1, 2], 1, stat_length=1)
show([1, 2], 1, mode="reflect", reflect_type="even")
show(np.arange(3), 2, constant_values=7)
show(np.arange(3), 2, constant_values=(1, 2))
show(np.arange(4.0).reshape(2, 2), 1, constant_values=((1, 2), (3, 4)))
show(np.arange(3), (1, -1))
show(np.arange(3), 1.5)
show([], 1, mode="edge")
show([], 1)
show(["a", "b"], 1, mode="edge")
