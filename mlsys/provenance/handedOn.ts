/** Objects that built-in functions hand on: copies with other fields, one object of several, several in another order. */
import { PyDictView } from '../python/builtins/dictViews';
import { PyDict } from '../python/runtime/dict';
import { PyFunction } from '../python/runtime/function';
import { BoundMethod, PyInstance, PyList, PyTuple, type Value } from '../python/runtime/objects';
import { getAttribute, getItem } from '../python/runtime/operations';
import { countedItems, isCounter } from './counters';
import type { Copied, Part } from './graph';
import { linesMade } from './streams';
import type { Tracer } from './tracer';

type Call = Part & { readonly kind: 'call' };

/** `dataclasses.replace(x, …)`, `x._replace(…)`, `x.model_copy(update={…})`, `copy.copy(x)` */
const COPYING: ReadonlySet<string> = new Set(
  'replace _replace __replace__ copy deepcopy __copy__ __deepcopy__ model_copy evolve'.split(' '),
);

/** So many objects are looked at. */
const MOST_ITEMS = 200;

/** True for objects of classes, and for named tuples: what has fields by name. */
export function isRecord(value: Value): value is PyInstance | PyTuple {
  return value instanceof PyInstance || (value instanceof PyTuple && value.cls.lookup('_fields') instanceof PyTuple);
}

/** What a call copied; undefined where it is no copy, or nobody knows what it changed. */
export function copiedBy(
  callee: Value,
  name: string,
  on: Part | undefined,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
  result: Value,
): Copied | undefined {
  if (!isRecord(result) || !COPYING.has(name) || isWritten(callee)) return undefined;
  const of = on !== undefined && isRecord(on.value) ? on : args[0];
  if (of === undefined || !isRecord(of.value) || of.value.cls !== result.cls) return undefined;
  const update = keywords.get('update');
  if (update === undefined) return { of, changes: keywords };
  if (update.kind !== 'display') return undefined;
  return { of, changes: new Map([...update.items].filter((one): one is [string, Part] => typeof one[0] === 'string')) };
}

/** True for a function that somebody wrote in Python: what it does is its own affair. */
export function isWritten(callee: Value): boolean {
  if (callee instanceof BoundMethod) return isWritten(callee.func);
  return callee instanceof PyFunction && callee.code.text.library !== true;
}

/** The object that a call gave, where that was given to it within a list, dict or the like. */
export function givenObject(tracer: Tracer, call: Call, object: PyInstance | PyTuple): Part | undefined {
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
  const fields = isRecord(value) ? fieldsByIndex(call, value) : undefined;
  if (fields !== undefined) return fields;
  if (isCounter(value))
    return call.on === undefined && isNamed(call, 'Counter')
      ? countedItems(call, (of, key, count) => tracer.element(of, key, count))
      : undefined;
  if (value instanceof PyDict) return call.callee === 'dict' ? zipped(tracer, call) : undefined;
  const lines = linesMade(tracer, call, MOST_ITEMS);
  if (lines !== undefined) return new Map(lines.map((line, at) => [BigInt(at), line]));
  if (!(value instanceof PyList || value instanceof PyTuple) || value.items.length > MOST_ITEMS) return undefined;
  const given = call.args.flatMap(one => heldIn(tracer, one) ?? []);
  const isSame = (call.callee === 'list' || call.callee === 'tuple') && given.length === value.items.length;
  const items = new Map<Value, Part>();
  for (const [at, item] of value.items.entries()) {
    const part = isSame ? given[at] : isRecord(item) ? given.find(one => one.value === item) : undefined;
    if (part !== undefined) items.set(BigInt(at), part);
  }
  return items;
}

function isNamed({ callee }: Call, name: string): boolean {
  return callee === name || callee.endsWith(`.${name}`);
}

/** `dict(zip(header, row))`: the items of the second by those of the first. */
function zipped(tracer: Tracer, { args }: Call): ReadonlyMap<Value, Part> | undefined {
  const [pairs, ...others] = args;
  if (pairs?.kind !== 'call' || pairs.callee !== 'zip' || pairs.args.length !== 2 || others.length > 0)
    return undefined;
  const [keys, items] = pairs.args.map(one => heldIn(tracer, one));
  if (keys === undefined || items === undefined) return undefined;
  return new Map(keys.slice(0, items.length).map((key, at) => [key.value, items[at]!]));
}

/** What a call gave the fields of the named tuple that it made. */
function fieldsByIndex({ callee, args, keywords }: Call, { cls }: PyInstance | PyTuple): Map<Value, Part> | undefined {
  const names = cls.lookup('_fields');
  if (!(names instanceof PyTuple) || callee.split('.').at(-1) !== cls.name) return undefined;
  const parts = names.items.map((name, at) => args[at] ?? keywords.find(([one]) => one === name)?.[1]);
  return new Map(parts.flatMap((part, at) => (part === undefined ? [] : [[BigInt(at), part]])));
}

/** What a call chose or ordered by: what its `key` makes of all that it was given. */
export function chosenBy(tracer: Tracer, call: Call): readonly Part[] {
  const key = call.keywords.find(([name]) => name === 'key')?.[1];
  if (key === undefined) return [];
  const given = call.args.flatMap(one => heldIn(tracer, one) ?? []);
  return given.flatMap(one => tracer.called(key.value, [one]) ?? gotten(tracer, key, one) ?? []);
}

/** What `operator.attrgetter("cost")` or `itemgetter("cost")` reads of an object. */
function gotten(tracer: Tracer, key: Part, one: Part): Part | undefined {
  const made = key.kind === 'source' ? key.source.formula : key;
  if (made?.kind !== 'call' || made.args.length !== 1) return undefined;
  const [asked] = made.args;
  const { value } = asked!;
  if (/(?:^|\.)itemgetter$/.test(made.callee)) return tracer.element(one, value, getItem(one.value, value));
  const isAttribute = /(?:^|\.)attrgetter$/.test(made.callee) && typeof value === 'string' && !value.includes('.');
  return isAttribute ? tracer.member(one, value, getAttribute(one.value, value)) : undefined;
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
