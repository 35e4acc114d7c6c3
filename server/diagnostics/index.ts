/** Runs the table of rules over an analysis. */
import type { Analysis, CellResult } from '../evaluation/analysis';
import type { Finding, Fix, RelatedPlace, Severity } from './finding';
import { SEVERITIES } from './finding';
import { isSilenced } from './ignores';
import type { CellRule, Draft } from './rule';
import { RULES } from './rules';

export type { Finding, Fix, RelatedPlace, Severity, TextEdit } from './finding';
export { SEVERITIES } from './finding';
export { RULES } from './rules';

export type RuleLevel = Severity | 'off';

export interface RuleOptions {
  /** Level by code, instead of the rule's own. An error that is set to `warning` has its consequences lowered as well. */
  readonly levels?: Readonly<Record<string, RuleLevel>>;
}

/** A cell's findings with ranges relative to the cell, and what they were made from. */
interface Kept {
  readonly run: object | undefined;
  readonly status: string;
  readonly start: number;
  readonly findings: readonly Draft[];
}

const kept = new Map<CellRule, WeakMap<object, Kept>>(
  RULES.flatMap(rule => (rule.dependsOn === 'cell' ? [[rule, new WeakMap<object, Kept>()] as const] : [])),
);

/**
 * All findings of a chapter in document order. Rules about single cells run only for cells whose text or run changed
 * since the last call.
 */
export function runRules(analysis: Analysis, options: RuleOptions = {}): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of RULES) {
    const level = options.levels?.[rule.code] ?? rule.severity;
    if (level === 'off') continue;
    const steps = SEVERITIES.indexOf(level) - SEVERITIES.indexOf(rule.severity);
    const drafts =
      rule.dependsOn === 'chapter' ? rule.check(analysis) : analysis.cells.flatMap(cell => cellDrafts(rule, cell));
    for (const draft of drafts) {
      const severity = moved(draft.severity ?? rule.severity, steps);
      findings.push({ ...draft, code: rule.code, severity });
    }
  }
  const heard =
    analysis.chapter.ignores.length === 0 ? findings : findings.filter(one => !isSilenced(one, analysis.chapter));
  return heard.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end || (a.code < b.code ? -1 : 1));
}

function moved(severity: Severity, steps: number): Severity {
  const at = SEVERITIES.indexOf(severity) + steps;
  return SEVERITIES[Math.max(0, Math.min(SEVERITIES.length - 1, at))]!;
}

function cellDrafts(rule: CellRule, cell: CellResult): readonly Draft[] {
  const store = kept.get(rule)!;
  const key = cell.cell.content;
  const start = cell.cell.range.start;
  let known = store.get(key);
  if (known === undefined || known.run !== cell.run || known.status !== cell.status) {
    known = { run: cell.run, status: cell.status, start, findings: [...rule.check(cell)] };
    store.set(key, known);
  }
  const by = start - known.start;
  return by === 0 ? known.findings : known.findings.map(draft => shiftedDraft(draft, by));
}

function shiftedDraft(draft: Draft, by: number): Draft {
  const shift = <T extends { start: number; end: number }>(range: T): T => ({
    ...range,
    start: range.start + by,
    end: range.end + by,
  });
  const shiftRelated = (place: RelatedPlace): RelatedPlace =>
    place.file === undefined ? { ...place, range: shift(place.range) } : place;
  const shiftFix = (fix: Fix): Fix => ({ ...fix, edits: fix.edits.map(shift) });
  return {
    ...draft,
    range: shift(draft.range),
    ...(draft.related === undefined ? {} : { related: draft.related.map(shiftRelated) }),
    ...(draft.fixes === undefined ? {} : { fixes: draft.fixes.map(shiftFix) }),
  };
}
