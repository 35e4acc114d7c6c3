/**
 * What the evaluator keeps of a cell. The state outlives the versions of the chapter for as long as the cell can be recognised
 * as the same one; it holds the program, what the last run gave, and whose objects that run changed.
 */
import {
  type EvaluationResult,
  expressionProgram,
  type Program,
  parseCell,
  parseExpression,
  type RunResult,
  sameCode,
  symbolIndex,
  type Usage,
  type Value,
  valueKind,
} from '../../mlsys';
import type { EvaluatedCell } from './input';
import { mayDefer, mayObserveNamespace, mentions } from './prefilter';
import type { Exhausted } from './remainingBudget';

let files = 0;

/** A file name for a cell's program that no other program has: places in tracebacks are found again by it. */
export function freshFile(): string {
  files++;
  return `cell:${files}`;
}

/** True for such a name; others are those of workspace modules and of references. */
export function isCellFile(file: string): boolean {
  return file.startsWith('cell:');
}

const NOTHING_READ: ReadonlyMap<string, Value | undefined> = new Map();

export const NO_FILES: readonly string[] = [];

/** Files of cells, but for `own`, through which tracebacks pass. */
export function passedCells(
  traced: readonly ({ readonly trace?: readonly { readonly file: string }[] } | undefined)[],
  own?: string,
): readonly string[] {
  let files: Set<string> | undefined;
  for (const one of traced)
    for (const { file } of one?.trace ?? []) {
      if (file === own || !isCellFile(file)) continue;
      files ??= new Set();
      files.add(file);
    }
  return files === undefined ? NO_FILES : [...files];
}

/** `previous` is the one before of the same cell. */
function programOf({ source, isReference }: EvaluatedCell, previous?: Program): Program {
  if (isReference !== true) return parseCell(source, freshFile(), previous);
  // No other reference is ever run.
  return expressionProgram(source, parseExpression(source).expression!, freshFile());
}

export class CellState {
  /** Place in the order of cells: a number between those of its neighbours. */
  key: number;
  content: object;
  source: string;
  /** False with `#| eval: false`. */
  enabled: boolean;
  /** True for a reference that changes something, which is run in its place. */
  isReference: boolean;
  /** The present text. */
  program: Program;
  /** The present text or, while that has syntax errors, the last one without; undefined if there was none. */
  good: Program | undefined;
  /** What `result` was made from: `good`, or an earlier text of the same code. */
  ran: Program | undefined = undefined;
  result: RunResult | undefined = undefined;
  /** What the run read, with values that later runs of other cells replaced by equal ones. */
  reads: ReadonlyMap<string, Value | undefined> = NOTHING_READ;
  stateReads: ReadonlyMap<string, unknown> = new Map();
  /** Files of other cells through which the tracebacks of the run pass. */
  passed: readonly string[] = NO_FILES;
  /** When the run was, among all runs and evaluations. */
  serial = 0;
  /** True if the run must be made whatever it reads. */
  mustRun = true;
  /** Cell states whose present runs changed objects that this cellState's run made. */
  readonly changedBy = new Set<CellState>();
  /** Cell states whose objects this cellState's run changed. */
  readonly changes = new Set<CellState>();
  /** True if the run changed objects that no cell made, such as those of a workspace module. */
  changesWorld = false;
  /** What the sentence shows of a reference. */
  evaluation: EvaluationResult | undefined = undefined;
  /** Set if the run was ended because the chapter had no more left for it. */
  exhausted: Exhausted | undefined = undefined;

  constructor(cell: EvaluatedCell, key: number) {
    this.key = key;
    this.content = cell.content;
    this.source = cell.source;
    this.enabled = cell.run;
    this.isReference = cell.isReference === true;
    this.program = programOf(cell);
    this.good = this.program.issues.length === 0 ? this.program : undefined;
  }

  /** Takes a later text of the cell. */
  take(cell: EvaluatedCell): void {
    this.content = cell.content;
    if (cell.run !== this.enabled) {
      this.enabled = cell.run;
      this.mustRun = true;
    }
    const isReference = cell.isReference === true;
    if (cell.source === this.source && isReference === this.isReference) return;
    const previous = isReference || this.isReference ? undefined : this.program;
    if (previous === undefined) this.good = undefined;
    this.isReference = isReference;
    this.source = cell.source;
    this.program = programOf(cell, previous);
    if (this.program.issues.length > 0) return;
    const known = this.good;
    this.good = this.program;
    if (known === undefined || !sameCode(known, this.program)) this.mustRun = true;
  }

  get runs(): boolean {
    return this.enabled && this.good !== undefined;
  }

  /** Notes that an equal value took the place of one that the run read. */
  readInstead(name: string, value: Value | undefined): void {
    // What the run itself says that it read stays.
    const reads =
      this.reads === this.result?.reads ? new Map(this.reads) : (this.reads as Map<string, Value | undefined>);
    reads.set(name, value);
    this.reads = reads;
  }

  /** Drops the run. */
  forget(): void {
    this.ran = undefined;
    this.result = undefined;
    this.reads = NOTHING_READ;
    this.stateReads = new Map();
    this.passed = NO_FILES;
    this.serial = 0;
    this.mustRun = true;
    this.changes.clear();
    this.changedBy.clear();
    this.changesWorld = false;
    this.exhausted = undefined;
    this.evaluation = undefined;
  }

  /** True where the run may look at the whole namespace. */
  get observesNamespace(): boolean {
    return mayObserveNamespace(this.#used) && this.usage.observesNamespace;
  }

  /** True where functions of the cell read the name whenever they run. */
  readsLater(name: string): boolean {
    const program = this.#used;
    return mayDefer(program) && mentions(program, name) && this.usage.deferred.has(name);
  }

  get usage(): Usage {
    return symbolIndex(this.#used.module).usage;
  }

  /** The program that is run. */
  get #used(): Program {
    return this.good ?? this.program;
  }
}

/** Names that, at `key`, may lead to an object that `maker` made; `cellStates` are those of the chapter in order. */
export function namesFrom(maker: CellState, cellStates: readonly CellState[], key: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (const cellState of cellStates) {
    if (cellState.key >= key) break;
    if (cellState.key < maker.key || cellState.result === undefined) continue;
    const concerned = cellState === maker || [...cellState.reads.keys()].some(name => names.has(name));
    for (const [name, value] of cellState.result.writes) {
      if (concerned && value !== undefined && valueKind(value) !== 'atomic') names.add(name);
      else names.delete(name);
    }
  }
  return names;
}

/** Files of modules that a cell was the first to import when it ran before; `cellStates` are those of the chapter in order. */
export function importedFirst({ key, result }: CellState, cellStates: readonly CellState[]): ReadonlySet<string> {
  const first = new Set(result?.imports);
  for (const other of cellStates) {
    if (first.size === 0 || other.key >= key) break;
    for (const file of other.result?.imports ?? []) first.delete(file);
  }
  return first;
}
