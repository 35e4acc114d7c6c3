/**
 * What names mean in the packages of a workspace: from a module and a path of names to the line that defines it, through
 * imports, star imports and base classes. Nothing runs for it.
 */

import { moduleOf as importedFrom, type Program, type Span, type StaticDefinition, symbolIndex } from '../../mlsys';
import { LineIndex } from '../chapter/lines';

/** A module of a package, parsed. */
export interface PackageModule {
  /** Dotted name. */
  readonly name: string;
  readonly file: string;
  readonly isPackage: boolean;
  readonly program: Program;
  readonly lines: LineIndex;
}

/** A name in a package, where it is defined. Spans are offsets into the module's source. */
export interface PackageSymbol {
  readonly module: PackageModule;
  /** `x` or `Cls.attr`; empty for the module itself. */
  readonly path: string;
  /** Of the name. */
  readonly span: Span;
  /** Of the statement that binds it. */
  readonly statement: Span;
  readonly kind: StaticDefinition['kind'] | 'module';
}

/** Finds modules by their dotted names. */
export interface ModuleLookup {
  programOf(name: string): Program | undefined;
  /** Modules that were imported, by their dotted names. */
  sources(): ReadonlyMap<string, unknown>;
}

const modules = new WeakMap<Program, PackageModule>();

/** Names that were looked for on the way, so that a cycle of imports ends. */
type Visited = Set<string>;

export class PackageIndex {
  readonly #lookup: ModuleLookup;

  constructor(lookup: ModuleLookup) {
    this.#lookup = lookup;
  }

  /** A module of the workspace, or undefined; built-in modules are none. */
  module(name: string): PackageModule | undefined {
    const program = this.#lookup.programOf(name);
    return program === undefined ? undefined : moduleOf(name, program);
  }

  /** The modules that were imported. */
  imported(): PackageModule[] {
    return [...this.#lookup.sources().keys()].flatMap(name => this.module(name) ?? []);
  }

  /** What a path of names means in a module; the module itself where the path is empty. */
  resolve(name: string, path: readonly string[], visited: Visited = new Set()): PackageSymbol | undefined {
    const key = `${name}:${path.join('.')}`;
    if (visited.has(key)) return undefined;
    visited.add(key);
    const module = this.module(name);
    const [first, ...rest] = path;
    if (first === undefined) return module === undefined ? undefined : moduleSymbol(module);
    if (module === undefined) return this.resolve(`${name}.${first}`, rest, visited);
    const own = this.#definition(module, path, visited);
    if (own !== undefined) return own;
    const below = module.isPackage ? this.resolve(`${name}.${first}`, rest, visited) : undefined;
    const found = below ?? this.#throughStars(module, path, visited);
    if (found !== undefined) return found;
    // what has a name of its own is not the hook's, though an attribute of it is not to be found
    const owner = rest.length === 0 ? undefined : this.resolve(name, [first]);
    return owner === undefined || owner.path === HOOK ? hook(module, path) : undefined;
  }

  /** Names that a module binds, those of its star imports included. */
  names(name: string, visited: Visited = new Set()): ReadonlyMap<string, PackageSymbol> {
    const found = new Map<string, PackageSymbol>();
    const module = this.module(name);
    if (module === undefined || visited.has(name)) return found;
    visited.add(name);
    for (const star of starsOf(module))
      for (const [one, symbol] of this.names(star, visited)) if (!one.startsWith('_')) found.set(one, symbol);
    for (const definition of symbolIndex(module.program.module).definitions.all)
      if (!definition.name.includes('.')) found.set(definition.name, symbolOf(module, definition));
    return found;
  }

  #definition(module: PackageModule, path: readonly string[], visited: Visited): PackageSymbol | undefined {
    const { definitions } = symbolIndex(module.program.module);
    const whole = definitions.of(path.join('.')).at(-1);
    if (whole !== undefined && whole.from === undefined) return symbolOf(module, whole);
    const [first, ...rest] = path as [string, ...string[]];
    const own = definitions.of(first).at(-1);
    if (own?.from !== undefined) {
      const { module: from, name } = own.from;
      const target = absolute(module, from);
      // An import of something that is not in the workspace is the last line that there is to show.
      const through = this.resolve(target, name === undefined ? rest : [name, ...rest], visited);
      return through ?? (rest.length === 0 ? symbolOf(module, own) : undefined);
    }
    return own?.kind === 'class' && rest.length > 0 ? this.#inherited(module, own, rest, visited) : undefined;
  }

  /** An attribute that a base class defines. */
  #inherited(
    module: PackageModule,
    { statement }: StaticDefinition,
    rest: readonly string[],
    visited: Visited,
  ): PackageSymbol | undefined {
    const bases = 'bases' in statement ? statement.bases : [];
    for (const base of bases) {
      const path = dottedPath(base);
      const found = path === undefined ? undefined : this.resolve(module.name, [...path, ...rest], visited);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #throughStars(module: PackageModule, path: readonly string[], visited: Visited): PackageSymbol | undefined {
    if (path[0]!.startsWith('_')) return undefined;
    for (const star of starsOf(module).reverse()) {
      const found = this.resolve(star, path, visited);
      // A star import brings names, not what answers for missing ones.
      if (found !== undefined && found.path !== HOOK) return found;
    }
    return undefined;
  }
}

/** The symbol as a value that can be compared: the same place is the same symbol. */
export function placeOfSymbol({ module, span }: PackageSymbol): string {
  return `${module.file}:${span.start}`;
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

function moduleSymbol(module: PackageModule): PackageSymbol {
  const start = { start: 0, end: 0 };
  return { module, path: '', span: start, statement: start, kind: 'module' };
}

function symbolOf(module: PackageModule, { name, span, statement, kind }: StaticDefinition): PackageSymbol {
  return { module, path: name, span, statement, kind };
}

const HOOK = '__getattr__';

/** A function `__getattr__` answers for all names that a module lacks. */
function hook(module: PackageModule, path: readonly string[]): PackageSymbol | undefined {
  const found = symbolIndex(module.program.module).definitions.of(HOOK).at(-1);
  return found === undefined || path[0]!.startsWith('__') ? undefined : symbolOf(module, found);
}

/** The dotted name that an import in a module means; dots at its beginning are those of a relative import. */
export function absolute(module: Pick<PackageModule, 'name' | 'isPackage'>, name: string): string {
  const dots = /^\.*/.exec(name)![0].length;
  if (dots === 0) return name;
  const parts = module.name.split('.');
  const base = parts.slice(0, parts.length - dots + (module.isPackage ? 1 : 0));
  return [...base, name.slice(dots)].filter(part => part !== '').join('.');
}

/** Modules of which all names are taken, in order. */
function starsOf(module: PackageModule): string[] {
  return symbolIndex(module.program.module).starImports.map(one => absolute(module, importedFrom(one)));
}

function dottedPath(node: { readonly kind: string }): string[] | undefined {
  const part = node as unknown as { kind: string; id: string; value: { kind: string }; attr: { name: string } };
  if (part.kind === 'Name') return [part.id];
  if (part.kind === 'Subscript') return dottedPath(part.value);
  if (part.kind !== 'Attribute') return undefined;
  const base = dottedPath(part.value);
  return base === undefined ? undefined : [...base, part.attr.name];
}
