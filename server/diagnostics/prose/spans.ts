/** Spans of time of the calendar, whose length is not the same each time ("7.9 years, less than a decade"), and nights, of which there is one a day. */
import type { WrittenNumber } from './numbers';

const DAY = 86_400;
/** In days, on average. */
const SPANS: Readonly<Record<string, number>> = {
  night: 1,
  fortnight: 14,
  month: 30.44,
  quarter: 91.31,
  year: 365.25,
  decade: 3652.5,
  century: 36_525,
  centurie: 36_525,
};
/** By so much a month may be off. */
const UNEVEN = 0.03;

/** Two numbers in seconds, where they are spans of time in different units and one of these is of the calendar. */
export function inOneSpan(one: WrittenNumber, other: WrittenNumber): readonly [WrittenNumber, WrittenNumber] {
  if (one.unit === undefined || other.unit === undefined || one.unit.kind === other.unit.kind) return [one, other];
  const [first, second] = [inSeconds(one), inSeconds(other)];
  return first === undefined || second === undefined ? [one, other] : [first, second];
}

function inSeconds(number: WrittenNumber): WrittenNumber | undefined {
  const { kind, text } = number.unit!;
  if (kind === 'time') return number;
  if (!Object.hasOwn(SPANS, kind)) return undefined;
  const half = Math.max(number.half, UNEVEN * Math.abs(number.value));
  return { ...number, half, unit: { kind: 'time', factor: SPANS[kind]! * DAY, text } };
}
