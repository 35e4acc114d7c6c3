/** `datetime`: dates and differences of dates; there is no clock to ask for now. */
import { Unsupported } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import { PyClass, type PyModule } from '../../python/runtime/objects';
import { pythonModule } from './python';

const SOURCE = String.raw`
import re as _re

MINYEAR = 1
MAXYEAR = 9999
_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
_WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']


def _leap(year): return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
def _month_days(year, month): return 29 if month == 2 and _leap(year) else _DAYS[month]
def _before_year(year): y = year - 1; return y * 365 + y // 4 - y // 100 + y // 400
def _ordinal(y, m, d): return _before_year(y) + sum(_month_days(y, i) for i in range(1, m)) + d


def _from_ordinal(n):
    n -= 1
    n400, n = divmod(n, 146097)
    n100, n = divmod(n, 36524)
    n4, n = divmod(n, 1461)
    n1, n = divmod(n, 365)
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    if n1 == 4 or n100 == 4:
        return year - 1, 12, 31
    month = 1
    while n >= _month_days(year, month):
        n -= _month_days(year, month)
        month += 1
    return year, month, n + 1


def _check_date(year, month, day):
    for value in (year, month, day):
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'year {year} is out of range')
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _month_days(year, month):
        raise ValueError('day is out of range for month')


def _check_time(hour, minute, second, microsecond):
    if not 0 <= hour <= 23:
        raise ValueError('hour must be in 0..23')
    if not 0 <= minute <= 59:
        raise ValueError('minute must be in 0..59')
    if not 0 <= second <= 59:
        raise ValueError('second must be in 0..59')
    if not 0 <= microsecond <= 999999:
        raise ValueError('microsecond must be in 0..999999')


def _clock(hour, minute, second, us, timespec='auto'):
    if timespec == 'auto':
        timespec = 'microseconds' if us else 'seconds'
    if timespec == 'hours':
        return f'{hour:02d}'
    if timespec == 'minutes':
        return f'{hour:02d}:{minute:02d}'
    text = f'{hour:02d}:{minute:02d}:{second:02d}'
    if timespec == 'milliseconds':
        return text + f'.{us // 1000:03d}'
    return text + f'.{us:06d}' if timespec == 'microseconds' else text


def _offset_text(off, sep=':'):
    if off is None:
        return ''
    sign = '+'
    if off.days < 0:
        sign, off = '-', -off
    hours, rest = divmod(off.days * 86400 + off.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    text = f'{sign}{hours:02d}{sep}{minutes:02d}'
    return text + f'{sep}{seconds:02d}' if seconds else text


def _round_half_even(value):
    return round(value)


class timedelta:
    __slots__ = ('_days', '_seconds', '_microseconds')

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        values = [(days, 86400000000), (seconds, 1000000), (microseconds, 1), (milliseconds, 1000), (minutes, 60000000), (hours, 3600000000), (weeks, 604800000000)]
        total = 0
        fraction = 0.0
        for value, unit in values:
            if isinstance(value, int):
                total += value * unit
            elif isinstance(value, float):
                whole, part = divmod(value, 1)
                total += int(whole) * unit
                n, d = part.as_integer_ratio()
                q, r = divmod(n * unit, d)
                total += q
                fraction += r / d
            else:
                raise TypeError(f'unsupported type for timedelta {["days","seconds","microseconds","milliseconds","minutes","hours","weeks"][[v is value for v, _ in values].index(True)]} component: {type(value).__name__}')
        if fraction:
            whole = round(total % 2 + fraction) - total % 2
            total += whole
        return cls._make(total)

    @classmethod
    def _make(cls, us):
        self = object.__new__(cls)
        seconds, self._microseconds = divmod(us, 1000000)
        self._days, self._seconds = divmod(seconds, 86400)
        if abs(self._days) > 999999999:
            raise OverflowError(f'days={self._days}; must have magnitude <= 999999999')
        return self

    def _us(self): return (self._days * 86400 + self._seconds) * 1000000 + self._microseconds
    @property
    def days(self): return self._days
    @property
    def seconds(self): return self._seconds
    @property
    def microseconds(self): return self._microseconds
    def total_seconds(self): return self._us() / 10 ** 6

    def __repr__(self):
        args = [f'{n}={v}' for n, v in (('days', self._days), ('seconds', self._seconds), ('microseconds', self._microseconds)) if v]
        return f'datetime.timedelta({", ".join(args) or "0"})'

    def __str__(self):
        mm, ss = divmod(self._seconds, 60)
        hh, mm = divmod(mm, 60)
        text = f'{hh}:{mm:02d}:{ss:02d}'
        if self._days:
            text = f'{self._days} day{"" if abs(self._days) == 1 else "s"}, {text}'
        return text + f'.{self._microseconds:06d}' if self._microseconds else text

    def __add__(self, other): return timedelta._make(self._us() + other._us()) if isinstance(other, timedelta) else NotImplemented
    __radd__ = __add__
    def __sub__(self, other): return timedelta._make(self._us() - other._us()) if isinstance(other, timedelta) else NotImplemented
    def __rsub__(self, other): return -self + other if isinstance(other, timedelta) else NotImplemented
    def __neg__(self): return timedelta._make(-self._us())
    def __pos__(self): return self
    def __abs__(self): return -self if self._days < 0 else self

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._make(self._us() * other)
        if isinstance(other, float):
            n, d = other.as_integer_ratio()
            return timedelta._make(_divide(self._us() * n, d))
        return NotImplemented
    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us() // other._us()
        return timedelta._make(self._us() // other) if isinstance(other, int) else NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us() / other._us()
        if isinstance(other, int):
            return timedelta._make(_divide(self._us(), other))
        if isinstance(other, float):
            n, d = other.as_integer_ratio()
            return timedelta._make(_divide(d * self._us(), n))
        return NotImplemented

    def __mod__(self, other): return timedelta._make(self._us() % other._us()) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        q, r = divmod(self._us(), other._us())
        return q, timedelta._make(r)

    def __eq__(self, other): return self._us() == other._us() if isinstance(other, timedelta) else NotImplemented
    def __lt__(self, other): return self._us() < other._us() if isinstance(other, timedelta) else NotImplemented
    def __le__(self, other): return self._us() <= other._us() if isinstance(other, timedelta) else NotImplemented
    def __gt__(self, other): return self._us() > other._us() if isinstance(other, timedelta) else NotImplemented
    def __ge__(self, other): return self._us() >= other._us() if isinstance(other, timedelta) else NotImplemented
    def __hash__(self): return hash(self._us())
    def __bool__(self): return self._us() != 0


def _divide(a, b):
    if b < 0:
        a, b = -a, -b
    q, r = divmod(a, b)
    return q + 1 if 2 * r > b or 2 * r == b and q % 2 else q


class tzinfo:
    def utcoffset(self, dt): raise NotImplementedError('tzinfo subclass must override utcoffset()')
    def tzname(self, dt): raise NotImplementedError('tzinfo subclass must override tzname()')
    def dst(self, dt): raise NotImplementedError('tzinfo subclass must override dst()')


class timezone(tzinfo):
    def __init__(self, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError('offset must be a timedelta')
        if not timedelta(-1) < offset < timedelta(1):
            raise ValueError(f'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {offset!r}.')
        self._offset, self._name = offset, name

    def utcoffset(self, dt): return self._offset
    def dst(self, dt): return None
    def tzname(self, dt): return self._name if self._name is not None else 'UTC' + (_offset_text(self._offset) if self._offset else '')
    def __eq__(self, other): return self._offset == other._offset if isinstance(other, timezone) else NotImplemented
    def __hash__(self): return hash(self._offset)
    def __str__(self): return self.tzname(None)

    def __repr__(self):
        if self._name is None and not self._offset:
            return 'datetime.timezone.utc'
        return f'datetime.timezone({self._offset!r})' if self._name is None else f'datetime.timezone({self._offset!r}, {self._name!r})'


timezone.utc = timezone(timedelta(0))
UTC = timezone.utc


def _strftime(obj, format):
    def value(mo):
        code = mo.group(1)
        d = obj
        hour = getattr(d, 'hour', 0)
        if code == '%': return '%'
        if code == 'H': return f'{hour:02d}'
        if code == 'I': return f'{(hour - 1) % 12 + 1:02d}'
        if code == 'p': return 'AM' if hour < 12 else 'PM'
        if code == 'M': return f'{getattr(d, "minute", 0):02d}'
        if code == 'S': return f'{getattr(d, "second", 0):02d}'
        if code == 'f': return f'{getattr(d, "microsecond", 0):06d}'
        if code in 'zZ':
            off = d.utcoffset() if hasattr(d, 'utcoffset') else None
            if off is None: return ''
            return _offset_text(off, '') if code == 'z' else d.tzname()
        if code == 'X' or code == 'T': return _clock(hour, getattr(d, 'minute', 0), getattr(d, 'second', 0), 0)
        if code == 'R': return f'{hour:02d}:{getattr(d, "minute", 0):02d}'
        if not isinstance(d, date): d = date(1900, 1, 1)
        if code == 'Y': return str(d.year)
        if code == 'y': return f'{d.year % 100:02d}'
        if code == 'C': return f'{d.year // 100:02d}'
        if code == 'm': return f'{d.month:02d}'
        if code == 'd': return f'{d.day:02d}'
        if code == 'e': return f'{d.day:2d}'
        if code == 'B': return _MONTHS[d.month - 1]
        if code in 'bh': return _MONTHS[d.month - 1][:3]
        if code == 'A': return _WEEKDAYS[d.weekday()]
        if code == 'a': return _WEEKDAYS[d.weekday()][:3]
        if code == 'w': return str(d.isoweekday() % 7)
        if code == 'u': return str(d.isoweekday())
        day = d.toordinal() - date(d.year, 1, 1).toordinal() + 1
        if code == 'j': return f'{day:03d}'
        if code == 'U': return f'{(day + 6 - d.isoweekday() % 7) // 7:02d}'
        if code == 'W': return f'{(day + 6 - d.weekday()) // 7:02d}'
        if code == 'G': return f'{d.isocalendar()[0]:04d}'
        if code == 'V': return f'{d.isocalendar()[1]:02d}'
        if code == 'F': return f'{d.year}-{d.month:02d}-{d.day:02d}'
        if code in 'xD': return f'{d.month:02d}/{d.day:02d}/{d.year % 100:02d}'
        if code == 'c': return f'{_WEEKDAYS[d.weekday()][:3]} {_MONTHS[d.month - 1][:3]} {d.day:2d} {_clock(hour, getattr(obj, "minute", 0), getattr(obj, "second", 0), 0)} {d.year}'
        return mo.group()
    return _re.sub(r'%(.)', value, format, flags=_re.S)


class _IsoCalendarDate(tuple):
    @property
    def year(self): return self[0]
    @property
    def week(self): return self[1]
    @property
    def weekday(self): return self[2]
    def __repr__(self): return f'datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})'


class date:
    __slots__ = ('_year', '_month', '_day')

    def __new__(cls, year, month=None, day=None):
        _check_date(year, month, day)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        return self

    @classmethod
    def today(cls): _no_clock('date.today()')
    @classmethod
    def fromordinal(cls, n): return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, text):
        m = _re.fullmatch(r'(\d{4})-?(\d\d)-?(\d\d)', text)
        if m is None:
            raise ValueError(f'Invalid isoformat string: {text!r}')
        return cls(*map(int, m.groups()))

    @property
    def year(self): return self._year
    @property
    def month(self): return self._month
    @property
    def day(self): return self._day
    def toordinal(self): return _ordinal(self._year, self._month, self._day)
    def weekday(self): return (self.toordinal() + 6) % 7
    def isoweekday(self): return self.toordinal() % 7 or 7

    def isocalendar(self):
        thursday = self.toordinal() + 3 - self.weekday()
        year = _from_ordinal(thursday)[0]
        return _IsoCalendarDate((year, (thursday - _before_year(year) - 1) // 7 + 1, self.isoweekday()))

    def isoformat(self): return f'{self._year:04d}-{self._month:02d}-{self._day:02d}'
    __str__ = isoformat
    def __repr__(self): return f'datetime.date({self._year}, {self._month}, {self._day})'
    def strftime(self, format): return _strftime(self, format)
    def __format__(self, spec): return self.strftime(spec) if spec else str(self)
    def ctime(self): return self.strftime('%c')
    def replace(self, year=None, month=None, day=None): return type(self)(self._year if year is None else year, self._month if month is None else month, self._day if day is None else day)
    def timetuple(self): return (self._year, self._month, self._day, 0, 0, 0, self.weekday(), self.toordinal() - _before_year(self._year), -1)
    def _key(self): return (self._year, self._month, self._day)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        n = self.toordinal() + other.days
        if not 0 < n <= 3652059:
            raise OverflowError('date value out of range')
        return type(self)(*_from_ordinal(n))
    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        if isinstance(other, date) and not isinstance(other, datetime):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def _same(self, other): return isinstance(other, date) and not isinstance(other, datetime)
    def __eq__(self, other): return self._key() == other._key() if self._same(other) else NotImplemented
    def __lt__(self, other): return self._key() < other._key() if self._same(other) else NotImplemented
    def __le__(self, other): return self._key() <= other._key() if self._same(other) else NotImplemented
    def __gt__(self, other): return self._key() > other._key() if self._same(other) else NotImplemented
    def __ge__(self, other): return self._key() >= other._key() if self._same(other) else NotImplemented
    def __hash__(self): return hash(self._key())


class time:
    __slots__ = ('_hour', '_minute', '_second', '_microsecond', '_tzinfo')

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond)
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond, self._tzinfo = hour, minute, second, microsecond, tzinfo
        return self

    @classmethod
    def fromisoformat(cls, text):
        m = _re.fullmatch(r'T?(\d\d):?(\d\d)?(?::?(\d\d)(?:[.,](\d+))?)?', text)
        if m is None:
            raise ValueError(f'Invalid isoformat string: {text!r}')
        h, mi, s, f = m.groups()
        return cls(int(h), int(mi or 0), int(s or 0), int((f or '0')[:6].ljust(6, '0')))

    @property
    def hour(self): return self._hour
    @property
    def minute(self): return self._minute
    @property
    def second(self): return self._second
    @property
    def microsecond(self): return self._microsecond
    @property
    def tzinfo(self): return self._tzinfo
    def utcoffset(self): return None if self._tzinfo is None else self._tzinfo.utcoffset(None)
    def tzname(self): return None if self._tzinfo is None else self._tzinfo.tzname(None)
    def isoformat(self, timespec='auto'): return _clock(self._hour, self._minute, self._second, self._microsecond, timespec) + _offset_text(self.utcoffset())
    __str__ = isoformat

    def __repr__(self):
        args = [self._hour, self._minute] + ([self._second] if self._second or self._microsecond else []) + ([self._microsecond] if self._microsecond else [])
        text = ', '.join(map(str, args))
        return f'datetime.time({text})' if self._tzinfo is None else f'datetime.time({text}, tzinfo={self._tzinfo!r})'

    def strftime(self, format): return _strftime(self, format)
    def __format__(self, spec): return self.strftime(spec) if spec else str(self)
    def _key(self): return (self._hour, self._minute, self._second, self._microsecond)
    def __eq__(self, other): return self._key() == other._key() if isinstance(other, time) else NotImplemented
    def __lt__(self, other): return self._key() < other._key() if isinstance(other, time) else NotImplemented
    def __le__(self, other): return self._key() <= other._key() if isinstance(other, time) else NotImplemented
    def __gt__(self, other): return self._key() > other._key() if isinstance(other, time) else NotImplemented
    def __ge__(self, other): return self._key() >= other._key() if isinstance(other, time) else NotImplemented
    def __hash__(self): return hash(self._key())
    def replace(self, **changes): return type(self)(**({'hour': self._hour, 'minute': self._minute, 'second': self._second, 'microsecond': self._microsecond, 'tzinfo': self._tzinfo} | changes))


class datetime(date):
    __slots__ = ('_hour', '_minute', '_second', '_microsecond', '_tzinfo')

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        self._hour, self._minute, self._second, self._microsecond, self._tzinfo = hour, minute, second, microsecond, tzinfo
        return self

    @classmethod
    def now(cls, tz=None): _no_clock('datetime.now()')
    @classmethod
    def utcnow(cls): _no_clock('datetime.utcnow()')
    @classmethod
    def today(cls): _no_clock('datetime.today()')
    @classmethod
    def combine(cls, date, time, tzinfo=None): return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, tzinfo or time.tzinfo)

    @classmethod
    def fromtimestamp(cls, t, tz=None):
        if tz is None:
            _no_clock('datetime.fromtimestamp() without a time zone')
        return (cls(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=t)).astimezone(tz)

    @classmethod
    def fromisoformat(cls, text):
        m = _re.fullmatch(r'(\d{4})-?(\d\d)-?(\d\d)(?:.(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(Z|[-+]\d\d:?\d\d(?::?\d\d)?)?)?', text)
        if m is None:
            raise ValueError(f'Invalid isoformat string: {text!r}')
        y, mo, d, h, mi, s, f, z = m.groups()
        zone = None
        if z:
            digits = z[1:].replace(':', '')
            zone = UTC if z == 'Z' else timezone((1 if z[0] == '+' else -1) * timedelta(hours=int(digits[:2]), minutes=int(digits[2:4])))
            if zone == UTC:
                zone = UTC
        return cls(int(y), int(mo), int(d), int(h or 0), int(mi or 0), int(s or 0), int((f or '0')[:6].ljust(6, '0')), zone)

    @classmethod
    def strptime(cls, text, format):
        names = {'Y': r'(?P<Y>\d{4})', 'm': r'(?P<m>1[0-2]|0[1-9]|[1-9])', 'd': r'(?P<d>3[01]|[12]\d|0[1-9]|[1-9])', 'H': r'(?P<H>2[0-3]|[01]\d|\d)', 'I': r'(?P<I>1[0-2]|0[1-9]|[1-9])', 'M': r'(?P<M>[0-5]\d|\d)', 'S': r'(?P<S>6[01]|[0-5]\d|\d)', 'f': r'(?P<f>\d{1,6})', 'y': r'(?P<y>\d\d)', 'j': r'(?P<j>\d{1,3})', 'p': r'(?P<p>am|pm)', 'z': r'(?P<z>[-+]\d\d:?\d\d|Z)', 'Z': r'(?P<Z>[A-Za-z]*)', 'B': '(?P<B>' + '|'.join(_MONTHS) + ')', 'b': '(?P<b>' + '|'.join(n[:3] for n in _MONTHS) + ')', 'A': '(?P<A>' + '|'.join(_WEEKDAYS) + ')', 'a': '(?P<a>' + '|'.join(n[:3] for n in _WEEKDAYS) + ')', '%': '%'}
        pattern = ''
        i = 0
        while i < len(format):
            c = format[i]
            if c == '%':
                i += 1
                code = format[i] if i < len(format) else ''
                if code not in names:
                    raise ValueError(f"'{code}' is a bad directive in format '{format}'")
                pattern += names[code]
            else:
                pattern += r'\s+' if c.isspace() else _re.escape(c)
            i += 1
        m = _re.match(pattern, text, _re.I)
        if m is None:
            raise ValueError(f'time data {text!r} does not match format {format!r}')
        if m.end() != len(text):
            raise ValueError(f'unconverted data remains: {text[m.end():]}')
        g = m.groupdict()
        year = int(g['Y']) if g.get('Y') else 1900
        if g.get('y'):
            year = int(g['y']) + (2000 if int(g['y']) < 69 else 1900)
        month = int(g['m']) if g.get('m') else 1
        for key, size in (('B', None), ('b', 3)):
            if g.get(key):
                month = [n[:size].lower() for n in _MONTHS].index(g[key].lower()) + 1
        day = int(g['d']) if g.get('d') else 1
        hour = int(g['H']) if g.get('H') else 0
        if g.get('I'):
            hour = int(g['I']) % 12 + (12 if (g.get('p') or '').lower() == 'pm' else 0)
        zone = None
        if g.get('z'):
            z = g['z'].replace(':', '')
            zone = UTC if z == 'Z' else timezone((1 if z[0] == '+' else -1) * timedelta(hours=int(z[1:3]), minutes=int(z[3:5])))
        made = cls(year, month, day, hour, int(g.get('M') or 0), int(g.get('S') or 0), int((g.get('f') or '0').ljust(6, '0')), zone)
        return made + timedelta(int(g['j']) - 1) if g.get('j') else made

    @property
    def hour(self): return self._hour
    @property
    def minute(self): return self._minute
    @property
    def second(self): return self._second
    @property
    def microsecond(self): return self._microsecond
    @property
    def tzinfo(self): return self._tzinfo
    @property
    def fold(self): return 0
    def date(self): return date(self._year, self._month, self._day)
    def time(self): return time(self._hour, self._minute, self._second, self._microsecond)
    def timetz(self): return time(self._hour, self._minute, self._second, self._microsecond, self._tzinfo)
    def utcoffset(self): return None if self._tzinfo is None else self._tzinfo.utcoffset(self)
    def tzname(self): return None if self._tzinfo is None else self._tzinfo.tzname(self)
    def dst(self): return None if self._tzinfo is None else self._tzinfo.dst(self)

    def timestamp(self):
        if self._tzinfo is None:
            _no_clock('timestamp() of a time without a time zone')
        return (self - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()

    def astimezone(self, tz=None):
        if tz is None or self._tzinfo is None:
            _no_clock('the local time zone')
        utc = self.replace(tzinfo=None) - self.utcoffset()
        return (utc + tz.utcoffset(utc)).replace(tzinfo=tz)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=0):
        pick = lambda new, old: old if new is None else new
        return type(self)(pick(year, self._year), pick(month, self._month), pick(day, self._day), pick(hour, self._hour), pick(minute, self._minute), pick(second, self._second), pick(microsecond, self._microsecond), self._tzinfo if tzinfo is True else tzinfo)

    def isoformat(self, sep='T', timespec='auto'): return date.isoformat(self) + sep + _clock(self._hour, self._minute, self._second, self._microsecond, timespec) + _offset_text(self.utcoffset())
    def __str__(self): return self.isoformat(sep=' ')

    def __repr__(self):
        args = [self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond]
        if args[-1] == 0:
            del args[-1]
            if args[-1] == 0:
                del args[-1]
        text = ', '.join(map(str, args))
        return f'datetime.datetime({text})' if self._tzinfo is None else f'datetime.datetime({text}, tzinfo={self._tzinfo!r})'

    def timetuple(self): return (self._year, self._month, self._day, self._hour, self._minute, self._second, self.weekday(), self.toordinal() - _before_year(self._year), -1)
    def _us(self): return ((self.toordinal() * 24 + self._hour) * 60 + self._minute) * 60000000 + self._second * 1000000 + self._microsecond

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        days, us = divmod(self._us() + other._us(), 86400000000)
        if not 0 < days <= 3652059:
            raise OverflowError('date value out of range')
        seconds, us = divmod(us, 1000000)
        return type(self)(*_from_ordinal(days), seconds // 3600, seconds // 60 % 60, seconds % 60, us, self._tzinfo)
    __radd__ = __add__

    def _absolute(self):
        off = self.utcoffset()
        return self._us() - (off._us() if off is not None else 0)

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return timedelta._make(self._absolute() - other._absolute())

    def _compare(self, other, op):
        if not isinstance(other, datetime):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return op(self._absolute(), other._absolute())

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented
        return (self.utcoffset() is None) == (other.utcoffset() is None) and self._absolute() == other._absolute()

    def __lt__(self, other): return self._compare(other, lambda a, b: a < b)
    def __le__(self, other): return self._compare(other, lambda a, b: a <= b)
    def __gt__(self, other): return self._compare(other, lambda a, b: a > b)
    def __ge__(self, other): return self._compare(other, lambda a, b: a >= b)
    def __hash__(self): return hash(self._absolute())


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)
date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
time.min = time(0, 0)
time.max = time(23, 59, 59, 999999)
`;

export function loadDatetime(): PyModule {
  const module = pythonModule('datetime', SOURCE, {
    _no_clock: fn('_no_clock(what)', (what: string) => {
      throw new Unsupported(what, 'cells have no clock, so that every run gives the same: write the date');
    }),
  });
  // CPython's are built in, and its messages name them with their module.
  for (const [name, cls] of module.attrs) if (cls instanceof PyClass) cls.errorName = `datetime.${name}`;
  return module;
}
