/** What a session says of a cell that it ran, or of an expression that it evaluated. */
import type { Budgets } from '../python/runtime/budgets';
import type { CheckResult, UndecidedCheck } from '../python/runtime/checks';
import type { Value } from '../python/runtime/objects';
import type { Binding } from '../python/runtime/provenance';
import type { UnknownCause } from '../python/runtime/unknown';
import type { Figure, Notice, Output } from '../python/runtime/vm';
import type { Display } from './describe';
import type { Fault, RunStatus } from './faults';

/** What a run took of its budgets; of memory, the most that it may have held at once. */
export type Use = Pick<Budgets, 'steps' | 'milliseconds' | 'bytes' | 'output'>;

/** What running one cell did. */
export interface RunResult {
  readonly status: RunStatus;
  readonly fault: Fault | undefined;
  /** The first thing that it could not do where it went on past that to its end, for whoever takes that for a fault. */
  readonly refusal?: Fault | undefined;
  /** Names that it bound; undefined where it deleted one. */
  readonly writes: ReadonlyMap<string, Value | undefined>;
  /** Names that it took from earlier positions; undefined where there was none. */
  readonly reads: ReadonlyMap<string, Value | undefined>;
  readonly bindings: readonly Binding[];
  /** Positions whose objects it changed; -1 for objects of a workspace module, and others that no position answers for. */
  readonly mutated: readonly number[];
  readonly stateReads: ReadonlyMap<string, unknown>;
  readonly stateWrites: ReadonlyMap<string, unknown>;
  readonly checks: readonly CheckResult[];
  readonly output: readonly Output[];
  readonly figures: readonly Figure[];
  /** What Python lets pass and an author should know: mixes of units. */
  readonly notices: readonly Notice[];
  /** What it could not do, and what that made unknown started from; each once. */
  readonly unknowns: readonly UnknownCause[];
  /** For each of them, where in the text of the cell it was met: for a place in a module, the import that led there. */
  readonly unknownsAt: readonly UnknownCause['span'][];
  /** Checks of which nobody knows whether they hold. */
  readonly undecided: readonly UndecidedCheck[];
  /**
   * Names in doubt where the cell failed: those that it bound or was to bind, and whose objects it may have changed. Where it did not
   * fail, those whose objects it changed: they are in doubt where something that it read is.
   */
  readonly doubtful: readonly string[];
  /** Files of workspace modules that it used. */
  readonly imports: readonly string[];
  /** Those of them that it imported on the way to a part of a package alone: what they hold does not concern it. */
  readonly passes: ReadonlySet<string>;
  /** True where a module that it is the first to import would have found other states than when it was loaded. */
  readonly needsReload: boolean;
  /** What it saw of data files: see `looksHold`. */
  readonly looks: ReadonlyMap<string, string>;
  readonly used: Use;
  /** Bytes that what it bound and left behind still holds, about. */
  readonly held: number;
}

/** A value, or why there is none, with what it depends on. */
export interface EvaluationResult {
  readonly status: RunStatus;
  readonly value: Value | undefined;
  /** How the value reads at that position; undefined where there is none, or where its `__repr__` failed. */
  readonly display: Display | undefined;
  /** The text of `display`. */
  readonly text: string | undefined;
  readonly fault: Fault | undefined;
  /** Why the value, or something that it shows, is unknown. */
  readonly cause?: UnknownCause;
  readonly reads: ReadonlyMap<string, Value | undefined>;
  readonly stateReads: ReadonlyMap<string, unknown>;
  /** What it saw of data files, and files of modules that it used. */
  readonly looks?: ReadonlyMap<string, string>;
  readonly imports?: readonly string[];
  /** True where it changes something, or may do so, so that it is to be run in its place: what it was to change is as it was. */
  readonly changes?: boolean;
  /** Names in doubt after a Python exception: Quarto stops there, and mended it may change their objects. */
  readonly doubtful?: readonly string[];
  readonly used: Use;
}

/** An inline reference that was run in its place: what it did, and what its sentence shows. */
export interface ReferenceRun {
  readonly run: RunResult;
  readonly evaluation: EvaluationResult;
}

export const NONE_USED: Use = { steps: 0, milliseconds: 0, bytes: 0, output: 0 };

/** Of a cell that did not run. */
export const NOTHING_RUN: Omit<RunResult, 'status' | 'fault'> = {
  writes: new Map(),
  reads: new Map(),
  bindings: [],
  mutated: [],
  stateReads: new Map(),
  stateWrites: new Map(),
  checks: [],
  output: [],
  figures: [],
  notices: [],
  unknowns: [],
  unknownsAt: [],
  undecided: [],
  doubtful: [],
  imports: [],
  passes: new Set(),
  needsReload: false,
  looks: new Map(),
  used: NONE_USED,
  held: 0,
};
