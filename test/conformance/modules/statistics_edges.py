# Means and spreads of numbers of all kinds, infinities and NaN among them; months as text; layouts of fractions and lines.
import calendar
import statistics
import textwrap
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


inf, nan = float('inf'), float('nan')
kinds = [[1, 2, 4, 7], [47.58, 10, 72.4], [Decimal('89.67'), Decimal('17.48'), Decimal('26.63'), Decimal('10.23')], [Fraction(1, 3), 2.5, True], [Decimal('29.51')], [1.0, inf], [inf, -inf, 2], [nan, 1], []]
for data in kinds:
    for function in (statistics.mean, statistics.fmean, statistics.variance, statistics.pvariance, statistics.stdev, statistics.pstdev, NormalDist.from_samples):
        attempt(lambda: function(data))
    attempt(lambda: statistics.variance(data, 2))
    attempt(lambda: statistics.pstdev(data, mu=Decimal(3) if data and isinstance(data[0], Decimal) else 1.5))
attempt(lambda: statistics.geometric_mean([4, -2]))
print(calendar.month(2024, 2), calendar.monthrange(2024, 2), calendar.weekday(2024, 3, 5), str(calendar.SUNDAY), calendar.JANUARY + 1, calendar.weekheader(4))
print(calendar.TextCalendar(6).formatyear(2023, m=4, c=2)[:400], list(calendar.Calendar(2).itermonthdays2(2024, 9))[:9], calendar.Calendar().monthdatescalendar(2024, 2)[4][3:5])
for body in (lambda: calendar.monthrange(2024, 13), lambda: calendar.month_name[13], lambda: calendar.timegm((2024, 2, 29, 1, 2, 3)), lambda: Fraction(3) / 0, lambda: 5 / Fraction(0), lambda: Fraction(None), lambda: Fraction(1, 0)):
    attempt(body)
for spec in ('_', '=+10', '#', ',', '012_', '*^15', '<8', '+', '.3f', 'x'):
    attempt(lambda: format(Fraction(-123456, 9876), spec))
for text, width in (('  two words', 2), ('quick end. quick supercalifragilistic', 17), ('tab\there supercalifragilistic', 13), ('a b supercalifragilistic', 3)):
    print(textwrap.wrap(text, width), textwrap.wrap(text, width, drop_whitespace=False), textwrap.wrap(text, width, break_long_words=False))
