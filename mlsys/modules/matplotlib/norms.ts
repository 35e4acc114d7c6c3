/** Scales of colours: what `norm`, `vmin` and `vmax` make of the data. */
import type { Value } from '../../python/runtime/objects';
import { toFloat } from '../../python/runtime/operations';
import type { ColorMap, ColorScale } from './model';
import type { Options } from './options';

/** What `norm`, `vmin` and `vmax` say of a scale. */
type Norm = Pick<ColorScale, 'log' | 'center'> & {
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** Half of the range around the middle, or true where that is what the data have. */
  readonly half?: number | true;
};

export function normOf(options: Options): Norm {
  const norm = options.take('norm');
  const [low, high] = [optional(options.take('vmin')), optional(options.take('vmax'))];
  if (norm === undefined || norm === null || typeof norm !== 'object' || norm.attrs === undefined)
    return { low, high, log: norm === 'log' };
  const read = (name: string) => optional(norm.attrs?.get(name));
  const limits = { low: low ?? read('vmin'), high: high ?? read('vmax'), log: norm.cls.name === 'LogNorm' };
  const center = read('vcenter');
  if (norm.cls.name === 'CenteredNorm') return { ...limits, center: center ?? 0, half: read('halfrange') ?? true };
  return center === undefined ? limits : { ...limits, center };
}

/** The scale of some values. */
export function scaleOver(
  values: readonly number[],
  { low, high, log, center, half }: Norm,
): Omit<ColorScale, keyof ColorMap> {
  const usable = values.filter(value => Number.isFinite(value) && (!log || value > 0));
  const least = usable.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = usable.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (center !== undefined && half !== undefined) {
    const reach = half === true ? Math.max(Math.abs(least - center), Math.abs(most - center)) : half;
    return { low: center - reach, high: center + reach, log };
  }
  const scale = { low: low ?? least, high: high ?? most, log };
  if (center === undefined) return scale;
  // A middle that lies beyond the data gets as much on its other side.
  if (low === undefined && scale.low >= center) scale.low = center - (scale.high - center);
  if (high === undefined && scale.high <= center) scale.high = center + (center - scale.low);
  return { ...scale, center };
}

function optional(value: Value | undefined): number | undefined {
  return value === undefined || value === null ? undefined : toFloat(value);
}
