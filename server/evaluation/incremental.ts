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
  type Expression,
  expressionBudgets,
  looksHold,
  type ModuleSource,
  type Program,
  type RunResult,
  Session,
  symbolIndex,
  type Value,
} from '../../mlsys';
import { align, isCrowded, KEY_STEP } from './align';
import { Allowance, type ChapterBudgets, DEFAULT_CHAPTER_BUDGETS } from './chapterBudget';
import { canKeepOld, interchangeable, interchangeableFor, isAtomic, keptPartners, sameState } from './compare';
import type { EvaluationInput } from './input';
import {
  channelName,
  type GroupOutcome,
  REFERENCE_FILE,
  References,
  type RefState,
  type RefStates,
} from './references';
import { passedCells, type Slot } from './slot';
import { type Stop, stoppedEvaluation, stoppedRun } from './stopped';

export type EvaluatorBudgets = Partial<Budgets> & { readonly chapter?: Partial<ChapterBudgets> };

export interface EvaluatorOptions {
  /** Python packages beside the chapters. */
  readonly modules?: ModuleSource;
  /** Limits of each cell, and of all cells together, where they differ from the defaults. */
  readonly budgets?: EvaluatorBudgets;
  /** Names of functions that count as guards, whatever their bodies tell. */
  readonly guards?: readonly string[];
  /** Why a cell or a reference is not to be run, by its source: it did not come to an end in another process. */
  readonly stopped?: (source: string) => Stop | undefined;
  /** Told of whatever is about to run: all before it is known by then. */
  readonly running?: (part: RunningPart) => void;
  /** Asked now and then while something runs; true ends that. */
  readonly cancelled?: () => boolean;
  /** Told of each run of a cell that has just ended, while its objects are as it left them. */
  readonly ran?: (program: Program, result: RunResult) => void;
}

/** A cell, or a reference that is more than a name, and the time that it may take. */
export interface RunningPart {
  /** Index of the cell; for a reference, the number of cells before it. */
  readonly at: number;
  readonly kind: 'cell' | 'reference';
  readonly source: string;
  readonly milliseconds: number;
}

/** A run must start again from an earlier cell, because objects of that cell are needed as it left them. */
class Replay {
  readonly from: Slot | undefined;
  constructor(from: Slot | undefined) {
    this.from = from;
  }
}

const NOTHING: ReadonlyMap<string, Value | undefined> = new Map();

export class IncrementalEvaluator {
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
  /** Files of modules that this pass loads anew, in the first cell that imports them. */
  readonly #reloaded = new Set<string>();
  /** True where this pass started from nothing. */
  #cold = true;
  /** Cells whose objects other cells changed: all with an entry in `changedBy`, and perhaps some that lost theirs. */
  readonly #shared = new Set<Slot>();

  readonly #cancellable: Pick<EvaluatorOptions, 'cancelled'>;

  constructor(options: EvaluatorOptions = {}) {
    const { cancelled } = options;
    this.#options = options;
    this.#cancellable = cancelled === undefined ? {} : { cancelled };
    this.#session = new Session(options);
  }

  /**
   * Evaluates a version of the chapter, yielding after each cell that ran and each reference that took more than a look.
   * The caller may give the evaluation up between two steps; the next one goes on from what is there.
   */
  *steps(input: EvaluationInput): Generator<void, void> {
    let verifyAll = this.#unfinished;
    this.#unfinished = true;
    let at = this.#place(input);
    if (verifyAll) at = 0;
    this.#allow(at);
    while (at <= this.#slots.length) {
      try {
        yield* this.#evaluateReferences(at, verifyAll);
        const slot = this.#slots[at];
        if (slot !== undefined) {
          const ran = this.#evaluateCell(slot, at, verifyAll);
          if (slot.result !== undefined) this.#allowance.spend(slot.result);
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
    this.#reloaded.clear();
    this.#changed.clear();
    this.#references.settleAll();
  }

  /** By cell of the version that was placed last. */
  get slots(): readonly Slot[] {
    return this.#slots;
  }

  /** By group of references. */
  get outcomes(): readonly GroupOutcome[] {
    return this.#references.outcomes();
  }

  /** The groups with references after the first `gap` cells, by their indices, with what they gave. */
  outcomesIn(gap: number): readonly (readonly [index: number, outcome: GroupOutcome])[] {
    return this.#references.inGap(gap).map(({ group }) => [group.index, group.outcome]);
  }

  get session(): Session {
    return this.#session;
  }

  /** Forgets all results: the next pass evaluates the whole chapter. For changed packages and settings. */
  reset(): void {
    this.#restart();
    this.#unfinished = true;
  }

  /** Has evaluated again, in the next pass, what saw data files otherwise than these are now. False where all holds. */
  refreshData(): boolean {
    const data = this.#options.modules?.data;
    const stale = this.#session.modules.refreshData();
    const sawElse = ({ looks, imports }: Pick<RunResult, 'looks' | 'imports'>) =>
      (stale !== undefined && stale.size > 0 && imports.some(file => stale.has(file))) ||
      (looks.size > 0 && !looksHold(looks, data));
    // With other data, what did not come to its end may do so.
    const slots = this.#slots.filter(({ result }) => result?.status === 'budget' || (result && sawElse(result)));
    // What was changed of objects that no cell made cannot be undone.
    if (stale === undefined || (slots.length > 0 && this.#slots.some(slot => slot.changesWorld))) {
      this.reset();
      return true;
    }
    for (const slot of slots) slot.mustRun = true;
    for (const file of stale) this.#reloaded.add(file);
    // Instances of a class that is loaded anew are none of the former one.
    if (stale.size > 0) this.#afresh = true;
    return this.#references.doubt(sawElse) || slots.length > 0;
  }

  /** Gives the cells of a version of the chapter their slots; returns the index of the first one concerned. */
  #place(input: EvaluationInput): number {
    const { slots, removed } = align(this.#slots, input.cells);
    this.#slots = slots;
    slots.forEach((slot, at) => {
      const cell = input.cells[at]!;
      if (slot.content !== cell.content) slot.take(cell);
    });
    this.#references.place(input, slots);
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
    for (const [index, { result }] of this.#slots.slice(0, at).entries()) {
      for (const { group, from, to } of this.#references.inGap(index)) this.#spendReferences(group, from, to);
      if (result !== undefined) this.#allowance.spend(result);
    }
  }

  // ------------------------------------------------------------------------------------------------ cells

  /** Brings a cell up to date; true if it ran. */
  #evaluateCell(slot: Slot, at: number, verifyAll: boolean): boolean {
    if (!slot.runs) return false;
    if (!slot.mustRun && this.#holds(slot, verifyAll)) return false;
    slot.mustRun = true;
    this.#releaseOthers(slot);
    this.#run(slot, at);
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

  #run(slot: Slot, at: number): void {
    const { result: before, reads } = slot;
    const old = before?.writes ?? NOTHING;
    if (slot.changedBy.size > 0) this.#afresh = true;
    const result = this.#execute(slot, at);
    slot.mustRun = false;
    slot.ran = slot.good;
    slot.result = result;
    slot.serial = ++this.#serial;
    slot.reads = result.reads;
    slot.stateReads = result.stateReads;
    slot.passed = passedCells([result.fault ?? result.refusal, ...result.checks], slot.ran?.file);
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
    this.#options.ran?.(slot.ran!, slot.result);
    this.#noteStates(before, result);
    const moved = movesLookUp(before, result) || this.#movesImports(slot, before, result);
    if (!this.#cold && (moved || !this.#knowsPlaces(slot.passed))) throw this.#startAfresh();
    this.#noteChanges(slot, result.mutated);
    this.#requireEarlierState(slot.key, slot.reads, slot);
  }

  #execute(slot: Slot, at: number): RunResult {
    const { good, key } = slot;
    slot.exhausted = undefined;
    const stop = this.#options.stopped?.(good!.source);
    if (stop !== undefined) {
      this.#session.forget(key);
      // It may be tried again when what it had read by then changes.
      return stoppedRun(good!, stop, this.#readsOf(slot));
    }
    const own = this.#session.budgets;
    const budgets = this.#allowance.of(own);
    this.#options.running?.({ at, kind: 'cell', source: good!.source, milliseconds: budgets.milliseconds });
    const result = this.#session.run(good!, key, { budgets, showsLast: true, ...this.#cancellable });
    slot.exhausted = this.#allowance.exhaustedBy(result, own);
    return slot.exhausted === undefined ? result : { ...result, fault: slot.exhausted.fault };
  }

  /** What a cell that cannot be run will read, as far as its text tells. */
  #readsOf({ good, key }: Slot): ReadonlyMap<string, Value | undefined> {
    const reads = new Map<string, Value | undefined>();
    for (const name of symbolIndex(good!.module).names.reads) reads.set(name, this.#session.namespace.get(name, key));
    return reads;
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
      const still = before?.imports.includes(file) === true && result.imports.includes(file);
      if (this.#reloaded.has(file) || (still && this.#session.modules.isQuiet(file))) continue;
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
  *#evaluateReferences(gap: number, verifyAll: boolean): Generator<void, void> {
    const key = this.#slots[gap]?.key ?? Number.MAX_VALUE;
    for (const { group, from, to } of this.#references.inGap(gap)) {
      if (!verifyAll && group.settled && !group.mayRead(this.#changed) && this.#costsHold(group)) {
        this.#spendReferences(group, from, to);
        continue;
      }
      for (let at = from; at < to; at++) {
        const state = group.states[at]!;
        const holds = this.#referenceHolds(state, key, verifyAll || !state.settled);
        const took = !holds && this.#evaluateReference(group, state, gap, key);
        if (state.cost !== undefined) this.#allowance.spend({ used: state.cost.used, held: 0 });
        state.settled = true;
        if (took) yield;
      }
    }
  }

  /** True where nothing that references took would be given otherwise now. */
  #costsHold(group: RefStates): boolean {
    if (!group.costs) return true;
    if (group.states.some(({ cost }) => cost?.exhausted !== undefined)) return false;
    return this.#allowance.suffices(expressionBudgets(this.#session.budgets));
  }

  /** Evaluates a reference; true if that took more than a look at a name. */
  #evaluateReference(group: RefStates, state: RefState, gap: number, key: number): boolean {
    const { expression } = state.parsed;
    let took = false;
    if (expression !== undefined) {
      const plain = this.#session.plainResult(expression, key);
      if (plain === undefined) {
        took = true;
        this.#compute(group, state, expression, gap, key);
      } else group.take(state, plain, undefined);
    }
    state.serial = ++this.#serial;
    this.#requireEarlierState(key, state.reads);
    return took;
  }

  /** Evaluates a reference within what the chapter has left. */
  #compute(group: RefStates, state: RefState, expression: Expression, gap: number, key: number): void {
    const stop = this.#options.stopped?.(state.expr);
    if (stop !== undefined) {
      group.take(state, stoppedEvaluation(expression, REFERENCE_FILE, stop), undefined);
      return;
    }
    const own = expressionBudgets(this.#session.budgets);
    const budgets = this.#allowance.of(own);
    this.#options.running?.({ at: gap, kind: 'reference', source: state.expr, milliseconds: budgets.milliseconds });
    const result = this.#session.evaluate(expression, key, { budgets, ...this.#cancellable });
    const exhausted = this.#allowance.exhaustedBy(result, own);
    const told = exhausted === undefined ? result : { ...result, fault: exhausted.fault };
    group.take(state, told, { used: result.used, exhausted });
  }

  /** Takes off what references use that need not be evaluated again. */
  #spendReferences(group: RefStates, from: number, to: number): void {
    if (!group.costs) return;
    for (let at = from; at < to; at++) {
      const { cost } = group.states[at]!;
      if (cost !== undefined) this.#allowance.spend({ used: cost.used, held: 0 });
    }
  }

  #referenceHolds(state: RefState, key: number, verifyAll: boolean): boolean {
    if (state.run === undefined || !this.#knowsPlaces(state.passed)) return false;
    const { cost } = state;
    if (
      cost !== undefined &&
      !this.#allowance.suits(cost.used, cost.exhausted, expressionBudgets(this.#session.budgets))
    )
      return false;
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
