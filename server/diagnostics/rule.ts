/** What a rule is. A rule is one file under `rules/`, one row of the table there, one page under docs/rules/, one test file. */
import type { Cell, Chapter } from '../chapter/model';
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis, CellProgram, CellResult, RefBlock, RefResult } from '../evaluation/analysis';
import type { Finding, Severity } from './finding';
import type { Line } from './prose/lines';
import type { Mention } from './prose/mentions';
import type { Surroundings } from './surroundings';

/** A finding before the runner adds its code and, where the rule leaves it out, its severity. */
export type Draft = Omit<Finding, 'code' | 'severity'> & {
  /** Given where it differs from the rule's own: a mere consequence of another finding is one step lower. */
  readonly severity?: Severity;
  /** Given where it is the consequence of what another finding tells, which then names it as a related place. */
  readonly consequence?: Consequence;
  /** What is at fault, where several places may show it: drafts of one rule with the same cause are one finding. */
  readonly cause?: string;
  /** Given where it says that nothing reads a name: what was typed in the place of a reference to it tells the same. */
  readonly unread?: string;
};

export interface Consequence {
  /** The place of the other finding. */
  readonly of: OffsetRange;
  /** The `cause` of the other finding, where that is one of the same rule and others may stand at its place. */
  readonly cause?: string;
  /** `shown` is told as a related place alone. */
  readonly effect: 'unknown' | 'missing' | 'shown';
  readonly what: 'reference' | 'cell';
}

/**
 * What a check reads is recorded (see `recording.ts`), and its findings are kept, and moved along with the text around
 * them, until something of that changes. So a check may look at whatever it is given, and at nothing beside it.
 */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** About the references of one block: their text and what they gave. */
  block?(block: RefBlock): Iterable<Draft>;
  /** About one cell: its text and its run. */
  cell?(cell: CellResult): Iterable<Draft>;
  /** True where a finding about a sentence is about several values: its related places lead to where these are made. */
  readonly isOfSeveralValues?: boolean;
  /** About the sentences of one block, as they read with the values in. */
  prose?(block: ProseBlock): Iterable<Draft>;
  /** About what the text refers to, in the chapter and around it, whatever its cells give. */
  document?(chapter: Chapter, surroundings: Surroundings): Iterable<Draft>;
  /** About what stands in several places of the chapter. */
  chapter?(analysis: Analysis): Iterable<Draft>;
  /** True where the findings of its `chapter` may be told a moment later than others in a long chapter: those about names, and about how values read. */
  readonly canWait?: boolean;
  /** Reads what follows from the text of a cell alone, for a check to find it read: called while the cells run elsewhere. */
  readAhead?(cell: Cell, program: CellProgram): void;
}

/** A block of running text. */
export interface ProseBlock {
  /** As written; a look at it spares many blocks the reading of their lines. */
  readonly source: string;
  /** Where it starts in the chapter. */
  readonly start: number;
  readonly refs: readonly RefResult[];
  /** True where its lines are captions in the options of a cell. */
  readonly isCell: boolean;
  /** The cells whose numbers its sentences will be about. */
  readonly near: readonly CellResult[];
  /** Those of them that stand below it. */
  readonly ahead: readonly CellResult[];
  /** Of the cells right around it, names that were made for the prose and that no reference reads. */
  readonly unread: ReadonlySet<string>;
  /** The same of all cells near. */
  readonly unreadFar: ReadonlySet<string>;
  /** What the chapter says around the references to a name. */
  mentionsOf(name: string): readonly Mention[];
  /** Made when asked for. */
  readonly lines: readonly Line[];
  /** What a function makes of the block, kept for all rules that ask for it: each of them depends on what it has looked at. */
  once<T>(make: (block: ProseBlock) => T): T;
  /** A stretch of the source in the chapter. */
  at(from: number, to: number): OffsetRange;
  /** A stretch of a line in the chapter. */
  place(line: Line, from: number, to: number): OffsetRange;
}

/** The severity of a finding that is only the consequence of another one. */
export function lowered(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : severity === 'warning' ? 'info' : 'hint';
}
