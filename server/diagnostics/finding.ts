/** What a rule reports: one fault of a chapter at one place. Ranges are offsets into the chapter's text. */
import type { OffsetRange, PositionRange } from '../chapter/ranges';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Severities from the gravest to the slightest. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** From which severity on a check fails. */
export const FAIL_ON = ['error', 'warning', 'info', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** How a rule is reported, if it is. */
export type RuleLevel = Severity | 'off';

/** One replacement of text; an insertion has an empty range. */
export interface TextEdit extends OffsetRange {
  readonly newText: string;
}

/** A quick fix: edits of the same chapter that do not overlap, in document order. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** True where the fix is the one that an author wants nearly always: `--fix` and "fix all" take it. */
  readonly preferred?: boolean;
}

/** A second place that explains a finding. */
export interface RelatedPlace {
  readonly range: OffsetRange;
  readonly message: string;
  /** File of the place, where it is not the chapter itself, and where in that file it is. */
  readonly file?: string;
  readonly position?: PositionRange;
}

/** What an editor shows in its own way: faded, struck through. */
export type FindingTag = 'unnecessary' | 'deprecated';

export interface Finding {
  /** Code of the rule, such as `undefined-export`. */
  readonly code: string;
  readonly severity: Severity;
  readonly range: OffsetRange;
  /** One or two sentences: what is wrong, and what to do where that is not plain. */
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  /** Further places that show the same cause, in order: all of them, of which `related` has the first. */
  readonly again?: readonly OffsetRange[];
  readonly fixes?: readonly Fix[];
  readonly tags?: readonly FindingTag[];
  /** Names of the values that a finding about a sentence speaks of, until it is told: see `origins.ts`. */
  readonly values?: readonly string[];
}
