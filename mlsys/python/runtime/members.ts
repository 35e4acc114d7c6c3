/**
 * What Python's modules and classes have, whether it exists here or not: a member that was left out is refused by name, and
 * only what nobody has is an AttributeError.
 */
import type { Span } from '../syntax/ast';
import { Unsupported } from './errors';
import type { OpenNames } from './globals';
import { PyClass, PyModule, type PyObject, typeOf, type Value } from './objects';
import { PyUnknown, spread } from './unknown';

/** A record of such members, as `scripts/record_members.py` makes it; names stand with blanks between. */
export interface MemberRecord {
  /** Names by module. */
  readonly modules: Readonly<Record<string, string>>;
  /** By class, with its module: the classes that it inherits from, and names of its own. */
  readonly classes: Readonly<Record<string, readonly string[]>>;
}

/** Where the record comes from; read when the first member is missing. */
export const memberRecord: { read: () => MemberRecord } = { read: () => ({ modules: {}, classes: {} }) };

/** Which modules are part of Python, by the first part of their names. */
export const pythonLibrary: { has: (module: string) => boolean } = { has: () => false };

/** Objects that stand for what the library leaves out, with its refusal. */
export const standIns = new WeakMap<PyObject, Unsupported>();

let modules: ReadonlyMap<string, string> | undefined;
let classes: ReadonlyMap<string, readonly string[]> | undefined;

/** Attributes that stand for what was left out of a class. */
export const refusedAttributes = new WeakSet<object>();

/** True for an attribute that stands for what was left out. */
export function isRefused(attribute: Value): boolean {
  return typeof attribute === 'object' && attribute !== null && refusedAttributes.has(attribute);
}

/** How authors call a class that goes by another name. */
const SHOWN: ReadonlyMap<string, string> = new Map([
  ['pathlib.PosixPath', 'pathlib.Path'],
  ['pathlib.PurePosixPath', 'pathlib.PurePath'],
]);

/** Private names are not on record: any may be there, but in these classes, which are bases of many. */
const PRIVATE = /^_(?!_)|^__.*(?<!__)$/;
const PRIVATES: ReadonlyMap<string, readonly string[]> = new Map([
  ['abc.ABC', ['_abc_impl']],
  ['abc.ABCMeta', ['_dump_registry', '_abc_registry_clear', '_abc_caches_clear']],
  ['typing.Generic', []],
  ['collections.abc.Set', ['_abc_impl', '_from_iterable', '_hash']],
  ['collections.abc.MappingView', ['_abc_impl', '_mapping']],
  ['collections.abc.MutableMapping', ['_abc_impl', '_MutableMapping__marker']],
]);

function privatesOf(key: string): readonly string[] | undefined {
  return PRIVATES.get(key) ?? (key.startsWith('collections.abc.') ? PRIVATES.get('abc.ABC') : undefined);
}

/** Classes of the interpreter itself have no private names. */
const BUILT_IN = 'builtins.';

/** What every class has from `type`. */
const OF_TYPES = (
  '__flags__ __itemsize__ __basicsize__ __dictoffset__ __weakrefoffset__ __text_signature__ __firstlineno__ ' +
  '__static_attributes__'
).split(' ');

function lists(names: string | undefined, name: string): boolean {
  return names !== undefined && (PRIVATE.test(name) || ` ${names} `.includes(` ${name} `));
}

/** A class without the private modules in which a package defines it. */
function keyOf(cls: PyClass): string {
  const [top, ...rest] = cls.module.split('.');
  return [top, ...rest.filter(part => !part.startsWith('_')), cls.qualname].join('.');
}

function classHas(key: string, name: string): boolean {
  const known = classes!.get(key);
  if (known === undefined) return false;
  const privates = PRIVATE.test(name) ? privatesOf(key) : undefined;
  const own =
    privates?.includes(name) ??
    (key.startsWith(BUILT_IN) ? ` ${known[1]} `.includes(` ${name} `) : lists(known[1], name));
  return own || (known[0] !== '' && known[0]!.split(' ').some(base => classHas(base, name)));
}

function load(): void {
  if (classes !== undefined) return;
  const record = memberRecord.read();
  modules = new Map(Object.entries(record.modules));
  classes = new Map(Object.entries(record.classes));
}

/**
 * True where a module of the library may have a part, or another member, of that name which is not here; `guess` says so of
 * packages that are not on record, or in another version.
 */
export function mayHavePart(module: PyModule, name: string, guess = true): boolean {
  load();
  const names = modules!.get(module.name);
  if (names === undefined) return module.file === undefined;
  return lists(names, name) || (guess && lists(names, '__path__'));
}

/** Names that a library took away, with what to write instead, by module: where it is an older one, the chapter renders. */
export const removedMembers = new Map<string, { readonly since: string; readonly now: ReadonlyMap<string, string> }>();

function removed(module: PyModule, name: string): Unsupported | undefined {
  const known = module.file === undefined ? removedMembers.get(module.name) : undefined;
  const now = known?.now.get(name);
  return now === undefined
    ? undefined
    : new Unsupported(`${module.name}.${name}`, `${known!.since} has no such name any more; write ${now}`);
}

/** The refusal of a member that the module or class has in Python; undefined where it has none of that name. */
export function leftOut(obj: Value, name: string): Unsupported | undefined {
  load();
  if (obj instanceof PyModule) {
    const gone = removed(obj, name);
    if (gone !== undefined || obj.file !== undefined) return gone;
    // Names such as `__all__` are not on record either, but whether a module has parts is.
    const special = name !== '__path__' && /^__.*__$/.test(name);
    if (!special && !lists(modules!.get(obj.name), name)) return undefined;
    return new Unsupported(`${obj.name}.${name}`);
  }
  const order = obj instanceof PyClass ? [...obj.mro, ...obj.cls.mro] : typeOf(obj).mro;
  for (const cls of order) {
    // A class of the chapter, or of a package in the workspace.
    if (cls.owner !== 0) continue;
    const key = keyOf(cls);
    if (classHas(key, name) || (obj instanceof PyClass && OF_TYPES.includes(name)))
      return new Unsupported(`${(SHOWN.get(key) ?? key).replace(/^builtins\./, '')}.${name}`);
  }
  return undefined;
}

/** What a name stands for that a namespace does not hold, but may: refuses what Python has there and Reckoner has not. */
export function openName(open: OpenNames | undefined, name: string, span?: Span): PyUnknown | undefined {
  if (open instanceof PyUnknown)
    return spread(open.cause, open.path === undefined ? undefined : { path: `${open.path}.${name}` });
  if (open === undefined || name.startsWith('_')) return undefined;
  for (const module of open) {
    const refusal = leftOut(module, name);
    if (refusal === undefined) continue;
    refusal.span = span;
    throw refusal;
  }
  return undefined;
}
