/** What an engine is given: everything that differs between an editor, a terminal and a browser. */
import type { Finding } from '../diagnostics';
import type { PackageModule } from '../evaluation/packageIndex';
import type { ClientAbilities } from '../features/feature';
import type { FileSystem } from '../files/access';
import type { EvaluationHost } from '../process/host';
import type { Settings } from '../protocol';
import type { DrawingService, TextService } from '../worker/services';
import type { ChapterDocument } from './chapterDocument';
import type { Checked } from './checked';
import type { FileChanges } from './fileChanges';

export interface EngineOptions {
  /** The files that can be reached. What is said to have changed in them is looked at again. */
  readonly files: FileSystem;
  readonly log: EngineLog;
  /** Asked whenever it matters; `settingsChanged` of the engine tells that the answers may be others. */
  readonly settings: EngineSettings;
  /** True for an editor that takes snippets: texts with stops for what is to be filled in. */
  readonly takesSnippets?: boolean;
  /** What the client of a language server can do. */
  readonly client?: ClientAbilities;
  /** Where cells run. */
  readonly evaluation: EvaluationHost;
  /** What typesets and draws for pages; asked for with the first page. */
  readonly pages: (log: (message: string) => void) => Promise<PageServices>;
}

/** Takes lines for whoever looks into faults; nothing in them is meant for an author. */
export interface EngineLog {
  /** A fault of the program. */
  error(message: string): void;
  /** An unusual event that has been dealt with. */
  warn(message: string): void;
}

export interface EngineSettings {
  /** The folder that a file belongs to: nothing outside of it is read for the file. */
  rootOf(path: string): string;
  /** The settings of a file; without a path, those of a document that was never saved. */
  settingsOf(path: string | undefined): Settings;
}

export interface PageServices {
  readonly texts: TextService;
  /** Makes what draws TikZ blocks, asked for with the first chapter that has one; undefined where nothing can. */
  readonly makeDrawings?: () => DrawingService;
}

/** Who is told of what happens in an engine; some calls come from within calls of the engine. */
export interface EngineListener {
  /** A version of an open chapter is checked; once more where findings about sentences followed. */
  checked?(document: ChapterDocument, checked: Checked): void;
  /** A version takes long to be evaluated: what is known of it by now. */
  checkedAhead?(document: ChapterDocument, checked: Checked): void;
  /** The findings of an open file of a package, with the text that they are in; none where no chapter imports it any more. */
  packageChecked?(uri: string, version: number, findings: readonly Finding[], module: PackageModule | undefined): void;
  /** Files have changed; what is open and depends on them is being looked at again. */
  filesChanged?(files: FileChanges): void;
  /** A chapter that was open for the sake of an included file is closed. */
  hostClosed?(uri: string): void;
  /** Nothing can be evaluated; the message is for the author. */
  failed?(message: string): void;
}
