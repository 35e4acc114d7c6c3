/** What running a cell once gave, worked out from its record as far as somebody asks. */
import { groupBy, makersOf, type Program, parseCell } from '../../mlsys';
import type { CellRun } from './analysis';
import type { BindingRecord, CellDetails, CellRecord, ValueInfo } from './results';

/** An assignment that ran, with its place among those of its run. */
export interface RecordedBinding extends Omit<BindingRecord, 'value' | 'reads'> {
  readonly index: number;
  readonly value: ValueInfo;
  readonly reads: readonly {
    readonly path: string;
    readonly start: number;
    readonly end: number;
    readonly value: ValueInfo;
  }[];
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
    this.#parsed ??= parseCell(this.source, this.file, this.#previous);
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
  #details: CellDetails | undefined;
  #names: ReadonlySet<string> | undefined;
  #reads: ReadonlySet<string> | undefined;
  #writes: ReadonlyMap<string, ValueInfo | undefined> | undefined;
  #bindings: readonly RecordedBinding[] | undefined;
  #byName: ReadonlyMap<string, readonly RecordedBinding[]> | undefined;

  /** `previous` is the run that this one takes the place of. */
  constructor(record: CellRecord, previous: RecordedRun | undefined) {
    const { file, source } = record;
    const known = previous?.program;
    this.record = record;
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

  get writes(): ReadonlyMap<string, ValueInfo | undefined> {
    if (this.#writes === undefined) {
      const { values, bound } = this.#detail;
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
      const { values, bindings } = this.#detail;
      this.#bindings = bindings.map((binding, index) => ({
        ...binding,
        index,
        value: values[binding.value]!,
        reads: binding.reads.map(read => ({ ...read, value: values[read.value]! })),
      }));
    }
    return this.#bindings;
  }

  /** The last binding of `x` or `Cls.attr` in the run. */
  bindingOf(name: string): RecordedBinding | undefined {
    this.#byName ??= groupBy(this.bindings, binding => binding.name);
    return this.#byName.get(name)?.at(-1);
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
    const { history } = this.#detail;
    for (let at = end - 1; at >= 0; at--) {
      const one = this.bindings[history === undefined ? at : history[at]!];
      if (one?.name === name) return one;
    }
    return undefined;
  }

  get #detail(): CellDetails {
    this.#details ??= JSON.parse(this.record.details) as CellDetails;
    return this.#details;
  }
}
