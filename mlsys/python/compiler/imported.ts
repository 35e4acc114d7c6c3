/** What imports bind in code that did not run, as far as that has names or objects which the code may change. */
import { builtinScope } from '../runtime/globals';
import type { Value } from '../runtime/objects';
import { vm } from '../runtime/vm';

const GET_IPYTHON = new Set(['IPython.get_ipython', 'IPython.core.getipython.get_ipython']);

/**
 * The value of a path such as `package.module.name`, with a dot in front for each level of a relative import; `value` tells the names
 * around the code. Undefined for a module that is not loaded, and for what the library has: nothing changes that, but for the names
 * of the chapter, which some of it tells.
 */
export function importedValue(path: string | undefined, value: (name: string) => Value | undefined): Value | undefined {
  if (path === undefined) return undefined;
  if (path === 'sys') return vm.import(path);
  if (GET_IPYTHON.has(path)) return builtinScope.names.get('get_ipython');
  const name = absolute(path, value);
  if (name === undefined) return undefined;
  const module = vm.loadedModule(name);
  if (module !== undefined) return module;
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : vm.loadedModule(name.slice(0, dot))?.attrs.get(name.slice(dot + 1));
}

/** The same path from the outermost package; undefined where there is none. */
function absolute(path: string, value: (name: string) => Value | undefined): string | undefined {
  const [dots] = /^\.*/.exec(path)!;
  if (dots === '') return path;
  const own = value('__package__');
  const parts = typeof own === 'string' && own !== '' ? own.split('.') : [];
  if (dots.length > parts.length) return undefined;
  return [...parts.slice(0, parts.length - dots.length + 1), path.slice(dots.length)].join('.');
}
