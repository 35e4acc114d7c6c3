/** `matplotlib.dates`: locators and formatters of dates, and dates as numbers. */
import { Unsupported } from '../../python/runtime/errors';
import { defineMethods, defineProperties, fn } from '../../python/runtime/native';
import { nativeClass, PyModule, PyObject, type Value } from '../../python/runtime/objects';
import { getItem, listOf, str, toFloat } from '../../python/runtime/operations';
import { dateTexts } from './dates';
import type { DateUnit, Numbers, TickFormat } from './model';
import { arrayOf, isSequence, numberOf, numbersOf, Options } from './options';
import { describeLocator, formatterType, type Locator, locatorType } from './ticker';

const weekdayClass = nativeClass('weekday', undefined, 'dateutil._common');

/** `MO` to `SU`, of dateutil. */
class PyWeekday extends PyObject {
  readonly name: string;
  readonly at: number;
  constructor(name: string, at: number) {
    super(weekdayClass);
    this.name = name;
    this.at = at;
  }
}

defineMethods(weekdayClass, {
  '__repr__()': (self: PyWeekday) => self.name,
  '__call__(n)': () => {
    throw new Unsupported('a weekday of the month, such as MO(1)');
  },
});
defineProperties(weekdayClass, { weekday: (self: PyWeekday) => BigInt(self.at), n: () => null });

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].map((name, at) => new PyWeekday(name, at));

function weekdaysOf(value: Value | undefined): Numbers {
  if (!given(value)) return [1];
  const items = value instanceof PyWeekday || !isSequence(value) ? [value] : listOf(value);
  return items.map(item => (item instanceof PyWeekday ? item.at : toFloat(item)));
}

const given = (value: Value | undefined): value is Value => value !== undefined && value !== null;

/** One number or several; undefined where nothing is said. */
const partsOf = (value: Value | undefined): Numbers | undefined => (given(value) ? numbersOf(value) : undefined);

function intervalOf(value: Value | undefined): number {
  return given(value) ? Math.max(1, Math.trunc(toFloat(value))) : 1;
}

function refuseZone(zone: Value | undefined): void {
  if (given(zone)) throw new Unsupported('a time zone of a date axis');
}

/** `HourLocator` and its like. */
const clockLocator = (name: string, unit: DateUnit): [string, Value] =>
  locatorType(
    name,
    `by${unit}=None, interval=1, tz=None`,
    (by, interval, zone): Locator => {
      refuseZone(zone);
      const parts = partsOf(by);
      return { kind: 'date', unit, interval: intervalOf(interval), ...(parts && { parts }) };
    },
    'matplotlib.dates',
  );

function dateFormat(format: Value): TickFormat {
  const text = str(format);
  // What cannot be written is told here, not when the figure is drawn.
  dateTexts([0], text);
  return { kind: 'date', text };
}

const MEMBERS: readonly [string, Value][] = [
  locatorType(
    'AutoDateLocator',
    'tz=None, minticks=5, maxticks=None, interval_multiples=True',
    (zone, fewest, most, multiples): Locator => {
      refuseZone(zone);
      if (multiples === false) throw new Unsupported('AutoDateLocator(interval_multiples=False)');
      if (given(most) && typeof most === 'object') throw new Unsupported('AutoDateLocator(maxticks={…})');
      return {
        kind: 'dates',
        fewest: given(fewest) ? toFloat(fewest) : 5,
        ...(given(most) && { most: toFloat(most) }),
      };
    },
    'matplotlib.dates',
  ),
  locatorType(
    'YearLocator',
    'base=1, month=1, day=1, tz=None',
    (base, month, day, zone): Locator => {
      refuseZone(zone);
      const [months, days] = [partsOf(month), partsOf(day)];
      return {
        kind: 'date',
        unit: 'year',
        interval: intervalOf(base),
        ...(months && { months }),
        ...(days && { days }),
      };
    },
    'matplotlib.dates',
  ),
  locatorType(
    'MonthLocator',
    'bymonth=None, bymonthday=1, interval=1, tz=None',
    (month, day, interval, zone): Locator => {
      refuseZone(zone);
      const months = partsOf(month);
      return {
        kind: 'date',
        unit: 'month',
        interval: intervalOf(interval),
        ...(months && { months }),
        days: partsOf(day) ?? [1],
      };
    },
    'matplotlib.dates',
  ),
  locatorType(
    'WeekdayLocator',
    'byweekday=1, interval=1, tz=None',
    (weekday, interval, zone): Locator => {
      refuseZone(zone);
      return { kind: 'date', unit: 'day', interval: intervalOf(interval), weekdays: weekdaysOf(weekday) };
    },
    'matplotlib.dates',
  ),
  locatorType(
    'DayLocator',
    'bymonthday=None, interval=1, tz=None',
    (day, interval, zone): Locator => {
      refuseZone(zone);
      const days = partsOf(day);
      return { kind: 'date', unit: 'day', interval: intervalOf(interval), ...(days && { days }) };
    },
    'matplotlib.dates',
  ),
  clockLocator('HourLocator', 'hour'),
  clockLocator('MinuteLocator', 'minute'),
  clockLocator('SecondLocator', 'second'),
  formatterType(
    'DateFormatter',
    'fmt, tz=None, **kwargs',
    (format, zone) => {
      refuseZone(zone);
      return dateFormat(format!);
    },
    'matplotlib.dates',
  ),
  formatterType(
    'AutoDateFormatter',
    'locator, tz=None, defaultfmt="%Y-%m-%d", **kwargs',
    locator => {
      const of = describeLocator(locator!);
      return { kind: 'dates', ...((of.kind === 'date' || of.kind === 'dates') && { of }) };
    },
    'matplotlib.dates',
  ),
  formatterType(
    'ConciseDateFormatter',
    'locator, tz=None, **kwargs',
    (_locator, zone, keywords) => {
      refuseZone(zone);
      const options = new Options(keywords as unknown as ReadonlyMap<string, Value>);
      for (const name of ['formats', 'zero_formats', 'offset_formats'])
        if (given(options.take(name))) throw new Unsupported(`ConciseDateFormatter(${name}=…)`);
      return { kind: 'concise', showsOffset: options.flag(true, 'show_offset') };
    },
    'matplotlib.dates',
  ),
];

export function loadDates(): PyModule {
  return new PyModule(
    'matplotlib.dates',
    new Map<string, Value>([
      ...MEMBERS,
      ...WEEKDAYS.map((day): [string, Value] => [day.name, day]),
      [
        'date2num',
        fn('date2num(d)', (date: Value) => {
          const numbers = arrayOf(isSequence(date) ? listOf(date).map(numberOf) : [numberOf(date)]);
          return isSequence(date) ? numbers : getItem(numbers, 0n);
        }),
      ],
    ]),
  );
}
