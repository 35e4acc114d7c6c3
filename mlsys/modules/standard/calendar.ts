/** `calendar`: what computes, not what lays out pages. */
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from './python';

const SOURCE = String.raw`
from datetime import date as _date, datetime as _datetime

month_name = ['', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
month_abbr = [n[:3] for n in month_name]
day_name = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
day_abbr = [n[:3] for n in day_name]
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


class IllegalMonthError(ValueError, IndexError):
    def __init__(self, month): self.month = month
    def __str__(self): return 'bad month number %r; must be 1-12' % self.month


def isleap(year): return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
def leapdays(y1, y2): y1 -= 1; y2 -= 1; return (y2 // 4 - y1 // 4) - (y2 // 100 - y1 // 100) + (y2 // 400 - y1 // 400)
def weekday(year, month, day): return _date(year, month, day).weekday()


def monthrange(year, month):
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    days = [0, 31, 29 if isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]
    return weekday(year, month, 1), days


def monthcalendar(year, month):
    first, days = monthrange(year, month)
    cells = [0] * first + list(range(1, days + 1))
    cells += [0] * (-len(cells) % 7)
    return [cells[i:i + 7] for i in range(0, len(cells), 7)]


def timegm(tuple):
    year, month, day, hour, minute, second = tuple[:6]
    return (((_date(year, month, 1).toordinal() - 719163 + day - 1) * 24 + hour) * 60 + minute) * 60 + second
`;

export function loadCalendar(): PyModule {
  return pythonModule('calendar', SOURCE);
}
