/** Runs Python source that belongs to the library: formulas and classes are clearest in their own language. */
import { compileModule } from '../python/compiler';
import type { Globals } from '../python/runtime/globals';
import { MapGlobals } from '../python/runtime/globals';
import type { Value } from '../python/runtime/objects';
import { parseProgram } from '../python/syntax/program';
import { asLibrary } from './build';

/** The names that `source` defines; `names` is what it finds, `module` what its classes and functions say of theirs. */
export function runLibrarySource(
  module: string,
  source: string,
  names: Iterable<readonly [string, Value]>,
): Map<string, Value> {
  const given = new Map<string, Value>([...names, ['__name__', module]]);
  const globals: Globals & { readonly map: Map<string, Value> } = new MapGlobals(new Map(given));
  asLibrary(() => compileModule(parseProgram(source, `${module}.py`)).run(globals));
  const made = new Map<string, Value>();
  for (const [name, value] of globals.map)
    if (given.get(name) !== value && !name.startsWith('__')) made.set(name, value);
  return made;
}
