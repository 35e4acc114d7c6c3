/** Makes the document of a chapter with all that its evaluation and its rules ask for. */
import { NOTHING_INHERITED } from '../chapter/execution';
import type { FileAccess } from '../files/access';
import type { ChapterEvaluation, EvaluationOptions } from '../process/pool';
import { inheritedMetadata } from '../project/configuration';
import { isPartial, partialFiles } from '../project/partials';
import type { Settings } from '../protocol';
import { type PackagePlace, type PackageStore, Packages } from '../workspace/packages';
import { tooLong } from '../workspace/unreadable';
import { type ChapterChecks, ChapterDocument, type ChapterHost } from './chapterDocument';
import { NamedFiles } from './namedFiles';
import type { ProjectSettings } from './projectSettings';

export interface ChapterOptions {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** Undefined for a text that was never saved. */
  readonly around: { readonly path: string; readonly place: PackagePlace; readonly files: FileAccess } | undefined;
  readonly checked: ChapterHost['checked'];
  readonly checkedAhead?: ChapterHost['checkedAhead'];
  readonly checks?: ChapterChecks;
}

/** What a chapter gets of its engine. */
export interface ChapterSurroundings extends Pick<ChapterHost, 'surroundings' | 'log'> {
  settings(): Settings;
  readonly store: PackageStore;
  readonly projects: ProjectSettings;
  /** What an editor holds of a file. */
  overlayText(path: string): string | undefined;
  /** True where the cells of the chapter are not to run for now. */
  isSuspended(): boolean;
  open(options: EvaluationOptions): ChapterEvaluation;
}

/** The document, and what it is evaluated and checked with. */
export function makeChapter(
  { uri, version, text, around, checked, checkedAhead, checks }: ChapterOptions,
  given: ChapterSurroundings,
) {
  const { settings, store, projects, surroundings, overlayText, isSuspended, open, log } = given;
  const { path, place, files } = around ?? {};
  const packages = new Packages(place, store);
  const named = path === undefined || files === undefined ? undefined : new NamedFiles(path, files);
  const { budgets } = settings();
  const guards = projects.guardsOf(path);
  const isNoChapter = path !== undefined && (isPartial(path) || projects.isExcluded(path));
  const configuration = new Map<string, string | undefined>();
  const document = new ChapterDocument(uri, version, text, {
    evaluation: calls => open({ place, budgets, guards, modules: packages, isSuspended, ...calls }),
    levels: () => settings().rules,
    consequences: () => settings().consequences,
    inherited: frontMatter => {
      if (around === undefined) return NOTHING_INHERITED;
      configuration.clear();
      return inheritedMetadata(around.path, around.files, configuration, frontMatter);
    },
    partials:
      around === undefined
        ? undefined
        : partialFiles(around.path, around.files, one => checks?.partialText?.(one) ?? overlayText(one)),
    rules: checks?.rules,
    asksForDetails: checks?.asksForDetails,
    isUnchecked: () => isNoChapter || checks?.isUnchecked() === true,
    unknown: (findings, chapter) => projects.unknown(findings, chapter),
    surroundings,
    unreadable: chapter => (chapter.tooLong ? [tooLong(chapter)] : (named?.unreadable(chapter) ?? [])),
    log,
    checked,
    ...(checkedAhead && { checkedAhead }),
  });
  return { document, packages, named, configuration };
}
