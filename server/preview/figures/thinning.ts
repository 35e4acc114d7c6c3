/** Lines with more points than can be seen. */

export type Point = readonly [number, number];

/** Shorter lines are drawn as they are. */
const FEW = 2000;

/** Width of a column, in points, in which only the first, last, lowest and highest point of a line can be told apart. */
const COLUMN = 0.25;

/** The points of a long line that runs to one side without those that lie between others; other lines as they are. */
export function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= FEW || !runsToOneSide(points)) return points;
  const kept: Point[] = [];
  let from = 0;
  for (let at = 1; at <= points.length; at++) {
    if (at < points.length && columnOf(points[at]!) === columnOf(points[from]!)) continue;
    let [low, high] = [from, from];
    for (let one = from; one < at; one++) {
      if (points[one]![1] < points[low]![1]) low = one;
      if (points[one]![1] > points[high]![1]) high = one;
    }
    for (const one of new Set([from, low, high, at - 1].sort((a, b) => a - b))) kept.push(points[one]!);
    from = at;
  }
  return kept;
}

/** Gaps are columns of their own. */
const columnOf = ([x, y]: Point): number => (Number.isFinite(y) ? Math.floor(x / COLUMN) : Number.POSITIVE_INFINITY);

function runsToOneSide(points: readonly Point[]): boolean {
  let [rises, falls] = [true, true];
  for (let at = 1; at < points.length && (rises || falls); at++) {
    const [before, here] = [points[at - 1]![0], points[at]![0]];
    rises &&= here >= before;
    falls &&= here <= before;
  }
  return rises || falls;
}
