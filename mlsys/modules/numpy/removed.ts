/** Names that NumPy 2 took away, with what to write instead. */
const NAMES = {
  NaN: 'nan',
  NAN: 'nan',
  Inf: 'inf',
  Infinity: 'inf',
  infty: 'inf',
  PINF: 'inf',
  float_: 'float64',
  complex_: 'complex128',
  string_: 'bytes_',
  unicode_: 'str_',
  alltrue: 'all',
  sometrue: 'any',
  product: 'prod',
  cumproduct: 'cumprod',
  round_: 'round',
  asfarray: 'asarray',
  find_common_type: 'promote_types',
  msort: 'sort',
};

export const REMOVED: ReadonlyMap<string, string> = new Map([
  ...Object.entries(NAMES).map(([name, now]): [string, string] => [name, `np.${now}`]),
  ['NINF', '-np.inf'],
]);
