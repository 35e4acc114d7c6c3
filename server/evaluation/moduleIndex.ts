/** The modules of a workspace as texts: those that cells imported, where they found them, and others where an import would. */
import { type ModuleSource, type Program, parseProgram } from '../../mlsys';
import type { ModuleLookup } from './packageIndex';
import type { ModuleRecord } from './results';

/** Parsed sources by file and text, shared by all chapters. */
const programs = new Map<string, Program>();

function programOf(source: string, file: string): Program {
  const known = programs.get(file);
  if (known !== undefined && known.source === source) return known;
  const program = parseProgram(source, file, known);
  programs.set(file, program);
  return program;
}

interface Located {
  /** Undefined for a namespace package. */
  readonly program: Program | undefined;
  /** Where the modules of a package are; undefined for a module that is none. */
  readonly folders: readonly string[] | undefined;
}

/** No path of a file is longer, so no module has a longer name: a name may have any number of parts, each searched in the one before. */
const LONGEST_NAME = 4096;

export class ModuleIndex implements ModuleLookup {
  readonly #source: ModuleSource | undefined;
  readonly #imported: ReadonlyMap<string, ModuleRecord>;
  readonly #located = new Map<string, Located | undefined>();
  #byFile: ReadonlyMap<string, string> | undefined;

  constructor(source: ModuleSource | undefined, imported: readonly ModuleRecord[]) {
    this.#source = source;
    this.#imported = new Map(imported.map(one => [one.name, one]));
  }

  sources(): ReadonlyMap<string, ModuleRecord> {
    return this.#imported;
  }

  programOf(name: string): Program | undefined {
    return this.#locate(name)?.program;
  }

  /** The text of a file of an imported module. */
  textOf(file: string): string | undefined {
    this.#byFile ??= new Map([...this.#imported.values()].map(one => [one.file, one.name]));
    const name = this.#byFile.get(file);
    return name === undefined ? undefined : this.programOf(name)?.source;
  }

  #locate(name: string): Located | undefined {
    if (!this.#located.has(name)) this.#located.set(name, this.#search(name));
    return this.#located.get(name);
  }

  #search(name: string): Located | undefined {
    if (name.length > LONGEST_NAME) return undefined;
    const imported = this.#imported.get(name);
    const dot = name.lastIndexOf('.');
    const parent = imported !== undefined || dot < 0 ? undefined : this.#locate(name.slice(0, dot));
    if (imported === undefined && dot >= 0 && parent?.folders === undefined) return undefined;
    const within = imported === undefined ? parent?.folders : [folderAround(imported)];
    const found = this.#source?.find(name, within);
    if (found !== undefined) {
      const folders = found.isPackage ? [folderOf(found.file)] : undefined;
      return { program: found.refused === undefined ? programOf(found.source, found.file) : undefined, folders };
    }
    const portions = this.#source?.portions?.(name, within) ?? [];
    return portions.length === 0 ? undefined : { program: undefined, folders: portions };
  }
}

function folderOf(file: string): string {
  return file.replace(/[/\\][^/\\]*$/, '');
}

/** The folder in which an import found a module. */
function folderAround({ file, isPackage }: ModuleRecord): string {
  return isPackage ? folderOf(folderOf(file)) : folderOf(file);
}
