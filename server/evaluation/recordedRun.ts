/** What running a cell once gave, worked out from its record as far as somebody asks. */
import { groupBy, makersOf, type Program, parseCell } from '../../mlsys';
import type { CellRun } from './analysis';
import { DetailsMissing } from './detailsMissing';
import { takeRead } from './readAhead';
import type { BindingRecord, CellDetails, CellRecord, ValueInfo } from './results';

/** A read of an assignment. */
export interface RecordedRead {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly value: ValueInfo;
}

/** An assignment that ran. What it made and from what is among the details of its run. */
export class RecordedBinding {
  /** Its place among those of its run. */
  readonly index: number;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly #run: RecordedRun;

  constructor(run: RecordedRun, index: number, name: string, start: number, end: number) {
    this.#run = run;
    this.index = index;
    this.name = name;
    this.start = start;
    this.end = end;
  }

  /** `Class.` in a class body, else empty. */
  get prefix(): string {
    return this.#record[0];
  }

  get value(): ValueInfo {
    return this.#run.details.values[this.#record[1]]!;
  }

  /** How much of the history its reads saw. */
  get seen(): number {
    return this.#record[2];
  }

  get reads(): readonly RecordedRead[] {
    const { values } = this.#run.details;
    return this.#record[3].map(([path, start, end, value]) => ({ path, start, end, value: values[value]! }));
  }

  get #record(): BindingRecord {
    return this.#run.details.bindings[this.index]!;
  }
}

/** A text that ran: it was parsed without an issue then, and here it is parsed when somebody asks for its tree. */
export class SoundProgram implements Program {
  readonly file: string;
  readonly source: string;
  readonly issues = [];
  #parsed: Program | undefined;
  #previous: Program | undefined;

  /** Of the tree of `previous`, what has not changed is taken over. */
  constructor(file: string, source: string, previous: SoundProgram | undefined) {
    this.file = file;
    this.source = source;
    // Not the program itself: through it, all earlier ones would stay.
    this.#previous = previous === undefined ? undefined : previous.#parsed;
  }

  get #program(): Program {
    this.#parsed ??= takeRead(this.source) ?? parseCell(this.source, this.file, this.#previous);
    this.#previous = undefined;
    return this.#parsed;
  }

  get module(): Program['module'] {
    return this.#program.module;
  }

  get lines(): Program['lines'] {
    return this.#program.lines;
  }

  get scopedFrom(): number {
    return this.#program.scopedFrom;
  }
}

export class RecordedRun implements CellRun {
  readonly record: CellRecord;
  readonly program: SoundProgram;
  #details: CellDetails | (() => string) | undefined;
  #names: ReadonlySet<string> | undefined;
  #classes: ReadonlyMap<string, readonly string[]> | undefined;
  #objects: ReadonlyMap<string, readonly string[]> | undefined;
  #members: ReadonlyMap<string, ValueInfo> | undefined;
  #reads: ReadonlySet<string> | undefined;
  #writes: ReadonlyMap<string, ValueInfo | undefined> | undefined;
  #bindings: readonly RecordedBinding[] | undefined;
  #byName: ReadonlyMap<string, readonly RecordedBinding[]> | undefined;

  /**
   * `source` is the text that ran, `previous` the run that this one takes the place of; `details` gives its details where they
   * are at hand.
   */
  constructor(record: CellRecord, source: string, previous: RecordedRun | undefined, details?: () => string) {
    const { file } = record;
    const known = previous?.program;
    this.record = record;
    this.#details = details;
    this.program = known?.file === file && known.source === source ? known : new SoundProgram(file, source, known);
  }

  get used(): CellRecord['used'] {
    return this.record.used;
  }

  get bound(): readonly string[] {
    return this.record.bound;
  }

  get deleted(): readonly string[] {
    return this.record.deleted;
  }

  get reads(): ReadonlySet<string> {
    this.#reads ??= new Set(this.record.reads);
    return this.#reads;
  }

  binds(name: string): boolean {
    this.#names ??= new Set(this.record.bound);
    return this.#names.has(name);
  }

  deletes(name: string): boolean {
    return this.record.deleted.includes(name);
  }

  valueOf(name: string): ValueInfo | undefined {
    return this.binds(name) ? this.writes.get(name) : undefined;
  }

  attributesOf(name: string): readonly string[] | undefined {
    if (this.record.classes.length === 0) return undefined;
    this.#classes ??= new Map(this.record.classes);
    return this.#classes.get(name);
  }

  objectsOf(name: string): readonly string[] | undefined {
    if (this.record.objects === undefined) return undefined;
    this.#objects ??= new Map(this.record.objects);
    return this.#objects.get(name);
  }

  memberOf(path: string): ValueInfo | undefined {
    const { objects } = this.record;
    if (objects === undefined) return undefined;
    if (this.#members === undefined) {
      const { values, members = [] } = this.details;
      const paths = objects.flatMap(([name, own]) => own.map(member => name + member));
      this.#members = new Map(paths.map((one, at) => [one, values[members[at]!]!]));
    }
    return this.#members.get(path);
  }

  get writes(): ReadonlyMap<string, ValueInfo | undefined> {
    if (this.#writes === undefined) {
      const { values, bound } = this.details;
      const writes = new Map<string, ValueInfo | undefined>();
      this.record.bound.forEach((name, at) => {
        writes.set(name, values[bound[at]!]);
      });
      for (const name of this.record.deleted) writes.set(name, undefined);
      this.#writes = writes;
    }
    return this.#writes;
  }

  get bindings(): readonly RecordedBinding[] {
    if (this.#bindings === undefined) {
      const { names, spans } = this.record.places;
      const all = spans.length === 0 ? [] : names.split('\n');
      this.#bindings = all.map((name, at) => new RecordedBinding(this, at, name, spans[2 * at]!, spans[2 * at + 1]!));
    }
    return this.#bindings;
  }

  /** The bindings of `x` or `Cls.attr` in the run, in order. */
  bindingsOf(name: string): readonly RecordedBinding[] {
    this.#byName ??= groupBy(this.bindings, binding => binding.name);
    return this.#byName.get(name) ?? [];
  }

  /**
   * The binding behind what `binding` read by a path: one of this run, or the name of one that an earlier cell made, which
   * `earlier` knows.
   */
  originOf(
    binding: RecordedBinding,
    path: string,
    earlier: (name: string) => boolean,
  ): RecordedBinding | string | undefined {
    for (const name of makersOf(path, binding.prefix)) {
      const own = this.#before(binding.seen, name);
      // A loop's own earlier turn is not told: the binding would be its own origin.
      if (own !== undefined) return own === binding ? undefined : own;
      if (earlier(name)) return name;
    }
    return undefined;
  }

  #before(end: number, name: string): RecordedBinding | undefined {
    const { history } = this.details;
    for (let at = end - 1; at >= 0; at--) {
      const one = this.bindings[history === undefined ? at : history[at]!];
      if (one?.name === name) return one;
    }
    return undefined;
  }

  /** Takes its details, a `CellDetails` as JSON. */
  takeDetails(json: string): void {
    this.#details ??= () => json;
  }

  get hasDetails(): boolean {
    return this.#details !== undefined;
  }

  /** Throws `DetailsMissing` where they are not there yet. */
  get details(): CellDetails {
    if (this.#details === undefined) throw new DetailsMissing(this);
    if (typeof this.#details === 'function') this.#details = JSON.parse(this.#details()) as CellDetails;
    return this.#details;
  }
}
