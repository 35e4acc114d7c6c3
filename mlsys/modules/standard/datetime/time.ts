/** `time`: a time of day. */
import { raise, Unsupported } from '../../../python/runtime/errors';
import { defineClassMethods, defineConstructor, defineMethods, defineProperties } from '../../../python/runtime/native';
import { nativeClass, type PyClass, PyObject, PyTuple, type Value } from '../../../python/runtime/objects';
import { callMethod, hash, typeName } from '../../../python/runtime/operations';
import { defineComparisons, formatted, makeBy, patternOf } from './date';
import { makeDelta, type PyDelta } from './delta';
import { clockFields, clockOf, foldOf, intField, shownName } from './fields';
import { readIso, readTime } from './iso';
import { formatTime, isoClock } from './layout';
import { askName, askOffset, offsetText, type PyTzinfo, zoneOf, zoneRepr } from './zone';

export const timeClass = nativeClass('time', undefined, 'datetime');
timeClass.errorName = 'datetime.time';

/** A time of day, of a zone perhaps: microseconds since midnight. */
export class PyTime extends PyObject {
  readonly clock: number;
  readonly zone: PyTzinfo | undefined;
  readonly fold: number;
  constructor(clock: number, zone: PyTzinfo | undefined, fold = 0, cls: PyClass = timeClass) {
    super(cls);
    this.clock = clock;
    this.zone = zone;
    this.fold = fold;
    if (!cls.native) this.attrs = new Map();
  }
}

/** The parts of a time of day in the order of the constructors' parameters. */
export function clockParts(clock: number): number[] {
  const { hour, minute, second, micro } = clockFields(clock);
  return [hour, minute, second, micro];
}

/** Parts of a time of day given as arguments, those left out taken from another time. */
export function clockFrom(args: readonly (Value | undefined)[], otherwise = 0): number {
  const parts = clockParts(otherwise);
  return clockOf(parts.map((part, at) => (args[at] === undefined ? part : intField(args[at]))));
}

function makeTime(cls: PyClass, clock: number, zone: PyTzinfo | undefined, fold = 0): Value {
  if (cls === timeClass) return new PyTime(clock, zone, fold);
  if (fold === 1) return new PyTime(clock, zone, fold, cls);
  return makeBy(cls, [...clockParts(clock), zone ?? null]);
}

/** Hours and minutes, then what is left of seconds and microseconds up to the last that is not zero. */
export function shownClock(clock: number): string {
  const parts = clockParts(clock);
  while (parts.length > 2 && parts.at(-1) === 0) parts.pop();
  return parts.join(', ');
}

const offsetOf = (self: PyTime): PyDelta | undefined => askOffset(self.zone, 'utcoffset', null);

/** `equality` tells `==`, which finds times of other kinds different instead of complaining. */
export function mixed(equality: boolean, what: string): undefined {
  if (!equality) throw raise('TypeError', `can't compare offset-naive and offset-aware ${what}`);
  return undefined;
}

function difference(a: PyTime, b: PyTime, equality: boolean): number | undefined {
  if (a.zone === b.zone) return a.clock - b.clock;
  const [left, right] = [offsetOf(a), offsetOf(b)];
  if ((left === undefined) !== (right === undefined)) return mixed(equality, 'times');
  return a.clock - Number(left?.span ?? 0n) - (b.clock - Number(right?.span ?? 0n));
}

/** The separator that `isoformat` puts between date and time. */
export function separatorOf(value: Value): string {
  if (typeof value === 'string' && [...value].length === 1) return value;
  throw raise('TypeError', `isoformat() argument 1 must be a unicode character, not ${typeName(value)}`);
}

export function clockProperties<T extends PyObject & { clock: number; zone: PyTzinfo | undefined; fold: number }>(
  cls: PyClass,
): void {
  defineProperties(cls, {
    hour: (self: T) => BigInt(clockFields(self.clock).hour),
    minute: (self: T) => BigInt(clockFields(self.clock).minute),
    second: (self: T) => BigInt(clockFields(self.clock).second),
    microsecond: (self: T) => BigInt(clockFields(self.clock).micro),
    tzinfo: (self: T) => self.zone ?? null,
    fold: (self: T) => BigInt(self.fold),
  });
}

/** A time is its own deep copy, unless its zone is an object of a class in Python that would be copied with it. */
export function deepCopied(self: PyObject & { zone: PyTzinfo | undefined }): Value {
  if (self.zone !== undefined && !self.zone.cls.native) throw new Unsupported('copying the zone of a time');
  return self;
}

export function setUpTime(): void {
  defineConstructor(
    timeClass,
    '(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)',
    (cls: PyClass, ...args: (Value | undefined)[]) =>
      new PyTime(clockFrom(args.slice(0, 4)), zoneOf(args[4]), foldOf(args[5]), cls),
  );
  defineClassMethods(timeClass, {
    'fromisoformat(string, /)': (cls: PyClass, text: Value) => {
      const { clock, zone } = readIso(text, given => readTime(given.replace(/^T/, '')));
      return makeTime(cls, clock, zone);
    },
  });
  clockProperties(timeClass);
  const text = (self: PyTime, timespec?: Value) => isoClock(self.clock, timespec) + offsetText(offsetOf(self), ':');
  const replaced = (self: PyTime, ...args: (Value | undefined)[]) => {
    const zone = args[4] === undefined ? self.zone : zoneOf(args[4]);
    const fold = args[5] === undefined ? self.fold : foldOf(args[5]);
    return makeTime(self.cls, clockFrom(args.slice(0, 4), self.clock), zone, fold);
  };
  const fields = 'hour=0, minute=0, second=0, microsecond=0, tzinfo=None';
  defineMethods(timeClass, {
    'isoformat(timespec="auto")': text,
    'strftime(format)': (self: PyTime, pattern: Value) =>
      formatTime(
        {
          year: 1900,
          month: 1,
          day: 1,
          clock: self.clock,
          offset: () => offsetOf(self),
          zoneName: () => askName(self.zone, null),
        },
        patternOf(pattern),
      ),
    'utcoffset()': (self: PyTime) => offsetOf(self) ?? null,
    'dst()': (self: PyTime) => askOffset(self.zone, 'dst', null) ?? null,
    'tzname()': (self: PyTime) => askName(self.zone, null),
    [`replace(${fields}, *, fold=0)`]: replaced,
    [`__replace__(${fields}, *, fold=0)`]: replaced,
    '__format__(format_spec, /)': formatted,
    '__str__()': (self: PyTime) => callMethod(self, 'isoformat'),
    '__repr__()': (self: PyTime) =>
      `${shownName(self)}(${shownClock(self.clock)}${zoneRepr(self.zone)}${self.fold === 0 ? '' : ', fold=1'})`,
    '__hash__()': (self: PyTime) =>
      hash(new PyTuple([BigInt(self.clock) - (askOffset(self.zone, 'utcoffset', null)?.span ?? 0n), 1n])),
    '__copy__()': (self: PyTime) => self,
    '__deepcopy__(memo, /)': (self: PyTime) => deepCopied(self),
  });
  defineComparisons(timeClass, (value): value is PyTime => value instanceof PyTime, difference);
  timeClass.setAttribute('min', new PyTime(0, undefined));
  timeClass.setAttribute('max', new PyTime(864e8 - 1, undefined));
  timeClass.setAttribute('resolution', makeDelta(1n));
}
