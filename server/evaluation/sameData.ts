/** True for plain data that is equal. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, at) => sameData(one, b[at]));
  const keys = Object.keys(a) as (keyof object)[];
  return keys.length === Object.keys(b).length && keys.every(key => key in b && sameData(a[key], b[key]));
}

/** True for lists of the same things in the same order. */
export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((one, at) => one === b[at]));
}
