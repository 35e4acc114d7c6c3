/**
 * What an evaluation tells, as plain data: no object of the evaluated program is among it, so that it can cross from the
 * process that evaluates to the one that answers the editor. Texts are cut to sane lengths (see `limits.ts`).
 */
import type { CheckResult, Display, Fault, Notice, RunStatus, UnknownCause, Use } from '../../mlsys';

/** A value, as far as it can be told without having it. */
export interface ValueInfo {
  /** `repr(value)`, cut where it is long. */
  readonly repr: string;
  /** Python's name of its type. */
  readonly type: string;
  /** The unit of a quantity, in pint's short form. */
  readonly unit?: string;
  readonly kind: ValueKind;
  /** The same number for the same object; missing for numbers and texts. */
  readonly identity?: number;
  /** Names in the body of a class that a program made. */
  readonly attributes?: readonly string[];
  /** Why it is unknown; missing for a value that is known. */
  readonly unknown?: UnknownRecord;
}

export type ValueKind = 'module' | 'class' | 'function' | 'other';

/** A value with its attributes, as far as they are plain to see: no code runs for it. */
export interface ValueMembers {
  readonly value: ValueInfo;
  readonly members: readonly { readonly name: string; readonly value: ValueInfo }[];
  /** Where in a data file the value stands, or that of which it was made. */
  readonly origin?: DataPlace;
}

/** A part of a data file, in lines and UTF-16 units from 0. */
export interface DataPlace {
  /** Its path. */
  readonly file: string;
  readonly start: DataPosition;
  readonly end: DataPosition;
  /** The line in which it begins. */
  readonly line: string;
}

export interface DataPosition {
  readonly line: number;
  readonly character: number;
}

/** The status of a run that nobody cancelled. */
export type EndStatus = Exclude<RunStatus, 'cancelled'>;

export interface PlainSpan {
  readonly start: number;
  readonly end: number;
}

/** What could not be evaluated; its place is one in the text of `file`. */
export type UnknownRecord = Omit<UnknownCause, 'span'> & { readonly span: PlainSpan };

export interface CheckRecord {
  readonly passed: boolean;
  readonly message: string;
  readonly trace: readonly { readonly file: string; readonly span: PlainSpan }[];
  /** Spans are places in the text that ran. */
  readonly condition: CheckResult['condition'];
  /** Of one that failed, the entries of data files from which its condition comes. */
  readonly data?: readonly DataEntry[];
}

/** An entry of a data file, by the name that code has for it. */
export interface DataEntry {
  readonly name: string;
  readonly value: string;
  readonly place: DataPlace;
}

export interface NoticeRecord {
  readonly kind: string;
  readonly message: string;
  readonly span: PlainSpan;
  readonly operands: Notice['operands'];
}

export interface OutputRecord {
  readonly kind: 'text' | 'markdown' | 'html' | 'latex' | 'value' | 'warning' | 'figure';
  readonly text: string;
  /** Index among the figures of the cell, for kind `figure`. */
  readonly figure: number | undefined;
}

/** What running a cell once gave. A run has one number, which no other run of the same evaluation has. */
export interface CellRecord {
  readonly id: number;
  /** The name of the text that ran, in tracebacks. */
  readonly file: string;
  /** The text that ran; undefined where it is that of the cell in the version of which this is told, which both sides have. */
  readonly source: string | undefined;
  readonly status: EndStatus;
  readonly fault: Fault | undefined;
  readonly checks: readonly CheckRecord[];
  readonly notices: readonly NoticeRecord[];
  readonly output: readonly OutputRecord[];
  /** Number of figures that it drew; they are asked for one by one. */
  readonly figures: number;
  /** Names that it bound, and those that it deleted. */
  readonly bound: readonly string[];
  readonly deleted: readonly string[];
  /** Names that it took from earlier cells. */
  readonly reads: readonly string[];
  readonly used: Use;
  /** What it could not do and went on past, and where in its text that was met. */
  readonly unknowns: readonly (UnknownRecord & { readonly at: PlainSpan })[];
  /** Why names that it bound, or checks that it made, are unknown: its own causes and those of earlier cells. */
  readonly affected: readonly UnknownRecord[];
  /** Names in doubt where it failed; where it did not, names whose objects it changed, in doubt with what it read. */
  readonly doubtful: readonly string[];
  /** The classes that it bound, each by a name and with the names in its body. */
  readonly classes: readonly (readonly [name: string, attributes: readonly string[]])[];
  /** The objects of its classes and the dicts that it bound, each by a name and with what of it is a number or a text, as code reads it: `.x`, `["x"]`. */
  readonly objects?: readonly (readonly [name: string, members: readonly string[]])[];
  /** The assignments that ran, in order of first execution. */
  readonly places: BindingPlaces;
}

/** Names and places of assignments. */
export interface BindingPlaces {
  /** One in a line. */
  readonly names: string;
  /** Start and end of each. */
  readonly spans: readonly number[];
}

/** What a cell made, and from what. It is told apart from the rest of a run, and later. */
export interface CellDetails {
  readonly values: readonly ValueInfo[];
  /** By place in `CellRecord.bound`, the index of the value. */
  readonly bound: readonly number[];
  /** In the order of `CellRecord.places`. */
  readonly bindings: readonly BindingRecord[];
  /** The members of `CellRecord.objects`, one after the other, as indices of values. */
  readonly members?: readonly number[];
  /** Bindings in the order in which they became the latest of their name; missing where that is the order of `bindings`. */
  readonly history?: readonly number[];
}

/**
 * One execution of one assignment; values are indices into `CellDetails.values`. The prefix is `Class.` in a class body,
 * else empty; `seen` is how much of the history the reads saw.
 */
export type BindingRecord = readonly [
  prefix: string,
  value: number,
  seen: number,
  reads: readonly (readonly [path: string, start: number, end: number, value: number])[],
];

/** The number of a run with its `CellDetails` as JSON. */
export type DetailsRecord = readonly [run: number, details: string];

/** What evaluating a reference once gave. */
export interface RefRecord {
  readonly status: EndStatus | 'syntax-error';
  /** The text of `display`; undefined without a value. */
  readonly text: string | undefined;
  /** What the value leaves in the sentence. */
  readonly display: Display | undefined;
  readonly value: ValueInfo | undefined;
  readonly fault: Fault | undefined;
  /** Why the value is unknown, for status `unknown`. */
  readonly cause?: UnknownRecord;
  /** Names that the expression read. */
  readonly reads: readonly string[];
  /** Of a reference that changes something, the name of its program, and the names that it bound or deleted. */
  readonly file?: string;
  readonly bound?: readonly string[];
  /** As of a cell. */
  readonly doubtful?: readonly string[];
}

/** What the references of one block gave, numbered as runs are. */
export interface GroupRecord {
  readonly id: number;
  readonly refs: readonly RefRecord[];
}

/** A module of the workspace that was imported, or whose import failed. */
export interface ModuleRecord {
  readonly name: string;
  readonly file: string;
  readonly isPackage: boolean;
}

/** Results of a part of the chapter, as soon as they are known: records by the places of cells and groups. */
export interface PartialResults {
  /** What runs: all before it is known of this version. Undefined where nothing but details is told. */
  readonly until: { readonly at: number; readonly kind: 'cell' | 'reference' } | undefined;
  readonly cells: readonly (readonly [index: number, record: CellRecord])[];
  readonly groups: readonly (readonly [index: number, record: GroupRecord])[];
  /** Of these and of other cells: while something runs, nobody could ask for them. */
  readonly details: readonly DetailsRecord[];
}

/** The results of one version of a chapter. */
export interface Results {
  /** By cell, the number of its run; 0 for a cell that did not run. */
  readonly cells: readonly number[];
  /** By group of references. */
  readonly groups: readonly number[];
  /** Records that the receiver does not have yet. */
  readonly newCells: readonly CellRecord[];
  readonly newGroups: readonly GroupRecord[];
  /** Details of new cells, where whoever receives them has asked for them with each version. */
  readonly details: readonly DetailsRecord[];
  /** Modules that cells imported; undefined where they are those of the last results. */
  readonly modules: readonly ModuleRecord[] | undefined;
}
