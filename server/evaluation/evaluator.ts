/**
 * The incremental evaluator of one chapter.
 *
 * Each cell's run keeps what it read of earlier cells. After an edit the changed cells run again; a cell further down
 * runs again only if a name that it read has another value now at its place. A run whose results are equal to the ones
 * before keeps the old values, so that nothing below it is touched.
 *
 * Shared objects are the hard part. A cell may change an object that an earlier cell made, so that the object is no
 * longer what that cell left. Whenever the state of such an object at some place of the chapter is needed again (the
 * cell that changed it runs again or is gone, or a cell or reference between the two is evaluated), the cell that made
 * the object runs again first, its names count as new, and so everything that reads them follows in order. Objects that
 * no cell made, such as those of a workspace module, have no such cell: then all starts afresh. The results are always
 * those of a cold evaluation.
 */
import {
  type Budgets,
  decidesImports,
  type Fault,
  type ModuleSource,
  type Program,
  type RunResult,
  Session,
  type Value,
} from '../../mlsys';
import type { Chapter } from '../chapter/model';
import { align, isCrowded, KEY_STEP } from './align';
import type { Analysis } from './analysis';
import { Allowance, type ChapterBudgets, DEFAULT_CHAPTER_BUDGETS } from './chapterBudget';
import { canKeepOld, interchangeable, interchangeableFor, isAtomic, keptPartners, sameState } from './compare';
import { channelName, References, type RefState } from './references';
import { passedCells, type Slot } from './slot';
import { Snapshot } from './snapshot';

export type EvaluatorBudgets = Partial<Budgets> & { readonly chapter?: Partial<ChapterBudgets> };

export interface EvaluatorOptions {
  /** Python packages beside the chapters. */
  readonly modules?: ModuleSource;
  /** Limits of each cell, and of all cells together, where they differ from the defaults. */
  readonly budgets?: EvaluatorBudgets;
  /** Asked before each run of a cell; by default each may run within its budget. */
  readonly permit?: (source: string) => Permission;
}

/**
 * Whether a cell may run here and now: for at most so many milliseconds, after which it counts as postponed, or not at
 * all, because it never came to an end elsewhere.
 */
export type Permission = { readonly limit: number | undefined } | { readonly stopped: string };

/** A run must start again from an earlier cell, because objects of that cell are needed as it left them. */
class Replay {
  readonly from: Slot | undefined;
  constructor(from: Slot | undefined) {
    this.from = from;
  }
}

const NOTHING: ReadonlyMap<string, Value | undefined> = new Map();

export class Evaluator {
  readonly #options: EvaluatorOptions;
  #session: Session;
  #slots: readonly Slot[] = [];
  readonly #references = new References();
  /** What the chapter has left at the cell that is looked at. */
  #allowance = new Allowance(DEFAULT_CHAPTER_BUDGETS);
  /** Counts runs and evaluations. */
  #serial = 0;
  /** True while a pass is under way, and after one that was given up: then every read is looked at again. */
  #unfinished = false;
  /** Names (and channels) whose values may differ from what cells further down have seen. */
  readonly #changed = new Set<string>();
  /** True where no value with an identity may be kept, since the pass went back to make shared objects anew. */
  #afresh = false;
  /** True where this pass started from nothing. */
  #cold = true;
  /** Cells whose objects other cells changed: all with an entry in `changedBy`, and perhaps some that lost theirs. */
  readonly #shared = new Set<Slot>();

  constructor(options: EvaluatorOptions = {}) {
    this.#options = options;
    this.#session = new Session(options);
  }

  /** Evaluates a version of the chapter to its end. */
  update(chapter: Chapter, version = 0): Analysis {
    const steps = this.steps(chapter, version);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  }

  /**
   * Evaluates a version of the chapter, yielding after each cell that ran. The caller may give the evaluation up between
   * two steps; the next one goes on from what is there.
   */
  *steps(chapter: Chapter, version = 0): Generator<void, Analysis> {
    let verifyAll = this.#unfinished;
    this.#unfinished = true;
    let at = this.#place(chapter);
    if (verifyAll) at = 0;
    this.#allow(at);
    while (at <= this.#slots.length) {
      try {
        this.#evaluateReferences(at, verifyAll);
        const slot = this.#slots[at];
        if (slot !== undefined) {
          const ran = this.#evaluateCell(slot, verifyAll);
          if (slot.result !== undefined) this.#allowance.spend(slot.result.used);
          if (ran) yield;
        }
        at++;
      } catch (error) {
        if (!(error instanceof Replay)) throw error;
        at = error.from === undefined ? 0 : this.#slots.indexOf(error.from);
        verifyAll ||= error.from === undefined;
        this.#allow(at);
      }
    }
    this.#unfinished = false;
    this.#afresh = false;
    this.#changed.clear();
    this.#references.settleAll();
    return new Snapshot(chapter, version, this.#slots, this.#references.outcomes(), this.#session);
  }

  /** The version of the chapter that is being evaluated with what is known so far, whether it holds for it or not. */
  peek(chapter: Chapter, version = 0): Analysis {
    return new Snapshot(chapter, version, this.#slots, this.#references.outcomes(), this.#session);
  }

  /** Sources of cells that were postponed because they take long. */
  get postponed(): readonly string[] {
    return this.#slots.flatMap(slot => (slot.postponed ? [slot.good!.source] : []));
  }

  /** Modules of packages that the cells imported, by their dotted names. */
  get packageFiles(): ReadonlyMap<string, { readonly file: string }> {
    return this.#session.modules.sources();
  }

  /** Lets cells with these sources run again in the next update. */
  retry(sources: ReadonlySet<string>): void {
    for (const slot of this.#slots) if (slot.good !== undefined && sources.has(slot.good.source)) slot.mustRun = true;
  }

  /** Forgets all results: the next update evaluates the whole chapter. For changed packages and settings. */
  reset(): void {
    this.#restart();
    this.#unfinished = true;
  }

  /** Gives the cells of a version of the chapter their slots; returns the index of the first one concerned. */
  #place(chapter: Chapter): number {
    const { slots, removed } = align(this.#slots, chapter.cells);
    this.#slots = slots;
    slots.forEach((slot, at) => {
      const cell = chapter.cells[at]!;
      if (slot.content !== cell.content) slot.take(cell);
    });
    this.#references.place(chapter, slots);
    this.#cold = slots.every(slot => slot.result === undefined) && !this.#references.evaluated;
    let first = slots.length + 1;
    const gone = [...removed, ...slots.filter(slot => !slot.runs)].filter(slot => slot.result !== undefined);
    if (
      isCrowded(slots) ||
      gone.some(slot => slot.changesWorld || movesLookUp(slot.result!) || slot.result!.imports.length > 0)
    ) {
      this.#restart();
      return 0;
    }
    for (const slot of gone) {
      const after = slots.findIndex(other => other.key > slot.key);
      // Below the last cell there are references still.
      first = Math.min(first, after < 0 ? slots.length : after);
      this.#discard(slot);
    }
    const mustRun = slots.findIndex(slot => slot.runs && slot.mustRun);
    if (mustRun >= 0) first = Math.min(first, mustRun);
    return Math.min(first, this.#references.firstUnsettled() ?? first);
  }

  /** Sets what the chapter has left at a cell. */
  #allow(at: number): void {
    if (at >= this.#slots.length) return;
    this.#allowance = new Allowance({ ...DEFAULT_CHAPTER_BUDGETS, ...this.#options.budgets?.chapter });
    for (const { result } of this.#slots.slice(0, at)) if (result !== undefined) this.#allowance.spend(result.used);
  }

  // ------------------------------------------------------------------------------------------------ cells

  /** Brings a cell up to date; true if it ran. */
  #evaluateCell(slot: Slot, verifyAll: boolean): boolean {
    if (!slot.runs) return false;
    if (!slot.mustRun && this.#holds(slot, verifyAll)) return false;
    slot.mustRun = true;
    this.#releaseOthers(slot);
    this.#run(slot);
    return true;
  }

  /** True where everything that the run of a cell read is as it was. */
  #holds(slot: Slot, verifyAll: boolean): boolean {
    if (slot.result === undefined || !this.#knowsPlaces(slot.passed)) return false;
    if (!this.#allowance.suits(slot.result.used, slot.exhausted, this.#session.budgets)) return false;
    if (!verifyAll && this.#changed.size === 0) return true;
    if (slot.observesNamespace || !this.#sameStates(slot.stateReads, slot.key, verifyAll)) return false;
    // A cell reads far more names than an edit changes.
    for (const name of verifyAll ? slot.reads.keys() : this.#changed)
      if (slot.reads.has(name) && !this.#readsTheSame(slot, name)) return false;
    return true;
  }

  /** True where a name means to a cell what it meant when the cell ran. */
  #readsTheSame(slot: Slot, name: string): boolean {
    const old = slot.reads.get(name);
    const now = this.#session.namespace.get(name, slot.key);
    if (Object.is(old, now)) return true;
    if (!interchangeable(old, now) && !this.#readsSameAttributes(slot, name, old, now)) return false;
    slot.readInstead(name, now);
    return true;
  }

  #sameStates(reads: ReadonlyMap<string, unknown>, key: number, verifyAll: boolean): boolean {
    for (const [channel, old] of reads)
      if ((verifyAll || this.#changed.has(channelName(channel))) && !sameState(old, this.#session.state(channel, key)))
        return false;
    return true;
  }

  #readsSameAttributes(slot: Slot, name: string, old: Value | undefined, now: Value | undefined): boolean {
    const attributes = slot.usage.names.get(name);
    if (attributes === undefined || attributes === 'whole' || slot.changes.size > 0) return false;
    if (this.#slots.some(other => other !== slot && other.runs && other.readsLater(name))) return false;
    return interchangeableFor(attributes, old, now);
  }

  #run(slot: Slot): void {
    const { result: before, reads } = slot;
    const old = before?.writes ?? NOTHING;
    if (slot.changedBy.size > 0) this.#afresh = true;
    const result = this.#execute(slot);
    slot.mustRun = false;
    slot.ran = slot.good;
    slot.result = result;
    slot.serial = ++this.#serial;
    slot.reads = result.reads;
    slot.stateReads = result.stateReads;
    slot.passed = passedCells([result.fault, ...result.checks], slot.ran?.file);
    for (const other of slot.changedBy) other.changes.delete(slot);
    slot.changedBy.clear();
    this.#shared.delete(slot);
    slot.changesWorld = false;
    const sameObjects = () =>
      [...slot.reads].every(
        ([name, value]) => Object.is(value, reads.get(name)) || (isAtomic(value) && isAtomic(reads.get(name))),
      );
    if (!this.#afresh && before !== undefined && sameObjects() && canKeepOld(slot, old, result.writes)) {
      this.#session.restore(slot.key, old);
      slot.result = { ...result, writes: old };
      const partners = keptPartners(old, result.writes);
      for (const binding of partners.size === 0 ? [] : result.bindings) {
        binding.value = partners.get(binding.value) ?? binding.value;
        binding.trail = binding.trail?.map(value => (value === undefined ? value : (partners.get(value) ?? value)));
      }
    } else if (before !== undefined || !this.#cold) {
      const written = old.size === 0 ? result.writes.keys() : new Set([...old.keys(), ...result.writes.keys()]);
      for (const name of written) {
        const was = old.has(name) ? old.get(name) : this.#session.namespace.get(name, slot.key);
        const now = result.writes.has(name) ? result.writes.get(name) : this.#session.namespace.get(name, slot.key);
        if (!interchangeable(was, now)) this.#changed.add(name);
      }
    }
    this.#noteStates(before, result);
    const moved = movesLookUp(before, result) || this.#movesImports(slot, before, result);
    if (!this.#cold && (moved || !this.#knowsPlaces(slot.passed))) throw this.#startAfresh();
    this.#noteChanges(slot, result.mutated);
    this.#requireEarlierState(slot.key, slot.reads, slot);
  }

  #execute(slot: Slot): RunResult {
    const { good, key } = slot;
    const permission = this.#options.permit?.(good!.source) ?? UNLIMITED;
    slot.postponed = false;
    slot.exhausted = undefined;
    if ('stopped' in permission) {
      this.#session.forget(key);
      // It may be tried again when what it had read by then changes.
      return stoppedResult(good!, permission.stopped, slot.reads);
    }
    const own = this.#session.budgets;
    const budgets = this.#allowance.of(own);
    const end = permission.limit === undefined ? Number.POSITIVE_INFINITY : Date.now() + permission.limit;
    const result = this.#session.run(good!, key, { budgets, cancelled: () => Date.now() > end, showsLast: true });
    slot.exhausted = this.#allowance.exhaustedBy(result, own);
    if (slot.exhausted !== undefined) return { ...result, fault: slot.exhausted.fault };
    if (result.status !== 'cancelled') return result;
    slot.postponed = true;
    return {
      ...result,
      status: 'budget',
      fault: stoppedFault(good!, 'the cell takes long and is tried in the background'),
    };
  }

  #noteStates(before: RunResult | undefined, result: RunResult): void {
    if (before === undefined && result.stateWrites.size === 0) return;
    const channels = new Set([...(before?.stateWrites.keys() ?? []), ...result.stateWrites.keys()]);
    for (const channel of channels)
      if (!sameState(before?.stateWrites.get(channel), result.stateWrites.get(channel)))
        this.#changed.add(channelName(channel));
  }

  /** A workspace module runs when the first cell imports it: true where another cell is the first one now. */
  #movesImports(slot: Slot, before: RunResult | undefined, result: RunResult): boolean {
    for (const file of new Set([...(before?.imports ?? []), ...result.imports])) {
      const others = this.#slots.filter(other => other !== slot && other.result?.imports.includes(file));
      if (others[0] !== undefined && others[0].key < slot.key) continue;
      if (others.length > 0 || before?.imports.includes(file) === true) return true;
    }
    return false;
  }

  /** True where every cell that a traceback passes through still has the text that it speaks of. */
  #knowsPlaces(passed: readonly string[]): boolean {
    return passed.every(file => this.#slots.some(slot => slot.ran?.file === file));
  }

  // ------------------------------------------------------------------------------------------------ references

  /** Brings the references after the first `gap` cells up to date. */
  #evaluateReferences(gap: number, verifyAll: boolean): void {
    const key = this.#slots[gap]?.key ?? Number.MAX_VALUE;
    for (const { group, from, to } of this.#references.inGap(gap)) {
      if (!verifyAll && group.settled && !group.mayRead(this.#changed)) continue;
      for (let at = from; at < to; at++) {
        const state = group.states[at]!;
        if (!this.#referenceHolds(state, key, verifyAll || !state.settled)) {
          const { expression } = state.parsed;
          if (expression !== undefined) group.take(state, this.#session.evaluate(expression, key));
          state.serial = ++this.#serial;
          this.#requireEarlierState(key, state.reads);
        }
        state.settled = true;
      }
    }
  }

  #referenceHolds(state: RefState, key: number, verifyAll: boolean): boolean {
    if (state.run === undefined || !this.#knowsPlaces(state.passed)) return false;
    if (!this.#sameStates(state.stateReads, key, verifyAll)) return false;
    for (const [name, old] of state.reads)
      if ((verifyAll || this.#changed.has(name)) && !Object.is(old, this.#session.namespace.get(name, key)))
        return false;
    return true;
  }

  // ------------------------------------------------------------------------------------------------ shared objects

  /** Records whose objects a run changed, and goes back where somebody has seen them without that change. */
  #noteChanges(slot: Slot, owners: readonly number[]): void {
    const gap = this.#slots.indexOf(slot) + 1;
    /** The first cell that must make its objects anew; all changes are noted before it does. */
    let first: Replay | undefined;
    for (const owner of owners) {
      const maker = this.#slots.find(other => other.key === owner && other.result !== undefined);
      if (maker === slot) continue;
      if (maker === undefined || maker.key > slot.key) {
        slot.changesWorld = true;
        if (!this.#cold) throw this.#startAfresh();
        continue;
      }
      const seen =
        this.#slots.some(other => other.key > slot.key && other.serial > maker.serial) ||
        [...maker.changedBy].some(other => other.key > slot.key) ||
        this.#references.evaluatedSince(gap, maker.serial);
      maker.changedBy.add(slot);
      this.#shared.add(maker);
      slot.changes.add(maker);
      if (seen) first ??= this.#replay(maker);
    }
    if (first !== undefined) throw first;
  }

  /** Before a cell runs again: objects of earlier cells that it changed must be made anew. */
  #releaseOthers(slot: Slot): void {
    if (!this.#cold) {
      const world = slot.changesWorld || this.#slots.some(other => other.changesWorld && other.key > slot.key);
      if (world) throw this.#startAfresh();
    }
    const [maker] = slot.changes;
    if (maker !== undefined) throw this.#replay(maker);
  }

  /** Goes back if an evaluation at `key` with those reads may have met objects as later cells left them. */
  #requireEarlierState(key: number, reads: ReadonlyMap<string, unknown>, own?: Slot): void {
    // Nobody can tell who holds what a cell below has changed of objects that no cell made.
    if (!this.#cold && this.#slots.some(slot => slot.changesWorld && slot !== own && slot.key >= key))
      throw this.#startAfresh();
    if (this.#shared.size === 0) return;
    const makers = [...this.#shared].filter(
      slot => slot.key < key && [...slot.changedBy].some(other => other !== own && other.key >= key),
    );
    if (makers.length === 0) return;
    for (const maker of makers.sort((a, b) => a.key - b.key)) {
      const tainted = this.#namesFrom(maker, key);
      if ([...reads.keys()].some(name => tainted.has(name))) throw this.#replay(maker);
    }
  }

  /** Names that, at `key`, may lead to an object that `maker` made. */
  #namesFrom(maker: Slot, key: number): ReadonlySet<string> {
    const names = new Set<string>();
    for (const slot of this.#slots) {
      if (slot.key >= key) break;
      if (slot.key < maker.key || slot.result === undefined) continue;
      const concerned = slot === maker || [...slot.reads.keys()].some(name => names.has(name));
      for (const [name, value] of slot.result.writes) {
        if (concerned && !isAtomic(value)) names.add(name);
        else names.delete(name);
      }
    }
    return names;
  }

  /** Makes a cell run again, so that its objects are new; whatever reads them follows. */
  #replay(maker: Slot): Replay {
    maker.mustRun = true;
    this.#afresh = true;
    return new Replay(maker);
  }

  // ------------------------------------------------------------------------------------------------ starting over

  #startAfresh(): Replay {
    this.#restart();
    return new Replay(undefined);
  }

  #restart(): void {
    this.#session = new Session(this.#options);
    this.#cold = true;
    this.#changed.clear();
    this.#shared.clear();
    this.#references.clear();
    this.#slots.forEach((slot, at) => {
      slot.key = (at + 1) * KEY_STEP;
      slot.forget();
    });
  }

  /** Drops the run of a cell that is gone, or no longer to be run. */
  #discard(slot: Slot): void {
    const { writes, stateWrites } = slot.result!;
    this.#session.forget(slot.key);
    for (const name of writes.keys()) this.#changed.add(name);
    for (const channel of stateWrites.keys()) this.#changed.add(channelName(channel));
    for (const maker of slot.changes) {
      maker.changedBy.delete(slot);
      this.#replay(maker);
    }
    for (const other of slot.changedBy) other.changes.delete(slot);
    this.#shared.delete(slot);
    slot.forget();
  }
}

/** True where imports find other modules after a run than after another one, or after none. */
function movesLookUp(before: RunResult | undefined, after?: RunResult): boolean {
  const channels = [...(before?.stateWrites.keys() ?? []), ...(after?.stateWrites.keys() ?? [])].filter(decidesImports);
  return channels.some(channel => !sameState(before?.stateWrites.get(channel), after?.stateWrites.get(channel)));
}

const UNLIMITED: Permission = { limit: undefined };

function stoppedFault(program: Program, message: string): Fault {
  const [first] = program.module.body;
  const span = { start: first?.start ?? 0, end: first?.end ?? 0 };
  return { type: 'BudgetExceeded', message, span, file: program.file, trace: [], budget: 'time' };
}

/** Stands for a run that had to be ended elsewhere. */
function stoppedResult(program: Program, message: string, reads: ReadonlyMap<string, Value | undefined>): RunResult {
  return {
    status: 'budget',
    fault: stoppedFault(program, message),
    writes: NOTHING,
    reads,
    bindings: [],
    mutated: [],
    stateReads: new Map(),
    stateWrites: new Map(),
    checks: [],
    output: [],
    figures: [],
    notices: [],
    imports: [],
    used: { steps: 0, milliseconds: 0, bytes: 0, output: 0 },
  };
}
