/**
 * What a run made and from what, told when somebody asks: most of it is never looked at. Values that may change later are
 * described at once, all others when they are told.
 */
import { type Binding, PyClass, pathOf, type RunResult, type Value, valueKind } from '../../mlsys';
import { Describer } from './describe';
import type { BindingPlaces, BindingRecord, CellDetails, CellRecord, ValueInfo } from './results';

export class RunDetails {
  readonly #result: RunResult;
  /** Descriptions of what may change; of a class, whose own text stays, the names in its body alone. */
  readonly #described = new Map<Value, Partial<ValueInfo>>();

  /** To be made while the objects of the run are as it left them. */
  constructor(result: RunResult) {
    this.#result = result;
    const describer = new Describer();
    const note = (value: Value | undefined): void => {
      if (value === undefined || valueKind(value) === 'atomic' || this.#described.has(value)) return;
      this.#described.set(
        value,
        isPlainClass(value) ? { attributes: [...value.attrs.keys()] } : describer.describe(value),
      );
    };
    for (const value of result.writes.values()) note(value);
    for (const { value, trail } of result.bindings) {
      if (trail !== undefined) for (const read of trail) note(read);
      note(value);
    }
  }

  /** A `CellDetails` as JSON: a text is quickly sent, and read by whoever looks at it. */
  get json(): string {
    return JSON.stringify(this.#details());
  }

  #details(): CellDetails {
    const { writes, bindings } = this.#result;
    const values = new ValueTable(this.#described);
    const bound: number[] = [];
    for (const value of writes.values()) if (value !== undefined) bound.push(values.indexOf(value));
    const records = bindings.map(binding => bindingRecord(binding, values));
    const history = bindings[0]?.recorder.history;
    const told = history === undefined || history === bindings ? {} : { history: historyOf(history, bindings) };
    return { values: values.infos, bound, bindings: records, ...told };
  }
}

/** A class that no class of the program made. */
function isPlainClass(value: Value): value is PyClass {
  return value instanceof PyClass && value.cls.native && value.cls.name === 'type';
}

/** Each value is described once, however often it is named. */
class ValueTable {
  readonly infos: ValueInfo[] = [];
  readonly #known: ReadonlyMap<Value, Partial<ValueInfo>>;
  readonly #describer = new Describer();
  readonly #indices = new Map<Value, number>();

  /** `known` are descriptions that were made before. */
  constructor(known: ReadonlyMap<Value, Partial<ValueInfo>>) {
    this.#known = known;
  }

  indexOf(value: Value): number {
    // To a map, both zeros are the same.
    if (value === 0) return this.infos.push(this.#describer.describe(value)) - 1;
    let index = this.#indices.get(value);
    if (index === undefined) {
      index = this.infos.length;
      this.#indices.set(value, index);
      const known = this.#known.get(value);
      const isWhole = known?.repr !== undefined;
      this.infos.push(isWhole ? (known as ValueInfo) : { ...this.#describer.describe(value), ...known });
    }
    return index;
  }
}

function bindingRecord({ site, seen, trail, value }: Binding, values: ValueTable): BindingRecord {
  const reads: BindingRecord[3][number][] = [];
  if (trail !== undefined)
    for (const [at, node] of site.reads.entries()) {
      const read = trail[at];
      if (read !== undefined) reads.push([pathOf(node)!, node.start, node.end, values.indexOf(read)]);
    }
  return [site.prefix, values.indexOf(value), seen, reads];
}

function historyOf(history: readonly Binding[], bindings: readonly Binding[]): number[] {
  const indices = new Map(bindings.map((binding, at) => [binding, at]));
  return history.map(binding => indices.get(binding)!);
}

/** Names and places of the assignments that ran, in the order of `CellDetails.bindings`. */
export function bindingPlaces({ bindings }: RunResult): BindingPlaces {
  const spans: number[] = [];
  for (const { site } of bindings) spans.push(site.span.start, site.span.end);
  return { names: bindings.map(({ site }) => site.name).join('\n'), spans };
}

/** The attributes of each class that a run bound. */
export function classesOf({ writes }: RunResult): CellRecord['classes'] {
  const found: [string, string[]][] = [];
  for (const [name, value] of writes)
    if (value instanceof PyClass && !value.native) found.push([name, [...value.attrs.keys()]]);
  return found;
}
