/** Sources of modules in the workspace, and their programs, which all sessions share. */
import { type CompiledModule, compileModule } from '../python/compiler';
import type { DataFiles } from '../python/runtime/files';
import { type Program, parseProgram } from '../python/syntax/program';

/** One module's source in the workspace. */
export interface SourceFile {
  readonly file: string;
  readonly source: string;
  readonly isPackage: boolean;
  /** Why the text is not to be had, though Python would find it: then nothing else may take its place. */
  readonly refused?: string;
}

/**
 * Finds the source of a module in the workspace; what it finds wins over the library's modules. `within` are the folders
 * of the package that the module is part of. A module of the top level is looked for in the folders of `path`, which is
 * `sys.path` where a program has changed it, and in the source's own.
 */
export interface ModuleSource {
  find(dottedName: string, within?: readonly string[], path?: readonly string[]): SourceFile | undefined;
  /**
   * Folders of that name without an `__init__.py`: they make up a namespace package. With `withSources` only those that
   * hold modules themselves.
   */
  portions?(
    dottedName: string,
    within?: readonly string[],
    path?: readonly string[],
    withSources?: boolean,
  ): readonly string[];
  /** Names that modules of the top level may have, or parts of the package in these folders; for suggestions. */
  names?(within?: readonly string[], path?: readonly string[]): readonly string[];
  /** The data files that modules and cells may read. */
  readonly data?: DataFiles | undefined;
}

/** Parsed sources by file and text, shared by all sessions. */
export const programs = new Map<string, Program>();

/** The program of a source, parsed once. */
export function programOf(source: SourceFile): Program {
  const known = programs.get(source.file);
  if (known !== undefined && known.source === source.source) return known;
  const program = parseProgram(source.source, source.file, known);
  programs.set(source.file, program);
  return program;
}

const compiledModules = new WeakMap<Program, CompiledModule>();

/** The code of a module, which each session runs anew. */
export function compiledModule(program: Program): CompiledModule {
  let known = compiledModules.get(program);
  if (known === undefined) {
    known = compileModule(program, { lasting: true });
    compiledModules.set(program, known);
  }
  return known;
}

/** Where the parts of a package are. */
export function foldersOf({ file, isPackage }: SourceFile): readonly string[] | undefined {
  return isPackage ? [file.replace(/[/\\][^/\\]*$/, '')] : undefined;
}
