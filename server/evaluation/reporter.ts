/** Tells what an evaluation gave as plain data, each run once: what has been told stands until it is no longer named. */
import {
  type Binding,
  type CheckResult,
  causeOf,
  type Fault,
  isUnknown,
  type Notice,
  type Output,
  type Program,
  PyUnknown,
  pathOf,
  type RunResult,
  type Span,
  type UnknownCause,
  type Value,
} from '../../mlsys';
import { Describer, membersOf, unknownRecord } from './describe';
import { type EvaluatorOptions, IncrementalEvaluator, type RunningPart } from './incremental';
import { LONGEST_MESSAGE, LONGEST_OUTPUT, LONGEST_TEXT, shortened } from './limits';
import type { GroupOutcome, RefOutcome } from './references';
import type {
  BindingRecord,
  CellDetails,
  CellRecord,
  CheckRecord,
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
import type { Slot } from './slot';

export class Reporter {
  readonly evaluator: IncrementalEvaluator;
  readonly #ids = new WeakMap<RunResult | GroupOutcome, number>();
  readonly #records = new WeakMap<RunResult, CellRecord>();
  #last = 0;
  /** Numbers of the records that the receiver has. */
  #told = new Set<number>();
  #modules = '';
  /** How far the present pass has been told of: cells, and the references before each. */
  #reached = 0;

  constructor(options: EvaluatorOptions) {
    // Values are described right away: cells below may change them.
    this.evaluator = new IncrementalEvaluator({ ...options, ran: (program, result) => this.#record(program, result) });
  }

  #record({ file, source }: Program, result: RunResult): void {
    this.#records.set(result, { id: this.#idOf(result), file, source, ...cellRecord(result) });
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
      const record = place < at ? this.#newCell(this.evaluator.slots[place]!) : undefined;
      if (record !== undefined) cells.push([place, record]);
    }
    this.#reached = at;
    return { cells, groups };
  }

  /** The results of the version that was just evaluated. */
  results(): Results {
    const { slots, outcomes } = this.evaluator;
    const newCells: CellRecord[] = [];
    for (const slot of slots) {
      const record = this.#newCell(slot);
      if (record !== undefined) newCells.push(record);
    }
    const newGroups: GroupRecord[] = [];
    for (const outcome of outcomes) {
      const record = this.#newGroup(outcome);
      if (record !== undefined) newGroups.push(record);
    }
    const cells = slots.map(({ result }) => (result === undefined ? 0 : this.#idOf(result)));
    const groups = outcomes.map(outcome => this.#idOf(outcome));
    // The receiver keeps what is named here and nothing else.
    this.#told = new Set([...cells, ...groups]);
    return { cells, groups, newCells, newGroups, modules: this.#newModules() };
  }

  /** A figure of a cell, as the recorder made it. */
  figure(cell: number, index: number): unknown {
    return this.evaluator.slots[cell]?.result?.figures[index];
  }

  /** What is at the end of a path of attributes of a name, as the cells before `cellsBefore` left it. */
  members(name: string, cellsBefore: number, path: readonly string[]): ValueMembers | undefined {
    const { slots, session } = this.evaluator;
    const key = slots[cellsBefore]?.key ?? Number.MAX_VALUE;
    return membersOf(session.namespace.get(name, key), path);
  }

  #idOf(one: RunResult | GroupOutcome): number {
    let id = this.#ids.get(one);
    if (id === undefined) {
      id = ++this.#last;
      this.#ids.set(one, id);
    }
    return id;
  }

  #newCell({ result }: Slot): CellRecord | undefined {
    if (result === undefined) return undefined;
    const record = this.#records.get(result)!;
    if (this.#told.has(record.id)) return undefined;
    this.#told.add(record.id);
    return record;
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

function cellRecord(result: RunResult): Omit<CellRecord, 'id' | 'file' | 'source'> {
  const { checks, notices, output, figures, writes, reads, used, wentOn, unknowns, unknownsAt, doubtful } = result;
  const fault = wentOn === true ? undefined : result.fault;
  const bound: string[] = [];
  const deleted: string[] = [];
  for (const [name, value] of writes) (value === undefined ? deleted : bound).push(name);
  return {
    // Nobody cancels a run.
    status: wentOn === true ? 'ok' : (result.status as EndStatus),
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
    details: JSON.stringify(detailsOf(result)),
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

function detailsOf({ writes, bindings }: RunResult): CellDetails {
  const values = new ValueTable();
  const bound: number[] = [];
  for (const value of writes.values()) if (value !== undefined) bound.push(values.indexOf(value));
  const records = bindings.map(binding => bindingRecord(binding, values));
  const history = bindings[0]?.recorder.history;
  const told = history === undefined || history === bindings ? {} : { history: historyOf(history, bindings) };
  return { values: values.infos, bound, bindings: records, ...told };
}

/** Each value is described once, however often it is named. */
class ValueTable {
  readonly infos: ReturnType<Describer['describe']>[] = [];
  readonly #describer = new Describer();
  readonly #indices = new Map<Value, number>();

  indexOf(value: Value): number {
    // To a map, both zeros are the same.
    if (value === 0) return this.infos.push(this.#describer.describe(value)) - 1;
    let index = this.#indices.get(value);
    if (index === undefined) {
      index = this.infos.length;
      this.#indices.set(value, index);
      this.infos.push(this.#describer.describe(value));
    }
    return index;
  }
}

function bindingRecord(binding: Binding, values: ValueTable): BindingRecord {
  const { site, seen, trail } = binding;
  const reads: BindingRecord['reads'][number][] = [];
  if (trail !== undefined)
    for (const [at, node] of site.reads.entries()) {
      const value = trail[at];
      if (value === undefined) continue;
      reads.push({ path: pathOf(node)!, start: node.start, end: node.end, value: values.indexOf(value) });
    }
  const { start, end } = site.span;
  return { name: site.name, prefix: site.prefix, start, end, value: values.indexOf(binding.value), seen, reads };
}

function historyOf(history: readonly Binding[], bindings: readonly Binding[]): number[] {
  const indices = new Map(bindings.map((binding, at) => [binding, at]));
  return history.map(binding => indices.get(binding)!);
}

function refRecord({ run, fault }: RefOutcome): RefRecord {
  const { status, text, display, value, reads, cause } = run;
  return {
    status,
    text: text === undefined ? undefined : shortened(text, LONGEST_TEXT),
    display: display && { ...display, text: shortened(display.text, LONGEST_TEXT) },
    value,
    fault: fault && plainFault(fault),
    ...(cause === undefined ? {} : { cause: unknownRecord(cause) }),
    reads: [...reads.keys()],
  };
}
