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

@ureg.wraps('kN', ('t', 'km/h', None, 'm'))
def davis(mass, speed, slope=0.5, length='2 km'):
    """Running resistance."""
    return mass * (2.5 + speed + slope) + length


davis.tag = 'here'


@ureg.check('[mass]', '[velocity]', None)
def kinetic(mass, speed, factor=1):
    "Kinetic energy."
    return (mass * speed**2 * factor / 2).to('kJ')


area = ureg.wraps('=A*B', ('=A', '=B'))(lambda a, b: a * b)
more = ureg.wraps(('=A**2', 's'), ['=A', '=A', 's'], strict=False)(lambda a, b, t: (a * b, t))
print(davis.__name__, davis.__doc__, davis.__wrapped__(1, 2, 3, 4), kinetic.__name__, kinetic.__doc__, kinetic.__module__)
for body in (
    lambda: davis(Q_(2, 't'), Q_(36, 'km/h')),
    lambda: davis(mass=Q_(2000, 'kg'), speed=Q_(10, 'm/s')),
    lambda: davis(Q_(2000, 'kg'), speed='10 m/s', length=Q_(3, 'cm')),
    lambda: davis(Q_(2, 't'), Q_(36, 'km')),
    lambda: davis(Q_(2, 't'), 36),
    lambda: davis(Q_(2, 't')),
    lambda: davis(),
    lambda: kinetic(Q_(2, 't'), Q_(36, 'km/h')),
    lambda: kinetic(Q_(2, 't'), speed=Q_(36, 'km')),
    lambda: kinetic(speed=Q_(3, 'm/s'), mass=Q_(2, 'kg'), factor=3),
    lambda: kinetic(2, Q_(36, 'km/h')),
    lambda: kinetic('2 kg', Q_(36, 'km/h')),
    lambda: ureg.check('[mass]')(lambda a, b: a),
    lambda: ureg.wraps('m', ('s', 's'))(kinetic),
    lambda: ureg.wraps('m', (3,))(kinetic),
    lambda: ureg.wraps(3, ('m',))(kinetic),
    lambda: area(Q_(3, 'm'), Q_(2, 'cm')),
    lambda: area(Q_(3, 'm'), 2),
    lambda: more(Q_(3, 'm'), Q_(2, 'cm'), 5),
    lambda: more(3, Q_(2, 'cm'), Q_(5, 'min')),
):
    attempt(body)
