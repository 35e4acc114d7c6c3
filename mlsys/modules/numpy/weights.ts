/** How much work universal functions do for an item. */
import type { DType } from './dtype';
import type { UfuncSpec } from './ufuncs';

/** Functions of two numbers that take as long as elementary functions of one. */
const SLOW_PAIRS: ReadonlySet<string> = new Set([
  'power',
  'float_power',
  'arctan2',
  'hypot',
  'logaddexp',
  'logaddexp2',
]);

/** Functions to floats that the processor has. */
const QUICK: ReadonlySet<string> = new Set(
  'sqrt rint copysign nextafter heaviside true_divide divide fabs degrees radians deg2rad rad2deg reciprocal ceil floor trunc'.split(
    ' ',
  ),
);

/** What one item takes, in sixteenths of a step: elementary functions take long. */
export function weightOf(spec: UfuncSpec, loop: DType): number {
  if (SLOW_PAIRS.has(spec.name)) return 400;
  if (spec.family === 'inexact' && !QUICK.has(spec.name)) return 200;
  return loop.kind === 'f' || loop.kind === 'b' ? 8 : 64;
}
