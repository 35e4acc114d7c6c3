/**
 * What is known about one version of a chapter: the immutable result of evaluation on which rules, features, preview and
 * command line build. Ranges are UTF-16 offsets into `Analysis.chapter.text`, `end` exclusive, unless said otherwise.
 *
 * Values of cells, and what assignments read, are told later than all else, since little of them is ever looked at: to ask
 * for those of a run before they are there throws `DetailsMissing`, and whoever can waits for them and asks again.
 *
 * An edit makes a new `Analysis` that shares with the old one all that did not change: a `CellRun` and a `RefRun` are
 * the same objects in both as long as nothing was evaluated anew, so they can serve as keys of caches. What hangs on a
 * place (`CellResult`, `RefResult` and their ranges) is made per version, and lazily where it is costly.
 */
import type {
  BindingKind,
  CheckComparison,
  Display,
  Expression,
  Module,
  SourcePlace,
  Span,
  StaticNames,
  UnknownKind,
} from '../../mlsys';
import type { Block, Cell, Chapter, OffsetRange, Ref } from '../chapter/model';
import type { PositionRange } from '../chapter/ranges';
import type { PackageIndex } from './packageIndex';
import type { ProvenanceExtent, ProvenanceRecord } from './provenance';
import type { DataEntry, NoticeRecord, RefRecord, UnknownRecord, ValueInfo, ValueMembers } from './results';
import type { ChapterSymbols } from './symbols/chapterSymbols';

/**
 * How a cell fared.
 *
 * - `ok`: ran to its end, past what could not be evaluated (`unknowns`) if need be;
 * - `failed`: ended with a Python exception;
 * - `blocked`: failed only because a name is missing that an earlier faulty cell should have made (`fault.blame`);
 * - `unsupported`: uses something that the evaluator refuses (`fault.construct`);
 * - `budget`: took too many steps, too much time, memory, output or recursion;
 * - `syntax-error`: cannot be parsed, so nothing of it ran (values of its last good version may stand, marked stale);
 * - `skipped`: `#| eval: false`.
 */
export type CellStatus = 'ok' | 'failed' | 'blocked' | 'unsupported' | 'budget' | 'syntax-error' | 'skipped';

/** One call on the way to a fault, outermost first. */
export interface TracePlace {
  /** Name of the function, `<module>` for the cell itself. */
  readonly function: string;
  /** Index of the cell that holds the place; undefined for a file of a workspace package. */
  readonly cell: number | undefined;
  /** Path of the workspace file that holds the place; undefined for a cell. */
  readonly file: string | undefined;
  /** In the chapter, or in `file`. */
  readonly range: OffsetRange;
  /** 1-based line in the chapter, or in `file`. */
  readonly line: number;
  /** The range in lines and columns of `file`; undefined for a cell. */
  readonly position: PositionRange | undefined;
  /** The text of that line, trimmed. */
  readonly text: string;
}

/** The earlier cell that a fault is the consequence of. */
export interface Blame {
  readonly cell: number;
  /** The name that this cell should have made. */
  readonly name: string;
}

/** What could not be evaluated, and where: whatever depends on it is unknown. */
export interface UnknownPlace {
  readonly kind: UnknownKind;
  /** What Reckoner has not, or does not do: `pandas`, `time.time()`. */
  readonly subject: string;
  readonly message: string;
  /** Index of the cell that holds the place; undefined for a reference, and for a file of a workspace package. */
  readonly cell: number | undefined;
  /** Path of the workspace file that holds the place; undefined for a place of the chapter. */
  readonly file: string | undefined;
  /** In the chapter: for a place in a file the import that led there, where that is known. */
  readonly range: OffsetRange | undefined;
  /** 1-based line in the chapter, or in `file`. */
  readonly line: number | undefined;
  /** True for a place in another reference. */
  readonly isReference?: true;
}

/** The cell or reference that ended with a Python exception, before or while it made a value. */
export interface Doubt {
  /** Undefined for a reference. */
  readonly cell: number | undefined;
  /** Class of the exception. */
  readonly type: string;
  /** 1-based line of the chapter at which it ended, and the place. */
  readonly line: number;
  readonly range: OffsetRange;
}

/** An exception that led to another one. */
export interface FaultCause {
  /** Its class and message. */
  readonly text: string;
  /** Where it was raised; undefined where it was not. */
  readonly place: TracePlace | undefined;
  /** `raise ... from` names it; otherwise it was being handled. */
  readonly direct: boolean;
}

/** Why a cell or a reference has no value. */
export interface CellFault {
  /** Python's exception class, or `SyntaxError`, `Unsupported`, `BudgetExceeded`. */
  readonly type: string;
  readonly message: string;
  /** The expression at fault in this chapter; inside a package's file, the call that led there. */
  readonly range: OffsetRange;
  /** 1-based line of `range.start` in the chapter. */
  readonly line: number;
  readonly trace: readonly TracePlace[];
  /** The exceptions that led to this one, the nearest first. */
  readonly causes: readonly FaultCause[];
  /** The missing name of a NameError, AttributeError or ImportError. */
  readonly name: string | undefined;
  /** Modules that are called nearly as one which was not found, the likeliest first. */
  readonly near: readonly string[];
  /** What is not supported, as the author wrote it. */
  readonly construct: string | undefined;
  /** True where a guard ended it: `check`, or a function of the book that guards. */
  readonly guard: boolean;
  /** What was used up: `steps`, `time`, `memory`, `recursion`, `output`; or `crash`, where the run brought its process down. */
  readonly budget: string | undefined;
  readonly blame: Blame | undefined;
}

/** The condition of a guard. */
export interface CheckedCondition {
  /** As written, on one line. */
  readonly text: string;
  /** The numbers that it compared, in order. */
  readonly comparisons: readonly CheckComparison[];
}

/** One executed `check(condition, message)`. */
export interface CheckOutcome {
  readonly passed: boolean;
  /** The message with its interpolated text. */
  readonly message: string;
  /** As the cell writes it, with what it compared; undefined where a function made the check. */
  readonly condition: CheckedCondition | undefined;
  /** Of one that failed, the entries of data files from which its condition comes. */
  readonly data: readonly DataEntry[];
  /** The call. */
  readonly range: OffsetRange;
}

/** Something that ran, but not as its author will have meant: a mix of units, digits lost in formatting, … */
export interface Notice {
  /** Code of the rule that reports it: `unit-mismatch`, `precision-loss`, … */
  readonly kind: string;
  readonly message: string;
  readonly range: OffsetRange;
  /** What it is about: the operands of a mix of units, with where each came from. */
  readonly data: NoticeRecord['operands'] | undefined;
}

/** Something a cell printed or displayed, in order. */
export interface CellOutput {
  readonly kind: 'text' | 'markdown' | 'html' | 'latex' | 'value' | 'warning' | 'figure';
  readonly text: string;
  /** Index into `CellResult.figures` for kind `figure`. */
  readonly figure: number | undefined;
}

/** A name or attribute that an assignment read. */
export interface ReadInfo {
  /** As written: `peak`, `Training.ops`, `H100.memory`. */
  readonly text: string;
  readonly value: ValueInfo;
  readonly range: OffsetRange;
  /** The binding that made the value; undefined for constants of the library and for what was not recorded. */
  readonly binding: BindingInfo | undefined;
}

/** One execution of one assignment: the last one, where a statement ran several times. */
export interface BindingInfo {
  /** `x`, or `Cls.attr` for an assignment in a class body. */
  readonly name: string;
  readonly value: ValueInfo;
  /** Index of the cell that ran it. */
  readonly cell: number;
  /** The name where it is bound. */
  readonly range: OffsetRange;
  /** The statement. */
  readonly statementRange: OffsetRange;
  readonly kind: DefinitionKind;
  readonly reads: readonly ReadInfo[];
}

export type DefinitionKind = BindingKind;

/** Where a name is made; by a cell that ran or by the text of one that did not. */
export interface Definition {
  /** `x` or `Cls.attr`. */
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly cell: number;
  /** The name where it is bound. */
  readonly range: OffsetRange;
  /** The statement. */
  readonly statementRange: OffsetRange;
  /** The value after the cell, where it ran and bound the name. */
  readonly value: ValueInfo | undefined;
  /** For an import: the module and the name in it (`undefined` for the module itself). */
  readonly from: { readonly module: string; readonly name: string | undefined } | undefined;
}

/** A parsed cell: tree and source positions as in the present version of its text. */
export interface CellProgram {
  readonly file: string;
  /** Equal to `Cell.source`; use `Cell.toDocumentRange` for places in the chapter. */
  readonly source: string;
  readonly module: Module;
  readonly issues: readonly { readonly message: string; readonly span: Span; readonly kind: string }[];
}

/** One syntax error of a cell, in the chapter. */
export interface SyntaxIssue {
  readonly message: string;
  readonly kind: string;
  readonly range: OffsetRange;
}

/** What running a cell once gave, whatever its place: the same object until the cell is run again. */
export interface CellRun {
  /** Names that the run bound, and those that it deleted. */
  readonly bound: readonly string[];
  readonly deleted: readonly string[];
  /** Names taken from earlier cells, whether they were there or not. */
  readonly reads: ReadonlySet<string>;
  /** True for a name that the run bound. */
  binds(name: string): boolean;
  /** Names in the body of a class that the run bound to a name. */
  attributesOf(name: string): readonly string[] | undefined;
  /** Numbers and texts of a dict, or of an object of the program's classes, that the run bound to a name: `["x"]`, `.x`. */
  objectsOf(name: string): readonly string[] | undefined;
  /** The value of such a member, as the run left it, by `name.x` or `name["x"]`. */
  memberOf(path: string): ValueInfo | undefined;
  /** The value of a name that the run bound. */
  valueOf(name: string): ValueInfo | undefined;
  readonly used: { readonly steps: number; readonly milliseconds: number };
}

/** A figure that a cell drew. */
export interface CellFigure {
  /** Index of the cell, and of the figure among those of the cell: by these the evaluation is asked for the drawing. */
  readonly cell: number;
  readonly index: number;
}

export interface CellResult {
  readonly cell: Cell;
  readonly status: CellStatus;
  /** True where what follows comes from the last good version of a cell that is being typed. */
  readonly stale: boolean;
  /** True where the cell is still to be evaluated, or to be looked at: what follows is what an earlier version gave. */
  readonly pending: boolean;
  readonly run: CellRun | undefined;
  readonly fault: CellFault | undefined;
  readonly issues: readonly SyntaxIssue[];
  /** What the cell could not do and went on past. */
  readonly unknowns: readonly UnknownPlace[];
  /** Why values that it made are unknown: its own causes, and those of earlier cells. */
  readonly affected: readonly UnknownPlace[];
  readonly checks: readonly CheckOutcome[];
  readonly notices: readonly Notice[];
  readonly output: readonly CellOutput[];
  readonly figures: readonly CellFigure[];
  /** In order of execution. */
  readonly bindings: readonly BindingInfo[];
  readonly program: CellProgram;
  readonly names: StaticNames;
  /** Every name that the text binds at module level and in class bodies (`Cls.attr`), in order, whether it ran or not. */
  readonly definitions: readonly Definition[];
  /** Those of one name. */
  definitionsOf(name: string): readonly Definition[];
  /** The last binding of `x` or `Cls.attr` that its run made. */
  bindingOf(name: string): BindingInfo | undefined;
  /** All of them, in order of execution; of a run that failed also those of a class that was not made. */
  bindingsOf(name: string): readonly BindingInfo[];
  /**
   * Of a cell that is pending: the last value that its run before gave a name by a statement above all that has changed. The present
   * text gives it as well, up to there.
   */
  heldValue(name: string): ValueInfo | undefined;
  /** Statements run; 0 for a cell that did not run. */
  readonly steps: number;
  readonly milliseconds: number;
}

/** What evaluating a reference once gave: the same object until it is evaluated again. */
export type RefRun = RefRecord;

export type RefStatus = RefRun['status'];

export interface RefResult {
  readonly ref: Ref;
  readonly status: RefStatus;
  readonly run: RefRun;
  /** What the value leaves in the sentence; undefined without a value. */
  readonly display: Display | undefined;
  /** The text of `display`. */
  readonly text: string | undefined;
  readonly value: ValueInfo | undefined;
  readonly fault: CellFault | undefined;
  /** Why the value is unknown, for status `unknown`. */
  readonly unknown: UnknownPlace | undefined;
  /** The failed cell or reference that makes the value doubtful: the render stops there, and mended it may give another one. */
  readonly doubt: Doubt | undefined;
  /** True where the value comes from a cell that is stale. */
  readonly stale: boolean;
  /** True where it is still to be evaluated, or to be looked at: the rest is what an earlier version gave. */
  readonly pending: boolean;
  /** Where the value was made: the export or class attribute that the expression names; undefined for other expressions. */
  readonly binding: BindingInfo | undefined;
  /** Index of the cell that made it. */
  readonly cell: number | undefined;
  /** The expression's tree, offsets relative to `ref.exprRange.start`; undefined where it has a syntax error. */
  readonly expression: Expression | undefined;
}

/** What the references of one block gave. */
export interface RefGroupOutcome {
  readonly refs: readonly RefRun[];
  /** Places in `refs` of those without a value. */
  readonly faulty: readonly number[];
  /** Places of those that were run in their places, since they change something. */
  readonly changing: readonly number[];
}

/** A block with references. */
export interface RefBlock {
  readonly block: Block;
  /** What its references gave: the same object in all versions of the chapter until one of them is evaluated again. */
  readonly outcome: RefGroupOutcome;
  /** True where some of its references are pending. */
  readonly pending: boolean;
  /** Made when asked for. */
  readonly refs: readonly RefResult[];
  /** Those without a value. */
  readonly faulty: readonly RefResult[];
}

export interface RefCounts {
  readonly refs: number;
  /** How many of them have a value. */
  readonly values: number;
}

export interface Analysis {
  readonly chapter: Chapter;
  /** Version of the document, as the editor counts. */
  readonly version: number;
  /** By `Cell.index`. */
  readonly cells: readonly CellResult[];
  /** By `Ref.index`. All of them cost something: where a few will do, look at `refAt`, `faultyRefs`, `refBlocks`, `counts`. */
  readonly refs: readonly RefResult[];
  /** Those without a value, in document order. */
  readonly faultyRefs: readonly RefResult[];
  /**
   * Cells of which there is more to tell than values, in document order: those that did not run to their end, and those with
   * something that they could not do or that makes their values unknown.
   */
  readonly faultyCells: readonly CellResult[];
  /** By block, without the blocks that have none. */
  readonly refBlocks: readonly RefBlock[];
  readonly counts: RefCounts;
  /** Names and dotted paths that references, or code which does not run, read; see `usedPaths.ts`. */
  readonly usedPaths: ReadonlySet<string>;
  /** The result of the cell around an offset. */
  cellAt(offset: number): CellResult | undefined;
  refAt(offset: number): RefResult | undefined;
  /** Names visible after the first `cellsBefore` cells, each with where it was last made; imported names included. */
  exportsAt(cellsBefore: number): ReadonlyMap<string, Definition>;
  /** The value of a module-level name there. */
  valueAt(name: string, cellsBefore: number): ValueInfo | undefined;
  /**
   * The value at the end of a path of attributes of a module-level name there, with its own attributes; undefined where
   * there is none, or the evaluation has no time to tell.
   */
  membersAt(name: string, cellsBefore: number, path: readonly string[]): Promise<ValueMembers | undefined>;
  /**
   * Where the value of an expression comes from, as it stands there; undefined where it has none, or the evaluation has no
   * time to tell. An `outline` is there sooner.
   */
  provenanceAt(expr: string, cellsBefore: number, extent?: ProvenanceExtent): Promise<ProvenanceRecord | undefined>;
  /** Where a place of the evaluation stands in this version of the chapter, or in a file of a package. */
  placeIn(place: SourcePlace): TracePlace | undefined;
  /** The failed cell or reference that makes a module-level name doubtful there; `ref` is the index of the reference that asks. */
  doubtAt(name: string, cellsBefore: number, ref?: number): Doubt | undefined;
  /** Where in this version of the chapter the cause of an unknown value stands. */
  placeOfUnknown(cause: UnknownRecord): UnknownPlace;
  /** The last definition of `x` or `Cls.attr` in the cells before `cellsBefore`, in ones that did not run as well. */
  definitionOf(name: string, cellsBefore: number): Definition | undefined;
  /** The first definition of `x` or `Cls.attr` in the cells from `cellsBefore` on. */
  futureDefinitionOf(name: string, cellsBefore: number): Definition | undefined;
  /** The binding that made the value of `x` or `Cls.attr` as seen there. */
  bindingOf(name: string, cellsBefore: number): BindingInfo | undefined;
  /** The modules of workspace packages, and their names. */
  readonly packages: PackageIndex;
  /** What the names of the chapter mean. */
  readonly symbols: ChapterSymbols;
}
