/**
 * The generators of random numbers that all code shares, those of `random` and of numpy's own functions: code that is not known
 * may have drawn from them, and then what comes next is not known until a seed is set again.
 */
import { LostState } from './lostState';
import type { Keywords } from './objects';
import { isUnknown, type UnknownCause, UnknownReached } from './unknown';
import { vm } from './vm';

const OF_NUMPY = ['numpy.random'];
const ALL = ['random', ...OF_NUMPY];
const NONE: readonly string[] = [];

/** Libraries that have generators of their own, or none. */
const APART = new Set(
  (
    'altair bs4 cartopy duckdb folium great_tables httpx ibis ipywidgets itables jinja2 lxml markdown openpyxl patsy plotly ' +
    'polars psycopg2 pyarrow pyproj requests rich shapely sqlalchemy sympy tabulate torch tqdm xarray'
  ).split(' '),
);

/** By library, what draws from numpy's generator where it is given no other: `df.sample(3)`, `sns.stripplot(x)`, which shakes its points. */
const DRAWING: ReadonlyMap<string, RegExp> = new Map([
  ['geopandas', /^sample/],
  ['pandas', /^sample$/],
  ['plotnine', /jitter|sina/],
  [
    'scipy',
    /^(?:rvs|random.*|bootstrap|permutation_test|monte_carlo_test|resample|kmeans2?|svds|basinhopping|dual_annealing|differential_evolution)$/,
  ],
  ['seaborn', /^(?:stripplot|catplot)$/],
  ['statsmodels', /sample|simulat|rvs|bootstrap|permut/],
]);
const DRAWING_KEYWORDS = /jitter|permutations/;

/** Of sklearn, whose models draw, what does not. */
const QUIET_PARTS = /^sklearn\.(?:metrics|preprocessing|pipeline|linear_model\.LinearRegression|datasets\.load_)/;

/** Who is given one of these draws from a generator of its own. */
const SEEDS = ['random_state', 'seed', 'rng'];

/** The channels from which code of a missing library may draw; `name` is what is called, with its module where that is known. */
export function drawnBy({ kind, subject }: UnknownCause, name: string, keywords?: Keywords): readonly string[] {
  if (kind !== 'module') return NONE;
  const given = [...(keywords ?? [])];
  if (given.some(([key, value]) => SEEDS.includes(key) && value !== null && !isUnknown(value))) return NONE;
  const library = subject.split('.', 1)[0]!;
  if (APART.has(library)) return NONE;
  const drawing = DRAWING.get(library);
  if (drawing === undefined) return QUIET_PARTS.test(name) ? NONE : ALL;
  const isDrawing = drawing.test(name.split('.').at(-1)!) || given.some(([key]) => DRAWING_KEYWORDS.test(key));
  return isDrawing ? OF_NUMPY : NONE;
}

/** Makes the numbers unknown that come next from those of them that have a seed. */
export function loseDraws(channels: readonly string[], cause: UnknownCause): void {
  for (const channel of channels) {
    const state = vm.peekState(channel);
    if (state !== undefined && !(state instanceof LostState)) vm.loseState(channel, new UnknownReached(cause));
  }
}
