/** Targets of assignments: names, attributes, items, unpacking; assignment statements and `del`. */
import { PyDict } from '../runtime/dict';
import { Unsupported } from '../runtime/errors';
import type { Frame } from '../runtime/frame';
import { touch } from '../runtime/mutation';
import {
  deleteAttribute,
  deleteItem,
  getAttribute,
  getItem,
  setAttribute,
  setItem,
  unpack,
  unpackStarred,
} from '../runtime/operations';
import { provenance, type ReadNode } from '../runtime/provenance';
import { PyUnknown } from '../runtime/unknown';
import { unpackUnknown } from '../runtime/unknownMethods';
import type { AnnAssign, Assign, AugAssign, Delete, Expression, Name } from '../syntax/ast';
import { compileExpression } from './expressions';
import { deleteName, storeName } from './names';
import { applyInplace } from './operators';
import { recordedAttribute, recordedItem, recordedStore, siteOf } from './recording';
import { guarded } from './recovery';
import type { Scope } from './scope';
import { type Evaluate, type Execute, NORMAL, type Store } from './unit';
import { unparse } from './unparse';

/** Code that assigns a value to a target; bindings are recorded where `reads` tells what the value was made of. */
export function compileStore(target: Expression, scope: Scope, reads?: ReadNode[]): Store {
  switch (target.kind) {
    case 'Name':
      return reads === undefined ? storeName(target.id, scope, target) : recordedStore(target, target.id, scope, reads);
    case 'Attribute': {
      const object = compileExpression(target.value, scope);
      const name = scope.mangle(target.attr.name);
      const record = recordedAttribute(target, scope, reads);
      return (frame, value) => {
        const owner = object(frame);
        frame.at = target;
        setAttribute(owner, name, value);
        record?.(frame, value);
      };
    }
    case 'Subscript': {
      const object = compileExpression(target.value, scope);
      // What the key is made of tells which turn of a loop it was.
      const index =
        reads === undefined
          ? compileExpression(target.index, scope)
          : scope.collecting(reads, compileExpression, target.index);
      const record = reads === undefined ? undefined : recordedItem(target, scope, reads);
      return (frame, value) => {
        const owner = object(frame);
        const key = index(frame);
        frame.at = target;
        setItem(owner, key, value);
        record?.(frame, owner, key, value);
      };
    }
    case 'Tuple':
    case 'List':
      return unpacking(target, target.elements, scope, reads);
    case 'Starred':
      return compileStore(target.value, scope, reads);
    default:
      return () => {
        throw new Unsupported('an assignment to this expression', undefined, target);
      };
  }
}

function unpacking(
  target: Expression,
  elements: readonly Expression[],
  scope: Scope,
  reads: ReadNode[] | undefined,
): Store {
  const stores = elements.map(element => compileStore(element, scope, reads));
  const star = elements.findIndex(element => element.kind === 'Starred');
  const count = elements.length;
  return (frame, value) => {
    frame.at = target;
    const unknown = value instanceof PyUnknown ? unpackUnknown(value, count) : undefined;
    const items = unknown ?? (star < 0 ? unpack(value, count) : unpackStarred(value, star, count - star - 1));
    for (let at = 0; at < count; at++) stores[at]!(frame, items[at]!);
  };
}

/** Where assignments are recorded, an array to collect what the value reads. */
export function readsOf(scope: Scope): ReadNode[] | undefined {
  return scope.recorded ? [] : undefined;
}

/** Compiles the value of an assignment so that what it reads is collected and its values are kept. */
export function compileRecorded(node: Expression, scope: Scope, reads: ReadNode[] | undefined): Evaluate {
  if (reads === undefined) return compileExpression(node, scope);
  const value = scope.collecting(reads, compileExpression, node);
  // What is read is known once the value is compiled, and augmented assignments add to it.
  return frame => {
    frame.trail = reads.length === 0 ? undefined : new Array(reads.length);
    return value(frame);
  };
}

export function compileAssign(node: Assign, scope: Scope): Execute {
  const reads = readsOf(scope);
  const [target] = node.targets;
  if (reads !== undefined && node.targets.length === 1 && target!.kind === 'Name')
    return assignRecorded(target, node.value, scope);
  const value = compileRecorded(node.value, scope, reads);
  const stores = node.targets.map(target => compileStore(target, scope, reads));
  const [only] = stores;
  if (stores.length === 1)
    return frame => {
      only!(frame, value(frame));
      return NORMAL;
    };
  return frame => {
    const result = value(frame);
    for (const store of stores) store(frame, result);
    return NORMAL;
  };
}

const NO_READS: readonly ReadNode[] = [];

/** `name = value` in a module or a class body, which is what cells consist of: all in one closure. */
function assignRecorded(target: Name, node: Expression, scope: Scope): Execute {
  const found: ReadNode[] = [];
  const value = scope.collecting(found, compileExpression, node);
  const count = found.length;
  // An array that grew keeps room for more; a site stays as long as what it bound.
  const reads = count === 0 ? NO_READS : found.slice();
  const site = siteOf(target, target.id, scope, reads);
  const store = storeName(target.id, scope, target);
  return frame => {
    frame.trail = count === 0 ? undefined : new Array(count);
    const result = value(frame);
    store(frame, result);
    provenance.recorder?.bind(site, result, frame.trail);
    return NORMAL;
  };
}

export function compileAugAssign(node: AugAssign, scope: Scope): Execute {
  const { target, op } = node;
  const reads = readsOf(scope);
  if (target.kind === 'Name') {
    // The target is the first of what the new value was made of.
    const load = compileRecorded(target, scope, reads);
    const value =
      reads === undefined
        ? compileExpression(node.value, scope)
        : scope.collecting(reads, compileExpression, node.value);
    const store = compileStore(target, scope, reads);
    return frame => {
      const a = load(frame);
      const b = value(frame);
      frame.at = node;
      store(frame, applyInplace(op, a, b));
      return NORMAL;
    };
  }
  const value = compileRecorded(node.value, scope, reads);
  const object = compileExpression(target.value, scope);
  if (target.kind === 'Attribute') {
    const name = scope.mangle(target.attr.name);
    const record = recordedAttribute(target, scope, reads);
    return frame => {
      const owner = object(frame);
      frame.at = target;
      const a = getAttribute(owner, name);
      const b = value(frame);
      frame.at = node;
      const result = applyInplace(op, a, b);
      setAttribute(owner, name, result);
      record?.(frame, result);
      return NORMAL;
    };
  }
  const index = compileExpression(target.index, scope);
  return frame => {
    const owner = object(frame);
    const key = index(frame);
    frame.at = target;
    const a = getItem(owner, key);
    const b = value(frame);
    frame.at = node;
    setItem(owner, key, applyInplace(op, a, b));
    return NORMAL;
  };
}

export function compileAnnAssign(node: AnnAssign, scope: Scope): Execute {
  const { target } = node;
  const reads = readsOf(scope);
  // The annotation is noted whatever becomes of the value.
  const value =
    node.value === undefined ? undefined : guarded(compileRecorded(node.value, scope, reads), node.value, scope);
  const store = node.value === undefined ? undefined : compileStore(target, scope, reads);
  const annotate = target.kind === 'Name' ? compileAnnotation(target.id, node, scope) : undefined;
  return frame => {
    if (value !== undefined) store!(frame, value(frame));
    annotate?.(frame);
    return NORMAL;
  };
}

/** Notes `name: annotation` in `__annotations__`, which only modules and classes have. */
function compileAnnotation(name: string, node: AnnAssign, scope: Scope): ((frame: Frame) => void) | undefined {
  if (scope.host.kind === 'function') return undefined;
  const evaluate = guarded(annotationValue(node.annotation, scope), node.annotation, scope);
  const key = scope.mangle(name);
  return frame => {
    const value = evaluate(frame);
    const names = frame.names ?? frame.globals;
    const known = names.get('__annotations__');
    if (known instanceof PyDict) {
      touch(known);
      known.set(key, value);
    } else names.set('__annotations__', PyDict.from([[key, value]]));
  };
}

/** The value of an annotation: its text, after `from __future__ import annotations`. */
export function annotationValue(node: Expression, scope: Scope): Evaluate {
  if (scope.unit.lazyAnnotations) {
    const text = unparse(node, scope.unit);
    return () => text;
  }
  return compileExpression(node, scope);
}

export function compileDelete(node: Delete, scope: Scope): Execute {
  const steps = node.targets.map(target => deletion(target, scope));
  return frame => {
    for (const step of steps) step(frame);
    return NORMAL;
  };
}

function deletion(target: Expression, scope: Scope): (frame: Frame) => void {
  switch (target.kind) {
    case 'Name':
      return deleteName(target.id, target, scope);
    case 'Attribute': {
      const object = compileExpression(target.value, scope);
      const name = scope.mangle(target.attr.name);
      return frame => {
        const owner = object(frame);
        frame.at = target;
        deleteAttribute(owner, name);
      };
    }
    case 'Subscript': {
      const object = compileExpression(target.value, scope);
      const index = compileExpression(target.index, scope);
      return frame => {
        const owner = object(frame);
        const key = index(frame);
        frame.at = target;
        deleteItem(owner, key);
      };
    }
    case 'Tuple':
    case 'List': {
      const steps = target.elements.map(element => deletion(element, scope));
      return frame => {
        for (const step of steps) step(frame);
      };
    }
    default:
      return () => {
        throw new Unsupported('del of this expression', undefined, target);
      };
  }
}
