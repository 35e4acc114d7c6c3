/** A chapter with other values of its assumptions, evaluated and checked beside the chapter itself. */
import type { Change, DraftEdit, FileEdit } from './changes';
import type { BrokenGuard, CheckedAnalysis } from './impact';

/** A chapter as it is, and with changes. */
export interface Draft {
  readonly before: CheckedAnalysis;
  readonly after: CheckedAnalysis;
  /** What was changed, by whole names. */
  readonly changes: readonly Change[];
  /** The edits of the chapter's text that make these changes. */
  readonly edits: readonly DraftEdit[];
  /** Those of data files. */
  readonly fileEdits: readonly FileEdit[];
  /** Why changes were not tried, one sentence each. */
  readonly problems: readonly string[];
  /** Guards at which cells of the draft would end: they are left out, so that what comes behind shows. */
  readonly broken: readonly BrokenGuard[];
}

/** Evaluates and checks a chapter with changes. */
export type Try = (changes: readonly Change[]) => Promise<Draft>;
