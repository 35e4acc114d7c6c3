/** Stable sorting by Python's `<`, for `list.sort` and `sorted`. */
import type { Value } from '../runtime/objects';
import { call, lessThan, orderStrings, truth } from '../runtime/operations';
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

/** The items in order; `items` itself stays as it is. */
export function sortValues(items: readonly Value[], key: Value | undefined, reverse: Value | undefined): Value[] {
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
  const width = 32;
  for (let from = 0; from < count; from += width) insertionSort(source, from, Math.min(from + width, count), isLess);
  let target = new Array<Keyed>(count);
  for (let size = width; size < count; size *= 2) {
    for (let from = 0; from < count; from += 2 * size)
      merge(source, target, from, Math.min(from + size, count), Math.min(from + 2 * size, count), isLess);
    [source, target] = [target, source];
  }
  return source;
}

type Less = (a: Keyed, b: Keyed) => boolean;

/** Length of the ascending run at the start. A strictly descending one is reversed in place, as CPython does. */
function countRun(pairs: Keyed[], isLess: Less): number {
  let end = 1;
  if (isLess(pairs[1]!, pairs[0]!)) {
    end = 2;
    while (end < pairs.length && isLess(pairs[end]!, pairs[end - 1]!)) end++;
    const head = pairs.slice(0, end).reverse();
    for (let at = 0; at < end; at++) pairs[at] = head[at]!;
    return end;
  }
  while (end < pairs.length && !isLess(pairs[end]!, pairs[end - 1]!)) end++;
  return end;
}

function insertionSort(pairs: Keyed[], from: number, to: number, isLess: Less): void {
  for (let at = from + 1; at < to; at++) {
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
