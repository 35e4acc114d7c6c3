/** The modules of a workspace's packages and their names. Nothing runs for it. */

import {
  moduleOf as importedFrom,
  type Program,
  type Span,
  type Statement,
  type SymbolIndex,
  symbolIndex,
} from '../../mlsys';
import { LineIndex } from '../chapter/lines';
import { type Modules, Resolver, symbolOf } from './symbols/resolver';
import { type Found, type Home, type NameSymbol, preferred, type Star, type SymbolText } from './symbols/symbol';

/** A module of a package, parsed. */
export interface PackageModule {
  /** Dotted name. */
  readonly name: string;
  readonly file: string;
  readonly isPackage: boolean;
  readonly program: Program;
  readonly lines: LineIndex;
}

/** Finds modules by their dotted names. */
export interface ModuleLookup {
  programOf(name: string): Program | undefined;
  /** Modules that were imported, by their dotted names. */
  sources(): ReadonlyMap<string, unknown>;
}

const modules = new WeakMap<Program, PackageModule>();

export class PackageIndex implements Modules {
  readonly #lookup: ModuleLookup;
  readonly #homes = new Map<PackageModule, ModuleHome>();

  constructor(lookup: ModuleLookup) {
    this.#lookup = lookup;
  }

  /** A module of the workspace, or undefined; built-in modules are none. */
  module(name: string): PackageModule | undefined {
    const program = this.#lookup.programOf(name);
    return program === undefined ? undefined : moduleOf(name, program);
  }

  /** True for a module of the workspace that does more, when it is imported, than make names of its own. */
  acts(name: string): boolean {
    return this.module(name)?.program.module.body.some(isAct) === true;
  }

  /** The modules that were imported. */
  imported(): PackageModule[] {
    return [...this.#lookup.sources().keys()].flatMap(name => this.module(name) ?? []);
  }

  /** True for a module of the workspace. */
  has(name: string): boolean {
    return this.module(name) !== undefined;
  }

  /** Imported modules that have a name for others to take. */
  modulesWith(name: string): string[] {
    if (name.startsWith('_')) return [];
    return this.imported()
      .filter(module => {
        const symbol = this.names(module.name).get(name);
        // What a module imports for itself is none of its names, but what a package brings together is.
        return symbol !== undefined && (module.isPackage || symbol.kind !== 'import');
      })
      .map(module => module.name);
  }

  homeOf(module: PackageModule): ModuleHome {
    let home = this.#homes.get(module);
    if (home === undefined) {
      home = new ModuleHome(module);
      this.#homes.set(module, home);
    }
    return home;
  }

  textOf(module: PackageModule): SymbolText {
    return this.homeOf(module);
  }

  /** What a path of names means in a module; the module itself where the path is empty. */
  resolve(name: string, path: readonly string[]): NameSymbol | undefined {
    return new Resolver(this).inModule(name, path);
  }

  /** Names that a module binds, those of its star imports included. */
  names(name: string, visited = new Set<string>()): ReadonlyMap<string, NameSymbol> {
    const found = new Map<string, NameSymbol>();
    const module = this.module(name);
    if (module === undefined || visited.has(name)) return found;
    visited.add(name);
    const home = this.homeOf(module);
    for (const star of [...home.stars()].reverse())
      for (const [one, symbol] of this.names(star.module, visited)) if (!one.startsWith('_')) found.set(one, symbol);
    for (const definition of home.index.definitions.all)
      if (!definition.name.includes('.')) found.set(definition.name, symbolOf({ text: home, definition }));
    return found;
  }
}

function isAct(statement: Statement): boolean {
  switch (statement.kind) {
    case 'ExprStatement':
      return statement.value.kind !== 'Constant';
    case 'Assign':
      return statement.targets.some(({ kind }) => kind === 'Attribute' || kind === 'Subscript');
    case 'AugAssign':
    case 'AnnAssign':
      return statement.target.kind !== 'Name';
    case 'For':
    case 'While':
    case 'With':
      return statement.body.some(isAct);
    case 'If':
      return [...statement.body, ...statement.orelse].some(isAct);
    default:
      return false;
  }
}

/** A module of a package with its names. */
class ModuleHome implements Home, SymbolText {
  readonly key: string;
  readonly module: PackageModule;
  readonly cell = undefined;
  readonly ref = undefined;
  readonly seen = 0;

  constructor(module: PackageModule) {
    this.module = module;
    this.key = module.file;
  }

  get home(): Home {
    return this;
  }

  get index(): SymbolIndex {
    return symbolIndex(this.module.program.module);
  }

  get program(): Program {
    return this.module.program;
  }

  toDocument({ start, end }: Span): Span {
    return { start, end };
  }

  find(path: string): Found | undefined {
    const { definitions } = this.index;
    const definition = preferred(definitions.of(path)) ?? definitions.field(path)[0];
    return definition && { text: this, definition };
  }

  stars(): readonly Star[] {
    return this.index.starImports.map(one => ({ module: this.absolute(importedFrom(one)), text: this })).reverse();
  }

  /** Dots at its beginning are those of a relative import. */
  absolute(name: string): string {
    const dots = /^\.*/.exec(name)![0].length;
    if (dots === 0) return name;
    const parts = this.module.name.split('.');
    const base = parts.slice(0, parts.length - dots + (this.module.isPackage ? 1 : 0));
    return [...base, name.slice(dots)].filter(part => part !== '').join('.');
  }
}

/** A parsed module under a name. */
export function moduleOf(name: string, program: Program): PackageModule {
  let known = modules.get(program);
  if (known === undefined || known.name !== name) {
    const { file, source } = program;
    const isPackage = /(^|[/\\])__init__\.py$/.test(file);
    known = { name, file, isPackage, program, lines: LineIndex.of(source) };
    modules.set(program, known);
  }
  return known;
}
