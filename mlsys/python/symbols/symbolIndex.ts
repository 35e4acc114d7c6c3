/**
 * What the names of a program mean: its scopes, each place of a name, and what follows from them. All of it comes from
 * one walk over the tree, which is made when somebody first asks.
 */
import type { Expression, Identifier, Import, ImportFrom, Module } from '../syntax/ast';
import type { Occurrence, Recorder } from '../syntax/occurrences';
import { recordOccurrences, resolveScopes, type Scope } from '../syntax/scopes';
import { type Definitions, definitionsIn } from './definitions';
import { isStarImport, namesOf, type StaticNames } from './namespace';
import { ScopePaths } from './paths';
import { type Usage, usageIn } from './usage';
import { type NameUse, usesIn } from './uses';

export class SymbolIndex {
  readonly #module: Module;
  readonly #recorded: Recorder;
  readonly #paths = new ScopePaths();
  #definitions: Definitions | undefined;
  #names: StaticNames | undefined;
  #usage: Usage | undefined;
  #uses: readonly NameUse[] | undefined;

  constructor(module: Module) {
    this.#module = module;
    this.#recorded = recordOccurrences(module);
  }

  /** By the nodes that open them. */
  get scopes(): ReadonlyMap<object, Scope> {
    return resolveScopes(this.#module).scopes;
  }

  /** Each place of a name, in the order in which Python comes by. */
  get occurrences(): readonly Occurrence[] {
    return this.#recorded.occurrences;
  }

  get imports(): readonly (Import | ImportFrom)[] {
    return this.#recorded.imports;
  }

  /** `from m import *` */
  get starImports(): readonly ImportFrom[] {
    return this.imports.filter(one => one.kind === 'ImportFrom').filter(isStarImport);
  }

  /** Names by which calls, and lists of base classes, pass arguments. */
  get keywords(): readonly Identifier[] {
    return this.#recorded.keywords;
  }

  /** What the program binds: names of the module, attributes of its classes. */
  get definitions(): Definitions {
    this.#definitions ??= definitionsIn(this.occurrences, this.#paths);
    return this.#definitions;
  }

  /** What the program takes from the namespace around it, and what it adds. */
  get names(): StaticNames {
    this.#names ??= namesOf(this.occurrences, this.imports);
    return this.#names;
  }

  /** How it uses what it reads. */
  get usage(): Usage {
    this.#usage ??= usageIn(this.occurrences, this.scopes.values());
    return this.#usage;
  }

  /** Each name and attribute with the path of what it means, in source order. */
  get uses(): readonly NameUse[] {
    this.#uses ??= usesIn(this.occurrences, this.#paths);
    return this.#uses;
  }
}

const known = new WeakMap<object, SymbolIndex>();

/** The index of a module, or of an expression that stands alone. */
export function symbolIndex(tree: Module | Expression): SymbolIndex {
  let index = known.get(tree);
  if (index === undefined) {
    index = new SymbolIndex(tree.kind === 'Module' ? tree : moduleOf(tree));
    known.set(tree, index);
  }
  return index;
}

function moduleOf(value: Expression): Module {
  const { start, end } = value;
  return { kind: 'Module', body: [{ kind: 'ExprStatement', value, start, end }], flat: false, start, end };
}
