/**
 * What differs between two versions of a block's HTML. An edit moves the columns of all numbers behind it in its line, so
 * that there are many small differences: each is told by itself.
 */

/** Two texts go together again where so many characters are the same. */
const SAME = 12;
/** So far behind a difference that place is looked for; beyond, all the rest is a difference. */
const FAR = 48;
/** The most differences that are told, so that texts which have little in common are not gone through. */
const MOST = 200;
/** What telling the difference costs at least. */
const OVERHEAD = 40;

/** The steps from one text to another (`PreviewSplice`); undefined where they would hardly be shorter than the text. */
export function stepsBetween(before: string, after: string): (number | string)[] | undefined {
  const common = Math.min(before.length, after.length);
  let end = 0;
  while (end < common && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  const steps: (number | string)[] = [];
  let [old, now] = [0, 0];
  for (let count = 0; ; count++) {
    const [oldEnd, nowEnd] = [before.length - end, after.length - end];
    const kept = sameFrom(before, old, oldEnd, after, now, nowEnd);
    if (kept > 0) steps.push(kept);
    old += kept;
    now += kept;
    if (old === oldEnd && now === nowEnd) break;
    const { gone, come } = (count < MOST ? meeting(before, old, oldEnd, after, now, nowEnd) : undefined) ?? {
      gone: oldEnd - old,
      come: nowEnd - now,
    };
    if (gone > 0) steps.push(-gone);
    if (come > 0) steps.push(after.slice(now, now + come));
    old += gone;
    now += come;
  }
  if (end > 0) steps.push(end);
  return OVERHEAD + JSON.stringify(steps).length < after.length ? steps : undefined;
}

/** How many characters are the same from two places on. */
function sameFrom(before: string, old: number, oldEnd: number, after: string, now: number, nowEnd: number): number {
  let count = 0;
  while (
    old + count < oldEnd &&
    now + count < nowEnd &&
    before.charCodeAt(old + count) === after.charCodeAt(now + count)
  )
    count++;
  return count;
}

/** How many characters have gone and come until both texts go on together; undefined where that is not seen. */
function meeting(
  before: string,
  old: number,
  oldEnd: number,
  after: string,
  now: number,
  nowEnd: number,
): { readonly gone: number; readonly come: number } | undefined {
  for (let sum = 1; sum <= FAR; sum++)
    for (let gone = 0; gone <= sum; gone++) {
      const come = sum - gone;
      const [oldAt, nowAt] = [old + gone, now + come];
      if (oldAt + SAME > oldEnd || nowAt + SAME > nowEnd) continue;
      if (sameFrom(before, oldAt, oldAt + SAME, after, nowAt, nowAt + SAME) === SAME) return { gone, come };
    }
  return undefined;
}
