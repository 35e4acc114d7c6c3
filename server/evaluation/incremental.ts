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
  type Expression,
  expressionBudgets,
  looksHold,
  NAMES,
  type RunResult,
  Session,
  symbolIndex,
  type Value,
} from '../../mlsys';
import { align, isCrowded, KEY_STEP } from './cellAlignment';
import { type CellState, importedFirst, namesFrom, passedCells } from './cellState';
import { ChangingReferences } from './changingReferences';
import { CHAPTER_FIGURES, type EvaluatorOptions, type RunningPart } from './evaluatorOptions';
import type { EvaluationInput } from './input';
import {
  canKeepOld,
  changedNames,
  interchangeable,
  interchangeableFor,
  movesLookUp,
  readsSame,
  referToOld,
  sameState,
} from './interchangeable';
import { PlacedCells } from './placedCells';
import {
  channelName,
  type GroupOutcome,
  REFERENCE_FILE,
  References,
  type RefState,
  type RefStates,
} from './references';
import { DEFAULT_CHAPTER_BUDGETS, RemainingBudget } from './remainingBudget';
import { BecomesCell, Replay } from './replay';
import { stoppedEvaluation, stoppedRun } from './stopped';

const NOTHING: ReadonlyMap<string, Value | undefined> = new Map();

export class IncrementalEvaluator {
  readonly #options: EvaluatorOptions;
  #session: Session;
  #cellStates: readonly CellState[] = [];
  readonly #references = new References();
  readonly #changing = new ChangingReferences();
  /** The version that was placed last. */
  #input: EvaluationInput = { cells: [], refGroups: [] };
  #placed = new PlacedCells([]);
  /** What the chapter has left at the cell that is looked at. */
  #remaining = new RemainingBudget(DEFAULT_CHAPTER_BUDGETS);
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
  readonly #shared = new Set<CellState>();
  readonly #cancellable: Pick<EvaluatorOptions, 'cancelled'>;

  constructor(options: EvaluatorOptions = {}) {
    const { cancelled } = options;
    this.#options = { figureSize: CHAPTER_FIGURES, ...options };
    this.#cancellable = cancelled === undefined ? {} : { cancelled };
    this.#session = new Session(this.#options);
  }

  /**
   * Evaluates a version of the chapter, yielding after each cell that ran and each reference that took more than a look.
   * The caller may give the evaluation up between two steps; the next one goes on from what is there.
   */
  *steps(input: EvaluationInput): Generator<void, void> {
    let verifyAll = this.#unfinished;
    this.#unfinished = true;
    this.#input = input;
    let at = this.#place();
    if (verifyAll) at = 0;
    this.#allow(at);
    while (at <= this.#cellStates.length) {
      try {
        yield* this.#evaluateReferences(at, verifyAll);
        const cellState = this.#cellStates[at];
        if (cellState !== undefined) {
          const ran = this.#evaluateCell(cellState, at, verifyAll);
          if (cellState.result !== undefined) this.#remaining.spend(cellState.result);
          if (ran) yield;
        }
        at++;
      } catch (error) {
        let first: number | undefined;
        if (error instanceof BecomesCell) first = this.#alignReferences();
        else if (!(error instanceof Replay)) throw error;
        else if (error.from !== undefined) first = this.#cellStates.indexOf(error.from);
        verifyAll ||= first === undefined;
        at = Math.min(at, first ?? 0);
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
  get placed(): PlacedCells {
    return this.#placed;
  }

  /** By group of references. */
  get outcomes(): readonly GroupOutcome[] {
    return this.#references.outcomes();
  }

  /** The groups with references after the first `gap` cells, by their indices, with what they gave. */
  outcomesIn(gap: number): readonly (readonly [index: number, outcome: GroupOutcome])[] {
    const outcomes: [number, GroupOutcome][] = [];
    const [from, to] = this.#placed.placesBehind(gap);
    for (let at = from; at <= to; at++)
      for (const { group } of this.#references.inGap(at)) outcomes.push([group.index, group.outcome]);
    return outcomes;
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
    const stale = this.#session.modules.refresh();
    const sawElse = ({ looks, imports, passes }: Pick<RunResult, 'looks' | 'imports'> & Partial<RunResult>) =>
      (stale !== undefined && stale.size > 0 && imports.some(file => stale.has(file) && !passes?.has(file))) ||
      (looks.size > 0 && !looksHold(looks, data));
    const toLoad = new Set(stale);
    const loads = ({ imports }: RunResult) => toLoad.size > 0 && imports.filter(file => toLoad.delete(file)).length > 0;
    // With other data, what did not come to its end may do so.
    const cellStates = this.#cellStates.filter(
      ({ result }) => result !== undefined && (loads(result) || result.status === 'budget' || sawElse(result)),
    );
    // What was changed of objects that no cell made cannot be undone.
    if (stale === undefined || (cellStates.length > 0 && this.#cellStates.some(cellState => cellState.changesWorld))) {
      this.reset();
      return true;
    }
    for (const cellState of cellStates) cellState.mustRun = true;
    for (const file of stale) this.#reloaded.add(file);
    // Instances of a class that is loaded anew are none of the former one.
    if (stale.size > 0) this.#afresh = true;
    return this.#references.doubt(sawElse) || cellStates.length > 0;
  }

  /** Places the version; returns the index of the first cell concerned. */
  #place(): number {
    this.#cold = this.#cellStates.every(({ result }) => result === undefined) && !this.#references.evaluated;
    const first = this.#align() ?? 0;
    return Math.min(first, this.#references.firstUnsettled() ?? first);
  }

  /**
   * Gives the cells of the version their cellStates, and drops those of others; returns the index of the first one
   * concerned by that. Undefined where all starts afresh.
   */
  #align(): number | undefined {
    const input = this.#changing.arrange(this.#input);
    const { cellStates, removed } = align(this.#cellStates, input.cells);
    this.#cellStates = cellStates;
    cellStates.forEach((cellState, at) => {
      const cell = input.cells[at]!;
      if (cellState.content !== cell.content) cellState.take(cell);
    });
    this.#placed = new PlacedCells(cellStates);
    this.#references.place(input, cellStates);
    let first = cellStates.length + 1;
    const gone = [...removed, ...cellStates.filter(cellState => !cellState.runs)].filter(
      cellState => cellState.result !== undefined,
    );
    if (
      isCrowded(cellStates) ||
      gone.some(
        cellState => cellState.changesWorld || movesLookUp(cellState.result!) || cellState.result!.imports.length > 0,
      )
    ) {
      this.#restart();
      return undefined;
    }
    for (const cellState of gone) {
      const after = cellStates.findIndex(other => other.key > cellState.key);
      // Below the last cell there are references still.
      first = Math.min(first, after < 0 ? cellStates.length : after);
      this.#discard(cellState);
    }
    const mustRun = cellStates.findIndex(cellState => cellState.runs && cellState.mustRun);
    return mustRun >= 0 ? Math.min(first, mustRun) : first;
  }

  /** Gives references that change something their cellStates; the same as `#align`. */
  #alignReferences(): number | undefined {
    const first = this.#align();
    // They would see what cells below have changed of objects that no cell made.
    if (!this.#cellStates.slice(first).some(({ changesWorld }) => changesWorld)) return first;
    this.#restart();
    return undefined;
  }

  /** Sets what the chapter has left at a cell. */
  #allow(at: number): void {
    if (at >= this.#cellStates.length) return;
    this.#remaining = new RemainingBudget({ ...DEFAULT_CHAPTER_BUDGETS, ...this.#options.budgets?.chapter });
    for (const [index, { result }] of this.#cellStates.slice(0, at).entries()) {
      for (const { group, from, to } of this.#references.inGap(index)) this.#spendReferences(group, from, to);
      if (result !== undefined) this.#remaining.spend(result);
    }
  }

  // ------------------------------------------------------------------------------------------------ cells

  /** Brings a cell up to date; true if it ran. */
  #evaluateCell(cellState: CellState, at: number, verifyAll: boolean): boolean {
    if (!cellState.runs) return false;
    if (!cellState.mustRun && this.#holds(cellState, verifyAll)) return false;
    cellState.mustRun = true;
    this.#releaseOthers(cellState);
    this.#run(cellState, at);
    return true;
  }

  /** True where everything that the run of a cell read is as it was. */
  #holds(cellState: CellState, verifyAll: boolean): boolean {
    if (cellState.result === undefined || !this.#knowsPlaces(cellState.passed)) return false;
    if (!this.#remaining.suits(cellState.result.used, cellState.exhausted, this.#budgetsOf(cellState))) return false;
    if (!this.#passesTheSame(cellState.result)) return false;
    if (!verifyAll && this.#changed.size === 0) return true;
    if (cellState.observesNamespace || !this.#sameStates(cellState.stateReads, cellState.key, verifyAll)) return false;
    // A cell reads far more names than an edit changes.
    for (const name of verifyAll ? cellState.reads.keys() : this.#changed)
      if (cellState.reads.has(name) && !this.#readsTheSame(cellState, name)) return false;
    return true;
  }

  /** True where packages that a run imported on its way have loaded anew without a trace, in a cell above. */
  #passesTheSame({ passes }: RunResult): boolean {
    if (this.#reloaded.size === 0) return true;
    for (const file of passes) if (this.#reloaded.has(file) && !this.#session.modules.isQuiet(file)) return false;
    return true;
  }

  /** True where a name means to a cell what it meant when the cell ran. */
  #readsTheSame(cellState: CellState, name: string): boolean {
    const old = cellState.reads.get(name);
    const now = this.#session.namespace.get(name, cellState.key);
    if (Object.is(old, now)) return true;
    if (!interchangeable(old, now) && !this.#readsSameAttributes(cellState, name, old, now)) return false;
    cellState.readInstead(name, now);
    return true;
  }

  #sameStates(reads: ReadonlyMap<string, unknown>, key: number, verifyAll: boolean): boolean {
    for (const [channel, old] of reads)
      if ((verifyAll || this.#changed.has(channelName(channel))) && !sameState(old, this.#session.state(channel, key)))
        return false;
    return true;
  }

  #readsSameAttributes(cellState: CellState, name: string, old: Value | undefined, now: Value | undefined): boolean {
    const attributes = cellState.usage.names.get(name);
    if (attributes === undefined || attributes === 'whole' || cellState.changes.size > 0) return false;
    // Most often they are others, which is soon seen.
    if (!interchangeableFor(attributes, old, now)) return false;
    return !this.#cellStates.some(other => other !== cellState && other.runs && other.readsLater(name));
  }

  #run(cellState: CellState, at: number): void {
    const { result: before, reads } = cellState;
    const old = before?.writes ?? NOTHING;
    if (cellState.changedBy.size > 0) this.#afresh = true;
    const result = this.#execute(cellState, at);
    cellState.mustRun = false;
    cellState.ran = cellState.good;
    cellState.result = result;
    cellState.serial = ++this.#serial;
    cellState.reads = result.reads;
    cellState.stateReads = result.stateReads;
    cellState.passed = passedCells([result.fault ?? result.refusal, ...result.checks], cellState.ran?.file);
    for (const other of cellState.changedBy) other.changes.delete(cellState);
    cellState.changedBy.clear();
    this.#shared.delete(cellState);
    cellState.changesWorld = false;
    if (
      !this.#afresh &&
      before !== undefined &&
      readsSame(cellState, reads) &&
      canKeepOld(cellState, old, result.writes)
    )
      this.#keepOld(cellState, old, result);
    else if (before !== undefined || !this.#cold) {
      const others = (name: string) => this.#session.namespace.get(name, cellState.key);
      this.#noteNames(changedNames(old, result.writes, others));
    }
    if (!cellState.isReference) this.#options.ran?.(cellState.ran!, cellState.result, before);
    this.#noteStates(before, result);
    const moved = result.needsReload || movesLookUp(before, result) || this.#movesImports(cellState, before, result);
    if (!this.#cold && (moved || !this.#knowsPlaces(cellState.passed))) throw this.#startAfresh();
    this.#noteChanges(cellState, result.mutated);
    const replay = this.#earlierState(cellState.key, cellState.reads, cellState);
    if (replay === undefined) return;
    cellState.mustRun = true;
    throw replay;
  }

  /** Has names hold the objects of the run before, which what a cell made now equals: nothing that reads them needs to run. */
  #keepOld(cellState: CellState, old: ReadonlyMap<string, Value | undefined>, result: RunResult): void {
    this.#session.restore(cellState.key, old);
    cellState.result = { ...result, writes: old };
    referToOld(old, result);
  }

  #execute(cellState: CellState, at: number): RunResult {
    const { good, key } = cellState;
    cellState.exhausted = undefined;
    const stop = this.#options.stopped?.(good!.source);
    if (stop !== undefined) {
      this.#session.forget(key);
      if (cellState.isReference) cellState.evaluation = stoppedEvaluation(good!.module, REFERENCE_FILE, stop);
      // It may be tried again when what it had read by then changes.
      return stoppedRun(good!, stop, this.#readsOf(cellState));
    }
    const own = this.#budgetsOf(cellState);
    const budgets = this.#remaining.of(own);
    this.#tell(at, cellState.isReference ? 'reference' : 'cell', good!.source, budgets);
    const firstImports = importedFirst(cellState, this.#cellStates);
    const options = { budgets, showsLast: true, firstImports, ...this.#cancellable };
    const { run, evaluation } = cellState.isReference
      ? this.#session.runReference(good!, key, options)
      : { run: this.#session.run(good!, key, options), evaluation: undefined };
    cellState.exhausted = this.#remaining.exhaustedBy(run, own);
    const told = cellState.exhausted && { fault: cellState.exhausted.fault };
    cellState.evaluation = evaluation && { ...evaluation, ...told };
    return told === undefined ? run : { ...run, ...told };
  }

  #tell(at: number, kind: RunningPart['kind'], source: string, { milliseconds }: Budgets): void {
    this.#options.running?.({ at: this.#placed.cellsBefore(at), kind, source, milliseconds });
  }

  /** What a cell may use, or a reference. */
  #budgetsOf({ isReference }: CellState): Budgets {
    const { budgets } = this.#session;
    return isReference ? expressionBudgets(budgets) : budgets;
  }

  /** What a cell that cannot be run will read, as far as its text tells. */
  #readsOf({ good, key }: CellState): ReadonlyMap<string, Value | undefined> {
    const { reads } = symbolIndex(good!.module).names;
    return new Map([...reads].map(name => [name, this.#session.namespace.get(name, key)]));
  }

  #noteStates(before: RunResult | undefined, result: RunResult): void {
    if (before === undefined && result.stateWrites.size === 0) return;
    const channels = new Set([...(before?.stateWrites.keys() ?? []), ...result.stateWrites.keys()]);
    for (const channel of channels)
      if (!sameState(before?.stateWrites.get(channel), result.stateWrites.get(channel)))
        this.#changed.add(channelName(channel));
  }

  /** A workspace module runs when the first cell imports it: true where another cell is the first one now. */
  #movesImports(cellState: CellState, before: RunResult | undefined, result: RunResult): boolean {
    for (const file of new Set([...(before?.imports ?? []), ...result.imports])) {
      const still = before?.imports.includes(file) === true && result.imports.includes(file);
      if (this.#reloaded.has(file) || (still && this.#session.modules.isQuiet(file))) continue;
      const others = this.#cellStates.filter(other => other !== cellState && other.result?.imports.includes(file));
      if (others[0] !== undefined && others[0].key < cellState.key) continue;
      if (others.length > 0 || before?.imports.includes(file) === true) return true;
    }
    return false;
  }

  /** True where every cell that a traceback passes through still has the text that it speaks of. */
  #knowsPlaces(passed: readonly string[]): boolean {
    return passed.every(file => this.#cellStates.some(cellState => cellState.ran?.file === file));
  }

  // ------------------------------------------------------------------------------------------------ references

  /** Brings the references after the first `gap` cells up to date. */
  *#evaluateReferences(gap: number, verifyAll: boolean): Generator<void, void> {
    const key = this.#cellStates[gap]?.key ?? Number.MAX_VALUE;
    for (const { group, from, to } of this.#references.inGap(gap)) {
      const isKept = !verifyAll && group.settled && !group.hasCells && !group.mayRead(this.#changed);
      if (isKept && group.fits(this.#remaining, expressionBudgets(this.#session.budgets))) {
        this.#spendReferences(group, from, to);
        continue;
      }
      for (let at = from; at < to; at++) {
        const state = group.states[at]!;
        if (group.isCell(at)) {
          group.takeCell(state, this.#cellStates[gap - 1]!);
          continue;
        }
        const holds = this.#referenceHolds(state, key, verifyAll || !state.settled);
        const took = !holds && this.#evaluateReference(group, state, gap, key);
        if (state.cost !== undefined) this.#remaining.spend({ used: state.cost.used, held: 0 });
        state.settled = true;
        if (took) yield;
      }
    }
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
    const replay = this.#earlierState(key, state.reads);
    if (replay === undefined) return took;
    state.forget();
    throw replay;
  }

  /** Evaluates a reference within what the chapter has left. */
  #compute(group: RefStates, state: RefState, expression: Expression, gap: number, key: number): void {
    const stop = this.#options.stopped?.(state.expr);
    if (stop !== undefined) {
      group.take(state, stoppedEvaluation(expression, REFERENCE_FILE, stop), undefined);
      return;
    }
    const own = expressionBudgets(this.#session.budgets);
    const budgets = this.#remaining.of(own);
    this.#tell(gap, 'reference', state.expr, budgets);
    const result = this.#session.evaluate(expression, key, { budgets, ...this.#cancellable });
    if (result.changes === true) {
      this.#changing.add(this.#input, this.#input.refGroups[group.index]!, group.states.indexOf(state));
      throw new BecomesCell();
    }
    const exhausted = this.#remaining.exhaustedBy(result, own);
    const told = exhausted === undefined ? result : { ...result, fault: exhausted.fault };
    group.take(state, told, { used: result.used, exhausted });
  }

  /** Takes off what references use that need not be evaluated again. */
  #spendReferences(group: RefStates, from: number, to: number): void {
    if (!group.costs) return;
    for (let at = from; at < to; at++) {
      const { cost } = group.states[at]!;
      if (cost !== undefined) this.#remaining.spend({ used: cost.used, held: 0 });
    }
  }

  #referenceHolds(state: RefState, key: number, verifyAll: boolean): boolean {
    if (state.run === undefined || !this.#knowsPlaces(state.passed)) return false;
    const { cost } = state;
    if (
      cost !== undefined &&
      !this.#remaining.suits(cost.used, cost.exhausted, expressionBudgets(this.#session.budgets))
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
  #noteChanges(cellState: CellState, owners: readonly number[]): void {
    const gap = this.#cellStates.indexOf(cellState) + 1;
    /** The first cell that must make its objects anew; all changes are noted before it does. */
    let first: Replay | undefined;
    for (const owner of owners) {
      const maker = this.#cellStates.find(other => other.key === owner && other.result !== undefined);
      if (maker === cellState) continue;
      if (maker === undefined || maker.key > cellState.key) {
        cellState.changesWorld = true;
        if (!this.#cold) throw this.#startAfresh();
        continue;
      }
      const seen =
        this.#cellStates.some(other => other.key > cellState.key && other.serial > maker.serial) ||
        [...maker.changedBy].some(other => other.key > cellState.key) ||
        this.#references.evaluatedSince(gap, maker.serial);
      maker.changedBy.add(cellState);
      this.#shared.add(maker);
      cellState.changes.add(maker);
      if (seen) first ??= this.#replay(maker);
    }
    if (first !== undefined) throw first;
  }

  /** Before a cell runs again: objects of earlier cells that it changed must be made anew. */
  #releaseOthers(cellState: CellState): void {
    if (!this.#cold) {
      const world =
        cellState.changesWorld || this.#cellStates.some(other => other.changesWorld && other.key > cellState.key);
      if (world) throw this.#startAfresh();
    }
    const [maker] = cellState.changes;
    if (maker !== undefined) throw this.#replay(maker);
  }

  /** Where to go back to if an evaluation at `key` with those reads may have met objects as later cells left them. */
  #earlierState(key: number, reads: ReadonlyMap<string, unknown>, own?: CellState): Replay | undefined {
    const isLater = (other: CellState) => other !== own && other.key >= key;
    // Nobody can tell who holds what a cell below has changed of objects that no cell made.
    if (!this.#cold && this.#cellStates.some(cellState => cellState.changesWorld && isLater(cellState)))
      return this.#startAfresh();
    if (this.#shared.size === 0) return undefined;
    const makers = [...this.#shared].filter(({ key: at, changedBy }) => at < key && [...changedBy].some(isLater));
    const maker = makers
      .sort((a, b) => a.key - b.key)
      .find(one => {
        const tainted = namesFrom(one, this.#cellStates, key);
        return [...reads.keys()].some(name => tainted.has(name));
      });
    return maker && this.#replay(maker);
  }

  /** Makes a cell run again, so that its objects are new; whatever reads them follows. */
  #replay(maker: CellState): Replay {
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
    this.#cellStates.forEach((cellState, at) => {
      cellState.key = (at + 1) * KEY_STEP;
      cellState.forget();
    });
  }

  #noteNames(names: Iterable<string>): void {
    for (const name of names) this.#changed.add(name).add(channelName(NAMES));
  }

  /** Drops the run of a cell that is gone, or no longer to be run. */
  #discard(cellState: CellState): void {
    const { writes, stateWrites } = cellState.result!;
    this.#session.forget(cellState.key);
    this.#noteNames(writes.keys());
    for (const channel of stateWrites.keys()) this.#changed.add(channelName(channel));
    for (const maker of cellState.changes) {
      maker.changedBy.delete(cellState);
      this.#replay(maker);
    }
    for (const other of cellState.changedBy) other.changes.delete(cellState);
    this.#shared.delete(cellState);
    cellState.forget();
  }
}
