/** `calendar`: weeks and months of the proleptic calendar, and their layout as text. */
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from './python';
import { refusal } from './support';

const SOURCE = String.raw`
from datetime import MAXYEAR as _LAST, date as _date, timedelta as _delta
from enum import IntEnum as _IntEnum


class Month(_IntEnum):
    JANUARY = 1
    FEBRUARY = 2
    MARCH = 3
    APRIL = 4
    MAY = 5
    JUNE = 6
    JULY = 7
    AUGUST = 8
    SEPTEMBER = 9
    OCTOBER = 10
    NOVEMBER = 11
    DECEMBER = 12

    def __repr__(self):
        return 'calendar.' + self.name


class Day(_IntEnum):
    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6

    def __repr__(self):
        return 'calendar.' + self.name


month_name = [''] + [one.name.title() for one in Month]
month_abbr = [name[:3] for name in month_name]
day_name = [one.name.title() for one in Day]
day_abbr = [name[:3] for name in day_name]


class IllegalMonthError(ValueError, IndexError):
    def __init__(self, month): self.month = month
    def __str__(self): return f'bad month number {self.month!r}; must be 1-12'


class IllegalWeekdayError(ValueError):
    def __init__(self, weekday): self.weekday = weekday
    def __str__(self): return f'bad weekday number {self.weekday!r}; must be 0 (Monday) to 6 (Sunday)'


def isleap(year):
    return year % (400 if year % 100 == 0 else 4) == 0


def _leaps_before(year):
    last = year - 1
    return last // 4 - last // 100 + last // 400


def leapdays(y1, y2):
    return _leaps_before(y2) - _leaps_before(y1)


def weekday(year, month, day):
    # The calendar repeats every 400 years.
    known = year if 1 <= year <= _LAST else 2000 + year % 400
    return Day(_date(known, month, day).weekday())


def _length(year, month):
    return 28 + isleap(year) if month == 2 else 30 + (month + month // 8) % 2


def monthrange(year, month):
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    return weekday(year, month, 1), _length(year, month)


def timegm(tuple):
    year, month, day, hour, minute, second = tuple[:6]
    days = (_date(year, month, 1) - _date(1970, 1, 1)).days + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second


def _cut(items, size):
    items = list(items)
    return [items[at:at + size] for at in range(0, len(items), size)]


class Calendar:
    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def getfirstweekday(self):
        return self.firstweekday % 7

    def setfirstweekday(self, firstweekday):
        self.firstweekday = firstweekday

    def iterweekdays(self):
        for shift in range(7):
            yield (self.firstweekday + shift) % 7

    def itermonthdays(self, year, month):
        first, length = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        yield from [0] * before
        yield from range(1, length + 1)
        yield from [0] * (-(before + length) % 7)

    def itermonthdays2(self, year, month):
        for place, day in enumerate(self.itermonthdays(year, month)):
            yield day, (self.firstweekday + place) % 7

    def itermonthdates(self, year, month):
        days = list(self.itermonthdays(year, month))
        first = _date(year, month, 1) - _delta(days=days.index(1))
        for shift in range(len(days)):
            yield first + _delta(days=shift)

    def itermonthdays3(self, year, month):
        for one in self.itermonthdates(year, month):
            yield one.year, one.month, one.day

    def itermonthdays4(self, year, month):
        for one in self.itermonthdates(year, month):
            yield one.year, one.month, one.day, one.weekday()

    def monthdayscalendar(self, year, month):
        return _cut(self.itermonthdays(year, month), 7)

    def monthdays2calendar(self, year, month):
        return _cut(self.itermonthdays2(year, month), 7)

    def monthdatescalendar(self, year, month):
        return _cut(self.itermonthdates(year, month), 7)

    def yeardayscalendar(self, year, width=3):
        return _cut([self.monthdayscalendar(year, month) for month in Month], width)

    def yeardays2calendar(self, year, width=3):
        return _cut([self.monthdays2calendar(year, month) for month in Month], width)

    def yeardatescalendar(self, year, width=3):
        return _cut([self.monthdatescalendar(year, month) for month in Month], width)


class TextCalendar(Calendar):
    def formatday(self, day, weekday, width):
        return (f'{day:2d}' if day else '').center(width)

    def formatweek(self, theweek, width):
        return ' '.join([self.formatday(day, weekday, width) for day, weekday in theweek])

    def prweek(self, theweek, width):
        print(self.formatweek(theweek, width), end='')

    def formatweekday(self, day, width):
        name = day_name[day] if width >= 9 else day_abbr[day]
        return name[:width].center(width)

    def formatweekheader(self, width):
        return ' '.join([self.formatweekday(day, width) for day in self.iterweekdays()])

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        if not 1 <= themonth <= 12:
            raise IllegalMonthError(themonth)
        name = month_name[themonth]
        return (f'{name} {theyear!r}' if withyear else name).center(width)

    def formatmonth(self, theyear, themonth, w=0, l=0):
        w, end = max(2, w), '\n' * max(1, l)
        rows = [self.formatmonthname(theyear, themonth, 7 * w + 6), self.formatweekheader(w)]
        rows += [self.formatweek(week, w) for week in self.monthdays2calendar(theyear, themonth)]
        return ''.join([row.rstrip() + end for row in rows])

    def prmonth(self, theyear, themonth, w=0, l=0):
        print(self.formatmonth(theyear, themonth, w, l), end='')

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        w, end, gap = max(2, w), '\n' * max(1, l), ' ' * max(2, c)
        size = 7 * w + 6

        def across(columns):
            return gap.join([column.center(size) for column in columns]).rstrip() + end

        text = repr(theyear).center(size * m + len(gap) * (m - 1)).rstrip() + end
        for months in _cut(Month, m):
            weeks = [self.monthdays2calendar(theyear, month) for month in months]
            text += end + across([self.formatmonthname(theyear, month, size, False) for month in months])
            text += across([self.formatweekheader(w)] * len(months))
            for place in range(max(map(len, weeks))):
                text += across([self.formatweek(own[place], w) if place < len(own) else '' for own in weeks])
        return text

    def pryear(self, theyear, w=0, l=0, c=6, m=3):
        print(self.formatyear(theyear, w, l, c, m), end='')


_usual = TextCalendar()
firstweekday = _usual.getfirstweekday
monthcalendar = _usual.monthdayscalendar
week = _usual.formatweek
prweek = _usual.prweek
weekheader = _usual.formatweekheader
month = _usual.formatmonth
prmonth = _usual.prmonth
calendar = _usual.formatyear
prcal = _usual.pryear


def setfirstweekday(firstweekday):
    _refuse('calendar.setfirstweekday for all cells: use calendar.TextCalendar(firstweekday)')
`;

export function loadCalendar(): PyModule {
  const module = pythonModule('calendar', SOURCE, { _refuse: refusal });
  for (const name of ['Month', 'Day']) {
    const members = module.attrs.get(name) as unknown as { attrs: Map<string, never> };
    for (const [label, value] of members.attrs) if (/^[A-Z]+$/.test(label)) module.attrs.set(label, value);
  }
  return module;
}
