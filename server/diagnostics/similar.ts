/** "Did you mean": names that are spelled nearly like one that does not exist. */

/**
 * The candidates nearest to `name`, best first. A candidate is near when few letters differ, added up over the name's
 * length; when it differs in case or underscores alone; or when it has the same words in another order, or one more or less
 * of them (`days_str` for `days_saved_str`).
 */
export function similarNames(name: string, candidates: Iterable<string>, limit = 3): string[] {
  const best: Scored[] = [];
  const allowed = name.length < 3 ? 0 : Math.max(1, Math.floor(name.length / 4));
  for (const candidate of candidates) {
    if (candidate === name) continue;
    // Once there are enough, only what is as near as the last of them counts.
    const worst = best.length < limit ? allowed + 1 : best.at(-1)!.score;
    const score = distanceScore(name, candidate, allowed, worst);
    if (score === undefined || best.some(one => one.candidate === candidate)) continue;
    best.push({ candidate, score });
    best.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
    if (best.length > limit) best.pop();
  }
  return best.map(({ candidate }) => candidate);
}

interface Scored {
  readonly candidate: string;
  readonly score: number;
}

/** Smaller is nearer; undefined where the two are not alike, or farther apart than `worst`. */
function distanceScore(name: string, candidate: string, allowed: number, worst: number): number | undefined {
  if (mayBeSame(name, candidate) && plain(name) === plain(candidate)) return 0;
  const distance = editDistance(name, candidate, Math.min(allowed, worst));
  if (distance !== undefined) return distance;
  if (worst <= allowed) return undefined;
  const words = wordsOf(name);
  const other = wordsOf(candidate);
  if (words.length < 2 || other.length < 2 || Math.abs(words.length - other.length) > 1) return undefined;
  const shared = words.filter(word => other.includes(word)).length;
  return shared >= 2 && shared === Math.min(words.length, other.length) ? allowed + 1 : undefined;
}

/** False where two names surely differ in more than case and underscores. */
function mayBeSame(a: string, b: string): boolean {
  const [x, y] = [a.charCodeAt(0), b.charCodeAt(0)];
  return x === UNDERSCORE || y === UNDERSCORE || x > ASCII || y > ASCII || (x | 32) === (y | 32);
}

const UNDERSCORE = 95;
const ASCII = 127;

function plain(name: string): string {
  return shapeOf(name).plain;
}

function wordsOf(name: string): readonly string[] {
  return shapeOf(name).words;
}

/** A chapter's names are looked through at every keystroke in a name that does not exist yet. */
const shapes = new Map<string, { readonly plain: string; readonly words: readonly string[] }>();
const MOST_SHAPES = 20_000;

function shapeOf(name: string): { readonly plain: string; readonly words: readonly string[] } {
  let shape = shapes.get(name);
  if (shape === undefined) {
    if (shapes.size >= MOST_SHAPES) shapes.clear();
    const lower = name.toLowerCase();
    shape = { plain: lower.replaceAll('_', ''), words: lower.split(/[_.]/).filter(Boolean) };
    shapes.set(name, shape);
  }
  return shape;
}

/** Rows of the table of distances, used over and over: thousands of names are compared at a keystroke. */
let rows = [new Uint16Array(64), new Uint16Array(64), new Uint16Array(64)] as const;

/** More than any distance of names. */
const FAR = 60_000;

/** Edits (insertion, removal, change, swap of neighbours) between two names, or undefined when more than `limit`. */
function editDistance(one: string, other: string, limit: number): number | undefined {
  if (Math.abs(one.length - other.length) > limit) return undefined;
  // Names of a chapter often begin and end alike.
  const least = Math.min(one.length, other.length);
  let start = 0;
  while (start < least && one.charCodeAt(start) === other.charCodeAt(start)) start++;
  let end = 0;
  while (end < least - start && one.charCodeAt(one.length - 1 - end) === other.charCodeAt(other.length - 1 - end))
    end++;
  const height = one.length - end - start;
  const width = other.length - end - start;
  if (Math.abs(height - width) === Math.max(height, width)) return height + width <= limit ? height + width : undefined;
  if (width + 1 >= rows[0].length) {
    const size = 2 * width + 2;
    rows = [new Uint16Array(size), new Uint16Array(size), new Uint16Array(size)];
  }
  let [older, previous, row] = rows;
  for (let j = 0; j <= width; j++) previous[j] = j;
  let before = 0;
  for (let i = 1; i <= height; i++) {
    const unit = one.charCodeAt(start + i - 1);
    // What lies farther from the diagonal is more than the limit.
    const from = Math.max(1, i - limit);
    const to = Math.min(width, i + limit);
    row[from - 1] = from === 1 ? i : FAR;
    let nearest = row[from - 1]!;
    for (let j = from; j <= to; j++) {
      const met = other.charCodeAt(start + j - 1);
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (unit === met ? 0 : 1));
      const swapped = i > 1 && j > 1 && before === met && unit === other.charCodeAt(start + j - 2);
      if (swapped) cost = Math.min(cost, older[j - 2]! + 1);
      row[j] = cost;
      if (cost < nearest) nearest = cost;
    }
    row[to + 1] = FAR;
    if (nearest > limit) return undefined;
    [older, previous, row] = [previous, row, older];
    before = unit;
  }
  const distance = previous[width]!;
  return distance <= limit ? distance : undefined;
}

/** `a`, `b` or `c`: for messages. */
export function orList(names: readonly string[]): string {
  return listed(names, 'or');
}

/** `a`, `b` and `c` */
export function andList(names: readonly string[]): string {
  return listed(names, 'and');
}

function listed(names: readonly string[], word: string): string {
  const quoted = names.map(name => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted.at(-1)}`;
}
