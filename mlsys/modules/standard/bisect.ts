/** `bisect` and `heapq` */
import { raise } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import { PyList, type PyModule, type Value } from '../../python/runtime/objects';
import { call, callMethod, getItem, indexOf, length, lessThan, typeName } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { runPython } from './python';
import { functions, moduleOf } from './support';

function search(right: boolean, list: Value, x: Value, lo?: Value, hi?: Value, key?: Value): number {
  let low = lo === undefined ? 0 : Number(indexOf(lo));
  if (low < 0) throw raise('ValueError', 'lo must be non-negative');
  let high = hi === undefined || hi === null ? length(list) : Number(indexOf(hi));
  while (low < high) {
    vm.step();
    const middle = (low + high) >> 1;
    let item = list instanceof PyList ? list.items[middle] : undefined;
    item ??= getItem(list, BigInt(middle));
    const value = key === undefined || key === null ? item : call(key, [item]);
    if (right ? lessThan(x, value) : !lessThan(value, x)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function insort(right: boolean) {
  return (list: Value, x: Value, lo?: Value, hi?: Value, key?: Value): Value => {
    const sought = key === undefined || key === null ? x : call(key, [x]);
    callMethod(list, 'insert', BigInt(search(right, list, sought, lo, hi, key)), x);
    return null;
  };
}

export function loadBisect(): PyModule {
  const find = (right: boolean) => (list: Value, x: Value, lo?: Value, hi?: Value, key?: Value) =>
    BigInt(search(right, list, x, lo, hi, key));
  const parameters = 'a, x, lo=0, hi=None, *, key=None';
  return moduleOf(
    'bisect',
    functions({
      [`bisect(${parameters})`]: find(true),
      [`bisect_right(${parameters})`]: find(true),
      [`bisect_left(${parameters})`]: find(false),
      [`insort(${parameters})`]: insort(true),
      [`insort_right(${parameters})`]: insort(true),
      [`insort_left(${parameters})`]: insort(false),
    }),
  );
}

/** `what` names the argument, as in `heappush() argument 1`. */
function heapOf(value: Value, what: string): Value[] {
  if (!(value instanceof PyList))
    throw raise('TypeError', `${what} must be list, not ${value === null ? 'None' : typeName(value)}`);
  touch(value);
  return value.items;
}

/** Moves the item at `at` towards the root, not beyond `start`. */
function siftDown(heap: Value[], start: number, at: number): void {
  const item = heap[at]!;
  let place = at;
  while (place > start) {
    vm.step();
    const parent = (place - 1) >> 1;
    const above = heap[parent] as Value;
    if (!lessThan(item, above)) break;
    heap[place] = above;
    place = parent;
  }
  heap[place] = item;
}

/** Moves the item at `at` to a leaf along the smaller children, then back up to its place. */
function siftUp(heap: Value[], at: number): void {
  const end = heap.length;
  const item = heap[at]!;
  let place = at;
  for (let child = 2 * place + 1; child < end; child = 2 * place + 1) {
    vm.step();
    const right = child + 1;
    if (right < end && !lessThan(heap[child] as Value, heap[right] as Value)) child = right;
    heap[place] = heap[child] as Value;
    place = child;
  }
  heap[place] = item;
  siftDown(heap, at, place);
}

const SOURCE = String.raw`
def merge(*iterables, key=None, reverse=False):
    heap = []
    for order, it in enumerate(map(iter, iterables)):
        for value in it:
            heap.append([value if key is None else key(value), order, value, it])
            break
    while heap:
        best = heap[0]
        for entry in heap[1:]:
            if (entry[0] > best[0]) if reverse else (entry[0] < best[0]):
                best = entry
        yield best[2]
        for value in best[3]:
            best[0] = value if key is None else key(value)
            best[2] = value
            break
        else:
            heap.remove(best)


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(0, n)]


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(0, n)]
`;

export function loadHeapq(): PyModule {
  const pop = (list: Value): Value => {
    const heap = heapOf(list, 'heappop() argument');
    const last = heap.pop();
    if (last === undefined) throw raise('IndexError', 'index out of range');
    if (heap.length === 0) return last;
    const [first] = heap as [Value];
    heap[0] = last;
    siftUp(heap, 0);
    return first;
  };
  const python = runPython('heapq', SOURCE);
  return moduleOf('heapq', {
    ...functions({
      'heappush(heap, item, /)': (list: Value, item: Value) => {
        const heap = heapOf(list, 'heappush() argument 1');
        vm.charge(8);
        heap.push(item);
        siftDown(heap, 0, heap.length - 1);
        return null;
      },
      'heappop(heap, /)': pop,
      'heapify(heap, /)': (list: Value) => {
        const heap = heapOf(list, 'heapify() argument');
        for (let at = (heap.length >> 1) - 1; at >= 0; at--) siftUp(heap, at);
        return null;
      },
      'heapreplace(heap, item, /)': (list: Value, item: Value) => {
        const heap = heapOf(list, 'heapreplace() argument 1');
        if (heap.length === 0) throw raise('IndexError', 'index out of range');
        const [first] = heap as [Value];
        heap[0] = item;
        siftUp(heap, 0);
        return first;
      },
      'heappushpop(heap, item, /)': (list: Value, item: Value) => {
        const heap = heapOf(list, 'heappushpop() argument 1');
        if (heap.length === 0 || !lessThan(heap[0] as Value, item)) return item;
        const [first] = heap as [Value];
        heap[0] = item;
        siftUp(heap, 0);
        return first;
      },
    }),
    ...Object.fromEntries(['merge', 'nlargest', 'nsmallest'].map(name => [name, python.get(name)!])),
  });
}
