/** How many items two versions of a list have in common at its beginning, and at its end behind that. */
export function commonEnds<A, B>(
  old: readonly A[],
  now: readonly B[],
  same: (one: A, other: B) => boolean,
): { readonly head: number; readonly tail: number } {
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && same(old[head]!, now[head]!)) head++;
  let tail = 0;
  while (tail < most - head && same(old[old.length - 1 - tail]!, now[now.length - 1 - tail]!)) tail++;
  return { head, tail };
}
