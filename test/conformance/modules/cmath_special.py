"""Complex functions of infinities, NaN and signed zeros."""
import cmath
import math

inf, nan = math.inf, math.nan
parts = [0.0, -0.0, 1.0, -1.0, 2.3, -4.0, inf, -inf, nan]
names = 'acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh phase polar isfinite isnan isinf'
for name in names.split():
    function = getattr(cmath, name)
    for re in parts:
        for im in parts:
            if math.isfinite(re) and math.isfinite(im):
                continue
            try:
                print(name, complex(re, im), function(complex(re, im)))
            except (ValueError, OverflowError) as error:
                print(name, complex(re, im), type(error).__name__, error)
for r in parts:
    for phi in parts:
        if math.isfinite(r) and math.isfinite(phi):
            continue
        try:
            print('rect', r, phi, cmath.rect(r, phi))
        except ValueError as error:
            print('rect', r, phi, error)
