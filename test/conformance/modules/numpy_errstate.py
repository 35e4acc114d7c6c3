"""Settings for floating-point errors, none of which raises."""
import numpy as np

print(np.geterr())
with np.errstate(divide="ignore", invalid="ignore"):
    print(np.array([1.0, 0.0]) / 0, np.geterr()["divide"])
print(np.geterr()["divide"], np.seterr(all="ignore"), np.geterr())
print(np.seterr(divide="warn", over="ignore"), np.seterr(**np.geterr()))
try:
    np.seterr(divide="quiet")
except ValueError as error:
    print(type(error).__name__)
try:
    with np.errstate(all="ignore"):
        raise KeyError("k")
except KeyError as error:
    print(error, np.geterr()["invalid"])
