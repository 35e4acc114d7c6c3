/** "Did you mean": the nearest of some names, by CPython's measure of distance. */

const MOVE = 2;
const CASE = 1;
const LONGEST = 40;
const MOST_NAMES = 750;

function substitution(a: number, b: number): number {
  if ((a & 31) !== (b & 31)) return MOVE;
  if (a === b) return 0;
  const lower = (code: number) => (code >= 65 && code <= 90 ? code + 32 : code);
  return lower(a) === lower(b) ? CASE : MOVE;
}

/** Levenshtein distance with cheap changes of case; more than `max` comes back as `max + 1`. */
function distance(left: string, right: string, max: number): number {
  if (left === right) return 0;
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let a = left.slice(start);
  let b = right.slice(start);
  let end = 0;
  while (end < a.length && end < b.length && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  a = a.slice(0, a.length - end);
  b = b.slice(0, b.length - end);
  if (a === '' || b === '') return (a.length + b.length) * MOVE;
  if (a.length > LONGEST || b.length > LONGEST) return max + 1;
  if (b.length < a.length) [a, b] = [b, a];
  if ((b.length - a.length) * MOVE > max) return max + 1;
  const row = Array.from(a, (_, at) => (at + 1) * MOVE);
  let result = 0;
  for (let at = 0; at < b.length; at++) {
    const code = b.charCodeAt(at);
    result = at * MOVE;
    let diagonal = result;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < a.length; index++) {
      const replaced = diagonal + substitution(code, a.charCodeAt(index));
      diagonal = row[index]!;
      result = Math.min(result + MOVE, diagonal + MOVE, replaced);
      row[index] = result;
      if (result < least) least = result;
    }
    if (least > max) return max + 1;
  }
  return result;
}

/** The name among `candidates` that `name` is most likely a misspelling of. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > MOST_NAMES) return undefined;
    if (candidate === name) continue;
    const allowed = Math.min(Math.floor(((name.length + candidate.length + 3) * MOVE) / 6), shortest - 1);
    const found = distance(name, candidate, allowed);
    if (found <= allowed && found < shortest) {
      best = candidate;
      shortest = found;
    }
  }
  return best;
}

/** True where a letter more, less or another, or two that changed places, is all that two names differ in. */
export function isOneEditFrom(name: string, other: string): boolean {
  if (name === other || Math.abs(name.length - other.length) > 1) return false;
  let start = 0;
  while (start < name.length && name[start] === other[start]) start++;
  const [a, b] = [name.slice(start), other.slice(start)];
  const swapped = a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1);
}
