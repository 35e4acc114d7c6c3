/** Built-in names that `from library import *` binds to something else, of libraries that are not at hand. */

/** Those that libraries of arrays have: the reductions, and what works on each item. */
const OF_ARRAYS = ['abs', 'all', 'any', 'max', 'min', 'pow', 'round', 'sum'];

/** By the path of the module: facts of what its documentation lists. */
const SHADOWED: ReadonlyMap<string, readonly string[]> = new Map([
  ['cupy', OF_ARRAYS],
  ['dask.array', OF_ARRAYS],
  ['jax.numpy', [...OF_ARRAYS, 'divmod']],
  ['matplotlib.pylab', OF_ARRAYS],
  ['polars', ['all', 'any', 'format', 'len', 'max', 'min', 'sum']],
  ['pylab', OF_ARRAYS],
  [
    'pyspark.sql.functions',
    ['abs', 'bin', 'chr', 'filter', 'hash', 'hex', 'len', 'max', 'min', 'pow', 'round', 'slice', 'sum'],
  ],
  ['siuba', ['filter']],
  ['torch', OF_ARRAYS],
]);

/** The built-in names that a module of a library that is not at hand has itself; empty where none is known. */
export function shadowedBuiltins(path: string): readonly string[] {
  return SHADOWED.get(path) ?? [];
}
