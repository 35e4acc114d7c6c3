/** What a rule is. A rule is one file under `rules/`, one row of the table there, one page under docs/rules/, one test file. */
import type { Analysis, CellResult } from '../evaluation/analysis';
import type { Finding, Severity } from './finding';

/** A finding before the runner adds its code and, where the rule leaves it out, its severity. */
export type Draft = Omit<Finding, 'code' | 'severity'> & {
  /** Given where it differs from the rule's own: a mere consequence of another finding is one step lower. */
  readonly severity?: Severity;
};

interface RuleBase {
  readonly code: string;
  readonly severity: Severity;
}

/**
 * A rule about single cells. It must look at nothing but the cell's result, and its ranges must lie inside the cell, since
 * its findings are kept for as long as the cell's text and run stay the same.
 */
export interface CellRule extends RuleBase {
  readonly dependsOn: 'cell';
  check(cell: CellResult): Iterable<Draft>;
}

/** A rule that looks across cells and references; it runs again for each version of the chapter. */
export interface ChapterRule extends RuleBase {
  readonly dependsOn: 'chapter';
  check(analysis: Analysis): Iterable<Draft>;
}

export type Rule = CellRule | ChapterRule;

/** The severity of a finding that is only the consequence of another one. */
export function lowered(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : severity === 'warning' ? 'info' : 'hint';
}
