/**
 * How a cell's text uses names. This refines what a run tells: of a class that is only ever read attribute by
 * attribute, a reader need not run again unless one of those attributes changed.
 */
import type { Module } from '../../mlsys/python/syntax/ast';
import { OBSERVERS } from './mentions';
import { partsOf, type TreePart } from './walk';

export interface Usage {
  /** For each name that is read: the attributes read of it, or `whole` if it is used in any other way. */
  readonly names: ReadonlyMap<string, ReadonlySet<string> | 'whole'>;
  /** Names that functions, lambdas and generators read whenever they run, perhaps called by other cells. */
  readonly deferred: ReadonlySet<string>;
  /** True where the cell makes functions or classes with functions, whose code other cells may run. */
  readonly makesFunctions: boolean;
  /** True where the cell may look at the whole namespace: `globals()`, `dir()`, … */
  readonly observesNamespace: boolean;
}

const DEFERRED: ReadonlySet<string> = new Set(['FunctionDef', 'Lambda', 'GeneratorExp']);

/** Properties that hold what a statement binds, by kind of node. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  Assign: ['targets'],
  AugAssign: ['target'],
  AnnAssign: ['target'],
  Delete: ['targets'],
  For: ['target'],
};

export function usageOf(module: Module): Usage {
  const names = new Map<string, Set<string> | 'whole'>();
  const deferred = new Set<string>();
  let makesFunctions = false;
  let observesNamespace = false;

  function read(name: string, attribute: string | undefined, isDeferred: boolean): void {
    if (isDeferred) deferred.add(name);
    if (OBSERVERS.includes(name)) observesNamespace = true;
    const known = names.get(name);
    if (attribute === undefined) names.set(name, 'whole');
    else if (known === undefined) names.set(name, new Set([attribute]));
    else if (known !== 'whole') known.add(attribute);
  }

  /** `bound` is true below a target, where a changed attribute changes the object itself. */
  function visit(part: TreePart, isDeferred: boolean, bound: boolean): void {
    const node = part as TreePart & Record<string, unknown>;
    const kind = node.kind;
    if (kind === 'Name') {
      read(node.id as string, undefined, isDeferred);
      return;
    }
    if (kind === 'Attribute' && !bound) {
      const base = node.value as TreePart & { id?: string };
      if (base.kind === 'Name') {
        read(base.id!, (node.attr as { name: string }).name, isDeferred);
        return;
      }
    }
    const later = isDeferred || (kind !== undefined && DEFERRED.has(kind));
    if (kind === 'FunctionDef' || kind === 'Lambda') makesFunctions = true;
    const targets = kind === undefined ? undefined : TARGETS[kind];
    if (targets === undefined) {
      for (const below of partsOf(part)) visit(below, later, bound);
      return;
    }
    for (const [key, value] of Object.entries(node))
      for (const below of partsOf({ value } as TreePart)) visit(below, later, bound || targets.includes(key));
  }

  visit(module, false, false);
  return { names, deferred, makesFunctions, observesNamespace };
}
