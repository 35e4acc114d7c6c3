/** All that code may change of which too much is to be looked at, or that is not at hand. */
import { PyFunction } from '../runtime/function';
import { type Globals, ModuleGlobals } from '../runtime/globals';
import { NativeFunction, PyClass, PyModule, PyObject, type Value } from '../runtime/objects';
import { leadingTo, PyUnknown, type UnknownCause } from '../runtime/unknown';
import { mentionedBy } from './referents';
import { partsIn } from './stored';

export class World {
  readonly #globals: Globals;
  readonly #cause: UnknownCause;
  /** What was come by in other modules and functions. */
  readonly followed = new Set<Value>();
  readonly #others = new Map<PyModule, Globals>();

  constructor(globals: Globals, cause: UnknownCause) {
    this.#globals = globals;
    this.#cause = cause;
  }

  /** Goes through whatever code may come by that begins with the module's names and some values. */
  follow(values: readonly Value[]): void {
    const open: Value[] = [...values];
    for (const name of this.#globals.names()) open.push(this.#globals.get(name) ?? null);
    while (open.length > 0) {
      const value = open.pop();
      if (!(value instanceof PyObject) || value instanceof NativeFunction || this.followed.has(value)) continue;
      if (value.owner === 0) continue;
      this.followed.add(value);
      if (value instanceof PyModule) this.#enter(new ModuleGlobals(value), open);
      else if (value instanceof PyClass) open.push(...value.attrs.values(), ...value.mro);
      else if (value instanceof PyFunction) {
        open.push(...mentionedBy(value));
        this.#enter(value.globals, open);
      } else open.push(...partsIn(value));
    }
  }

  #enter(globals: Globals, open: Value[]): void {
    const { module } = globals;
    if (module === undefined || module === this.#globals.module || this.#others.has(module)) return;
    this.#others.set(module, globals);
    for (const name of globals.names()) open.push(globals.get(name) ?? null);
  }

  /** Makes all names unknown that may have been bound; the values that they had. */
  change(): readonly Value[] {
    const values: Value[] = [];
    for (const name of [...this.#globals.names()]) {
      const value = this.#globals.get(name);
      if (value === undefined || name.startsWith('__')) continue;
      values.push(value);
      if (!(value instanceof PyModule)) this.#globals.set(name, lost(value, this.#cause));
    }
    this.#globals.open = new PyUnknown(this.#cause);
    for (const globals of this.#others.values()) loseNames(globals, this.#cause);
    return values;
  }
}

/** What a name is that code may have bound anew. */
export function lost(value: Value | undefined, cause: UnknownCause): PyUnknown {
  return new PyUnknown(cause, { unsure: true, may: leadingTo(value === undefined ? [] : [value]) });
}

/** Makes the names of another module unknown, but for what it defines. */
export function loseNames(globals: Globals, cause: UnknownCause): void {
  for (const name of [...globals.names()]) {
    const value = globals.get(name);
    if (value !== undefined && !name.startsWith('__') && !isDefinition(value)) globals.set(name, lost(value, cause));
  }
}

/** True for what modules define and do not bind again. */
function isDefinition(value: Value): boolean {
  return (
    value instanceof PyModule ||
    value instanceof PyClass ||
    value instanceof PyFunction ||
    value instanceof NativeFunction ||
    value instanceof PyUnknown
  );
}
