/** Colour bars, with their ticks and labels. */
import type { AxesModel } from '../../../mlsys/figures';
import { automaticTicks, colorAt, partOfScale, powers, powerTexts, scalarTexts } from '../../../mlsys/figures';
import { type Canvas, n } from './artists';
import { textSvg } from './figureText';
import type { Box } from './space';

type Colorbar = NonNullable<AxesModel['colorbar']>;

/** Its width, or its height where it lies. */
const BAR = 12;

/** The colours of a bar, from its lowest on; `boxOf` places one of so many. */
function colorsSvg({ bands, scale }: Colorbar, boxOf: (at: number, steps: number) => Box): string {
  const steps = bands?.colors.length ?? 48;
  let svg = '';
  for (let at = 0; at < steps; at++) {
    const color = bands?.colors[at] ?? colorAt(scale, (at + 0.5) / steps);
    const { x, y, width, height } = boxOf(at, steps);
    svg += `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${color}"/>`;
  }
  return svg;
}

/** A colour bar that lies below its axes. */
function flatBarSvg({ box }: Canvas, axes: AxesModel, bar: Colorbar, top: number): string {
  const y = top + 8;
  let svg = colorsSvg(bar, (at, steps) => ({
    x: box.x + (box.width * at) / steps,
    y,
    width: box.width / steps + 0.3,
    height: BAR,
  }));
  const style = axes.y.tickStyle;
  for (const { part, text } of barTicks(bar, box.width, 1.5 * style.size))
    svg += textSvg(text, style, { x: box.x + box.width * part, y: y + 14, anchor: 'middle', at: 'top' });
  const middle = box.x + box.width / 2;
  return svg + textSvg(bar.label, axes.y.labelStyle, { x: middle, y: y + 28, anchor: 'middle', at: 'top' });
}

/** The colour bar of an axes: beside it, or `below` it; nothing without one. */
export function colorbarSvg(canvas: Canvas, axes: AxesModel, below: number): string {
  const { box } = canvas;
  const bar = axes.colorbar;
  if (bar === undefined) return '';
  if (bar.isFlat) return flatBarSvg(canvas, axes, bar, below);
  const x = box.x + box.width + 12;
  let svg = colorsSvg(bar, (at, steps) => ({
    x,
    y: box.y + box.height * (1 - (at + 1) / steps),
    width: BAR,
    height: box.height / steps + 0.3,
  }));
  const style = axes.y.tickStyle;
  for (const { part, text } of barTicks(bar, box.height, style.size))
    svg += textSvg(text, style, { x: x + 15, y: box.y + box.height * (1 - part), anchor: 'start', at: 'center' });
  return (
    svg +
    textSvg(bar.label, axes.y.labelStyle, {
      x: x + 48,
      y: box.y + box.height / 2,
      anchor: 'middle',
      at: 'center',
      rotation: 90,
    })
  );
}

/** At most ten or so of the levels, with the one next to zero among them, as matplotlib's `FixedLocator` has them. */
function someOf(levels: readonly number[]): readonly number[] {
  const step = Math.max(1, Math.ceil(levels.length / 10));
  const least = (from: number) => Math.min(...every(from).map(Math.abs));
  const every = (from: number) => levels.filter((_, at) => at % step === from);
  let best = 0;
  for (let from = 1; from < step; from++) if (least(from) < least(best)) best = from;
  return every(best);
}

/** Where a value stands among levels that are equally far apart. */
function partOfBands(levels: readonly number[], value: number): number {
  const next = levels.findIndex(level => level >= value);
  if (next <= 0) return levels[0] === value ? 0 : next;
  const [low, high] = [levels[next - 1]!, levels[next]!];
  return (next - 1 + (value - low) / (high - low)) / (levels.length - 1);
}

/** The ticks of a colour bar, as fractions of its height: of an axis of its own, or at the levels of its bands. */
function barTicks(
  { scale, bands, ticks: given, tickLabels }: Colorbar,
  height: number,
  size: number,
): readonly { readonly part: number; readonly text: string }[] {
  const { low, high, log } = scale;
  const space = Math.floor(height / (2 * size));
  const whole = bands?.levels ?? [low, high];
  const limits = [whole[0]!, whole.at(-1)!] as const;
  const ticks =
    given ??
    (bands && someOf(bands.levels)) ??
    (log ? powers(low, high, { base: 10, space }) : automaticTicks(low, high, space));
  const texts =
    tickLabels?.length === ticks.length
      ? tickLabels
      : log
        ? powerTexts(ticks, limits, { kind: 'log', base: 10 })
        : scalarTexts(ticks, limits).texts;
  return ticks.flatMap((tick, at) => {
    const part = bands === undefined ? partOfScale(scale, tick) : partOfBands(bands.levels, tick);
    return part < -1e-9 || part > 1 + 1e-9 ? [] : [{ part, text: texts[at]! }];
  });
}
