/** From data to the page: scales of both axes over a box. */
import { type AxisModel, type AxisTicks, axisTicks, type FigureModel, scaled } from '../../../mlsys/figures';

const FAR_BELOW = -1000 * Math.LN10;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One axis: limits, ticks with their texts, and where a value stands between 0 and 1. */
export interface AxisView extends AxisTicks {
  readonly model: AxisModel;
  fraction(value: number): number;
}

export function axisView(figure: FigureModel, at: number, side: 'x' | 'y'): AxisView {
  const model = figure.axes[at]![side];
  const ticks = axisTicks(figure, at, side);
  const [from, to] = ticks.limits.map(limit => scaled(model.scale, limit)) as [number, number];
  const span = to - from || 1;
  const clips = model.scale.kind === 'log' && model.scale.isMasked !== true;
  return {
    ...ticks,
    model,
    // What a logarithmic axis has no place for lies far below it, so that lines lead there.
    fraction: value => ((clips && value <= 0 ? FAR_BELOW : scaled(model.scale, value)) - from) / span,
  };
}
