/** What a program takes from the namespace that it shares with others, and what it adds, seen without running it. */
import type { Import, ImportFrom, Magic, Span } from '../syntax/ast';
import { magicEffect } from '../syntax/magic';
import type { ImportSource, Occurrence } from '../syntax/occurrences';
import type { Scope } from '../syntax/scope';

/** An imported module or one name of it. */
export interface ImportedName extends Omit<ImportSource, 'alias'> {
  /** The name that the import binds. */
  readonly bound: string;
  readonly span: Span;
}

export interface StaticNames {
  /** Names read before, or without, being bound at module level; functions and class bodies included. */
  readonly reads: ReadonlySet<string>;
  /** Where each of those is first read. */
  readonly readSpans: ReadonlyMap<string, Span>;
  /** Names bound at module level. */
  readonly writes: ReadonlySet<string>;
  /** Names deleted at module level. */
  readonly deletes: ReadonlySet<string>;
  /** Modules whose names are all taken: `from x import *`. */
  readonly starImports: readonly string[];
  /** True where a magic may bind names that nobody knows: `%run script.py`. */
  readonly isOpen: boolean;
  readonly imports: readonly ImportedName[];
}

/** Goes through the occurrences of a module in the order in which they happen. */
export function namesOf(
  occurrences: readonly Occurrence[],
  imports: readonly (Import | ImportFrom)[],
  magics: readonly Magic[],
): StaticNames {
  const collector = new Collector(imports, magics);
  for (const occurrence of occurrences) collector.visit(occurrence);
  collector.deferred();
  return collector;
}

class Collector implements StaticNames {
  readonly readSpans = new Map<string, Span>();
  readonly reads = new Set<string>();
  readonly writes = new Set<string>();
  readonly deletes = new Set<string>();
  readonly starImports: readonly string[];
  readonly isOpen: boolean;
  readonly imports: ImportedName[] = [];
  /** Annotations are left alone: `from __future__ import annotations`. */
  readonly #lateAnnotations: boolean;
  /** Bound so far, on some path at least. */
  readonly #bound = new Set<string>();
  /** What each class body bound so far. */
  readonly #classNames = new Map<Scope, Set<string>>();
  /** Reads inside functions, which happen when they are called. */
  readonly #later: Occurrence[] = [];
  /** Names of exceptions, until the end of their handlers. */
  #handled: { readonly name: string; readonly end: number }[] = [];

  constructor(imports: readonly (Import | ImportFrom)[], magics: readonly Magic[]) {
    this.isOpen = magics.map(({ text }) => magicEffect(text)).some(({ anything, star }) => anything || star === true);
    const from = imports.filter(one => one.kind === 'ImportFrom');
    this.starImports = from.filter(isStarImport).map(moduleOf);
    this.#lateAnnotations = from.some(
      one => moduleOf(one) === '__future__' && one.names.some(({ name }) => name.name === 'annotations'),
    );
  }

  visit(one: Occurrence): void {
    const { name, span, scope, access, binding } = one;
    if (this.#handled.length > 0) this.#leaveHandlers(span.start);
    if (access === 'read' || access === 'update') this.#read(one);
    if (access === 'write' || access === 'update') this.#bind(one);
    else if (access === 'delete' && scope.parent === undefined) {
      this.#read(one);
      this.deletes.add(name);
      this.#bound.delete(name);
    }
    const source = binding?.source;
    if (source === undefined) return;
    const { module, level, name: taken, alias } = source;
    const { start, end } = alias;
    this.imports.push({ module, level, name: taken, bound: name, span: { start, end } });
  }

  /** Reads of functions that nothing in the module binds, before or after. */
  deferred(): void {
    for (const { name, span } of this.#later) if (!this.writes.has(name)) this.#addRead(name, span);
  }

  #addRead(name: string, span: Span): void {
    const known = this.readSpans.get(name);
    this.reads.add(name);
    if (known === undefined || span.start < known.start) this.readSpans.set(name, span);
  }

  #read(one: Occurrence): void {
    const { name, span, scope, inAnnotation } = one;
    if (inAnnotation && this.#lateAnnotations) return;
    if (!this.#isModuleName(name, scope)) return;
    if (scope.timing === 'called') this.#later.push(one);
    else if (!this.#bound.has(name)) this.#addRead(name, span);
  }

  /** True where `name` in `scope` is the module's. */
  #isModuleName(name: string, scope: Scope): boolean {
    if (scope.parent === undefined) return true;
    const use = scope.names.get(name);
    if (use === undefined || use.resolution === 'global') return true;
    // A class body looks further out for what it has not bound yet.
    return scope.kind === 'class' && use.resolution !== 'free' && !this.#classNames.get(scope)?.has(name);
  }

  #bind({ name, scope, statement }: Occurrence): void {
    if (scope.parent === undefined || scope.names.get(name)?.declared === 'global') {
      this.writes.add(name);
      this.#bound.add(name);
      // Handlers are no statements.
      if (scope.parent === undefined && !('kind' in statement)) this.#handled.push({ name, end: statement.end });
    } else if (scope.kind === 'class') {
      const names = this.#classNames.get(scope) ?? new Set();
      this.#classNames.set(scope, names.add(name));
    }
  }

  /** The name of a handler is gone after it. */
  #leaveHandlers(offset: number): void {
    const open = this.#handled.filter(({ end }) => offset < end);
    if (open.length === this.#handled.length) return;
    for (const { name, end } of this.#handled) if (offset >= end) this.#bound.delete(name);
    this.#handled = open;
  }
}

export function isStarImport({ names }: ImportFrom): boolean {
  return names.some(({ name }) => name.name === '*');
}

/** The module that names are imported from, with the dots of a relative import. */
export function moduleOf({ level, module }: ImportFrom): string {
  return '.'.repeat(level) + (module?.name ?? '');
}
