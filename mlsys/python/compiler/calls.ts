/** Calls: arguments of every form, methods without a bound object in between, zero-argument `super()`. */

import { PyDict } from '../runtime/dict';
import { raise } from '../runtime/errors';
import type { Cell, Frame } from '../runtime/frame';
import { PyFunction } from '../runtime/function';
import { builtinScope } from '../runtime/globals';
import type { HashMap } from '../runtime/hashMap';
import { PyMadeUp } from '../runtime/madeUp';
import {
  BoundMethod,
  type Keywords,
  NativeFunction,
  PyCallable,
  PyClass,
  PyModule,
  PyObject,
  PyTuple,
  typeOf,
  type Value,
} from '../runtime/objects';
import {
  call,
  findAttribute,
  getAttribute,
  getItem,
  isIterable,
  iterate,
  listOf,
  PySuper,
  str,
  typeName,
} from '../runtime/operations';
import { passElement, passMapping, soleElement } from '../runtime/origins';
import type { UnknownCause } from '../runtime/unknown';
import { orderCause } from '../runtime/unordered';
import { NATIVE_STEPS, vm } from '../runtime/vm';
import type { Attribute, Call, Expression, Keyword, Subscript } from '../syntax/ast';
import { compileExpression, compileItems, isStarred } from './expressions';
import { namespaceCall } from './namespaces';
import type { Scope } from './scope';
import type { Evaluate } from './unit';

export function compileCall(node: Call, scope: Scope): Evaluate {
  const { func } = node;
  const bare = node.args.length === 0 && node.keywords.length === 0;
  if (bare && func.kind === 'Name') {
    if (func.id === 'super') return superCall(node, scope);
    const namespace = namespaceCall(node, func.id, compileExpression(func, scope), scope);
    if (namespace !== undefined) return namespace;
  }
  if (func.kind === 'Attribute') return methodCall(node, func, scope);
  const given = plainCall(node, scope);
  if (func.kind !== 'Name' || func.id !== 'id' || isHeld(node.args[0])) return given;
  return frame => {
    const address = given(frame);
    return address instanceof PyMadeUp ? address.freed : address;
  };
}

/** False for an expression that makes an object which nothing else need hold. */
function isHeld(argument: Expression | undefined): boolean {
  return argument !== undefined && /^(?:Name|Attribute|Subscript|Constant)$/.test(argument.kind);
}

function plainCall(node: Call, scope: Scope): Evaluate {
  const { func } = node;
  const callee = compileExpression(func, scope);
  const args = compileArguments(node, scope);
  const keywords = compileKeywords(node.keywords, scope);
  if (args === undefined || keywords === undefined) {
    const spread = compileSpread(node, scope);
    return frame => {
      const f = callee(frame);
      const given = spread(frame, f);
      frame.at = node;
      return invoke(f, given.args, given.keywords);
    };
  }
  if (node.keywords.length === 0)
    return frame => {
      const f = callee(frame);
      const given = args(frame);
      frame.at = node;
      return invoke(f, given, undefined);
    };
  return frame => {
    const f = callee(frame);
    const given = args(frame);
    const named = keywords(frame);
    frame.at = node;
    return invoke(f, given, named);
  };
}

/** Calls any value; functions, the commonest, without a detour. */
function invoke(f: Value, args: Value[], keywords: Keywords): Value {
  if (f instanceof PyCallable) return f.invoke(args, keywords);
  if (f instanceof NativeFunction) {
    vm.step(NATIVE_STEPS);
    return f.call(args, keywords);
  }
  return call(f, args, keywords);
}

/** `obj.name(...)`: a function found on the class is called with the object first. */
function methodCall(node: Call, func: Attribute, scope: Scope): Evaluate {
  const object = compileExpression(func.value, scope);
  const name = scope.mangle(func.attr.name);
  const args = compileArguments(node, scope);
  const keywords = compileKeywords(node.keywords, scope);
  if (args === undefined || keywords === undefined) {
    const spread = compileSpread(node, scope);
    return frame => {
      const value = object(frame);
      frame.at = func;
      const f = getAttribute(value, name);
      const given = spread(frame, f);
      frame.at = node;
      return call(f, given.args, given.keywords);
    };
  }
  const plain = node.keywords.length === 0;
  return frame => {
    const value = object(frame);
    frame.at = func;
    const method = methodOf(value, name);
    if (method !== undefined) {
      const given = args(frame);
      given.unshift(value);
      const named = plain ? undefined : keywords(frame);
      frame.at = node;
      if (method instanceof NativeFunction) {
        vm.step(NATIVE_STEPS);
        return method.call(given, named);
      }
      return method.invoke(given, named);
    }
    const f = getAttribute(value, name);
    const given = args(frame);
    const named = plain ? undefined : keywords(frame);
    frame.at = node;
    return invoke(f, given, named);
  };
}

/** The function that `value.name(...)` calls with `value` first, where nothing else can be meant. */
function methodOf(value: Value, name: string): PyCallable | NativeFunction | undefined {
  if (value instanceof PyObject) {
    if (value.attrs?.has(name)) return undefined;
    if (value instanceof PyClass || value instanceof PyModule || value instanceof PySuper) return undefined;
  }
  const cls = typeOf(value);
  const attr = cls.lookup(name);
  if (!(attr instanceof PyCallable || (attr instanceof NativeFunction && attr.binds))) return undefined;
  if (!cls.native && cls.ownReader !== undefined) return undefined;
  return attr;
}

/** Positional arguments without `*`; undefined where there is one. */
function compileArguments(node: Call, scope: Scope): ((frame: Frame) => Value[]) | undefined {
  if (node.args.some(isStarred)) return undefined;
  return compileItems(node.args, scope);
}

const NO_KEYWORDS = (): undefined => undefined;

/** Named arguments; undefined where there is a `**mapping`. */
function compileKeywords(
  keywords: readonly Keyword[],
  scope: Scope,
): ((frame: Frame) => Map<string, Value> | undefined) | undefined {
  if (keywords.length === 0) return NO_KEYWORDS;
  const parts: { readonly name: string; readonly value: Evaluate; readonly element: Subscript | undefined }[] = [];
  for (const keyword of keywords) {
    if (keyword.name === undefined) return undefined;
    parts.push({
      name: keyword.name.name,
      value: compileExpression(keyword.value, scope),
      element: soleElement(keyword.value),
    });
  }
  return frame => {
    const map = new Map<string, Value>();
    for (const { name, value, element } of parts) {
      map.set(name, element === undefined ? value(frame) : passElement(map, name, element, value, frame));
    }
    return map;
  };
}

/** Arguments with `*iterable` or `**mapping` among them. */
export function compileSpread(
  node: { readonly args: readonly Expression[]; readonly keywords: readonly Keyword[] },
  scope: Scope,
): (frame: Frame, callee: Value) => { args: Value[]; keywords: Keywords } {
  const args = node.args.map(arg => ({
    star: arg.kind === 'Starred',
    at: arg,
    value: compileExpression(arg.kind === 'Starred' ? arg.value : arg, scope),
  }));
  const keywords = node.keywords.map(keyword => ({
    name: keyword.name?.name,
    at: keyword,
    value: compileExpression(keyword.value, scope),
    element: keyword.name === undefined ? undefined : soleElement(keyword.value),
  }));
  return (frame, callee) => {
    const given: Value[] = [];
    for (const arg of args) {
      const value = arg.value(frame);
      if (!arg.star) {
        given.push(value);
        continue;
      }
      frame.at = arg.at;
      if (!isIterable(value)) {
        const what = args.length === 1 ? `${calleeName(callee)} argument` : 'Value';
        throw raise('TypeError', `${what} after * must be an iterable, not ${typeName(value)}`);
      }
      const items = listOf(value);
      vm.work(items.length, 8);
      for (const item of items) given.push(item);
    }
    if (keywords.length === 0) return { args: given, keywords: undefined };
    const named = new Map<string, Value>();
    for (const keyword of keywords) {
      const { name, element } = keyword;
      const value =
        name === undefined || element === undefined
          ? keyword.value(frame)
          : passElement(named, name, element, keyword.value, frame);
      frame.at = keyword.at;
      if (keyword.name !== undefined) addKeyword(named, keyword.name, value, callee);
      else spreadMapping(named, value, callee);
    }
    return { args: given, keywords: named.size === 0 ? undefined : named };
  };
}

function addKeyword(named: Map<string, Value>, name: string, value: Value, callee: Value): void {
  if (named.has(name))
    throw raise('TypeError', `${calleeName(callee)} got multiple values for keyword argument '${name}'`);
  named.set(name, value);
}

function spreadMapping(named: Map<string, Value>, mapping: Value, callee: Value): void {
  const refuse = () =>
    raise('TypeError', `${calleeName(callee)} argument after ** must be a mapping, not ${typeName(mapping)}`);
  const isLoose = mapping instanceof PyDict && orderCause(mapping) !== undefined && takesInAnyOrder(callee);
  for (const [key, value] of isLoose ? mapping.entries() : entriesOf(mapping, refuse)) {
    if (typeof key !== 'string') throw raise('TypeError', 'keywords must be strings');
    addKeyword(named, key, value, callee);
  }
  passMapping(mapping, named);
}

/** Entries of a dict, or of any object with `keys()` and `[]`. */
function* entriesOf(mapping: Value, refuse: () => Error): Iterable<[Value, Value]> {
  if (mapping instanceof PyDict && mapping.cls.native) {
    if (mapping.size > 64) vm.step(10 * mapping.size);
    yield* mapping.entries();
    return;
  }
  const keys = findAttribute(mapping, 'keys');
  if (keys === undefined) throw refuse();
  const next = iterate(call(keys, []));
  for (let key = next(); key !== undefined; key = next()) {
    vm.step();
    yield [key, getItem(mapping, key)];
  }
}

/** `{**mapping}`; why nobody knows in which order its entries come, if so. */
export function mergeMapping(map: HashMap, mapping: Value): UnknownCause | undefined {
  const cause = orderCause(mapping);
  if (mapping instanceof PyDict && (mapping.cls.native || cause !== undefined)) {
    if (mapping.size > 64) vm.step(10 * mapping.size);
    for (const { key, value, code } of mapping.map.records()) map.set(key, value, code);
    return cause;
  }
  for (const [key, value] of entriesOf(mapping, () =>
    raise('TypeError', `'${typeName(mapping)}' object is not a mapping`),
  ))
    map.set(key, value);
  return undefined;
}

/** True for a function whose parameters get the same arguments by name in whatever order these come. */
function takesInAnyOrder(callee: Value): boolean {
  if (callee instanceof BoundMethod) return takesInAnyOrder(callee.func);
  return callee instanceof PyFunction && callee.code.signature.keywords === undefined;
}

/** How CPython names what is called in messages about its arguments. */
function calleeName(f: Value): string {
  if (f instanceof BoundMethod) return calleeName(f.func);
  if (f instanceof PyFunction) {
    const module = f.module;
    return typeof module === 'string' && module !== 'builtins' ? `${module}.${f.qualname}()` : `${f.qualname}()`;
  }
  if (f instanceof NativeFunction) return `${f.name}()`;
  if (f instanceof PyClass) return f.module === 'builtins' ? `${f.qualname}()` : `${f.module}.${f.qualname}()`;
  return str(f);
}

/** `super()`: the class of the body around, and the first parameter. */
function superCall(node: Call, scope: Scope): Evaluate {
  const callee = compileExpression(node.func, scope);
  const { host } = scope;
  const cls = scope.resolve('__class__');
  const first = host.signature?.positional[0] ?? host.signature?.rest;
  const self = first === undefined ? undefined : host.resolve(first);
  return frame => {
    const f = callee(frame);
    frame.at = node;
    if (f !== builtinScope.names.get('super')) return call(f, []);
    if (self === undefined || host.kind !== 'function') throw raise('RuntimeError', 'super(): no arguments');
    if (cls.how !== 'cell') throw raise('RuntimeError', 'super(): __class__ cell not found');
    const owner = (frame.slots[cls.slot] as Cell).value;
    if (!(owner instanceof PyClass)) throw raise('RuntimeError', 'super(): empty __class__ cell');
    let object: Value | undefined;
    if (self.how === 'cell') object = (frame.slots[self.slot] as Cell).value;
    else if (self.how === 'slot') object = frame.slots[self.slot] as Value | undefined;
    if (host.signature?.positional.length === 0 && object instanceof PyTuple) object = object.items[0];
    if (object === undefined) throw raise('RuntimeError', 'super(): arg[0] deleted');
    return new PySuper(owner, object);
  };
}
