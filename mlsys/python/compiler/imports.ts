/** `import` statements. Modules come from the machine, which knows the workspace and the library. */

import type { Frame } from '../runtime/frame';
import { absoluteName, importFrom, importModule, starImport } from '../runtime/imports';
import type { PyModule, Value } from '../runtime/objects';
import { shadowedBuiltins } from '../runtime/shadowedBuiltins';
import { causeOfThrown, PyUnknown, spread } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import type { Import, ImportFrom } from '../syntax/ast';
import { storeName } from './names';
import { recordedStore } from './recording';
import type { Scope } from './scope';
import { type Execute, NORMAL } from './unit';

export function compileImport(node: Import, scope: Scope): Execute {
  const parts = node.names.map(alias => {
    const path = alias.name.name;
    const bound = alias.asname?.name ?? path.split('.')[0]!;
    const leaf = alias.asname !== undefined;
    return { at: alias, path, leaf, store: recordedStore(alias, bound, scope, scope.recorded ? [] : undefined) };
  });
  return frame => {
    for (const { at, path, leaf, store } of parts) {
      frame.at = at;
      store(
        frame,
        orUnknown(frame, leaf ? path : path.split('.', 1)[0]!, () => importModule(path, leaf)),
      );
    }
    return NORMAL;
  };
}

/** Notes what else the import of all names of a module binds in Python. */
function noteOpenNames({ globals }: Frame, module: PyModule): void {
  const more = module.file === undefined ? [module] : module.attrs.has('__all__') ? undefined : module.open;
  const known = globals.open ?? [];
  if (more === undefined || known instanceof PyUnknown) return;
  globals.open = more instanceof PyUnknown ? more : [...new Set([...known, ...more])];
}

/** What an import gives; an unknown value of that dotted name where it is not to be had. */
function orUnknown<T extends Value>(frame: Frame, path: string, load: () => T): T | PyUnknown {
  try {
    return load();
  } catch (error) {
    const cause = causeOfThrown(error, frame);
    if (cause === undefined) throw error;
    return spread(cause, { path });
  }
}

export function compileImportFrom(node: ImportFrom, scope: Scope): Execute {
  if (node.module?.name === '__future__' && node.level === 0) return () => NORMAL;
  const star = node.names.length === 1 && node.names[0]!.name.name === '*';
  const parts = star
    ? []
    : node.names.map(alias => ({
        at: alias,
        name: alias.name.name,
        store: recordedStore(alias, (alias.asname ?? alias.name).name, scope, scope.recorded ? [] : undefined),
      }));
  return frame => {
    frame.at = node.module ?? node;
    const path = absoluteName(frame.globals, node.level, node.module?.name);
    const module = orUnknown(frame, path, () => vm.import(path));
    if (star) {
      frame.at = node.names[0]!;
      if (module instanceof PyUnknown) {
        frame.globals.open = module;
        for (const name of shadowedBuiltins(path))
          storeName(name, scope)(frame, spread(module.cause, { path: `${path}.${name}` }));
        return NORMAL;
      }
      for (const [name, value] of starImport(module)) storeName(name, scope)(frame, value);
      noteOpenNames(frame, module);
      return NORMAL;
    }
    for (const { at, name, store } of parts) {
      frame.at = at;
      const full = `${path}.${name}`;
      const value =
        module instanceof PyUnknown
          ? spread(module.cause, { path: full })
          : orUnknown(frame, full, () => importFrom(module, name));
      store(frame, value);
    }
    return NORMAL;
  };
}
