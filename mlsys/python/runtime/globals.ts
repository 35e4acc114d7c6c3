/** The namespace of a module, or of a chapter's cells, as compiled code sees it. Built-ins are looked up behind it. */
import { touch } from './mutation';
import type { PyModule, Value } from './objects';
import type { PyUnknown } from './unknown';

/**
 * What else an import of all names, or code that nobody could follow, may have bound in a namespace: any name (of a module that is
 * not at hand), or names that these modules of the library have in Python and not here.
 */
export type OpenNames = PyUnknown | readonly PyModule[];

export interface Globals {
  /** The value of a name, or undefined where it is not bound. */
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
  /** False where the name was not bound. */
  delete(name: string): boolean;
  names(): Iterable<string>;
  /** What names there may be besides; undefined where there are no others. */
  open: OpenNames | undefined;
  /** The module whose attributes these are; undefined where there is no such object. */
  readonly module?: PyModule;
}

/** A namespace that is a map and nothing more: of a module of the library that is written in Python, or of a test. */
export class MapGlobals implements Globals {
  readonly map: Map<string, Value>;
  open: OpenNames | undefined = undefined;

  constructor(map: Map<string, Value> = new Map()) {
    this.map = map;
  }

  get(name: string): Value | undefined {
    return this.map.get(name);
  }

  set(name: string, value: Value): void {
    this.map.set(name, value);
  }

  delete(name: string): boolean {
    return this.map.delete(name);
  }

  names(): Iterable<string> {
    return this.map.keys();
  }
}

/** The namespace of a module of the workspace: its attributes, also where somebody else sets them. */
export class ModuleGlobals implements Globals {
  readonly module: PyModule;

  constructor(module: PyModule) {
    this.module = module;
  }

  get(name: string): Value | undefined {
    return this.module.attrs.get(name);
  }

  set(name: string, value: Value): void {
    touch(this.module);
    this.module.attrs.set(name, value);
  }

  delete(name: string): boolean {
    touch(this.module);
    return this.module.attrs.delete(name);
  }

  names(): Iterable<string> {
    return this.module.attrs.keys();
  }

  get open(): OpenNames | undefined {
    return this.module.open;
  }

  set open(open: OpenNames | undefined) {
    touch(this.module);
    this.module.open = open;
  }
}

/** The built-in names, which every module sees behind its own; whoever assembles the evaluator sets them. */
export const builtinScope: { names: ReadonlyMap<string, Value> } = { names: new Map() };
