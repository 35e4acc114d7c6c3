/** What is known of one file of a package: its text, what its names mean, and what importing it gave. */
import { type Fault, type ModuleSource, type Program, parseProgram, Session } from '../../mlsys';
import { moduleValues } from './describe';
import { ModuleIndex } from './moduleIndex';
import { moduleOf, PackageIndex, type PackageModule } from './packageIndex';
import { plainFault } from './reporter';
import type { ModuleRecord, ValueInfo } from './results';

/** What importing a module gave, as plain data. */
export interface ImportRecord {
  /** The module's names, and those of its classes as `Class.name`; undefined where the import failed. */
  readonly values: ReadonlyMap<string, ValueInfo> | undefined;
  /** Why the import failed. */
  readonly fault: Fault | undefined;
  /** Modules of the workspace that were imported on the way. */
  readonly modules: readonly ModuleRecord[];
}

export interface PackageView {
  /** The text as it stands, whether it parses or not. */
  readonly module: PackageModule;
  readonly index: PackageIndex;
  readonly values: ImportRecord['values'];
  readonly fault: Fault | undefined;
}

/** An import for the author of a package may take so many milliseconds. */
export const IMPORT_MILLISECONDS = 1000;

/** Imports a module by its dotted name. Its code runs. */
export function importModule(name: string, source: ModuleSource): ImportRecord {
  const session = new Session({ modules: source, budgets: { milliseconds: IMPORT_MILLISECONDS } });
  const { refusal, fault = refusal } = session.run(parseProgram(`import ${name}`, 'cell:import'), 0);
  const modules: ModuleRecord[] = [];
  for (const [one, { file, isPackage }] of session.modules.sources()) modules.push({ name: one, file, isPackage });
  const imported = session.modules.module(name);
  return { values: imported && moduleValues(imported), fault: fault && plainFault(fault), modules };
}

/** The view of a module whose present text is `program`, from what the import of its sources gave. */
export function packageViewOf(
  name: string,
  program: Program,
  source: ModuleSource,
  { values, fault, modules }: ImportRecord,
): PackageView {
  const others = new ModuleIndex(source, modules);
  const index = new PackageIndex({
    programOf: one => (one === name ? program : others.programOf(one)),
    sources: () => others.sources(),
  });
  return { module: moduleOf(name, program), index, values, fault };
}
