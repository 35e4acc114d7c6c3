/** What changes in a chapter when assumptions do: its numbers, its guards, what it claims. */
import type { OffsetRange } from '../chapter/model';
import { RULES, type Rule } from '../diagnostics';
import { counted } from '../diagnostics/counted';
import type { Finding } from '../diagnostics/finding';
import type { Analysis, CellResult, CheckOutcome, RefResult, RefRun } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';

/** A version of a chapter with what the rules found in it. */
export interface CheckedAnalysis {
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
}

/** A reference that reads otherwise. */
export interface ChangedNumber {
  readonly expr: string;
  /** Undefined where it has no value. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** In the chapter as it is. */
  readonly range: OffsetRange;
}

/** A guard that breaks, or holds now. */
export interface ChangedGuard {
  /** The condition as written; its message where a function made the check. */
  readonly text: string;
  readonly holds: boolean;
  /** What it says where it fails. */
  readonly message: string;
  readonly range: OffsetRange;
}

/** A sentence or an equation that becomes false, or true; a cell that fails, or runs now. */
export interface ChangedFinding {
  readonly code: string;
  readonly message: string;
  readonly appears: boolean;
  readonly range: OffsetRange;
}

export interface Impact {
  readonly numbers: readonly ChangedNumber[];
  /** How many sections the changed numbers stand in. */
  readonly sections: number;
  readonly guards: readonly ChangedGuard[];
  /** Findings about what sentences claim. */
  readonly claims: readonly ChangedFinding[];
  /** Findings about how sentences read. */
  readonly sentences: readonly ChangedFinding[];
  /** Cells that fail, or run now. */
  readonly cells: readonly ChangedFinding[];
}

/** Rules about what sentences say, and how they read. */
const CLAIMS: ReadonlySet<string> = new Set(['claim-mismatch', 'equation-mismatch', 'stale-literal']);
const SENTENCES: ReadonlySet<string> = new Set([
  'rendered-sentence',
  'doubled-unit',
  'reads-as-code',
  'precision-loss',
]);

/** The rules whose findings an impact tells of: no others need look at a draft. */
export const IMPACT_RULES: readonly Rule[] = RULES.filter(({ code }) => CLAIMS.has(code) || SENTENCES.has(code));

/** A guard at which a draft of a chapter ended, before the guard was left out. */
export interface BrokenGuard {
  /** See `ExecutedGuard`. */
  readonly key: string;
  readonly cell: number;
  readonly message: string;
}

/** Compares a chapter with a draft of it that differs within lines of its cells alone. */
export function impactOf(before: CheckedAnalysis, after: CheckedAnalysis, broken: readonly BrokenGuard[] = []): Impact {
  const numbers = changedNumbers(before.analysis, after.analysis);
  const { headings } = before.analysis.chapter;
  const sectionAt = (offset: number) => headings.findLastIndex(({ range }) => range.start <= offset);
  return {
    numbers,
    sections: new Set(numbers.map(({ range }) => sectionAt(range.start))).size,
    guards: changedGuards(before.analysis, after.analysis, broken),
    claims: changedFindings(before, after, CLAIMS),
    sentences: changedFindings(before, after, SENTENCES),
    cells: changedCells(before.analysis, after.analysis),
  };
}

/** Only references that read otherwise are looked at closely: a chapter may have thousands. */
function changedNumbers({ refBlocks: before }: Analysis, { refBlocks: after }: Analysis): ChangedNumber[] {
  return before.flatMap((block, at) => {
    const now = after[at]?.outcome.refs;
    const { outcome } = block;
    if (now === undefined || outcome.refs.every((old, index) => isSame(old, now[index]))) return [];
    const { refs } = after[at]!;
    return block.refs.flatMap((old, index): ChangedNumber[] => {
      const one = refs[index];
      if (one === undefined || isSame(old.run, one.run)) return [];
      return [{ expr: old.ref.expr, before: reading(old), after: reading(one), range: old.ref.range }];
    });
  });
}

function isSame(one: RefRun, other: RefRun | undefined): boolean {
  return other === undefined || one.text === other.text;
}

function reading({ display }: RefResult): string | undefined {
  return display && readingOf(display);
}

function changedGuards(before: Analysis, after: Analysis, broken: readonly BrokenGuard[]): ChangedGuard[] {
  const messages = new Map(broken.map(({ key, message }) => [key, message]));
  const left = new Set(broken.map(({ cell }) => cell));
  // In other cells, all guards hold in both.
  const concerned = before.cells.filter(
    (cell, at) => left.has(at) || hasFailed(cell) || (after.cells[at] !== undefined && hasFailed(after.cells[at])),
  );
  const held = new Map<string, boolean>();
  for (const { cell } of concerned)
    for (const { key, check } of guardsOf(after.cells[cell.index], after))
      held.set(key, held.get(key) !== false && check.passed);
  const known = new Map<string, ChangedGuard & { readonly held: boolean }>();
  for (const cell of concerned)
    for (const { key, check } of guardsOf(cell, before)) {
      const holds = !messages.has(key) && held.get(key) !== false;
      const message = messages.get(key) ?? check.message;
      const wasHeld = known.get(key)?.held !== false && check.passed;
      known.set(key, { text: guardText(check), holds, message, range: check.range, held: wasHeld });
    }
  return [...known.values()].flatMap(({ held: wasHeld, ...guard }) => (wasHeld === guard.holds ? [] : [guard]));
}

function hasFailed({ checks }: CellResult): boolean {
  return checks.some(({ passed }) => !passed);
}

/** An executed guard, by its cell and line: lines of a draft are those of the chapter. */
export interface ExecutedGuard {
  readonly key: string;
  readonly cell: number;
  readonly check: CheckOutcome;
}

/** The executed guards of a chapter. */
export function guardsIn(analysis: Analysis): readonly ExecutedGuard[] {
  return analysis.cells.flatMap(cell => guardsOf(cell, analysis));
}

/** Those that failed. */
export function failedGuards(analysis: Analysis): readonly ExecutedGuard[] {
  return analysis.cells
    .filter(hasFailed)
    .flatMap(cell => guardsOf(cell, analysis).filter(({ check }) => !check.passed));
}

function guardsOf(cell: CellResult | undefined, { chapter }: Analysis): ExecutedGuard[] {
  if (cell === undefined) return [];
  const { index } = cell.cell;
  return cell.checks.map(check => ({
    key: `${index}:${chapter.lines.lineAt(check.range.start)}`,
    cell: index,
    check,
  }));
}

/** The condition of a guard, or what it says. */
export function guardText({ condition, message }: CheckOutcome): string {
  return condition?.text ?? message;
}

function changedFindings(
  before: CheckedAnalysis,
  after: CheckedAnalysis,
  codes: ReadonlySet<string>,
): ChangedFinding[] {
  const keyed = ({ analysis, findings }: CheckedAnalysis) =>
    new Map(
      findings.filter(({ code }) => codes.has(code)).map(finding => [keyOf(finding, analysis), finding] as const),
    );
  const old = keyed(before);
  const now = keyed(after);
  const told = (key: string, { code, message, range }: Finding, appears: boolean): ChangedFinding => ({
    code,
    message,
    appears,
    // Prose stands at the same lines in both.
    range: old.get(key)?.range ?? sameLine(range, after.analysis, before.analysis),
  });
  return [
    ...[...now].filter(([key]) => !old.has(key)).map(([key, finding]) => told(key, finding, true)),
    ...[...old].filter(([key]) => !now.has(key)).map(([key, finding]) => told(key, finding, false)),
  ];
}

function keyOf({ code, range }: Finding, { chapter }: Analysis): string {
  const { line, character } = chapter.lines.positionAt(range.start);
  // A draft differs within lines of cells.
  return chapter.cellAt(range.start) === undefined ? `${code} ${line}:${character}` : `${code} ${line}`;
}

function sameLine(range: OffsetRange, from: Analysis, to: Analysis): OffsetRange {
  const place = from.chapter.lines.positionAt(range.start);
  const start = to.chapter.lines.offsetAt(place);
  return { start, end: start + range.end - range.start };
}

function changedCells(before: Analysis, after: Analysis): ChangedFinding[] {
  return before.cells.flatMap((cell, index): ChangedFinding[] => {
    const now = after.cells[index];
    const fails = (one: typeof cell | undefined) => one !== undefined && one.fault !== undefined && !one.fault.guard;
    if (fails(cell) === fails(now)) return [];
    const fault = now?.fault ?? cell.fault!;
    const message = `${fault.type}: ${fault.message}`;
    return [{ code: 'cell-error', message, appears: fails(now), range: cell.cell.fenceRange }];
  });
}

/** `14 numbers in 3 sections change; guard "days > 20" breaks; 1 claim becomes false` */
export function impactText({ numbers, sections, guards, claims, sentences, cells }: Impact): string {
  const parts: string[] = [];
  if (numbers.length > 0) {
    const where = sections > 1 ? ` in ${sections} sections` : '';
    parts.push(`${counted(numbers.length, 'number')}${where} ${numbers.length === 1 ? 'changes' : 'change'}`);
  }
  for (const { text, holds } of guards) parts.push(`guard "${text}" ${holds ? 'holds' : 'breaks'}`);
  const wrong = claims.filter(one => one.appears).length;
  const right = claims.length - wrong;
  if (wrong > 0) parts.push(`${counted(wrong, 'claim')} ${wrong === 1 ? 'becomes' : 'become'} false`);
  if (right > 0) parts.push(`${counted(right, 'claim')} ${right === 1 ? 'becomes' : 'become'} true`);
  const odd = sentences.filter(one => one.appears).length;
  if (odd > 0) parts.push(`${counted(odd, 'sentence')} ${odd === 1 ? 'reads' : 'read'} wrong`);
  const failing = cells.filter(one => one.appears).length;
  if (failing > 0) parts.push(`${counted(failing, 'cell')} ${failing === 1 ? 'fails' : 'fail'}`);
  return parts.length === 0 ? 'Nothing in the prose changes' : parts.join('; ');
}
