/** From data to the page: scales of both axes over a box. */
import { type AxisModel, axisLimits, axisTicks, type FigureModel } from '../../../mlsys/figures';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One axis: limits, ticks with their texts, and where a value stands between 0 and 1. */
export interface AxisView {
  readonly model: AxisModel;
  readonly limits: readonly [number, number];
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  /** Power of ten that the labels leave out, such as `1e6`. */
  readonly offset: string;
  fraction(value: number): number;
}

export function axisView(figure: FigureModel, at: number, side: 'x' | 'y', points: number): AxisView {
  const model = figure.axes[at]![side];
  const limits = axisLimits(figure, at, side);
  const count = Math.max(2, Math.min(side === 'x' ? 9 : 8, Math.round(points / (side === 'x' ? 48 : 34))));
  const ticks = axisTicks(model, limits, count);
  const { labels, offset } = labelsOf(model, ticks);
  return { model, limits, ticks, labels, offset, fraction: fractionOf(model, limits) };
}

function fractionOf({ scale }: AxisModel, [low, high]: readonly [number, number]): (value: number) => number {
  const threshold = scale.threshold ?? 2;
  const forward =
    scale.kind === 'log'
      ? (value: number) => (value > 0 ? Math.log(value) : Number.NEGATIVE_INFINITY)
      : scale.kind === 'symlog'
        ? (value: number) =>
            Math.sign(value) *
            (Math.abs(value) <= threshold ? Math.abs(value) / threshold : 1 + Math.log10(Math.abs(value) / threshold))
        : (value: number) => value;
  const from = forward(low);
  const span = forward(high) - from || 1;
  return value => (forward(value) - from) / span;
}

const minus = (text: string) => text.replace(/^-/, '−').replace(/e-/, 'e−');

function labelsOf(axis: AxisModel, ticks: readonly number[]): { labels: string[]; offset: string } {
  const { format, tickLabels, categories } = axis;
  if (tickLabels !== undefined) {
    const places = axis.ticks ?? ticks;
    return {
      labels: ticks.map((tick, at) => tickLabels[axis.ticks === undefined ? at : places.indexOf(tick)] ?? ''),
      offset: '',
    };
  }
  if (categories !== undefined && axis.ticks === undefined && format === undefined)
    return { labels: ticks.map(tick => categories[tick] ?? ''), offset: '' };
  if (format?.kind === 'null') return { labels: ticks.map(() => ''), offset: '' };
  if (format?.kind === 'format') {
    const { at, texts = [] } = format;
    return {
      labels: ticks.map((tick, index) => (at === undefined ? texts[index] : texts[closest(at, tick)]) ?? plain(tick)),
      offset: '',
    };
  }
  if (format?.kind === 'percent') {
    const max = format.max ?? 100;
    const values = ticks.map(tick => (tick / max) * 100);
    const places = format.decimals ?? decimalsOf(values);
    return { labels: values.map(value => minus(value.toFixed(places)) + (format.symbol ?? '%')), offset: '' };
  }
  if (format?.kind === 'engineering')
    return { labels: ticks.map(tick => engineering(tick, format.unit ?? '', format.places)), offset: '' };
  if (axis.scale.kind === 'log' && format?.kind !== 'scalar')
    return { labels: ticks.map(tick => power(tick, axis.scale.base)), offset: '' };
  return linearLabels(ticks);
}

function closest(places: readonly number[], tick: number): number {
  let best = 0;
  places.forEach((place, at) => {
    if (Math.abs(place - tick) < Math.abs(places[best]! - tick)) best = at;
  });
  return Math.abs((places[best] ?? Number.NaN) - tick) <= Math.abs(tick) * 1e-6 + 1e-12 ? best : -1;
}

function plain(value: number): string {
  return minus(String(Number(value.toPrecision(6))));
}

/** Digits behind the point that tell the ticks apart. */
function decimalsOf(values: readonly number[]): number {
  for (let places = 0; places < 10; places++)
    if (values.every(value => Math.abs(value - Number(value.toFixed(places))) < 1e-9 * Math.max(1, Math.abs(value))))
      return places;
  return 10;
}

function linearLabels(ticks: readonly number[]): { labels: string[]; offset: string } {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const exponent = largest > 0 ? Math.floor(Math.log10(largest)) : 0;
  if (exponent > 5 || exponent < -4) {
    const scaled = ticks.map(tick => tick / 10 ** exponent);
    const places = Math.min(4, decimalsOf(scaled.map(value => Number(value.toPrecision(8)))));
    return { labels: scaled.map(value => minus(value.toFixed(places))), offset: `1e${minus(String(exponent))}` };
  }
  const places = decimalsOf(ticks);
  return { labels: ticks.map(tick => minus(tick.toFixed(places))), offset: '' };
}

/** `10³` as little TeX; other values as they are. */
function power(value: number, base: number): string {
  const exponent = Math.log(value) / Math.log(base);
  const whole = Math.round(exponent);
  if (Math.abs(exponent - whole) > 1e-9) {
    const decade = Math.floor(Math.log10(value));
    const factor = Number((value / 10 ** decade).toPrecision(3));
    return `$${factor}\\times10^{${decade}}$`;
  }
  return `$${base}^{${whole}}$`;
}

const PREFIXES = ['y', 'z', 'a', 'f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

function engineering(value: number, unit: string, places: number | undefined): string {
  if (value === 0) return `0${unit === '' ? '' : ` ${unit}`}`;
  const step = Math.max(-8, Math.min(8, Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-12)));
  const scaled = value / 1000 ** step;
  const text = places === undefined ? String(Number(scaled.toPrecision(6))) : scaled.toFixed(places);
  const tail = `${PREFIXES[step + 8]}${unit}`;
  return minus(tail === '' ? text : `${text} ${tail}`);
}
