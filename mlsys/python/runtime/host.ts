/** What the machine asks of the session whose code runs. */
import type { Unsupported } from './errors';
import type { DataHost } from './files';
import type { LongTexts } from './liveness';
import type { PyModule, Value } from './objects';

/** State of earlier cells, imports, data files, and when to end. */
export interface Host {
  /** The state that earlier cells left in a channel, or undefined. */
  state(channel: string): unknown;
  importModule(name: string): PyModule;
  /** A module of the workspace that has been imported. */
  loadedModule(name: string): PyModule | undefined;
  /** True while the own code of a module, given by itself or by its name, still runs. */
  isLoading(module: PyModule | string): boolean;
  /** What a module that loads may bind in place of a name that the library refuses, if anything. */
  standIn(refused: Unsupported): Value | undefined;
  /** The data files that cells may read; undefined where there are none. */
  readonly data?: DataHost | undefined;
  /** True when the run should end: somebody edited the cell again. */
  cancelled(): boolean;
  /**
   * Bytes that the run holds by its names, modules and record and by what is given; the count may end above the limit.
   * `texts` are the long texts that it made.
   */
  held(roots: readonly unknown[], texts: LongTexts, limit: number): number;
}
