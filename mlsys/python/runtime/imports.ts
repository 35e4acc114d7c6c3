/** What `import` statements do, above the machine's `import` of one module. */
import { findAttribute, getAttribute } from './attributes';
import { exceptionClassOf, PyError, type PyException, raise, Unsupported } from './errors';
import type { Globals } from './globals';
import { iterate } from './iteration';
import { leftOut, mayHavePart } from './members';
import { isInstance, PyModule, type Value } from './objects';
import { typeName } from './typeName';
import { causeOfRefusal } from './unknown';
import { vm } from './vm';

/** The absolute name that `from <dots><name>` means inside the module of these globals. */
export function absoluteName(globals: Globals, level: number, name: string | undefined): string {
  if (level === 0) return name ?? '';
  const own = globals.get('__package__');
  const parts = typeof own === 'string' && own !== '' ? own.split('.') : [];
  if (parts.length === 0) throw raise('ImportError', 'attempted relative import with no known parent package');
  if (level > parts.length) throw raise('ImportError', 'attempted relative import beyond top-level package');
  const base = parts.slice(0, parts.length - level + 1).join('.');
  return name === undefined || name === '' ? base : `${base}.${name}`;
}

/** `import a.b.c`: imports all and returns the first module, or with `leaf` the last. */
export function importModule(name: string, leaf: boolean): PyModule {
  const dot = name.indexOf('.');
  if (leaf || dot < 0) return vm.import(name);
  try {
    vm.import(name);
  } catch (error) {
    // The package itself may be at hand: then the part of it alone is unknown.
    if (!(error instanceof Unsupported)) throw error;
    vm.import(name.slice(0, dot));
    causeOfRefusal(error);
    vm.writeState(`import ${name}`, true);
  }
  return vm.import(name.slice(0, dot));
}

/** `from module import name` */
export function importFrom(module: PyModule, name: string): Value {
  const found = attributeOf(module, name);
  if (found !== undefined) {
    // It is imported, whoever loaded it.
    if (found instanceof PyModule && found.file !== undefined) vm.import(found.name);
    return found;
  }
  try {
    return vm.import(`${module.name}.${name}`);
  } catch (error) {
    const isPart = !(error instanceof Unsupported) || error.kind !== 'module' || mayHavePart(module, name, false);
    if (!isMissing(error, `${module.name}.${name}`) && isPart) throw error;
  }
  const refusal = leftOut(module, name);
  if (refusal !== undefined) return standingIn(refusal, module);
  const where = module.file ?? 'unknown location';
  const error = vm.isLoading(module)
    ? raise(
        'ImportError',
        `cannot import name '${name}' from partially initialized module '${module.name}' (most likely due to a circular import) (${where})`,
      )
    : raise('ImportError', `cannot import name '${name}' from '${module.name}' (${where})`);
  error.exception.attrs?.set('name', module.name);
  error.exception.attrs?.set('name_from', name);
  throw error;
}

function attributeOf(module: PyModule, name: string): Value | undefined {
  try {
    return findAttribute(module, name);
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return standingIn(error, module);
  }
}

/** What stands for a part of the library that is left out, where a package may name it; else throws the refusal. */
function standingIn(refusal: Unsupported, module: PyModule): Value {
  const instead = module.file === undefined ? vm.standIn(refusal) : undefined;
  if (instead === undefined) throw refusal;
  return instead;
}

/** True for the ModuleNotFoundError of exactly that module, rather than of one that it imports. */
function isMissing(error: unknown, name: string): boolean {
  return (
    error instanceof PyError &&
    isInstance(error.exception, exceptionClassOf('ModuleNotFoundError')) &&
    error.exception.attrs?.get('name') === name
  );
}

/** The names that `from module import *` binds, with their values. */
export function starImport(module: PyModule): [string, Value][] {
  const all = module.attrs.get('__all__') ?? module.lazy?.('__all__');
  if (all === undefined) return [...module.attrs].filter(([name]) => !name.startsWith('_'));
  const bound: [string, Value][] = [];
  const next = iterate(all);
  for (let name = next(); name !== undefined; name = next()) {
    if (typeof name !== 'string')
      throw raise('TypeError', `Item in ${module.name}.__all__ must be str, not ${typeName(name)}`);
    bound.push([name, module.attrs.has('__path__') ? starItem(module, name) : getAttribute(module, name)]);
  }
  return bound;
}

/** A name in a package's `__all__` may be a submodule that nobody imported yet. */
function starItem(module: PyModule, name: string): Value {
  const found = findAttribute(module, name);
  if (found !== undefined) return found;
  try {
    return vm.import(`${module.name}.${name}`);
  } catch (error) {
    if (!isMissing(error, `${module.name}.${name}`)) throw error;
    return getAttribute(module, name);
  }
}

/** Names of modules that are nearly the one which an exception did not find, the likeliest first. */
export const suggested = new WeakMap<PyException, readonly string[]>();

/** `ModuleNotFoundError` as CPython words it. */
export function moduleNotFound(name: string, parent?: string): PyError {
  const error = raise(
    'ModuleNotFoundError',
    parent === undefined ? `No module named '${name}'` : `No module named '${name}'; '${parent}' is not a package`,
  );
  error.exception.attrs?.set('name', name);
  return error;
}
