/** What the projects of files say to Reckoner, read once until files change. */

import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Chapter } from '../chapter/model';
import type { OffsetRange } from '../chapter/ranges';
import type { Finding, RuleLevel } from '../diagnostics';
import type { RuleLevels } from '../diagnostics/configuration';
import type { Analysis } from '../evaluation/analysis';
import type { ClientAbilities, FeatureContext } from '../features/feature';
import { type FileAccess, FileError } from '../files/access';
import { dirname, join, resolve } from '../files/path';
import { projectRoot } from '../files/roots';
import { pathOfUri } from '../files/uri';
import { Baseline, BaselineError, knownRecord, toldAgain, toldAgainAt, wordsAt } from '../project/baseline';
import { CONFIGURATION_FILE, configurationOf } from '../project/configuration';
import { LOCK_FILE } from '../project/lock';
import {
  configurationFiles,
  configurationFindings,
  isExcluded,
  type ReckonerSettings,
  reckonerSettings,
} from '../project/reckonerSettings';
import { linesOf } from '../workspace/lines';
import type { FindingRecord } from '../workspace/records';
import { configurationEdit } from './levelEdits';
import { acceptingEdit } from './lockEdits';
import type { EngineSettings } from './options';

interface Known {
  readonly settings: ReckonerSettings;
  /** Undefined where there is none, or one that cannot be read. */
  readonly baseline: Baseline | undefined;
}

export interface ProjectSettingsHost {
  readonly settings: EngineSettings;
  filesOf(path: string): FileAccess;
  /** What an editor holds of a file. */
  overlay(path: string): string | undefined;
  /** Takes a line about a baseline that cannot be used. */
  warn(message: string): void;
}

export class ProjectSettings {
  readonly #host: ProjectSettingsHost;
  /** By folder. */
  readonly #known = new Map<string, Known>();
  readonly #baselines = new Map<string, Baseline | undefined>();
  /** Paths of all baselines that have been looked for. */
  readonly #lookups = new Set<string>();

  constructor(host: ProjectSettingsHost) {
    this.#host = host;
  }

  /** What the project of a file says. */
  of(path: string): ReckonerSettings {
    return this.#knownOf(path).settings;
  }

  /** True for a chapter that is not to be checked. */
  isExcluded(path: string): boolean {
    return isExcluded(path, this.of(path));
  }

  /** Names of functions that count as guards, by the settings or the project. */
  guardsOf(path: string | undefined): readonly string[] {
    const { guards } = this.#host.settings.settingsOf(path);
    return path === undefined ? guards : [...new Set([...guards, ...this.of(path).guards])];
  }

  /** Further folders in which packages are looked up, by the settings or the project. */
  packageRootsOf(path: string | undefined): readonly string[] {
    const { packageRoots } = this.#host.settings.settingsOf(path);
    if (path === undefined) return packageRoots;
    const { packageRoots: own, folder } = this.of(path);
    return own.length === 0 ? packageRoots : [...packageRoots, ...own.map(root => resolve(folder, root))];
  }

  /** Levels in a file that is no chapter; a chapter knows by itself what its project says. */
  levelsOf(path: string): RuleLevels {
    return { ...this.#host.settings.settingsOf(path).rules, ...this.of(path).rules };
  }

  /** The files that say something to Reckoner in the project of a file, with the findings in each, under absolute names. */
  findings(path: string): ReadonlyMap<string, readonly FindingRecord[]> {
    const files = this.#host.filesOf(path);
    const levels = this.#host.settings.settingsOf(path).rules;
    const found = configurationFiles(path, files).map(
      one => [one, configurationFindings(one, { files, shownAs: one, text: this.#host.overlay(one), levels })] as const,
    );
    return new Map(found);
  }

  /** The edit that gives a rule a level for the project of a file, in a `.reckoner.yml` that may be yet to be made. */
  levelEdit(path: string, code: string, level: RuleLevel): WorkspaceEdit | undefined {
    const files = this.#host.filesOf(path);
    const { own, root } = configurationOf(projectRoot(path, files), files);
    if (own === undefined) return configurationEdit(join(root, CONFIGURATION_FILE), undefined, code, level);
    const text = this.#host.overlay(own) ?? textOf(own, files);
    return text === undefined ? undefined : configurationEdit(own, text, code, level);
  }

  /** The edit that has the project's lock say what a chapter shows, of one expression or all; undefined where there is none. */
  acceptingEdit(chapter: string, analysis: Analysis, expr?: string): WorkspaceEdit | undefined {
    const path = join(this.of(chapter).folder, LOCK_FILE);
    const text = this.#host.overlay(path) ?? textOf(path, this.#host.filesOf(chapter));
    return text === undefined ? undefined : acceptingEdit({ path, text }, chapter, analysis, expr);
  }

  /** The findings of a chapter that no baseline of its project names. */
  unknown(findings: readonly Finding[], chapter: Chapter): readonly Finding[] {
    const path = pathOfUri(chapter.uri);
    const baseline = path === undefined ? undefined : this.#knownOf(path).baseline;
    if (path === undefined || baseline === undefined) return findings;
    const placeAt = (range: OffsetRange) => ({
      file: chapter.composition?.fileAt(range.start)?.path ?? path,
      at: wordsAt(range, chapter.text, chapter.lines),
    });
    const tell = ({ code, range, again = [] }: Finding) => ({ code, places: [range, ...again].map(placeAt) });
    return baseline.unknown(findings, tell, toldAgain).left;
  }

  /** The same for the records of a chapter, whose files are absolute paths. */
  unknownRecords(findings: readonly FindingRecord[], path: string): readonly FindingRecord[] {
    const { baseline } = this.#knownOf(path);
    if (baseline === undefined) return findings;
    const lineOf = linesOf(this.#host.filesOf(path));
    return baseline.unknown(findings, finding => knownRecord(finding, lineOf), toldAgainAt).left;
  }

  /** True for a baseline of a project that has been looked at. */
  isBaseline(path: string): boolean {
    return this.#lookups.has(path);
  }

  /** Files have changed, or folders. */
  forget(): void {
    this.#known.clear();
    this.#baselines.clear();
  }

  #knownOf(path: string): Known {
    const folder = dirname(path);
    let known = this.#known.get(folder);
    if (known === undefined) {
      const files = this.#host.filesOf(path);
      const settings = reckonerSettings(path, files);
      known = { settings, baseline: this.#baselineOf(settings, files) };
      this.#known.set(folder, known);
    }
    return known;
  }

  #baselineOf({ baseline: name, folder }: ReckonerSettings, files: FileAccess): Baseline | undefined {
    if (name === undefined) return undefined;
    const path = resolve(folder, name);
    this.#lookups.add(path);
    if (!this.#baselines.has(path)) this.#baselines.set(path, this.#read(path, files));
    return this.#baselines.get(path);
  }

  #read(path: string, files: FileAccess): Baseline | undefined {
    try {
      return Baseline.parse(files.readText(path), dirname(path));
    } catch (error) {
      if (error instanceof FileError) {
        if (error.problem !== 'missing') this.#host.warn(error.message);
      } else if (error instanceof BaselineError) this.#host.warn(`${path}: ${error.message}`);
      else throw error;
      return undefined;
    }
  }
}

function textOf(path: string, files: FileAccess): string | undefined {
  return files.problemWith(path) === undefined ? files.readText(path) : undefined;
}

/** What the actions on findings of a chapter depend on. */
export function clientFacts(
  uri: string,
  client: ClientAbilities | undefined,
  projects: ProjectSettings,
): Pick<FeatureContext, 'accept' | 'client' | 'turnOff'> {
  const path = pathOfUri(uri);
  const accept: FeatureContext['accept'] = (analysis, expr) =>
    path === undefined ? undefined : projects.acceptingEdit(path, analysis, expr);
  if (client === undefined) return { accept };
  return {
    accept,
    client,
    turnOff: code => {
      const edit = path === undefined ? undefined : projects.levelEdit(path, code, 'off');
      return edit?.documentChanges === undefined || client.createsFiles ? edit : undefined;
    },
  };
}
