/** What objects hold, looked at without running any code. */
import { PyDict } from '../runtime/dict';
import type { Cell, Frame } from '../runtime/frame';
import { PyFunction } from '../runtime/function';
import { PyGenerator } from '../runtime/generator';
import { builtinScope } from '../runtime/globals';
import { instanceDict } from '../runtime/instanceDict';
import {
  BoundMethod,
  NativeFunction,
  PyCallable,
  PyClass,
  PyClassMethod,
  PyInstance,
  PyList,
  PyModule,
  PyObject,
  PyProperty,
  PyStaticMethod,
  PyTuple,
  type Value,
} from '../runtime/objects';
import { PySetBase } from '../runtime/set';
import { classOf, heldBy, isUnknown, PyUnknown, unknownClass } from '../runtime/unknown';
import type { Scope } from './scope';

/** Items of an array that are looked at. */
const MOST = 50_000;

/** Stands for the function or class that a definition makes which may have run. */
export class PyPossible extends PyObject {
  readonly node: object;
  readonly scope: Scope;
  readonly frame: Frame;
  constructor(node: object, scope: Scope, frame: Frame) {
    super(unknownClass);
    this.node = node;
    this.scope = scope;
    this.frame = frame;
  }
}

/** Values that a slot of a frame holds. */
export function slotValues(slot: unknown): Value[] {
  if (slot === undefined || slot === null) return [];
  if (typeof slot === 'object' && !(slot instanceof PyObject)) {
    const { value } = slot as Cell;
    return value === undefined ? [] : [value];
  }
  return [slot as Value];
}

/** Values that an object of the library holds in its fields, one level of arrays and maps deep. */
export function fieldsOf(object: PyObject): Value[] {
  const found: Value[] = [];
  for (const field of Object.values(object)) {
    if (field instanceof PyClass) continue;
    if (field instanceof PyObject) found.push(field);
    else if (Array.isArray(field)) for (const one of field.slice(0, MOST)) if (one instanceof PyObject) found.push(one);
  }
  return found;
}

/** An attribute as it is stored, and the object that it is a method of. No code runs. */
export function attributeOf(owner: Value, name: string): { value: Value; self: Value | undefined } | undefined {
  if (owner instanceof PyUnknown) return { value: owner, self: undefined };
  if (name === '__dict__') {
    const dict = attributesOf(owner);
    if (dict !== undefined) return { value: dict, self: undefined };
  }
  if (name === '__class__' && owner instanceof PyInstance) return { value: classOf(owner), self: undefined };
  if (owner instanceof PyModule) {
    const value = owner.attrs.get(name);
    if (value !== undefined) return { value, self: undefined };
    try {
      const lazy = owner.lazy?.(name);
      return lazy === undefined ? undefined : { value: lazy, self: undefined };
    } catch {
      // A part that is refused: nothing is known of it.
      return undefined;
    }
  }
  if (owner instanceof PyClass) {
    const found = owner.lookup(name);
    if (found instanceof PyStaticMethod) return { value: found.func, self: undefined };
    if (found instanceof PyClassMethod) return { value: found.func, self: owner };
    return found === undefined ? undefined : { value: found, self: undefined };
  }
  // What may have been changed tells its methods, and nothing else.
  const own = owner instanceof PyObject && !isUnknown(owner) ? owner.attrs?.get(name) : undefined;
  if (own !== undefined) return { value: own, self: undefined };
  const found = classOf(owner).lookup(name);
  if (found === undefined || found instanceof PyProperty) return undefined;
  if (found instanceof PyStaticMethod) return { value: found.func, self: undefined };
  if (found instanceof PyClassMethod) return { value: found.func, self: classOf(owner) };
  if (found instanceof PyCallable || found instanceof NativeFunction) return { value: found, self: owner };
  return { value: found, self: undefined };
}

/** What `vars(owner)` gives, of what has attributes that can be set through it. */
export function attributesOf(owner: Value): PyDict | undefined {
  const settable =
    owner instanceof PyInstance ||
    owner instanceof PyFunction ||
    (owner instanceof PyModule && owner.file !== undefined);
  // A function has a namespace once somebody asks for it.
  if (owner instanceof PyFunction && owner.owner !== 0) owner.attrs ??= new Map();
  return settable && owner.owner !== 0 && !classOf(owner).slotted ? instanceDict(owner) : undefined;
}

export function itemOf(owner: Value, key: Value): Value | undefined {
  if (!(owner instanceof PyObject) || !owner.cls.native) return undefined;
  if (owner instanceof PyDict) return owner.get(key);
  if ((owner instanceof PyList || owner instanceof PyTuple) && typeof key === 'bigint')
    return owner.items[Number(key < 0n ? key + BigInt(owner.items.length) : key)];
  return undefined;
}

/** True for a container of the library, which calls nothing of what it holds. */
export function isContainer(value: Value): boolean {
  const isOne =
    value instanceof PyList || value instanceof PyTuple || value instanceof PyDict || value instanceof PySetBase;
  return isOne && classOf(value).native;
}

/** What is in a container of the library; any other object is itself. */
export function itemsIn(value: Value): readonly Value[] {
  if (value instanceof PyObject && isUnknown(value)) return [value];
  if (value instanceof PyList || value instanceof PyTuple) return value.items;
  return value instanceof PySetBase ? [...value.map.keys()] : [value];
}

/** What an attribute, an item, or any of the items of an object is now. */
export function partsOf(owner: Value, attribute: string | undefined, key: Value | undefined): Value[] {
  if (attribute !== undefined) {
    const found = attributeOf(owner, attribute);
    return found === undefined ? [] : [found.value];
  }
  const item = key === undefined ? undefined : itemOf(owner, key);
  if (item !== undefined) return [item];
  if (owner instanceof PyList) return [...owner.items];
  return owner instanceof PyDict ? [...owner.values()] : [];
}

/** The present value of a variable, undefined where it is not bound. */
export function presentValue(written: string, scope: Scope, frame: Frame): Value | undefined {
  const name = scope.mangle(written);
  const access = scope.resolve(name);
  switch (access.how) {
    case 'slot':
      return frame.slots[access.slot] as Value | undefined;
    case 'cell':
      return (frame.slots[access.slot] as Cell | undefined)?.value;
    case 'name': {
      const own = frame.names?.get(name);
      if (own !== undefined) return own;
      const cell = access.cell === undefined ? undefined : (frame.slots[access.cell] as Cell | undefined)?.value;
      if (cell !== undefined) return cell;
      break;
    }
    default:
  }
  return frame.globals.get(name) ?? builtinScope.names.get(name);
}

/** Binds a variable, as an assignment would. */
export function assign(written: string, scope: Scope, frame: Frame, value: Value): void {
  const name = scope.mangle(written);
  const access = scope.resolve(name);
  switch (access.how) {
    case 'slot':
      frame.slots[access.slot] = value;
      return;
    case 'cell': {
      const cell = frame.slots[access.slot] as Cell | undefined;
      if (cell !== undefined) cell.value = value;
      return;
    }
    case 'global':
      frame.globals.set(name, value);
      return;
    default:
      frame.names?.set(name, value);
  }
}

/** Takes from a variable what it holds, so that it is not bound. */
export function unbind(written: string, scope: Scope, frame: Frame): void {
  const name = scope.mangle(written);
  const access = scope.resolve(name);
  switch (access.how) {
    case 'slot':
      frame.slots[access.slot] = undefined;
      return;
    case 'cell': {
      const cell = frame.slots[access.slot] as Cell | undefined;
      if (cell !== undefined) cell.value = undefined;
      return;
    }
    case 'global':
      frame.globals.delete(name);
      return;
    default:
      frame.names?.delete(name);
  }
}

/** What an object holds itself: items, attributes, what it is made of. */
export function partsIn(value: PyObject): readonly Value[] {
  const parts: Value[] = value.cls === unknownClass ? [...heldBy(value)] : [];
  if (value instanceof PyUnknown) parts.push(...value.may);
  else if (value instanceof PyList || value instanceof PyTuple) parts.push(...value.items);
  else if (value instanceof PyDict) for (const [key, item] of value.entries()) parts.push(key, item);
  else if (value instanceof PySetBase) parts.push(...value.map.keys());
  else if (value instanceof BoundMethod) parts.push(value.self, value.func);
  else if (value instanceof PyGenerator) for (const slot of value.frame.slots) parts.push(...slotValues(slot));
  else if (!(value instanceof PyClass) && !(value instanceof PyFunction)) parts.push(...fieldsOf(value));
  if (value.attrs !== undefined && !(value instanceof PyClass)) parts.push(...value.attrs.values());
  return parts;
}
