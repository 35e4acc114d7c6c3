/** Tells what an evaluation gave as plain data, each run once: what has been told stands until it is no longer named. */
import {
  type CheckResult,
  causeOf,
  type Expression,
  type Fault,
  isUnknown,
  type Notice,
  type Output,
  type Program,
  PyUnknown,
  parseExpression,
  type RunResult,
  type Span,
  symbolIndex,
  type UnknownCause,
  type Value,
} from '../../mlsys';
import type { CellState } from './cellState';
import { membersOf, unknownRecord } from './describe';
import type { EvaluatorOptions, RunningPart } from './evaluatorOptions';
import { IncrementalEvaluator } from './incremental';
import { LONGEST_MESSAGE, LONGEST_OUTPUT, LONGEST_TEXT, shortened } from './limits';
import { type ProvenanceExtent, type ProvenanceRecord, provenanceRecord } from './provenance';
import { type GroupOutcome, REFERENCE_FILE, type RefOutcome } from './references';
import type {
  CellRecord,
  CheckRecord,
  DataEntry,
  DetailsRecord,
  EndStatus,
  GroupRecord,
  ModuleRecord,
  NoticeRecord,
  OutputRecord,
  PartialResults,
  PlainSpan,
  RefRecord,
  Results,
  UnknownRecord,
  ValueMembers,
} from './results';
import { bindingPlaces, classesOf, RunDetails } from './runDetails';
import { sameData } from './sameData';

export class Reporter {
  readonly evaluator: IncrementalEvaluator;
  readonly #ids = new WeakMap<RunResult | GroupOutcome, number>();
  readonly #records = new WeakMap<RunResult, CellRecord>();
  readonly #details = new WeakMap<RunResult, RunDetails>();
  /** By run that the receiver has, its details as long as they were not told. */
  readonly #untold = new Map<number, RunDetails>();
  /** By run with guards that failed, the runs with which the data behind these was looked for. */
  readonly #found = new WeakMap<RunResult, readonly (RunResult | undefined)[]>();
  #last = 0;
  /** Numbers of the records that the receiver has. */
  #told = new Set<number>();
  #modules = '';
  /** How far the present pass has been told of: cells, and the references before each. */
  #reached = 0;

  constructor(options: EvaluatorOptions) {
    // Values are described right away: cells below may change them.
    const ran: EvaluatorOptions['ran'] = (program, result, before) => this.#record(program, result, before);
    this.evaluator = new IncrementalEvaluator({ ...options, ran });
  }

  /** Of a run that gave what the one before gave, the receiver need not be told: both have one number. */
  #record({ file, source }: Program, result: RunResult, before: RunResult | undefined): void {
    const details = new RunDetails(result);
    const record = { file, source, ...cellRecord(result, details.objects) };
    const known = before && this.#records.get(before);
    const isKnown = known !== undefined && sameRecord(known, record) && this.#details.get(before!)!.equals(details);
    if (isKnown) {
      this.#ids.set(result, known.id);
      if (this.#untold.has(known.id)) this.#untold.set(known.id, details);
    }
    this.#records.set(result, isKnown ? known : { id: this.#idOf(result), ...record });
    this.#details.set(result, details);
  }

  /**
   * Tells of guards that failed which entries of data files they come from. These may move without a run of the cell, which is
   * told anew then.
   */
  #findData({ result, ran }: CellState, cellsBefore: number): void {
    const record = result && this.#records.get(result);
    if (record === undefined || ran === undefined || record.checks.every(({ passed }) => passed)) return;
    // They are where they were as long as no cell ran that may have read them.
    const runs = this.evaluator.placed.cells.slice(0, cellsBefore).map(one => one.result);
    const known = this.#found.get(result!);
    if (known?.length === runs.length && runs.every((one, at) => one === known[at])) return;
    this.#found.set(result!, runs);
    const checks = record.checks.map(check =>
      check.passed || check.condition === undefined
        ? check
        : { ...check, data: this.#dataBehind(check.condition.span, ran, cellsBefore) },
    );
    if (sameData(checks, record.checks)) return;
    const id = ++this.#last;
    this.#ids.set(result!, id);
    this.#records.set(result!, { ...record, id, checks });
  }

  /** The entries from which the names in a stretch of a cell come. */
  #dataBehind({ start, end }: PlainSpan, { module }: Program, cellsBefore: number): readonly DataEntry[] {
    const uses = symbolIndex(module).uses.filter(
      ({ span, write, local }) => !write && local === undefined && start <= span.start && span.end <= end,
    );
    const paths = [...new Set(uses.map(({ path }) => path))];
    const asked = paths.filter(path => !paths.some(other => other.startsWith(`${path}.`)));
    const found = new Map<string, DataEntry>();
    for (const path of asked) {
      // What is no number or text is the file as a whole.
      for (const { name, value, data } of this.provenance(path, cellsBefore, 'outline')?.sources ?? [])
        if (data !== undefined && ('number' in value || value.type === 'str'))
          found.set(`${data.file}:${data.start.line}:${data.start.character}`, {
            name,
            value: value.repr,
            place: data,
          });
    }
    return [...found.values()];
  }

  /** A pass begins: what it finds out is told from its first cell on. */
  begin(): void {
    this.#reached = 0;
  }

  /** A part of the chapter is about to run. The evaluator may have gone back. */
  reach({ at }: RunningPart): void {
    this.#reached = Math.min(this.#reached, at);
  }

  /** What became known since the last time before a part of the chapter that runs, or is about to. */
  before({ at, kind }: RunningPart): PartialResults {
    const cells: [number, CellRecord][] = [];
    const groups: [number, GroupRecord][] = [];
    for (let place = this.#reached; place <= at; place++) {
      // The references before a cell have been evaluated when it runs.
      if (place < at || kind === 'cell')
        for (const [index, outcome] of this.evaluator.outcomesIn(place)) {
          const record = this.#newGroup(outcome);
          if (record !== undefined) groups.push([index, record]);
        }
      const record = place < at ? this.#newCell(this.evaluator.placed.cells[place]!) : undefined;
      if (record !== undefined) cells.push([place, record]);
    }
    this.#reached = at;
    return { until: { at, kind }, cells, groups, details: NO_DETAILS };
  }

  /** The results of the version that was just evaluated; with the details of so many of its new cells. */
  results(withDetailsOf = 0): Results {
    const { outcomes, placed } = this.evaluator;
    const cellStates = placed.cells;
    const newCells: CellRecord[] = [];
    for (const [at, cellState] of cellStates.entries()) {
      this.#findData(cellState, at + 1);
      const record = this.#newCell(cellState);
      if (record !== undefined) newCells.push(record);
    }
    const newGroups: GroupRecord[] = [];
    for (const outcome of outcomes) {
      const record = this.#newGroup(outcome);
      if (record !== undefined) newGroups.push(record);
    }
    const cells = cellStates.map(({ result }) => (result === undefined ? 0 : this.#idOf(result)));
    const groups = outcomes.map(outcome => this.#idOf(outcome));
    // The receiver keeps what is named here and nothing else.
    this.#told = new Set([...cells, ...groups]);
    for (const id of this.#untold.keys()) if (!this.#told.has(id)) this.#untold.delete(id);
    const details = this.details(newCells.slice(0, withDetailsOf).map(({ id }) => id));
    return { cells, groups, newCells, newGroups, details, modules: this.#newModules() };
  }

  /** Details of runs of the last results, without those that were told before. */
  details(runs: readonly number[]): readonly DetailsRecord[] {
    return runs.flatMap(id => {
      const details = this.#untold.get(id);
      this.#untold.delete(id);
      return details === undefined ? [] : [[id, details.json] as const];
    });
  }

  /** Runs whose details were not told. */
  get untold(): Iterable<number> {
    return this.#untold.keys();
  }

  get hasUntold(): boolean {
    return this.#untold.size > 0;
  }

  /** The details of a run of the last results, for whoever may ask at any time. */
  detailsOf(run: number): RunDetails | undefined {
    return this.#untold.get(run);
  }

  /** A figure of a cell, as the recorder made it. */
  figure(cell: number, index: number): unknown {
    return this.evaluator.placed.cells[cell]?.result?.figures[index];
  }

  /** What is at the end of a path of attributes of a name, or of `pumps["north"]`, as the cells before `cellsBefore` left it. */
  members(name: string, cellsBefore: number, path: readonly string[]): ValueMembers | undefined {
    const { placed, session } = this.evaluator;
    const key = placed.keyAt(cellsBefore);
    if (name.includes('[')) {
      const { expression, issues } = parseExpression(name, REFERENCE_FILE);
      const isItem = expression !== undefined && issues.length === 0 && isItemPath(expression);
      const { value } = isItem ? session.evaluate(expression, key) : {};
      return value === undefined || isUnknown(value) ? undefined : membersOf(value, path);
    }
    const root = session.namespace.get(name, key);
    const known = membersOf(root, path);
    if (known !== undefined || root === undefined || path.length === 0) return known;
    // What a property or `__getattr__` gives is found out as a reference is.
    const evaluated = (names: readonly string[]): Value | undefined => {
      const { expression, issues } = parseExpression([name, ...names].join('.'), REFERENCE_FILE);
      if (expression === undefined || issues.length > 0) return undefined;
      // A value whose text cannot be told without a change is known all the same.
      return session.evaluate(expression, key).value;
    };
    const value = evaluated(path);
    return value === undefined ? undefined : membersOf(value, [], () => [evaluated(path.slice(0, -1)), path.at(-1)!]);
  }

  /** Where the value of an expression comes from, as the cells before `cellsBefore` left it. */
  provenance(expr: string, cellsBefore: number, extent: ProvenanceExtent): ProvenanceRecord | undefined {
    const { placed, session } = this.evaluator;
    const { expression, issues } = parseExpression(expr, REFERENCE_FILE);
    if (expression === undefined || issues.length > 0) return undefined;
    const programs = placed.programsBefore(cellsBefore);
    const source = session.sourceOf(expression, expr, placed.keyAt(cellsBefore), programs);
    return source === undefined ? undefined : provenanceRecord(source, extent);
  }

  #idOf(one: RunResult | GroupOutcome): number {
    let id = this.#ids.get(one);
    if (id === undefined) {
      id = ++this.#last;
      this.#ids.set(one, id);
    }
    return id;
  }

  #newCell({ result, source }: CellState): CellRecord | undefined {
    if (result === undefined) return undefined;
    const record = this.#records.get(result)!;
    if (this.#told.has(record.id)) return undefined;
    this.#told.add(record.id);
    this.#untold.set(record.id, this.#details.get(result)!);
    return record.source === source ? { ...record, source: undefined } : record;
  }

  #newGroup(outcome: GroupOutcome): GroupRecord | undefined {
    const id = this.#idOf(outcome);
    if (this.#told.has(id)) return undefined;
    this.#told.add(id);
    return { id, refs: outcome.refs.map(refRecord) };
  }

  #newModules(): readonly ModuleRecord[] | undefined {
    const modules: ModuleRecord[] = [];
    for (const [name, { file, isPackage }] of this.evaluator.session.modules.sources())
      modules.push({ name, file, isPackage });
    const now = JSON.stringify(modules);
    if (now === this.#modules) return undefined;
    this.#modules = now;
    return modules;
  }
}

const NO_DETAILS: readonly DetailsRecord[] = [];

/** True for names, attributes, and items under keys that are written. */
function isItemPath(node: Expression): boolean {
  if (node.kind === 'Subscript') return isItemPath(node.value) && isWritten(node.index);
  return node.kind === 'Name' || (node.kind === 'Attribute' && isItemPath(node.value));
}

/** A number with its sign, or a text. */
function isWritten(index: Expression): boolean {
  return index.kind === 'Constant' || (index.kind === 'UnaryOp' && index.operand.kind === 'Constant');
}

function plainSpan({ start, end }: Span): PlainSpan {
  return { start, end };
}

function message(text: string): string {
  return shortened(text, LONGEST_MESSAGE);
}

/** Innermost and outermost frames of a traceback that are told; those between them are left out. */
const MOST_FRAMES = 100;

function plainTrace(trace: Fault['trace']): Fault['trace'] {
  const half = MOST_FRAMES / 2;
  const told = trace.length > MOST_FRAMES ? [...trace.slice(0, half), ...trace.slice(-half)] : trace;
  return told.map(({ file, function: name, span }) => ({
    file,
    function: shortened(name, 200),
    span: plainSpan(span),
  }));
}

/** A fault as plain data: its spans may be whole syntax trees. */
export function plainFault(fault: Fault): Fault {
  return {
    ...fault,
    message: message(fault.message),
    span: plainSpan(fault.span),
    trace: plainTrace(fault.trace),
    ...(fault.name === undefined ? {} : { name: message(fault.name) }),
    ...(fault.construct === undefined ? {} : { construct: message(fault.construct) }),
    ...(fault.causes === undefined
      ? {}
      : {
          causes: fault.causes.map(({ text, trace, direct }) => ({
            text: message(text),
            trace: plainTrace(trace),
            direct,
          })),
        }),
  };
}

/** True where a record tells what another one tells; a figure is known by its run. */
function sameRecord({ id: _, ...known }: CellRecord, now: Omit<CellRecord, 'id'>): boolean {
  if (now.figures > 0) return false;
  const { milliseconds } = known.used;
  return sameData(known, { ...now, used: { ...now.used, milliseconds } });
}

function cellRecord(result: RunResult, objects: CellRecord['objects']): Omit<CellRecord, 'id' | 'file' | 'source'> {
  const { checks, notices, output, figures, writes, reads, used, fault, unknowns, unknownsAt, doubtful } = result;
  const bound: string[] = [];
  const deleted: string[] = [];
  for (const [name, value] of writes) (value === undefined ? deleted : bound).push(name);
  return {
    // Nobody cancels a run.
    status: result.status as EndStatus,
    fault: fault && plainFault(fault),
    checks: checks.map(checkRecord),
    notices: notices.map(noticeRecord),
    output: output.map(one => outputRecord(one, figures)),
    figures: figures.length,
    bound,
    deleted,
    reads: [...reads.keys()],
    used,
    unknowns: unknowns.map((cause, at) => ({ ...unknownRecord(cause), at: plainSpan(unknownsAt[at]!) })),
    affected: affectedBy(result),
    doubtful,
    classes: classesOf(result),
    ...(objects && { objects }),
    places: bindingPlaces(result),
  };
}

/** Causes, each once, of what is unknown among what a run left; what it imported by name is no consequence of its own. */
function affectedBy({ writes, undecided }: RunResult): readonly UnknownRecord[] {
  const found = new Map<string, UnknownRecord>();
  const add = (cause: UnknownCause): void => {
    const key = `${cause.kind} ${cause.subject}`;
    if (!found.has(key)) found.set(key, unknownRecord(cause));
  };
  for (const value of writes.values())
    if (isUnknown(value) && !(value instanceof PyUnknown && value.path !== undefined)) add(causeOf(value));
  for (const { cause } of undecided) add(cause);
  return [...found.values()];
}

function checkRecord({ passed, message: text, trace, condition }: CheckResult): CheckRecord {
  return {
    passed,
    message: message(text),
    trace: trace.map(({ file, span }) => ({ file, span: plainSpan(span) })),
    condition: condition && {
      span: plainSpan(condition.span),
      comparisons: condition.comparisons.map(one => ({
        ...one,
        left: message(one.left),
        right: message(one.right),
        apart: message(one.apart),
      })),
    },
  };
}

function noticeRecord({ kind, message: text, span, operands }: Notice): NoticeRecord {
  return {
    kind,
    message: message(text),
    span: plainSpan(span ?? { start: 0, end: 0 }),
    operands: operands?.map(one => ({
      of: message(one.of),
      text: message(one.text),
      ...(one.origin === undefined ? {} : { origin: message(one.origin) }),
    })),
  };
}

function outputRecord(item: Output, figures: RunResult['figures']): OutputRecord {
  return item.kind === 'figure'
    ? { kind: 'figure', text: '', figure: figures.indexOf(item.figure) }
    : { kind: item.kind, text: shortened(item.text, LONGEST_OUTPUT), figure: undefined };
}

function refRecord({ run, fault, file, bound }: RefOutcome): RefRecord {
  const { status, text, display, value, reads, cause, doubtful } = run;
  // A reference names its own places in one way, however it is evaluated.
  const own = <T extends { readonly file: string }>(one: T): T =>
    one.file === file ? { ...one, file: REFERENCE_FILE } : one;
  return {
    status,
    text: text === undefined ? undefined : shortened(text, LONGEST_TEXT),
    display: display && { ...display, text: shortened(display.text, LONGEST_TEXT) },
    value,
    fault: fault && own(plainFault(fault)),
    ...(cause === undefined ? {} : { cause: own(unknownRecord(cause)) }),
    reads: [...reads.keys()],
    ...(file === undefined ? {} : { file }),
    ...(bound.length === 0 ? {} : { bound }),
    ...(doubtful === undefined ? {} : { doubtful }),
  };
}
