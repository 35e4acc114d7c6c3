/** What is kept of a module of the workspace that was loaded. */
import { decidesImports } from '../modules/live';
import type { Looks } from '../python/runtime/files';
import type { PyModule } from '../python/runtime/objects';
import type { Binding } from '../python/runtime/provenance';
import { type RunRecord, vm } from '../python/runtime/vm';
import type { SourceFile } from './moduleSources';

/** A module that was loaded, or that failed to. */
export interface Loaded {
  readonly module: PyModule;
  /** Undefined for a namespace package. */
  readonly source: SourceFile | undefined;
  /** Where the modules of a package are; undefined for a module that is none. */
  readonly folders: readonly string[] | undefined;
  /** Workspace modules that it imported, by name. */
  readonly imports: Set<string>;
  readonly bindings: readonly Binding[];
  /** What its code saw of data files while it loaded. */
  readonly looks: ReadonlyMap<string, string>;
  /** Owner of what it made; of what its own code changed beside that. */
  readonly serial: number;
  readonly changed: ReadonlySet<number>;
  /** True where its own code changed more than what it made itself: then it cannot be loaded again alone. */
  readonly reaches: boolean;
  /** States that its code, and what it loaded, found and has not set itself; those that its own code left. */
  readonly reads: ReadonlyMap<string, unknown>;
  readonly writes: ReadonlyMap<string, unknown>;
  /** True where loading it left no more than states with the run: nothing printed, warned of, checked or unknown. */
  readonly quiet: boolean;
}

/** A module whose code runs. */
export interface Loading {
  readonly name: string;
  readonly module: PyModule;
  readonly folders: readonly string[] | undefined;
  readonly imports: Set<string>;
  readonly looks: Looks;
  /** States as they were before its own code wrote to them. */
  readonly states: Map<string, unknown>;
  /** Whose objects the modules changed that it loaded. */
  readonly changedWithin: Set<number>;
}

const NO_STATES: ReadonlyMap<string, unknown> = new Map();

/** Of a module without code that ran to its end. */
export const NOTHING_LEFT = {
  imports: new Set<string>(),
  bindings: [],
  looks: new Map<string, string>(),
  changed: new Set<number>(),
  reads: NO_STATES,
  writes: NO_STATES,
};

/** How much a run has left by now, beside names, objects and states. */
export function tracesOf({ checks, figures, notices, unknowns, undecided }: RunRecord): number {
  return vm.used.output + [checks, figures, notices, unknowns, undecided].reduce((sum, list) => sum + list.length, 0);
}

/** States of the library; of those that an import itself needs, whoever imports takes care. */
export function ownStates(states: Iterable<readonly [string, unknown]>): ReadonlyMap<string, unknown> {
  const own = [...states].filter(([channel]) => !decidesImports(channel));
  return own.length === 0 ? NO_STATES : new Map(own);
}
