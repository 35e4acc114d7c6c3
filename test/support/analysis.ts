/** Turns chapter text into what rules and features work on, and findings and edits into text that a test can hold. */
import { composeChapter, withInherited } from '../../server/chapter';
import { type Finding, type RuleOptions, runRules } from '../../server/diagnostics';
import { applyEdits } from '../../server/diagnostics/fixes';
import type { Analysis, CellResult } from '../../server/evaluation/analysis';
import { Evaluator } from '../../server/evaluation/evaluator';
import type { FileAccess } from '../../server/files/access';
import { inheritedMetadata } from '../../server/project/configuration';
import { ChapterIndexes } from '../../server/project/indexes';
import { partialFiles } from '../../server/project/partials';
import { surroundingsOf } from '../../server/project/surroundings';
import { unreadableFiles } from '../../server/workspace/unreadable';
import { filesOf } from './files';

/** What lies beside the chapter of a test. */
const FILES = filesOf({
  'references.bib': '@book{hopper, title = {Tanks}}',
  '_tanks.qmd': 'Tanks fill slowly.\n',
  '_ignored.qmd': '<!-- reckoner-ignore doubled-unit -->\n\nText.\n',
  '_loop.qmd': '{{< include _loop.qmd >}}\n',
  'a.svg': '<svg/>',
  'load.svg': '<svg/>',
  'images/tank.svg': '<svg/>',
  'reckoner.lock.json': '{"version": 1, "chapters": {"chapter.qmd": {"locked_hours": "10.0"}}}',
});

const evaluators = new WeakMap<Analysis, Evaluator>();

/** Evaluates a chapter from nothing. */
export function analyze(text: string, files: FileAccess = FILES): Analysis {
  const evaluator = new Evaluator();
  const path = '/book/chapter.qmd';
  const composed = composeChapter(text, `file://${path}`, partialFiles(path, files));
  const inherited = inheritedMetadata(path, files, undefined, composed.frontMatter?.data);
  const analysis = evaluator.update(withInherited(composed, inherited), 1);
  evaluators.set(analysis, evaluator);
  return analysis;
}

/** The figures of a cell of a chapter that `analyze` evaluated, as the recorder made them. */
export function figuresOf(analysis: Analysis, cell: CellResult): unknown[] {
  return cell.figures.map(figure => evaluators.get(analysis)!.figure(figure));
}

export function findingsOf(text: string, options?: RuleOptions): readonly Finding[] {
  return findingsAround(analyze(text), '/book/chapter.qmd', FILES, options);
}

/** The findings of a chapter in a folder with these files. */
export function findingsBeside(texts: Readonly<Record<string, string>>, text: string): readonly Finding[] {
  const files = filesOf(texts);
  return findingsOfAnalysis(analyze(text, files), files);
}

/** The findings of what `analyze` gave for a chapter beside these files. */
export function findingsOfAnalysis(analysis: Analysis, files: FileAccess): readonly Finding[] {
  return findingsAround(analysis, '/book/chapter.qmd', files);
}

function findingsAround(analysis: Analysis, path: string, files: FileAccess, options?: RuleOptions) {
  const unreadable = unreadableFiles(path, analysis.chapter, files);
  const surroundings = surroundingsOf(path, analysis.chapter, { files, indexes: new ChapterIndexes() });
  return runRules(analysis, { unreadable, surroundings, ...options });
}

/** The report on one chapter of a book that is held in memory, by the names of its files. */
export function reportIn(texts: Readonly<Record<string, string>>, name: string, options?: RuleOptions): string[] {
  const { findings, text } = findingsInBook(texts, name, { ...QUIET, ...options });
  return linesOf(findings, text);
}

/** The findings of one chapter of such a book, in its text with the partials in it. */
export function findingsInBook(
  texts: Readonly<Record<string, string>>,
  name: string,
  options?: RuleOptions,
): { readonly findings: readonly Finding[]; readonly text: string } {
  const path = `/book/${name}`;
  const files = filesOf(texts);
  const composed = composeChapter(texts[name]!, `file://${path}`, partialFiles(path, files));
  const chapter = withInherited(composed, inheritedMetadata(path, files));
  return { findings: findingsAround(new Evaluator().update(chapter, 1), path, files, options), text: chapter.text };
}

/** Hints that small chapters of tests, which make names for one purpose, would get as well; `levels` of a test replace these. */
const QUIET: RuleOptions = {
  levels: {
    'unused-export': 'off',
    'unused-import': 'off',
    'inline-expression': 'off',
    'relies-on-earlier-import': 'off',
  },
};

/** One line per finding: `error undefined-export "days": message`, with the marked text in quotes. */
export function report(text: string, options?: RuleOptions): string[] {
  return linesOf(findingsOf(text, { ...QUIET, ...options }), text);
}

function linesOf(findings: readonly Finding[], text: string): string[] {
  return findings.map(({ severity, code, range, message }) => {
    const marked = text.slice(range.start, range.end).replaceAll('\n', '⏎');
    return `${severity} ${code} "${marked}": ${message}`;
  });
}

/** How the first reference of a chapter reads. */
export function shownIn(text: string): string | undefined {
  return analyze(text).refs[0]?.text;
}

/** Titles of all fixes, in order. */
export function fixTitles(text: string, options?: RuleOptions): string[] {
  return findingsOf(text, { ...QUIET, ...options })
    .flatMap(finding => finding.fixes ?? [])
    .map(fix => fix.title);
}

/** The text after taking the first fix that has a title. */
export function applyFix(text: string, title: string): string {
  const fix = findingsOf(text)
    .flatMap(finding => finding.fixes ?? [])
    .find(one => one.title === title);
  if (fix === undefined) throw new Error(`No fix is called "${title}"; there are: ${fixTitles(text).join(' | ')}`);
  return applyEdits(text, fix.edits);
}

/** A chapter of one cell with this code. */
export function cell(code: string): string {
  return `\`\`\`{python}\n${code.trim()}\n\`\`\`\n`;
}
