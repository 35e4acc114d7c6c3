/** `importlib`: `import_module` alone, which does what an import statement does. */
import { raise } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import { PyModule, type Value } from '../../python/runtime/objects';
import { repr, typeName } from '../../python/runtime/operations';
import { entryOf } from '../../python/runtime/tables';
import { vm } from '../../python/runtime/vm';
import { deferred } from '../deferred';

/** Loads the module. */
export function loadImportlib(): PyModule {
  const module = new PyModule('importlib');
  module.attrs.set(
    'import_module',
    fn('import_module(name, package=None)', (name: Value, of: Value | undefined) => vm.import(absolute(name, of))),
  );
  module.lazy = name => {
    const advice = entryOf(ADVICE, name);
    return advice === undefined ? undefined : deferred(`importlib.${name}`, advice);
  };
  return module;
}

function absolute(name: Value, of: Value | undefined): string {
  if (typeof name !== 'string')
    throw raise('AttributeError', `'${typeName(name)}' object has no attribute 'startswith'`);
  if (name === '') throw raise('ValueError', 'Empty module name');
  const dots = /^\.*/.exec(name)![0].length;
  if (dots === 0) return name;
  if (typeof of !== 'string' || of === '')
    throw raise('TypeError', `the 'package' argument is required to perform a relative import for ${repr(name)}`);
  const parts = of.split('.');
  if (dots > parts.length) throw raise('ImportError', 'attempted relative import beyond top-level package');
  const base = parts.slice(0, parts.length - dots + 1).join('.');
  return dots === name.length ? base : `${base}.${name.slice(dots)}`;
}

const ADVICE: Readonly<Record<string, string>> = {
  reload: 'a package is read again when it changes',
  invalidate_caches: 'a package is read again when it changes',
  resources: 'cells have no files',
  metadata: 'cells have no access to the interpreter',
  util: 'use an import statement within try and except',
  machinery: 'cells have no access to the interpreter',
  abc: 'cells have no access to the interpreter',
  find_loader: 'cells have no access to the interpreter',
  __import__: 'use an import statement',
};
