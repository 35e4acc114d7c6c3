# Complex functions of huge and tiny numbers, and powers that leave the finite numbers.
import cmath
import math

for z in (1e308, -1e308, complex(1e308, 1e308), complex(3, 1e308), complex(-0.5, -1e308), complex(0, 5e-324), complex(1e-310, 1), complex(5e-324, 5e-324)):
    for f in (cmath.acos, cmath.acosh, cmath.asin, cmath.asinh, cmath.atan, cmath.atanh, cmath.sqrt, cmath.log, cmath.log10):
        try:
            print(f(z), end=' ')
        except (ValueError, OverflowError) as error:
            print(type(error).__name__, error, end=' ')
    print()
for z in (complex(710, 3), complex(-709.5, 0.5), complex(1, 710), 720):
    for f in (cmath.sinh, cmath.cosh, cmath.sin, cmath.cos, cmath.exp):
        try:
            print(f(z), end=' ')
        except OverflowError as error:
            print(error, end=' ')
    print()
for base, power in ((complex(1e308, 3), 2), (complex(math.nan, 1), 3), (complex(math.inf, 1), -1), (complex(-math.inf, 1e308), complex(-1, 2.5)), (complex(1e200, 1), 2.5)):
    try:
        print(base ** power)
    except (ZeroDivisionError, OverflowError) as error:
        print(type(error).__name__, error)
print(math.degrees(1e308), math.degrees(-1e308), math.radians(1e308))
