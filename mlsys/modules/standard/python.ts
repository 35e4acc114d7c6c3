/** Standard modules that are written in Python: run once, when first imported, by our own compiler. */
import { compileModule } from '../../python/compiler';
import type { PyDict } from '../../python/runtime/dict';
import { MapGlobals } from '../../python/runtime/globals';
import { fn } from '../../python/runtime/native';
import { creation, PyModule, type Value } from '../../python/runtime/objects';
import { provenance } from '../../python/runtime/provenance';
import { vm } from '../../python/runtime/vm';
import { parseProgram } from '../../python/syntax/program';

/** Runs Python source, perhaps of the library itself, in a namespace of its own and returns the names that it binds. */
export function runPython(
  name: string,
  source: string,
  given: Readonly<Record<string, Value>> = {},
  library = false,
): Map<string, Value> {
  const attributes = new Map<string, Value>([['__name__', name], ...Object.entries(given)]);
  const { recorder } = provenance;
  const { frame, file } = vm;
  const { owner } = creation;
  provenance.recorder = undefined;
  try {
    compileModule(parseProgram(source, `<${name}>`), { library }).run(new MapGlobals(attributes));
  } finally {
    provenance.recorder = recorder;
    vm.frame = frame;
    vm.file = file;
    creation.owner = owner;
  }
  return attributes;
}

/** A module whose members Python source defines; names that start with `_`, and those `given`, stay private. */
export function pythonModule(name: string, source: string, given: Readonly<Record<string, Value>> = {}): PyModule {
  const attributes = runPython(name, source, given, true);
  const module = new PyModule(name);
  for (const [key, value] of attributes)
    if (key === '__name__' || key === '__all__' || (!key.startsWith('_') && !(key in given)))
      module.attrs.set(key, value);
  return module;
}

/** `_function(name, source, names)` for standard modules: compiles a function whose text depends on its fields. */
export const functionMaker = fn('_function(name, source, names)', (name: string, source: string, names: PyDict) => {
  const given: Record<string, Value> = {};
  for (const [key, value] of names.entries()) given[key as string] = value;
  const made = runPython('__main__', source, given).get(name);
  if (made === undefined) throw new Error(`${name} is not defined by its source`);
  return made;
});
