/**
 * Where values come from that were read from data files: which file, and which part of its text. Numbers and texts have no
 * identity, so each container keeps the places of what it holds, beside the values themselves. A call of a class hands them
 * on from a dict to the attributes of the instance. Nothing here changes what a program computes.
 */
import type { Expression, Subscript } from '../syntax/ast';
import { PyDict } from './dict';
import type { Frame } from './frame';
import { PyList, type PyObject, type Value } from './objects';

/** A part of a text, in UTF-16 units from its beginning. */
export type Place = readonly [start: number, end: number];

export interface Origin {
  /** The file as the program named it from the root on. */
  readonly file: string;
  /** The text as the program read it; line ends may differ from those of the file. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Table {
  readonly file: string;
  readonly text: string;
  readonly places: ReadonlyMap<Value, Place>;
  /** What stood there when it was read: what a program puts in its place has another origin. */
  readonly values: ReadonlyMap<Value, Value>;
}

/** Of dicts and lists, as they were loaded. */
const tables = new WeakMap<PyObject, Table>();
/** By name or key, with the values that were there then. */
type Noted = Map<Value, readonly [Origin, Value]>;

/** Arguments by name on their way into a call. */
type Arguments = ReadonlyMap<string, Value>;

/** Of arguments, and of dicts that are made of them. */
const passed = new WeakMap<Arguments | PyDict, Noted>();
/** Of attributes of instances. */
const attributes = new WeakMap<PyObject, Noted>();
/** False until something was loaded: then there is nothing to hand on. */
let any = false;

/** Notes where the values of a dict or list stand, by key or index, in the text of a file; call it once they are in it. */
export function placeValues(container: PyObject, file: string, text: string, places: ReadonlyMap<Value, Place>): void {
  const values = new Map<Value, Value>();
  for (const key of places.keys()) values.set(key, held(container, key)!);
  tables.set(container, { file, text, places, values });
  any = true;
}

function held(container: PyObject, key: Value): Value | undefined {
  if (container instanceof PyDict) return container.get(key);
  return container instanceof PyList ? container.items[Number(key)] : undefined;
}

/** Where the value under a key of a dict, or at an index of a list, stands in a data file; undefined where that is not known. */
export function originOf(container: PyObject, key: Value): Origin | undefined {
  if (!any) return undefined;
  const table = tables.get(container);
  const place = table?.places.get(key);
  const now = held(container, key);
  if (table !== undefined && place !== undefined && table.values.get(key) === now)
    return { file: table.file, text: table.text, start: place[0], end: place[1] };
  return container instanceof PyDict ? present(passed.get(container), key, now) : undefined;
}

function present(noted: Noted | undefined, key: Value, now: Value | undefined): Origin | undefined {
  const [origin, value] = noted?.get(key) ?? [];
  return value !== undefined && value === now ? origin : undefined;
}

/** Hands origins on to a copy of a dict or list, or to a dict that takes up another one's entries. */
export function passCopy(from: PyObject, to: PyObject): void {
  if (!any || from === to) return;
  const table = tables.get(from);
  const noted = from instanceof PyDict ? passed.get(from) : undefined;
  // Whoever looks compares the values: what the copy holds otherwise has no origin.
  if (table !== undefined && !tables.has(to)) tables.set(to, table);
  else if (table !== undefined && to instanceof PyDict) for (const key of table.places.keys()) passKey(from, to, key);
  if (noted !== undefined && to instanceof PyDict) for (const key of noted.keys()) passKey(from, to, key);
}

/** The same for a dict that is made of the items of a view. */
export function passView(view: Value, to: PyDict): void {
  const { dict } = (view ?? {}) as { readonly dict?: unknown };
  if (dict instanceof PyDict) passCopy(dict, to);
}

function passKey(from: PyObject, to: PyDict, key: Value): void {
  const origin = originOf(from, key);
  if (origin !== undefined) pass(to, key, origin, held(from, key)!);
}

/** Hands origins on to the dict or list that a validated one was made into, whose values may be converted ones. */
export function passConverted(from: Value, to: Value): void {
  if (!any || from === to) return;
  if (from instanceof PyDict && to instanceof PyDict) {
    if (!tables.has(from) && !passed.has(from)) return;
    for (const [key, value] of to.entries()) {
      const origin = originOf(from, key);
      if (origin !== undefined) pass(to, key, origin, value);
    }
  } else if (from instanceof PyList && to instanceof PyList && from.items.length === to.items.length) {
    const table = tables.get(from);
    if (table === undefined) return;
    const places = [...table.places].filter(([key]) => originOf(from, key) !== undefined);
    placeValues(to, table.file, table.text, new Map(places));
  }
}

/** Hands origins on to what a slice of a list holds; `first` is the place in the list of its first item. */
export function passSlice(from: PyList, to: PyList, first: number, step: number): void {
  const table = any && to.items.length <= MOST_ITEMS ? tables.get(from) : undefined;
  if (table === undefined) return;
  const places = new Map<Value, Place>();
  to.items.forEach((item, at) => {
    const key = BigInt(first + at * step);
    const place = table.places.get(key);
    if (place !== undefined && table.values.get(key) === item) places.set(BigInt(at), place);
  });
  placeValues(to, table.file, table.text, places);
}

/** Items of a longer slice are not looked through. */
const MOST_ITEMS = 1000;

/** Notes that a dict holds, under some keys, the items of a list in their order. */
export function passRow(row: PyList, to: PyDict, keys: readonly Value[]): void {
  const table = any ? tables.get(row) : undefined;
  if (table === undefined) return;
  const places = new Map<Value, Place>();
  keys.forEach((key, at) => {
    const place = table.places.get(BigInt(at));
    if (place !== undefined && to.get(key) === row.items[at]) places.set(key, place);
  });
  placeValues(to, table.file, table.text, places);
}

/** Hands the origins of attributes on to a copy of an instance. */
export function passAttributes(from: PyObject, to: PyObject): void {
  const noted = any ? attributes.get(from) : undefined;
  if (noted !== undefined) attributes.set(to, new Map(noted));
}

/** Where the value of an attribute of an instance stands in a data file, while the attribute has that value. */
export function originOfAttribute(instance: PyObject, name: string): Origin | undefined {
  return present(attributes.get(instance), name, instance.attrs?.get(name));
}

/** Notes that the present value of an attribute was made of what stands there. */
export function noteAttribute(instance: PyObject, name: string, origin: Origin): void {
  const value = instance.attrs?.get(name);
  if (value === undefined) return;
  const known: Noted = attributes.get(instance) ?? new Map();
  attributes.set(instance, known.set(name, [origin, value]));
}

function pass(to: Arguments | PyDict, key: Value, origin: Origin, value: Value): void {
  const known: Noted = passed.get(to) ?? new Map();
  passed.set(to, known.set(key, [origin, value]));
}

/** Hands origins on from arguments by name to what is made of them, with the same names and values. */
export function passAll(from: Arguments | undefined, to: Arguments | PyDict): void {
  const known = any && from !== undefined ? passed.get(from) : undefined;
  if (known !== undefined) passed.set(to, known);
}

/** The origins of arguments by name. */
export function passedOrigins(keywords: Arguments | undefined): readonly (readonly [name: string, origin: Origin])[] {
  const known = any && keywords !== undefined ? passed.get(keywords) : undefined;
  return known === undefined
    ? []
    : [...known].flatMap(([name, [origin]]) => (typeof name === 'string' ? [[name, origin]] : []));
}

/** Hands origins on from a mapping to the arguments that `**mapping` makes of it. */
export function passMapping(mapping: Value, keywords: Arguments): void {
  if (!any || !(mapping instanceof PyDict)) return;
  const keys = [...(tables.get(mapping)?.places.keys() ?? []), ...(passed.get(mapping)?.keys() ?? [])];
  for (const key of keys) {
    if (typeof key !== 'string') continue;
    const value = keywords.get(key);
    const origin = value === undefined ? undefined : originOf(mapping, key);
    if (origin !== undefined) pass(keywords, key, origin, value!);
  }
}

/** The one element that an argument is made of, such as `d["peak"]` in `float(d["peak"]) * unit`. */
export function soleElement(node: Expression): Subscript | undefined {
  const found: Subscript[] = [];
  return collect(node, found, DEEPEST) && found.length === 1 ? found[0] : undefined;
}

const DEEPEST = 8;

/** False where there is more than is looked through. */
function collect(node: Expression, found: Subscript[], depth: number): boolean {
  if (node.kind === 'Subscript') found.push(node);
  return depth > 0 && partsOf(node).every(part => collect(part, found, depth - 1));
}

function partsOf(node: Expression): Expression[] {
  switch (node.kind) {
    case 'Attribute':
      return [node.value];
    case 'UnaryOp':
      return [node.operand];
    case 'BinOp':
      return [node.left, node.right];
    case 'Call':
      return [node.func, ...node.args, ...node.keywords.map(({ value }) => value)];
    default:
      return [];
  }
}

/** The element that an argument under evaluation is made of, and from where it was read. */
export const reading: { node: Subscript | undefined; origin: Origin | undefined } = {
  node: undefined,
  origin: undefined,
};

/** Notes that the element was read of a container. */
export function noteReading(container: Value, key: Value): void {
  reading.origin = container instanceof PyDict || container instanceof PyList ? originOf(container, key) : undefined;
}

/** Evaluates an argument by name, and hands on from where its one element was read. */
export function passElement(
  keywords: Arguments,
  name: string,
  element: Subscript,
  evaluate: (frame: Frame) => Value,
  frame: Frame,
): Value {
  if (!any) return evaluate(frame);
  const { node, origin } = reading;
  reading.node = element;
  reading.origin = undefined;
  try {
    const value = evaluate(frame);
    if (reading.origin !== undefined) pass(keywords, name, reading.origin, value);
    return value;
  } finally {
    reading.node = node;
    reading.origin = origin;
  }
}
