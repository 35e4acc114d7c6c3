/** Stable sorting by Python's `<`, for `list.sort` and `sorted`. */
import { Unsupported } from '../runtime/errors';
import type { Value } from '../runtime/objects';
import { call, lessThan, orderStrings, truth } from '../runtime/operations';
import { refuseOrder } from '../runtime/setNotice';
import type { UnknownCause } from '../runtime/unknown';
import { isOrdered, isSame } from '../runtime/unordered';
import { vm } from '../runtime/vm';

interface Keyed {
  readonly key: Value;
  readonly item: Value;
}

/** A JavaScript comparison where all keys are of one plain kind without NaN; undefined otherwise. */
function plainOrder(keys: readonly Value[]): ((a: Value, b: Value) => number) | undefined {
  const kind = typeof keys[0];
  if (kind !== 'string' && kind !== 'bigint' && kind !== 'number') return undefined;
  for (const key of keys) if (typeof key !== kind || Number.isNaN(key)) return undefined;
  if (kind === 'string') return (a, b) => orderStrings(a as string, b as string);
  if (kind === 'number') return (a, b) => (a as number) - (b as number) || 0;
  return (a, b) => ((a as bigint) < (b as bigint) ? -1 : (a as bigint) > (b as bigint) ? 1 : 0);
}

/** True where sorted items would be in this order in whatever order they came. */
function isDetermined(sorted: readonly Keyed[]): boolean {
  if (sorted.length < 2) return true;
  if (!sorted.every(({ key }) => isOrdered(key))) return false;
  return sorted.every(({ key, item }, at) => {
    const before = sorted[at - 1];
    return before === undefined || isSame(before.item, item) || lessThan(before.key, key);
  });
}

/** The items in order, where `unordered` tells why nobody knows that in which they came; `items` itself stays as it is. */
export function sortValues(
  items: readonly Value[],
  key: Value | undefined,
  reverse: Value | undefined,
  unordered?: UnknownCause,
): Value[] {
  const descending = reverse !== undefined && truth(reverse);
  vm.step(items.length);
  const pairs: Keyed[] =
    key === undefined || key === null
      ? items.map(item => ({ key: item, item }))
      : items.map(item => {
          vm.step();
          return { key: call(key, [item]), item };
        });
  // Reversing before and after keeps equal items in their order.
  if (descending) pairs.reverse();
  const order = plainOrder(pairs.map(pair => pair.key));
  let sorted: Keyed[];
  if (order !== undefined && (typeof pairs[0]?.key !== 'number' || finiteKeys(pairs))) {
    vm.step(Math.ceil(items.length * Math.log2(items.length + 1)) >> 2);
    sorted = pairs.sort((a, b) => order(a.key, b.key));
  } else sorted = mergeSort(pairs);
  if (unordered !== undefined && !isDetermined(sorted)) refuseOrder(unordered);
  if (descending) sorted.reverse();
  return sorted.map(pair => pair.item);
}

/** Infinities would subtract to NaN. */
function finiteKeys(pairs: readonly Keyed[]): boolean {
  return pairs.every(pair => Number.isFinite(pair.key));
}

/**
 * Binary insertion of runs, then merging: asks only `<`, and an exception of a comparison passes through. JavaScript's
 * own sort needs a consistent order; Python code may not give one.
 */
function mergeSort(pairs: Keyed[]): Keyed[] {
  const isLess = (a: Keyed, b: Keyed): boolean => {
    vm.step();
    return lessThan(a.key, b.key);
  };
  const count = pairs.length;
  if (count < 2) return pairs;
  const run = countRun(pairs, isLess);
  let source = pairs.slice();
  if (run === count) return source;
  if (count < SHORT) {
    insertionSort(source, 0, run, count, isLess);
    return source;
  }
  // How CPython cuts and merges longer lists shows where the order is none, as with NaN.
  if (pairs.some(pair => Number.isNaN(pair.key))) throw new Unsupported('sorting a long list with nan in it');
  const width = 32;
  for (let from = 0; from < count; from += width)
    insertionSort(source, from, from + 1, Math.min(from + width, count), isLess);
  let target = new Array<Keyed>(count);
  for (let size = width; size < count; size *= 2) {
    for (let from = 0; from < count; from += 2 * size)
      merge(source, target, from, Math.min(from + size, count), Math.min(from + 2 * size, count), isLess);
    [source, target] = [target, source];
  }
  return source;
}

type Less = (a: Keyed, b: Keyed) => boolean;

/** Lists below this length are sorted by insertion alone. */
const SHORT = 64;

function reverseRange(pairs: Keyed[], from: number, to: number): void {
  const reversed = pairs.slice(from, to).reverse();
  for (let at = from; at < to; at++) pairs[at] = reversed[at - from]!;
}

/**
 * Length of the ascending run at the start. A descending one is reversed in place, its equal items among themselves
 * first, so that they keep their order; then it may go on upwards.
 */
function countRun(pairs: Keyed[], isLess: Less): number {
  const falls = (at: number) => isLess(pairs[at]!, pairs[at - 1]!);
  const climb = (from: number): number => {
    let at = from;
    while (at < pairs.length && !falls(at)) at++;
    return at;
  };
  let end = climb(1);
  if (end === pairs.length) return end;
  if (end > 1) {
    if (isLess(pairs[0]!, pairs[end - 1]!)) return end;
    reverseRange(pairs, 0, end);
  }
  end++;
  let equal = 0;
  for (; end < pairs.length; end++) {
    if (falls(end)) {
      if (equal > 0) reverseRange(pairs, end - equal - 1, end);
      equal = 0;
    } else if (isLess(pairs[end - 1]!, pairs[end]!)) break;
    else equal++;
  }
  if (equal > 0) reverseRange(pairs, end - equal - 1, end);
  reverseRange(pairs, 0, end);
  return climb(end);
}

/** Sorts a range of which the part up to `sorted` is in order. */
function insertionSort(pairs: Keyed[], from: number, sorted: number, to: number, isLess: Less): void {
  for (let at = sorted; at < to; at++) {
    const pivot = pairs[at]!;
    let low = from;
    let high = at;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isLess(pivot, pairs[middle]!)) high = middle;
      else low = middle + 1;
    }
    for (let k = at; k > low; k--) pairs[k] = pairs[k - 1]!;
    pairs[low] = pivot;
  }
}

function merge(
  source: readonly Keyed[],
  target: Keyed[],
  from: number,
  middle: number,
  to: number,
  isLess: Less,
): void {
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    if (left < middle && (right >= to || !isLess(source[right]!, source[left]!))) target[at] = source[left++]!;
    else target[at] = source[right++]!;
  }
}
