/** The proleptic Gregorian calendar: days are counted from 1 January of year 1, which is day 1. */

export const FIRST_YEAR = 1;
export const LAST_YEAR = 9999;
/** 31 December of the last year. */
export const LAST_DAY = 3652059;
/** 1 January 1970. */
export const EPOCH = 719163;

export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
export const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function isLeap(year: number): boolean {
  return year % (year % 100 === 0 ? 400 : 4) === 0;
}

export function monthLength(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

// Years that begin in March have their leap day last, so that a day's place in the year depends on its month alone.
const BEFORE_FIRST = 305;

/** Days before 1 March of a year, from the year zero on. */
function daysBeforeMarch(year: number): number {
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}

/** Days from 1 March to the first of the month that comes so many months later: 31, 61, 92... */
function daysBeforeMonth(months: number): number {
  return Math.floor((months * 153 + 2) / 5);
}

/** The number of a day; also of days beyond the calendar, such as a day 0 of a month. */
export function dayNumber(year: number, month: number, day: number): number {
  const months = (month + 9) % 12;
  return daysBeforeMarch(months > 9 ? year - 1 : year) + daysBeforeMonth(months) + day - BEFORE_FIRST - 1;
}

/** The day with a number. */
export function calendarDay(number: number): CalendarDay {
  const count = number + BEFORE_FIRST;
  let year = Math.floor(count / 365.2425);
  if (daysBeforeMarch(year) > count) year--;
  else if (daysBeforeMarch(year + 1) <= count) year++;
  const rest = count - daysBeforeMarch(year);
  let months = Math.floor(rest / 30.6);
  if (daysBeforeMonth(months) > rest) months--;
  else if (daysBeforeMonth(months + 1) <= rest) months++;
  const day = rest - daysBeforeMonth(months) + 1;
  return months > 9 ? { year: year + 1, month: months - 9, day } : { year, month: months + 3, day };
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(number: number): number {
  return (((number - 1) % 7) + 7) % 7;
}

export function dayOfYear({ year, month, day }: CalendarDay): number {
  return dayNumber(year, month, day) - dayNumber(year, 1, 1) + 1;
}

/** Year, week and weekday as ISO 8601 counts them: a week belongs to the year of its Thursday. */
export function isoWeek(number: number): { year: number; week: number; weekday: number } {
  const weekday = weekdayOf(number);
  const thursday = calendarDay(number - weekday + 3);
  return { year: thursday.year, week: Math.ceil(dayOfYear(thursday) / 7), weekday: weekday + 1 };
}

/** The Monday of the first ISO week of a year: that week has the year's fourth day. */
export function firstMonday(year: number): number {
  const fourth = dayNumber(year, 1, 4);
  return fourth - weekdayOf(fourth);
}

/** Number of ISO weeks in a year. */
export function isoWeeks(year: number): number {
  return (firstMonday(year + 1) - firstMonday(year)) / 7;
}
