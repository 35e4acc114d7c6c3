/** The namespace of a module, or of a chapter's cells, as compiled code sees it. Built-ins are looked up behind it. */
import type { Value } from './objects';

export interface Globals {
  /** The value of a name, or undefined where it is not bound. */
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
  /** False where the name was not bound. */
  delete(name: string): boolean;
  names(): Iterable<string>;
}

/** A namespace that is a map and nothing more: of a module of the workspace, or of a test. */
export class MapGlobals implements Globals {
  readonly map: Map<string, Value>;

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

/** The built-in names, which every module sees behind its own; whoever assembles the evaluator sets them. */
export const builtinScope: { names: ReadonlyMap<string, Value> } = { names: new Map() };
