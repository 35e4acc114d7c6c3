/** Runs the cells of a chapter, in any order, each seeing what the cells before it left. */
import '../install';
import { displayLast } from '../modules/ipython';
import { keepLive } from '../modules/live';
import { builtinModule } from '../modules/registry';
import { sourceOfExpression } from '../provenance/ask';
import type { Source } from '../provenance/graph';
import { type CompiledModule, compileExpression, compileModule } from '../python/compiler';
import { changedNames } from '../python/compiler/changedNames';
import { type Budgets, DEFAULT_BUDGETS } from '../python/runtime/budgets';
import { BudgetExceeded } from '../python/runtime/errors';
import { FIGURE_SIZE } from '../python/runtime/figureSize';
import { namedGuards } from '../python/runtime/guards';
import type { Host } from '../python/runtime/host';
import { heldBytes } from '../python/runtime/liveness';
import { mutations, UNTRACEABLE, withoutChanges } from '../python/runtime/mutation';
import { NAMES } from '../python/runtime/namespaceNames';
import { isUnchanging } from '../python/runtime/nativeEffects';
import { NUMBER_DISPLAY } from '../python/runtime/numberDisplay';
import { creation, PyClass, PyObject, typeClass, type Value } from '../python/runtime/objects';
import { type Binding, provenance, Recorder } from '../python/runtime/provenance';
import { refuseUnknown, UNKNOWN_TEXT, type UnknownCause, UnknownReached, unknowns } from '../python/runtime/unknown';
import { RunRecord, VISITS_PER_STEP, vm } from '../python/runtime/vm';
import { symbolIndex } from '../python/symbols/symbolIndex';
import type { Expression } from '../python/syntax/ast';
import { capturesOutput, isSilent } from '../python/syntax/nodes';
import type { Program } from '../python/syntax/program';
import { type Display, sentenceDisplay } from './describe';
import { type Fault, faultOf, type RunStatus, refusedFault, syntaxFault, unknownFault } from './faults';
import { SessionGlobals, type View } from './globals';
import type { ModuleSource } from './moduleSources';
import { SessionModules } from './modules';
import { type EvaluationResult, NONE_USED, NOTHING_RUN, type ReferenceRun, type RunResult, type Use } from './results';
import { nextSerial } from './serial';
import { settledNames } from './settled';
import { refuseUnfinished } from './unfinished';
import { Versions } from './versions';

export interface RunOptions {
  /** Asked now and then; true ends the run. */
  readonly cancelled?: () => boolean;
  /** Of this run, where they are not those of the session. */
  readonly budgets?: Budgets;
  /** True where the value of a last statement is shown, as notebooks do. */
  readonly showsLast?: boolean;
  /** Files of modules that no run at an earlier position imports. */
  readonly firstImports?: ReadonlySet<string>;
}

export interface SessionOptions {
  readonly modules?: ModuleSource;
  readonly budgets?: Partial<Budgets>;
  /** Names of functions that count as guards, whatever their bodies tell. */
  readonly guards?: readonly string[];
  /** Width and height in inches of figures that name none; matplotlib's own where it is left out. */
  readonly figureSize?: readonly [number, number];
}

export interface EvaluateOptions {
  /** Of this evaluation, where they are not its share of the session's. */
  readonly budgets?: Budgets;
  /** The name of the expression in tracebacks. */
  readonly file?: string;
}

/** How a value reads in a sentence; throws where it, or something that it shows, is unknown. */
function knownDisplay(value: Value): Display {
  refuseUnknown(value);
  return sentenceDisplay(value);
}

/** What a reference gave, and how it reads in its sentence. */
class Shown {
  value: Value | undefined;
  display: Display | undefined;
  /** Why the value, or something that it shows, is unknown. */
  cause: UnknownCause | undefined;

  /** Takes the value, and its text of at most so many characters. */
  take(evaluate: () => Value, most: number): void {
    try {
      this.value = evaluate();
      if (typeof this.value === 'string') refuseLong(this.value, most);
      const whole = knownDisplay(this.value);
      refuseLong(whole.text, most);
      this.display = whole;
    } catch (error) {
      if (!(error instanceof UnknownReached)) throw error;
      this.cause = error.cause;
    }
  }

  /** `refused` is the fault of the first thing in the reference itself that could not be done. */
  result(
    status: RunStatus,
    fault: Fault | undefined,
    refused: Fault | undefined,
    rest: Pick<EvaluationResult, 'reads' | 'stateReads' | 'looks' | 'imports' | 'changes' | 'used'>,
  ): EvaluationResult {
    const { value, display, cause } = this;
    if (cause === undefined) return { status, value, display, text: display?.text, fault, ...rest };
    const nothing = { value: undefined, display: undefined, text: undefined, cause };
    return refused === undefined
      ? { status: 'unknown', ...nothing, fault: unknownFault(cause), ...rest }
      : { status: 'unsupported', ...nothing, fault: refused, ...rest };
  }
}

/** Shows the value of a last statement; a mark where it is unknown. */
function showLast(value: Value): void {
  try {
    displayLast(value);
  } catch (error) {
    if (!(error instanceof UnknownReached)) throw error;
    vm.print(`${UNKNOWN_TEXT}\n`);
  }
}

/** An inline reference is one expression; it may use a tenth of a cell's budget. */
const EXPRESSION_SHARE = 10;

/** Of a longer text, the time is accounted for. */
const MOST_PLAIN = 4096;

/** What an inline reference may use where a cell may use `budgets`. */
export function expressionBudgets(budgets: Budgets): Budgets {
  return {
    ...budgets,
    steps: Math.ceil(budgets.steps / EXPRESSION_SHARE),
    milliseconds: Math.ceil(budgets.milliseconds / EXPRESSION_SHARE),
  };
}

const compiledPrograms = new WeakMap<Program, CompiledModule>();

function compiled(program: Program): CompiledModule {
  let known = compiledPrograms.get(program);
  if (known === undefined) {
    known = compileModule(program);
    compiledPrograms.set(program, known);
  }
  return known;
}

const compiledExpressions = new WeakMap<Expression, ReturnType<typeof compileExpression>>();

/** Where a run used no more, all of it counts as held: that is not worth a walk. */
const LEAST_MEASURED = 1_000_000;

/** What a run leaves that held so many bytes at most: what it bound, recorded, and added to the objects of others. */
function heldAfter(
  view: View,
  record: RunRecord,
  serial: number,
  foreign: ReadonlySet<number> | undefined,
  most: number,
): number {
  const { checks, figures, output, notices, stateWrites } = record;
  const roots = [
    view.writes,
    foreign === undefined ? undefined : view.reads,
    checks,
    figures,
    output,
    notices,
    stateWrites,
  ];
  const counts = (owner: number) => owner >= serial || foreign?.has(owner) === true;
  return Math.min(most, heldBytes(roots, { counts, limit: most }));
}

const NO_IMPORTS: readonly string[] = [];
const NO_FILES: ReadonlySet<string> = new Set();
const NO_OWNERS: readonly number[] = [];
const NO_STATE: ReadonlyMap<string, unknown> = new Map();
/** Of a float that no magic displays otherwise. */
const NUMBER_STATE: ReadonlyMap<string, unknown> = new Map([[NUMBER_DISPLAY, undefined]]);

function passedFiles({ files, taken }: RunRecord): ReadonlySet<string> {
  return files.size === taken.size ? NO_FILES : new Set([...files].filter(file => !taken.has(file)));
}

export class Session {
  /** Values by name and position. */
  readonly namespace = new Versions<Value>();
  readonly modules: SessionModules;
  readonly budgets: Budgets;
  readonly #guards: ReadonlySet<string>;
  readonly #globals = new SessionGlobals(this.namespace);
  readonly #state = new Versions<unknown>();
  /** What the run that stands at a position bound. */
  readonly #recorders = new Map<number, Recorder>();
  /** The positions that have one, the last first; made when somebody asks. */
  #positions: readonly number[] | undefined;
  /** Of each name that somebody asked about, the positions that bind it, last ones first. */
  readonly #makers = new Map<string, readonly number[]>();
  /** Serial of the run whose objects stand at a position, and of the one before. */
  readonly #serials = new Map<number, number>();
  readonly #formerSerials = new Map<number, number>();
  /** True once a value of the session was unknown. */
  #metUnknown = false;
  /** The last results of references that are no more than a name or an attribute of a class. */
  readonly #plainResults = new WeakMap<Expression, EvaluationResult>();

  constructor(options: SessionOptions = {}) {
    this.modules = new SessionModules(options.modules);
    if (options.figureSize !== undefined) this.modules.state.set(FIGURE_SIZE, options.figureSize);
    this.budgets = { ...DEFAULT_BUDGETS, ...options.budgets };
    this.#guards = new Set(options.guards);
  }

  /** Runs a cell at a position; what it binds replaces what this position bound before. */
  run(program: Program, position: number, options: RunOptions = {}): RunResult {
    return this.#run(program, position, options, last => {
      if (options.showsLast && last !== undefined && last !== null && !isSilent(program)) showLast(last);
    });
  }

  /**
   * Runs an inline reference that changes something as a cell of its own, since Python evaluates references in order with the
   * cells: what stands below sees the change. `program` is its expression.
   */
  runReference(program: Program, position: number, options: RunOptions = {}): ReferenceRun {
    const { budgets = expressionBudgets(this.budgets) } = options;
    const shown = new Shown();
    const run = this.#run(program, position, { ...options, budgets }, last => {
      shown.take(() => last!, budgets.output);
    });
    const { reads, stateReads, looks, imports, used } = run;
    const rest = { reads, stateReads, looks, imports, doubtful: run.doubtful, used };
    const evaluation = shown.result(run.status, run.fault, run.refusal, rest);
    const isPure = run.writes.size === 0 && run.mutated.length === 0 && run.stateWrites.size === 0;
    return { run: isPure ? { ...run, held: 0 } : run, evaluation };
  }

  #run(program: Program, position: number, options: RunOptions, show: (last: Value | undefined) => void): RunResult {
    if (program.issues.length > 0) return this.#keep(position, nextSerial(), failedToParse(program), undefined);
    const serial = nextSerial();
    const record = new RunRecord();
    const recorder = new Recorder(name => this.bindingOf(name, position));
    const view: View = { position, writes: new Map(), reads: new Map(), deletes: false };
    const foundOthers = this.modules.begin(options.firstImports);
    const outcome = this.#inside(
      view,
      record,
      recorder,
      serial,
      options.budgets ?? this.budgets,
      options,
      program.file,
      () => {
        const finish = (): void => refuseUnfinished(() => this.#globals.all());
        show(compiled(program).run(this.#globals, finish));
      },
    );
    const { foreign } = outcome;
    const { bytes } = outcome.used;
    const [refused] = record.unknowns.filter(one => one.cause.kind !== 'budget');
    const result: RunResult = {
      status: outcome.status,
      fault: outcome.fault,
      refusal: outcome.status === 'ok' && refused !== undefined ? refusedFault(refused, program.file) : undefined,
      unknowns: record.unknowns.map(one => one.cause),
      unknownsAt: record.unknowns.map(one => one.at),
      undecided: record.undecided,
      doubtful: [...this.#doubtful(program, view, outcome)].sort(),
      writes: view.writes,
      reads: view.reads,
      bindings: recorder.bindings,
      mutated: this.#owners(foreign),
      stateReads: record.stateReads,
      stateWrites: record.stateWrites,
      checks: record.checks,
      output: capturesOutput(program) ? [] : record.output,
      figures: record.figures,
      notices: record.notices,
      imports: record.files.size === 0 ? NO_IMPORTS : [...record.files],
      passes: passedFiles(record),
      needsReload: foundOthers(),
      looks: record.looks,
      used: outcome.used,
      held: bytes < LEAST_MEASURED ? bytes : heldAfter(view, record, serial, foreign, bytes),
    };
    return this.#keep(position, serial, result, recorder);
  }

  /** Evaluates the expression of an inline reference as it stands at a position. */
  evaluate(expression: Expression, position: number, options: EvaluateOptions = {}): EvaluationResult {
    const plain = this.plainResult(expression, position);
    if (plain !== undefined) return plain;
    const { budgets = expressionBudgets(this.budgets), file = '<reference>' } = options;
    const view: View = { position, writes: new Map(), reads: new Map(), deletes: false };
    const record = new RunRecord();
    const shown = new Shown();
    // What it would change is found out, and then done by `runReference`.
    const { result, withheld } = withoutChanges(() =>
      this.#inside(view, record, undefined, nextSerial(), budgets, {}, file, () => {
        let evaluate = compiledExpressions.get(expression);
        if (evaluate === undefined) {
          evaluate = compileExpression(expression, file, '');
          compiledExpressions.set(expression, evaluate);
        }
        const evaluated = evaluate;
        shown.take(() => evaluated(this.#globals), budgets.output);
      }),
    );
    const { status, fault, used } = result;
    const changes =
      withheld || view.writes.size > 0 || record.pending.size > 0 || this.#changesState(record.stateWrites, position);
    const rest = {
      reads: view.reads,
      stateReads: record.stateReads,
      ...(record.looks.size === 0 ? {} : { looks: record.looks }),
      ...(record.files.size === 0 ? {} : { imports: [...record.files] }),
      ...(changes || status === 'budget' || status === 'unsupported' ? { changes: true } : {}),
      ...(status === 'failed' ? { doubtful: [...this.#changedBy([expression], position)].sort() } : {}),
      used,
    };
    return shown.result(status, fault, record.unknowns[0] && refusedFault(record.unknowns[0], file), rest);
  }

  #changesState(writes: ReadonlyMap<string, unknown>, position: number): boolean {
    for (const [channel, value] of writes) if (!Object.is(value, this.state(channel, position))) return true;
    return false;
  }

  /**
   * The result of a number or text behind `name` or `Class.name`, which is what most references are: no code of the author
   * runs, so that no budget need be set up. Undefined where anything else is needed, an error among it. References
   * that read alike share one result.
   */
  plainResult(expression: Expression, position: number): EvaluationResult | undefined {
    const name = expression.kind === 'Attribute' ? expression.value : expression;
    if (name.kind !== 'Name') return undefined;
    const root = this.namespace.get(name.id, position);
    let value = root;
    if (expression.kind === 'Attribute') {
      const attribute = expression.attr.name;
      if (!(root instanceof PyClass) || root.cls !== typeClass || typeClass.lookup(attribute) !== undefined)
        return undefined;
      value = root.lookup(attribute);
    }
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    if (typeof value === 'string' && value.length > MOST_PLAIN) return undefined;
    const isNumber = typeof value === 'number';
    if (isNumber && this.state(NUMBER_DISPLAY, position) !== undefined) return undefined;
    const known = this.#plainResults.get(expression);
    if (known !== undefined && Object.is(known.value, value) && Object.is(known.reads.get(name.id), root)) return known;
    const reads = new Map<string, Value | undefined>();
    reads.set(name.id, root);
    const display = sentenceDisplay(value);
    const { text } = display;
    const made: EvaluationResult = {
      status: 'ok',
      value,
      display,
      text,
      fault: undefined,
      reads,
      stateReads: isNumber ? NUMBER_STATE : NO_STATE,
      used: NONE_USED,
    };
    this.#plainResults.set(expression, made);
    return made;
  }

  /**
   * Where the value of an expression at a position comes from; undefined where it has none. `programs` are those of the cells
   * before it, in their order. Expressions are evaluated for it once more: no object changes, and nothing of it stays.
   */
  sourceOf(expression: Expression, text: string, position: number, programs: readonly Program[]): Source | undefined {
    const view: View = { position, writes: new Map(), reads: new Map(), deletes: false };
    let source: Source | undefined;
    const budgets = expressionBudgets(this.budgets);
    const byFile = new Map(programs.map(one => [one.file, one]));
    withoutChanges(() =>
      this.#inside(view, new RunRecord(), undefined, nextSerial(), budgets, {}, '<reference>', () => {
        source = sourceOfExpression(expression, text, this.#globals, {
          programOf: file => byFile.get(file) ?? this.modules.programIn(file),
          programsFrom: file => {
            const at = programs.findIndex(one => one.file === file);
            const module = at < 0 ? this.modules.programIn(file) : undefined;
            return at < 0 ? (module === undefined ? [] : [module]) : programs.slice(at);
          },
          bindingOf: name => this.bindingOf(name, position),
          bindingByStar: name => this.#bindingByStar(name, programs),
          bindingIn: (module, name) => this.modules.bindingIn(module, name),
          moduleNamed: name => this.modules.module(name) ?? builtinModule(name),
          moduleOf: (statement, file) => this.modules.absoluteName(statement, file),
        });
      }),
    );
    return source;
  }

  #bindingByStar(name: string, programs: readonly Program[]): Binding | undefined {
    for (const program of [...programs].reverse()) {
      const found = this.modules.bindingByStar(program, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Puts the objects of the run before the last one back in place: the last one bound the same values. */
  restore(position: number, writes: ReadonlyMap<string, Value | undefined>): void {
    const former = this.#formerSerials.get(position);
    if (former !== undefined) this.#serials.set(position, former);
    this.namespace.replace(position, writes);
  }

  /** Forgets what a position did. */
  forget(position: number): void {
    this.namespace.forget(position);
    this.#state.forget(position);
    this.#recorders.delete(position);
    this.#positions = undefined;
    this.#makers.clear();
    this.#serials.delete(position);
    this.#formerSerials.delete(position);
  }

  /** The binding that made a name (or `Class.name`) as seen at a position. */
  bindingOf(name: string, position: number): Binding | undefined {
    let positions = this.#makers.get(name);
    if (positions === undefined) {
      this.#positions ??= [...this.#recorders.keys()].sort((a, b) => b - a);
      positions = this.#positions.filter(one => this.#recorders.get(one)!.find(name) !== undefined);
      this.#makers.set(name, positions);
    }
    const found = positions.find(one => one < position);
    return found === undefined ? undefined : this.#recorders.get(found)!.find(name);
  }

  /** State of a library module as seen at a position. */
  state(channel: string, position: number): unknown {
    if (channel === NAMES) return [...this.namespace.entries(position)].map(([name]) => name).join(' ');
    return this.#state.get(channel, position) ?? this.modules.state.get(channel);
  }

  /** Runs `body` with this session's globals, budgets and effects in place, and puts back what was there. */
  #inside(
    view: View,
    record: RunRecord,
    recorder: Recorder | undefined,
    serial: number,
    budgets: Budgets,
    options: RunOptions,
    file: string,
    body: () => void,
  ): { status: RunStatus; fault?: Fault; foreign: ReadonlySet<number> | undefined; used: Use } {
    const { modules } = this;
    namedGuards.names = this.#guards;
    const host: Host = {
      state: channel => this.state(channel, view.position),
      importModule: name => modules.import(name),
      loadedModule: name => modules.module(name),
      data: modules.data && { files: modules.data, find: (aspect, path) => modules.findFile(aspect, path) },
      isLoading: module => modules.isLoading(module),
      standIn: refused => modules.standIn(refused),
      cancelled: options.cancelled ?? (() => false),
      held: (roots, texts, limit) =>
        heldBytes([...roots, view.writes, mutations.foreign === undefined ? undefined : view.reads], {
          // What modules made that were loaded meanwhile came after it, and what others made counts once it was changed.
          counts: owner => owner >= serial || mutations.foreign?.has(owner) === true,
          texts,
          limit,
          visited: count => vm.step(count / VISITS_PER_STEP),
        }),
    };
    const owner = creation.owner;
    const outerRecorder = provenance.recorder;
    const outerForeign = mutations.foreign;
    const outerView = this.#globals.show(view);
    const { met } = unknowns;
    unknowns.met = this.#metUnknown;
    creation.owner = serial;
    mutations.foreign = undefined;
    provenance.recorder = recorder;
    try {
      return vm.during(record, host, budgets, () => {
        vm.file = file;
        try {
          body();
          return { status: 'ok' as const, foreign: mutations.foreign, used: vm.used };
        } catch (error) {
          const { used } = vm;
          return { ...faultOf(error, file), foreign: mutations.foreign, used };
        } finally {
          keepLive();
        }
      });
    } finally {
      creation.owner = owner;
      provenance.recorder = outerRecorder;
      mutations.foreign = outerForeign;
      this.#globals.show(outerView);
      this.#metUnknown = unknowns.met;
      unknowns.met = met;
    }
  }

  /**
   * Names whose objects a cell changed; of one that ended with an exception, also those that it was to bind or change, or half made.
   * Plain values that such a cell had made before, and that the fault has nothing to do with, are complete.
   */
  #doubtful(
    program: Program,
    view: View,
    {
      status,
      fault,
      foreign,
    }: { status: RunStatus; fault?: Fault | undefined; foreign: ReadonlySet<number> | undefined },
  ): ReadonlySet<string> {
    const names = new Set<string>();
    if (status === 'failed') {
      const { writes, deletes } = symbolIndex(program.module).names;
      for (const name of [...view.writes.keys(), ...writes, ...deletes]) names.add(name);
      // What a function read is not followed.
      if (fault?.trace.every(({ function: name }) => name === '<module>') === true)
        for (const name of settledNames(program.module.body, fault.span))
          if (isComplete(view.writes.get(name))) names.delete(name);
    } else if (foreign === undefined) return names;
    for (const name of this.#changedBy(program.module.body, view.position)) names.add(name);
    if (foreign !== undefined)
      for (const [name, value] of this.namespace.entries(view.position))
        if (value instanceof PyObject && foreign.has(value.owner) && !isUnchanging(value)) names.add(name);
    return names;
  }

  /** Names whose objects code was to change by what it says itself. */
  *#changedBy(nodes: readonly object[], position: number): Iterable<string> {
    for (const name of changedNames(nodes)) {
      const value = this.namespace.get(name, position);
      if (value !== undefined && !isUnchanging(value)) yield name;
    }
  }

  /** Positions of the runs that made the changed objects; those of forgotten runs do not matter any more. */
  #owners(foreign: ReadonlySet<number> | undefined): readonly number[] {
    if (foreign === undefined) return NO_OWNERS;
    const owners: number[] = [];
    for (const [position, serial] of this.#serials) if (foreign.has(serial)) owners.push(position);
    for (const serial of foreign)
      if (serial === UNTRACEABLE || this.modules.serials.has(serial)) {
        owners.push(-1);
        break;
      }
    return owners.sort((a, b) => a - b);
  }

  #keep(position: number, serial: number, result: RunResult, recorder: Recorder | undefined): RunResult {
    const former = this.#serials.get(position);
    if (former !== undefined) this.#formerSerials.set(position, former);
    this.#serials.set(position, serial);
    this.namespace.replace(position, result.writes);
    this.#state.replace(position, result.stateWrites);
    const before = this.#recorders.get(position);
    if ((recorder === undefined) !== (before === undefined)) this.#positions = undefined;
    // After most edits a cell binds the names that it did.
    if (this.#makers.size > 0 && !(before !== undefined && recorder?.bindsAs(before) === true)) this.#makers.clear();
    if (recorder === undefined) this.#recorders.delete(position);
    else this.#recorders.set(position, recorder);
    return result;
  }
}

function refuseLong(text: string, most: number): void {
  if (text.length > most)
    throw new BudgetExceeded('output', `the text of the value is longer than ${most.toLocaleString('en')} characters`);
}

/** True for a value that is whole as soon as it is there. */
function isComplete(value: Value | undefined): boolean {
  if (value === undefined) return false;
  return !(value instanceof PyObject) || value.owner === 0 || value.cls.name === 'Quantity';
}

function failedToParse(program: Program): RunResult {
  return {
    ...NOTHING_RUN,
    status: 'failed',
    fault: syntaxFault(program.issues[0], program.file),
    doubtful: [...new Set([...symbolIndex(program.module).names.writes])],
  };
}
