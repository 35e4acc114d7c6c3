/** `import` statements. Modules come from the machine, which knows the workspace and the library. */
import { absoluteName, importFrom, importModule, starImport } from '../runtime/imports';
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
      store(frame, importModule(path, leaf));
    }
    return NORMAL;
  };
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
    const module = vm.import(absoluteName(frame.globals, node.level, node.module?.name));
    if (star) {
      frame.at = node.names[0]!;
      for (const [name, value] of starImport(module)) storeName(name, scope)(frame, value);
      return NORMAL;
    }
    for (const { at, name, store } of parts) {
      frame.at = at;
      store(frame, importFrom(module, name));
    }
    return NORMAL;
  };
}
