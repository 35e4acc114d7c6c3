/** `datetime`: a day and a time of day, of a zone perhaps. */
import { raise } from '../../../python/runtime/errors';
import { defineClassMethods, defineConstructor, defineMethods } from '../../../python/runtime/native';
import { floatRatio } from '../../../python/runtime/numbers/floats';
import { intDivide, intModulo, intTrueDivide } from '../../../python/runtime/numbers/integers';
import { NotImplemented, nativeClass, type PyClass, PyTuple, type Value } from '../../../python/runtime/objects';
import { callMethod, hash, indexOf, typeName } from '../../../python/runtime/operations';
import { checkedDay, dateClass, defineComparisons, makeBy, noClock, PyDate, patternOf, timeTuple } from './date';
import { type CalendarDay, calendarDay, EPOCH, LAST_DAY } from './days';
import { DAY, makeDelta, nearestQuotient, PyDelta, SECOND } from './delta';
import { asFloat, checkDay, clockOf, foldOf, intField, shownName } from './fields';
import { readIso, readMoment } from './iso';
import { formatTime, isoClock, isoDate } from './layout';
import { readByPattern } from './strptime';
import { clockFrom, clockParts, clockProperties, deepCopied, mixed, PyTime, separatorOf, shownClock } from './time';
import { askName, askOffset, offsetText, type PyTzinfo, UTC, zoneOf, zoneRepr } from './zone';

export const momentClass = nativeClass('datetime', [dateClass], 'datetime');
momentClass.errorName = 'datetime.datetime';

export class PyMoment extends PyDate {
  /** Microseconds since midnight. */
  readonly clock: number;
  readonly zone: PyTzinfo | undefined;
  readonly fold: number;
  constructor(day: CalendarDay, clock: number, zone: PyTzinfo | undefined, fold = 0, cls: PyClass = momentClass) {
    super(day, cls);
    this.clock = clock;
    this.zone = zone;
    this.fold = fold;
  }

  /** Microseconds since the day before the calendar's first, by the clock of its zone. */
  get span(): bigint {
    return BigInt(this.number) * DAY + BigInt(this.clock);
  }
}

/** A datetime of a class; in Python's terms `cls(year, ..., microsecond, tzinfo)`. */
function make(cls: PyClass, day: CalendarDay, clock: number, zone: PyTzinfo | undefined, fold = 0): Value {
  checkDay(day.year, day.month, day.day);
  if (cls === momentClass || fold === 1) return new PyMoment(day, clock, zone, fold, cls);
  return makeBy(cls, [day.year, day.month, day.day, ...clockParts(clock), zone ?? null]);
}

/** The datetime so many microseconds from the calendar's beginning. */
function at(cls: PyClass, span: bigint, zone: PyTzinfo | undefined): Value {
  const day = checkedDay(Number(intDivide(span, DAY)));
  return make(cls, day, Number(intModulo(span, DAY)), zone);
}

const offsetOf = (self: PyMoment): PyDelta | undefined => askOffset(self.zone, 'utcoffset', self);

/** The same moment on a clock of UTC, for those that know their offset. */
const absolute = (self: PyMoment, offset: PyDelta | undefined): bigint => self.span - (offset?.span ?? 0n);

/** True where the offset depends on `fold`: such a time equals none of another zone. */
function isRepeated(self: PyMoment, offset: PyDelta | undefined): boolean {
  const other = offsetOf(new PyMoment(self, self.clock, self.zone, 1 - self.fold));
  return other?.span !== offset?.span;
}

function difference(a: PyMoment, b: PyMoment, equality: boolean): number | undefined {
  if (a.zone === b.zone) return Number(a.span - b.span);
  const [left, right] = [offsetOf(a), offsetOf(b)];
  if (equality && (isRepeated(a, left) || isRepeated(b, right))) return undefined;
  if ((left === undefined) !== (right === undefined)) return mixed(equality, 'datetimes');
  return Number(absolute(a, left) - absolute(b, right));
}

function minus(self: PyMoment, other: Value): Value {
  if (other instanceof PyDelta) return at(self.cls, self.span - other.span, self.zone);
  if (!(other instanceof PyMoment)) return NotImplemented;
  if (self.zone === other.zone) return makeDelta(self.span - other.span);
  const [left, right] = [offsetOf(self), offsetOf(other)];
  if ((left === undefined) !== (right === undefined))
    throw raise('TypeError', "can't subtract offset-naive and offset-aware datetimes");
  return makeDelta(absolute(self, left) - absolute(other, right));
}

function plus(self: PyMoment, other: Value): Value {
  return other instanceof PyDelta ? at(self.cls, self.span + other.span, self.zone) : NotImplemented;
}

/** What `tzinfo.fromutc` does: a time on UTC's clock, marked with the zone, on the zone's clock. */
export function fromUtc(zone: PyTzinfo, utc: Value): Value {
  const moment = utc as PyMoment;
  if (moment.zone !== zone) throw raise('ValueError', 'fromutc: dt.tzinfo is not self');
  const offset = offsetOf(moment);
  if (offset === undefined) throw raise('ValueError', 'fromutc: non-None utcoffset() result required');
  if ('offset' in zone) return at(moment.cls, moment.span + offset.span, zone);
  const summer = askOffset(zone, 'dst', moment);
  if (summer === undefined) throw raise('ValueError', 'fromutc: non-None dst() result required');
  const standard = at(moment.cls, moment.span + offset.span - summer.span, zone) as PyMoment;
  if (offset.span === summer.span) return at(moment.cls, moment.span + summer.span, zone);
  const there = askOffset(zone, 'dst', standard);
  if (there === undefined) throw raise('ValueError', 'fromutc: tz.dst() gave inconsistent results; cannot convert');
  return at(moment.cls, standard.span + there.span, zone);
}

function toZone(self: PyMoment, target: Value | undefined): Value {
  const zone = zoneOf(target);
  if (zone === undefined) throw noClock('the local time zone');
  if (zone === self.zone) return self;
  const offset = offsetOf(self);
  if (offset === undefined) throw noClock('the local time zone');
  const utc = at(self.cls, self.span - offset.span, zone);
  return callMethod(zone, 'fromutc', utc);
}

/** Microseconds of a POSIX timestamp, the even one of two that are as near. */
function timestampSpan(value: Value): bigint {
  const float = asFloat(value);
  if (float === undefined) return indexOf(value) * SECOND;
  if (Number.isNaN(float)) throw raise('ValueError', 'Invalid value NaN (not a number)');
  if (Math.abs(float) >= 2 ** 63) throw raise('OverflowError', 'timestamp out of range for platform time_t');
  const [above, below] = floatRatio(float);
  return nearestQuotient(above * SECOND, below);
}

function fromTimestamp(cls: PyClass, value: Value, zone: PyTzinfo | undefined): Value {
  const span = timestampSpan(value) + BigInt(EPOCH) * DAY;
  const number = intDivide(span, DAY);
  if (number < 1n || number > BigInt(LAST_DAY)) throw raise('ValueError', `year ${yearOf(number)} is out of range`);
  const utc = at(cls, span, zone);
  return zone === undefined ? utc : callMethod(zone, 'fromutc', utc);
}

/** The year of a day beyond the calendar; days that C's calendar does not know either are refused. */
function yearOf(number: bigint): number {
  if (number > 700_000_000_000n || number < -700_000_000_000n)
    throw raise('OverflowError', 'timestamp out of range for platform time_t');
  return calendarDay(Number(number)).year;
}

function combine(cls: PyClass, day: Value, time: Value, zone?: Value): Value {
  if (!(day instanceof PyDate))
    throw raise('TypeError', `combine() argument 1 must be datetime.date, not ${typeName(day)}`);
  if (!(time instanceof PyTime))
    throw raise('TypeError', `combine() argument 2 must be datetime.time, not ${typeName(time)}`);
  return make(cls, day, time.clock, zone === undefined ? time.zone : zoneOf(zone), time.fold);
}

function parsed(cls: PyClass, text: Value, pattern: Value): Value {
  for (const [place, one] of [text, pattern].entries())
    if (typeof one !== 'string')
      throw raise('TypeError', `strptime() argument ${place + 1} must be str, not ${typeName(one)}`);
  const { day, clock, zone } = readByPattern(text as string, pattern as string);
  return makeBy(cls, [...day, ...clock, ...(zone === undefined ? [] : [zone])]);
}

/** Seconds from 1970 on. */
function timestamp(self: PyMoment): Value {
  const offset = offsetOf(self);
  if (offset === undefined) throw noClock('timestamp() of a time without a time zone');
  return intTrueDivide(absolute(self, offset) - BigInt(EPOCH) * DAY, SECOND);
}

function isoText(self: PyMoment, separator: string, timespec?: Value): string {
  return isoDate(self) + separator + isoClock(self.clock, timespec) + offsetText(offsetOf(self), ':');
}

function replaced(self: PyMoment, ...args: (Value | undefined)[]): Value {
  const [year, month, day] = args.slice(0, 3).map(one => (one === undefined ? undefined : intField(one)));
  return make(
    self.cls,
    { year: year ?? self.year, month: month ?? self.month, day: day ?? self.day },
    clockFrom(args.slice(3, 7), self.clock),
    args[7] === undefined ? self.zone : zoneOf(args[7]),
    args[8] === undefined ? self.fold : foldOf(args[8]),
  );
}

function subject(self: PyMoment) {
  const { year, month, day, clock } = self;
  return { year, month, day, clock, offset: () => offsetOf(self), zoneName: () => askName(self.zone, self) };
}

function setUpMaking(): void {
  defineConstructor(
    momentClass,
    '(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)',
    (cls: PyClass, ...args: (Value | undefined)[]) => {
      const [year, month, day] = args.slice(0, 3).map(one => intField(one as Value)) as [number, number, number];
      const parts = args.slice(3, 7).map(one => (one === undefined ? 0 : intField(one)));
      const zone = zoneOf(args[7]);
      checkDay(year, month, day);
      return new PyMoment({ year, month, day }, clockOf(parts), zone, foldOf(args[8]), cls);
    },
  );
  const refuse = (what: string) => () => {
    throw noClock(what);
  };
  defineClassMethods(momentClass, {
    'now(tz=None)': refuse('datetime.now()'),
    'utcnow()': refuse('datetime.utcnow()'),
    'today()': refuse('datetime.today()'),
    'fromtimestamp(timestamp, tz=None)': (cls: PyClass, value: Value, tz?: Value) => {
      const zone = zoneOf(tz);
      if (zone === undefined) throw noClock('datetime.fromtimestamp() without a time zone');
      return fromTimestamp(cls, value, zone);
    },
    'utcfromtimestamp(timestamp, /)': (cls: PyClass, value: Value) => fromTimestamp(cls, value, undefined),
    'combine(date, time, tzinfo=None)': combine,
    'fromisoformat(string, /)': (cls: PyClass, text: Value) => {
      const read = readIso(text, readMoment);
      return make(cls, read, read.clock, read.zone);
    },
    'strptime(_date_string, _format)': parsed,
  });
}

export function setUpMoment(): void {
  setUpMaking();
  clockProperties(momentClass);
  const fields = 'year=1, month=1, day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0';
  defineMethods(momentClass, {
    'date()': (self: PyMoment) => new PyDate(self),
    'time()': (self: PyMoment) => new PyTime(self.clock, undefined, self.fold),
    'timetz()': (self: PyMoment) => new PyTime(self.clock, self.zone, self.fold),
    'utcoffset()': (self: PyMoment) => offsetOf(self) ?? null,
    'dst()': (self: PyMoment) => askOffset(self.zone, 'dst', self) ?? null,
    'tzname()': (self: PyMoment) => askName(self.zone, self),
    'timestamp()': timestamp,
    'astimezone(tz=None)': toZone,
    'timetuple()': (self: PyMoment) => {
      const summer = askOffset(self.zone, 'dst', self);
      return timeTuple(self, self.clock, summer === undefined ? -1 : summer.span === 0n ? 0 : 1);
    },
    'utctimetuple()': (self: PyMoment) => {
      const utc = at(momentClass, absolute(self, offsetOf(self)), UTC) as PyMoment;
      return timeTuple(utc, utc.clock, 0);
    },
    [`replace(${fields})`]: replaced,
    [`__replace__(*, ${fields.replace(' *,', '')})`]: replaced,
    'isoformat(sep="T", timespec="auto")': (self: PyMoment, separator?: Value, timespec?: Value) =>
      isoText(self, separator === undefined ? 'T' : separatorOf(separator), timespec),
    'strftime(format)': (self: PyMoment, pattern: Value) => formatTime(subject(self), patternOf(pattern)),
    'ctime()': (self: PyMoment) => formatTime(subject(self), '%a %b %e %T ').concat(isoDate(self).slice(0, 4)),
    '__str__()': (self: PyMoment) => callMethod(self, 'isoformat', ' '),
    '__repr__()': (self: PyMoment) => {
      const day = `${self.year}, ${self.month}, ${self.day}`;
      const fold = self.fold === 0 ? '' : ', fold=1';
      return `${shownName(self)}(${day}, ${shownClock(self.clock)}${fold}${zoneRepr(self.zone)})`;
    },
    '__hash__()': (self: PyMoment) => {
      const offset = offsetOf(self.fold === 0 ? self : new PyMoment(self, self.clock, self.zone));
      return hash(new PyTuple([absolute(self, offset), 2n]));
    },
    '__deepcopy__(memo, /)': (self: PyMoment) => deepCopied(self),
    '__add__(value, /)': plus,
    '__radd__(value, /)': plus,
    '__sub__(value, /)': minus,
  });
  defineComparisons(momentClass, (value): value is PyMoment => value instanceof PyMoment, difference);
  momentClass.setAttribute('min', new PyMoment(calendarDay(1), 0, undefined));
  momentClass.setAttribute('max', new PyMoment(calendarDay(LAST_DAY), 864e8 - 1, undefined));
  momentClass.setAttribute('resolution', makeDelta(1n));
}
