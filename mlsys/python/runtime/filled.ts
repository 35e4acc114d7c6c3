/** What put items into dicts and lists one by one: `d[key] = …`, `items.append(…)` in modules and class bodies. */
import { PyDict } from './dict';
import { PyList, type PyObject, type Value } from './objects';
import type { Binding, BindingSite, Recorder } from './provenance';

/** By key, or by the index of an item when it was appended. */
const filled = new WeakMap<PyObject, Map<Value, Binding>>();

/** Of a container, so many items are noted. */
const MOST_ITEMS = 200;

/** Notes that an assignment, or a call of `append`, put a value into a container; `trail` as in `Recorder.bind`. */
export function noteItem(
  recorder: Recorder,
  container: Value,
  key: Value,
  site: BindingSite,
  value: Value,
  trail: readonly (Value | undefined)[] | undefined,
): void {
  if (!(container instanceof PyDict || container instanceof PyList)) return;
  const items = filled.get(container);
  if (items !== undefined && items.size >= MOST_ITEMS && !items.has(key)) return;
  const made = recorder.unnamed(site, value, trail);
  // What was there before is not what the item is made of now.
  if (made === undefined) items?.delete(key);
  else if (items === undefined) filled.set(container, new Map([[key, made]]));
  else items.set(key, made);
}

/** What put the item under a key there, as far as it is known; whoever asks compares the values. */
export function fillerOf(container: Value, key: Value): Binding | undefined {
  const items = typeof container === 'object' && container !== null ? filled.get(container) : undefined;
  const found = items?.get(key);
  if (found === undefined || !(container instanceof PyList)) return found;
  // A list whose items were moved tells of none.
  for (const [at, { value }] of items!) if (!Object.is(container.items[Number(at)], value)) return undefined;
  return found;
}

/** Hands what is known of a container's items on to the one that stands for it. */
export function passFillers(from: Value, to: Value): void {
  const items = typeof from === 'object' && from !== null ? filled.get(from) : undefined;
  if (items !== undefined && typeof to === 'object' && to !== null) filled.set(to, items);
}
