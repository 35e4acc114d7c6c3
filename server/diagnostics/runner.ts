/** Runs the table of rules over the versions of a chapter: after an edit, only the checks that it concerns. */
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis, CellResult, RefBlock } from '../evaluation/analysis';
import { type Finding, SEVERITIES, type Severity } from './finding';
import { silencer } from './ignores';
import { moveBetween, movedDraft, movedDrafts, placesOf, shiftBy } from './moved';
import type { ChapterPart, Draft, Rule } from './rule';
import { RULES } from './rules';
import { unreadableFile } from './rules/unreadable-file';

export type RuleLevel = Severity | 'off';

export interface RuleOptions {
  /** Level by code, instead of the rule's own. An error that is set to `warning` has its consequences lowered as well. */
  readonly levels?: Readonly<Record<string, RuleLevel>>;
  /** What the owner of the files has to tell of those that the chapter names. */
  readonly unreadable?: readonly UnreadableFile[];
}

/** A file that cannot be read, and where to tell it. */
export interface UnreadableFile {
  readonly range: OffsetRange;
  readonly message: string;
}

interface RuleDraft {
  readonly rule: Rule;
  readonly draft: Draft;
}

/** What the checks of one cell or block found when it started at `start`. */
interface Kept {
  readonly start: number;
  readonly drafts: readonly RuleDraft[];
  /** What they were made from, beside the text: the run of a cell, the outcome of a block's references. */
  readonly run?: object | undefined;
  readonly status?: string;
}

/** Whether a part of one version of the chapter is the same in the next one, wherever it stands in the text. */
const SAME: Readonly<Record<ChapterPart, (before: Analysis, now: Analysis) => boolean>> = {
  cells: (before, now) =>
    equal(
      before.cells,
      now.cells,
      (a, b) => a.cell.content === b.cell.content && a.run === b.run && a.status === b.status,
    ),
  faultyRefs: (before, now) =>
    equal(
      before.faultyRefs,
      now.faultyRefs,
      (a, b) => a.run === b.run && a.ref.expr === b.ref.expr && a.ref.cellsBefore === b.ref.cellsBefore,
    ),
  displays: (before, now) => equal(before.refBlocks, now.refBlocks, (a, b) => a.outcome === b.outcome),
  unopenedCells: (before, now) =>
    equal(
      before.chapter.unopenedCells,
      now.chapter.unopenedCells,
      (a, b) => a.source === b.source && a.cellsBefore === b.cellsBefore,
    ),
};

/** Keeps what the rules found in the last version of one chapter. */
export class RuleRunner {
  readonly #rules: readonly Rule[];
  readonly #cells = new WeakMap<object, Kept>();
  readonly #blocks = new WeakMap<object, Kept>();
  /** What the checks of the whole chapter found in the last version. */
  readonly #chapter = new Map<Rule, readonly Draft[]>();
  #last: Analysis | undefined;

  constructor(rules: readonly Rule[] = RULES) {
    this.#rules = rules;
  }

  /** All findings in document order. */
  run(analysis: Analysis, options: RuleOptions = {}): readonly Finding[] {
    const drafts: RuleDraft[] = [];
    for (const cell of analysis.cells) this.#addCell(cell, drafts);
    for (const block of analysis.refBlocks) this.#addBlock(block, drafts);
    this.#addChapter(analysis, drafts);
    for (const draft of options.unreadable ?? []) drafts.push({ rule: unreadableFile, draft });
    const findings = drafts.flatMap(({ rule, draft }) => finding(rule, draft, options));
    const isSilenced = silencer(analysis.chapter);
    const heard = findings.filter(one => !isSilenced(one));
    return heard.sort(
      (a, b) => a.range.start - b.range.start || a.range.end - b.range.end || (a.code < b.code ? -1 : 1),
    );
  }

  #addCell(cell: CellResult, drafts: RuleDraft[]): void {
    const { content, range } = cell.cell;
    let kept = this.#cells.get(content);
    if (kept === undefined || kept.run !== cell.run || kept.status !== cell.status) {
      const found = this.#rules.flatMap(rule => ofRule(rule, rule.cell?.(cell)));
      kept = { run: cell.run, status: cell.status, start: range.start, drafts: found };
      if (liesWithin(found, range)) this.#cells.set(content, kept);
      else this.#cells.delete(content);
    }
    addShifted(kept, range.start, drafts);
  }

  #addBlock(block: RefBlock, drafts: RuleDraft[]): void {
    const { content, range } = block.block;
    let kept = this.#blocks.get(content);
    if (kept === undefined || kept.run !== block.outcome) {
      const found = this.#rules.flatMap(rule => ofRule(rule, rule.block?.(block)));
      kept = { run: block.outcome, start: range.start, drafts: found };
      if (liesWithin(found, range)) this.#blocks.set(content, kept);
      else this.#blocks.delete(content);
    }
    addShifted(kept, range.start, drafts);
  }

  #addChapter(analysis: Analysis, drafts: RuleDraft[]): void {
    const before = this.#last;
    const same = (part: ChapterPart): boolean => before !== undefined && SAME[part](before, analysis);
    const kept = new Set((Object.keys(SAME) as ChapterPart[]).filter(same));
    this.#last = analysis;
    for (const rule of this.#rules) {
      const { chapter } = rule;
      if (chapter === undefined) continue;
      const known = chapter.dependsOn.every(part => kept.has(part)) ? this.#chapter.get(rule) : undefined;
      const found = (known && carriedOver(known, before!, analysis)) ?? [...chapter.check(analysis)];
      this.#chapter.set(rule, found);
      for (const draft of found) drafts.push({ rule, draft });
    }
  }
}

function carriedOver(drafts: readonly Draft[], before: Analysis, now: Analysis): readonly Draft[] | undefined {
  if (drafts.length === 0) return drafts;
  const move = moveBetween(before.chapter, now.chapter);
  return move && movedDrafts(drafts, move);
}

function ofRule(rule: Rule, drafts: Iterable<Draft> | undefined): RuleDraft[] {
  return drafts === undefined ? [] : Array.from(drafts, draft => ({ rule, draft }));
}

function addShifted(kept: Kept, start: number, drafts: RuleDraft[]): void {
  if (kept.drafts.length === 0) return;
  const move = shiftBy(start - kept.start);
  for (const { rule, draft } of kept.drafts) drafts.push({ rule, draft: movedDraft(draft, move) });
}

/** Findings that point elsewhere, such as into a function of another cell, cannot be moved along. */
function liesWithin(drafts: readonly RuleDraft[], { start, end }: OffsetRange): boolean {
  return drafts.every(({ draft }) => placesOf(draft).every(range => start <= range.start && range.end <= end));
}

function equal<T>(one: readonly T[], other: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return one.length === other.length && one.every((item, at) => same(item, other[at]!));
}

function finding(rule: Rule, draft: Draft, { levels }: RuleOptions): Finding[] {
  const level = levels?.[rule.code] ?? rule.severity;
  if (level === 'off') return [];
  const steps = SEVERITIES.indexOf(level) - SEVERITIES.indexOf(rule.severity);
  const at = SEVERITIES.indexOf(draft.severity ?? rule.severity) + steps;
  const severity = SEVERITIES[Math.max(0, Math.min(SEVERITIES.length - 1, at))]!;
  return [{ ...draft, code: rule.code, severity }];
}
