/** Looks up places in what is in order. */

/** How many of so many items in order come first that a test holds for: it holds for none behind the first that fails it. */
export function countFirst(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where among ascending starts the last one stands that is not behind an offset; 0 where all are. */
export function lastStart(starts: readonly number[], offset: number): number {
  return Math.max(0, countFirst(starts.length, at => starts[at]! <= offset) - 1);
}
