/**
 * Names that an import would bring into a cell: of the library, and of those modules of the book's own packages that its cells
 * import from.
 */
import { CompletionItemKind } from 'vscode-languageserver';
import { constantInfo, groupBy, libraryMembers, symbolIndex } from '../../../mlsys';
import type { Analysis } from '../../evaluation/analysis';
import type { PackageIndex, PackageModule } from '../../evaluation/packageIndex';
import type { NameSymbol } from '../../evaluation/symbols/symbol';
import { libraryItem } from './attributes';
import { shortText } from './items';

export interface Importable {
  readonly name: string;
  readonly module: string;
  readonly kind: CompletionItemKind | undefined;
  /** The value of a constant, the signature of a function, what a module of the book assigns. */
  readonly detail: string | undefined;
}

export const CONSTANTS = 'mlsys.constants';

const LIBRARY = [CONSTANTS, 'mlsys.formatting', 'mlsys.formulas'];

/** Those that begin with a letter. */
export function importablesFor(letter: string, analysis: Analysis): Importable[] {
  const { packages } = analysis;
  const modules = importedModules(analysis);
  const wanted = letter.toLowerCase();
  const own = modules
    .flatMap(name => packages.module(name) ?? [])
    .flatMap(module => namesOf(module, packages).filter(({ name }) => name[0]!.toLowerCase() === wanted));
  return takesLibrary(modules, packages) ? [...(libraryNames().get(wanted) ?? []), ...own] : own;
}

/** True where cells take names of the library, or take no names of the book's own packages. */
export function usesLibrary(analysis: Analysis): boolean {
  return takesLibrary(importedModules(analysis), analysis.packages);
}

function takesLibrary(modules: readonly string[], packages: PackageIndex): boolean {
  if (packages.has('mlsys')) return false;
  return modules.some(name => /^mlsys(?:\.|$)/.test(name)) || !modules.some(name => packages.has(name));
}

/** Modules that cells take names from. */
function importedModules({ cells }: Analysis): string[] {
  const found = new Set<string>();
  for (const { program } of cells)
    for (const one of symbolIndex(program.module).names.imports) if (one.name !== undefined) found.add(one.module);
  return [...found];
}

let library: ReadonlyMap<string, readonly Importable[]> | undefined;

/** Those of the library, which stays what it is, by the letter that they begin with. */
function libraryNames(): ReadonlyMap<string, readonly Importable[]> {
  library ??= groupBy(LIBRARY.flatMap(namesOfLibrary), ({ name }) => name[0]!.toLowerCase());
  return library;
}

function namesOfLibrary(module: string): Importable[] {
  return libraryMembers(module)
    .filter(({ name }) => module !== CONSTANTS || constantInfo(name) !== undefined)
    .map(({ name, detail }) => ({ name, module, detail, kind: libraryItem(name, detail).kind }));
}

const known = new WeakMap<PackageModule, readonly Importable[]>();

function namesOf(module: PackageModule, packages: PackageIndex): readonly Importable[] {
  let names = known.get(module);
  if (names === undefined) {
    names = [...packages.names(module.name)]
      .filter(([name, { kind }]) => !name.startsWith('_') && KINDS[kind] !== undefined)
      .map(([name, symbol]) => ({ name, module: module.name, kind: KINDS[symbol.kind], detail: assigned(symbol) }));
    known.set(module, names);
  }
  return names;
}

/** The expression that a constant of the book is. */
export function assigned({ definition, text }: NameSymbol): string | undefined {
  const value = definition?.value;
  return value === undefined ? undefined : shortText(text.program.source.slice(value.start, value.end));
}

/** What a module imports for itself is none of its names. */
const KINDS: Partial<Record<NameSymbol['kind'], CompletionItemKind>> = {
  assignment: CompletionItemKind.Constant,
  function: CompletionItemKind.Function,
  class: CompletionItemKind.Class,
};
