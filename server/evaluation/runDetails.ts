/**
 * What a run made and from what, told when somebody asks: most of it is never looked at. Values that may change later are
 * described at once, all others when they are told.
 */
import {
  type Binding,
  PyClass,
  PyDict,
  PyInstance,
  PyObject,
  pathOf,
  type RunResult,
  type Value,
  valueKind,
} from '../../mlsys';
import { Describer } from './describe';
import type { BindingPlaces, BindingRecord, CellDetails, CellRecord, ValueInfo } from './results';
import { sameData } from './sameData';

export class RunDetails {
  readonly #result: RunResult;
  /** Descriptions of what may change; of a class, whose own text stays, the names in its body alone. */
  readonly #described = new Map<Value, Partial<ValueInfo>>();
  /** For `CellRecord.objects`; the values of these attributes are `#members`. */
  readonly objects: CellRecord['objects'];
  readonly #members: readonly Value[];

  /** To be made while the objects of the run are as it left them. */
  constructor(result: RunResult) {
    this.#result = result;
    const objects = objectsOf(result);
    this.objects = namesOf(objects);
    this.#members = objects.flatMap(([, attributes]) => attributes.map(([, value]) => value));
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

  /** True where the details of another run of the same text would be told in the same words, but for identities. */
  equals(other: RunDetails): boolean {
    const [one, two] = [this.#result, other.#result];
    const pairs = new Pairs((a, b) => this.#tellsTheSame(a, other, b));
    const names = [...two.writes.keys()];
    const written = [...one.writes].every(
      ([name, value], at) => name === names[at] && pairs.match(value, two.writes.get(name)),
    );
    return (
      written &&
      one.writes.size === names.length &&
      this.#members.length === other.#members.length &&
      this.#members.every((value, at) => Object.is(value, other.#members[at])) &&
      one.bindings.length === two.bindings.length &&
      one.bindings.every((binding, at) => sameBinding(binding, two.bindings[at]!, pairs)) &&
      sameData(historyOf(one), historyOf(two))
    );
  }

  /** True where an object is told in the same words as one of another run. */
  #tellsTheSame(value: PyObject, other: RunDetails, one: PyObject): boolean {
    if (value === one && !this.#described.has(value)) return true;
    const [known, now] = [this.#infoOf(value), other.#infoOf(one)];
    if (!sameData({ ...known, identity: undefined }, { ...now, identity: undefined })) return false;
    if (!isPlainClass(value)) return !isPlainClass(one);
    // The rest of a class is told later.
    return isPlainClass(one) && value.module === one.module && value.qualname === one.qualname;
  }

  #infoOf(value: Value): Partial<ValueInfo> {
    return this.#described.get(value) ?? new Describer().describe(value);
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
    const history = historyOf(this.#result);
    const members = this.#members.map(value => values.indexOf(value));
    return {
      values: values.infos,
      bound,
      bindings: records,
      ...(members.length > 0 && { members }),
      ...(history && { history }),
    };
  }
}

/** A class that no class of the program made. */
function isPlainClass(value: Value): value is PyClass {
  return value instanceof PyClass && value.cls.native && value.cls.name === 'type';
}

/** The objects of two runs, as long as each of one stands for the same of the other. */
class Pairs {
  readonly #partners = new Map<PyObject, PyObject>();
  readonly #taken = new Set<PyObject>();
  readonly #same: (a: PyObject, b: PyObject) => boolean;

  /** `same` tells of two objects that are met for the first time whether one may stand for the other. */
  constructor(same: (a: PyObject, b: PyObject) => boolean) {
    this.#same = same;
  }

  match(a: Value | undefined, b: Value | undefined): boolean {
    if (!(a instanceof PyObject) || !(b instanceof PyObject)) return Object.is(a, b);
    const partner = this.#partners.get(a);
    if (partner !== undefined) return partner === b;
    if (this.#taken.has(b)) return false;
    this.#partners.set(a, b);
    this.#taken.add(b);
    return this.#same(a, b);
  }
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

/** True for the same assignment of one text, where it bound and read the same values. */
function sameBinding(a: Binding, b: Binding, pairs: Pairs): boolean {
  if (a.seen !== b.seen || a.trail?.length !== b.trail?.length || !pairs.match(a.value, b.value)) return false;
  return a.trail === undefined || a.trail.every((value, at) => pairs.match(value, b.trail![at]));
}

/** The places of bindings in the order of the history; undefined where that is their own order. */
function historyOf({ bindings }: RunResult): number[] | undefined {
  const history = bindings[0]?.recorder.history;
  if (history === undefined || history === bindings) return undefined;
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

type BoundObjects = readonly (readonly [name: string, attributes: readonly (readonly [string, Value])[]])[];

/** The objects of a program's classes and the dicts that a run bound, with what they have as it ends, as far as this never changes. */
function objectsOf({ writes }: RunResult): BoundObjects {
  const found: [string, (readonly [string, Value])[]][] = [];
  for (const [name, value] of writes) {
    if (name.startsWith('_') || found.length >= MOST_OBJECTS) continue;
    const members =
      value instanceof PyDict
        ? itemsOf(value)
        : value instanceof PyInstance && !value.cls.native
          ? attributesOf(value).slice(0, MOST_ATTRIBUTES)
          : [];
    if (members.length > 0) found.push([name, members]);
  }
  return found;
}

function attributesOf({ attrs }: PyInstance): (readonly [string, Value])[] {
  return [...(attrs ?? [])].flatMap(([attribute, one]) =>
    attribute.startsWith('_') || !isNumberOrText(one) ? [] : [[`.${attribute}`, one] as const],
  );
}

/** Numbers and texts under keys that could be names, and those of dicts within; none of a table of data. */
function itemsOf(dict: PyDict, depth = DICTS): (readonly [string, Value])[] {
  if (dict.size > MOST_ATTRIBUTES) return [];
  return [...dict.entries()].flatMap(([key, one]) => {
    if (typeof key !== 'string' || !/^[A-Za-z]\w*$/.test(key)) return [];
    const item = `["${key}"]`;
    if (isNumberOrText(one)) return [[item, one] as const];
    if (depth === 1 || !(one instanceof PyDict)) return [];
    return itemsOf(one, depth - 1).map(([inner, value]) => [item + inner, value] as const);
  });
}

/** One dict within another. */
const DICTS = 2;

function isNumberOrText(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string';
}

/** Sentences are about a few objects, and a few facts of each. */
const MOST_OBJECTS = 40;
const MOST_ATTRIBUTES = 24;

function namesOf(objects: BoundObjects): CellRecord['objects'] {
  return objects.length === 0
    ? undefined
    : objects.map(([name, attributes]) => [name, attributes.map(([attribute]) => attribute)]);
}
