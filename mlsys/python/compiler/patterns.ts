/** Patterns of `match` statements. */

import { isinstance } from '../runtime/classes';
import { PyDict } from '../runtime/dict';
import { raise } from '../runtime/errors';
import type { Frame } from '../runtime/frame';
import { HashMap } from '../runtime/hashMap';
import {
  boolClass,
  bytearrayClass,
  bytesClass,
  dictClass,
  floatClass,
  frozensetClass,
  intClass,
  listClass,
  objectClass,
  PyBytes,
  PyClass,
  PyInstance,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  setClass,
  strClass,
  tupleClass,
  type Value,
} from '../runtime/objects';
import {
  askAttribute,
  callMethod,
  compare,
  findAttribute,
  getItem,
  is,
  length,
  listOf,
  truth,
  typeName,
} from '../runtime/operations';
import { classOf, PyUnknown, refuseUnknown } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import type { MatchClass, MatchMapping, MatchSequence, Pattern } from '../syntax/ast';
import { compileExpression } from './expressions';
import type { Scope } from './scope';

/** Tries a value; puts what names capture at their places. */
type Matcher = (frame: Frame, value: Value, captures: (Value | undefined)[]) => boolean;

/** The names that a pattern binds, in order, each once. */
export function patternNames(pattern: Pattern): string[] {
  const names = new Set<string>();
  collectNames(pattern, names);
  return [...names];
}

function collectNames(pattern: Pattern, names: Set<string>): void {
  switch (pattern.kind) {
    case 'MatchSequence':
    case 'MatchOr':
      for (const one of pattern.patterns) collectNames(one, names);
      return;
    case 'MatchMapping':
      for (const one of pattern.patterns) collectNames(one, names);
      if (pattern.rest !== undefined) names.add(pattern.rest.name);
      return;
    case 'MatchClass':
      for (const one of pattern.patterns) collectNames(one, names);
      for (const keyword of pattern.keywords) collectNames(keyword.pattern, names);
      return;
    case 'MatchStar':
      if (pattern.name !== undefined) names.add(pattern.name.name);
      return;
    case 'MatchAs':
      if (pattern.pattern !== undefined) collectNames(pattern.pattern, names);
      if (pattern.name !== undefined) names.add(pattern.name.name);
      return;
    default:
  }
}

export function compilePattern(pattern: Pattern, names: readonly string[], scope: Scope): Matcher {
  switch (pattern.kind) {
    case 'MatchValue': {
      const wanted = compileExpression(pattern.value, scope);
      return (frame, value) => {
        const other = wanted(frame);
        frame.at = pattern;
        return truth(compare('==', value, other));
      };
    }
    case 'MatchSingleton': {
      const { value } = pattern;
      return (_frame, subject) => {
        if (subject instanceof PyUnknown) refuseUnknown(subject);
        return is(subject, value);
      };
    }
    case 'MatchSequence':
      return sequence(pattern, names, scope);
    case 'MatchMapping':
      return mapping(pattern, names, scope);
    case 'MatchClass':
      return instance(pattern, names, scope);
    case 'MatchStar':
      return () => true;
    case 'MatchAs': {
      const inner = pattern.pattern === undefined ? undefined : compilePattern(pattern.pattern, names, scope);
      const at = pattern.name === undefined ? -1 : names.indexOf(pattern.name.name);
      return (frame, value, captures) => {
        if (inner !== undefined && !inner(frame, value, captures)) return false;
        if (at >= 0) captures[at] = value;
        return true;
      };
    }
    case 'MatchOr': {
      const alternatives = pattern.patterns.map(one => compilePattern(one, names, scope));
      return (frame, value, captures) => alternatives.some(one => one(frame, value, captures));
    }
  }
}

/** Lists, tuples, ranges and what registers as `collections.abc.Sequence`; text and bytes are no sequences here. */
function isSequence(value: Value): boolean {
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange) return true;
  if (!(value instanceof PyObject) || value instanceof PyBytes) return false;
  if (value instanceof PyUnknown) refuseUnknown(value);
  const { mro } = classOf(value);
  if (mro.some(cls => cls.name === 'Sequence' || cls.name === 'MutableSequence' || cls.name === 'deque')) return true;
  return isRegistered(value, 'Sequence');
}

/** True for an object of a class that somebody has registered with an abstract class of containers. */
function isRegistered(value: Value, name: string): boolean {
  if (!(value instanceof PyInstance) || value.payload !== undefined) return false;
  const base = vm.library('collections.abc')?.attrs.get(name);
  return base !== undefined && isinstance(value, base);
}

function isMapping(value: Value): boolean {
  if (value instanceof PyDict) return true;
  if (value instanceof PyUnknown) refuseUnknown(value);
  const { mro } = classOf(value);
  if (!(value instanceof PyObject)) return false;
  return mro.some(cls => cls.name === 'Mapping' || cls.name === 'mappingproxy') || isRegistered(value, 'Mapping');
}

function sequence(node: MatchSequence, names: readonly string[], scope: Scope): Matcher {
  const parts = node.patterns.map(one => compilePattern(one, names, scope));
  const star = node.patterns.findIndex(one => one.kind === 'MatchStar');
  const starred = node.patterns[star];
  const starAt = starred?.kind === 'MatchStar' && starred.name !== undefined ? names.indexOf(starred.name.name) : -1;
  const count = parts.length;
  return (frame, value, captures) => {
    if (!isSequence(value)) return false;
    const size = length(value);
    if (star < 0 ? size !== count : size < count - 1) return false;
    if (count === 0) return true;
    const items = listOf(value);
    const after = star < 0 ? 0 : count - star - 1;
    const head = star < 0 ? count : star;
    for (let at = 0; at < head; at++) if (!parts[at]!(frame, items[at]!, captures)) return false;
    for (let at = 0; at < after; at++)
      if (!parts[star + 1 + at]!(frame, items[size - after + at]!, captures)) return false;
    if (starAt >= 0) captures[starAt] = new PyList(items.slice(star, size - after));
    return true;
  };
}

function mapping(node: MatchMapping, names: readonly string[], scope: Scope): Matcher {
  const keys = node.keys.map(key => compileExpression(key, scope));
  const parts = node.patterns.map(one => compilePattern(one, names, scope));
  const restAt = node.rest === undefined ? -1 : names.indexOf(node.rest.name);
  return (frame, value, captures) => {
    if (!isMapping(value)) return false;
    if (length(value) < keys.length) return false;
    const wanted = keys.map(key => key(frame));
    frame.at = node;
    const seen = new HashMap();
    for (const key of wanted) {
      if (seen.has(key)) throw raise('ValueError', `mapping pattern checks duplicate key (${String(key)})`);
      seen.set(key, null);
    }
    const found = itemsFor(wanted, value);
    if (found === undefined) return false;
    for (const [at, part] of parts.entries()) if (!part(frame, found[at]!, captures)) return false;
    if (restAt >= 0) {
      const rest = new PyDict();
      for (const key of listOf(value)) if (!seen.has(key)) rest.set(key, getItem(value, key));
      captures[restAt] = rest;
    }
    return true;
  };
}

/** The items of a mapping for keys; undefined where it lacks one. */
function itemsFor(keys: readonly Value[], value: Value): readonly Value[] | undefined {
  const found: Value[] = [];
  const own = !(value instanceof PyDict) || value.cls.lookup('get') !== dictClass.attrs.get('get');
  const missing = own ? new PyInstance(objectClass) : undefined;
  for (const key of keys) {
    const item = own ? callMethod(value, 'get', key, missing!) : value.get(key);
    if (item === undefined || item === missing) return undefined;
    found.push(item);
  }
  return found;
}

/** Classes whose one positional pattern takes the whole value. */
const WHOLE = new Set<PyClass>([
  boolClass,
  bytearrayClass,
  bytesClass,
  dictClass,
  floatClass,
  frozensetClass,
  intClass,
  listClass,
  setClass,
  strClass,
  tupleClass,
]);

function instance(node: MatchClass, names: readonly string[], scope: Scope): Matcher {
  const cls = compileExpression(node.cls, scope);
  const positional = node.patterns.map(one => compilePattern(one, names, scope));
  const keywords = node.keywords.map(keyword => ({
    name: keyword.name.name,
    matcher: compilePattern(keyword.pattern, names, scope),
  }));
  return (frame, value, captures) => {
    const type = cls(frame);
    frame.at = node;
    refuseUnknown(type);
    if (!(type instanceof PyClass)) throw raise('TypeError', 'called match pattern must be a class');
    refuseUnknown(value);
    if (!isinstance(value, type)) return false;
    const attributes = positional.length === 0 ? [] : matchArguments(type, positional.length);
    if (attributes === undefined && !positional[0]!(frame, value, captures)) return false;
    const byName =
      attributes === undefined ? [] : positional.map((matcher, at) => ({ name: attributes[at]!, matcher }));
    const seen = new Set<string>();
    for (const { name, matcher } of [...byName, ...keywords]) {
      if (seen.has(name)) throw raise('TypeError', `${type.name}() got multiple sub-patterns for attribute '${name}'`);
      seen.add(name);
      const item = askAttribute(value, name);
      if (item === undefined || !matcher(frame, item, captures)) return false;
    }
    return true;
  };
}

/** The attributes that positional patterns stand for; undefined where the one pattern takes the value itself. */
function matchArguments(type: PyClass, count: number): readonly string[] | undefined {
  const found = findAttribute(type, '__match_args__');
  if (found === undefined) {
    const whole = type.mro.some(cls => WHOLE.has(cls));
    if (whole && count === 1) return undefined;
    const allowed = whole ? 1 : 0;
    throw tooMany(type, allowed, count);
  }
  if (!(found instanceof PyTuple))
    throw raise('TypeError', `${type.name}.__match_args__ must be a tuple (got ${typeName(found)})`);
  if (found.items.length < count) throw tooMany(type, found.items.length, count);
  return found.items.map(name => {
    if (typeof name !== 'string')
      throw raise('TypeError', `__match_args__ elements must be strings (got ${typeName(name)})`);
    return name;
  });
}

function tooMany(type: PyClass, allowed: number, given: number) {
  return raise(
    'TypeError',
    `${type.name}() accepts ${allowed} positional sub-pattern${allowed === 1 ? '' : 's'} (${given} given)`,
  );
}
