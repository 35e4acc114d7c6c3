/** Reading, binding and deleting variables. */

import { BUILTINS, openedBuiltins } from '../runtime/builtinNames';
import { raise, Unsupported } from '../runtime/errors';
import type { Cell, Frame } from '../runtime/frame';
import { builtinScope } from '../runtime/globals';
import { isKernelName } from '../runtime/kernel';
import { openName } from '../runtime/members';
import { mutations, touchCell } from '../runtime/mutation';
import type { Value } from '../runtime/objects';
import { causeOfRefusal, spread } from '../runtime/unknown';
import type { Span } from '../syntax/ast';
import type { Access, Scope } from './scope';
import type { Evaluate, Store } from './unit';

function undefinedName(frame: Frame, at: Span, name: string): Error {
  frame.at = at;
  const error = raise('NameError', `name '${name}' is not defined`);
  error.exception.attrs?.set('name', name);
  return error;
}

/** Throws for a name that a module lacks, unless what nobody could follow may have bound it. */
function checkUndefined(frame: Frame, at: Span, name: string): void {
  frame.at = at;
  if (openName(frame.globals.open, name, at) === undefined) throw undefinedName(frame, at, name);
}

function unboundLocal(frame: Frame, at: Span, name: string): Error {
  frame.at = at;
  const error = raise(
    'UnboundLocalError',
    `cannot access local variable '${name}' where it is not associated with a value`,
  );
  error.exception.attrs?.set('name', name);
  return error;
}

function unboundFree(frame: Frame, at: Span, name: string): Error {
  frame.at = at;
  const error = raise(
    'NameError',
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
  );
  error.exception.attrs?.set('name', name);
  return error;
}

/** Reads a name from the module's namespace, then from the built-ins. */
function loadGlobal(frame: Frame, at: Span, name: string): Value {
  const value = frame.globals.get(name);
  if (value !== undefined) return value;
  const builtin = builtinScope.names.get(name);
  if (builtin !== undefined) return builtin;
  frame.at = at;
  const named = openName(frame.globals.open, name, at);
  if (named !== undefined) return named;
  if (isKernelName(name) && frame.globals.get('__name__') === '__main__') {
    frame.at = at;
    return spread(causeOfRefusal(new Unsupported(`the kernel's ${name}`, undefined, at)), pathOf(name));
  }
  if (OF_MODULES.has(name))
    return spread(causeOfRefusal(new Unsupported(`${name} of a module`, undefined, at)), pathOf(name));
  const opened = openedBuiltins();
  if (opened !== undefined) return spread(opened);
  throw undefinedName(frame, at, name);
}

const pathOf = (name: string) => (name === '__builtins__' ? { path: BUILTINS } : undefined);

/** Names that Python's import puts into every module, and Reckoner's does not. */
const OF_MODULES: ReadonlySet<string> = new Set(['__spec__', '__loader__', '__cached__', '__builtins__']);

/** Code that reads a variable; it leaves the value in the frame's trail where `mark` is a place of that. */
export function loadName(written: string, at: Span, scope: Scope, mark = -1): Evaluate {
  const name = scope.mangle(written);
  const access = scope.resolve(name);
  if (mark < 0) return load(name, at, access);
  // in modules and class bodies, where assignments are recorded, most reads are of these two kinds
  if (access.how === 'global')
    return frame => {
      const value = loadGlobal(frame, at, name);
      if (frame.trail !== undefined) frame.trail[mark] = value;
      return value;
    };
  if (access.how === 'name' && access.cell === undefined)
    return frame => {
      // None is null, which `??` would pass over
      let value = frame.names!.get(name);
      if (value === undefined) value = loadGlobal(frame, at, name);
      if (frame.trail !== undefined) frame.trail[mark] = value;
      return value;
    };
  const evaluate = load(name, at, access);
  return frame => {
    const value = evaluate(frame);
    if (frame.trail !== undefined) frame.trail[mark] = value;
    return value;
  };
}

function load(name: string, at: Span, access: Access): Evaluate {
  switch (access.how) {
    case 'slot': {
      const { slot } = access;
      return frame => {
        const value = frame.slots[slot];
        if (value === undefined) throw unboundLocal(frame, at, name);
        return value as Value;
      };
    }
    case 'cell': {
      const { slot, free } = access;
      return frame => {
        const { value } = frame.slots[slot] as Cell;
        if (value === undefined) throw free ? unboundFree(frame, at, name) : unboundLocal(frame, at, name);
        return value;
      };
    }
    case 'global':
      return frame => loadGlobal(frame, at, name);
    default: {
      const { cell } = access;
      return frame => {
        const own = frame.names?.get(name);
        if (own !== undefined) return own;
        if (cell !== undefined) {
          const { value } = frame.slots[cell] as Cell;
          if (value !== undefined) return value;
        }
        return loadGlobal(frame, at, name);
      };
    }
  }
}

/** Code that binds a variable. */
export function storeName(written: string, scope: Scope, at?: Span): Store {
  const name = scope.mangle(written);
  const access = scope.resolve(name);
  switch (access.how) {
    case 'slot': {
      const { slot } = access;
      return (frame, value) => {
        frame.slots[slot] = value;
      };
    }
    case 'cell': {
      const { slot, free } = access;
      return (frame, value) => {
        const cell = frame.slots[slot] as Cell;
        if (free) touchCell(cell);
        cell.value = value;
      };
    }
    case 'global':
      return (frame, value) => {
        mutations.watch?.();
        frame.globals.set(name, value);
      };
    default:
      // An enumeration refuses names that it has.
      return (frame, value) => {
        if (at !== undefined) frame.at = at;
        frame.names!.set(name, value);
      };
  }
}

/** Code that unbinds a variable; `quiet` where an unbound one is no error (the name of an `except` clause). */
export function deleteName(written: string, at: Span, scope: Scope, quiet = false): (frame: Frame) => void {
  const name = scope.mangle(written);
  const access = scope.resolve(name);
  switch (access.how) {
    case 'slot': {
      const { slot } = access;
      return frame => {
        if (frame.slots[slot] === undefined && !quiet) throw unboundLocal(frame, at, name);
        frame.slots[slot] = undefined;
      };
    }
    case 'cell': {
      const { slot, free } = access;
      return frame => {
        const cell = frame.slots[slot] as Cell;
        if (cell.value === undefined && !quiet)
          throw free ? unboundFree(frame, at, name) : unboundLocal(frame, at, name);
        if (free) touchCell(cell);
        cell.value = undefined;
      };
    }
    case 'global':
      return frame => {
        if (!frame.globals.delete(name) && !quiet) checkUndefined(frame, at, name);
      };
    default:
      return frame => {
        if (!frame.names!.delete(name) && !quiet) throw undefinedName(frame, at, name);
      };
  }
}
