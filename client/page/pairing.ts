/** Which of the blocks that a version no longer has becomes which of those that it has anew. */

/** More pairs than these are not compared: blocks are paired in their order then. */
const MOST_PAIRS = 400;

/** Of blocks longer than that only the ends are compared. */
const MOST_COMPARED = 2_000;

/**
 * For each new HTML the index of the old one that it is made from, in order; undefined for one that is made afresh. A fault that comes
 * before a callout must not take the callout's element, which knows what the reader has opened.
 */
export function paired(old: readonly string[], fresh: readonly string[]): (number | undefined)[] {
  if (old.length === fresh.length || old.length * fresh.length > MOST_PAIRS)
    return fresh.map((_, at) => (at < old.length ? at : undefined));
  // How much the blocks from two indices on have in common at most.
  const best = Array.from({ length: fresh.length + 1 }, () => new Float64Array(old.length + 1));
  const common = fresh.map(one => old.map(other => 1 + likeness(one, other)));
  for (let at = fresh.length - 1; at >= 0; at--)
    for (let of = old.length - 1; of >= 0; of--)
      best[at]![of] = Math.max(best[at + 1]![of]!, best[at]![of + 1]!, best[at + 1]![of + 1]! + common[at]![of]!);
  const pairs: (number | undefined)[] = [];
  for (let of = 0; pairs.length < fresh.length; ) {
    const at = pairs.length;
    const most = best[at]![of]!;
    if (of < old.length && most === best[at + 1]![of + 1]! + common[at]![of]!) pairs.push(of++);
    else if (of < old.length && most === best[at]![of + 1]!) of++;
    else pairs.push(undefined);
  }
  return pairs;
}

/** Signs that two texts begin and end with alike, as a share of the longer one. */
function likeness(one: string, other: string): number {
  const most = Math.min(one.length, other.length, MOST_COMPARED);
  let start = 0;
  while (start < most && one.charCodeAt(start) === other.charCodeAt(start)) start++;
  let end = 0;
  while (end < most - start && one.charCodeAt(one.length - 1 - end) === other.charCodeAt(other.length - 1 - end)) end++;
  return (start + end) / Math.max(1, Math.min(Math.max(one.length, other.length), 2 * MOST_COMPARED));
}
