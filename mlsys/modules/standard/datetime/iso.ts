/** Reads dates and times in the forms of ISO 8601. */
import { raise } from '../../../python/runtime/errors';
import type { Value } from '../../../python/runtime/objects';
import { repr } from '../../../python/runtime/operations';
import { type CalendarDay, calendarDay, firstMonday, isoWeeks } from './days';
import { makeDelta } from './delta';
import { clockOf } from './fields';
import { fixedZone, type PyTzinfo } from './zone';

/** A text that is not in such a form is reported whole. */
class Malformed extends Error {}

/** Runs a reader on an argument of `fromisoformat`. */
export function readIso<T>(text: Value, read: (text: string) => T): T {
  if (typeof text !== 'string') throw raise('TypeError', 'fromisoformat: argument must be str');
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw raise('ValueError', `Invalid isoformat string: ${repr(text)}`);
  }
}

const DATE = /^(\d{4})(-?)(?:(\d\d)\2(\d\d)|W(\d\d)(?:\2(\d))?)$/;

/** `2024-02-29`, `20240229`, `2024-W09-4`, `2024W094`, `2024-W09`; the month and day are not checked yet. */
export function readDay(text: string): CalendarDay {
  const found = DATE.exec(text);
  if (found === null) throw new Malformed();
  const year = Number(found[1]);
  if (found[5] === undefined) return { year, month: Number(found[3]), day: Number(found[4]) };
  const week = Number(found[5]);
  const weekday = Number(found[6] ?? 1);
  if (year < 1 || week < 1 || week > isoWeeks(year) || weekday < 1 || weekday > 7) throw new Malformed();
  return calendarDay(firstMonday(year) + 7 * (week - 1) + weekday - 1);
}

/** A fraction may follow any part, the seconds after a colon as well. */
const EXTENDED = /^(\d\d)(?::(\d\d)(?::(\d\d))?)?()(?:(?:[.,]|(?<=:\d\d:\d\d):)(\d+))?(.*)$/s;
/** Without colons a fraction of the second needs no point, if it has two digits. */
const BASIC = /^(\d\d)(?:(\d\d)(?:(\d\d)(\d{2,})?)?)?(?:[.,](\d+))?(.*)$/s;

/**
 * Hours, minutes, seconds and microseconds; further digits are cut. As in CPython, one more character may stand between
 * a time and its zone, and more than one after a fraction that is longer than kept.
 */
function readParts(text: string, beforeZone = false): [number, number, number, number] {
  const found = (text[2] === ':' ? EXTENDED : BASIC).exec(text);
  if (found === null) throw new Malformed();
  const [, hour, minute, second, joined = '', pointed = '', rest = ''] = found;
  if (joined !== '' && pointed !== '') throw new Malformed();
  const part = joined + pointed;
  const mayFollow = part === '' ? /^[\0-\x7f]?$/.test(rest) : part.length >= 6;
  if (rest !== '' && !(beforeZone && mayFollow)) throw new Malformed();
  return [Number(hour), Number(minute ?? 0), Number(second ?? 0), Number(part.padEnd(6, '0').slice(0, 6))];
}

/** `date.fromisoformat`: as in CPython, a compact date may be followed by two more characters. */
export function readDate(text: string): CalendarDay {
  return readDay(text.replace(/^(\d{4}(?:\d{4}|W\d{3}))[\0-\x7f]{2}$/, '$1'));
}

export interface ReadTime {
  readonly clock: number;
  readonly zone: PyTzinfo | undefined;
}

/** `14:05:06.789+02:00` and its shorter forms. */
export function readTime(text: string): ReadTime {
  const at = text.search(/[-+Z]/);
  const parts = at < 0 ? readParts(text) : readParts(text.slice(0, at), true);
  const zone = at < 0 ? undefined : readZone(text.slice(at));
  return { clock: clockOf(parts), zone };
}

function readZone(text: string): PyTzinfo {
  if (text === 'Z') return fixedZone(makeDelta(0n));
  if (text.startsWith('Z')) throw new Malformed();
  const [hour, minute, second, micro] = readParts(text.slice(1));
  const size = BigInt(((hour * 60 + minute) * 60 + second) * 1e6 + micro);
  return fixedZone(makeDelta(text.startsWith('-') ? -size : size));
}

/** Where the date ends in a date with a time after it; any character may part them, even a digit. */
function dateEnd(text: string): number {
  const dash = text[4] === '-';
  if (text[dash ? 5 : 4] !== 'W') return dash ? 10 : 8;
  const isDigit = (ch: string | undefined) => ch !== undefined && ch >= '0' && ch <= '9';
  if (dash) return text[8] === '-' && !isDigit(text[10]) ? 10 : 8;
  const digits = /^\d*/.exec(text.slice(7))![0].length;
  return digits === 1 || (digits > 0 && digits % 2 === 0) ? 8 : 7;
}

export function readMoment(text: string): CalendarDay & ReadTime {
  if (text.length < 7) throw new Malformed();
  const end = dateEnd(text);
  const day = readDay(text.slice(0, end));
  const [separator = ''] = text.slice(end);
  const rest = text.slice(end + separator.length);
  return { ...day, ...(separator === '' ? { clock: 0, zone: undefined } : readTime(rest)) };
}
