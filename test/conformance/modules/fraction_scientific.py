import math
from fractions import Fraction as F
nan = float("nan")
vals = (nan, -nan, 1.0)
for s in (None, 0, 1, 3):
    for a in vals:
        for b in vals:
            r = math.nextafter(a, b) if s is None else math.nextafter(a, b, steps=s)
            print(r, math.copysign(1, r), end="; ")
    print()
print(math.copysign(1, -nan), math.copysign(nan, -1), math.copysign(1, math.copysign(nan, -1)), math.copysign(1, -(-nan)), math.copysign(1, abs(-nan)), -nan, f"{-nan} {-nan:+.2f}", math.copysign(1, float("-nan")))
for v in (F(999999999, 10000000), F(100), F(9999999, 10), F(1, 3), F(-2, 3), F(0), F(10**20, 7), F(-1, 10**9), F(123456789, 1000), F(5, 2), F(15, 1000)):
    print(v, end=": ")
    for spec in ("e", "E", ".0e", "#.0e", ".2e", "g", "G", "#g", ".3g", ".0g", "012.3e", ",.10g", "+.2g", " .1e", ">15.2e", "=+15.2e", "_.12G", ".25g", "z.1e", "%", ".3f"):
        print(format(v, spec), end="|")
    print()
