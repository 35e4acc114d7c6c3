/** Checks one chapter of a workspace: reads, evaluates, runs the rules, applies the fixes if asked. Used by command line and workers. */

import { type Chapter, composeChapter, withInherited } from '../chapter';
import { type RuleLevel, runRules } from '../diagnostics';
import type { Fix } from '../diagnostics/finding';
import { applicableFixes, applyEdits } from '../diagnostics/fixes';
import { type Answers, RecordedSurroundings } from '../diagnostics/surroundings';
import type { Analysis, CellResult } from '../evaluation/analysis';
import { Evaluator, type EvaluatorBudgets, type EvaluatorOptions } from '../evaluation/evaluator';
import { dirname, resolve } from '../files/path';
import { workspaceRoot } from '../files/roots';
import { uriOfPath } from '../files/uri';
import { inheritedMetadata, workingFolder } from '../project/configuration';
import { ChapterIndexes } from '../project/indexes';
import { partialFiles } from '../project/partials';
import { surroundingsOf } from '../project/surroundings';
import { readText } from './files';
import { type PackageStore, Packages } from './packages';
import { type FindingRecord, recordOf } from './records';
import { namedFiles, unreadableFiles } from './unreadable';

export interface CheckOptions {
  readonly levels?: Readonly<Record<string, RuleLevel>>;
  /** Lists what is only the consequence of another finding as well. */
  readonly consequences?: boolean;
  readonly budgets?: EvaluatorBudgets;
  readonly packageRoots?: readonly string[];
  /** Names of functions that count as guards. */
  readonly guards?: readonly string[];
  /** The text to check, where it is not the one on disk. */
  readonly text?: string;
  /** Apply the preferred fixes; the text that they lead to is for the caller to write. */
  readonly fix?: boolean;
  /** Codes of the rules that are told of, and whose fixes are applied; all, where none is named. */
  readonly rules?: readonly string[];
  /** Root of the workspace; the chapter's repository or project, where it is not given. */
  readonly root?: string;
}

export interface EvaluatedText {
  readonly path: string;
  readonly analysis: Analysis;
  readonly packages: Packages;
  /** The files of the project's configuration and those included that were looked for, with the text found. */
  readonly configuration: ReadonlyMap<string, string | undefined>;
}

/** Evaluates a chapter from a text. */
export function analyse(
  path: string,
  text: string,
  options: CheckOptions & EvaluatorOptions,
  store: PackageStore,
): EvaluatedText {
  const whole = resolve(path);
  const { root: workspace = workspaceRoot(whole, store.system), packageRoots: extra } = options;
  const lookups = new Map<string, string | undefined>();
  const files = store.filesOf(workspace);
  const working = workingFolder(whole, files, lookups);
  const packages = new Packages(
    { folder: dirname(whole), workspace, working, chapter: whole, ...(extra && { extra }) },
    store,
  );
  const evaluator = new Evaluator({ ...options, modules: packages });
  const composed = composeChapter(text, uriOfPath(whole), partialFiles(whole, files));
  const chapter = withInherited(composed, inheritedMetadata(whole, files, lookups, composed.frontMatter?.data));
  for (const { path: one } of chapter.composition?.includes ?? []) lookups.set(one, chapter.composition!.textOf(one));
  return { path, analysis: evaluator.update(chapter), packages, configuration: lookups };
}

export interface CheckedChapter {
  readonly findings: readonly FindingRecord[];
  /** Number of fixes that were applied. */
  readonly fixed: number;
  /** The text that they led to, where there were any; it is not written anywhere. */
  readonly text?: string;
  /** Source files of packages and of the project's configuration that the result depends on, with the text found; undefined for files that are not there. */
  readonly filesRead: ReadonlyMap<string, string | undefined>;
  /** What was asked of other chapters, bibliographies and files, and answered. */
  readonly answers: Answers;
  /** Other files that the chapter or its project names. */
  readonly named: readonly string[];
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

/** By the files that checks read, what is known of chapters that know of one another. */
const indexes = new WeakMap<PackageStore, ChapterIndexes>();

function indexesOf(store: PackageStore): ChapterIndexes {
  let found = indexes.get(store);
  if (found === undefined) {
    found = new ChapterIndexes();
    indexes.set(store, found);
  }
  return found;
}

/** Files may have changed: what is known of the chapters around those that are checked is looked up again. */
export function forgetIndexes(store: PackageStore): void {
  indexes.delete(store);
}

export function checkChapter(
  path: string,
  options: CheckOptions & EvaluatorOptions,
  store: PackageStore,
  shownAs = path,
): CheckedChapter {
  const files = store.filesOf(options.root ?? workspaceRoot(path, store.system));
  let text = options.text ?? readText(path, files);
  let fixed = 0;
  for (let round = 0; ; round++) {
    const { analysis, packages, configuration } = analyse(path, text, options, store);
    const unreadable = unreadableFiles(resolve(path), analysis.chapter, files);
    const around = surroundingsOf(resolve(path), analysis.chapter, { files, indexes: indexesOf(store) });
    const surroundings = new RecordedSurroundings(around);
    const findings = runRules(analysis, {
      unreadable,
      surroundings,
      consequences: options.consequences === true,
      ...(options.levels && { levels: options.levels }),
    }).filter(({ code }) => options.rules?.includes(code) !== false);
    const fixes =
      options.fix === true && round < MOST_ROUNDS ? ownFixes(applicableFixes(findings), analysis.chapter) : [];
    if (fixes.length === 0) {
      return {
        findings: findings.map(finding => recordOf(finding, analysis.chapter, shownAs)),
        fixed,
        ...(fixed > 0 ? { text } : {}),
        answers: surroundings.answers,
        filesRead: new Map([...packages.lookups, ...configuration]),
        named: [
          ...namedFiles(resolve(path), analysis.chapter, files),
          ...(analysis.chapter.composition?.includes ?? []).map(include => include.path),
          ...around.filesAsked,
        ],
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

/** The fixes whose edits are all in the chapter's own text, at their places there. */
function ownFixes(fixes: readonly Fix[], { composition }: Chapter): readonly Fix[] {
  if (composition === undefined) return fixes;
  return fixes.flatMap(fix => {
    const edits = fix.edits.map(edit => ({ ...composition.toFile(edit), newText: edit.newText }));
    return edits.some(({ file }) => file !== undefined)
      ? []
      : [{ ...fix, edits: edits.map(({ range, newText }) => ({ ...range, newText })) }];
  });
}

function slowCell({ cell, status, fault, milliseconds }: CellResult): SlowCell[] {
  const stopped = status === 'budget' ? fault?.message : undefined;
  return stopped === undefined && milliseconds < LONG ? [] : [{ source: cell.source, milliseconds, stopped }];
}
