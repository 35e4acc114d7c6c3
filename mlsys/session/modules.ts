/** Imports of one session: workspace packages interpreted from their sources, then the library, each module once. */
import { builtinModule, refusedModule } from '../modules/registry';
import { compileModule } from '../python/compiler';
import { raise, Unsupported } from '../python/runtime/errors';
import { locateIn } from '../python/runtime/frame';
import { MapGlobals } from '../python/runtime/globals';
import { moduleNotFound } from '../python/runtime/imports';
import { creation, PyList, PyModule, type Value } from '../python/runtime/objects';
import { type Binding, provenance, Recorder } from '../python/runtime/provenance';
import { vm } from '../python/runtime/vm';
import { type Program, parseProgram } from '../python/syntax/program';
import { nextSerial } from './serial';

/** One module's source in the workspace. */
export interface SourceFile {
  readonly file: string;
  readonly source: string;
  readonly isPackage: boolean;
}

/** Finds the source of a module in the workspace; what it finds wins over the library's modules. */
export interface ModuleSource {
  find(dottedName: string): SourceFile | undefined;
}

interface Loaded {
  readonly module: PyModule;
  readonly source: SourceFile;
  /** Workspace modules that it imported, by name. */
  readonly imports: Set<string>;
  readonly bindings: readonly Binding[];
}

/** Parsed sources by file and text, shared by all sessions. */
const programs = new Map<string, Program>();

function programOf(source: SourceFile): Program {
  const known = programs.get(source.file);
  if (known !== undefined && known.source === source.source) return known;
  const program = parseProgram(source.source, source.file, known);
  programs.set(source.file, program);
  return program;
}

export class SessionModules {
  readonly #source: ModuleSource | undefined;
  readonly #modules = new Map<string, PyModule>();
  readonly #loaded = new Map<string, Loaded>();
  readonly #loading: { name: string; module: PyModule; imports: Set<string> }[] = [];
  /** What modules left in state channels while they loaded; all positions see it. */
  readonly state = new Map<string, unknown>();
  /** Serials of the objects that modules made. */
  readonly serials = new Set<number>();

  constructor(source: ModuleSource | undefined) {
    this.#source = source;
  }

  /** The module of an absolute dotted name, its parents imported first. */
  import(name: string): PyModule {
    const known = this.#modules.get(name);
    if (known !== undefined) {
      this.#note(name);
      return known;
    }
    const dot = name.lastIndexOf('.');
    const parent = dot < 0 ? undefined : this.import(name.slice(0, dot));
    // A package's own code may have imported the submodule meanwhile.
    const meanwhile = this.#modules.get(name);
    if (meanwhile !== undefined) return meanwhile;
    const inWorkspace = parent === undefined || this.#loaded.has(parent.name) || this.#isLoading(parent);
    const source = inWorkspace ? this.#source?.find(name) : undefined;
    const module = source === undefined ? this.#builtin(name, parent) : this.#interpret(name, source);
    if (parent !== undefined && source !== undefined) parent.attrs.set(name.slice(dot + 1), module);
    this.#note(name);
    return module;
  }

  isLoading(module: PyModule): boolean {
    return this.#isLoading(module);
  }

  /** Where a module's name was bound, for hovers; workspace modules only. */
  bindings(module: string): readonly Binding[] {
    return this.#loaded.get(module)?.bindings ?? [];
  }

  /** The workspace module of a name, if it was imported. */
  module(name: string): PyModule | undefined {
    return this.#modules.get(name);
  }

  /** The source of a workspace module that was imported, by its dotted name. */
  sourceOf(name: string): SourceFile | undefined {
    return this.#loaded.get(name)?.source;
  }

  /** The same, by its file; also of one whose import failed. */
  textOf(file: string): string | undefined {
    return programs.get(file)?.source;
  }

  /** Files of a workspace module and of all that it imports. */
  files(name: string, found = new Set<string>()): Set<string> {
    const loaded = this.#loaded.get(name);
    if (loaded === undefined || found.has(loaded.source.file)) return found;
    found.add(loaded.source.file);
    for (const imported of loaded.imports) this.files(imported, found);
    return found;
  }

  /**
   * Forgets modules whose source changed (or is gone), and all that imported them. Returns the files concerned: cells
   * that used one of them must run again.
   */
  refresh(): ReadonlySet<string> {
    const changed = new Set<string>();
    for (const [name, { source }] of this.#loaded) {
      const now = this.#source?.find(name);
      if (now === undefined || now.file !== source.file || now.source !== source.source) changed.add(source.file);
    }
    if (changed.size === 0) return changed;
    const stale = [...this.#loaded.keys()].filter(name => [...this.files(name)].some(file => changed.has(file)));
    const files = new Set(changed);
    for (const name of stale) {
      files.add(this.#loaded.get(name)!.source.file);
      this.#loaded.delete(name);
      this.#modules.delete(name);
    }
    return files;
  }

  #isLoading(module: PyModule): boolean {
    return this.#loading.some(one => one.module === module);
  }

  /** Records an import: for the module that is loading, else for the run. */
  #note(name: string): void {
    const importer = this.#loading[this.#loading.length - 1];
    if (importer !== undefined) importer.imports.add(name);
    else for (const file of this.files(name)) vm.record.files.add(file);
  }

  #builtin(name: string, parent: PyModule | undefined): PyModule {
    const module = builtinModule(name);
    if (module !== undefined) {
      this.#modules.set(name, module);
      return module;
    }
    const advice = refusedModule(name);
    if (advice !== undefined) throw new Unsupported(`the module ${name}`, advice);
    if (parent === undefined) throw moduleNotFound(name);
    throw moduleNotFound(name, parent.attrs.has('__path__') ? undefined : parent.name);
  }

  #interpret(name: string, source: SourceFile): PyModule {
    const program = programOf(source);
    const [issue] = program.issues;
    if (issue !== undefined) {
      const error = raise('SyntaxError', issue.message);
      throw locateIn(error, program.file, issue.span);
    }
    const parent = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
    const attributes = new Map<string, Value>([
      ['__name__', name],
      ['__package__', source.isPackage ? name : parent],
      ['__file__', source.file],
      ['__doc__', null],
    ]);
    const serial = nextSerial();
    const owner = creation.owner;
    const recorder = provenance.recorder;
    const before = new Map(vm.record.stateWrites);
    const { file, frame } = vm;
    vm.file = program.file;
    creation.owner = serial;
    this.serials.add(serial);
    if (source.isPackage) attributes.set('__path__', new PyList([source.file.replace(/[/\\][^/\\]*$/, '')]));
    const module = new PyModule(name, attributes, source.file);
    const loading = { name, module, imports: new Set<string>() };
    provenance.recorder = new Recorder();
    this.#modules.set(name, module);
    this.#loading.push(loading);
    try {
      compileModule(program).run(new MapGlobals(attributes));
      const { bindings } = provenance.recorder;
      this.#loaded.set(name, { module, source, imports: loading.imports, bindings });
      return module;
    } catch (error) {
      this.#modules.delete(name);
      throw error;
    } finally {
      this.#loading.pop();
      creation.owner = owner;
      provenance.recorder = recorder;
      vm.file = file;
      vm.frame = frame;
      for (const [channel, value] of vm.record.stateWrites)
        if (before.get(channel) !== value) this.state.set(channel, value);
    }
  }
}
