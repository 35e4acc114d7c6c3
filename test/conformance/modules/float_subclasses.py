"""`math` takes the number of a subclass of float itself; `float()` and NumPy ask its `__float__`."""
import cmath
import json
import math
import statistics
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import numpy as np


class Odd(float):
    def __float__(self):
        return 42.0


two, three = Odd(2.0), Odd(3.0)
print(math.sqrt(Odd(16.0)), math.pow(two, three), math.hypot(three, Odd(4.0)), math.fsum([two, three]), math.log2(Odd(8)))
print(math.isnan(two), math.copysign(two, Odd(-1)), math.fmod(three, two), math.ldexp(two, 3), math.modf(Odd(2.5)))
print(math.floor(Odd(2.5)), math.ceil(Odd(2.5)), round(Odd(2.5)), int(Odd(2.5)), f"{Odd(2.5):.2f}", "%.1f" % Odd(2.5))
print(cmath.sqrt(Odd(4)), statistics.fmean([two, three]), Fraction(Odd(2.5)), Decimal(Odd(2.5)), timedelta(days=two), json.dumps(two))
print(float(two), complex(two), np.float64(two), np.array([two]), np.add(two, 1))
for factor in (Odd(1.5), np.float64(1.5)):
    print(timedelta(hours=factor), timedelta(2) * factor, factor * timedelta(2), timedelta(3) / factor)
    print(datetime.fromtimestamp(factor, timezone.utc))
