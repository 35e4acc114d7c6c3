/** `date`: a day of the proleptic Gregorian calendar. */
import { raise, Unsupported } from '../../../python/runtime/errors';
import { defineClassMethods, defineConstructor, defineMethods, defineProperties } from '../../../python/runtime/native';
import {
  NotImplemented,
  nativeClass,
  type PyClass,
  PyObject,
  PyTuple,
  tupleClass,
  type Value,
} from '../../../python/runtime/objects';
import { call, callMethod, hash, indexOf, str, typeName } from '../../../python/runtime/operations';
import { vm } from '../../../python/runtime/vm';
import { structTime } from '../structTime';
import {
  type CalendarDay,
  calendarDay,
  dayNumber,
  dayOfYear,
  firstMonday,
  isoWeek,
  isoWeeks,
  LAST_DAY,
  LAST_YEAR,
  weekdayOf,
} from './days';
import { DAY, makeDelta, PyDelta } from './delta';
import { checkDay, clockFields, intField, MADE_STEPS, shownName } from './fields';
import { readDate, readIso } from './iso';
import { formatTime, isoDate } from './layout';

export const dateClass = nativeClass('date', undefined, 'datetime');
dateClass.errorName = 'datetime.date';
const isoCalendarClass = nativeClass('IsoCalendarDate', [tupleClass], 'datetime');

export class PyDate extends PyObject implements CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  constructor({ year, month, day }: CalendarDay, cls: PyClass = dateClass) {
    super(cls);
    vm.step(MADE_STEPS);
    this.year = year;
    this.month = month;
    this.day = day;
    if (!cls.native) this.attrs = new Map();
  }

  /** Number of the day in the calendar. */
  get number(): number {
    return dayNumber(this.year, this.month, this.day);
  }
}

export function noClock(what: string): Unsupported {
  return new Unsupported(what, 'cells have no clock, so that every run gives the same: write the date');
}

/** An instance of a class from its constructor's arguments: subclasses in Python run their own `__init__`. */
export function makeBy(cls: PyClass, args: readonly (Value | number)[]): Value {
  return call(
    cls,
    args.map(one => (typeof one === 'number' ? BigInt(one) : one)),
  );
}

/** A date of a class; in Python's terms `cls(year, month, day)`. */
function makeDate(cls: PyClass, { year, month, day }: CalendarDay): Value {
  checkDay(year, month, day);
  return cls === dateClass ? new PyDate({ year, month, day }) : makeBy(cls, [year, month, day]);
}

/** The day so many days after, or CPython's OverflowError. */
export function checkedDay(number: number): CalendarDay {
  if (number < 1 || number > LAST_DAY) throw raise('OverflowError', 'date value out of range');
  return calendarDay(number);
}

/** True for a date that is no datetime: the two do not compare. `dateClass` alone cannot tell. */
const isPlain = (value: Value): value is PyDate => value instanceof PyDate && !('clock' in value);

function shifted(self: PyDate, other: Value, sign: number): Value {
  if (!(other instanceof PyDelta)) return NotImplemented;
  return makeDate(self.cls, checkedDay(self.number + sign * Number(other.days)));
}

function fromOrdinal(cls: PyClass, value: Value): Value {
  const number = Number(intLong(value));
  if (number < 1) throw raise('ValueError', 'ordinal must be >= 1');
  return makeDate(cls, number > LAST_DAY ? { year: LAST_YEAR + 1, month: 1, day: 1 } : calendarDay(number));
}

function intLong(value: Value): bigint {
  const index = indexOf(value);
  if (BigInt.asIntN(64, index) !== index) throw raise('OverflowError', 'Python int too large to convert to C long');
  return index;
}

function fromIsoCalendar(cls: PyClass, ...args: Value[]): Value {
  const fields = args.map(one => indexOf(one));
  if (fields.some(one => BigInt.asIntN(32, one) !== one))
    throw raise('ValueError', 'ISO calendar component out of range');
  const [year, week, weekday] = fields.map(Number) as [number, number, number];
  if (year < 1 || year > LAST_YEAR) throw raise('ValueError', `Year is out of range: ${year}`);
  if (week < 1 || week > isoWeeks(year)) throw raise('ValueError', `Invalid week: ${week}`);
  if (weekday < 1 || weekday > 7) throw raise('ValueError', `Invalid day: ${weekday} (range is [1, 7])`);
  return makeDate(cls, calendarDay(firstMonday(year) + 7 * (week - 1) + weekday - 1));
}

function replaced(self: PyDate, ...args: (Value | undefined)[]): Value {
  const [year, month, day] = args.map(one => (one === undefined ? undefined : intField(one)));
  return makeDate(self.cls, { year: year ?? self.year, month: month ?? self.month, day: day ?? self.day });
}

/** The parts of a `struct_time`. */
export function timeTuple(day: CalendarDay, clock: number, dst: number): PyTuple {
  const { hour, minute, second } = clockFields(clock);
  const weekday = weekdayOf(dayNumber(day.year, day.month, day.day));
  return structTime([day.year, day.month, day.day, hour, minute, second, weekday, dayOfYear(day), dst]);
}

/** `format(value, spec)` for dates and times. */
export function formatted(self: Value, spec: Value): Value {
  if (typeof spec !== 'string') throw raise('TypeError', `__format__() argument 1 must be str, not ${typeName(spec)}`);
  return spec === '' ? str(self) : callMethod(self, 'strftime', spec);
}

/** The pattern argument of `strftime`. */
export function patternOf(value: Value, name = 'strftime'): string {
  if (typeof value !== 'string') throw raise('TypeError', `${name}() argument 1 must be str, not ${typeName(value)}`);
  return value;
}

/** The orderings by their special methods. */
const ORDERS: readonly (readonly [string, (difference: number) => boolean])[] = [
  ['__lt__', difference => difference < 0],
  ['__le__', difference => difference <= 0],
  ['__gt__', difference => difference > 0],
  ['__ge__', difference => difference >= 0],
];

/** The six comparisons from a difference; undefined where there is none, and for `==` that means different. */
export function defineComparisons<T extends PyObject>(
  cls: PyClass,
  isComparable: (value: Value) => value is T,
  difference: (a: T, b: T, equality: boolean) => number | undefined,
): void {
  const compared =
    (equality: boolean, holds: (difference: number | undefined) => boolean) =>
    (self: T, other: Value): Value =>
      isComparable(other) ? holds(difference(self, other, equality)) : NotImplemented;
  defineMethods(cls, {
    '__eq__(other, /)': compared(true, result => result === 0),
    '__ne__(other, /)': compared(true, result => result !== 0),
    ...Object.fromEntries(
      ORDERS.map(([name, holds]) => [
        `${name}(other, /)`,
        compared(false, result => result !== undefined && holds(result)),
      ]),
    ),
  });
}

function setUpIsoCalendar(): void {
  const names = ['year', 'week', 'weekday'];
  defineProperties(
    isoCalendarClass,
    Object.fromEntries(names.map((name, at) => [name, (self: PyTuple) => self.items[at]!])),
  );
  defineMethods(isoCalendarClass, {
    '__repr__()': (self: PyTuple) =>
      `datetime.IsoCalendarDate(${names.map((name, at) => `${name}=${self.items[at]}`).join(', ')})`,
  });
}

export function setUpDate(): void {
  setUpIsoCalendar();
  defineConstructor(dateClass, '(year, month, day)', (cls: PyClass, ...args: Value[]) => {
    const [year, month, day] = args.map(intField) as [number, number, number];
    checkDay(year, month, day);
    return new PyDate({ year, month, day }, cls);
  });
  defineClassMethods(dateClass, {
    'today()': () => {
      throw noClock('date.today()');
    },
    'fromtimestamp(timestamp, /)': () => {
      throw noClock('date.fromtimestamp()');
    },
    'fromordinal(ordinal, /)': fromOrdinal,
    'fromisoformat(string, /)': (cls: PyClass, text: Value) => makeDate(cls, readIso(text, readDate)),
    'fromisocalendar(year, week, day)': fromIsoCalendar,
  });
  defineProperties(dateClass, {
    year: (self: PyDate) => BigInt(self.year),
    month: (self: PyDate) => BigInt(self.month),
    day: (self: PyDate) => BigInt(self.day),
  });
  const subject = (self: PyDate) => ({
    year: self.year,
    month: self.month,
    day: self.day,
    clock: 0,
    offset: () => undefined,
    zoneName: () => null,
  });
  defineMethods(dateClass, {
    'toordinal()': (self: PyDate) => BigInt(self.number),
    'weekday()': (self: PyDate) => BigInt(weekdayOf(self.number)),
    'isoweekday()': (self: PyDate) => BigInt(weekdayOf(self.number) + 1),
    'isocalendar()': (self: PyDate) => {
      const { year, week, weekday } = isoWeek(self.number);
      return new PyTuple([year, week, weekday].map(BigInt), isoCalendarClass);
    },
    'isoformat()': isoDate,
    'strftime(format)': (self: PyDate, pattern: Value) => formatTime(subject(self), patternOf(pattern)),
    'ctime()': (self: PyDate) => formatTime(subject(self), '%a %b %e %T ').concat(isoDate(self).slice(0, 4)),
    'timetuple()': (self: PyDate) => timeTuple(self, 0, -1),
    'replace(year=None, month=None, day=None)': replaced,
    '__replace__(*, year=None, month=None, day=None)': replaced,
    '__format__(format_spec, /)': formatted,
    '__str__()': (self: PyDate) => callMethod(self, 'isoformat'),
    '__repr__()': (self: PyDate) => `${shownName(self)}(${self.year}, ${self.month}, ${self.day})`,
    '__hash__()': (self: PyDate) => hash(new PyTuple([self.number, 0].map(BigInt))),
    '__add__(value, /)': (self: PyDate, other: Value) => shifted(self, other, 1),
    '__radd__(value, /)': (self: PyDate, other: Value) => shifted(self, other, 1),
    '__sub__(value, /)': (self: PyDate, other: Value) =>
      isPlain(other) ? makeDelta(BigInt(self.number - other.number) * DAY) : shifted(self, other, -1),
    '__copy__()': (self: PyDate) => self,
    '__deepcopy__(memo, /)': (self: PyDate) => self,
  });
  defineComparisons(dateClass, isPlain, (a, b) => a.number - b.number);
  dateClass.setAttribute('min', new PyDate(calendarDay(1)));
  dateClass.setAttribute('max', new PyDate(calendarDay(LAST_DAY)));
  dateClass.setAttribute('resolution', makeDelta(DAY));
}
