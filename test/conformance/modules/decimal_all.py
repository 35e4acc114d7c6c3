# Decimal arithmetic: contexts, rounding, traps and flags, formats, functions, and what is refused.
import decimal
import math
from decimal import *
from fractions import Fraction


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


a, b = Decimal('123.456'), Decimal('-0.0789')
print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), -a, abs(b), +b, a ** 2, a ** -3, a ** Decimal('0.5'), 2 ** b, 5 - a, 7 // Decimal('0.3'))
for mode in (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, ROUND_05UP):
    print(mode, [str(Decimal(text).quantize(Decimal('0.1'), rounding=mode)) for text in ('1.25', '-1.25', '1.35', '0.05', '-0.05', '2.01', '9.96', '1.20')], Decimal('2.5').to_integral_value(rounding=mode))
    with localcontext(prec=3, rounding=mode) as context:
        print(Decimal(2) / 3, Decimal('-1.0005') + 0, Decimal('99950') * 1, context.prec, context.rounding)
for spec in ('', '.2f', '+.3e', ',.2f', '012,.1f', '*^15.2f', '%', '.1%', 'G', '.3g', '.0f', 'z.0f', '#.0f', '>12', '=+12.1f', 'E', '_', 's', 'd', '<010', ',n', '.'):
    for value in ('1234567.891', '-0.04', '0E-8', '1E+10', 'NaN', '-Infinity'):
        try:
            print(repr(format(Decimal(value), spec)), end=' ')
        except ValueError as error:
            print(error, end=' ')
    print(repr(spec))
for body in (lambda: Decimal(1) / 0, lambda: Decimal(0) / 0, lambda: Decimal('abc'), lambda: Decimal('sNaN') + 1, lambda: Decimal('inf') - Decimal('inf'), lambda: Decimal(-1).sqrt(), lambda: Decimal(-1).ln(),
             lambda: Decimal(10) ** 10 ** 7, lambda: Decimal('1e999999') * 10, lambda: Decimal('NaN') < 1, lambda: int(Decimal('NaN')), lambda: int(Decimal('inf')), lambda: float(Decimal('sNaN')), lambda: Decimal([1]),
             lambda: Decimal((0, (1, 2), 'x')), lambda: Decimal((2, (1,), 0)), lambda: Decimal(None), lambda: Decimal(1) + 1.5, lambda: Decimal('1e30') // 3, lambda: Decimal(1).quantize(Decimal('1e-40')),
             lambda: Context(prec=0), lambda: Context(rounding='up'), lambda: hash(Decimal('sNaN')), lambda: Decimal('1e-1000010') / 1, lambda: pow(Decimal(7), 3, 5), lambda: Decimal('NaN').as_integer_ratio(), lambda: Decimal(0) ** 0, lambda: Decimal(-8) ** Decimal('0.5')):
    attempt(body)
getcontext().clear_flags()
print(getcontext())
Decimal(1) / 3
Decimal(0.5)
print([signal.__name__ for signal, on in getcontext().flags.items() if on], getcontext().traps[Inexact], getcontext().flags)
with localcontext() as context:
    context.prec, context.traps[DivisionByZero], context.traps[InvalidOperation] = 5, False, False
    print(Decimal(1) / 0, Decimal(0) / 0, Decimal(2).sqrt(), Decimal(-1).sqrt(), sorted(s.__name__ for s, on in context.flags.items() if on))
    context.traps[Inexact] = True
    attempt(lambda: Decimal(1) / 3)
    attempt(lambda: setattr(context, "traps", [Rounded]))
    context.traps = {**context.traps, Rounded: True, FloatOperation: True}
    attempt(lambda: Decimal('1.23456') + 0)
    attempt(lambda: Decimal(0.5))
    print(context)
print(getcontext().prec, Decimal(2).sqrt(), BasicContext, ExtendedContext.divide(1, 3), Context(prec=4, Emin=-3, Emax=3, clamp=1).create_decimal('1.5e-5'))
for prec in (1, 7, 28, 60):
    with localcontext(prec=prec):
        print(Decimal(2).sqrt(), Decimal(1).exp(), Decimal(2).ln(), Decimal(3).log10(), Decimal('1.0001').ln(), Decimal('-0.5').exp(), Decimal(1000).log10(), Decimal('7.3') ** Decimal('-2.6'), Decimal('1e-30').exp())
c = Decimal('-12.340')
print(c.as_tuple(), c.adjusted(), c.normalize(), c.copy_abs(), c.is_signed(), c.number_class(), c.to_eng_string(), Decimal('1.2E+10').to_eng_string(), c.compare(1), c.max(3), c.min_mag(3), c.scaleb(4), c.shift(2), c.rotate(-1), c.logb(), c.next_plus(), c.next_toward(0),
      c.remainder_near(5), c.same_quantum(Decimal('1.000')), c.fma(2, 3), c.to_integral_exact(), c.compare_total(Decimal('-12.34')), Decimal(1100).logical_and(1010), Decimal('NaN123'), Decimal('0.1').as_integer_ratio(), c.is_normal(), round(c, 1), round(c), math.floor(c), math.ceil(c), math.trunc(c))
print(Decimal('0.5') == Fraction(1, 2), Decimal('0.1') == 0.1, Decimal(1) < Fraction(5, 3), Decimal(3) > 2.5, Decimal('1.0') in {1}, hash(Decimal('2.50')) == hash(2.5), sorted([Decimal(3), 1, 2.5]), Decimal('NaN') != Decimal('NaN'), sum([Decimal('0.1')] * 3), Decimal(True))
print(Decimal('1_000.5 '), Decimal('-.5E3'), Decimal('+inf'), Decimal(0.1), Decimal((1, (1, 4, 1), -2)), Decimal('٣'), Decimal.from_float(0.25), repr(Decimal('1E+3')), str(Decimal('0.0000001')), str(Decimal('0.000001')), complex(Decimal(2)), float(Decimal('1e400')))
