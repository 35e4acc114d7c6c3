/** Dates and times as text: ISO 8601 and `strftime`. */
import { raise, Unsupported } from '../../../python/runtime/errors';
import type { Value } from '../../../python/runtime/objects';
import { vm } from '../../../python/runtime/vm';
import { type CalendarDay, dayNumber, dayOfYear, isoWeek, MONTHS, WEEKDAYS, weekdayOf } from './days';
import type { PyDelta } from './delta';
import { clockFields, two } from './fields';
import { offsetText } from './zone';

const padded = (value: number, width: number, fill = '0') => String(value).padStart(width, fill);

export function isoDate({ year, month, day }: CalendarDay): string {
  return `${padded(year, 4)}-${two(month)}-${two(day)}`;
}

/** How far `isoformat` goes, by the names of its `timespec`. */
const PRECISIONS = ['hours', 'minutes', 'seconds', 'milliseconds', 'microseconds'];

/** A time of day down to the unit that `timespec` names; `auto` leaves out microseconds where there are none. */
export function isoClock(clock: number, timespec: Value = 'auto'): string {
  const { hour, minute, second, micro } = clockFields(clock);
  const wanted = timespec === 'auto' ? (micro === 0 ? 'seconds' : 'microseconds') : timespec;
  const depth = PRECISIONS.indexOf(wanted as string);
  if (depth < 0) throw raise('ValueError', 'Unknown timespec value');
  const whole = [hour, minute, second]
    .slice(0, depth + 1)
    .map(two)
    .join(':');
  return depth < 3 ? whole : `${whole}.${padded(micro, 6).slice(0, depth === 3 ? 3 : 6)}`;
}

/** What `strftime` writes; a date has midnight as its time, a time is on 1 January 1900. */
export interface Subject extends CalendarDay {
  readonly clock: number;
  offset(): PyDelta | undefined;
  zoneName(): Value;
}

/** A number with the width and fill that it has when the directive does not say. */
interface Figure {
  readonly value: number;
  readonly width: number;
  readonly fill: string;
}

const figure = (value: number, width: number, fill = '0'): Figure => ({ value, width, fill });

/** Weeks of a year before a day, where weeks begin so many days after Monday. */
function weekOfYear(subject: CalendarDay, weekday: number): number {
  return Math.floor((dayOfYear(subject) + 6 - weekday) / 7);
}

/** Directives that write one number or word. */
const SIMPLE: Readonly<Record<string, (subject: Subject) => Figure | string>> = {
  Y: one => figure(one.year, 1),
  C: one => figure(Math.floor(one.year / 100), 1),
  y: one => figure(one.year % 100, 2),
  m: one => figure(one.month, 2),
  d: one => figure(one.day, 2),
  e: one => figure(one.day, 2, ' '),
  j: one => figure(dayOfYear(one), 3),
  G: one => figure(isoWeek(numberOf(one)).year, 1),
  g: one => figure(isoWeek(numberOf(one)).year % 100, 2),
  V: one => figure(isoWeek(numberOf(one)).week, 2),
  u: one => figure(weekdayOf(numberOf(one)) + 1, 1),
  w: one => figure((weekdayOf(numberOf(one)) + 1) % 7, 1),
  U: one => figure(weekOfYear(one, (weekdayOf(numberOf(one)) + 1) % 7), 2),
  W: one => figure(weekOfYear(one, weekdayOf(numberOf(one))), 2),
  H: one => figure(clockFields(one.clock).hour, 2),
  k: one => figure(clockFields(one.clock).hour, 2, ' '),
  I: one => figure(hour12(one), 2),
  l: one => figure(hour12(one), 2, ' '),
  M: one => figure(clockFields(one.clock).minute, 2),
  S: one => figure(clockFields(one.clock).second, 2),
  a: one => WEEKDAYS[weekdayOf(numberOf(one))]!.slice(0, 3),
  A: one => WEEKDAYS[weekdayOf(numberOf(one))]!,
  b: one => MONTHS[one.month - 1]!.slice(0, 3),
  h: one => MONTHS[one.month - 1]!.slice(0, 3),
  B: one => MONTHS[one.month - 1]!,
  p: one => (one.clock < 432e8 ? 'AM' : 'PM'),
  P: one => (one.clock < 432e8 ? 'am' : 'pm'),
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
};

/** Directives that stand for several others, as the C locale has them. */
const COMPOSED: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
};

const numberOf = ({ year, month, day }: CalendarDay) => dayNumber(year, month, day);

function hour12({ clock }: Subject): number {
  return clockFields(clock).hour % 12 || 12;
}

/** What a directive takes. */
const DIRECTIVE_STEPS = 20;

/** `E` and `O` ask for a locale's other forms, of which the C locale has none. */
const DIRECTIVE = /%(?:(:?z|Z|f)|([-_0^#]*)(\d*)(E(?=[cCxXyY])|O(?=[deHImMSuUVwWy]))?(.))/gsu;

export function formatTime(subject: Subject, pattern: string): string {
  vm.work(pattern.length);
  vm.step(DIRECTIVE_STEPS * (pattern.split('%').length - 1));
  return writtenTime(subject, pattern);
}

/** The same outside of a run. */
export function writtenTime(subject: Subject, pattern: string): string {
  return pattern.replace(DIRECTIVE, (whole, own: string, flags: string, width: string, _other, code: string) => {
    if (own !== undefined) return ownDirective(subject, own);
    const plain = flags === '' && width === '';
    const parts = COMPOSED[code];
    if (parts !== undefined && plain) return writtenTime(subject, parts);
    const simple = SIMPLE[code];
    if (simple === undefined || (!plain && 'nt%'.includes(code)) || Number(width) > 100)
      throw new Unsupported(`the strftime directive ${whole}`);
    return laidOut(simple(subject), code, flags, Number(width));
  });
}

/** Those that C's function does not know, or not with these values. */
function ownDirective(subject: Subject, directive: string): string {
  if (directive === 'f') return padded(subject.clock % 1e6, 6);
  if (directive === 'Z') return (subject.zoneName() as string | null) ?? '';
  return offsetText(subject.offset(), directive === 'z' ? '' : ':');
}

/** A number or word with the flags and the width that its directive gives. */
function laidOut(shown: Figure | string, code: string, flags: string, width: number): string {
  const fills = flags.replace(/[^-_0]/g, '');
  const fill = { '-': '', _: ' ', '0': '0' }[fills.slice(-1)];
  if (typeof shown !== 'string') {
    if (fill === '') return String(shown.value).padStart(width);
    return padded(shown.value, Math.max(width, shown.width), fill ?? shown.fill);
  }
  let text = shown;
  if (flags.includes('#')) text = code === 'p' ? text.toLowerCase() : text.toUpperCase();
  else if (flags.includes('^') && code !== 'P') text = text.toUpperCase();
  return text.padStart(width, fill || ' ');
}
