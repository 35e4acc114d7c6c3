# Functions that ureg.wraps: what they convert, what they give back, and what they say of other units.
import numpy as np
import pint

ureg = pint.UnitRegistry()
Q_ = ureg.Quantity


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


double = ureg.wraps('m', 'm')(lambda x: x * 2)
passed = ureg.wraps('m', None)(lambda x: x * 2)
pair = ureg.wraps(('m', None, 's'), ('km', 's'))(lambda x, t: (x, t, t))
for body in (lambda: double(Q_(3, 'km')), lambda: double(Q_(3, 's')), lambda: double(3), lambda: passed(Q_(3, 'km')), lambda: passed(Q_(3, 'acre')), lambda: passed(4), lambda: pair(Q_(3, 'm'), Q_(2, 'min')), lambda: pair(Q_(3, 'kg*m/s**2'), Q_(1, 's'))):
    attempt(body)
print(repr(Q_(np.float64(2) / 3, 'm')), repr(Q_(2 / 3, 'm')), repr(Q_(np.array([1.5, 2.25]), 'm').std()), repr(Q_(np.float64(2.5), 'dB').to_base_units()), 'm/s' in ureg, 'apple' in ureg)
