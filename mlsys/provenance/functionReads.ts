/** What functions that are not followed read outside of themselves: it is behind their values as their arguments are. */
import { PyCached } from '../modules/standard/functools/cache';
import { parametersOf } from '../python/compiler/declared';
import { definitions } from '../python/compiler/referents';
import { PyFunction } from '../python/runtime/function';
import { BoundMethod, PyClassMethod, PyStaticMethod, type Value } from '../python/runtime/objects';
import type { Expression, Name, Span } from '../python/syntax/ast';
import { forEachChild } from '../python/syntax/nodes';
import { type Part, sourcesIn } from './graph';
import type { Sources } from './sources';

/** So many functions are looked through, one called by the other. */
const MOST_FUNCTIONS = 20;

/** The module-level values that a function written in Python reads, and the functions that it calls, each once. */
export function readsOfFunction(callee: Value, sources: Sources): readonly Part[] {
  const first = functionOf(callee);
  if (first === undefined) return [];
  const found = new Map<string, Part>();
  const open = new Set([first]);
  for (const { code, globals } of open) {
    if (open.size > MOST_FUNCTIONS) break;
    const defined = definitions.get(code);
    if (defined === undefined || code.text.library === true) continue;
    const { used, own } = namesOf(defined.node);
    for (const name of used) {
      if (own.has(name) || defined.scope.bound.has(name) || code.free.includes(name)) continue;
      const value = globals.get(name);
      if (value === undefined) continue;
      const inner = functionOf(value);
      if (inner !== undefined) open.add(inner);
      const part = sources.global(name, value, globals.module?.name);
      if (part !== undefined) found.set(name, part);
    }
  }
  return [...found.values()];
}

/** The functions of its module that a function written in Python names, and the other values there. */
export function globalsOf({ code, globals }: PyFunction): ReadonlyMap<string, Value> {
  const defined = definitions.get(code);
  const found = new Map<string, Value>();
  if (defined === undefined || code.text.library === true) return found;
  const { used, own } = namesOf(defined.node);
  for (const name of used) {
    const value = own.has(name) || code.free.includes(name) ? undefined : globals.get(name);
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

/**
 * What is behind a call that is not followed besides what it is given: the object that is called, what functions read, whether they
 * are called or handed on, and what made them.
 */
export function readsBehind(callee: Part, given: readonly Part[], sources: Sources): readonly Part[] {
  const made = callee.kind === 'source' ? [callee] : [];
  const objects = given.flatMap(one => (one.kind === 'object' && one.on !== undefined ? [one.on] : []));
  // What of what is handed on is called in the end, nobody knows.
  const functions = [callee, ...given].flatMap(one => (one.kind === 'object' ? behindFunction(one, sources) : []));
  return [...made, ...objects, ...functions];
}

function behindFunction({ code, value }: Part & { readonly kind: 'object' }, sources: Sources): readonly Part[] {
  const { formula } = sources.ofFunction(code, value) ?? {};
  const made = formula === undefined ? [] : [...sourcesIn([formula]).values()];
  return [...readsOfFunction(value, sources), ...made];
}

function functionOf(value: Value): PyFunction | undefined {
  if (value instanceof BoundMethod || value instanceof PyCached) return functionOf(value.func);
  if (value instanceof PyStaticMethod || value instanceof PyClassMethod) return functionOf(value.func);
  return value instanceof PyFunction ? value : undefined;
}

interface CodeNames {
  readonly used: ReadonlySet<string>;
  readonly own: ReadonlySet<string>;
}

/** By what defines a function: it may be called at each turn of a loop. */
const known = new WeakMap<object, CodeNames>();

function namesOf(node: object): CodeNames {
  let names = known.get(node);
  if (names === undefined) {
    names = namesIn(node);
    known.set(node, names);
  }
  return names;
}

/** Names of a piece of code, and those of them that comprehensions, lambdas and functions in it give to values of their own. */
function namesIn(node: object): CodeNames {
  const used = new Set<string>();
  const own = new Set<string>();
  const bind = (one: Span): void => {
    if (isName(one)) own.add(one.id);
    forEachChild(one, bind);
  };
  const visit = (one: Span): void => {
    if (isName(one)) used.add(one.id);
    const { generators, params } = one as {
      readonly generators?: readonly { readonly target: Expression }[];
      readonly params?: object;
    };
    for (const { target } of generators ?? []) {
      bind(target);
      if (isName(target)) own.add(target.id);
    }
    if (params !== undefined) for (const name of parametersOf(params)) own.add(name);
    forEachChild(one, visit);
  };
  forEachChild(node, visit);
  return { used, own };
}

function isName(node: Span): node is Name {
  return (node as Partial<Name>).kind === 'Name';
}
