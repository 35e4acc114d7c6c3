/** The numbers of a line, as precise as what shows them. */
import { valueBehind } from './behind';
import type { Line } from './lines';
import type { WrittenNumber } from './numbers';

/** No digit that a reference shows was rounded further, as zeros that are typed may be: "1,000 kWh"; and none by more than its cell did. */
export function asShown(number: WrittenNumber, line: Line): WrittenNumber {
  const { from, digitsTo, value, half } = number;
  const [ref, ...more] = line.refsIn(from, digitsTo);
  if (ref === undefined || more.length > 0) return number;
  const digits = line.text.slice(from, digitsTo).replaceAll(',', '');
  const scale = Math.abs(value / Number(digits));
  if (!/^\d+(?:\.\d+)?$/.test(digits) || !Number.isFinite(scale)) return number;
  const own = 0.5 * 10 ** -(digits.split('.')[1]?.length ?? 0);
  const exact = valueBehind(ref, { ...number, value: value / scale, half: own });
  const off = exact === undefined ? own : Math.min(own, Math.abs(exact - value / scale));
  return { ...number, half: Math.min(half, off * scale) };
}
