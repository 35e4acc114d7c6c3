/** What is known of one file of a package: its text, what its names mean, and what importing it gave. */
import { type Fault, type ModuleSource, type Program, parseProgram, Session } from '../../mlsys';
import type { PyModule } from '../../mlsys/python/runtime/objects';
import { moduleOf, PackageIndex, type PackageModule } from './packageIndex';

export interface PackageView {
  /** The text as it stands, whether it parses or not. */
  readonly module: PackageModule;
  readonly index: PackageIndex;
  /** The module as it was imported; undefined where that failed. */
  readonly imported: PyModule | undefined;
  /** Why the import failed. */
  readonly fault: Fault | undefined;
}

/** An import runs in the thread that answers the editor. */
const MILLISECONDS = 300;

/** Imports a module by its dotted name, from sources that hold its present text if that parses. */
export function viewPackage(name: string, program: Program, source: ModuleSource): PackageView {
  const session = new Session({ modules: source, budgets: { milliseconds: MILLISECONDS } });
  const module = moduleOf(name, program);
  const { fault } = session.run(parseProgram(`import ${name}`, 'cell:import'), 0);
  return {
    module,
    index: new PackageIndex({
      programOf: one => (one === name ? program : session.modules.programOf(one)),
      sources: () => session.modules.sources(),
    }),
    imported: session.modules.module(name),
    fault,
  };
}
