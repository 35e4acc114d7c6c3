/**
 * How a program uses the names that it reads. This refines what a run tells: of a class that is only ever read attribute
 * by attribute, a reader need not run again unless one of those attributes changed.
 */
import type { Occurrence } from '../syntax/occurrences';
import type { Scope } from '../syntax/scope';

export interface Usage {
  /** For each name that is read: the attributes read of it, or `whole` if it is used in any other way. */
  readonly names: ReadonlyMap<string, ReadonlySet<string> | 'whole'>;
  /** Names that functions, lambdas and generators read whenever they run, perhaps called by other programs. */
  readonly deferred: ReadonlySet<string>;
  /** True where the program makes functions or classes with functions, whose code other programs may run. */
  readonly makesFunctions: boolean;
  /** True where the program may look at the whole namespace: `globals()`, `dir()`, … */
  readonly observesNamespace: boolean;
}

/** Built-in functions that look at the whole namespace. */
export const OBSERVERS: readonly string[] = ['globals', 'locals', 'vars', 'dir', 'eval', 'exec'];

/** Local names count as well: a class body reads the module's until it binds its own. */
export function usageIn(occurrences: readonly Occurrence[], scopes: Iterable<Scope>): Usage {
  const names = new Map<string, Set<string> | 'whole'>();
  const deferred = new Set<string>();
  let observesNamespace = false;
  for (const { name, access, attributes, inTarget, scope } of occurrences) {
    if (access === 'write' || access === 'declare') continue;
    if (scope.timing !== 'now') deferred.add(name);
    if (OBSERVERS.includes(name)) observesNamespace = true;
    const known = names.get(name);
    const [attribute] = attributes;
    if (attribute === undefined || inTarget) names.set(name, 'whole');
    else if (known === undefined) names.set(name, new Set([attribute.name]));
    else if (known !== 'whole') known.add(attribute.name);
  }
  let makesFunctions = false;
  for (const { kind } of scopes) if (kind === 'function' || kind === 'lambda') makesFunctions = true;
  return { names, deferred, makesFunctions, observesNamespace };
}
