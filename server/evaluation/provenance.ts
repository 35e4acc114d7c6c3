/** Where a value comes from, as plain data: the graph of `mlsys/provenance` with indices in place of its sources. */
import {
  isLonger,
  measureOf,
  numberGiven,
  numberOf,
  type Part,
  PyInstance,
  partsOf,
  type Source,
  type SourceKind,
  type SourcePlace,
  sourcesIn,
  sourceTold,
  type Value,
} from '../../mlsys';
import { Describer, dataPlaceOf } from './describe';
import { shortened } from './limits';
import type { DataPlace, ValueInfo } from './results';

/** A value with the number in it. */
export interface NumericValue extends ValueInfo {
  /** Of a number of any class or a quantity, as a float. */
  readonly number?: number;
  /** The unit of the number, as people write it: `TFLOPs/s`. */
  readonly shortUnit?: string;
  /** What an object of a class of texts holds. */
  readonly text?: string;
}

function numericOf(value: Value): Pick<NumericValue, 'number' | 'shortUnit' | 'text'> {
  const text = value instanceof PyInstance ? value.payload : undefined;
  if (typeof text === 'string') return { text: shortened(text, LONGEST_CODE) };
  const measure = measureOf(value);
  if (measure !== undefined) return { number: measure.magnitude, shortUnit: measure.unit };
  const number = numberOf(value);
  return number === undefined ? {} : { number };
}

/** A value that has a name, or a place of its own; see `Source` in `mlsys/provenance/graph.ts`. */
export interface SourceRecord {
  readonly name: string;
  readonly kind: SourceKind;
  readonly value: NumericValue;
  /** In the text that ran; undefined in the library. */
  readonly place?: SourcePlace;
  readonly formula?: PartRecord;
  /** The name of a constant in the registry. */
  readonly constant?: string;
  /** Where it stands in a data file. */
  readonly data?: DataPlace;
  /** The statement that changed it, where that is why nothing is followed. */
  readonly changedBy?: string;
  /** What the value itself tells of where it is from. */
  readonly told?: string;
  /** True for a parameter with the number that its call, or its default, says. */
  readonly isParameter?: true;
}

/** The value of a part of a formula: of a number no more than that. */
export type PartValue = Pick<NumericValue, 'number' | 'shortUnit' | 'text' | 'repr' | 'type'>;

/** A part of a formula. */
export type PartRecord = PartRecordForm & { readonly value: PartValue };

export type PartRecordForm =
  | { readonly kind: 'literal'; readonly code: string; readonly place?: SourcePlace }
  /** An index into `ProvenanceRecord.sources`. */
  | { readonly kind: 'source'; readonly code: string; readonly source: number }
  | { readonly kind: 'object'; readonly code: string }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly PartRecord[] }
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly on?: PartRecord;
      readonly args: readonly PartRecord[];
      readonly keywords: readonly (readonly [name: string, part: PartRecord])[];
      readonly reads?: readonly PartRecord[];
    }
  | { readonly kind: 'attribute'; readonly of: PartRecord; readonly name: string }
  | { readonly kind: 'item'; readonly of: PartRecord; readonly index: PartRecord }
  | { readonly kind: 'choice'; readonly of: PartRecord; readonly test: PartRecord; readonly isElse: boolean }
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly names: readonly (readonly [code: string, part: PartRecord])[];
    };

/** The sources of a value; the first one is what was asked about. */
export interface ProvenanceRecord {
  readonly sources: readonly SourceRecord[];
}

/** Longest code that is told, and the most parts of a formula. */
const LONGEST_CODE = 400;
const MOST_PARTS = 400;
/** After so many parts, of further sources no more is told than their values. */
const MOST_TOLD = 10_000;

/**
 * What is told: `whole`, or the `outline` alone: the number, the formula that made it, and what that ends in. Of what lies
 * between, an outline says nothing.
 */
export type ProvenanceExtent = 'whole' | 'outline';

/** A source, and all that it comes from, as plain data; the first record is that of the source itself. */
export function provenanceRecord(root: Source, extent: ProvenanceExtent = 'whole'): ProvenanceRecord {
  const teller = new Teller(extent);
  teller.indexOf(root);
  return { sources: teller.records };
}

/** In place of a value that an outline leaves out. */
const LEFT_OUT: ValueInfo = { repr: '…', type: '', kind: 'other' };

class Teller {
  readonly records: SourceRecord[] = [];
  readonly #indices = new Map<Source, number>();
  readonly #describer = new Describer();
  readonly #partValues = new Map<Value, PartValue>();
  readonly #isOutline: boolean;
  /** Parts that were told so far. */
  #told = 0;
  /** Sources of which no more is told than what they end in. */
  readonly #outlined = new Set<Source>();
  readonly #leaves = new Map<Source, readonly Source[]>();
  /** True within the formula of a number: of an outline, that number is the one that is asked about. */
  #isBehind = false;

  constructor(extent: ProvenanceExtent) {
    this.#isOutline = extent === 'outline';
  }

  indexOf(source: Source): number {
    const known = this.#indices.get(source);
    if (known !== undefined && (this.#isBehind || !this.#outlined.has(source))) return known;
    const index = known ?? this.records.length;
    this.#indices.set(source, index);
    if (this.#isBehind) {
      const leaves = this.#leavesOf(source);
      if (leaves.length > 0) {
        this.#outlined.add(source);
        this.#outline(source, leaves, index);
        return index;
      }
    }
    this.#outlined.delete(source);
    const isWithin = this.#isBehind;
    this.#isBehind ||= this.#isOutline && isNumber(source);
    this.#tell(source, index);
    this.#isBehind = isWithin;
    return index;
  }

  /** What the tree of a source ends in, each once, in the order of the tree; nothing for a source that is an end itself. */
  #leavesOf(source: Source): readonly Source[] {
    let leaves = this.#leaves.get(source);
    if (leaves === undefined) {
      // A loop reads what it made before.
      this.#leaves.set(source, []);
      const found = new Set<Source>();
      for (const input of inputsOf(source)) {
        const behind = this.#leavesOf(input);
        for (const leaf of behind.length > 0 ? behind : [input]) found.add(leaf);
      }
      leaves = [...found];
      this.#leaves.set(source, leaves);
    }
    return leaves;
  }

  #outline({ name, kind }: Source, leaves: readonly Source[], index: number): void {
    const record = { name: shortened(name, LONGEST_CODE), kind, value: LEFT_OUT };
    this.records[index] = record;
    const names = leaves.map((one): [string, PartRecord] => [
      '',
      { kind: 'source', code: '', source: this.indexOf(one), value: LEFT_OUT },
    ]);
    this.records[index] = { ...record, formula: { kind: 'code', code: '…', names, value: LEFT_OUT } };
  }

  #tell(source: Source, index: number): void {
    const { name, value, constant, origin, isParameter, changedBy } = source;
    const { kind, place, formula: whole = changeOf(source) } = numberTold(source);
    const formula = this.#told > MOST_TOLD ? undefined : whole;
    const told = sourceTold(value);
    const record = {
      name: shortened(name, LONGEST_CODE),
      kind: formula === whole ? kind : ('cut' as const),
      value: this.#value(source),
    };
    this.records[index] = record;
    this.records[index] = {
      ...record,
      ...(place === undefined ? {} : { place }),
      ...(formula === undefined ? {} : { formula: this.#whole(formula) }),
      ...(constant === undefined ? {} : { constant }),
      ...(origin === undefined ? {} : { data: dataPlaceOf(origin) }),
      ...(changedBy === undefined ? {} : { changedBy: shortened(changedBy, LONGEST_CODE) }),
      ...(isParameter === undefined ? {} : { isParameter }),
      ...(told === undefined ? {} : { told: shortened(told, LONGEST_CODE) }),
    };
  }

  #value({ value }: Pick<Source, 'value'>): NumericValue {
    return { ...this.#describer.describe(value), ...numericOf(value) };
  }

  #partValue({ value, kind }: Part): PartValue {
    // Of a read or a literal, the source or the code tells more.
    const isPlain = kind === 'source' || kind === 'literal';
    if (isPlain && typeof value === 'number') return { number: value, repr: String(value), type: 'float' };
    if (isPlain && typeof value === 'bigint') return { number: Number(value), repr: String(value), type: 'int' };
    let known = this.#partValues.get(value);
    if (known === undefined) {
      const { repr, type } = this.#describer.describe(value);
      known = { ...numericOf(value), repr, type };
      this.#partValues.set(value, known);
    }
    return known;
  }

  /** A formula that is too long is told by what it reads. */
  #whole(part: Part): PartRecord {
    return isLonger(part, MOST_PARTS) ? this.#asCode(part, '…', [part]) : this.#part(part);
  }

  #part(part: Part): PartRecord {
    this.#told++;
    const value = this.#partValue(part);
    switch (part.kind) {
      case 'literal':
        return {
          kind: 'literal',
          code: shortened(part.code, LONGEST_CODE),
          value,
          ...(part.at === undefined ? {} : { place: part.at }),
        };
      case 'source':
        return { kind: 'source', code: shortened(part.code, LONGEST_CODE), source: this.indexOf(part.source), value };
      case 'object':
        return { kind: 'object', code: shortened(part.code, LONGEST_CODE), value };
      case 'operation':
        return {
          kind: 'operation',
          operator: part.operator,
          operands: part.operands.map(one => this.#part(one)),
          value,
        };
      case 'call': {
        const given = numberGiven(part);
        if (given !== undefined) return this.#part(given);
        return {
          kind: 'call',
          callee: shortened(part.callee, LONGEST_CODE),
          ...(part.on === undefined ? {} : { on: this.#part(part.on) }),
          args: part.args.map(one => this.#part(one)),
          keywords: part.keywords.map(([name, one]) => [name, this.#part(one)]),
          ...(part.reads === undefined ? {} : { reads: part.reads.map(one => this.#part(one)) }),
          value,
        };
      }
      case 'attribute':
        return { kind: 'attribute', of: this.#part(part.of), name: part.name, value };
      case 'item':
        return { kind: 'item', of: this.#part(part.of), index: this.#part(part.index), value };
      case 'choice':
        return { kind: 'choice', of: this.#part(part.of), test: this.#part(part.test), isElse: part.isElse, value };
      case 'display':
        return this.#asCode(part, part.code, partsOf(part));
      case 'code':
        return {
          kind: 'code',
          code: shortened(part.code, LONGEST_CODE),
          names: part.names.map(([code, one]) => [code, this.#part(one)]),
          value,
        };
    }
  }

  #asCode(part: Part, code: string, items: readonly Part[] = []): PartRecord {
    const names = [...sourcesIn(items).values()]
      .slice(0, MOST_PARTS)
      .map((one): [string, PartRecord] => [one.code, this.#part(one)]);
    return { kind: 'code', code: shortened(code, LONGEST_CODE), names, value: this.#partValue(part) };
  }
}

/** What changed a value in ways that are not followed, with all that this read. */
function changeOf({ changedBy, changedWith, value, place }: Source): Part | undefined {
  if (changedBy === undefined || changedWith === undefined) return undefined;
  const names = [...sourcesIn(changedWith).values()].map(one => [one.code, one] as const);
  return names.length === 0 ? undefined : { kind: 'code', code: changedBy, names, value, at: place };
}

/** True for a number that something other than another name for it made. */
function isNumber({ value, formula }: Source): boolean {
  return formula !== undefined && formula.kind !== 'source' && numericOf(value).number !== undefined;
}

/** Of a number of an own class, what it was made of: a number that is written, in a call as well, is an assumption by its name. */
function numberTold({ kind, place, formula }: Source): Pick<Source, 'kind' | 'place' | 'formula'> {
  const given = formula && numberGiven(formula);
  if (given === undefined) return { kind, place, formula };
  const written = given.kind === 'source' && given.source.isParameter ? (given.source.formula ?? given) : given;
  return written.kind === 'literal'
    ? { kind: 'assumption', place: written.at ?? place, formula: written }
    : { kind, place, formula: given };
}

/** What a record of the source would name as its inputs; none for one in which a tree ends. */
function inputsOf(source: Source): readonly Source[] {
  const { kind, formula } = numberTold(source);
  if (kind === 'assumption' || kind === 'text' || formula === undefined) return [];
  return [...sourcesIn([formula]).keys()].slice(0, MOST_PARTS);
}
