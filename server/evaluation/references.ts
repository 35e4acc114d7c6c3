/** Inline references as the evaluator keeps them: parsed once, evaluated again only when what they read has changed. */
import {
  type Budgets,
  type EvaluationResult,
  type Expression,
  type Fault,
  type Issue,
  parseExpression,
  type UnknownCause,
  type Value,
} from '../../mlsys';
import { type CellState, NO_FILES, passedCells } from './cellState';
import type { ArrangedGroup, Arrangement } from './changingReferences';
import { Describer } from './describe';
import type { Cost, RemainingBudget } from './remainingBudget';
import type { EndStatus, ValueInfo } from './results';

export interface Parsed {
  readonly expression: Expression | undefined;
  readonly issues: readonly Issue[];
}

/** How a channel of a library module's state stands among names. */
export const channelName = (channel: string): string => `\0${channel}`;

/** The file name that expressions of references have in tracebacks. */
export const REFERENCE_FILE = '<reference>';

const NOTHING = new Map<string, never>();
const NO_NAMES: readonly string[] = [];
const NO_LOOKS: ReadonlyMap<string, string> = new Map();

/** What evaluating a reference once gave. */
export interface RefRun {
  readonly status: EndStatus | 'syntax-error';
  /** The text that the sentence shows; undefined without a value. */
  readonly text: string | undefined;
  /** How the page takes the text. */
  readonly display: EvaluationResult['display'];
  /** The value as it was when the reference was evaluated: what stands below may change it. */
  readonly value: ValueInfo | undefined;
  /** Names that the expression read, and what it found. */
  readonly reads: ReadonlyMap<string, Value | undefined>;
  /** Why the value is unknown. */
  readonly cause?: UnknownCause;
  /** Names in doubt where it failed, or where something that it read is. */
  readonly doubtful?: readonly string[];
}

const UNREADABLE: RefRun = {
  status: 'syntax-error',
  text: undefined,
  display: undefined,
  value: undefined,
  reads: NOTHING,
};
/** Stands for the evaluation of a reference that is not yet evaluated: it is met only while evaluation goes on. */
const PENDING: RefRun = {
  status: 'failed',
  text: undefined,
  display: undefined,
  value: undefined,
  reads: NOTHING,
};

const runs = new WeakMap<EvaluationResult, RefRun>();

/** An evaluation as a run of a reference; nobody cancels one. References that read alike may share one. */
function runOf(result: EvaluationResult): RefRun {
  let known = runs.get(result);
  if (known === undefined) {
    const { text, display, value, reads, cause, doubtful = NO_NAMES } = result;
    const status = cause === undefined ? result.status : 'unknown';
    known = {
      status: status === 'cancelled' ? 'budget' : status,
      text,
      display,
      value: value === undefined ? undefined : new Describer().describe(value),
      reads,
      ...(cause === undefined ? {} : { cause }),
      ...(doubtful.length === 0 ? {} : { doubtful }),
    };
    runs.set(result, known);
  }
  return known;
}

/** One reference. It outlives versions of the chapter while its block and its place among the cells stay the same. */
export class RefState {
  readonly expr: string;
  readonly parsed: Parsed;
  run: RefRun | undefined = undefined;
  fault: Fault | undefined = undefined;
  reads: ReadonlyMap<string, Value | undefined> = NOTHING;
  stateReads: ReadonlyMap<string, unknown> = NOTHING;
  /** What it saw of data files, and the files of modules that it imported. */
  looks: ReadonlyMap<string, string> = NO_LOOKS;
  imports: readonly string[] = NO_FILES;
  /** Files of cells through which the traceback of its fault passes. */
  passed: readonly string[] = NO_FILES;
  /** What it took of the chapter's budget; undefined where that is nothing. */
  cost: Cost | undefined = undefined;
  /** Of one that was run as a cell: the name of its program, and the names that it bound or deleted. */
  file: string | undefined = undefined;
  bound: readonly string[] = NO_NAMES;
  /** When it was evaluated, among all runs and evaluations. */
  serial = 0;
  /** False if it must be evaluated, or at least looked at. */
  settled = false;

  constructor(expr: string, parsed: Parsed) {
    this.expr = expr;
    this.parsed = parsed;
    if (parsed.expression === undefined) this.run = UNREADABLE;
  }

  forget(): void {
    if (this.parsed.expression !== undefined) this.run = undefined;
    this.fault = undefined;
    this.cost = undefined;
    this.file = undefined;
    this.bound = NO_NAMES;
    this.settled = false;
    this.serial = 0;
  }
}

/** What the evaluation of one reference gave, as a snapshot keeps it. */
export interface RefOutcome {
  readonly run: RefRun;
  readonly fault: Fault | undefined;
  readonly parsed: Parsed;
  readonly file: string | undefined;
  readonly bound: readonly string[];
}

/** What the references of one block gave: the same object for as long as none of them is evaluated again. */
export interface GroupOutcome {
  readonly refs: readonly RefOutcome[];
  /** Places in `refs` of those without a value. */
  readonly faulty: readonly number[];
}

/** References of a block with no cell between them. */
export interface RefSection {
  readonly group: RefStates;
  /** How many cells of the block stand before it. */
  readonly inside: number;
  readonly from: number;
  readonly to: number;
  /** The last cell before it, in the present version. */
  before: CellState | undefined;
}

/** The references of one block. */
export class RefStates {
  /** Its place among the groups of the present version. */
  index = 0;
  /** True where a reference took something of the chapter's budget. */
  costs = false;
  readonly states: readonly RefState[];
  /** One, unless the block holds cells of its own. */
  readonly stretches: readonly RefSection[];
  /** What its references have read: names, and channels of state. */
  readonly #reads = new Set<string>();
  readonly #note = (_: unknown, name: string): void => {
    this.#reads.add(name);
  };
  #settled = false;
  #outcome: GroupOutcome | undefined;
  readonly #cells: ReadonlySet<number>;

  /** `former` are the same references as they were before some of them became cells. */
  constructor(group: ArrangedGroup, states: readonly RefState[], former?: RefStates) {
    this.states = states;
    if (former !== undefined) {
      this.costs = former.costs;
      for (const name of former.#reads) this.#reads.add(name);
    }
    this.#cells = new Set([...states.keys()].filter(at => group.isCell?.(at) === true));
    const stretches: RefSection[] = [];
    for (let from = 0; from < group.count; ) {
      const inside = group.cellsInside(from);
      let to = from + 1;
      while (to < group.count && group.cellsInside(to) === inside) to++;
      const was = former?.stretches.find(one => one.from <= from && from < one.to);
      stretches.push({ group: this, inside, from, to, before: was?.before });
      from = to;
    }
    this.stretches = stretches;
  }

  /** Takes the place that the block has among the cells of the present version. */
  place(cellsBefore: number, cellStates: readonly CellState[]): void {
    for (const stretch of this.stretches) {
      const before = cellStates[cellsBefore + stretch.inside - 1];
      if (stretch.before === before) continue;
      stretch.before = before;
      this.#settled = false;
      for (let at = stretch.from; at < stretch.to; at++) this.states[at]!.settled = false;
    }
  }

  /** True where none of them must be looked at. */
  get settled(): boolean {
    return this.#settled;
  }

  /** To be called when all have been looked at. */
  settle(): void {
    this.#settled = true;
  }

  forget(): void {
    this.#settled = false;
    this.#outcome = undefined;
    this.costs = false;
    for (const state of this.states) state.forget();
  }

  /** False where no reference can have read any of the names. */
  mayRead(names: ReadonlySet<string>): boolean {
    for (const name of names) if (this.#reads.has(name)) return true;
    return false;
  }

  /** True where nothing that they took would be given otherwise, with so much left and references that may use so much. */
  fits(remaining: RemainingBudget, each: Budgets): boolean {
    if (!this.costs) return true;
    return this.states.every(({ cost }) => cost?.exhausted === undefined) && remaining.suffices(each);
  }

  /** Has those evaluated again that saw data files otherwise than these are now; false where there is none. */
  doubt(sawElse: (state: RefState) => boolean): boolean {
    const doubted = this.states.filter(state => state.run !== undefined && sawElse(state));
    for (const state of doubted) state.forget();
    if (doubted.length > 0) this.#settled = false;
    return doubted.length > 0;
  }

  /** Takes what the evaluation of one of them gave. */
  take(state: RefState, result: EvaluationResult, cost: Cost | undefined): void {
    state.cost = cost;
    if (cost !== undefined) this.costs = true;
    state.reads = result.reads;
    state.stateReads = result.stateReads;
    state.looks = result.looks ?? NO_LOOKS;
    state.imports = result.imports ?? NO_FILES;
    state.run = runOf(result);
    state.fault = result.fault;
    state.passed = result.fault === undefined ? NO_FILES : passedCells([result.fault]);
    result.reads.forEach(this.#note);
    if (result.stateReads.size > 0) for (const name of result.stateReads.keys()) this.#reads.add(channelName(name));
    this.#outcome = undefined;
  }

  /** True where some of them change something, and are run as cells. */
  get hasCells(): boolean {
    return this.#cells.size > 0;
  }

  isCell(at: number): boolean {
    return this.#cells.has(at);
  }

  /** Takes what such a one gave when it ran. */
  takeCell(state: RefState, { evaluation, result, ran, serial }: CellState): void {
    if (state.serial !== serial || state.run === undefined) {
      this.take(state, evaluation!, undefined);
      state.file = ran!.file;
      state.bound = [...result!.writes.keys()];
    }
    state.serial = serial;
    state.settled = true;
  }

  get outcome(): GroupOutcome {
    if (this.#outcome === undefined) {
      const refs: RefOutcome[] = [];
      const faulty: number[] = [];
      for (const { run = PENDING, fault, parsed, file, bound } of this.states) {
        if (run.text === undefined) faulty.push(refs.length);
        refs.push({ run, fault, parsed, file, bound });
      }
      this.#outcome = { refs, faulty };
    }
    return this.#outcome;
  }
}

const CACHE_LIMIT = 20_000;

export class References {
  readonly #byContent = new WeakMap<object, RefStates>();
  #groups: readonly RefStates[] = [];
  /** By gap, the references in it: gap `n` is the text after the first `n` cells. */
  #gaps: readonly (readonly RefSection[])[] = [];
  readonly #parsed = new Map<string, Parsed>();

  /** Finds the references of a version of the chapter; those of unchanged blocks are the ones of before. */
  place(input: Arrangement, cellStates: readonly CellState[]): void {
    const groups: RefStates[] = [];
    const gaps: RefSection[][] = [];
    for (let gap = 0; gap <= cellStates.length; gap++) gaps.push([]);
    const seen = new Set<object>();
    for (const placed of input.refGroups) {
      const { content } = placed.block;
      // A block that stands twice in the chapter has states of its own at each place.
      const isFirst = !seen.has(content);
      const known = isFirst ? this.#byContent.get(content) : undefined;
      const { former = content } = placed;
      const group = known ?? this.#make(placed, isFirst ? this.#byContent.get(former) : undefined);
      if (isFirst) for (const one of [content, former]) this.#byContent.set(one, group);
      seen.add(content);
      group.place(placed.cellsBefore, cellStates);
      group.index = groups.length;
      groups.push(group);
      for (const stretch of group.stretches) gaps[placed.cellsBefore + stretch.inside]!.push(stretch);
    }
    this.#groups = groups;
    this.#gaps = gaps;
  }

  #make(group: ArrangedGroup, former: RefStates | undefined): RefStates {
    if (former !== undefined) return new RefStates(group, former.states, former);
    const states: RefState[] = [];
    for (let at = 0; at < group.count; at++) {
      const expr = group.expr(at);
      states.push(new RefState(expr, this.#parse(expr)));
    }
    return new RefStates(group, states);
  }

  #parse(expr: string): Parsed {
    let parsed = this.#parsed.get(expr);
    if (parsed === undefined) {
      if (this.#parsed.size >= CACHE_LIMIT) this.#parsed.clear();
      parsed = parseExpression(expr, REFERENCE_FILE);
      this.#parsed.set(expr, parsed);
    }
    return parsed;
  }

  /** By group of the version, in order. */
  outcomes(): GroupOutcome[] {
    return this.#groups.map(group => group.outcome);
  }

  /** The references after the first `gap` cells and before the next one. */
  inGap(gap: number): readonly RefSection[] {
    return this.#gaps[gap] ?? [];
  }

  /** The first gap with a reference that is not settled; undefined if all are. */
  firstUnsettled(): number | undefined {
    const at = this.#gaps.findIndex(gap => gap.some(({ group }) => !group.settled));
    return at < 0 ? undefined : at;
  }

  /** True where a reference of the present version has been evaluated. */
  get evaluated(): boolean {
    return this.#groups.some(group => group.states.some(state => state.serial > 0));
  }

  /** To be called when all references have been looked at. */
  settleAll(): void {
    for (const group of this.#groups) group.settle();
  }

  /** True where a reference of a gap from `gap` on was evaluated after `serial`. */
  evaluatedSince(gap: number, serial: number): boolean {
    for (let at = gap; at < this.#gaps.length; at++)
      for (const { group, from, to } of this.#gaps[at]!)
        for (let i = from; i < to; i++) if (group.states[i]!.serial > serial) return true;
    return false;
  }

  clear(): void {
    for (const group of this.#groups) group.forget();
  }

  /** The same for all groups. */
  doubt(sawElse: (state: RefState) => boolean): boolean {
    return this.#groups.filter(group => group.doubt(sawElse)).length > 0;
  }
}
