/** Causes of unknown values as tests are told them. */
export const CLOCK = 'unknown: time.time()';
export const AWAY = 'unknown: away';
export const NOISE = 'unknown: a system of equations so close to singular that its solution is a rounding error';
export const UNSET = 'unknown: reading items of an empty array that nothing has set';
export const NANS = 'unknown: telling one nan from another';
export const SAME = 'unknown: whether equal values are one object';
export const LEFT = 'unknown: a generator left within try or with';
export const ORDER = 'unknown: the order of a set';
export const NAMES = 'unknown: writing to globals() or locals()';
