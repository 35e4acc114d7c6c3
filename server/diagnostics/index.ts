/** Findings of a chapter. */
import type { Analysis } from '../evaluation/analysis';
import type { Finding } from './finding';
import { type RuleOptions, RuleRunner } from './runner';

export type { Finding, RuleLevel, Severity } from './finding';
export { SEVERITIES } from './finding';
export { isolatedRules } from './isolatedRules';
export type { Rule } from './rule';
export { RULES } from './rules';
export { type AtOnce, EVERYTHING, type RuleOptions, RuleRunner, startOfPending, type UnreadableFile } from './runner';
export type { Surroundings } from './surroundings';

/** All findings of one version of a chapter, in document order. */
export function runRules(analysis: Analysis, options: RuleOptions = {}): readonly Finding[] {
  return new RuleRunner().run(analysis, options);
}
