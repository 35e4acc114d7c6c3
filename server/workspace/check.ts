/** Checks one chapter on disk: reads, evaluates, runs the rules, takes the fixes if asked. Used by command line and workers. */
import { dirname, resolve } from 'node:path';
import { parseChapter } from '../chapter';
import { type RuleLevel, runRules } from '../diagnostics';
import { applicableFixes, applyEdits } from '../diagnostics/fixes';
import type { Analysis, CellResult } from '../evaluation/analysis';
import { Evaluator, type EvaluatorBudgets, type EvaluatorOptions } from '../evaluation/evaluator';
import { filesIn } from '../files/node';
import { replaceFile } from '../files/replace';
import { workspaceRoot } from '../files/roots';
import { uriOfPath } from '../files/uri';
import { readText } from './files';
import { PackageStore, Packages } from './packages';
import { type FindingRecord, recordOf } from './records';
import { unreadableFiles } from './unreadable';

export interface CheckOptions {
  readonly levels?: Readonly<Record<string, RuleLevel>>;
  /** Lists what is only the consequence of another finding as well. */
  readonly consequences?: boolean;
  readonly budgets?: EvaluatorBudgets;
  readonly packageRoots?: readonly string[];
  /** The text to check, where it is not the one on disk. */
  readonly text?: string;
  /** Write the preferred fixes into the file. */
  readonly fix?: boolean;
  /** Root of the workspace; the chapter's repository or project, where it is not given. */
  readonly root?: string;
}

export interface Analysed {
  readonly path: string;
  readonly analysis: Analysis;
  readonly packages: Packages;
}

/** Evaluates a chapter from a text. */
export function analyse(
  path: string,
  text: string,
  options: CheckOptions & EvaluatorOptions = {},
  store = new PackageStore(),
): Analysed {
  const whole = resolve(path);
  const { root: workspace = workspaceRoot(whole), packageRoots: extra } = options;
  const packages = new Packages({ folder: dirname(whole), workspace, ...(extra && { extra }) }, store);
  const evaluator = new Evaluator({ ...options, modules: packages });
  const chapter = parseChapter(text, uriOfPath(whole));
  return { path, analysis: evaluator.update(chapter), packages };
}

export interface CheckedChapter {
  readonly findings: readonly FindingRecord[];
  /** Number of fixes that were written to the file. */
  readonly fixed: number;
  /** Source files of packages that the result depends on, with the text found; undefined for files that are not there. */
  readonly looked: ReadonlyMap<string, string | undefined>;
  /** False where a cell ran out of time: the next run may differ. */
  readonly settled: boolean;
  /** Cells that ran out of a budget or ran for long. */
  readonly slow: readonly SlowCell[];
}

export interface SlowCell {
  readonly source: string;
  readonly milliseconds: number;
  /** Why it was ended; undefined for one that came to its end. */
  readonly stopped: string | undefined;
}

/** Cells that run for longer are told of. */
const LONG = 100;

/** Fixes may make others possible; but they must end. */
const MOST_ROUNDS = 5;

export function checkChapter(
  path: string,
  options: CheckOptions & EvaluatorOptions = {},
  store = new PackageStore(),
  shownAs = path,
): CheckedChapter {
  const root = options.root ?? workspaceRoot(path);
  const files = filesIn(root);
  let text = options.text ?? readText(path, root);
  let fixed = 0;
  for (let round = 0; ; round++) {
    const { analysis, packages } = analyse(path, text, options, store);
    const unreadable = unreadableFiles(resolve(path), analysis.chapter, files);
    const findings = runRules(analysis, {
      unreadable,
      consequences: options.consequences === true,
      ...(options.levels && { levels: options.levels }),
    });
    const fixes = options.fix === true && round < MOST_ROUNDS ? applicableFixes(findings) : [];
    if (fixes.length === 0) {
      if (fixed > 0) replaceFile(files, path, text);
      return {
        findings: findings.map(finding => recordOf(finding, analysis.chapter, shownAs)),
        fixed,
        looked: packages.looked,
        slow: analysis.cells.flatMap(slowCell),
        settled: !analysis.cells.some(cell => cell.fault?.budget === 'time'),
      };
    }
    fixed += fixes.length;
    text = applyEdits(
      text,
      fixes.flatMap(fix => fix.edits),
    );
  }
}

function slowCell({ cell, status, fault, milliseconds }: CellResult): SlowCell[] {
  const stopped = status === 'budget' ? fault?.message : undefined;
  return stopped === undefined && milliseconds < LONG ? [] : [{ source: cell.source, milliseconds, stopped }];
}
