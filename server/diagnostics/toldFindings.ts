/** Findings of drafts, with their codes and severities. */
import { sameData } from '../evaluation/sameData';
import type { RuleLevels } from './configuration';
import type { RuleDraft } from './consequences';
import { type Finding, SEVERITIES } from './finding';
import type { Draft, Rule } from './rule';

/** Findings by their drafts: what stays where it was stays the same object. */
export class ToldFindings {
  #levels: RuleLevels = {};
  #known = new WeakMap<Draft, Finding | null>();

  of(drafts: readonly RuleDraft[], levels: RuleLevels): Finding[] {
    if (!sameData(levels, this.#levels)) this.#known = new WeakMap();
    this.#levels = levels;
    const findings: Finding[] = [];
    for (const { rule, draft } of drafts) {
      let found = this.#known.get(draft);
      if (found === undefined) {
        found = finding(rule, draft, levels) ?? null;
        this.#known.set(draft, found);
      }
      if (found !== null) findings.push(found);
    }
    return findings;
  }
}

/** The finding of a draft; undefined for a rule that is off. */
export function finding(
  rule: Rule,
  { consequence: _, cause: __, ...draft }: Draft,
  levels: RuleLevels,
): Finding | undefined {
  const level = levels[rule.code] ?? rule.severity;
  if (level === 'off') return undefined;
  const steps = SEVERITIES.indexOf(level) - SEVERITIES.indexOf(rule.severity);
  const at = SEVERITIES.indexOf(draft.severity ?? rule.severity) + steps;
  const severity = SEVERITIES[Math.max(0, Math.min(SEVERITIES.length - 1, at))]!;
  return { ...draft, code: rule.code, severity };
}
