/** Polar axes: what makes them, and what they have beside other axes. Angles lie along x, radii along y. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { PyList, type Value } from '../../python/runtime/objects';
import { call, listOf, repr, str, toFloat, truth } from '../../python/runtime/operations';
import type { Polar } from './model';
import { axesClass, type PyAxes } from './objects';
import { numbersOf } from './options';

type Keywords = ReadonlyMap<string, Value>;

/** Whether polar axes are asked for; other projections are refused. */
export function isPolar(keywords: Keywords): boolean {
  const projection = keywords.get('projection') ?? null;
  const polar = keywords.get('polar') ?? null;
  if (projection === 'polar' || (projection === null && polar !== null && truth(polar))) return true;
  if (projection !== null && projection !== 'rectilinear') throw new Unsupported(`projection=${repr(projection)}`);
  return false;
}

export const NEW_POLAR: Polar = { offset: 0, direction: 1, labelAt: 22.5 };

/** Names of places around the circle, in degrees. */
const PLACES: Readonly<Record<string, number>> = { N: 90, NW: 135, W: 180, SW: 225, S: 270, SE: 315, E: 0, NE: 45 };

/** Changes what only polar axes have. */
function changing(name: string, change: (polar: Polar, value: Value, more: Value | undefined) => Polar): NativeBody {
  return (axes: PyAxes, value: Value, more: Value | undefined) => {
    const model = axes.edit();
    if (model.polar === undefined) throw raise('AttributeError', `'Axes' object has no attribute '${name}'`);
    model.polar = change(model.polar, value, more);
    return null;
  };
}

function through(method: string, ...args: Value[]): Value {
  return call(axesClass.lookup(method)!, args);
}

const inRadians = (value: Value): PyList => new PyList(numbersOf(value).map(angle => (angle * Math.PI) / 180));

/** Methods of polar `Axes`, by signature. */
export const POLAR_METHODS: Readonly<Record<string, NativeBody>> = {
  'set_theta_zero_location(loc, offset=0.0)': changing('set_theta_zero_location', (polar, location, more) => {
    const place = PLACES[typeof location === 'string' ? location : str(location)];
    if (place === undefined) throw raise('KeyError', repr(location));
    return { ...polar, offset: ((place + toFloat(more ?? 0)) * Math.PI) / 180 };
  }),
  'set_theta_offset(offset)': changing('set_theta_offset', (polar, offset) => ({ ...polar, offset: toFloat(offset) })),
  'set_theta_direction(direction)': changing('set_theta_direction', (polar, direction) => {
    const isClockwise = direction === 'clockwise' || (typeof direction !== 'string' && toFloat(direction) < 0);
    return { ...polar, direction: isClockwise ? -1 : 1 };
  }),
  'set_rlabel_position(value)': changing('set_rlabel_position', (polar, at) => ({ ...polar, labelAt: toFloat(at) })),
  'set_rticks(*args, **kwargs)': (axes: PyAxes, args: { readonly items: readonly Value[] }, keywords: Keywords) =>
    call(axesClass.lookup('set_yticks')!, [axes, ...args.items], keywords),
  'set_rlim(bottom=None, top=None)': (axes: PyAxes, low: Value | undefined, high: Value | undefined) =>
    through('set_ylim', axes, low ?? null, high ?? null),
  'set_rmax(rmax)': (axes: PyAxes, high: Value) => {
    through('set_ylim', axes, null, high);
    return null;
  },
  'set_rmin(rmin)': (axes: PyAxes, low: Value) => {
    through('set_ylim', axes, low, null);
    return null;
  },
  'set_rgrids(radii, labels=None, angle=None)': (
    axes: PyAxes,
    radii: Value,
    labels: Value | undefined,
    angle: Value | undefined,
  ) => {
    const model = axes.edit();
    if (angle !== undefined && angle !== null && model.polar !== undefined)
      model.polar = { ...model.polar, labelAt: toFloat(angle) };
    return through('set_yticks', axes, radii, ...(labels === undefined || labels === null ? [] : [labels]));
  },
  'set_thetagrids(angles, labels=None)': (axes: PyAxes, angles: Value, labels: Value | undefined) => {
    const places = inRadians(angles);
    if (labels !== undefined && labels !== null) return through('set_xticks', axes, places, new PyList(listOf(labels)));
    return through('set_xticks', axes, places);
  },
};
