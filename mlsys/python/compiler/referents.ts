/** What expressions and functions of skipped code may refer to. */
import { BUILTINS } from '../runtime/builtinNames';
import { PyDict } from '../runtime/dict';
import { PyFunction } from '../runtime/function';
import { builtinScope } from '../runtime/globals';
import { isNamespacePath } from '../runtime/namespaceNames';
import {
  NativeFunction,
  objectClass,
  type PyCallable,
  PyClass,
  PyClassMethod,
  PyModule,
  PyObject,
  PyStaticMethod,
  type Value,
} from '../runtime/objects';
import { classOf, copiedFrom, losesAttributes, PyUnknown } from '../runtime/unknown';
import type { Expression } from '../syntax/ast';
import { type Facts, factsOfBody } from './facts';
import { importedValue } from './imported';
import type { Scope } from './scope';

/** What an expression may refer to: these objects, or anything that can be reached from those. */
export interface Referents {
  readonly exact: readonly Value[];
  readonly reach: readonly Value[];
}

/** What an argument may refer to; `whole` also has what a new object holds that is made for it. */
export interface Argument extends Referents {
  readonly whole: Referents;
}

/** What a function can get at that is given something. */
export function wholeOf(given: Referents): Referents {
  return (given as Partial<Argument>).whole ?? given;
}

/** So many where any name may have been bound. */
export const REST = 1000;

/** So many steps are followed from a name to those that it may come from. */
export const MOST_FOLLOWED = 100;

/** So often names that come from each other are gone through. */
export const MOST_PASSES = 8;

/** The names of a piece of code. */
export interface Names {
  readonly facts: Facts;
  /** The present value of a name. */
  value(name: string): Value | undefined;
  assign(name: string): void;
  /** What a parameter may refer to. */
  readonly given: ReadonlyMap<string, Referents> | undefined;
  /** Of the code, for `super()`. */
  readonly scope?: Scope;
  /** What `globals()`, `locals()` or `vars()` gives there. */
  readonly namespace?: ((name: string) => Value) | undefined;
}

export const NOTHING: Referents = { exact: [], reach: [] };

interface Definition {
  readonly node: object;
  readonly scope: Scope;
}

/** The function that a code object was made of, for those who call it in their thoughts. */
export const definitions = new WeakMap<object, Definition>();

/** Each value once: the same ones come in by many ways. */
function once(parts: readonly (readonly Value[])[]): readonly Value[] {
  let only: readonly Value[] | undefined;
  let all: Set<Value> | undefined;
  for (const part of parts) {
    if (part.length === 0 || part === only) continue;
    if (only === undefined) {
      only = part;
      continue;
    }
    all ??= new Set(only);
    for (const one of part) all.add(one);
  }
  return all === undefined ? (only ?? NOTHING.exact) : [...all];
}

export function join(parts: readonly Referents[]): Referents {
  const some = parts.filter(({ exact, reach }) => exact.length > 0 || reach.length > 0);
  if (some.length <= 1) return some[0] ?? NOTHING;
  return { exact: once(some.map(one => one.exact)), reach: once(some.map(one => one.reach)) };
}

export function reachOf(parts: readonly Referents[]): Referents {
  const reach = once(parts.flatMap(one => [one.exact, one.reach]));
  return reach.length === 0 ? NOTHING : { exact: [], reach };
}

const asReached = new WeakMap<Referents, Referents>();

/** All that can be reached from some, as one and the same object each time. */
export function asReach(some: Referents): Referents {
  if (some.exact.length === 0) return some;
  let reached = asReached.get(some);
  if (reached === undefined) {
    reached = reachOf([some]);
    asReached.set(some, reached);
  }
  return reached;
}

/** How a function's body sees names that are not its own. */
export function functionValue(func: PyFunction, scope: Scope): (name: string) => Value | undefined {
  return written => {
    const name = scope.mangle(written);
    const at = func.code.free.indexOf(name);
    if (at >= 0) return func.closure[at]?.value;
    if (scope.bound.has(name)) return undefined;
    return func.globals.get(name) ?? builtinScope.names.get(name);
  };
}

/** The value of a name in the code of a function, of one that the code imports itself as well. */
export function nameIn(func: PyFunction, { node, scope }: Definition): (name: string) => Value | undefined {
  const value = functionValue(func, scope);
  const { imported } = factsOfBody(node);
  return name => value(name) ?? importedValue(imported.get(name), value);
}

/** Values that a function may hand out: of its closure, its defaults, and the global names that it reads; functions among them. */
export function mentionedBy(func: PyFunction): Value[] {
  const definition = definitions.get(func.code);
  const values: Value[] = [...func.defaults, ...(func.keywordDefaults?.values() ?? [])];
  for (const cell of func.closure) if (cell.value !== undefined) values.push(cell.value);
  if (definition === undefined) return values;
  const value = nameIn(func, definition);
  for (const name of factsOfBody(definition.node).loads) {
    const found = value(name);
    if (found !== undefined) values.push(found);
  }
  return values;
}

/** Functions whose results are new objects. */
export const FRESH = new Set(
  (
    'len sum int float str bool repr round range sorted list dict set tuple frozenset abs divmod pow format ord chr hash id ' +
    'isinstance issubclass hasattr callable print enumerate zip reversed any all bin hex oct bytes type fmt sqrt exp log mean ' +
    'std median array zeros ones arange linspace deepcopy join split strip lower upper replace keys copy'
  ).split(' '),
);

/** Those whose results lead to nothing. */
export const PLAIN = new Set(
  (
    'len sum int float str bool repr round range abs divmod pow format ord chr hash id isinstance issubclass hasattr callable ' +
    'print any all bin hex oct bytes fmt sqrt exp log mean std median join strip lower upper'
  ).split(' '),
);

/** True for a call whose result is an item of its one argument: `max(L)`. */
export function picksItem(node: Extract<Expression, { kind: 'Call' }>, { exact, reach }: Referents): boolean {
  const [first, ...more] = node.args;
  if (first === undefined || first.kind === 'Starred' || more.length > 0 || reach.length > 0) return false;
  if (exact.length === 0 || node.keywords.some(({ name }) => name?.name !== 'key')) return false;
  return exact.every(one => one instanceof NativeFunction && (one.name === 'max' || one.name === 'min'));
}

export const NAMESPACES = new Set(['globals', 'locals', 'vars']);

/** True for the modules and the shell that have the names of the chapter, and for what gives the shell. */
export function holdsNames(value: Value): boolean {
  if (value instanceof PyUnknown) return value.path === BUILTINS;
  if (value instanceof NativeFunction) return value.name === 'get_ipython';
  if (value instanceof PyModule) return value.file === undefined && (value.name === 'sys' || value.name === BUILTINS);
  return value instanceof PyObject && classOf(value).name === 'ZMQInteractiveShell';
}

/**
 * True for a call that gives the names around it, and none of an object; or for what leads to what it gave. With a `key`, only
 * that name is set there, where all that it leads to are copies of namespaces.
 */
export function givesNames(node: Expression, leads: readonly Value[], key?: unknown): boolean {
  if (typeof key === 'string' && leads.length > 0 && leads.every(one => one instanceof PyDict && copiedFrom.has(one)))
    return false;
  if (leads.some(one => one instanceof PyObject && (copiedFrom.has(one) || isNamespaceFunction(one)))) return true;
  if (leads.some(one => one instanceof PyUnknown && one.path !== undefined && isNamespacePath(one.path))) return true;
  return (
    node.kind === 'Call' && node.func.kind === 'Name' && NAMESPACES.has(node.func.id) && !ofObject(node.args[0]?.kind)
  );
}

function isNamespaceFunction(value: PyObject): boolean {
  return value instanceof NativeFunction && NAMESPACES.has(value.name) && builtinScope.names.get(value.name) === value;
}

/** What is looked up in a table, or handed out by a call, may be the module itself. */
function ofObject(kind: string | undefined): boolean {
  return kind === 'Name' || kind === 'Attribute';
}

/** Modules whose functions draw from a state of the session. */
export const CHANNELS = new Map([
  ['random', 'random'],
  ['numpy.random', 'numpy.random'],
]);

export function moduleName(value: Value): string | undefined {
  return value instanceof PyModule ? value.name : undefined;
}

/** Modules, classes and functions, which nothing changes but who sets their attributes. */
export function settable({ exact, reach }: Referents = NOTHING): readonly (PyModule | PyClass | PyCallable)[] {
  return [...exact, ...reach].filter(losesAttributes);
}

/** One value and no other. */
export function exactly(value: Value): Referents {
  return { exact: [value], reach: [] };
}

/** The object of `super()`, the name of the first parameter or an empty one where there is none, or of `super(cls, object)`. */
export function superObject(node: Expression, { scope }: Names): Expression | string | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Name' || node.func.id !== 'super') return undefined;
  const signature = scope?.host.signature;
  return node.args[1] ?? signature?.positional[0] ?? signature?.rest ?? '';
}

/** The methods of that name of the base classes of an object, within a method of `scope`. */
export function inheritedMethods(object: Value, name: string, scope: Scope | undefined): readonly Value[] {
  const { mro } = object instanceof PyClass ? object : classOf(object);
  const isOfScope = (attr: Value) => {
    const code = codeOf(attr);
    return code instanceof PyFunction && definitions.get(code.code)?.scope === scope?.host;
  };
  // Where the method is not found, any class may be the one around it.
  const around = mro.findIndex(cls => [...cls.attrs.values()].some(isOfScope));
  const found = mro.slice(around + 1).flatMap(cls => cls.attrs.get(name) ?? []);
  return found.filter(attr => attr !== objectClass.attrs.get(name)).map(codeOf);
}

/** The function of a method of a class, or of one that takes neither. */
function codeOf(attr: Value): Value {
  return attr instanceof PyClassMethod || attr instanceof PyStaticMethod ? attr.func : attr;
}

/** `getattr(x, 'name')` as the attribute that it is. */
export function attributeByName(node: Expression): Expression {
  if (node.kind !== 'Call' || node.func.kind !== 'Name' || node.func.id !== 'getattr') return node;
  const [value, name] = node.args;
  if (value === undefined || name?.kind !== 'Constant' || typeof name.value !== 'string') return node;
  const { start, end } = name;
  return { kind: 'Attribute', value, attr: { name: name.value, start, end }, start, end } as Expression;
}
