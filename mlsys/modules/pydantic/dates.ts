/** Schemas of dates, times and durations. What Reckoner cannot read exactly is refused by name. */
import { Unsupported } from '../../python/runtime/errors';
import { type PyClass, typeOf, type Value } from '../../python/runtime/objects';
import { compare, getAttribute, repr, str, truth } from '../../python/runtime/operations';
import { dateClass, PyDate } from '../standard/datetime/date';
import { monthLength } from '../standard/datetime/days';
import { deltaClass, makeDelta, PyDelta } from '../standard/datetime/delta';
import { momentClass, PyMoment } from '../standard/datetime/moment';
import { PyTime, timeClass } from '../standard/datetime/time';
import { Invalid, invalid } from './errors';
import { floatOf, plain } from './scalars';
import { type Dump, Exactness, Schema, type State } from './schema';

interface DateOptions {
  readonly strict?: boolean | undefined;
  /** True where JSON has durations in seconds. */
  readonly seconds?: boolean;
  readonly gt?: Value;
  readonly ge?: Value;
  readonly lt?: Value;
  readonly le?: Value;
}

type Kind = 'date' | 'datetime' | 'time' | 'timedelta';

const KINDS: readonly (readonly [PyClass, Kind])[] = [
  [dateClass, 'date'],
  [momentClass, 'datetime'],
  [timeClass, 'time'],
  [deltaClass, 'timedelta'],
];

/** The schema of a class of `datetime`; undefined for others. */
export function dateSchemas(cls: PyClass, strict: boolean | undefined, seconds: boolean): Schema | undefined {
  const found = KINDS.find(([known]) => known === cls);
  return found === undefined ? undefined : new DateSchema(found[0], found[1], { strict, seconds });
}

const BOUNDS = [
  ['le', '<=', 'less_than_equal'],
  ['lt', '<', 'less_than'],
  ['ge', '>=', 'greater_than_equal'],
  ['gt', '>', 'greater_than'],
] as const;

export class DateSchema extends Schema {
  readonly cls: PyClass;
  readonly name: Kind;
  readonly options: DateOptions;
  constructor(cls: PyClass, kind: Kind, options: DateOptions) {
    super();
    this.cls = cls;
    this.name = kind;
    this.options = options;
  }

  with(options: DateOptions): DateSchema {
    return new DateSchema(this.cls, this.name, { ...this.options, ...options });
  }

  validate(input: Value, state: State): Value | Invalid {
    const made = this.#made(input, state);
    if (made instanceof Invalid) return made;
    for (const [name, operator, kind] of BOUNDS) {
      const bound = this.options[name];
      if (bound !== undefined && !truth(compare(operator, made, bound)))
        return invalid(kind, input, { [name]: boundText(bound) });
    }
    return made;
  }

  #made(input: Value, state: State): Value | Invalid {
    if (typeOf(input) === this.cls) return input;
    const strict = state.isStrict(this.options.strict) && !state.json;
    if (typeOf(input).isSubclassOf(this.cls) && !(this.name === 'date' && input instanceof PyMoment)) {
      state.floor(Exactness.Strict);
      return input;
    }
    if (strict) return this.#typeFault(input);
    state.floor(Exactness.Lax);
    const text = plain(input);
    if (typeof text === 'string') return this.#read(text, input);
    if (this.name === 'date' && input instanceof PyMoment)
      return input.clock === 0 ? new PyDate(input) : invalid('date_from_datetime_inexact', input);
    if (this.name === 'datetime' && input instanceof PyDate) return new PyMoment(input, 0, undefined);
    if (typeof input !== 'boolean' && floatOf(input) !== undefined) return this.#number(input);
    return this.#typeFault(input);
  }

  #number(input: Value): Value {
    const seconds = floatOf(input)!;
    if (this.name !== 'timedelta' || !Number.isFinite(seconds))
      throw new Unsupported(`a number as a ${this.name} of a model`);
    const size = Math.abs(seconds);
    const micros = BigInt(Math.trunc(size)) * 1_000_000n + BigInt(Math.round((size % 1) * 1e6));
    return makeDelta(seconds < 0 ? -micros : micros);
  }

  #typeFault(input: Value): Invalid {
    return invalid(this.name === 'timedelta' ? 'time_delta_type' : `${this.name}_type`, input);
  }

  #read(text: string, input: Value): Value | Invalid {
    if (this.name === 'timedelta') return readDuration(text) ?? this.#unread(text);
    if (this.name === 'time') return this.#readTime(text, input);
    const fault = this.name === 'date' ? 'date_from_datetime_parsing' : 'datetime_from_date_parsing';
    if (/^[+-]?\d+(?:\.\d*)?$/.test(text)) return this.#unread(text);
    if (text.length < 10) return invalid(fault, input, { error: 'input is too short' });
    const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[T t_](.+))?$/s.exec(text);
    if (parts === null) return this.#unread(text);
    const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number];
    const clock = parts[4] === undefined ? 0 : readClock(parts[4]);
    if (year < 1) return this.#unread(text);
    const error =
      month < 1 || month > 12
        ? 'month value is outside expected range of 1-12'
        : day < 1 || day > monthLength(year, month)
          ? 'day value is outside expected range'
          : undefined;
    if (error !== undefined && parts[4] === undefined) return invalid(fault, input, { error });
    if (error !== undefined || clock === undefined) return this.#unread(text);
    if (this.name === 'datetime') return new PyMoment({ year, month, day }, clock, undefined);
    return clock === 0 ? new PyDate({ year, month, day }) : invalid('date_from_datetime_inexact', input);
  }

  #readTime(text: string, input: Value): Value | Invalid {
    const clock = readClock(text);
    if (clock !== undefined) return new PyTime(clock, undefined);
    if (text.length < 5) return invalid('time_parsing', input, { error: 'input is too short' });
    return this.#unread(text);
  }

  #unread(text: string): never {
    throw new Unsupported(`the text ${repr(text)} as a ${this.name} of a model`);
  }

  override dump(value: Value, dump: Dump): Value {
    if (this.options.seconds !== true || !dump.json || !(value instanceof PyDelta)) return super.dump(value, dump);
    const part = (name: string): number => Number(getAttribute(value, name));
    return 86_400 * part('days') + part('seconds') + part('microseconds') / 1e6;
  }

  override accepts(value: Value): boolean {
    return typeOf(value).isSubclassOf(this.cls);
  }
}

/** Microseconds since midnight of a time without a zone; undefined for other texts. */
function readClock(text: string): number | undefined {
  const parts = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/.exec(text);
  if (parts === null) return undefined;
  const [hour, minute, second] = [parts[1], parts[2], parts[3] ?? '0'].map(Number) as [number, number, number];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return ((hour * 60 + minute) * 60 + second) * 1e6 + Number((parts[4] ?? '').slice(0, 6).padEnd(6, '0'));
}

/** A duration of ISO 8601, or days and a time; undefined for other texts. */
function readDuration(text: string): PyDelta | undefined {
  const iso = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$/.exec(text);
  const plainParts = /^(-)?(?:(\d+) ?(?:d|days?),? ?)?(?:(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?$/i.exec(text);
  const parts = iso ?? plainParts;
  if (parts === null || !/\d/.test(text)) return undefined;
  const [days, hours, minutes, seconds] = parts.slice(2, 6).map(one => BigInt(one ?? 0)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const micros = BigInt((parts[6] ?? '').padEnd(6, '0'));
  const span = (((days * 24n + hours) * 60n + minutes) * 60n + seconds) * 1_000_000n + micros;
  return makeDelta(parts[1] === undefined ? span : -span);
}

/** How errors show a bound. */
function boundText(bound: Value): Value {
  if (bound instanceof PyDelta) throw new Unsupported('a bound of a timedelta in an error');
  return str(bound).replace(' ', 'T');
}
