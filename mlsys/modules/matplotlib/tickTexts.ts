/** How ticks read, by the rules of matplotlib's formatters (3.10). Powers are little TeX, as matplotlib writes them. */
import type { Numbers, Scale, TickFormat } from './model';

export interface TickTexts {
  readonly texts: readonly string[];
  /** What the texts leave out, such as `1e6` or `+1e3`; empty for nothing. */
  readonly offset: string;
}

type Limits = readonly [low: number, high: number];

const minus = (text: string) => text.replaceAll('-', '−');

const inside = (values: Numbers, [low, high]: Limits) => values.filter(value => low <= value && value <= high);

/** Powers of ten from which texts leave a factor out. */
const SMALLEST = -5;
const LARGEST = 6;

/** `ScalarFormatter`; `ticks` are all that the locator gave, those outside of the limits as well. */
export function scalarTexts(ticks: Numbers, limits: Limits, format: Partial<TickFormat> = {}): TickTexts {
  const { offset: wanted = true } = format;
  const offset = typeof wanted === 'number' ? wanted : wanted ? offsetOf(inside(ticks, limits)) : 0;
  const order = orderOf(inside(ticks, limits), limits, offset, format);
  const places = placesOf(ticks, limits, offset, order);
  const texts = ticks.map(tick => {
    const value = (tick - offset) / 10 ** order;
    return minus((Math.abs(value) < 1e-8 ? 0 : value).toFixed(places));
  });
  const sign = offset > 0 ? '+' : '';
  const told = offset === 0 ? '' : minus(`${sign}${short(offset)}`);
  return { texts, offset: `${order === 0 ? '' : minus(`1e${order}`)}${told}` };
}

/** As `'%1.10e'` without the zeros behind. */
function short(value: number): string {
  const [significand, exponent] = value.toExponential(10).split('e');
  const power = Number(exponent);
  const digits = significand!.replace(/0+$/, '').replace(/\.$/, '');
  return power === 0 ? digits : `${digits}e${power}`;
}

/** What all ticks share, where that is worth four digits of each. */
function offsetOf(values: Numbers): number {
  if (values.length === 0) return 0;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least === most || (least <= 0 && most >= 0)) return 0;
  const [low, high] = [Math.abs(least), Math.abs(most)].sort((a, b) => a - b) as [number, number];
  const sign = Math.sign(least);
  const largest = Math.ceil(Math.log10(high));
  const first = (differs: (power: number) => boolean) => {
    for (let order = largest; order > -400; order--) if (differs(10 ** order)) return order;
    return largest;
  };
  let order = 1 + first(power => Math.floor(low / power) !== Math.floor(high / power));
  if ((high - low) / 10 ** order <= 1e-2)
    order = 1 + first(power => Math.floor(high / power) - Math.floor(low / power) > 1);
  const steps = Math.floor(high / 10 ** order);
  return steps >= 1000 ? sign * steps * 10 ** order : 0;
}

function orderOf(values: Numbers, [low, high]: Limits, offset: number, format: Partial<TickFormat>): number {
  if (format.isPlain === true) return 0;
  const [smallest, largestPlain] = format.powers ?? [SMALLEST, LARGEST];
  if (smallest === largestPlain && smallest !== 0) return smallest;
  if (values.length === 0) return 0;
  const largest = Math.max(...values.map(Math.abs));
  const order =
    offset === 0 ? (largest === 0 ? 0 : Math.floor(Math.log10(largest))) : Math.floor(Math.log10(high - low));
  return order <= smallest || order >= largestPlain ? order : 0;
}

function placesOf(ticks: Numbers, limits: Limits, offset: number, order: number): number {
  const all = (ticks.length < 2 ? [...ticks, ...limits] : ticks).map(tick => (tick - offset) / 10 ** order);
  let range = Math.max(...all) - Math.min(...all);
  if (range === 0) range = Math.max(...all.map(Math.abs));
  if (range === 0) range = 1;
  const values = ticks.length < 2 ? all.slice(0, -2) : all;
  const digits = Math.floor(Math.log10(range));
  let places = Math.max(0, 3 - digits);
  const threshold = 1e-3 * 10 ** digits;
  const isExact = (count: number) => values.every(value => Math.abs(value - round(value, count)) < threshold);
  while (places >= 0 && isExact(places)) places--;
  return places + 1;
}

function round(value: number, places: number): number {
  const factor = 10 ** places;
  return Math.round(value * factor) / factor;
}

/** Parts of a power that are told, where an axis has not many of them: by how many decades it spans. */
function toldParts(limits: Limits, { base, kind, threshold = 2 }: Scale): ReadonlySet<number> {
  const log = (value: number) => Math.log(value) / Math.log(base);
  const [low, high] = limits;
  let decades = 0;
  if (kind === 'symlog') {
    if (low < -threshold) decades += log(low / Math.min(high, -threshold));
    if (high > threshold) decades += log(high / Math.max(low, threshold));
  } else {
    if (low <= 0) return new Set([1]);
    decades = Math.abs(log(high) - log(low));
  }
  if (decades > 1) return new Set([1]);
  if (decades > 0.4) {
    const count = Math.floor(base / 2) + 1;
    return new Set(Array.from({ length: count }, (_, at) => Math.round(base ** (at / (count - 1)))));
  }
  return new Set(Array.from({ length: base }, (_, at) => at + 1));
}

/** `LogFormatterSciNotation`. */
export function powerTexts(ticks: Numbers, limits: Limits, scale: Scale): readonly string[] {
  const told = toldParts(limits, scale);
  const { base } = scale;
  return ticks.map(tick => {
    if (tick === 0) return '$0$';
    const sign = tick < 0 ? '-' : '';
    const power = Math.log(Math.abs(tick)) / Math.log(base);
    const isWhole = Math.abs(power - Math.round(power)) < 1e-10;
    const exponent = isWhole ? Math.round(power) : Math.floor(power);
    const part = base ** (power - exponent);
    if (!told.has(Math.round(part))) return '';
    if (isWhole) return `$${sign}${base}^{${exponent}}$`;
    const shown = Math.abs(part - Math.round(part)) < 1e-10 ? Math.round(part) : Number(part.toPrecision(6));
    return `$${sign}${shown}\\times${base}^{${exponent}}$`;
  });
}

/** `PercentFormatter`. */
export function percentTexts(
  ticks: Numbers,
  limits: Limits,
  { max = 100, decimals, symbol = '%' }: TickFormat,
): readonly string[] {
  const span = (Math.abs(limits[1] - limits[0]) / max) * 100;
  const automatic = span <= 0 ? 0 : Math.min(5, Math.max(0, Math.ceil(2 - Math.log10(2 * span))));
  return ticks.map(tick => minus(((tick / max) * 100).toFixed(decimals ?? automatic)) + symbol);
}

const PREFIXES = [
  'q',
  'r',
  'y',
  'z',
  'a',
  'f',
  'p',
  'n',
  'µ',
  'm',
  '',
  'k',
  'M',
  'G',
  'T',
  'P',
  'E',
  'Z',
  'Y',
  'R',
  'Q',
];
const NO_PREFIX = 10;

/** `EngFormatter`. */
export function engineeringTexts(ticks: Numbers, { unit = '', places }: TickFormat): readonly string[] {
  const written = (value: number) =>
    places === undefined ? String(Number(value.toPrecision(6))) : value.toFixed(places);
  return ticks.map(tick => {
    const size = Math.abs(tick);
    let power = size === 0 ? 0 : Math.floor(Math.log10(size) / 3);
    power = Math.min(NO_PREFIX, Math.max(-NO_PREFIX, power));
    let scaled = tick / 10 ** (3 * power);
    if (Math.abs(Number(written(scaled))) >= 1000 && power < NO_PREFIX) {
      scaled /= 1000;
      power++;
    }
    const tail = `${PREFIXES[power + NO_PREFIX]}${unit}`;
    return minus(tail === '' ? written(scaled) : `${written(scaled)} ${tail}`);
  });
}
