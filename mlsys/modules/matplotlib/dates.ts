/**
 * Axes of dates by the rules of `matplotlib.dates` (3.10): where ticks stand and how they read. A date is a number of days
 * since 1970, as matplotlib has it; within, moments are whole microseconds.
 */
import { type CalendarDay, calendarDay, dayNumber, EPOCH, monthLength, weekdayOf } from '../standard/datetime/days';
import { clockFields } from '../standard/datetime/fields';
import { type Subject, writtenTime } from '../standard/datetime/layout';
import { multiples } from './locators';
import type { DateUnit, Numbers, TickLocator } from './model';

const SECOND = 1e6;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type DateLocator = Extract<TickLocator, { kind: 'date' | 'dates' }>;
type DateRule = Extract<TickLocator, { kind: 'date' }>;

/** Days of a unit, as matplotlib counts them where it chooses a format or widens limits. */
const UNIT_DAYS: Readonly<Record<DateUnit, number>> = {
  year: 365,
  month: 30,
  day: 1,
  hour: 1 / 24,
  minute: 1 / 1440,
  second: 1 / 86_400,
  microsecond: 1 / 86_400e6,
};
const UNIT_MOMENTS = { day: DAY, hour: HOUR, minute: MINUTE, second: SECOND } as const;

const momentOf = (days: number): number => Math.round(days * DAY);
const daysOf = (moment: number): number => moment / SECOND / 86_400;

interface Moment extends CalendarDay {
  /** Microseconds since midnight. */
  readonly clock: number;
  readonly number: number;
}

function partsOf(moment: number): Moment {
  const day = Math.floor(moment / DAY);
  return { ...calendarDay(day + EPOCH), clock: moment - day * DAY, number: day + EPOCH };
}

const startOf = (year: number, month: number, day: number): number => (dayNumber(year, month, day) - EPOCH) * DAY;

/** So many months later, on the last day of the month where it has no such day. */
function monthsLater(moment: number, months: number): number {
  const { year, month, day, clock } = partsOf(moment);
  const index = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return startOf(newYear, newMonth, Math.min(day, monthLength(newYear, newMonth))) + clock;
}

/** Whole months between two moments, and what is left over. */
function between(from: number, to: number): { readonly months: number; readonly rest: number } {
  const [a, b] = [partsOf(from), partsOf(to)];
  let months = (b.year - a.year) * 12 + b.month - a.month;
  if (monthsLater(from, months) > to) months--;
  return { months, rest: to - monthsLater(from, months) };
}

/** How far apart ticks may be, by unit, and how many of them there may be. */
const INTERVALS: Readonly<Record<DateUnit, Numbers>> = {
  year: [1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 400, 500, 1000, 2000, 4000, 5000, 10_000],
  month: [1, 2, 3, 4, 6],
  day: [1, 2, 4, 7, 14],
  hour: [1, 2, 3, 4, 6, 12],
  minute: [1, 5, 10, 15, 30],
  second: [1, 5, 10, 15, 30],
  microsecond: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6],
};
const MOST: Readonly<Record<DateUnit, number>> = {
  year: 11,
  month: 12,
  day: 11,
  hour: 12,
  minute: 11,
  second: 11,
  microsecond: 8,
};

const every = (from: number, end: number, step: number): number[] =>
  Array.from({ length: Math.ceil((end - from) / step) }, (_, at) => from + at * step);

/** The rule that `AutoDateLocator` chooses for a stretch of time. */
function chosen({ fewest, most }: Extract<DateLocator, { kind: 'dates' }>, from: number, to: number): DateRule {
  const { months, rest } = between(from, to);
  const [days, span] = [Math.floor((to - from) / DAY), to - from];
  const hours = days * 24 + Math.floor((rest % DAY) / HOUR);
  const counts: readonly (readonly [DateUnit, number])[] = [
    ['year', Math.floor(months / 12)],
    ['month', months],
    ['day', days],
    ['hour', hours],
    ['minute', hours * 60 + Math.floor((rest % HOUR) / MINUTE)],
    ['second', Math.floor(span / SECOND)],
    ['microsecond', span],
  ];
  const found = counts.find(([, count]) => count >= fewest);
  const [unit, count] = found ?? (['microsecond', 0] as const);
  const intervals = INTERVALS[unit];
  const interval =
    found === undefined ? 1 : (intervals.find(one => count <= one * ((most ?? MOST[unit]) - 1)) ?? intervals.at(-1)!);
  switch (unit) {
    case 'month':
      return { kind: 'date', unit, interval: 1, months: every(1, 13, interval), days: [1] };
    case 'day': {
      const special = interval === 14 ? [1, 15] : interval === 7 ? [1, 8, 15, 22] : undefined;
      return { kind: 'date', unit, interval: 1, days: special ?? every(1, 32, interval) };
    }
    case 'hour':
      return { kind: 'date', unit, interval: 1, parts: every(0, 24, interval) };
    case 'minute':
    case 'second':
      return { kind: 'date', unit, interval: 1, parts: every(0, 60, interval) };
    default:
      return { kind: 'date', unit, interval };
  }
}

/** Beyond so many ticks nothing could be read; a rule that seldom finds a day is followed so far. */
const MOST_TICKS = 1000;
const MOST_LOOKS = 100_000;

/** The moments of a rule from one to another; steps of several units are counted from `start`. */
function occurrences(rule: DateRule, start: number, from: number, to: number): number[] {
  const { unit } = rule;
  if (unit === 'year' || unit === 'microsecond') return [];
  const found: number[] = [];
  for (const moment of unit === 'month' ? monthly(rule, start, to) : evenly(rule, UNIT_MOMENTS[unit], start, from, to))
    if (moment >= from && moment <= to && found.length <= MOST_TICKS) found.push(moment);
  return found;
}

/** Days of every so manieth month. */
function* monthly({ interval, months, days = [1] }: DateRule, start: number, to: number): Iterable<number> {
  const first = partsOf(start);
  for (let index = first.year * 12 + first.month - 1; ; index += interval) {
    const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
    if (startOf(year, month, 1) > to) return;
    if (months?.includes(month) === false) continue;
    for (const day of days) if (day <= monthLength(year, month)) yield startOf(year, month, day);
  }
}

/** Every so manieth day, hour, minute or second, of which a rule may leave some out. */
function* evenly(rule: DateRule, size: number, start: number, from: number, to: number): Iterable<number> {
  const { unit, interval } = rule;
  const first = Math.floor(start / size);
  const skipped = Math.max(0, Math.ceil((from / size - first) / interval));
  for (let at = first + skipped * interval, looks = 0; at * size <= to && looks < MOST_LOOKS; at += interval, looks++) {
    const moment = at * size;
    const { day, month, clock, number } = partsOf(moment);
    const part = unit === 'day' ? undefined : Math.floor(clock / size) % (unit === 'hour' ? 24 : 60);
    if (part !== undefined && rule.parts?.includes(part) === false) continue;
    if (rule.months?.includes(month) === false || rule.days?.includes(day) === false) continue;
    if (rule.weekdays?.includes(weekdayOf(number)) === false) continue;
    yield moment;
  }
}

/** The first of the month and day of each year that is a multiple of the interval, from the one before to the one behind. */
function years({ interval, months, days }: DateRule, from: number, to: number): number[] {
  const [first, last] = [partsOf(from).year, partsOf(to).year];
  const start = Math.max(Math.floor(first / interval) * interval, 1);
  const end = Math.min(Math.ceil(last / interval) * interval, 9999);
  const [month, day] = [months?.[0] ?? 1, days?.[0] ?? 1];
  const found: number[] = [];
  for (let year = start; year <= end && found.length <= MOST_TICKS; year += interval)
    if (day <= monthLength(year, month)) found.push(startOf(year, month, day));
  return found;
}

/** Where the ticks of a locator stand between two dates. */
export function dateTicks(locator: DateLocator, low: number, high: number): Numbers {
  const [from, to] = [momentOf(low), momentOf(high)];
  const rule = locator.kind === 'date' ? locator : chosen(locator, from, to);
  if (rule.unit === 'microsecond') {
    const base = Math.floor(low);
    return multiples((low - base) * DAY, (high - base) * DAY, rule.interval).map(tick => base + tick / DAY);
  }
  const { months, rest } = between(from, to);
  const found =
    rule.unit === 'year' ? years(rule, from, to) : occurrences(rule, monthsLater(from, -months) - rest, from, to);
  if (found.length > MOST_TICKS) return [];
  return found.length === 0 ? [low, high] : found.map(daysOf);
}

/** What a single date becomes: the limits around it. */
export function aroundDate(locator: TickLocator | undefined, date: number): [number, number] {
  if (locator?.kind === 'date') {
    const wide = 2 * UNIT_DAYS[locator.unit] * locator.interval;
    return [date - wide, date + wide];
  }
  return [date - 730, date + 730];
}

function written(date: number, format: string): string {
  const { year, month, day, clock } = partsOf(momentOf(date));
  const subject: Subject = { year, month, day, clock, offset: () => undefined, zoneName: () => 'UTC' };
  return writtenTime(subject, format);
}

/** `DateFormatter`. */
export function dateTexts(ticks: Numbers, format: string): string[] {
  return ticks.map(tick => written(tick, format));
}

/** Formats of `AutoDateFormatter`, by the largest unit that they are for. */
const AUTO_FORMATS: readonly (readonly [DateUnit, string])[] = [
  ['microsecond', '%M:%S.%f'],
  ['second', '%H:%M:%S'],
  ['minute', '%d %H:%M'],
  ['hour', '%m-%d %H'],
  ['day', '%Y-%m-%d'],
  ['month', '%Y-%m'],
  ['year', '%Y'],
];

/** `AutoDateFormatter` of a locator; one whose locator places no ticks takes them for years. */
export function autoDateTexts(ticks: Numbers, locator: DateLocator | undefined, low: number, high: number): string[] {
  const unit =
    locator === undefined
      ? 'year'
      : locator.kind === 'date'
        ? locator.unit
        : chosen(locator, momentOf(low), momentOf(high)).unit;
  const format = AUTO_FORMATS.find(([largest]) => UNIT_DAYS[largest] >= UNIT_DAYS[unit])![1];
  return dateTexts(ticks, format);
}

/** Of `ConciseDateFormatter`, by what differs from tick to tick: texts, those at the beginning of the next larger unit, offset. */
const CONCISE: readonly (readonly [text: string, zero: string, offset: string])[] = [
  ['%Y', '', ''],
  ['%b', '%Y', '%Y'],
  ['%d', '%b', '%Y-%b'],
  ['%H:%M', '%b-%d', '%Y-%b-%d'],
  ['%H:%M', '%H:%M', '%Y-%b-%d'],
  ['%S.%f', '%H:%M', '%Y-%b-%d %H:%M'],
];

/** `ConciseDateFormatter`: only what differs between ticks, the rest once beside the axis. */
export function conciseDateTexts(ticks: Numbers): { readonly texts: string[]; readonly offset: string } {
  const all = ticks.map(tick => {
    const { year, month, day, clock } = partsOf(momentOf(tick));
    const { hour, minute, second, micro } = clockFields(clock);
    return { fields: [year, month, day, hour, minute, second], second, micro };
  });
  if (all.length === 0) return { texts: [], offset: '' };
  let level = 5;
  while (level >= 0 && all.every(({ fields }) => fields[level] === all[0]!.fields[level])) level--;
  const hasYear = level >= 0 && level < 2 && all.some(({ fields }) => fields[level] === 1);
  if (level < 0) level = 5;
  const [text, zero, offset] = CONCISE[level]!;
  const isZero = ({ fields, second, micro }: (typeof all)[number]) =>
    level === 5 ? second === 0 && micro === 0 : fields[level] === [0, 1, 1, 0, 0][level];
  const texts = all.map((one, at) => written(ticks[at]!, isZero(one) ? zero : text));
  return {
    texts: level === 5 ? withoutZeros(texts) : texts,
    offset: hasYear || offset === '' ? '' : written(ticks.at(-1)!, offset),
  };
}

/** Fractions of seconds without the zeros that all of them end in. */
function withoutZeros(texts: readonly string[]): string[] {
  const zeros = Math.min(...texts.filter(text => text.includes('.')).map(text => /0*$/.exec(text)![0].length));
  if (!Number.isFinite(zeros) || zeros === 0) return [...texts];
  return texts.map(text => (text.includes('.') ? text.slice(0, -zeros).replace(/\.+$/, '') : text));
}
