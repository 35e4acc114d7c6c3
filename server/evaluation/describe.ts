/** Values of the evaluated program as plain data. Whoever asks is in the process that evaluates: code of the program may run. */
import {
  causeOf,
  describeWithin,
  isUnknown,
  type Origin,
  originOfAttribute,
  PyClass,
  PyInstance,
  PyModule,
  PyObject,
  typeOf,
  type UnknownCause,
  type Value,
} from '../../mlsys';
import { LONGEST_DESCRIPTION, LONGEST_MESSAGE, shortened } from './limits';
import type { DataPlace, DataPosition, UnknownRecord, ValueInfo, ValueKind, ValueMembers } from './results';

/** Steps that the description of one value may take, and of all values of a cell; what is left is told by its type. */
const MOST_STEPS = 20_000;
const MOST_STEPS_TOGETHER = 400_000;

const identities = new WeakMap<object, number>();
let identified = 0;

function identityOf(value: object): number {
  let known = identities.get(value);
  if (known === undefined) {
    known = ++identified;
    identities.set(value, known);
  }
  return known;
}

function kindOf(value: Value): ValueKind {
  if (value instanceof PyModule) return 'module';
  if (value instanceof PyClass) return 'class';
  return value instanceof PyObject && value.cls.name === 'function' ? 'function' : 'other';
}

/** Descriptions of objects that never change: modules, and what the library made. */
const fixed = new WeakMap<PyObject, ValueInfo>();

function isFixed(value: Value): value is PyObject {
  if (!(value instanceof PyObject)) return false;
  return value.owner === 0 || value instanceof PyModule;
}

/** A cause as plain data: its span may be a whole syntax tree. */
export function unknownRecord({ kind, subject, message, file, span }: UnknownCause): UnknownRecord {
  return {
    kind,
    subject: shortened(subject, 200),
    message: shortened(message, LONGEST_MESSAGE),
    file,
    span: { start: span.start, end: span.end },
  };
}

/** Describes values as long as it may. */
export class Describer {
  #left = MOST_STEPS_TOGETHER;

  describe(value: Value): ValueInfo {
    const known = isFixed(value) ? fixed.get(value) : undefined;
    if (known !== undefined) return known;
    const info = this.#describe(value);
    if (isFixed(value)) fixed.set(value, info);
    return info;
  }

  #describe(value: Value): ValueInfo {
    const kind = kindOf(value);
    const identity = typeof value === 'object' && value !== null ? { identity: identityOf(value) } : {};
    const attributes = value instanceof PyClass && !value.native ? { attributes: [...value.attrs.keys()] } : {};
    const unknown = isUnknown(value) ? { unknown: unknownRecord(causeOf(value)) } : {};
    return { ...this.#text(value), kind, ...identity, ...attributes, ...unknown };
  }

  #text(value: Value): Pick<ValueInfo, 'repr' | 'type' | 'unit'> {
    const type = typeOf(value).name;
    if (this.#left <= 0) return { repr: `<${type} object>`, type };
    const { repr, unit, steps } = describeWithin(value, LONGEST_DESCRIPTION, Math.min(MOST_STEPS, this.#left));
    this.#left -= steps;
    const short = shortened(repr, LONGEST_DESCRIPTION);
    return unit === undefined
      ? { repr: short, type }
      : { repr: short, type, unit: shortened(unit, LONGEST_DESCRIPTION) };
  }
}

/** The value at the end of a path of attributes, as far as it is plain to see: no code of a package runs for it. */
function attributeValue(value: Value | undefined, path: readonly string[]): Value | undefined {
  let at = value;
  for (const name of path) {
    if (at instanceof PyModule) at = at.attrs.get(name);
    else if (at instanceof PyClass) at = at.lookup(name);
    else if (at instanceof PyInstance) at = at.attrs?.get(name) ?? at.cls.lookup(name);
    else return undefined;
    if (at === undefined) return undefined;
  }
  return at;
}

/** Names of the attributes that `attributeValue` finds, with their values; none of modules of the library. */
function attributesOf(value: Value): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  if (value instanceof PyModule) {
    if (value.file !== undefined) for (const [name, one] of value.attrs) found.set(name, one);
  } else if (value instanceof PyClass || value instanceof PyInstance) {
    const classes = value instanceof PyClass ? value.mro : value.cls.mro;
    for (const cls of [...classes].reverse())
      if (!cls.native) for (const [name, one] of cls.attrs) found.set(name, one);
    if (value instanceof PyInstance) for (const [name, one] of value.attrs ?? []) found.set(name, one);
  }
  return found;
}

/** Where in a data file the value of an attribute stands. */
function placeOf(root: Value | undefined, path: readonly string[]): DataPlace | undefined {
  const holder = path.length === 0 ? undefined : attributeValue(root, path.slice(0, -1));
  const origin = holder instanceof PyInstance ? originOfAttribute(holder, path.at(-1)!) : undefined;
  return origin === undefined ? undefined : dataPlaceOf(origin);
}

/** A place in the text of a data file by lines. */
export function dataPlaceOf(origin: Origin): DataPlace {
  const { file, text } = origin;
  const [start, end] = [positionIn(text, origin.start), positionIn(text, origin.end)];
  const [line = ''] = text.slice(origin.start - start.character).split(/\r?\n/, 1);
  return { file, start, end, line: shortened(line.trim(), LONGEST_LINE) };
}

/** Longest line of a data file that is shown. */
const LONGEST_LINE = 200;

function positionIn(text: string, offset: number): DataPosition {
  const before = text.slice(0, offset);
  const from = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length - 1, character: offset - from };
}

/**
 * What is at the end of a path of attributes of a value, with its own attributes; `held` tells what holds it under which name,
 * where the path does not.
 */
export function membersOf(
  root: Value | undefined,
  path: readonly string[],
  held?: () => readonly [holder: Value | undefined, name: string],
): ValueMembers | undefined {
  const value = attributeValue(root, path);
  if (value === undefined) return undefined;
  const describer = new Describer();
  const members = [...attributesOf(value)].filter(([name]) => !name.startsWith('_'));
  const [holder, name] = held?.() ?? [];
  const origin = name === undefined ? placeOf(root, path) : placeOf(holder, [name]);
  return {
    ...(origin === undefined ? {} : { origin }),
    value: describer.describe(value),
    members: members.map(([name, one]) => ({ name, value: describer.describe(one) })),
  };
}

/** Attributes of a module by name, and those of its classes as `Class.name`. */
export function moduleValues(module: PyModule): ReadonlyMap<string, ValueInfo> {
  const describer = new Describer();
  const found = new Map<string, ValueInfo>();
  const add = (name: string, value: Value): void => {
    found.set(name, describer.describe(value));
    if (value instanceof PyClass && !value.native && name.split('.').length < DEEPEST)
      for (const [attribute, one] of value.attrs) add(`${name}.${attribute}`, one);
  };
  for (const [name, value] of module.attrs) add(name, value);
  return found;
}

/** Classes are looked into to this depth. */
const DEEPEST = 3;
