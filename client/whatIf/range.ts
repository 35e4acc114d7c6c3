/** What a slider of an assumption runs over. Knows nothing of the document. */

export interface SliderRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** So many steps a slider has at most. */
const STEPS = 400;
/** The edge of a guard is in reach of the slider up to so many times the value. */
const FURTHEST = 5;

/** A number as it is typed; undefined for an expression. */
export function numberIn(text: string): number | undefined {
  const plain = text.trim().replaceAll('_', '');
  const value = Number(plain);
  return plain !== '' && Number.isFinite(value) && /^[-+.\d]/.test(plain) ? value : undefined;
}

/** True for what Python reads as an `int`. */
export function isWhole(text: string): boolean {
  return /^[-+]?[\d_]+$/.test(text.trim());
}

/** From nothing to twice the value, and on to edges that are near and to what was typed. */
export function rangeOf(was: string, edges: readonly number[], value: string): SliderRange | undefined {
  const start = numberIn(was);
  if (start === undefined) return undefined;
  const size = Math.abs(start);
  let min = size === 0 ? -1 : Math.min(0, 2 * start);
  let max = size === 0 ? 1 : Math.max(0, 2 * start);
  const reach = [...edges.filter(edge => Math.abs(edge) <= FURTHEST * size), numberIn(value) ?? start];
  for (const one of reach) {
    min = Math.min(min, one);
    max = Math.max(max, one);
  }
  const step = isWhole(was) ? Math.max(1, Math.round(niceBelow((max - min) / STEPS))) : niceBelow((max - min) / STEPS);
  return { min: Math.floor(min / step) * step, max: Math.ceil(max / step) * step, step };
}

/** The largest of 1, 2, 5, 10, … that is not above a number. */
function niceBelow(number: number): number {
  const power = 10 ** Math.floor(Math.log10(number));
  const digit = number / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

/** A place of the slider as Python reads it: a whole number stays one, and no other becomes one. */
export function valueAt(place: number, { step }: SliderRange, was: string): string {
  const digits = Math.min(20, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const value = Math.round(place / step) * step;
  if (isWhole(was)) return String(Math.round(value));
  const text =
    Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-6)
      ? String(Number(value.toPrecision(6)))
      : String(Number(value.toFixed(digits)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}
