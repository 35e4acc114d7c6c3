/** Objects that built-in functions hand on: copies with other fields, one object of several, several in another order. */
import { PyDictView } from '../python/builtins/dictViews';
import { PyDict } from '../python/runtime/dict';
import { PyFunction } from '../python/runtime/function';
import { BoundMethod, PyInstance, PyList, PyTuple, type Value } from '../python/runtime/objects';
import type { Copied, Part } from './graph';
import type { Tracer } from './tracer';

type Call = Part & { readonly kind: 'call' };

/** `dataclasses.replace(x, …)`, `x._replace(…)`, `x.model_copy(update={…})`, `copy.copy(x)` */
const COPYING: ReadonlySet<string> = new Set(
  'replace _replace __replace__ copy deepcopy __copy__ __deepcopy__ model_copy evolve'.split(' '),
);

/** So many objects are looked at. */
const MOST_ITEMS = 200;

/** What a call copied; undefined where it is no copy, or nobody knows what it changed. */
export function copiedBy(
  callee: Value,
  name: string,
  on: Part | undefined,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
  result: Value,
): Copied | undefined {
  if (!(result instanceof PyInstance) || !COPYING.has(name) || isWritten(callee)) return undefined;
  const of = on?.value instanceof PyInstance ? on : args[0];
  if (!(of?.value instanceof PyInstance) || of.value.cls !== result.cls) return undefined;
  const update = keywords.get('update');
  if (update === undefined) return { of, changes: keywords };
  if (update.kind !== 'display') return undefined;
  return { of, changes: new Map([...update.items].filter((one): one is [string, Part] => typeof one[0] === 'string')) };
}

/** True for a function that somebody wrote in Python: what it does is its own affair. */
function isWritten(callee: Value): boolean {
  if (callee instanceof BoundMethod) return isWritten(callee.func);
  return callee instanceof PyFunction && callee.code.text.library !== true;
}

/** The object that a call gave, where that was given to it within a list, dict or the like. */
export function givenObject(tracer: Tracer, call: Call, object: PyInstance): Part | undefined {
  for (const one of call.args) {
    if (one.value === object) return one;
    const held = heldIn(tracer, one)?.find(({ value }) => value === object);
    if (held !== undefined) return held;
  }
  return undefined;
}

/** The items of a list that a call gave, by index: those objects that were given to it, wherever they stand now. */
export function givenItems(tracer: Tracer, call: Call): ReadonlyMap<Value, Part> | undefined {
  const { value } = call;
  if (!(value instanceof PyList || value instanceof PyTuple) || value.items.length > MOST_ITEMS) return undefined;
  const given = call.args.flatMap(one => heldIn(tracer, one) ?? []);
  const isSame = (call.callee === 'list' || call.callee === 'tuple') && given.length === value.items.length;
  const items = new Map<Value, Part>();
  for (const [at, item] of value.items.entries()) {
    const part = isSame ? given[at] : item instanceof PyInstance ? given.find(one => one.value === item) : undefined;
    if (part !== undefined) items.set(BigInt(at), part);
  }
  return items;
}

/** What a call chose or ordered by: what its `key` makes of all that it was given. */
export function chosenBy(tracer: Tracer, call: Call): readonly Part[] {
  const key = call.keywords.find(([name]) => name === 'key')?.[1];
  if (key === undefined) return [];
  const given = call.args.flatMap(one => heldIn(tracer, one) ?? []);
  return given.flatMap(one => tracer.called(key.value, [one]) ?? []);
}

/** What stands in a list, tuple, dict or view of one. */
function heldIn(tracer: Tracer, part: Part): readonly Part[] | undefined {
  const { value } = part;
  if (value instanceof PyList || value instanceof PyTuple)
    return value.items.length > MOST_ITEMS
      ? undefined
      : value.items.map((item, at) => tracer.element(part, BigInt(at), item));
  if (!(value instanceof PyDictView) || value.kind !== 'values' || part.kind !== 'call' || part.on === undefined)
    return undefined;
  const { on } = part;
  if (!(on.value instanceof PyDict) || on.value.size > MOST_ITEMS) return undefined;
  return [...on.value.entries()].map(([key, item]) => tracer.element(on, key, item));
}
