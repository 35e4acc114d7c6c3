/** Colour bars. */
import { Unsupported } from '../../python/runtime/errors';
import { defineMethods, refuseAttributes } from '../../python/runtime/native';
import { nativeClass, type Value } from '../../python/runtime/objects';
import { listOf, str } from '../../python/runtime/operations';
import { PyArtist, type PyAxes, type PyFigure } from './objects';
import { isSequence, note, numbersOf, Options } from './options';

type Keywords = ReadonlyMap<string, Value>;

/** Where a colour bar stands and how it is marked, which the drawing decides. */
const COLORBAR_PLACEMENT = ['ax', 'cax', 'shrink', 'pad', 'fraction', 'aspect', 'extend'];

/** `colorbar`: the scale of an artist beside its axes. */
export function colorbar(figure: PyFigure, source: Value | undefined, keywords: Keywords): Value {
  const options = new Options(keywords);
  const shown = source ?? null;
  options.take(...COLORBAR_PLACEMENT);
  const label = options.text('', 'label');
  const location = options.take('location') ?? null;
  const isFlat = options.take('orientation') === 'horizontal' || location === 'bottom' || location === 'top';
  const ticks = options.take('ticks') ?? null;
  if ((options.take('format') ?? null) !== null && figure.current) note(figure.current, 'colorbar(format=)');
  options.done(figure.current, 'Colorbar');
  if (!(shown instanceof PyArtist)) throw new Unsupported('colorbar without an image or contour');
  const artist = shown.model;
  const axes = shown.axes.edit();
  if (artist.kind === 'image' || (artist.kind === 'points' && artist.scale !== undefined))
    axes.colorbar = { scale: artist.scale!, label };
  else if (artist.kind === 'contour')
    axes.colorbar = {
      scale: {
        stops: artist.colors,
        isListed: false,
        low: artist.levels[0] ?? 0,
        high: artist.levels.at(-1) ?? 1,
        log: false,
      },
      label,
      bands: { levels: artist.levels, colors: artist.colors },
    };
  else throw new Unsupported('colorbar of such an artist');
  if (isFlat) axes.colorbar.isFlat = true;
  if (ticks !== null)
    if (isSequence(ticks)) axes.colorbar.ticks = numbersOf(ticks);
    else note(shown.axes, 'colorbar(ticks=)');
  return new PyColorbar(shown.axes);
}

const colorbarClass = nativeClass('Colorbar', undefined, 'matplotlib.colorbar');
class PyColorbar extends PyArtist {
  constructor(axes: PyAxes) {
    super(axes, 0, colorbarClass);
  }
}

defineMethods(colorbarClass, {
  'set_label(label, **kwargs)': (self: PyColorbar, label: Value) => {
    const { colorbar: bar } = self.axes.edit();
    if (bar !== undefined) bar.label = str(label);
    return null;
  },
  'set_ticks(ticks, **kwargs)': (self: PyColorbar, ticks: Value, keywords: Keywords) => {
    const { colorbar: bar } = self.axes.edit();
    const labels = keywords.get('labels') ?? null;
    if (bar === undefined || !isSequence(ticks)) note(self.axes, 'Colorbar.set_ticks');
    else bar.ticks = numbersOf(ticks);
    if (bar !== undefined && labels !== null) bar.tickLabels = listOf(labels).map(one => str(one));
    return null;
  },
});
refuseAttributes(
  colorbarClass,
  'add_lines alpha ax boundaries cmap dividers drag_pan drawedges extend extendfrac extendrect formatter get_ticks lines ' +
    'locator long_axis mappable minorformatter minorlocator minorticks_off minorticks_on n_rasterize norm orientation outline ' +
    'remove set_alpha set_ticklabels solids solids_patches spacing stale ticklocation update_normal update_ticks values vmax vmin',
);
