# Arithmetic, comparison, zones and limits of dates, times and differences.
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo
import copy
import time as clock


def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


for parts in [dict(days=1.5), dict(microseconds=0.5), dict(microseconds=1.5), dict(seconds=1e-7, hours=-0.1), dict(weeks=2, minutes=-3),
              dict(milliseconds=2.0005), dict(days=0.3, seconds=0.3, microseconds=0.3), dict(days=-1, microseconds=1), dict(hours=True)]:
    delta = timedelta(**parts)
    print(repr(delta), delta, delta.total_seconds(), hash(delta), abs(delta), -delta, delta * 3, delta * 0.7, delta / 7, delta / 0.7, delta // 7)
one, two = timedelta(days=2, seconds=3), timedelta(hours=7, microseconds=1)
print(one / two, one // two, one % two, divmod(-one, two), one + two, one - two, one < two, one != two, bool(timedelta()))
for body in [lambda: timedelta(10 ** 9), lambda: timedelta(10 ** 20), lambda: timedelta('1'), lambda: timedelta(float('nan')), lambda: timedelta(float('inf')),
             lambda: one / 0, lambda: one // two * one, lambda: one / timedelta(), lambda: one % timedelta(), lambda: one * float('nan'), lambda: one + 1,
             lambda: -timedelta.max, lambda: -timedelta.min, lambda: timedelta(foo=1), lambda: date(), lambda: date(1, 2, 3, 4), lambda: date(2020, 1), lambda: date(1.0, 1, 1),
             lambda: date(2 ** 40, 1, 1), lambda: date(2023, 2, 29), lambda: date(0, 1, 1), lambda: date(MAXYEAR + 1, 1, 1), lambda: date(1, 13, 1), lambda: time(24),
             lambda: time(0, 60), lambda: datetime(1, 1, 1, 0, 0, 60), lambda: datetime(1, 1, 1, fold=2), lambda: datetime(1, 1, 1, tzinfo=3), lambda: date.max + timedelta(1),
             lambda: date(1, 1, 1) - timedelta(1), lambda: date(2020, 1, 1) < datetime(2020, 1, 1), lambda: date(2020, 1, 1) == datetime(2020, 1, 1),
             lambda: datetime(2020, 1, 1) < datetime(2020, 1, 1, tzinfo=UTC), lambda: datetime(2020, 1, 1) == datetime(2020, 1, 1, tzinfo=UTC),
             lambda: datetime(2020, 1, 1) - datetime(2020, 1, 1, tzinfo=UTC), lambda: datetime(2020, 1, 1) - date(2020, 1, 1), lambda: time(1) - time(2),
             lambda: date.fromordinal(0), lambda: date.fromordinal(3652060), lambda: date.fromisocalendar(2021, 53, 1), lambda: date.fromisocalendar(2020, 53, 8),
             lambda: timezone(3), lambda: timezone(timedelta(1)), lambda: timezone(timedelta(), 3), lambda: tzinfo().utcoffset(None), lambda: datetime.combine(1, time()),
             lambda: datetime.fromtimestamp(1e20, UTC), lambda: datetime.fromtimestamp(-1e11, UTC), lambda: date(2020, 1, 1).replace(month=13)]:
    attempt(body)

day = date(1999, 12, 25)
for _ in range(40):
    day += timedelta(days=1, hours=23)
    print(day, day.isocalendar()[:], day.weekday(), day.toordinal(), day.timetuple().tm_yday, end='; ')
print()
for number in range(1, 3652060, 91234):
    assert date.fromordinal(number).toordinal() == number
    print(date.fromordinal(number), end=' ')
print()
print(day.timetuple(), type(day.timetuple()) is clock.struct_time, day.isocalendar())


class Summer(tzinfo):
    def __init__(self, hours=0):
        self.hours = hours

    def utcoffset(self, moment):
        return timedelta(hours=self.hours) + self.dst(moment)

    def tzname(self, moment):
        return f'zone {self.hours}'

    def dst(self, moment):
        return timedelta(hours=1) if moment is not None and 4 <= moment.month <= 9 else timedelta()


east, west = Summer(2), Summer(-5)
for month in (1, 4, 7, 10):
    here = datetime(2024, month, 1, 1, 30, tzinfo=east)
    there = here.astimezone(west)
    print(here, there, here == there, here - there, here.tzname(), there.dst(), there.utctimetuple()[:6], here.timestamp(), hash(here) == hash(there))
print(repr(datetime.fromtimestamp(1.5, timezone(timedelta(minutes=-90), 'X'))), datetime.fromtimestamp(1e9 + 2 ** -21, UTC), time(3, tzinfo=east).utcoffset())
print(repr(datetime(2020, 1, 1, fold=1)), repr(time(1, 2, 0, 4, tzinfo=UTC)), repr(timezone.min), timezone(timedelta(hours=2)), repr(UTC), timezone(timedelta()) is UTC)


class Holiday(date):
    pass


print(repr(Holiday(2024, 5, 1) + timedelta(1)), Holiday.fromordinal(7), type(Holiday(2024, 5, 1).replace(day=2)).__name__, copy.deepcopy([day]), copy.replace(day, year=1))
print(sorted([datetime(2024, 1, 1), datetime(2023, 5, 5, 1), datetime(2023, 5, 5)]), {day: 1}[date(2000, 2, 3)])
