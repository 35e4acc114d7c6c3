/** A module that may well be installed, but that Reckoner does not have: what comes from it is unknown. */
import { builtinModules } from '../../../mlsys';
import type { UnknownPlace } from '../../evaluation/analysis';
import type { Draft, Rule } from '../rule';
import { causesOf, filePlace } from '../unknownCauses';

export const unavailableModule: Rule = {
  code: 'unavailable-module',
  severity: 'info',
  *chapter(analysis): Iterable<Draft> {
    for (const { first, range, consequences } of causesOf(analysis, isMissing, packageName)) {
      const name = packageName(first);
      const message = `Needs ${name}, which Reckoner does not have${filePlace(first)}.`;
      yield { range, message: isPublished(name) ? message : `${message} ${ADVICE}` };
      yield* consequences;
    }
  },
};

function isMissing({ kind }: UnknownPlace): boolean {
  return kind === 'module';
}

const ADVICE = 'If it is part of the book, name the folder that holds it in the setting `reckoner.packageRoots`.';

/** Packages that authors have installed, and that are no part of a book. */
const PUBLISHED: ReadonlySet<string> = new Set([
  ...[
    'pandas',
    'scipy',
    'sklearn',
    'torch',
    'tensorflow',
    'keras',
    'jax',
    'polars',
    'pyarrow',
    'seaborn',
    'plotly',
    'altair',
  ],
  ...[
    'bokeh',
    'statsmodels',
    'sympy',
    'networkx',
    'requests',
    'httpx',
    'bs4',
    'PIL',
    'cv2',
    'skimage',
    'nltk',
    'spacy',
  ],
  ...[
    'transformers',
    'datasets',
    'xgboost',
    'lightgbm',
    'pymc',
    'arviz',
    'numba',
    'dask',
    'xarray',
    'geopandas',
    'shapely',
  ],
  ...[
    'tabulate',
    'great_tables',
    'plotnine',
    'ipywidgets',
    'itables',
    'sqlalchemy',
    'duckdb',
    'boto3',
    'tqdm',
    'rich',
    'typer',
  ],
]);

/** True for such a package, and for what a package that is at hand lacks. */
function isPublished(name: string): boolean {
  return name.includes('.') || PUBLISHED.has(name);
}

/** The package of a module, under which people know it; of a part of a package that is at hand, the part. */
function packageName({ subject }: UnknownPlace): string {
  const top = subject.split('.', 1)[0]!;
  return builtinModules().includes(top) ? subject : top;
}
