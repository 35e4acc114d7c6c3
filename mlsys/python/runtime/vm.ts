/**
 * The machine's state while Python code runs: budgets, cancellation, and what a run leaves behind besides names
 * (printed text, checks, figures, display items, bindings, state of library modules).
 *
 * There is one machine per thread; a session installs its run, and whatever executes meets it here.
 */

import type { Span } from '../syntax/ast';
import { type Budgets, DEFAULT_BUDGETS, LEAST_RECURSION_LIMIT } from './budgets';
import type { CheckResult, UndecidedCheck } from './checks';
import { BudgetExceeded, Cancelled, raise, Unsupported } from './errors';
import type { DataHost, Looks } from './files';
import { withForesight } from './foresight';
import type { Frame } from './frame';
import type { Host } from './host';
import { LONG_TEXT, LongTexts, sizeOf } from './liveness';
import { LostState } from './lostState';
import { mutations } from './mutation';
import type { PyModule, Value } from './objects';
import { Stopwatch } from './stopwatch';
import type { UnknownCause } from './unknown';

/** What a run could not do, and the refusal that it met. */
export interface Refused {
  readonly cause: UnknownCause;
  /** What is not supported, by name; undefined for a budget. */
  readonly construct: string | undefined;
  /** Where the run was at its own level, in whatever module the cause is. */
  readonly at: Span;
}

/** Something worth telling the author that Python lets pass, such as a mix of units. */
export interface Notice {
  readonly kind: string;
  readonly message: string;
  /** Where the cell was: at module level or in a class body. */
  readonly span: Span | undefined;
  /** What it is about, as the kind of notice has it. */
  readonly operands?: readonly { readonly of: string; readonly text: string; readonly origin?: string }[];
}

/** A figure that a cell drew; `kind` names its model, which the renderer knows. */
export interface Figure {
  readonly kind: string;
  readonly model: unknown;
}

/** Something that a cell shows besides its prose: printed text or a displayed object. */
export type Output =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'markdown' | 'html' | 'latex'; readonly text: string }
  | { readonly kind: 'value'; readonly value: Value; readonly text: string }
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'warning'; readonly text: string };

/** What the body of a generator has left to do when it is closed. */
export interface Pending {
  readonly frame: { readonly at: Span; readonly generator: Value | undefined };
  ended: boolean;
}

/** What a run collects; a session makes one per run. */
export class RunRecord {
  readonly checks: CheckResult[] = [];
  readonly figures: Figure[] = [];
  readonly output: Output[] = [];
  readonly notices: Notice[] = [];
  /** Why values became unknown in this run, each once. */
  readonly unknowns: Refused[] = [];
  /** Checks whose condition is unknown. */
  readonly undecided: UndecidedCheck[] = [];
  readonly stateReads = new Map<string, unknown>();
  readonly stateWrites = new Map<string, unknown>();
  /** Frames of generators that are suspended where they still have something to do when they are closed. */
  readonly pending = new Set<Pending>();
  /** What modules of the library keep for the run beside their state, such as the figures that are open. */
  readonly kept = new Set<unknown>();
  /** Files of workspace modules that the run imported, and what it saw of data files itself. */
  readonly files = new Set<string>();
  /** Those of the files that it did not only pass on the way to a part of a package. */
  readonly taken = new Set<string>();
  readonly looks: Looks = new Map();
}

/** The state in which `sys.setrecursionlimit` leaves a limit. */
const RECURSION_LIMIT = 'sys.recursionlimit';

/** Steps that a call of a function of the library takes: its arguments are bound, and most do more than a statement. */
export const NATIVE_STEPS = 3;

/** Steps between two looks at the clock: at first, and where steps turn out to be quick. */
const FIRST_STRIDE = 64;
const STRIDE = 2048;
/** Milliseconds between two looks at the clock that are too many, as where each step is a search in a long text. */
const LATE = 20;

/** So many steps at once are looked at before they are taken, and one takes so many milliseconds at least. */
const LONG = 100_000;
const LEAST_STEP = 1e-4;

/** Bytes of small things that a step makes at most without announcing them, about. */
const UNANNOUNCED = 128;

/** So many things are visited in a step when what is held is measured. */
export const VISITS_PER_STEP = 8;

/** Where less was allocated, nobody looks how much of it a result holds. */
const LEAST_SETTLED = 65_536;

/** Characters that an item of the output counts for beside its own. */
const ITEM_OUTPUT = 100;

/** What a check takes that is kept for the author to see. */
const CHECK_BYTES = 400;
const CHECK_STEPS = 8;

/** So many causes of unknown values are kept of a run. */
const MOST_UNKNOWNS = 100;

/** What running into the recursion limit takes. */
const RECURSION_STEPS = 100;

class Machine {
  #steps = 0;
  #next = FIRST_STRIDE;
  #stride = FIRST_STRIDE;
  #lastLook = 0;
  /** What the run holds at most: what it held when that was measured, and all that it allocated since. */
  #bytes = 0;
  /** What is held is measured when `#bytes` passes this, and when so many steps were taken. */
  #measureAt = 0;
  #measureStep = Number.POSITIVE_INFINITY;
  #peak = 0;
  #texts = new LongTexts();
  #depth = 0;
  /** Calls down to this depth need no look at the recursion limit; who looks depends on the cells that set it. */
  #freeDepth = LEAST_RECURSION_LIMIT;
  #printed = 0;
  /** True while what is printed goes elsewhere. */
  muted = false;
  #stopwatch = new Stopwatch();
  #budgets: Budgets = DEFAULT_BUDGETS;
  #record: RunRecord = new RunRecord();
  #host: Host | undefined = undefined;
  /** Where no session imports: a module of the library may be made for whoever lists what it holds. */
  library: (name: string) => PyModule | undefined = () => undefined;
  #text: string[] = [];
  /** The frame of the module or class body that runs: tells where the cell is. Functions do not set it. */
  frame: Frame | undefined = undefined;
  /** The innermost frame that runs, also of a function: where a warning is raised. */
  running: Frame | undefined = undefined;
  /** File of the cell or module that runs. */
  file = '';
  /** All bytes that the run allocated. */
  allocated = 0;
  /**
   * Of these, what the statements under way allocated and may still hold outside of any variable. Each statement, turn of a
   * loop and call starts again at what it found; what one left is held by names, or by nobody.
   */
  pending = 0;
  /** Containers that comprehensions fill: no name holds them yet. */
  readonly building: unknown[] = [];
  /** The frame of the program itself, while it or modules that it imports run. */
  root: Frame | undefined = undefined;
  #rootFile = '';
  /** Guards whose bodies run, and checks that were made in such bodies. */
  #guards = 0;
  #innerChecks = 0;

  /** Notes the frame of the program, whose modules have frames of their own. */
  begin(frame: Frame, file: string): void {
    if (this.root !== undefined) return;
    this.root = frame;
    this.#rootFile = file;
  }

  /** Counts work: one per statement, call, iteration, item of a long native loop. */
  step(n = 1): void {
    this.#steps += n;
    if (this.#steps >= this.#next) this.#checkpoint(n);
  }

  /**
   * Counts native work that goes once through so many items or characters; what is short is part of its call's step.
   * `weight` is what one of them takes, in sixteenths of a step: 1 where a built-in of JavaScript does it.
   */
  work(size: number, weight = 1): void {
    if (size > 256) this.step(Math.ceil((size * weight) / 16));
  }

  /** `announced` steps are still to come: what is one operation of JavaScript cannot be ended. */
  #checkpoint(announced: number): void {
    const now = Date.now();
    this.#stride = now - this.#lastLook > LATE ? Math.max(1, this.#stride >> 3) : Math.min(STRIDE, 2 * this.#stride);
    this.#lastLook = now;
    // Never past the budget: it must end a run at the same step each time.
    this.#next = Math.min(this.#steps + this.#stride, this.#budgets.steps + 1, this.#measureStep);
    if (this.#steps > this.#budgets.steps)
      throw new BudgetExceeded('steps', `the cell took more than ${this.#budgets.steps.toLocaleString('en')} steps`);
    if (this.#stopwatch.isOver(now, announced < LONG ? 0 : announced * LEAST_STEP))
      throw new BudgetExceeded('time', `the cell ran for more than ${this.#budgets.milliseconds / 1000} s`);
    if (this.#host?.cancelled()) throw new Cancelled();
    if (this.#steps >= this.#measureStep) this.#measure();
  }

  /** Goes on where a budget has ended a run, for what is to be told of its end. */
  beyondBudgets<T>(body: () => T): T {
    const [next, measureAt] = [this.#next, this.#measureAt];
    this.#next = this.#measureAt = Number.POSITIVE_INFINITY;
    try {
      return body();
    } finally {
      this.#next = next;
      this.#measureAt = measureAt;
    }
  }

  /** Announces an allocation before it happens; small ones need not be announced. */
  charge(bytes: number): void {
    this.#bytes += bytes;
    this.allocated += bytes;
    this.pending += bytes;
    if (this.#bytes > this.#measureAt) this.#measure();
  }

  /** Announces a text of exactly so many characters. */
  chargeText(length: number): void {
    if (length >= LONG_TEXT) this.#texts.add(length);
    this.charge(length);
  }

  /** Announces texts of about so many characters together. */
  chargeTexts(length: number): void {
    this.#texts.others += length;
    this.charge(length);
  }

  /**
   * Measures what is held in place of what was allocated. That takes its time, so it is not done again before half of the
   * budget was allocated anew: a run holds half more than its budget at most.
   */
  #measure(): void {
    const { bytes } = this.#budgets;
    this.#measureStep = Number.POSITIVE_INFINITY;
    const before = this.#steps;
    let held = this.pending;
    if (held <= bytes && this.#host !== undefined) {
      const { checks, figures, output, notices, stateWrites, kept } = this.#record;
      const roots = [this.running, this.building, checks, figures, output, notices, stateWrites, kept];
      held += this.#host.held(roots, this.#texts, bytes - held);
    } else held = this.#bytes;
    if (held > bytes)
      throw new BudgetExceeded(
        'memory',
        `the cell would use more than ${Math.round(bytes / 1e6).toLocaleString('en')} MB of memory`,
      );
    this.#peak = Math.max(this.#peak, this.#bytes);
    this.#bytes = held;
    this.#measureAt = Math.max(bytes, held + bytes / 2);
    const visited = (this.#steps - before) * VISITS_PER_STEP;
    this.#measureStep = this.#steps + Math.max(bytes / 2 / UNANNOUNCED, 2 * visited);
    this.#next = Math.min(this.#next, this.#measureStep);
  }

  /** Ends what allocated for a result alone: all else was dropped since `allocated` and `pending` were as given. */
  settle(pending: number, allocated: number, result: unknown): void {
    const since = this.allocated - allocated;
    const known = since < LEAST_SETTLED && typeof result === 'object' && result !== null;
    this.pending = pending + (known ? since : Math.min(since, sizeOf(result, since)));
  }

  /** Enters a Python function, or one level of a native recursion such as the repr of a nested list. */
  enter(doing = ''): void {
    if (++this.#depth > this.#freeDepth) this.#enterDeep(doing);
  }

  #enterDeep(doing: string): void {
    const { recursion } = this.#budgets;
    this.#depth--;
    const limit = this.recursionLimit;
    this.#freeDepth = Math.min(limit, recursion);
    if (this.#depth < this.#freeDepth) {
      this.#depth++;
      return;
    }
    if (limit > recursion) throw new BudgetExceeded('recursion', `calls are nested more than ${recursion} levels deep`);
    // A program may run into the limit again and again, from each level on its way out.
    this.step(RECURSION_STEPS);
    throw raise('RecursionError', `maximum recursion depth exceeded${doing}`);
  }

  /** What `sys.getrecursionlimit` gives: that of the budget, until the program sets another. */
  get recursionLimit(): number {
    return this.readState(RECURSION_LIMIT, this.#budgets.recursion);
  }

  set recursionLimit(limit: number) {
    this.writeState(RECURSION_LIMIT, limit);
    this.#freeDepth = Math.min(LEAST_RECURSION_LIMIT, this.#budgets.recursion);
  }

  /** Enters one level of a native recursion that CPython does not limit, such as the hash of a nested tuple. */
  descend(): void {
    if (++this.#depth <= this.#budgets.recursion) return;
    this.#depth--;
    throw new BudgetExceeded('recursion', `values are nested more than ${this.#budgets.recursion} levels deep`);
  }

  leave(): void {
    this.#depth--;
  }

  get depth(): number {
    return this.#depth;
  }

  /** Restores the depth that a generator or an unwound stack left behind. */
  set depth(depth: number) {
    this.#depth = depth;
  }

  get steps(): number {
    return this.#steps;
  }

  /** What the run has used up to now: of memory, the most that it may have held at once. */
  get used(): Omit<Budgets, 'recursion' | 'foresight'> {
    const { used: milliseconds } = this.#stopwatch;
    return { steps: this.#steps, bytes: Math.max(this.#peak, this.#bytes), output: this.#printed, milliseconds };
  }

  get budgets(): Budgets {
    return this.#budgets;
  }

  /** Writes to the cell's standard output. */
  print(text: string): void {
    mutations.watch?.();
    this.#countOutput(text.length);
    if (text !== '' && !this.muted) this.#text.push(text);
  }

  /** Shows something; it counts as printed, an object among it by its text. */
  display(item: Output): void {
    mutations.watch?.();
    this.#countOutput(ITEM_OUTPUT + (item.kind === 'figure' ? 0 : item.text.length));
    this.flush();
    this.#record.output.push(item);
  }

  #countOutput(characters: number): void {
    this.#printed += characters;
    if (this.#printed > this.#budgets.output)
      throw new BudgetExceeded(
        'output',
        `the cell printed more than ${this.#budgets.output.toLocaleString('en')} characters`,
      );
  }

  /** Turns the text printed so far into an output item. */
  flush(): void {
    if (this.#text.length === 0) return;
    this.#record.output.push({ kind: 'text', text: this.#text.join('') });
    this.#text = [];
  }

  /** Records why something is unknown; the same cause at the same place counts once. */
  recordUnknown(cause: UnknownCause, refusal: Error): void {
    const { unknowns } = this.#record;
    const { file, span, subject } = cause;
    if (unknowns.length >= MOST_UNKNOWNS) return;
    const known = unknowns.some(
      one => one.cause.subject === subject && one.cause.file === file && one.cause.span.start === span.start,
    );
    if (known) return;
    const construct = refusal instanceof Unsupported ? refusal.construct : undefined;
    unknowns.push({ cause, construct, at: file === this.#rootFile || this.root === undefined ? span : this.root.at });
  }

  /** True while the program itself runs, rather than a module that it imports. */
  get inProgram(): boolean {
    return this.file === this.#rootFile;
  }

  /** Runs a guard's body: checks in it are the guard's own. Tells how many there were. */
  withinGuard<T>(body: () => T): { readonly result: T; readonly checks: number } {
    const before = this.#innerChecks;
    this.#guards++;
    try {
      return { result: body(), checks: this.#innerChecks - before };
    } finally {
      this.#guards--;
    }
  }

  /** True for a check in the body of a guard, which is not recorded by itself. */
  get #isInner(): boolean {
    if (this.#guards > 0) this.#innerChecks++;
    return this.#guards > 0;
  }

  /** Records a check whose condition is unknown. */
  recordUndecided(message: string, cause: UnknownCause): void {
    if (this.#isInner) return;
    const span = this.frame?.at;
    this.charge(CHECK_BYTES + message.length);
    this.step(CHECK_STEPS);
    const trace = span === undefined ? [] : [{ file: this.file, span }];
    this.#record.undecided.push({ message, cause, span, trace });
  }

  recordCheck(check: Pick<CheckResult, 'passed' | 'message' | 'condition'>): void {
    if (this.#isInner) return;
    const span = this.frame?.at;
    const trace = span === undefined ? [] : [{ file: this.file, span }];
    this.charge(CHECK_BYTES + check.message.length);
    this.step(CHECK_STEPS);
    this.#record.checks.push({ ...check, span, trace });
  }

  /** Records a notice; the same one at the same place counts once. */
  notice(notice: Omit<Notice, 'span'>): void {
    const span = this.frame?.at;
    const { notices } = this.#record;
    this.step(notices.length);
    if (!notices.some(one => one.message === notice.message && one.span === span)) notices.push({ ...notice, span });
  }

  recordFigure(figure: Figure): void {
    this.#record.figures.push(figure);
    this.display({ kind: 'figure', figure });
  }

  /** State of a library module in this session; `initial` before anyone wrote. Treat it as immutable. */
  readState<T>(channel: string, initial: T): T {
    const { stateReads, stateWrites } = this.#record;
    const written = stateWrites.has(channel);
    const known = written ? stateWrites.get(channel) : this.#host?.state(channel);
    if (!written) stateReads.set(channel, known);
    if (known instanceof LostState) throw known.unknown;
    if (written) return known as T;
    return known === undefined ? initial : (known as T);
  }

  /** What a state channel holds, as it is kept; undefined where nobody has set it. It counts as read. */
  peekState(channel: string): unknown {
    const { stateReads, stateWrites } = this.#record;
    if (stateWrites.has(channel)) return stateWrites.get(channel);
    const known = this.#host?.state(channel);
    stateReads.set(channel, known);
    return known;
  }

  writeState<T>(channel: string, value: T): void {
    mutations.watch?.();
    this.#record.stateWrites.set(channel, value);
  }

  /** Makes a state unknown until somebody sets it anew: whoever needs it until then meets `unknown`. */
  loseState(channel: string, unknown: Error): void {
    this.#record.stateWrites.set(channel, new LostState(unknown));
  }

  import(name: string): PyModule {
    const found = this.#host === undefined ? this.library(name) : this.#host.importModule(name);
    if (found === undefined) throw new Unsupported(`import of ${name} outside a session`);
    return found;
  }

  /** A module of the workspace, if it has been imported. */
  loadedModule(name: string): PyModule | undefined {
    return this.#host?.loadedModule(name);
  }

  /** True while the own code of a module (or one of that name) still runs: names may be missing because of a cycle. */
  isLoading(module: PyModule | string): boolean {
    return this.#host?.isLoading(module) ?? false;
  }

  /** What an import binds in place of a name that the library refuses, if anything. */
  standIn(refused: Unsupported): Value | undefined {
    return this.#host?.standIn(refused);
  }

  /** True while code of a session runs, or what it gave is shown. */
  get inSession(): boolean {
    return this.#host !== undefined;
  }

  get data(): DataHost | undefined {
    return this.#host?.data;
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** Runs `body` with fresh budgets and a record of its own, then restores what was there. */
  during<T>(record: RunRecord, host: Host | undefined, budgets: Budgets, body: () => T): T {
    const saved = {
      steps: this.#steps,
      next: this.#next,
      stride: this.#stride,
      bytes: this.#bytes,
      measureAt: this.#measureAt,
      measureStep: this.#measureStep,
      peak: this.#peak,
      texts: this.#texts,
      allocated: this.allocated,
      pending: this.pending,
      building: this.building.length,
      depth: this.#depth,
      freeDepth: this.#freeDepth,
      printed: this.#printed,
      stopwatch: this.#stopwatch,
      budgets: this.#budgets,
      record: this.#record,
      host: this.#host,
      text: this.#text,
      frame: this.frame,
      running: this.running,
      file: this.file,
      root: this.root,
      rootFile: this.#rootFile,
    };
    this.root = undefined;
    this.#steps = 0;
    this.#stride = FIRST_STRIDE;
    this.#next = Math.min(FIRST_STRIDE, budgets.steps + 1);
    this.#measureStep = Math.ceil(budgets.bytes / 2 / UNANNOUNCED);
    this.#bytes = 0;
    this.#measureAt = budgets.bytes;
    this.#peak = 0;
    this.#texts = new LongTexts();
    this.allocated = 0;
    this.pending = 0;
    this.#depth = 0;
    this.#freeDepth = Math.min(LEAST_RECURSION_LIMIT, budgets.recursion);
    this.#printed = 0;
    this.#lastLook = Date.now();
    this.#stopwatch = new Stopwatch(budgets.milliseconds);
    this.#budgets = budgets;
    this.#record = record;
    this.#host = host;
    this.#text = [];
    this.frame = undefined;
    this.running = undefined;
    try {
      return withForesight(false, body, budgets.foresight);
    } finally {
      this.flush();
      this.#steps = saved.steps;
      this.#next = saved.next;
      this.#stride = saved.stride;
      this.#bytes = saved.bytes;
      this.#measureAt = saved.measureAt;
      this.#measureStep = saved.measureStep;
      this.#peak = saved.peak;
      this.#texts = saved.texts;
      this.allocated = saved.allocated;
      this.pending = saved.pending;
      this.building.length = saved.building;
      this.#depth = saved.depth;
      this.#freeDepth = saved.freeDepth;
      this.#printed = saved.printed;
      this.#stopwatch = saved.stopwatch;
      this.#budgets = saved.budgets;
      this.#record = saved.record;
      this.#host = saved.host;
      this.#text = saved.text;
      this.frame = saved.frame;
      this.running = saved.running;
      this.root = saved.root;
      this.#rootFile = saved.rootFile;
      this.file = saved.file;
    }
  }
}

/** The machine of this thread. */
export const vm = new Machine();
