/** Imports of one session: workspace packages interpreted from their sources, then the library, each module once. */
import { deferred, deferredModule } from '../modules/deferred';
import { searchedFolders } from '../modules/live';
import { builtinModule, builtinModules, isStandardModule, refusedModule } from '../modules/registry';
import { BudgetExceeded, ForesightExceeded, Unsupported } from '../python/runtime/errors';
import { type DataAspect, type DataFiles, type DataFound, lookKey, looksHold } from '../python/runtime/files';
import { withForesight } from '../python/runtime/foresight';
import { locateIn } from '../python/runtime/frame';
import { ModuleGlobals } from '../python/runtime/globals';
import { moduleNotFound, suggested } from '../python/runtime/imports';
import { mayHavePart } from '../python/runtime/members';
import { creation, PyList, PyModule, type Value } from '../python/runtime/objects';
import type { Binding } from '../python/runtime/provenance';
import { vm } from '../python/runtime/vm';
import { symbolIndex } from '../python/symbols/symbolIndex';
import type { ImportFrom } from '../python/syntax/ast';
import type { Program } from '../python/syntax/program';
import { type Loaded, type Loading, NOTHING_LEFT } from './loadedModule';
import { notInSources, placedSubject, syntaxError, tooMuch, unavailable } from './moduleFaults';
import { ModuleRun } from './moduleRun';
import { compiledModule, foldersOf, type ModuleSource, programOf, programs, type SourceFile } from './moduleSources';
import { nearMisses } from './nearModules';
import { nextSerial } from './serial';

const NO_FILES: ReadonlySet<string> = new Set();

/** The built-in library that stands for a package of books. */
const LIBRARY = 'mlsys';

export class SessionModules {
  readonly #source: ModuleSource | undefined;
  readonly #modules = new Map<string, PyModule>();
  /** Of modules that ran here, by file. */
  readonly #programs = new Map<string, Program>();
  /** Those of the workspace, also those whose code failed. */
  readonly #loaded = new Map<string, Loaded>();
  readonly #loading: Loading[] = [];
  /** What modules left in state channels while they loaded; all positions see it. */
  readonly state = new Map<string, unknown>();
  /** Packages that leave out too much, with the first thing of that. */
  readonly #ended = new Map<string, string | undefined>();
  /** Modules that are as they were, though the package that they are part of was forgotten. */
  readonly #left = new Set<string>();
  /** Files whose states the present run is still to be told, once it imports them. */
  #toTell = new Set<string>();
  #foundOthers = false;
  /** Serials of the objects that modules made. */
  readonly serials = new Set<number>();

  constructor(source: ModuleSource | undefined) {
    this.#source = source;
  }

  /** The module of an absolute dotted name, its parents imported first. */
  import(name: string): PyModule {
    return this.#import(name, false);
  }

  /** `passing` where it is imported on the way to a part of it, and nothing else is taken of it. */
  #import(name: string, passing: boolean): PyModule {
    const dot = name.lastIndexOf('.');
    if (dot < 0 && this.#ended.has(name)) {
      this.#note(name, passing);
      throw tooMuch(name, this.#ended.get(name));
    }
    const parent = dot < 0 ? undefined : this.#import(name.slice(0, dot), true);
    // A package's own code may have imported the submodule meanwhile.
    const known = this.#modules.get(name);
    if (known !== undefined) {
      if (this.#left.size > 0 || this.#toTell.size > 0) this.#stayLoaded(name);
      this.#note(name, passing);
      return known;
    }
    const within = parent === undefined ? undefined : this.#foldersOf(parent);
    const mayBeOurs = parent === undefined || within !== undefined;
    const source = mayBeOurs
      ? this.#source?.find(name, within, within === undefined ? searchedFolders() : undefined)
      : undefined;
    const module =
      source === undefined ? this.#withoutSource(name, parent, mayBeOurs, within) : this.#interpret(name, source);
    if (parent !== undefined && within !== undefined) parent.attrs.set(name.slice(dot + 1), module);
    this.#note(name, passing);
    return module;
  }

  /** Packages import more than their chapters use: what they need not is bound to something that refuses all use. */
  standIn({ construct, advice }: Unsupported): Value | undefined {
    return this.#loading.length === 0 ? undefined : deferred(construct, advice);
  }

  /** True while the code of a module (given by itself or by its name) still runs. */
  isLoading(module: PyModule | string): boolean {
    return this.#loading.some(one => one.module === module || one.name === module);
  }

  /** What last bound a name of a workspace module, in it or in one of which it imports all names. */
  bindingIn(module: string, name: string, visited = new Set<string>()): Binding | undefined {
    const loaded = this.#loaded.get(module);
    if (loaded?.source === undefined || visited.has(module)) return undefined;
    visited.add(module);
    const own = loaded.bindings.findLast(one => one.name === name);
    return own ?? this.bindingByStar(programOf(loaded.source), name, visited);
  }

  /** What bound a name in the last workspace module of which a program imports all names and that has it. */
  bindingByStar(program: Program, name: string, visited = new Set<string>()): Binding | undefined {
    for (const statement of [...symbolIndex(program.module).starImports].reverse()) {
      const module = this.absoluteName(statement, program.file);
      const found = module === undefined ? undefined : this.bindingIn(module, name, visited);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The module that `from ..x import y` names in a file; undefined where a relative import leaves the package. */
  absoluteName({ level, module }: ImportFrom, file: string): string | undefined {
    if (level === 0) return module?.name;
    const parts = this.#packageOf(file)?.split('.') ?? [];
    if (parts.length < level) return undefined;
    return [...parts.slice(0, parts.length - level + 1), ...(module === undefined ? [] : [module.name])].join('.');
  }

  /** The workspace module of a name, if it was imported. */
  module(name: string): PyModule | undefined {
    return this.#modules.get(name);
  }

  /** The source of a workspace module that was imported, by its dotted name. */
  sourceOf(name: string): SourceFile | undefined {
    return this.#loaded.get(name)?.source;
  }

  /** The parsed source of a workspace module, whether it was imported or not. Nothing runs. */
  programOf(name: string): Program | undefined {
    const source = this.#locate(name)?.source;
    return source === undefined || source.refused !== undefined ? undefined : programOf(source);
  }

  /** Where a module and, for a package, its parts are. */
  #locate(name: string): Pick<Loaded, 'source' | 'folders'> | undefined {
    const loaded = this.#loaded.get(name);
    if (loaded !== undefined) return loaded;
    const dot = name.lastIndexOf('.');
    const parent = dot < 0 ? undefined : this.#locate(name.slice(0, dot));
    if (dot >= 0 && parent?.folders === undefined) return undefined;
    const source = this.#source?.find(name, parent?.folders);
    if (source !== undefined) return { source, folders: foldersOf(source) };
    const folders = this.#source?.portions?.(name, parent?.folders) ?? [];
    return folders.length === 0 ? undefined : { source: undefined, folders };
  }

  /** What was last parsed of a file, also of one whose import failed. */
  programIn(file: string): Program | undefined {
    // Another session may have another text of the file since.
    return this.#programs.get(file) ?? programs.get(file);
  }

  /** The package that relative imports in a file of the workspace start from. */
  #packageOf(file: string): string | undefined {
    for (const [name, { source }] of this.#loaded)
      if (source?.file === file) return source.isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf('.')));
    return undefined;
  }

  /** Modules of the workspace that were imported, or whose import failed, by their dotted names. */
  sources(): ReadonlyMap<string, SourceFile> {
    const found = new Map<string, SourceFile>();
    for (const [name, { source }] of this.#loaded) if (source !== undefined) found.set(name, source);
    return found;
  }

  /** Files of a workspace module and of all that it imports. */
  files(name: string, found = new Set<string>()): Set<string> {
    this.#collect(name, found, new Set());
    return found;
  }

  #collect(name: string, files: Set<string>, visited: Set<string>): void {
    const loaded = this.#loaded.get(name);
    if (loaded === undefined || visited.has(name)) return;
    visited.add(name);
    if (loaded.source !== undefined) files.add(loaded.source.file);
    for (const imported of loaded.imports) this.#collect(imported, files, visited);
  }

  /**
   * Does what loading a module, and what it imports, would do beside running their code: a package that was loaded anew gets
   * those of its parts that were not, and the run that is the first to import them gets their states.
   */
  #stayLoaded(name: string): void {
    const names = new Set<string>();
    this.#collect(name, new Set(), names);
    for (const [one, loaded] of this.#loaded) {
      if (!names.has(one)) continue;
      const dot = one.lastIndexOf('.');
      const parent = this.#left.has(one) ? this.#modules.get(one.slice(0, dot)) : undefined;
      if (parent !== undefined) {
        this.#left.delete(one);
        if (this.#modules.has(one)) parent.attrs.set(one.slice(dot + 1), loaded.module);
      }
      if (loaded.source !== undefined && this.#toTell.delete(loaded.source.file)) this.#tellStates(loaded);
    }
  }

  #tellStates({ reads, writes }: Loaded): void {
    for (const [channel, value] of reads) if (!Object.is(vm.peekState(channel), value)) this.#foundOthers = true;
    for (const [channel, value] of writes) {
      vm.writeState(channel, value);
      for (const outer of this.#loading) outer.states.set(channel, value);
    }
  }

  /**
   * A run begins that is the first to import these files, though some are loaded. Gives what tells, when it has ended, whether one of
   * these would have found other states than it did.
   */
  begin(first: ReadonlySet<string> = NO_FILES): () => boolean {
    this.#toTell = new Set(first);
    this.#foundOthers = false;
    return () => {
      this.#toTell.clear();
      return this.#foundOthers;
    };
  }

  /** Files of modules whose source is another one now, or gone. */
  #changedFiles(): Set<string> {
    const changed = new Set<string>();
    for (const [name, { source }] of this.#loaded) {
      if (source === undefined) continue;
      const dot = name.lastIndexOf('.');
      const within = dot < 0 ? undefined : this.#loaded.get(name.slice(0, dot))?.folders;
      const now = this.#source?.find(name, within);
      if (now === undefined || now.file !== source.file || now.source !== source.source) changed.add(source.file);
    }
    return changed;
  }

  /** Forgets the modules that depend on these files; undefined, and none is forgotten, where one of them must not be. */
  #forget(changed: ReadonlySet<string>, may: (one: Loaded) => boolean = () => true): ReadonlySet<string> | undefined {
    if (changed.size === 0) return changed;
    this.#ended.clear();
    const stale = [...this.#loaded.keys()].filter(name => [...this.files(name)].some(file => changed.has(file)));
    if (!stale.every(name => may(this.#loaded.get(name)!))) return undefined;
    const serials = stale.map(name => this.#loaded.get(name)!.serial);
    for (const [name, { changed: others }] of this.#loaded)
      if (others.size > 0 && !stale.includes(name) && serials.some(serial => others.has(serial))) return undefined;
    const files = new Set(changed);
    for (const name of stale) {
      const { source, module } = this.#loaded.get(name)!;
      if (source !== undefined) files.add(source.file);
      this.#loaded.delete(name);
      this.#modules.delete(name);
      const dot = name.lastIndexOf('.');
      const attributes = dot < 0 ? undefined : this.#modules.get(name.slice(0, dot))?.attrs;
      if (attributes?.get(name.slice(dot + 1)) === module) attributes.delete(name.slice(dot + 1));
    }
    this.#left.clear();
    for (const name of this.#loaded.keys()) {
      const dot = name.lastIndexOf('.');
      if (dot >= 0 && !this.#modules.has(name.slice(0, dot))) this.#left.add(name);
    }
    return files;
  }

  /** True where loading a file left nothing with the run that imported it, so that this can run again without that. */
  isQuiet(file: string): boolean {
    for (const { source, quiet } of this.#loaded.values()) if (source?.file === file) return quiet;
    return false;
  }

  /** The data files that code may read. */
  get data(): DataFiles | undefined {
    return this.#source?.data;
  }

  /** Looks at a data file for the module that loads, else for the run. */
  findFile(aspect: DataAspect, path: string): DataFound {
    const found = this.#source!.data!.find(aspect, path);
    const { looks } = this.#loading[this.#loading.length - 1] ?? vm.record;
    looks.set(lookKey(aspect, path), found.trace);
    return found;
  }

  /**
   * Forgets modules whose source changed (or is gone), those that saw data files otherwise than these are now, and all that
   * imported them. Returns the files concerned: cells that used one of them must run again. Undefined, and none is forgotten, where a
   * part of the modules cannot be loaded anew without the rest.
   */
  refresh(): ReadonlySet<string> | undefined {
    const data = this.#source?.data;
    const changed = this.#changedFiles();
    for (const { source, looks } of this.#loaded.values())
      if (source !== undefined && looks.size > 0 && !looksHold(looks, data)) changed.add(source.file);
    return this.#forget(changed, one => !one.reaches);
  }

  /** Folders of a package of the workspace, also while it loads; undefined for any other module. */
  #foldersOf(module: PyModule): readonly string[] | undefined {
    const loading = this.#loading.find(one => one.module === module);
    return (loading ?? this.#loaded.get(module.name))?.folders;
  }

  /** Records an import: for the module that is loading, else for the run. */
  #note(name: string, passing = false): void {
    const importer = this.#loading[this.#loading.length - 1];
    // Packages that a module is part of have loaded, or begun to, before it does: it depends on what it takes of them.
    if (importer !== undefined) {
      if (!passing || !importer.name.startsWith(`${name}.`)) importer.imports.add(name);
      return;
    }
    const { files, taken } = vm.record;
    const own = this.#loaded.get(name)?.source?.file;
    if (own !== undefined && (passing ? files : taken).has(own)) return;
    for (const file of this.files(name)) {
      files.add(file);
      if (!passing) taken.add(file);
    }
  }

  /** Whoever tried to import a module that failed depends on its text as well. */
  #noteFailed(name: string, loaded: Loaded): void {
    this.#loaded.set(name, loaded);
    this.#note(name);
  }

  /** A module of the library; where it has none, a folder of the workspace that holds modules. */
  #withoutSource(
    name: string,
    parent: PyModule | undefined,
    mayBeOurs: boolean,
    within: readonly string[] | undefined,
  ): PyModule {
    const portions = (withSources: boolean) =>
      this.#source?.portions?.(name, within, within === undefined ? searchedFolders() : undefined, withSources) ?? [];
    if (name === LIBRARY) {
      // Python finds no installed package of that name: modules in such a folder are the book's own.
      const own = portions(true);
      if (own.length > 0) return this.#namespacePackage(name, own);
    }
    // Nothing of the library is part of a package of the workspace.
    const module = within === undefined ? builtinModule(name) : undefined;
    if (module !== undefined) {
      this.#modules.set(name, module);
      return module;
    }
    const advice = within === undefined ? refusedModule(name) : undefined;
    if (advice !== undefined) {
      // Packages import more than their chapters use.
      if (this.#loading.length > 0 && isStandardModule(name)) return this.#deferred(name, advice);
      throw unavailable(name, advice);
    }
    const folders = mayBeOurs ? portions(false) : [];
    if (folders.length > 0) return this.#namespacePackage(name, folders);
    // It may well be installed: only of its own library and of the book's packages does Reckoner know all the modules.
    const own = within !== undefined || name.startsWith(`${LIBRARY}.`);
    const onRecord = parent !== undefined && !own && mayHavePart(parent, name.slice(parent.name.length + 1), false);
    const near = onRecord ? [] : this.#nearMisses(name, within);
    if (parent === undefined && near.length === 0) throw unavailable(name);
    if (parent !== undefined && !own && parent.file === undefined && !isStandardModule(name) && near.length === 0)
      if (mayHavePart(parent, name.slice(parent.name.length + 1))) throw unavailable(name);
    if (near.length === 0 && parent !== undefined && this.#addsModules(parent)) throw unavailable(name);
    const isPackage = parent === undefined || parent.attrs.has('__path__') || mayHavePart(parent, '__path__');
    const error = moduleNotFound(name, isPackage || parent.name === LIBRARY ? undefined : parent.name);
    if (near.length > 0) suggested.set(error.exception, near);
    throw error;
  }

  /** True for a module of the workspace whose code adds to what can be imported, as `six` does. */
  #addsModules(module: PyModule): boolean {
    const text = this.#loaded.get(module.name)?.source?.source ?? '';
    return /\bsys\s*\.\s*(?:meta_path|path_hooks|modules\s*(?:\[|\.\s*(?:update|setdefault)\b))/.test(text);
  }

  /** Modules at hand, and of the book, that a name which is not found was perhaps meant to be. */
  #nearMisses(name: string, within: readonly string[] | undefined): readonly string[] {
    const prefix = name.slice(0, name.lastIndexOf('.') + 1);
    const folders = prefix === '' || within !== undefined;
    const own = folders
      ? (this.#source?.names?.(within, within === undefined ? searchedFolders() : undefined) ?? [])
      : [];
    const known = within === undefined ? builtinModules() : [];
    return nearMisses(name, [...known, ...own.map(one => prefix + one)], within !== undefined);
  }

  /** Known to the module that loads alone: a cell that imports it as well is refused. */
  #deferred(name: string, advice: string): PyModule {
    const { owner } = creation;
    creation.owner = 0;
    const module = deferredModule(name, advice);
    creation.owner = owner;
    return module;
  }

  #namespacePackage(name: string, folders: readonly string[]): PyModule {
    const serial = nextSerial();
    this.serials.add(serial);
    const { owner } = creation;
    creation.owner = serial;
    const attributes = new Map<string, Value>([
      ['__name__', name],
      ['__doc__', null],
      ['__package__', name],
      ['__path__', new PyList([...folders])],
      ['__file__', null],
    ]);
    const module = new PyModule(name, attributes);
    creation.owner = owner;
    this.#modules.set(name, module);
    this.#loaded.set(name, {
      module,
      source: undefined,
      folders,
      ...NOTHING_LEFT,
      imports: new Set(),
      serial,
      reaches: false,
      quiet: true,
    });
    return module;
  }

  #interpret(name: string, source: SourceFile): PyModule {
    if (source.refused !== undefined) throw new Unsupported(`the module ${name}`, source.refused);
    const program = this.#parsed(name, source);
    const folders = foldersOf(source);
    const serial = nextSerial();
    const refusals = vm.record.unknowns.length;
    const run = new ModuleRun(program.file, serial);
    this.serials.add(serial);
    const module = new PyModule(name, this.#attributesOf(name, source), source.file);
    const importer = this.#loading.at(-1);
    const loading: Loading = {
      name,
      module,
      folders,
      imports: new Set(),
      looks: new Map(),
      states: run.states,
      changedWithin: new Set(),
    };
    const { imports, looks } = loading;
    const whole = (reaches: boolean, quiet: boolean): Loaded => ({
      module,
      source,
      folders,
      imports,
      looks,
      serial,
      reaches,
      quiet,
      ...run.left,
    });
    this.#modules.set(name, module);
    this.#loading.push(loading);
    try {
      const statements = () => {
        compiledModule(program).run(new ModuleGlobals(module));
      };
      if (importer === undefined) withForesight(true, statements);
      else statements();
      this.#loaded.set(name, whole(run.reaches, run.isQuiet));
      return module;
    } catch (error) {
      this.#modules.delete(name);
      this.#loading.pop();
      this.#noteFailed(name, whole(true, false));
      if (importer !== undefined) throw error;
      throw error instanceof BudgetExceeded ? this.#tell(name, error, refusals) : notInSources(name, error);
    } finally {
      if (this.#loading.at(-1) === loading) this.#loading.pop();
      const changed = [...run.changed, ...loading.changedWithin];
      const written = run.written;
      // What a module changes is its own doing, and none of the one that imports it.
      for (const one of changed) importer?.changedWithin.add(one);
      // Nobody has seen objects of modules that were loaded along with it without the change.
      run.end(importer === undefined ? changed.filter(one => one < serial) : []);
      for (const [channel, value] of written) {
        this.state.set(channel, value);
        for (const outer of this.#loading) outer.states.set(channel, value);
      }
    }
  }

  /** The program of a module; throws the `SyntaxError` of one that cannot be parsed. */
  #parsed(name: string, source: SourceFile): Program {
    const program = programOf(source);
    this.#programs.set(source.file, program);
    const [issue] = program.issues;
    if (issue === undefined) return program;
    this.#noteFailed(name, {
      module: new PyModule(name),
      source,
      folders: foldersOf(source),
      ...NOTHING_LEFT,
      imports: new Set(),
      serial: 0,
      reaches: false,
      quiet: false,
    });
    throw locateIn(syntaxError(issue, source.file, program), program.file, issue.span);
  }

  /** What Python puts into a module before its code runs. */
  #attributesOf(name: string, source: SourceFile): Map<string, Value> {
    const parent = name.slice(0, Math.max(0, name.lastIndexOf('.')));
    const folders = foldersOf(source);
    return new Map<string, Value>([
      ['__name__', name],
      ['__package__', source.isPackage ? name : parent],
      ['__file__', this.#source?.data?.nameOf(source.file) ?? source.file],
      ['__doc__', null],
      ...(folders === undefined ? [] : ([['__path__', new PyList([...folders])]] as const)),
    ]);
  }

  /** What is told of a package that was ended while it loaded: that alone, and not what it met before. */
  #tell(name: string, error: BudgetExceeded, refusals: number): Error {
    const [first] = vm.record.unknowns.splice(refusals);
    if (!(error instanceof ForesightExceeded)) {
      error.message += ` while it imported ${name}`;
      return error;
    }
    const top = name.split('.', 1)[0]!;
    const subject = first && placedSubject(first.cause);
    this.#ended.set(top, subject);
    return tooMuch(top, subject);
  }
}
