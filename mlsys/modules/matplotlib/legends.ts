/** Legends: what they list and where they stand, what they tell of themselves, and what can be set of their parts. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineMethods, type NativeBody, refuseAttributes } from '../../python/runtime/native';
import { nativeClass, PyList, PyObject, PyTuple, type Value } from '../../python/runtime/objects';
import { listOf, str, truth } from '../../python/runtime/operations';
import { type LabelAccess, textHandle } from './handles';
import { type LegendEntry, type LegendModel, labelledArtists, legendEntriesIn } from './model';
import { classes, legendClass, PyArtist, type PyAxes, PyBarContainer, PyLegend, textStyle } from './objects';
import { noted, numbersOf, Options } from './options';
import { fontSize, rc, rcColor, rcFlag, rcNumber, rcText } from './rc';

type Keywords = ReadonlyMap<string, Value>;

const LOCATIONS = [
  'best',
  'upper right',
  'upper left',
  'lower left',
  'lower right',
  'right',
  'center left',
  'center right',
  'lower center',
  'upper center',
  'center',
];

function locationOf(value: Value): string {
  if (typeof value === 'bigint') return LOCATIONS[Number(value)] ?? 'best';
  if (typeof value === 'string') {
    if (!LOCATIONS.includes(value) && !value.startsWith('outside'))
      throw raise(
        'ValueError',
        `'${value}' is not a valid value for loc; supported values are ${LOCATIONS.map(each => `'${each}'`).join(', ')}`,
      );
    return value;
  }
  return 'best';
}

/** `ax.legend(…)`. */
export function legend(axes: PyAxes, args: PyTuple, keywords: Keywords): PyLegend {
  const model = legendModel(axes, args, keywords);
  axes.edit().legend = model;
  return new PyLegend(axes);
}

/** The legend of a whole figure: of what is labelled in any of its axes, unless it is told of what. */
export function figureLegend(axes: PyAxes, args: PyTuple, keywords: Keywords): PyLegend {
  const model = legendModel(axes, args, keywords);
  model.entries ??= axes.figure.axes.flatMap(one =>
    labelledArtists(one.model.artists).map(index => {
      const handle = new PyArtist(one, index);
      return { artist: handleArtist(axes, handle), label: handle.model.label! };
    }),
  );
  if (model.location === 'best') model.location = 'upper right';
  axes.edit().figureLegend = model;
  return new PyLegend(axes, true);
}

/** A legend from `legend()`, `legend(labels)`, `legend(handles, labels)` or `handles=`, `labels=`. */
function legendModel(axes: PyAxes, args: PyTuple, keywords: Keywords): LegendModel {
  const options = new Options(keywords);
  let handles = options.take('handles');
  let labels = options.take('labels');
  if (args.items.length === 1) labels = args.items[0]!;
  else if (args.items.length >= 2) [handles, labels] = args.items;
  const model: LegendModel = {
    location: locationOf(options.take('loc') ?? rc('legend.loc') ?? 'best'),
    columns: options.number(1, 'ncol', 'ncols'),
    size: fontSize(options.take('fontsize') ?? rc('legend.fontsize') ?? null),
    title: options.text('', 'title'),
    titleSize: fontSize(options.take('title_fontsize') ?? rc('legend.title_fontsize') ?? null),
    frame: options.flag(rcFlag('legend.frameon'), 'frameon'),
    fill: rcText('legend.facecolor') === 'inherit' ? rcColor('axes.facecolor') : rcColor('legend.facecolor'),
    edge: rcColor('legend.edgecolor'),
    alpha: options.number(rcNumber('legend.framealpha'), 'framealpha'),
    distance: options.number(0.5, 'borderaxespad'),
  };
  model.fill = options.color(model.fill, 'facecolor');
  model.edge = options.color(model.edge, 'edgecolor');
  const prop = options.dictionary('prop');
  if (prop?.has('size')) model.size = fontSize(prop.take('size')!);
  model.distance *= model.size;
  const anchor = options.take('bbox_to_anchor');
  if (anchor !== undefined && anchor !== null) {
    const [x, y, width, height] = numbersOf(anchor);
    model.anchor = [x ?? 1, y ?? 1];
    if (width !== undefined && height !== undefined) model.anchorSize = [width, height];
  }
  options.take('labelcolor');
  if (options.flag(false, 'reverse')) model.reversed = true;
  options.done(axes, 'Legend');
  const entries = givenEntries(axes, handles, labels);
  if (entries !== undefined) model.entries = entries;
  return model;
}

function givenEntries(
  axes: PyAxes,
  handles: Value | undefined,
  labels: Value | undefined,
): LegendModel['entries'] | undefined {
  const names = labels === undefined || labels === null ? undefined : listOf(labels).map(label => str(label));
  if (handles === undefined || handles === null) {
    if (names === undefined) return undefined;
    const drawn = axes.model.artists.flatMap((artist, index) =>
      artist.kind === 'text' || artist.kind === 'segments' ? [] : [index],
    );
    return names.map((label, at) => ({ artist: drawn[at], label }));
  }
  return listOf(handles).flatMap((handle, at) => {
    const artist = handleArtist(axes, handle);
    const label = names?.[at] ?? (artist === undefined ? undefined : axes.model.artists[artist]?.label);
    return label === undefined ? [] : [{ artist, label }];
  });
}

/** Index of the artist that a legend handle stands for; a patch or line made for the legend alone is added unseen. */
function handleArtist(axes: PyAxes, handle: Value): number | undefined {
  if (handle instanceof PyArtist) {
    if (handle.axes === axes) return handle.index;
    return axes.add({ ...handle.model, hidden: true, unlisted: true }).index;
  }
  if (handle instanceof PyBarContainer) return handleArtist(axes, handle.artist);
  const { items } = handle instanceof PyTuple || handle instanceof PyList ? handle : { items: [] };
  if (items.length > 0) return handleArtist(axes, items[0]!);
  const detached =
    handle !== null && typeof handle === 'object' ? (handle as { detached?: () => PyArtist['model'] }) : {};
  return detached.detached === undefined
    ? undefined
    : axes.add({ ...detached.detached(), hidden: true, unlisted: true }).index;
}

function handleOf(axes: PyAxes, index: number): PyArtist | PyBarContainer {
  const artist = axes.model.artists[index]!;
  const handle = new PyArtist(axes, index, classes.of(artist));
  return artist.kind === 'bars' ? new PyBarContainer(handle) : handle;
}

export function handlesAndLabels(axes: PyAxes): PyTuple {
  const labelled = labelledArtists(axes.model.artists);
  return new PyTuple([
    new PyList(labelled.map(index => handleOf(axes, index))),
    new PyList(labelled.map(index => axes.model.artists[index]!.label!)),
  ]);
}

/** A line or the frame of a legend, which is drawn as the legend itself says. */
class PyLegendPart extends PyObject {
  readonly axes: PyAxes;
  constructor(axes: PyAxes, cls: typeof frameClass) {
    super(cls);
    this.axes = axes;
  }
}

const frameClass = nativeClass('FancyBboxPatch', undefined, 'matplotlib.patches');
const lineClass = nativeClass('Line2D', undefined, 'matplotlib.lines');

/** Setters whose effect figures here do not show. */
const looks = (of: string, names: string): Record<string, NativeBody> =>
  Object.fromEntries(names.split(' ').map(name => [`set_${name}(value)`, noted(`${of}.set_${name}`)]));

const ARTIST =
  'contains draw findobj figure get_alpha get_children get_figure get_label get_transform get_visible get_window_extent get_zorder ' +
  'properties remove set set_label set_path_effects set_transform update';

defineMethods(
  frameClass,
  looks(
    'Legend.get_frame()',
    'alpha boxstyle color ec edgecolor facecolor fc hatch linestyle linewidth ls lw visible zorder',
  ),
);
refuseAttributes(
  frameClass,
  `${ARTIST} get_bbox get_boxstyle get_ec get_edgecolor get_facecolor get_fc get_fill get_hatch get_height get_linestyle ` +
    'get_linewidth get_ls get_lw get_path get_width get_x get_y set_bounds set_fill set_height set_width set_x set_y',
);
defineMethods(
  lineClass,
  looks('Legend.get_lines()', 'alpha c color linestyle linewidth ls lw marker markersize ms visible zorder'),
);
refuseAttributes(
  lineClass,
  `${ARTIST} get_c get_color get_data get_linestyle get_linewidth get_ls get_lw get_marker get_markersize get_ms get_xdata ` +
    'get_ydata set_data set_dashes set_xdata set_ydata',
);

function modelOf(legend: PyLegend): LegendModel {
  const { model } = legend;
  if (model === undefined) throw new Unsupported('reading a legend that was removed');
  return model;
}

const entriesOf = (legend: PyLegend): readonly LegendEntry[] =>
  legendEntriesIn(legend.axes.model.artists, modelOf(legend));

/** Changes one of its texts; all then stay what they are, whatever the artists are called later. */
function rename(legend: PyLegend, at: number, text: string): void {
  const { artists } = legend.axes.model;
  const model = legend.edit();
  if (model === undefined) return;
  const entries = legendEntriesIn(artists, { ...model, reversed: false });
  const index = model.reversed === true ? entries.length - 1 - at : at;
  model.entries = entries.map(({ artist, label }, each) => {
    const known = artist === undefined ? undefined : artists.indexOf(artist);
    if (known === -1) throw new Unsupported('changing the legend of single bars');
    return { artist: known, label: each === index ? text : label };
  });
}

function textsOf(legend: PyLegend): PyList {
  const access = (at: number): LabelAccess => ({
    get: () => entriesOf(legend)[at]?.label ?? '',
    set: text => rename(legend, at, text),
    style: () => textStyle(modelOf(legend).size),
  });
  return new PyList(entriesOf(legend).map((_, at) => textHandle(access(at))));
}

function linesOf(legend: PyLegend): PyList {
  const lines = entriesOf(legend).filter(({ artist }) => {
    if (artist === undefined || (artist.contained === true && artist.kind !== 'bars'))
      throw new Unsupported('the lines of a legend of other things');
    return artist.kind === 'line' || artist.kind === 'rule';
  });
  return new PyList(lines.map(() => new PyLegendPart(legend.axes, lineClass)));
}

defineMethods(legendClass, {
  'set_title(title, **kwargs)': (self: PyLegend, title: Value) => {
    const model = self.edit();
    if (model !== undefined) model.title = str(title);
    return null;
  },
  'get_frame()': (self: PyLegend) => new PyLegendPart(self.axes, frameClass),
  'get_title()': (self: PyLegend) =>
    textHandle({
      get: () => modelOf(self).title,
      set: text => {
        const model = self.edit();
        if (model !== undefined) model.title = text;
      },
      style: () => textStyle(modelOf(self).titleSize),
    }),
  'get_texts()': textsOf,
  'get_lines()': linesOf,
  'remove()': (self: PyLegend) => {
    self.remove();
    return null;
  },
  'set_frame_on(b)': (self: PyLegend, on: Value) => {
    const model = self.edit();
    if (model !== undefined) model.frame = truth(on);
    return null;
  },
  ...looks('Legend', 'alpha facecolor edgecolor linewidth zorder fontsize fontweight color'),
});
