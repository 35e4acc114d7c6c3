/** What calls are given that are written in other ways: `f(*items, **fields)`, and calls of `functools.partial` objects. */
import { PyPartial } from '../modules/standard/functools/partial';
import { PyDict } from '../python/runtime/dict';
import type { Value } from '../python/runtime/objects';
import type { Call } from '../python/syntax/ast';
import { sameValue } from '../session/same';
import { follow } from './functions';
import type { Part } from './graph';
import { codeOf, isObject, through } from './parts';
import type { Environment, Tracer } from './tracer';
import { heldItems, MOST_TURNS } from './turns';

/** A call with `*items` or `**fields`, where it is followed. */
export function spread(
  tracer: Tracer,
  { func, args, keywords }: Call,
  environment: Environment,
  known: Value | undefined,
): Part | undefined {
  const given: Part[] = [];
  for (const one of args) {
    if (one.kind !== 'Starred') given.push(tracer.trace(one, environment));
    else {
      const of = tracer.trace(one.value, environment);
      const items = of.kind === 'display' ? [...of.items.values()] : heldItems(tracer, of);
      if (items === undefined) return undefined;
      given.push(...items);
    }
  }
  const named = new Map<string, Part>();
  for (const { name, value } of keywords) {
    const part = tracer.trace(value, environment);
    if (name !== undefined) named.set(name.name, part);
    else if (part.kind === 'display') for (const [key, one] of part.items) named.set(String(key), one);
    else if (!(part.value instanceof PyDict) || part.value.size > MOST_TURNS) return undefined;
    else for (const [key, held] of part.value.entries()) named.set(String(key), tracer.element(part, key, held));
  }
  const callee = tracer.trace(func, environment);
  const on = func.kind === 'Attribute' ? tracer.trace(func.value, environment) : undefined;
  const returned = known === undefined ? undefined : () => known;
  const followed = follow(tracer, callee.value, given, named, environment, on ?? callee, returned);
  return followed !== undefined && (known === undefined || sameValue(followed.value, known)) ? followed : undefined;
}

/** A function with what it gets. */
export interface GivenCall {
  readonly func: Part;
  readonly args: readonly Part[];
  readonly keywords: ReadonlyMap<string, Part>;
}

/** What a call of a `functools.partial` object calls in the end, and with what; undefined for other calls, and where nobody knows. */
export function partialCall(
  callee: Part,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
): (GivenCall & { readonly name: string; readonly on: Part | undefined }) | undefined {
  if (!(callee.value instanceof PyPartial)) return undefined;
  const made = through(callee);
  const [func, ...first] = made?.kind === 'call' && made.on === undefined ? made.args : [];
  if (made?.kind !== 'call' || func === undefined) return undefined;
  const given = { func, args: [...first, ...args], keywords: new Map([...made.keywords, ...keywords]) };
  if (func.value instanceof PyPartial) return partialCall(func, given.args, given.keywords);
  const on = func.kind === 'object' ? func.on : undefined;
  const code = func.kind === 'code' ? `(${func.code})` : (codeOf(func) ?? '…');
  return { ...given, on, name: on === undefined || isObject(on.value) ? code : code.slice(code.lastIndexOf('.') + 1) };
}
