/** Inline references as the evaluator keeps them: parsed once, evaluated again only when what they read has changed. */
import {
  type EvaluationResult,
  type Expression,
  type Fault,
  type Issue,
  parseExpression,
  statusOfFault,
  type Value,
} from '../../mlsys';
import type { Chapter, Ref } from '../chapter/model';
import type { RefRun } from './analysis';
import type { Slot } from './slot';

interface Parsed {
  readonly expression: Expression | undefined;
  readonly issues: readonly Issue[];
}

/** The file name that expressions of references have in tracebacks. */
export const REFERENCE_FILE = '<reference>';

const UNREADABLE: RefRun = { status: 'syntax-error', text: undefined, value: undefined, reads: new Map() };

function runOf({ value, text, fault, reads }: EvaluationResult): { run: RefRun; fault: Fault | undefined } {
  const ended = fault === undefined ? 'ok' : statusOfFault(fault);
  const status = ended === 'cancelled' ? 'budget' : ended;
  return { run: { status, text, value, reads }, fault };
}

/** One reference. It outlives versions of the chapter while its block and its place among the cells stay the same. */
export class RefState {
  readonly expr: string;
  readonly parsed: Parsed;
  /** The last cell before it. */
  before: Slot | undefined;
  run: RefRun | undefined = undefined;
  fault: Fault | undefined = undefined;
  reads = new Map<string, Value | undefined>();
  stateReads: ReadonlyMap<string, unknown> = new Map();
  /** When it was evaluated, among all runs and evaluations. */
  serial = 0;
  /** False if it must be evaluated, or at least looked at. */
  settled = false;

  constructor(expr: string, parsed: Parsed, before: Slot | undefined) {
    this.expr = expr;
    this.parsed = parsed;
    this.before = before;
    if (parsed.expression === undefined) this.run = UNREADABLE;
  }

  /** Takes what an evaluation gave. */
  take(result: EvaluationResult): void {
    this.reads = new Map(result.reads);
    this.stateReads = result.stateReads;
    const { run, fault } = runOf(result);
    this.run = run;
    this.fault = fault;
  }

  forget(): void {
    if (this.parsed.expression !== undefined) this.run = undefined;
    this.fault = undefined;
    this.settled = false;
    this.serial = 0;
  }
}

const CACHE_LIMIT = 20_000;

export class References {
  #byContent = new WeakMap<object, readonly RefState[]>();
  #all: readonly RefState[] = [];
  /** First reference of each gap: gap `n` is the text after the first `n` cells. */
  #starts: readonly number[] = [0];
  readonly #parsed = new Map<string, Parsed>();

  /** Finds the references of a version of the chapter; those of unchanged blocks are the ones of before. */
  place(chapter: Chapter, slots: readonly Slot[]): void {
    const { refs } = chapter;
    const all: RefState[] = [];
    const starts: number[] = [0];
    const seen = new Set<object>();
    for (let from = 0; from < refs.length; ) {
      const content = refs[from]!.block.content;
      let to = from + 1;
      while (to < refs.length && refs[to]!.block.content === content) to++;
      // A block that stands twice in the chapter has states of its own at each place.
      const known = seen.has(content) ? undefined : this.#byContent.get(content);
      const states = known ?? this.#make(refs, from, to);
      if (known === undefined && !seen.has(content)) this.#byContent.set(content, states);
      seen.add(content);
      states.forEach((state, at) => {
        const { cellsBefore } = refs[from + at]!;
        while (starts.length <= cellsBefore) starts.push(all.length);
        const before = slots[cellsBefore - 1];
        if (state.before !== before) {
          state.before = before;
          state.settled = false;
        }
        all.push(state);
      });
      from = to;
    }
    while (starts.length <= slots.length + 1) starts.push(all.length);
    this.#all = all;
    this.#starts = starts;
  }

  #make(refs: readonly Ref[], from: number, to: number): readonly RefState[] {
    const states: RefState[] = [];
    for (let at = from; at < to; at++) {
      const { expr } = refs[at]!;
      states.push(new RefState(expr, this.#parse(expr), undefined));
    }
    return states;
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

  /** In document order, as `Chapter.refs`. */
  get all(): readonly RefState[] {
    return this.#all;
  }

  /** The references after the first `gap` cells and before the next one. */
  inGap(gap: number): readonly RefState[] {
    return this.#all.slice(this.#starts[gap] ?? this.#all.length, this.#starts[gap + 1] ?? this.#all.length);
  }

  get allSettled(): boolean {
    return this.#all.every(state => state.settled);
  }

  /** The first gap with a reference that is not settled; undefined if all are. */
  firstUnsettled(): number | undefined {
    const at = this.#all.findIndex(state => !state.settled);
    if (at < 0) return undefined;
    let gap = 0;
    while (gap + 1 < this.#starts.length && this.#starts[gap + 1]! <= at) gap++;
    return gap;
  }

  /** True where a reference of a gap from `gap` on was evaluated after `serial`. */
  evaluatedSince(gap: number, serial: number): boolean {
    for (let at = this.#starts[gap] ?? this.#all.length; at < this.#all.length; at++)
      if (this.#all[at]!.serial > serial) return true;
    return false;
  }

  clear(): void {
    for (const state of this.#all) state.forget();
  }
}
