/** Expressions: one function per kind of node makes the closure that evaluates it. */

import { PyDict } from '../runtime/dict';
import { raise, Unsupported } from '../runtime/errors';
import type { Frame } from '../runtime/frame';
import { HashMap } from '../runtime/hashMap';
import { drain } from '../runtime/iteration';
import { Ellipsis, PyBytes, PyComplex, PyList, PySlice, PyTuple, type Value } from '../runtime/objects';
import { getAttribute, getItem, isIterable, iterate, listOf, typeName } from '../runtime/operations';
import { noteReading, passCopy, reading } from '../runtime/origins';
import { PySet } from '../runtime/set';
import type { UnknownCause } from '../runtime/unknown';
import { withoutOrder } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import type {
  Attribute,
  Constant,
  Dict,
  Expression,
  NamedExpr,
  SetDisplay,
  Slice,
  Span,
  Subscript,
} from '../syntax/ast';
import { compileRecorded, readsOf } from './assignment';
import { compileCall, mergeMapping } from './calls';
import { compileComprehension } from './comprehensions';
import { compileFString } from './fstrings';
import { compileLambda } from './functions';
import { loadName } from './names';
import { compileBinary, compileBoolean, compileCompare, compileConditional, compileUnary } from './operators';
import { markOf, recordedStore } from './recording';
import { guarded } from './recovery';
import type { Scope } from './scope';
import type { Evaluate, Temporary } from './unit';

/**
 * The closure that evaluates an expression in a frame of `scope`. Cases in order of their frequency: a switch over words
 * takes one after the other.
 */
export function compileExpression(node: Expression | Temporary, scope: Scope): Evaluate {
  switch (node.kind) {
    case 'Name':
      return loadName(node.id, node, scope, markOf(node, scope));
    case 'Constant':
      return constant(node);
    case 'Attribute':
      return attribute(node, scope);
    case 'BinOp':
      return compileBinary(node, scope);
    case 'Call':
      return compileCall(node, scope);
    case 'JoinedStr':
      return guarded(compileFString(node, scope), node, scope);
    case 'Compare':
      return compileCompare(node, scope);
    case 'Temporary': {
      const { slot } = node;
      return frame => frame.slots[slot] as Value;
    }
    case 'BoolOp':
      return guarded(compileBoolean(node, scope), node, scope);
    case 'NamedExpr':
      return walrus(node, scope);
    case 'UnaryOp':
      return compileUnary(node, scope);
    case 'Lambda':
      return compileLambda(node, scope);
    case 'IfExp':
      return guarded(compileConditional(node, scope), node, scope);
    case 'Dict':
      return dict(node, scope);
    case 'Set':
      return set(node, scope);
    case 'List': {
      const items = compileItems(node.elements, scope);
      return frame => {
        vm.step(DISPLAY_STEPS);
        return new PyList(items(frame));
      };
    }
    case 'Tuple': {
      const items = compileItems(node.elements, scope);
      return frame => {
        vm.step(DISPLAY_STEPS);
        return new PyTuple(items(frame));
      };
    }
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      return guarded(compileComprehension(node, scope), node, scope);
    case 'GeneratorExp':
      return compileComprehension(node, scope);
    case 'Subscript':
      return subscript(node, scope);
    case 'Slice':
      return slice(node, scope);
    case 'Await':
      return refuse('await', node);
    case 'Yield':
    case 'YieldFrom':
      return refuse('yield outside a function', node);
    case 'Starred':
      return refuse('a starred expression here', node);
  }
}

function refuse(construct: string, span: Span): Evaluate {
  return () => {
    throw new Unsupported(construct, undefined, span);
  };
}

function constant(node: Constant): Evaluate {
  const { value } = node;
  if (value === null || typeof value !== 'object') return () => value;
  if (value.type === 'ellipsis') return () => Ellipsis;
  // Immutable, but made anew for each run: an object remembers who made it.
  if (value.type === 'complex') return () => new PyComplex(0, value.imag);
  return () => new PyBytes(value.data);
}

export function isStarred(node: Expression): boolean {
  return node.kind === 'Starred';
}

/** Evaluates elements, `*iterables` spread, into a fresh array. */
export function compileItems(
  elements: readonly Expression[],
  scope: Scope,
  spread: (value: Value) => Value[] = listOf,
): (frame: Frame) => Value[] {
  if (elements.length === 0) return () => [];
  if (elements.some(isStarred)) {
    const parts = elements.map(element =>
      element.kind === 'Starred'
        ? { star: true, at: element.value, evaluate: compileExpression(element.value, scope) }
        : { star: false, at: element, evaluate: compileExpression(element, scope) },
    );
    return frame => {
      const items: Value[] = [];
      for (const part of parts) {
        const value = part.evaluate(frame);
        if (!part.star) items.push(value);
        else {
          frame.at = part.at;
          if (!isIterable(value)) throw raise('TypeError', `Value after * must be an iterable, not ${typeName(value)}`);
          for (const item of spread(value)) items.push(item);
        }
      }
      return items;
    };
  }
  const parts = elements.map(element => compileExpression(element, scope));
  const [first, second, third] = parts;
  switch (parts.length) {
    case 1:
      return frame => [first!(frame)];
    case 2:
      return frame => [first!(frame), second!(frame)];
    case 3:
      return frame => [first!(frame), second!(frame), third!(frame)];
    default:
      return frame => {
        const items: Value[] = new Array(parts.length);
        for (let at = 0; at < parts.length; at++) items[at] = parts[at]!(frame);
        return items;
      };
  }
}

/** A display counts as work of its own: what it makes may be kept, and what is kept takes memory. */
const DISPLAY_STEPS = 4;

/** What a small dict takes. */
const DICT_BYTES = 160;

function dict(node: Dict, scope: Scope): Evaluate {
  const entries = node.entries.map(({ key, value }) => ({
    key: key === undefined ? undefined : compileExpression(key, scope),
    value: compileExpression(value, scope),
    at: key ?? value,
  }));
  return frame => {
    vm.charge(DICT_BYTES);
    const map = new HashMap();
    let merged: PyDict[] | undefined;
    let unordered: UnknownCause | undefined;
    for (const entry of entries) {
      if (entry.key === undefined) {
        const value = entry.value(frame);
        frame.at = entry.at;
        unordered = mergeMapping(map, value) ?? unordered;
        if (value instanceof PyDict) {
          merged ??= [];
          merged.push(value);
        }
        continue;
      }
      const key = entry.key(frame);
      const value = entry.value(frame);
      frame.at = entry.at;
      map.set(key, value);
    }
    const made = new PyDict(map);
    if (merged !== undefined) for (const one of merged) passCopy(one, made);
    return withoutOrder(made, unordered);
  };
}

/** True for what CPython folds to a constant in a display. */
function isConstant(node: Expression): boolean {
  if (node.kind === 'Tuple') return node.elements.every(isConstant);
  return node.kind === 'Constant' || (node.kind === 'UnaryOp' && node.operand.kind === 'Constant');
}

function set(node: SetDisplay, scope: Scope): Evaluate {
  const constants = node.elements.length > 2 && node.elements.every(isConstant);
  const items = compileItems(node.elements, scope, value => drain(iterate(value)));
  return frame => {
    const values = items(frame);
    frame.at = node;
    const made = PySet.from(values);
    if (constants) made.arrangeDisplay();
    return made;
  };
}

function walrus(node: NamedExpr, scope: Scope): Evaluate {
  // Outside of an assignment, as in the test of an `if`, nobody else collects what it reads.
  const own = scope.reads === undefined ? readsOf(scope) : undefined;
  const value = compileRecorded(node.value, scope, own);
  const store = recordedStore(node.target, node.target.id, scope, own ?? scope.reads);
  return frame => {
    const result = value(frame);
    store(frame, result);
    return result;
  };
}

function attribute(node: Attribute, scope: Scope): Evaluate {
  // The whole chain `a.b.c` is one read, not its beginnings.
  const object = scope.ofAttribute(compileExpression, node);
  const name = scope.mangle(node.attr.name);
  const mark = markOf(node, scope);
  return frame => {
    const owner = object(frame);
    frame.at = node;
    const value = getAttribute(owner, name);
    if (mark >= 0 && frame.trail !== undefined) frame.trail[mark] = value;
    return value;
  };
}

function subscript(node: Subscript, scope: Scope): Evaluate {
  const object = compileExpression(node.value, scope);
  const index = compileExpression(node.index, scope);
  return frame => {
    const value = object(frame);
    const key = index(frame);
    frame.at = node;
    const item = getItem(value, key);
    if (reading.node === node) noteReading(value, key);
    return item;
  };
}

function slice(node: Slice, scope: Scope): Evaluate {
  const part = (one: Expression | undefined): Evaluate =>
    one === undefined ? () => null : compileExpression(one, scope);
  const lower = part(node.lower);
  const upper = part(node.upper);
  const step = part(node.step);
  return frame => new PySlice(lower(frame), upper(frame), step(frame));
}
