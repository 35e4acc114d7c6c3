/** What the project of a chapter says to Reckoner, and what it says wrong. */
import picomatch from 'picomatch';
import { LineIndex } from '../chapter/lines';
import { readYamlTree } from '../chapter/yaml';
import { RULES, type Severity } from '../diagnostics';
import {
  CONFIGURATION_KEY,
  type Configuration,
  type ConfigurationProblem,
  configurationIn,
  entryOf,
  problemsIn,
  type RuleLevels,
} from '../diagnostics/configuration';
import type { FileAccess, FileError } from '../files/access';
import { basename, dirname, relative, sep } from '../files/path';
import { projectRoot } from '../files/roots';
import { type FindingRecord, placeOf } from '../workspace/records';
import {
  CONFIGURATION_FILE,
  configurationOf,
  type FilesRead,
  inheritedMetadata,
  LARGEST_CONFIGURATION,
} from './configuration';

export interface ReckonerSettings extends Configuration {
  /** The folder that names and patterns are relative to: that of `.reckoner.yml`, else the project's. */
  readonly folder: string;
}

/** What counts for a file. */
export function reckonerSettings(path: string, files: FileAccess): ReckonerSettings {
  const root = projectRoot(path, files);
  const { own, metadata } = configurationOf(root, files);
  return { ...configurationIn(metadata), folder: own === undefined ? root : dirname(own) };
}

const matchers = new Map<string, (path: string) => boolean>();

/** True for a chapter that is not to be checked: one of the patterns names it, or a folder that it lies in. */
export function isExcluded(path: string, { exclude, folder }: ReckonerSettings): boolean {
  if (exclude.length === 0) return false;
  const key = JSON.stringify(exclude);
  let matches = matchers.get(key);
  if (matches === undefined) {
    const named = exclude.map(pattern => pattern.replace(/^\.\//, '').replace(/\/$/, ''));
    matches = picomatch([...named, ...named.map(pattern => `${pattern}/**`)], {
      dot: true,
      // They cannot be bounded.
      noextglob: true,
    });
    matchers.set(key, matches);
  }
  return matches(relative(folder, path).split(sep).join('/'));
}

/** The files that may say something to Reckoner for a file: its project's, and those of the folders that lead to it. */
export function configurationFiles(path: string, files: FileAccess): readonly string[] {
  const filesRead: FilesRead = new Map();
  inheritedMetadata(path, files, filesRead);
  const { own } = configurationOf(projectRoot(path, files), files);
  const read = [...filesRead].flatMap(([one, text]) => (text === undefined ? [] : [one]));
  return own === undefined || read.includes(own) ? read : [own, ...read];
}

/** What counts beside the file itself. */
export interface ConfigurationContext {
  readonly files: FileAccess;
  /** The name that the findings tell. */
  readonly shownAs: string;
  /** What an editor holds of the file. */
  readonly text?: string | undefined;
  /** The settings of the editor. */
  readonly levels?: RuleLevels;
}

/** The findings in one of these files. */
export function configurationFindings(
  path: string,
  { files, shownAs, text: overlay, levels = {} }: ConfigurationContext,
): readonly FindingRecord[] {
  const severity = severityFor(path, files, levels);
  if (severity === undefined) return [];
  const problem = overlay === undefined ? files.problemWith(path, LARGEST_CONFIGURATION) : undefined;
  const text = overlay ?? (problem === undefined ? files.readText(path, LARGEST_CONFIGURATION) : '');
  const lines = LineIndex.of(text);
  const problems = problem === undefined ? problemsOf(path, text) : [cannotBeRead(problem)];
  return problems.map(({ range, message, fixes = [] }) => ({
    file: shownAs,
    ...placeOf(range, { lines }),
    severity,
    code: CODE,
    message,
    related: [],
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map(edit => ({ ...placeOf(edit, { lines }), newText: edit.newText })),
    })),
  }));
}

function problemsOf(path: string, text: string): readonly ConfigurationProblem[] {
  const { root, error } = readYamlTree(text);
  // What is wrong in the project's own configuration as a whole, its chapters tell.
  const scope = /^_metadata\./.test(basename(path)) ? 'chapter' : 'project';
  if (basename(path) !== CONFIGURATION_FILE) return problemsIn(entryOf(root, CONFIGURATION_KEY)?.value, scope, CODES);
  if (error === undefined) return problemsIn(root, 'project', CODES);
  return [{ range: error.range, message: `This is not valid YAML, so nothing in it counts: ${error.message}` }];
}

const CODE = 'invalid-configuration';
const CODES: readonly string[] = RULES.map(rule => rule.code);

function severityFor(path: string, files: FileAccess, levels: RuleLevels): Severity | undefined {
  const level =
    reckonerSettings(path, files).rules[CODE] ?? levels[CODE] ?? RULES.find(({ code }) => code === CODE)!.severity;
  return level === 'off' ? undefined : level;
}

function cannotBeRead({ reason }: FileError): ConfigurationProblem {
  return { range: { start: 0, end: 0 }, message: `This file cannot be read, so nothing in it counts: it ${reason}.` };
}
