/**
 * The engine: all that Reckoner knows of chapters and the packages beside them, behind one facade. Language server, command
 * line and browser differ in what they give it, and in what they do with its answers.
 */

import type { CancellationToken, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { sameMetadata } from '../chapter/execution';
import { packageFindings } from '../diagnostics/packageFindings';
import type { Analysis } from '../evaluation/analysis';
import type { PackageView } from '../evaluation/packageView';
import type { FeatureContext, Handler } from '../features';
import type { FileAccess, FileChange } from '../files/access';
import { projectRoot } from '../files/roots';
import { pathOfUri, uriKey, uriOfPath } from '../files/uri';
import { CheckPool } from '../process/checkPool';
import { EvaluationPool } from '../process/pool';
import { inheritedMetadata } from '../project/configuration';
import { doctorReport, type ExaminedChapter } from '../project/doctor';
import { isPartial } from '../project/partials';
import { haveValueFilesChanged, isValueFile } from '../project/valueFiles';
import type { Includer } from '../protocol';
import { analyse, type EvaluatedText } from '../workspace/check';
import { type ChapterSearch, chaptersAt, readText } from '../workspace/files';
import { haveGraphFilesChanged } from '../workspace/graphFiles';
import { haveNotebooksChanged } from '../workspace/notebooks';
import { PackageStore, Packages } from '../workspace/packages';
import type { ChapterChecks, ChapterDocument, ChapterHost } from './chapterDocument';
import type { Checked } from './checked';
import type { Checks } from './checks';
import { answerInData, answerUnopened, fileAsked, projectChapters } from './dataAnswers';
import { DataDocuments, dataText, isDataFile } from './dataDocuments';
import { DocumentStore, importsFile, type OpenChapter } from './documentStore';
import { Drafts } from './drafts';
import { type ChaptersHost, type EachChapter, eachChapter } from './eachChapter';
import { featureContext } from './featureContext';
import { FileChanges } from './fileChanges';
import { FileSettings } from './fileSettings';
import { FormerChapters } from './formerChapters';
import { makeChapter } from './makeChapter';
import { Neighbours } from './neighbours';
import type { EngineListener, EngineOptions } from './options';
import { PackageDocuments } from './packageDocuments';
import { type ChapterPage, Pages } from './pages';
import type { FactsHost } from './projectFacts';
import { disagreementsAround } from './projectQuantities';
import { ProjectSettings } from './projectSettings';
import { renameEdits } from './renamedFiles';
import { UnopenedChapters } from './unopenedChapters';
import { refuseCancelled } from './waiters';

/** Makes an engine. Nothing is read, started or loaded before it is needed. */
export function createEngine(options: EngineOptions): Engine {
  return new Engine(options);
}

export class Engine {
  readonly #options: EngineOptions;
  readonly #documents = new DocumentStore();
  readonly #store: PackageStore;
  readonly #packageFiles: PackageDocuments;
  readonly #dataFiles: DataDocuments;
  readonly #pages: Pages;
  readonly #unopened: UnopenedChapters;
  /** What chapters know of each other and of the files around them. */
  readonly neighbours: Neighbours;
  /** What projects say to Reckoner. */
  readonly projects: ProjectSettings;
  readonly #facts: FactsHost = {
    document: uri => this.#documents.chapter(uri)?.document,
    filesOf: path => this.filesOf(path),
    indexOf: path => this.neighbours.indexes.of(path, this.filesOf(path)).index,
    bookOf: path => this.neighbours.indexes.bookOf(path, this.filesOf(path)),
    textOf: path => this.#overlayText(path),
  };
  /** What chapters would be with other assumptions. */
  readonly drafts: Drafts;
  /** What chapters were at another time. */
  readonly formers: FormerChapters;
  /** Quantities on which the chapters of the project of a file do not agree; see `disagreementsAround`. */
  readonly disagreements: (path: string, token?: CancellationToken) => ReturnType<typeof disagreementsAround>;
  readonly #eachChapter: EachChapter;
  readonly #fileSettings: FileSettings;
  readonly #listeners = new Set<EngineListener>();
  readonly #unwatch: () => void;
  #pool: EvaluationPool | undefined;
  /** Keys of the chapters whose cells are not run. */
  #suspended: ReadonlySet<string> = new Set();

  constructor(options: EngineOptions) {
    this.#options = options;
    const apart: ChaptersHost = {
      document: uri => this.#documents.chapter(uri)?.document,
      dataText: path => this.#overlayText(path) ?? dataText(path, this.filesOf(path)),
      readers: path =>
        (isDataFile(path) ? this.#documents.readersOf(path) : this.#documents.importersOf(path)).map(({ uri }) => uri),
      including: path =>
        this.#documents.includersOf(path, this.#documents.chaptersByUse).map(({ document }) => document),
      make: (uri, text, checks) => this.#makeChapter(uri, 0, text, { checked: () => undefined }, checks).document,
      chaptersAround: path => this.chaptersAt(projectRoot(path, this.filesOf(path)), this.filesOf(path).root).chapters,
      read: path => this.read(path),
    };
    this.drafts = new Drafts(apart);
    this.formers = new FormerChapters(apart);
    this.disagreements = (path, token) => disagreementsAround(path, apart, token);
    this.#eachChapter = (path, token, isWanted) => eachChapter(path, apart, token, isWanted);
    this.#store = new PackageStore(options.files);
    this.projects = new ProjectSettings({
      settings: options.settings,
      filesOf: path => this.filesOf(path),
      overlay: path => this.#overlayText(path),
      warn: message => options.log.warn(message),
    });
    this.#fileSettings = new FileSettings(options.settings, this.projects, path => this.filesOf(path));
    this.neighbours = new Neighbours(this.#documents, {
      filesOf: path => this.filesOf(path),
      textOf: path => this.#overlayText(path),
      pagesChanged: () => this.#pages.refresh(),
    });
    this.#pages = new Pages(options, {
      document: uri => this.#documents.chapter(uri)?.document,
      filesOf: path => this.filesOf(path),
      indexes: this.neighbours.indexes,
      show: (page, uris) => this.#unopened.show(page, uris),
    });
    this.#packageFiles = this.#makePackageFiles();
    this.#dataFiles = new DataDocuments(this.#documents, {
      overlay: (path, text) => {
        this.#evaluation.overlay(path, text);
        this.#dataChanged([path]);
      },
    });
    this.#unopened = new UnopenedChapters(this.#documents, {
      includer: (path, found) => this.neighbours.includer(path, found),
      filesOf: path => this.filesOf(path),
      open: (uri, text) => this.#openChapter(uri, 0, text),
      close: uri => {
        this.#close(uri);
        this.#tell(listener => listener.hostClosed?.(uri));
      },
    });
    this.#unwatch = options.files.watch(changes => this.#filesChanged(changes));
  }

  /** Has a listener told of what happens from now on, until the function that is returned is called. */
  listen(listener: EngineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts what evaluates before there is anything to evaluate. */
  start(): void {
    this.#evaluation.start();
  }

  /** Ends everything; the engine is of no use afterwards. */
  async close(): Promise<void> {
    this.#unwatch();
    this.#listeners.clear();
    this.#dataFiles.close();
    this.#packageFiles.close();
    this.drafts.close();
    this.formers.close();
    for (const { document } of this.#documents.chapters) document.close();
    this.#pool?.close();
    await this.#pages.close();
  }

  // ------------------------------------------------------------------------------------------------ documents

  /** Takes a document that is opened: a chapter, a `.py` file, a data file. One with that URI that is open already is replaced. */
  open(uri: string, version: number, text: string): void {
    const path = pathOfUri(uri);
    this.#unopened.forget(uri);
    if (isDataFile(path)) this.#dataFiles.open(uri, path, version, text);
    else if (!uri.endsWith('.py')) this.#openChapter(uri, version, text);
    else if (path !== undefined) this.#packageFiles.open(uri, path, version, text);
    this.#partialsChanged(one => one === path);
    this.#unopened.update();
  }

  /** Takes the edits that lead to a version of a document that is open; others are none of the engine's. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const found = this.#documents.get(uri);
    if (found?.kind === 'data') {
      this.#dataFiles.change(found, version, changes);
      this.#partialsChanged(path => path === pathOfUri(uri));
    } else if (found?.kind === 'package') {
      this.#packageFiles.change(found, version, changes);
      this.#partialsChanged(path => path === pathOfUri(uri));
    } else if (found !== undefined) {
      this.#documents.use(found);
      const made = found.document.change(version, changes);
      const path = pathOfUri(uri);
      for (const { document } of this.#documents.includersOf(path)) document.partialChanged(path!, made);
    }
  }

  closeDocument(uri: string): void {
    this.#close(uri);
    this.#unopened.update();
  }

  #close(uri: string): void {
    const found = this.#documents.get(uri);
    if (found?.kind === 'data') this.#dataFiles.closeFile(found);
    else if (found?.kind === 'package') this.#packageFiles.closeFile(found);
    else if (found !== undefined) {
      this.#closeChapter(found);
      this.#documents.remove(uri);
      this.neighbours.chapterChanged(pathOfUri(uri));
      this.#partialsChanged(path => path === pathOfUri(uri));
      this.#packageFiles.importsChanged();
    }
  }

  /** A chapter that is open. */
  chapter(uri: string): ChapterDocument | undefined {
    return this.#documents.chapter(uri)?.document;
  }

  /** Paths of the chapters that are open. */
  get openPaths(): readonly string[] {
    return this.#documents.chapters.flatMap(({ uri }) => pathOfUri(uri) ?? []);
  }

  isOpen(uri: string): boolean {
    return this.#documents.get(uri) !== undefined && !this.#unopened.has(uri);
  }

  /** From now on the cells of these chapters, and of no others, are not run: they are parsed and shown alone. */
  suspend(uris: readonly string[]): void {
    const before = this.#suspended;
    this.#suspended = new Set(uris.map(uriKey));
    for (const { uri, document } of this.#documents.chapters) {
      const key = uriKey(uri);
      if (before.has(key) !== this.#suspended.has(key)) document.evaluateAgain();
    }
  }

  /** Settings or folders may have changed: brings all that depends on them up to date. True where that shows. */
  settingsChanged(): boolean {
    this.projects.forget();
    let shows = false;
    for (const chapter of this.#documents.chapters) {
      const { uri, document } = chapter;
      const presentation = this.#fileSettings.presentationOf(uri);
      const isSame = chapter.presentation === presentation;
      chapter.presentation = presentation;
      if (chapter.conditions !== this.#fileSettings.evaluationOf(pathOfUri(uri)))
        this.#openChapter(uri, document.version, document.text);
      else if (!isSame) document.checkAgain();
      shows ||= !isSame;
    }
    this.#packageFiles.refresh();
    if (shows) this.#pages.refresh();
    return shows;
  }

  // ------------------------------------------------------------------------------------------------ requests

  /**
   * The answer of a feature in an open document, from the present version; null where there is none. Rejects with
   * `Superseded` once that version is gone, with `Cancelled`, and with what the feature itself throws.
   */
  async answer<P extends object, R>(
    uri: string,
    feature: Handler<P, R>,
    params: P,
    token?: CancellationToken,
  ): Promise<R | null> {
    const found = this.#documents.get(uri);
    if (found === undefined)
      return feature.inUnopened === true
        ? answerUnopened(uri, feature, params, this.#context(uri, []), this.#eachChapter)
        : null;
    if (found.kind !== 'chapter' && feature.inFile !== undefined) {
      const view = found.kind === 'package' ? await this.#packageFiles.view(found) : undefined;
      const project = () => projectChapters(this.#eachChapter(found.path, token), found.path);
      return feature.inFile(fileAsked(found, view, project), params, this.#context(uri, []));
    }
    if (found.kind === 'data')
      return answerInData(found, feature, params, this.#facts, chapter => this.#context(chapter, []));
    if (found.kind === 'package') {
      const view = await this.#packageFiles.view(found);
      refuseCancelled(token);
      return view === undefined ? null : (feature.inPackage?.(view, params, this.#context(uri, [])) ?? null);
    }
    const file = pathOfUri(uri);
    const [includer] = file !== undefined && isPartial(file) ? this.#documents.includersOf(file) : [];
    const { document } = this.#documents.use(includer ?? found);
    const contextOf = (findings: Checked['findings']): FeatureContext =>
      includer === undefined ? this.#context(uri, findings) : { ...this.#context(includer.uri, findings), file };
    const answer = await document.answer(
      ({ analysis, findings }, haste) => {
        refuseCancelled(token);
        return feature.handle(analysis, params, { ...contextOf(findings), ...haste });
      },
      { ...feature, token },
      ({ analysis, findings }) => feature.ahead?.(analysis, params, contextOf(findings)),
    );
    refuseCancelled(token);
    return answer ?? null;
  }

  /** The edits that keep names of files right where some are renamed or moved; null where nothing names them. */
  renameEdits(renamed: Parameters<typeof renameEdits>[0]): ReturnType<typeof renameEdits> {
    return renameEdits(renamed, {
      filesOf: path => this.filesOf(path),
      textOf: path => this.#overlayText(path),
      packageRootsOf: path => this.projects.packageRootsOf(path),
    });
  }

  /** The first chapter in which an included file is read, and where; undefined for what no known chapter includes. */
  includerOf(uri: string): Includer | undefined {
    return this.#documents.includerOf(pathOfUri(uri) ?? '');
  }

  /** Files that chapters include, or would, may have come, changed or gone. */
  #partialsChanged(isConcerned: (path: string) => boolean): void {
    for (const { document } of this.#documents.chapters)
      if (document.chapter.composition?.includes.some(({ path }) => isConcerned(path)) === true)
        document.partialsChanged();
  }

  /** What an editor holds of a file. */
  #overlayText(path: string): string | undefined {
    const found = this.#documents.get(uriOfPath(path));
    return found?.kind === 'chapter' ? found.document.text : found?.document.getText();
  }

  /** The page of a chapter that is open; `changed` is called whenever it would be rendered otherwise than before. */
  page(uri: string, changed: () => void): Promise<ChapterPage> {
    return this.#pages.open(uri, changed);
  }

  #context(uri: string, findings: Checked['findings']): FeatureContext {
    return featureContext(uri, findings, {
      documents: this.#documents,
      options: this.#options,
      facts: this.#facts,
      projects: this.projects,
      neighbours: this.neighbours,
      formers: this.formers,
    });
  }

  // ------------------------------------------------------------------------------------------------ files

  /** The files of the folder that a file belongs to. */
  filesOf(path: string): FileAccess {
    return this.#store.filesOf(this.#options.settings.rootOf(path));
  }

  /** The text of a chapter or a Python file; throws `FileError`. */
  read(path: string): string {
    return readText(path, this.filesOf(path));
  }

  /** The chapters that a path stands for: itself, or those below it. Throws `FileError` where there is nothing. */
  chaptersAt(path: string, root: string): ChapterSearch {
    const { chapters, leftOut, problems } = chaptersAt(path, this.#store.filesOf(root));
    const excluded = chapters.filter(one => this.projects.isExcluded(one));
    return {
      chapters: chapters.filter(one => !excluded.includes(one)),
      leftOut: [...leftOut, ...excluded.map(one => ({ path: one, reason: 'excluded by the configuration' }))],
      problems,
    };
  }

  /** The packages that a chapter, or a Python file, imports from. */
  packagesOf(path: string): Packages {
    return new Packages(this.#fileSettings.placeOf(path), this.#store);
  }

  /** What a look at a path of the packages of a chapter gives; see `PackageStore.trace`. */
  trace(path: string, chapter: string): string | undefined {
    return this.#store.trace(path, this.filesOf(chapter).root);
  }

  /**
   * For a program that nobody tells of files: looks whether those that were imported have changed, come or gone, and has
   * what depends on them evaluated again. True if there was one.
   */
  lookForChanges(): boolean {
    this.projects.forget();
    for (const { uri, document } of this.#documents.chapters) {
      const root = this.#options.settings.rootOf(pathOfUri(uri) ?? '');
      // What is known of these files tells later whether they have changed.
      for (const path of document.evaluation.lookupPaths) this.#store.trace(path, root);
    }
    for (const { uri, document } of this.#documents.chapters) {
      const path = pathOfUri(uri);
      if (path === undefined) continue;
      const { frontMatter, inherited } = document.chapter;
      if (sameMetadata(inheritedMetadata(path, this.filesOf(path), undefined, frontMatter?.data), inherited)) continue;
      document.checkAgain();
    }
    this.#partialsChanged(() => true);
    this.#unopened.look();
    const filesOf = (path: string) => this.filesOf(path);
    const shown = [haveNotebooksChanged(filesOf), haveGraphFilesChanged(filesOf), haveValueFilesChanged(filesOf)];
    if (shown.includes(true)) this.#pages.refresh();
    if (!this.#store.refresh()) return false;
    this.#pool?.refresh();
    for (const { document } of this.#documents.chapters) document.evaluateAgain();
    return true;
  }

  /** Evaluates a chapter here and now, on the thread of the caller: for commands that print and end. */
  evaluate(path: string, text: string): Analysis {
    return this.examine(path, text).analysis;
  }

  /** The same, with the packages that were looked for. */
  examine(path: string, text: string): EvaluatedText {
    return analyse(path, text, this.#fileSettings.checkOptions(path), this.#store);
  }

  /** What is known of the project that a file belongs to: its open chapters with their values, the others by name. */
  report(path: string): string {
    const files = this.filesOf(path);
    const root = projectRoot(path, files);
    const { chapters, leftOut } = this.chaptersAt(root, files.root);
    const examined = chapters.map((one): ExaminedChapter => {
      const open = this.#documents.chapter(uriOfPath(one));
      return { path: one, analysis: open?.document.checked?.analysis, lookups: open?.packages.lookups ?? new Map() };
    });
    return doctorReport({ root, files, chapters: examined, leftOut });
  }

  /** What checks chapters that are not open, up to `size` at the same time. */
  checks(size: number): Checks {
    const { evaluation, log } = this.#options;
    const pool = new CheckPool(size, { host: evaluation, log: message => log.warn(message) });
    return {
      check: async (path, shownAs, chosen = {}, token) => {
        refuseCancelled(token);
        const checked = await pool.check(path, shownAs, { ...this.#fileSettings.checkOptions(path), ...chosen });
        refuseCancelled(token);
        return checked;
      },
      refresh: () => pool.refresh(),
      close: () => pool.close(),
    };
  }

  #filesChanged(changes: readonly FileChange[]): void {
    const kindOf = (path: string) => this.filesOf(path).stat(path)?.kind;
    const files = new FileChanges(changes, kindOf, path => this.projects.isBaseline(path));
    this.projects.forget();
    if (files.mayConcernPackages) {
      this.#packageFiles.saved(new Set(files.paths));
      this.#store.refresh();
      this.#pool?.refresh();
      this.#packagesChanged(path => files.concerns(path));
    }
    this.#partialsChanged(path => files.concerns(path));
    this.#dataFiles.saved(new Set(files.paths));
    this.#dataChanged(files.paths, () => this.#pool?.refresh());
    this.neighbours.filesChanged(files);
    const inAll = files.configurations.length > 0;
    let shown = files.concernsPages || files.paths.some(isValueFile);
    for (const { uri, document, named, configuration, conditions } of this.#documents.chapters) {
      if (inAll && conditions !== this.#fileSettings.evaluationOf(pathOfUri(uri))) {
        this.#openChapter(uri, document.version, document.text);
        shown = true;
        continue;
      }
      const isConfigured = inAll || [...configuration.keys()].some(path => files.concerns(path));
      if (!isConfigured && named?.isConcerned(files) !== true) continue;
      named?.forget();
      document.checkAgain();
      shown = true;
    }
    if (shown) this.#pages.refresh();
    this.#unopened.filesChanged(files);
    this.#tell(listener => listener.filesChanged?.(files));
  }

  // ------------------------------------------------------------------------------------------------ inside

  get #evaluation(): EvaluationPool {
    const { evaluation, log } = this.#options;
    this.#pool ??= new EvaluationPool(message => this.#tell(listener => listener.failed?.(message)), {
      log: message => log.warn(message),
      host: evaluation,
    });
    return this.#pool;
  }

  #tell(call: (listener: EngineListener) => void): void {
    for (const listener of this.#listeners) call(listener);
  }

  #openChapter(uri: string, version: number, text: string): void {
    this.#closeChapter(this.#documents.chapter(uri));
    const made = this.#makeChapter(uri, version, text, {
      checked: (one, checked) => this.#chapterChecked(one, checked),
      checkedAhead: (one, checked) => this.#chapterCheckedAhead(one, checked),
    });
    const conditions = this.#fileSettings.evaluationOf(pathOfUri(uri));
    const presentation = this.#fileSettings.presentationOf(uri);
    this.#documents.add({ kind: 'chapter', uri, ...made, conditions, presentation, used: 0 });
  }

  #closeChapter(chapter: OpenChapter | undefined): void {
    if (chapter === undefined) return;
    this.drafts.forget(chapter.document);
    this.formers.forget(chapter.uri);
    chapter.document.close();
  }

  #makeChapter(
    uri: string,
    version: number,
    text: string,
    told: Pick<ChapterHost, 'checked' | 'checkedAhead'>,
    checks?: ChapterChecks,
  ) {
    const { settings, log } = this.#options;
    const path = pathOfUri(uri);
    const around =
      path === undefined ? undefined : { path, place: this.#fileSettings.placeOf(path), files: this.filesOf(path) };
    const key = uriKey(uri);
    return makeChapter(
      { uri, version, text, around, ...told, ...(checks && { checks }) },
      {
        settings: () => settings.settingsOf(path),
        store: this.#store,
        projects: this.projects,
        surroundings: this.neighbours.around(path),
        overlayText: one => this.#overlayText(one),
        isSuspended: () => this.#suspended.has(key),
        open: evaluation => this.#evaluation.open(evaluation),
        log: message => log.error(message),
      },
    );
  }

  #chapterCheckedAhead(document: ChapterDocument, checked: Checked): void {
    this.#tell(listener => listener.checkedAhead?.(document, checked));
    this.#pages.update(document.uri, checked.analysis);
  }

  #chapterChecked(document: ChapterDocument, checked: Checked): void {
    this.#tell(listener => listener.checked?.(document, checked));
    this.#pages.update(document.uri, checked.analysis);
    this.neighbours.chapterChecked(pathOfUri(document.uri));
    this.#packageFiles.importsChanged();
  }

  #makePackageFiles(): PackageDocuments {
    const { settings } = this.#options;
    return new PackageDocuments(this.#documents, {
      store: this.#store,
      placeOf: path => ({ workspace: settings.rootOf(path), extra: this.projects.packageRootsOf(path) }),
      isImported: path => this.#documents.chapters.some(chapter => importsFile(chapter, path)),
      nameOf: path => this.#moduleName(path),
      overlay: (path, text) => {
        this.#evaluation.overlay(path, text);
        // Whether it differs shows only against what is known of the file.
        this.#store.read(path, settings.rootOf(path));
        return this.#store.overlay(path, text);
      },
      importModule: (name, place) => this.#evaluation.import(name, place),
      changed: path => this.#packagesChanged(one => one === path),
      findingsOf: (view: PackageView) => packageFindings(view, this.projects.levelsOf(view.module.file)),
      checked: ({ uri, document: { version } }, findings, view) =>
        this.#tell(listener => listener.packageChecked?.(uri, version, findings, view?.module)),
    });
  }

  /** Evaluates anew the chapters that looked for one of these files. */
  #packagesChanged(isConcerned: (path: string) => boolean): void {
    this.drafts.close();
    for (const { document, packages } of this.#documents.chaptersByUse)
      if ([...packages.lookups.keys(), ...document.evaluation.lookupPaths].some(isConcerned)) document.evaluateAgain();
      // Nobody knows yet what it has imported before that changed.
      else if (document.state === 'parsed') document.dataChanged(false);
    this.#packageFiles.refresh();
  }

  /** Evaluates what has seen one of these files, once `before` has told of what is on disk. */
  #dataChanged(paths: readonly string[], before?: () => void): void {
    this.drafts.close();
    const seeing = this.#documents.maybeReadersOf(...paths);
    if (seeing.length === 0) return;
    before?.();
    // Somebody looks at the one that was used last.
    for (const one of seeing) one.document.dataChanged(one !== seeing.at(-1));
    this.#packageFiles.refresh();
  }

  #moduleName(path: string): string | undefined {
    const modules = this.#documents.chapters.flatMap(({ document }) => [...document.evaluation.modules]);
    return modules.find(({ file }) => file === path)?.name;
  }
}
