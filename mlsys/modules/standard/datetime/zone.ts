/** `tzinfo` and `timezone`. */
import { raise } from '../../../python/runtime/errors';
import { defineConstructor, defineMethods } from '../../../python/runtime/native';
import { NotImplemented, nativeClass, type PyClass, PyObject, type Value } from '../../../python/runtime/objects';
import { callMethod, hash, repr, typeName } from '../../../python/runtime/operations';
import { DAY, deltaClass, makeDelta, PyDelta, SECOND } from './delta';
import { clockFields, two } from './fields';

export const tzinfoClass = nativeClass('tzinfo', undefined, 'datetime');
tzinfoClass.errorName = 'datetime.tzinfo';
export const timezoneClass = nativeClass('timezone', [tzinfoClass], 'datetime');
timezoneClass.errorName = 'datetime.timezone';
timezoneClass.subclassable = false;

/** A time zone; those of classes in Python answer by their methods. */
export class PyTzinfo extends PyObject {
  constructor(cls: PyClass = tzinfoClass) {
    super(cls);
    if (!cls.native) this.attrs = new Map();
  }
}

/** A fixed distance from UTC. */
export class PyTimezone extends PyTzinfo {
  readonly offset: PyDelta;
  readonly title: string | undefined;
  constructor(offset: PyDelta, title: string | undefined) {
    super(timezoneClass);
    this.offset = offset;
    this.title = title;
  }
}

export const UTC = new PyTimezone(makeDelta(0n), undefined);

/** Refuses a `tzinfo` argument that is none; None and no argument are no zone. */
export function zoneOf(value: Value | undefined): PyTzinfo | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof PyTzinfo) return value;
  throw raise('TypeError', `tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(value)}'`);
}

const LIMITS = 'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)';

function isWithinDay(offset: PyDelta): boolean {
  return offset.span > -DAY && offset.span < DAY;
}

/** The zone at a distance from UTC. */
export function fixedZone(offset: PyDelta, title?: string): PyTimezone {
  if (!isWithinDay(offset)) throw raise('ValueError', `${LIMITS}, not ${repr(offset)}.`);
  return offset.span === 0n && title === undefined ? UTC : new PyTimezone(offset, title);
}

/** What a zone's `utcoffset` or `dst` says of a time, in microseconds; undefined for None or no zone. */
export function askOffset(zone: PyTzinfo | undefined, name: 'utcoffset' | 'dst', when: Value): PyDelta | undefined {
  if (zone === undefined) return undefined;
  if (zone instanceof PyTimezone) return name === 'utcoffset' ? zone.offset : undefined;
  const answer = callMethod(zone, name, when);
  if (answer === null) return undefined;
  if (!(answer instanceof PyDelta))
    throw raise('TypeError', `tzinfo.${name}() must return None or timedelta, not '${typeName(answer)}'`);
  if (!isWithinDay(answer)) throw raise('ValueError', `${LIMITS}.`);
  return answer;
}

/** The zone's name at a time, as `tzname()` gives it. */
export function askName(zone: PyTzinfo | undefined, when: Value): Value {
  if (zone === undefined) return null;
  const answer = callMethod(zone, 'tzname', when);
  if (answer !== null && typeof answer !== 'string')
    throw raise('TypeError', `tzinfo.tzname() must return None or a string, not '${typeName(answer)}'`);
  return answer;
}

/** `+02:00`; seconds and microseconds only where there are some. */
export function offsetText(offset: PyDelta | undefined, colon: string): string {
  if (offset === undefined) return '';
  const size = offset.span < 0n ? -offset.span : offset.span;
  const { hour, minute, second, micro } = clockFields(Number(size));
  let text = `${offset.span < 0n ? '-' : '+'}${two(hour)}${colon}${two(minute)}`;
  if (second !== 0 || micro !== 0) text += colon + two(second);
  if (micro !== 0) text += `.${String(micro).padStart(6, '0')}`;
  return text;
}

function titleOf(zone: PyTimezone): string {
  if (zone.title !== undefined) return zone.title;
  return zone.offset.span === 0n ? 'UTC' : `UTC${offsetText(zone.offset, ':')}`;
}

/** `isMoment` tells a datetime, which the class of datetimes alone knows. */
export function setUpZones(isMoment: (value: Value) => boolean, convert: (zone: PyTzinfo, utc: Value) => Value): void {
  defineConstructor(tzinfoClass, 'tzinfo(*args, **kwargs)', (cls: PyClass) => new PyTzinfo(cls));
  const unimplemented = (name: string) => () => {
    throw raise('NotImplementedError', `a tzinfo subclass must implement ${name}()`);
  };
  const fromUtc = (self: PyTzinfo, utc: Value): Value => {
    if (!isMoment(utc)) throw raise('TypeError', 'fromutc: argument must be a datetime');
    return convert(self, utc);
  };
  defineMethods(tzinfoClass, {
    'utcoffset(dt, /)': unimplemented('utcoffset'),
    'tzname(dt, /)': unimplemented('tzname'),
    'dst(dt, /)': unimplemented('dst'),
    'fromutc(dt, /)': fromUtc,
  });
  defineConstructor(timezoneClass, 'timezone(offset, name=None)', (_cls: PyClass, offset: Value, name?: Value) => {
    if (!(offset instanceof PyDelta))
      throw raise('TypeError', `timezone() argument 1 must be ${deltaClass.errorName}, not ${typeName(offset)}`);
    if (name !== undefined && typeof name !== 'string')
      throw raise('TypeError', `timezone() argument 2 must be str, not ${typeName(name)}`);
    return fixedZone(offset, name);
  });
  const checked =
    (name: string, body: (self: PyTimezone) => Value) =>
    (self: PyTimezone, when: Value): Value => {
      if (when === null || isMoment(when)) return body(self);
      throw raise('TypeError', `${name}(dt) argument must be a datetime instance or None, not ${typeName(when)}`);
    };
  defineMethods(timezoneClass, {
    'utcoffset(dt, /)': checked('utcoffset', self => self.offset),
    'tzname(dt, /)': checked('tzname', titleOf),
    'dst(dt, /)': checked('dst', () => null),
    '__eq__(other, /)': (self: PyTimezone, other: Value) =>
      other instanceof PyTimezone ? self.offset.span === other.offset.span : NotImplemented,
    '__ne__(other, /)': (self: PyTimezone, other: Value) =>
      other instanceof PyTimezone ? self.offset.span !== other.offset.span : NotImplemented,
    '__hash__()': (self: PyTimezone) => hash(self.offset),
    '__str__()': titleOf,
    '__repr__()': (self: PyTimezone) => {
      if (self === UTC) return 'datetime.timezone.utc';
      const title = self.title === undefined ? '' : `, ${repr(self.title)}`;
      return `datetime.timezone(${repr(self.offset)}${title})`;
    },
    '__copy__()': (self: PyTimezone) => self,
    '__deepcopy__(memo, /)': (self: PyTimezone) => self,
  });
  const most = DAY - 60n * SECOND;
  timezoneClass.setAttribute('utc', UTC);
  timezoneClass.setAttribute('min', fixedZone(makeDelta(-most)));
  timezoneClass.setAttribute('max', fixedZone(makeDelta(most)));
}

/** A zone as the representation of a time shows it. */
export function zoneRepr(zone: PyTzinfo | undefined): string {
  return zone === undefined ? '' : `, tzinfo=${repr(zone)}`;
}
