/** `strptime`: reads a time by a pattern. */
import { raise, Unsupported } from '../../../python/runtime/errors';
import { repr } from '../../../python/runtime/operations';
import { calendarDay, dayNumber, firstMonday, isoWeeks, MONTHS, WEEKDAYS, weekdayOf } from './days';
import { makeDelta } from './delta';
import { fixedZone, type PyTzinfo } from './zone';

/** Numbers of a range as they may be written: with leading zeros first, then without. */
function range(from: number, to: number, width: number): string {
  const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const forms: string[] = [];
  for (let digits = width; digits > 0; digits--)
    for (const number of numbers) {
      const text = String(number).padStart(digits, '0');
      if (text.length === digits) forms.push(text);
    }
  return forms.join('|');
}

/** Longer words first, so that no word hides another that starts with it. */
function words(list: readonly string[]): string {
  return [...list].sort((a, b) => b.length - a.length).join('|');
}

const short = (list: readonly string[]) => list.map(word => word.slice(0, 3));

/** What a directive matches. */
const FORMS: Readonly<Record<string, () => string>> = {
  Y: () => '\\d{4}',
  G: () => '\\d{4}',
  y: () => '\\d\\d',
  m: () => range(1, 12, 2),
  d: () => `${range(1, 31, 2)}| [1-9]`,
  j: () => range(1, 366, 3),
  H: () => range(0, 23, 2),
  I: () => `${range(1, 12, 2)}| [1-9]`,
  M: () => range(0, 59, 2),
  S: () => range(0, 61, 2),
  f: () => '\\d{1,6}',
  U: () => range(0, 53, 2),
  W: () => range(0, 53, 2),
  V: () => `${range(1, 53, 2)}|0`,
  u: () => '[1-7]',
  w: () => '[0-6]',
  A: () => words(WEEKDAYS),
  a: () => words(short(WEEKDAYS)),
  B: () => words(MONTHS),
  b: () => words(short(MONTHS)),
  p: () => 'am|pm',
  z: () => '[-+]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z',
  Z: () => 'utc|gmt',
};

/** Directives that stand for several others in the C locale. */
const COMPOSED: Readonly<Record<string, string>> = {
  c: '%a %b %d %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

/** The regular expression of a pattern and the directives of its groups. */
function compile(pattern: string): { expression: RegExp; codes: string[] } {
  const codes: string[] = [];
  const source = pattern
    .replace(/%([cxX])/g, (_, code: string) => COMPOSED[code]!)
    .replace(/\s+|%(.?)|[\\^$.*+?()[\]{}|]/gsu, (piece, code?: string) => {
      if (code === undefined) return piece.trim() === '' ? '\\s+' : `\\${piece}`;
      if (code === '') throw raise('ValueError', `stray % in format '${pattern}'`);
      if (code === '%') return '%';
      const form = FORMS[code];
      if (form === undefined) throw raise('ValueError', `'${code}' is a bad directive in format '${pattern}'`);
      if (codes.includes(code)) throw new Unsupported(`strptime with %${code} twice`);
      codes.push(code);
      return `(${form()})`;
    });
  return { expression: new RegExp(`^${source}`, 'iu'), codes };
}

export interface ReadMoment {
  readonly day: readonly [year: number, month: number, day: number];
  readonly clock: readonly [hour: number, minute: number, second: number, micro: number];
  readonly zone: PyTzinfo | undefined;
}

/** The texts that directives matched. */
type Found = ReadonlyMap<string, string>;

export function readByPattern(text: string, pattern: string): ReadMoment {
  const { expression, codes } = compile(pattern);
  const match = expression.exec(text);
  // The letter of UTC's offset is a capital one, whereas words are read in any case.
  if (match === null || match[codes.indexOf('z') + 1] === 'z')
    throw raise('ValueError', `time data ${repr(text)} does not match format ${repr(pattern)}`);
  if (match[0].length < text.length)
    throw raise('ValueError', `unconverted data remains: ${text.slice(match[0].length)}`);
  const found: Found = new Map(codes.map((code, at) => [code, match[at + 1]!]));
  const number = (code: string, otherwise: number) => Number(found.get(code) ?? otherwise);
  const late = found.get('p')?.toLowerCase() === 'pm' ? 12 : 0;
  const hour = lastOf(codes, 'HI') === 'I' ? (number('I', 0) % 12) + late : number('H', 0);
  const micro = Number((found.get('f') ?? '0').padEnd(6, '0'));
  return {
    day: dayOf(found, codes),
    clock: [hour, number('M', 0), number('S', 0), micro],
    zone: zoneOf(found.get('z'), found.get('Z')),
  };
}

/** The last directive of some that mean the same: it decides. */
function lastOf(codes: readonly string[], among: string): string {
  return codes.filter(code => among.includes(code)).at(-1) ?? '';
}

function monthOf(found: Found, codes: readonly string[]): number | undefined {
  const code = lastOf(codes, 'mBb');
  if (code === '') return undefined;
  const text = found.get(code)!.toLowerCase();
  if (code === 'm') return Number(text);
  return MONTHS.findIndex(name => (code === 'B' ? name : name.slice(0, 3)).toLowerCase() === text) + 1;
}

/** 0 for Monday. */
function weekdayRead(found: Found, codes: readonly string[]): number | undefined {
  const code = lastOf(codes, 'Aawu');
  if (code === '') return undefined;
  const text = found.get(code)!.toLowerCase();
  if (code === 'u') return Number(text) - 1;
  if (code === 'w') return (Number(text) + 6) % 7;
  return WEEKDAYS.findIndex(name => (code === 'A' ? name : name.slice(0, 3)).toLowerCase() === text);
}

const NEEDS_WEEKDAY = "a weekday directive ('%A', '%a', '%w', or '%u').";

/** Refuses directives of ISO weeks in other company. */
function checkIsoWeeks(found: Found, weekday: number | undefined): void {
  const complain = (message: string) => raise('ValueError', message);
  if (found.has('G')) {
    if (found.has('j'))
      throw complain(
        "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.",
      );
    if (!found.has('V') || weekday === undefined)
      throw complain(`ISO year directive '%G' must be used with the ISO week directive '%V' and ${NEEDS_WEEKDAY}`);
  } else if (found.has('V')) {
    if (weekday !== undefined && (found.has('Y') || found.has('y')))
      throw complain(
        "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.",
      );
    throw complain(`ISO week directive '%V' must be used with the ISO year directive '%G' and ${NEEDS_WEEKDAY}`);
  }
}

function dayOf(found: Found, codes: readonly string[]): [number, number, number] {
  const weekday = weekdayRead(found, codes);
  checkIsoWeeks(found, weekday);
  const yearCode = lastOf(codes, 'Yy');
  const digits = Number(found.get(yearCode) ?? 1900);
  const year = yearCode === 'y' ? digits + (digits < 69 ? 2000 : 1900) : digits;
  const week = lastOf(codes, 'UW');
  if (found.has('G') && week === '') return isoDay(Number(found.get('G')), Number(found.get('V')), weekday!);
  let ofYear = found.has('j') ? Number(found.get('j')) : undefined;
  if (ofYear === undefined && weekday !== undefined && week !== '')
    ofYear = dayOfWeek(year, Number(found.get(week)), weekday, week === 'U');
  if (ofYear === undefined) return [year, monthOf(found, codes) ?? 1, Number(found.get('d') ?? 1)];
  const { year: own, month, day } = calendarDay(dayNumber(year, 1, 1) + ofYear - 1);
  return [own, month, day];
}

function isoDay(year: number, week: number, weekday: number): [number, number, number] {
  if (week < 1 || week > isoWeeks(year)) throw raise('ValueError', `Invalid week: ${week}`);
  const { year: own, month, day } = calendarDay(firstMonday(year) + 7 * (week - 1) + weekday);
  return [own, month, day];
}

/** The day of the year of a weekday in a week; days before the first Sunday or Monday are of week 0. */
function dayOfWeek(year: number, week: number, weekday: number, fromSunday: boolean): number {
  const shift = fromSunday ? 1 : 0;
  const first = (weekdayOf(dayNumber(year, 1, 1)) + shift) % 7;
  const day = (weekday + shift) % 7;
  const days = week === 0 ? -first : ((7 - first) % 7) + 7 * (week - 1);
  return 1 + days + day;
}

function zoneOf(offset: string | undefined, name: string | undefined): PyTzinfo | undefined {
  if (offset === undefined) return undefined;
  if (offset === 'Z') return fixedZone(makeDelta(0n), name);
  const digits = offset.slice(1).split(':');
  const seconds = offset.slice(1).replaceAll(':', '');
  if (digits.length === 2 && seconds.length > 4) throw raise('ValueError', `Inconsistent use of : in ${offset}`);
  const [hours, minutes, rest] = [seconds.slice(0, 2), seconds.slice(2, 4), seconds.slice(4)];
  const micros = Math.round(Number(rest || 0) * 1e6);
  const size = BigInt((Number(hours) * 60 + Number(minutes)) * 60) * 1_000_000n + BigInt(micros);
  return fixedZone(makeDelta(offset.startsWith('-') ? -size : size), name);
}
