/**
 * What the names of a program mean: its scopes, each place of a name, and what follows from them. All of it comes from
 * one walk over the tree, which is made when somebody first asks.
 */
import type { Expression, Import, ImportFrom, Module, Span } from '../syntax/ast';
import type { LooseAttribute, Occurrence, PassedKeyword, Recorder } from '../syntax/occurrences';
import { recordOccurrences, type Scope } from '../syntax/scopes';
import { type Definitions, definitionMade, definitionsIn, groupBy, type StaticDefinition } from './definitions';
import { isStarImport, moduleOf, namesOf, type StaticNames } from './namespace';
import { ScopePaths } from './paths';
import { type Usage, usageIn } from './usage';
import { type NameUse, usesIn } from './uses';

export class SymbolIndex {
  readonly #recorded: Recorder;
  readonly #paths = new ScopePaths();
  #definitions: Definitions | undefined;
  #names: StaticNames | undefined;
  #usage: Usage | undefined;
  #uses: readonly NameUse[] | undefined;
  #exported: readonly { readonly name: string; readonly span: Span }[] | undefined;
  #bindings: ReadonlyMap<string, readonly Occurrence[]> | undefined;

  constructor(module: Module) {
    this.#recorded = recordOccurrences(module);
  }

  /** By the nodes that open them. */
  get scopes(): ReadonlyMap<object, Scope> {
    return this.#recorded.scopes;
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

  /** The modules that imports name, with the dots of relative ones. */
  get importedModules(): readonly { readonly name: string; readonly span: Span }[] {
    return this.imports.flatMap(one => {
      if (one.kind === 'Import') return one.names.map(({ name }) => ({ name: name.name, span: name }));
      return one.module === undefined ? [] : [{ name: moduleOf(one), span: one.module }];
    });
  }

  /** Names by which calls, and lists of base classes, pass arguments. */
  get keywords(): readonly PassedKeyword[] {
    return this.#recorded.keywords;
  }

  /** Names that `__all__` lists, where they are written as plain texts. */
  get exported(): readonly { readonly name: string; readonly span: Span }[] {
    this.#exported ??= this.occurrences
      .filter(({ name, access }) => name === '__all__' && (access === 'write' || access === 'update'))
      .flatMap(({ binding, statement }) => {
        const value = 'kind' in statement && statement.kind === 'AugAssign' ? statement.value : binding?.value;
        return value?.kind === 'List' || value?.kind === 'Tuple' ? value.elements : [];
      })
      .flatMap(one => {
        // quotes on both sides and nothing else
        if (one.kind !== 'Constant' || typeof one.value !== 'string' || one.end - one.start !== one.value.length + 2)
          return [];
        return { name: one.value, span: { start: one.start + 1, end: one.end - 1 } };
      });
    return this.#exported;
  }

  /** Attributes of what has no name. */
  get looseAttributes(): readonly LooseAttribute[] {
    return this.#recorded.looseAttributes;
  }

  /** Where a variable of a function, a lambda or a comprehension is bound, in source order. */
  localDefinitions(scope: Scope, name: string): readonly StaticDefinition[] {
    this.#bindings ??= groupBy(
      this.occurrences.filter(({ binding, access }) => binding !== undefined && access !== 'read'),
      one => one.name,
    );
    const own = (this.#bindings.get(name) ?? []).filter(one => one.scope.ownerOf(name) === scope);
    return own.map(one => definitionMade(one, name, one.span)).sort((a, b) => a.span.start - b.span.start);
  }

  /** The use whose own name, the last of its path, begins at an offset. */
  useAt(start: number): NameUse | undefined {
    let low = 0;
    for (let high = this.uses.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.uses[middle]!.span.start < start) low = middle + 1;
      else high = middle;
    }
    const found = this.uses[low];
    return found?.span.start === start ? found : undefined;
  }

  /** What the program binds: names of the module, attributes of its classes. */
  get definitions(): Definitions {
    this.#definitions ??= definitionsIn(this.occurrences, this.#paths);
    return this.#definitions;
  }

  /** What the program takes from the namespace around it, and what it adds. */
  get names(): StaticNames {
    this.#names ??= namesOf(this.occurrences, this.imports, this.#recorded.magics);
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
    index = new SymbolIndex(tree.kind === 'Module' ? tree : moduleAround(tree));
    known.set(tree, index);
  }
  return index;
}

function moduleAround(value: Expression): Module {
  const { start, end } = value;
  return { kind: 'Module', body: [{ kind: 'ExprStatement', value, start, end }], flat: false, start, end };
}
