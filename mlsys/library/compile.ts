/** Runs Python source that belongs to the library: formulas and classes are clearest in their own language. */
import { compileModule } from '../python/compiler';
import { MapGlobals } from '../python/runtime/globals';
import type { Value } from '../python/runtime/objects';
import { parseProgram } from '../python/syntax/program';
import { asLibrary } from './build';

/** A namespace that asks elsewhere for what it does not hold. */
class LibraryGlobals extends MapGlobals {
  readonly #surroundings: (name: string) => Value | undefined;

  constructor(module: string, surroundings: (name: string) => Value | undefined) {
    super(new Map<string, Value>([['__name__', module]]));
    this.#surroundings = surroundings;
  }

  override get(name: string): Value | undefined {
    const own = super.get(name);
    return own === undefined ? this.#surroundings(name) : own;
  }
}

/** The names that `source` defines; `module` is what its classes and functions say of their home. */
export function runLibrarySource(
  module: string,
  source: string,
  surroundings: (name: string) => Value | undefined,
): Map<string, Value> {
  const globals = new LibraryGlobals(module, surroundings);
  asLibrary(() => compileModule(parseProgram(source, `${module}.py`)).run(globals));
  return new Map([...globals.map].filter(([name]) => !name.startsWith('__')));
}
