/** A cell's result as one version of the chapter shows it. */
import {
  commonPrefix,
  type Fault,
  type Program,
  parseCell,
  type Statement,
  type StaticDefinition,
  type StaticNames,
  sameCode,
  symbolIndex,
} from '../../mlsys';
import type { Cell, OffsetRange } from '../chapter/model';
import type {
  BindingInfo,
  CellFault,
  CellFigure,
  CellOutput,
  CellResult,
  CellStatus,
  CheckedCondition,
  CheckOutcome,
  Definition,
  DefinitionKind,
  Notice,
  ReadInfo,
  SyntaxIssue,
  UnknownPlace,
} from './analysis';
import { runFault, syntaxFault } from './cellFault';
import { inDocument } from './places';
import { mentions } from './prefilter';
import type { RecordedBinding, RecordedRun } from './recordedRun';
import { editRelocation, type Relocation, relocation } from './relocation';
import type { CheckRecord, PlainSpan, ValueInfo } from './results';
import type { Snapshot } from './snapshot';
import { nearAttributes, nearImports, nearMembers } from './symbols/near';

/** The name of a text that did not run. */
const PRESENT = '<cell>';

/** Programs of texts that are not those that ran, by the content of the cell. */
const programs = new WeakMap<object, Program>();

function programOf(cell: Cell, ran: Program | undefined): Program {
  if (ran?.source === cell.source) return ran;
  let known = programs.get(cell.content);
  if (known === undefined || known.source !== cell.source) {
    known = parseCell(cell.source, PRESENT, ran);
    programs.set(cell.content, known);
  }
  return known;
}

const SAME: Relocation = span => span;

/** By the text that ran and the present one. */
const relocations = new WeakMap<Program, { readonly to: Program; readonly map: Relocation }>();

/** From the text of a cell that ran to another, the present one. */
function relocationTo(from: Program | undefined, to: Program): Relocation {
  if (from === undefined || from === to) return SAME;
  let known = relocations.get(from);
  if (known?.to !== to) {
    const alike = to.issues.length === 0 && sameCode(from, to);
    const map = alike ? relocation(from.module, to.module) : editRelocation(from.source, to.source);
    known = { to, map };
    relocations.set(from, known);
  }
  return known!.map;
}

export class CellView implements CellResult {
  readonly cell: Cell;
  /** The text that ran. */
  readonly ran: Program | undefined;
  readonly run: RecordedRun | undefined;
  readonly pending: boolean;
  readonly #snapshot: Snapshot;
  #program: Program | undefined;
  #status: CellStatus | undefined;
  #fault: CellFault | undefined | null = null;
  #views: Map<RecordedBinding, BindingInfo> | undefined;
  #definitions: readonly Definition[] | undefined;
  #checks: readonly CheckOutcome[] | undefined;
  #relocation: Relocation | undefined;
  #held: number | undefined;

  constructor(snapshot: Snapshot, run: RecordedRun | undefined, cell: Cell, pending: boolean) {
    this.#snapshot = snapshot;
    this.cell = cell;
    this.pending = pending && cell.run;
    // Of a cell that is not run any more, nothing is told.
    this.run = cell.run ? run : undefined;
    this.ran = this.run?.program;
  }

  get program(): Program {
    this.#program ??= programOf(this.cell, this.ran);
    return this.#program;
  }

  get stale(): boolean {
    return this.run !== undefined && this.program.issues.length > 0;
  }

  get status(): CellStatus {
    this.#status ??= this.#judge();
    return this.#status;
  }

  #judge(): CellStatus {
    if (!this.cell.run) return 'skipped';
    if (this.program.issues.length > 0) return 'syntax-error';
    const status = this.run?.record.status;
    if (status === 'failed') return this.fault?.blame === undefined ? 'failed' : 'blocked';
    return status === 'unsupported' || status === 'budget' ? status : 'ok';
  }

  /** True where the cell did not make all the names that it should have made. */
  get isFaulty(): boolean {
    return !this.cell.run || this.program.issues.length > 0 || this.run?.record.status !== 'ok';
  }

  /** From the text that ran to the present one. */
  get relocation(): Relocation {
    this.#relocation ??= relocationTo(this.ran, this.program);
    return this.#relocation;
  }

  /** A span of the text that ran, in the chapter. */
  #range(span: PlainSpan): OffsetRange {
    return inDocument(this.cell, this.relocation(span));
  }

  get fault(): CellFault | undefined {
    if (this.#fault === null) this.#fault = this.#makeFault();
    return this.#fault;
  }

  #makeFault(): CellFault | undefined {
    if (!this.cell.run) return undefined;
    const [issue] = this.issues;
    const { places } = this.#snapshot;
    if (issue !== undefined) return syntaxFault(issue.kind, issue.message, issue.range, places);
    const fault = this.run?.record.fault;
    return fault === undefined ? undefined : this.#located(fault);
  }

  #located(fault: Fault): CellFault {
    const { places } = this.#snapshot;
    return runFault(
      fault,
      places.range(fault.file, fault.span) ?? this.#range({ start: 0, end: 0 }),
      places,
      one => this.#nearNames(one),
      name => this.#snapshot.blameFor(name, this.cell.index),
    );
  }

  #nearNames({ type, name, message, file, span }: Fault): readonly string[] {
    const { packages, symbols } = this.#snapshot;
    if (type === 'ImportError') return nearImports(message, packages);
    if (type !== 'AttributeError' || name === undefined || file !== this.ran?.file) return [];
    const members = nearMembers(message);
    return members.length > 0 ? members : nearAttributes(name, this.relocation(span), symbols.ofCell(this), packages);
  }

  get issues(): readonly SyntaxIssue[] {
    if (!this.cell.run) return [];
    return this.program.issues.map(({ message, kind, span }) => ({
      message,
      kind,
      range: inDocument(this.cell, span),
    }));
  }

  get unknowns(): readonly UnknownPlace[] {
    return (this.run?.record.unknowns ?? NO_CHECKS).map(cause => {
      const place = this.#snapshot.placeOfUnknown(cause);
      return { ...place, range: place.range ?? this.#range(cause.at) };
    });
  }

  get affected(): readonly UnknownPlace[] {
    return (this.run?.record.affected ?? NO_CHECKS).map(cause => this.#snapshot.placeOfUnknown(cause));
  }

  get checks(): readonly CheckOutcome[] {
    const recorded = this.run?.record.checks ?? NO_CHECKS;
    if (recorded.length === 0) return NO_CHECKS;
    this.#checks ??= recorded.map(
      check =>
        new CheckView(
          check,
          () => this.#callRange(check.trace),
          () => this.#condition(check),
        ),
    );
    return this.#checks;
  }

  #condition({ condition, trace }: CheckRecord): CheckedCondition | undefined {
    if (condition === undefined || trace[0]?.file !== this.ran?.file) return undefined;
    const { start, end } = this.relocation(condition.span);
    const text = this.program.source.slice(start, end).replaceAll(/\s+/g, ' ');
    return { text, comparisons: condition.comparisons };
  }

  /** The innermost place of a traceback that lies in this cell. */
  #callRange(trace: CheckRecord['trace']): OffsetRange {
    const own = trace.find(entry => entry.file === this.ran?.file);
    return this.#range(own?.span ?? { start: 0, end: 0 });
  }

  get notices(): readonly Notice[] {
    return (this.run?.record.notices ?? []).map(({ kind, message, span, operands }) => ({
      kind,
      message,
      range: this.#range(span),
      data: operands,
    }));
  }

  get output(): readonly CellOutput[] {
    return this.run?.record.output ?? [];
  }

  get figures(): readonly CellFigure[] {
    return Array.from({ length: this.run?.record.figures ?? 0 }, (_, index) => ({ cell: this.cell.index, index }));
  }

  get steps(): number {
    return this.run?.used.steps ?? 0;
  }

  get milliseconds(): number {
    return this.run?.used.milliseconds ?? 0;
  }

  get names(): StaticNames {
    return symbolIndex(this.program.module).names;
  }

  get definitions(): readonly Definition[] {
    this.#definitions ??= symbolIndex(this.program.module).definitions.all.map(one => this.#definition(one));
    return this.#definitions;
  }

  /** The definitions of `x` or `Cls.attr` in this cell's text. */
  definitionsOf(name: string): readonly Definition[] {
    return this.#mentions(name)
      ? symbolIndex(this.program.module)
          .definitions.of(name)
          .map(one => this.#definition(one))
      : [];
  }

  /** False where the text surely does not bind `x` or `Cls.attr`: far cheaper than to look through its tree. */
  #mentions(name: string): boolean {
    return mentions(this.program, name.slice(name.lastIndexOf('.') + 1));
  }

  #definition(one: StaticDefinition): Definition {
    return new DefinitionView(one, this.cell, this.run);
  }

  /** True where the cell's text binds a module-level name, or its run did; of one that cannot be parsed, its last good text as well. */
  binds(name: string): boolean {
    const { run } = this;
    if (run?.binds(name) === true || run?.deletes(name) === true || this.definitionsOf(name).length > 0) return true;
    const { ran } = this;
    return ran !== undefined && this.stale && symbolIndex(ran.module).definitions.of(name).length > 0;
  }

  /** Where a name comes from that only a star import can have bound. */
  starImport(name: string): Definition {
    const { run } = this;
    const module = this.names.starImports.at(-1) ?? '';
    const statement = symbolIndex(this.program.module).starImports.at(-1);
    const range = inDocument(this.cell, statement ?? { start: 0, end: 0 });
    return {
      name,
      kind: 'import',
      cell: this.cell.index,
      range,
      statementRange: range,
      get value() {
        return run?.valueOf(name);
      },
      from: { module, name },
    };
  }

  get bindings(): readonly BindingInfo[] {
    return (this.run?.bindings ?? []).map(binding => this.#view(binding));
  }

  /** The last binding of `x` or `Cls.attr` that this cell's run made. */
  bindingOf(name: string): BindingInfo | undefined {
    // Most cells do not bind the name at all; to look into all their bindings would cost more than the answer.
    if (this.run?.binds(name.split('.', 1)[0]!) !== true) return undefined;
    const found = this.run.bindingsOf(name).at(-1);
    return found === undefined ? undefined : this.#view(found);
  }

  bindingsOf(name: string): readonly BindingInfo[] {
    return (this.run?.bindingsOf(name) ?? []).map(binding => this.#view(binding));
  }

  heldValue(name: string): ValueInfo | undefined {
    const { ran, run } = this;
    this.#held ??= this.#sameStart();
    const same = this.#held;
    if (ran === undefined || run === undefined || same === 0) return undefined;
    const last = symbolIndex(ran.module)
      .definitions.of(name)
      .findLast(({ statement }) => statement.end < same);
    if (last === undefined || !isStraight(ran.module.body, last.statement)) return undefined;
    // What is within the line that changes may go on there.
    if (!ran.source.slice(last.statement.end, same).includes('\n')) return undefined;
    return run.bindingsOf(name).find(one => one.start === last.span.start)?.value;
  }

  /** How many characters of the text that ran would run alike again. */
  #sameStart(): number {
    const isAfterPending = this.#snapshot.cells.slice(0, this.cell.index).some(one => one.pending);
    return this.ran === undefined || isAfterPending ? 0 : commonPrefix(this.ran.source, this.program.source);
  }

  #view(binding: RecordedBinding): BindingInfo {
    this.#views ??= new Map();
    let view = this.#views.get(binding);
    if (view === undefined) {
      const range = this.#range(binding);
      const definition = this.definitionsOf(binding.name).find(one => one.range.start === range.start);
      view = new BindingView(binding, this.cell.index, range, definition, () => this.#reads(binding));
      this.#views.set(binding, view);
    }
    return view;
  }

  #reads(binding: RecordedBinding): readonly ReadInfo[] {
    const earlier = (name: string) => this.#snapshot.bindingOf(name, this.cell.index);
    return binding.reads.map(read => {
      const source = this.run!.originOf(binding, read.path, name => earlier(name) !== undefined);
      const found =
        this.#throughAlias(read, source) ??
        (typeof source === 'string' ? earlier(source) : source && this.#view(source));
      return { text: read.path, value: read.value, range: this.#range(read), binding: found };
    });
  }

  /** What made `FF.days`, where `FF` is another name of a class: the assignment in its body, if the values agree. */
  #throughAlias(read: RecordedBinding['reads'][number], source: RecordedBinding | string | undefined) {
    const made = typeof source === 'string' ? source : source?.name;
    if (made === read.path || !read.path.includes('.')) return undefined;
    const seen = this.cell.index + 1;
    const symbol = this.#snapshot.symbols.pathAt(read.path, seen);
    if (symbol?.text.cell === undefined || symbol.instance !== undefined || symbol.path === read.path) return undefined;
    const found = this.#snapshot.bindingOf(symbol.path, seen);
    return found?.value.repr === read.value.repr && found.value.type === read.value.type ? found : undefined;
  }
}

/** True for a statement that runs once: of the module, or of the body of a class in it. */
function isStraight(body: readonly Statement[], { start, end }: PlainSpan): boolean {
  const around = body.find(one => one.start <= start && end <= one.end);
  if (around === undefined) return false;
  if (around.start === start && around.end === end) return true;
  return around.kind === 'ClassDef' && isStraight(around.body, { start, end });
}

const NO_CHECKS: readonly never[] = [];

/** Its range is worked out when somebody asks. */
class CheckView implements CheckOutcome {
  readonly passed: boolean;
  readonly message: string;
  readonly data: CheckOutcome['data'];
  readonly #locate: () => OffsetRange;
  readonly #condition: () => CheckedCondition | undefined;

  constructor(
    { passed, message, data = [] }: CheckRecord,
    locate: () => OffsetRange,
    condition: () => CheckedCondition | undefined,
  ) {
    this.passed = passed;
    this.message = message;
    this.data = data;
    this.#locate = locate;
    this.#condition = condition;
  }

  get condition(): CheckedCondition | undefined {
    return this.#condition();
  }

  get range(): OffsetRange {
    return this.#locate();
  }
}

/** The same. */
class DefinitionView implements Definition {
  readonly #static: StaticDefinition;
  readonly #cell: Cell;
  readonly #run: RecordedRun | undefined;

  constructor(one: StaticDefinition, cell: Cell, run: RecordedRun | undefined) {
    this.#static = one;
    this.#cell = cell;
    this.#run = run;
  }

  get value(): ValueInfo | undefined {
    return this.name.includes('.') ? undefined : this.#run?.valueOf(this.name);
  }

  get name(): string {
    return this.#static.name;
  }

  get kind(): DefinitionKind {
    return this.#static.kind;
  }

  get cell(): number {
    return this.#cell.index;
  }

  get range(): OffsetRange {
    return inDocument(this.#cell, this.#static.span);
  }

  get statementRange(): OffsetRange {
    return inDocument(this.#cell, this.#static.statement);
  }

  get from(): Definition['from'] {
    return this.#static.from;
  }
}

class BindingView implements BindingInfo {
  readonly name: string;
  readonly cell: number;
  readonly range: OffsetRange;
  readonly statementRange: OffsetRange;
  readonly kind: DefinitionKind;
  readonly #binding: RecordedBinding;
  readonly #read: () => readonly ReadInfo[];
  #reads: readonly ReadInfo[] | undefined;

  constructor(
    binding: RecordedBinding,
    cell: number,
    range: OffsetRange,
    definition: Definition | undefined,
    read: () => readonly ReadInfo[],
  ) {
    this.name = binding.name;
    this.#binding = binding;
    this.cell = cell;
    this.range = range;
    this.statementRange = definition?.statementRange ?? range;
    this.kind = definition?.kind ?? 'other';
    this.#read = read;
  }

  get value(): ValueInfo {
    return this.#binding.value;
  }

  get reads(): readonly ReadInfo[] {
    this.#reads ??= this.#read();
    return this.#reads;
  }
}
