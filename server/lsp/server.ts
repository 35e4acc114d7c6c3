/** The language server: connects the protocol with an engine and the table of features. */

import {
  CallHierarchyPrepareRequest,
  type CancellationToken,
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ErrorCodes,
  FileChangeType,
  type FileSystemWatcher,
  type InitializeParams,
  LSPErrorCodes,
  MessageType,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  type TextDocumentIdentifier,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver';
import type { Chapter } from '../chapter/model';
import { Cancelled, type ChapterDocument, type Checked, createEngine, type Engine, Superseded } from '../engine';
import type { Handler } from '../features';
import { DATA_ENDINGS } from '../files/endings';
import { join } from '../files/path';
import { pathOfUri, UriMap } from '../files/uri';
import { isPartial } from '../project/partials';
import {
  CHECK_WORKSPACE,
  CLOSE_PREVIEW,
  type ClosePreviewParams,
  COMPARE,
  DISAGREEMENTS,
  DOCTOR,
  FORMER_TEXT,
  type FormerTextParams,
  INCLUDER,
  LEVEL_EDIT,
  type LevelEditParams,
  OPEN_PREVIEW,
  type OpenPreviewParams,
  PING,
  STATUS,
  type StatusParams,
  SUSPEND,
  type SuspendParams,
  WHAT_IF_REQUESTS,
} from '../protocol';
import { thrownText } from '../thrownText';
import { rootProblem } from '../workspace/packages';
import { abilitiesOf, ruleLinks } from './clientAbilities';
import { Configurations, isConfiguration } from './configurations';
import { diagnosticsByUri, diagnosticsOf, type RuleLinks } from './diagnostics';
import { FirstRun } from './firstRun';
import { SECTION, WorkspaceFolders } from './folders';
import type { Platform } from './platform';
import { Previews } from './previews';
import { PublishedFindings } from './publishedFindings';
import { WorkspaceCheck } from './workspaceCheck';

/** The answering parts of the features, by the method that each answers. */
// biome-ignore lint/suspicious/noExplicitAny: each feature has parameters and results of its own
export type LoadedFeatures = ReadonlyMap<string, Handler<any, any>>;

/**
 * What to ask a client to watch: the content of what chapters and their findings depend on, and whatever comes or goes. Of a
 * folder that is deleted or moved, most clients tell its own path alone.
 */
const WATCHERS: FileSystemWatcher[] = [
  { globPattern: `**/*.{qmd,py,ipynb,csl,dot,gv,mmd,mermaid,${DATA_ENDINGS.join(',')}}`, kind: WatchKind.Change },
  { globPattern: '**/{_quarto.yml.local,_quarto.yaml.local,_environment,_environment.local}', kind: WatchKind.Change },
  { globPattern: '**', kind: WatchKind.Create | WatchKind.Delete },
];

/** The data files that the client is asked to open as well, and those of them whose entries have names that chapters say. */
const DATA_PATTERN = `**/*.{${DATA_ENDINGS.join(',')}}`;
const BIBLIOGRAPHY_PATTERN = '**/*.{bib,json,yaml,yml}';

interface DocumentParams {
  readonly textDocument: TextDocumentIdentifier;
}

/** One server for one client. */
export class LanguageServer {
  readonly #connection: Connection;
  readonly #features: LoadedFeatures;
  readonly #platform: Platform;
  readonly #folders: WorkspaceFolders;
  readonly #engine: Engine;
  readonly #previews: Previews;
  readonly #workspaceCheck: WorkspaceCheck;
  readonly #published: PublishedFindings;
  readonly #configurations: Configurations;
  readonly #links: RuleLinks;
  readonly #firstRun: FirstRun;
  /** What results were last published of, by document. */
  readonly #lastPublished = new UriMap<Checked['analysis']>();
  readonly #toldRoots = new Set<string>();
  readonly #client: ClientCapabilities;

  /** Serves a client that has just been answered; `loaded` are the features, by method. */
  constructor(connection: Connection, params: InitializeParams, loaded: LoadedFeatures, platform: Platform) {
    this.#connection = connection;
    this.#features = loaded;
    this.#platform = platform;
    this.#client = params.capabilities;
    this.#folders = new WorkspaceFolders(connection, params, platform.files);
    const { files, evaluation, pages } = platform;
    const takesSnippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    const settings = this.#folders;
    const client = abilitiesOf(params);
    this.#links = ruleLinks(params, platform);
    this.#engine = createEngine({ files, evaluation, pages, settings, log: connection.console, takesSnippets, client });
    this.#engine.start();
    this.#previews = new Previews(connection, this.#engine);
    this.#published = new PublishedFindings(params => void connection.sendDiagnostics(params));
    this.#configurations = new Configurations(this.#engine, this.#published, this.#links);
    this.#workspaceCheck = new WorkspaceCheck(
      connection,
      this.#engine,
      platform.parallelism,
      this.#folders,
      this.#published,
    );
    this.#workspaceCheck.links = this.#links;
    this.#workspaceCheck.reportsProgress = params.capabilities.window?.workDoneProgress === true;
    const { suspended } = (params.initializationOptions ?? {}) as { suspended?: unknown };
    if (Array.isArray(suspended)) this.#engine.suspend(suspended.filter(uri => typeof uri === 'string'));
    this.#firstRun = new FirstRun(connection, params.capabilities.window?.workDoneProgress === true);
    this.#listen();
    this.#registerDocuments();
    this.#registerRequests();
  }

  #listen(): void {
    const connection = this.#connection;
    this.#engine.listen({
      failed: message => void connection.window.showErrorMessage(message),
      filesChanged: files => {
        this.#workspaceCheck.filesChanged(files);
        if (files.configurations.length > 0) this.#showConfigurations();
      },
      checked: (document, checked) => {
        this.#firstRun.done();
        this.#publish(document, checked);
        // What is shown of an included file comes from a chapter that was not open.
        if (!this.#engine.isOpen(document.uri)) this.#refreshHints();
      },
      checkedAhead: ({ uri }, checked) => {
        const { analysis, findings } = checked;
        // Not all of what the version gives: who waits for that sees its number.
        this.#published.take(uri, diagnosticsByUri(findings, analysis.chapter, uri, this.#links));
        void connection.sendNotification(STATUS, statusOf(uri, checked));
        this.#refreshHints();
      },
      hostClosed: uri => {
        this.#lastPublished.delete(uri);
        this.#published.take(uri, new Map());
        this.#workspaceCheck.closed(uri);
      },
      packageChecked: (uri, version, findings, module) => {
        const diagnostics = module === undefined ? [] : diagnosticsOf(findings, module, uri, this.#links);
        void connection.sendDiagnostics({ uri, version, diagnostics });
      },
    });
  }

  #registerDocuments(): void {
    const connection = this.#connection;
    connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      this.#workspaceCheck.pause();
      this.#firstRun.begin(uri);
      this.#engine.open(uri, version, text);
      const path = pathOfUri(uri);
      // What holds for the folders has been looked at.
      if (isConfiguration(uri) || (path !== undefined && !this.#folders.contains(path))) this.#showConfigurations();
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      this.#workspaceCheck.pause();
      this.#engine.change(uri, version, contentChanges);
      if (isConfiguration(uri)) this.#showConfigurations();
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => this.#close(uri));
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.#platform.report(
        changes.flatMap(({ uri, type }) => {
          const path = pathOfUri(uri);
          return path === undefined ? [] : [{ path, cameOrWent: type !== FileChangeType.Changed }];
        }),
      ),
    );
    connection.onDidChangeConfiguration(({ settings }: DidChangeConfigurationParams) => {
      this.#folders.take((settings as { [SECTION]?: unknown } | null)?.[SECTION]);
      return this.#configure();
    });
  }

  #registerRequests(): void {
    const connection = this.#connection;
    connection.onInitialized(() => this.#initialized());
    connection.onShutdown(async () => {
      this.#workspaceCheck.stop();
      this.#configurations.stop();
      this.#previews.stop();
      await this.#engine.close();
    });
    connection.onRequest(OPEN_PREVIEW, ({ uri }: OpenPreviewParams, token: CancellationToken) =>
      this.#answer(async () => (this.#engine.chapter(uri) === undefined ? null : this.#previews.open(uri, token))),
    );
    connection.onRequest(INCLUDER, ({ uri }: OpenPreviewParams) => this.#engine.includerOf(uri) ?? null);
    connection.onRequest(PING, () => null);
    connection.onRequest(LEVEL_EDIT, ({ uri, code, level }: LevelEditParams) => {
      const path = pathOfUri(uri);
      return (path === undefined ? undefined : this.#engine.projects.levelEdit(path, code, level)) ?? null;
    });
    connection.onNotification(SUSPEND, ({ uris }: SuspendParams) => this.#engine.suspend(uris));
    connection.onNotification(CLOSE_PREVIEW, ({ uri }: ClosePreviewParams) => this.#previews.close(uri));
    connection.onExecuteCommand(({ command, arguments: given }) => {
      const path = command === DOCTOR ? pathOfUri(String(given?.[0] ?? '')) : undefined;
      if (path !== undefined) return this.#engine.report(path);
      if (command === CHECK_WORKSPACE) this.#workspaceCheck.start(true);
      return null;
    });
    connection.onWorkspaceSymbol(({ query }, token) =>
      this.#answer(async () => {
        const { symbolInformation } = await import('./symbols');
        const paths = this.#folders.paths.flatMap(folder => this.#engine.chaptersAt(folder, folder).chapters);
        const isDone = () => token.isCancellationRequested;
        return symbolInformation(await this.#engine.neighbours.symbols.find(query, [...new Set(paths)], isDone));
      }),
    );
    connection.workspace.onWillRenameFiles(({ files }) => this.#engine.renameEdits(files));
    connection.onNotification(FORMER_TEXT, async (params: FormerTextParams) =>
      (await import('./compare')).takeFormer(params, this.#engine),
    );
    connection.onRequest(COMPARE, ({ textDocument: { uri } }: DocumentParams, token: CancellationToken) =>
      this.#answer(async () => (await import('./compare')).comparisonOf(uri, this.#engine, token)),
    );
    connection.onRequest(DISAGREEMENTS, ({ textDocument: { uri } }: DocumentParams, token: CancellationToken) =>
      this.#answer(async () => (await import('./compare')).disagreementsOf(uri, this.#engine, token)),
    );
    for (const method of WHAT_IF_REQUESTS)
      connection.onRequest(method, (params: unknown, token: CancellationToken) =>
        this.#answer(async () => (await import('./whatIf')).answerWhatIf(method, params, this.#engine, token)),
      );
    for (const [method, feature] of this.#features)
      connection.onRequest(method, (params: { textDocument?: { uri: string } }, token: CancellationToken) => {
        const uri = feature.documentOf?.(params) ?? params.textDocument?.uri ?? '';
        return this.#answer(() => this.#engine.answer(uri, feature, params, token));
      });
  }

  /** Shows what is wrong in the configurations of the folders that are open, and of the chapters. */
  #showConfigurations(): void {
    this.#configurations.show(() => [
      ...this.#folders.paths.map(folder => join(folder, 'any.qmd')),
      ...this.#engine.openPaths,
    ]);
  }

  /** Tells of roots in the settings that are no folders of the workspace, each once. */
  #checkRoots(): void {
    const { paths } = this.#folders;
    for (const root of new Set(paths.flatMap(path => this.#folders.settingsOf(path).packageRoots))) {
      const having = paths.filter(path => this.#folders.settingsOf(path).packageRoots.includes(root));
      const problems = having.map(folder => rootProblem(root, folder, this.#platform.files));
      // Where several folders share a setting, its root need not be in all of them.
      if (problems.includes(undefined) || this.#toldRoots.has(root)) continue;
      this.#toldRoots.add(root);
      void this.#connection.sendNotification('window/showMessage', {
        type: MessageType.Warning,
        message: `reckoner.packageRoots: "${root}" is passed over: ${problems[0]}.`,
      });
    }
  }

  /** Asks of the client only what it has announced. */
  async #initialized(): Promise<void> {
    const { client, workspace: asked } = this.#connection;
    const { workspace } = this.#client;
    if (workspace?.workspaceFolders === true)
      asked.onDidChangeWorkspaceFolders(({ added, removed }) => {
        this.#folders.change(added, removed);
        this.#platform.foldersAdded?.(added.flatMap(({ uri }) => pathOfUri(uri) ?? []));
        void this.#configure();
      });
    const register = (registered: Promise<unknown>) =>
      registered.catch((error: unknown) => {
        this.#connection.console.warn(`The client does not register what it offers: ${String(error)}`);
      });
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
      void register(client.register(DidChangeConfigurationNotification.type, { section: SECTION }));
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
      void register(
        client.register(DidChangeWatchedFilesNotification.type, {
          watchers: WATCHERS,
        }),
      );
    if (this.#client.textDocument?.synchronization?.dynamicRegistration === true) {
      const { scheme } = this.#platform;
      const data = { documentSelector: [{ ...(scheme && { scheme }), pattern: DATA_PATTERN }] };
      void register(client.register(DidOpenTextDocumentNotification.type, data));
      void register(
        client.register(DidChangeTextDocumentNotification.type, {
          ...data,
          syncKind: TextDocumentSyncKind.Incremental,
        }),
      );
      void register(client.register(DidCloseTextDocumentNotification.type, data));
      // Of bibliographies, what can be asked at an entry.
      const entries = { documentSelector: [{ ...(scheme && { scheme }), pattern: BIBLIOGRAPHY_PATTERN }] };
      const { callHierarchy, references, rename } = this.#client.textDocument;
      if (callHierarchy?.dynamicRegistration === true)
        void register(client.register(CallHierarchyPrepareRequest.type, data));
      if (references?.dynamicRegistration === true) void register(client.register(ReferencesRequest.type, entries));
      if (rename?.dynamicRegistration === true)
        void register(client.register(RenameRequest.type, { ...entries, prepareProvider: true }));
    }
    await this.#configure();
  }

  /** Settings or folders may have changed: asks for them, and brings all that depends on them up to date. */
  async #configure(): Promise<void> {
    await this.#folders.refresh();
    this.#checkRoots();
    if (this.#engine.settingsChanged()) this.#refreshHints();
    this.#showConfigurations();
    this.#workspaceCheck.start(false);
  }

  #refreshHints(): void {
    // Clients that cannot refresh ask again by themselves.
    const { inlayHint, codeLens } = this.#client.workspace ?? {};
    const asked = [
      ...(inlayHint?.refreshSupport === true ? [this.#connection.languages.inlayHint.refresh()] : []),
      ...(codeLens?.refreshSupport === true ? [this.#connection.sendRequest(CodeLensRefreshRequest.type)] : []),
    ];
    for (const one of asked)
      one.catch((error: unknown) => {
        this.#connection.console.warn(`The client does not refresh what it shows: ${String(error)}`);
      });
  }

  #close(uri: string): void {
    const isChapter = this.#engine.chapter(uri) !== undefined;
    this.#engine.closeDocument(uri);
    if (!isChapter) return;
    this.#lastPublished.delete(uri);
    this.#previews.close(uri);
    this.#published.take(uri, new Map());
    this.#workspaceCheck.closed(uri);
  }

  #publish({ uri, answeredEarly }: ChapterDocument, checked: Checked): void {
    const { analysis, findings, version } = checked;
    this.#published.take(uri, diagnosticsByUri(findings, analysis.chapter, uri, this.#links), version);
    void this.#connection.sendNotification(STATUS, statusOf(uri, checked));
    const last = this.#lastPublished.get(uri);
    // More findings of the same values.
    if (last === analysis) return;
    // The editor asks anew after an edit, but not where a package has changed, or what it asked for was not known yet.
    if (answeredEarly || last?.version === version) this.#refreshHints();
    this.#lastPublished.set(uri, analysis);
  }

  /** What a request is answered with; what goes wrong in it is told in the protocol's terms. */
  async #answer<R>(ask: () => Promise<R>): Promise<R | ResponseError<void>> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ResponseError) return error;
      if (error instanceof Cancelled) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      if (error instanceof Superseded)
        return new ResponseError(LSPErrorCodes.ContentModified, 'the chapter has changed');
      const message = thrownText(error);
      this.#connection.console.error(message);
      return new ResponseError(ErrorCodes.InternalError, message);
    }
  }
}

/** The modules that are not at hand, each at the first place that asks for it. */
function missingModules({ faultyCells, chapter }: Checked['analysis']): Pick<StatusParams, 'missing'> {
  const lines = new Map<string, number>();
  for (const { unknowns } of faultyCells)
    for (const { kind, subject, range } of unknowns)
      if (kind === 'module' && range !== undefined && !lines.has(subject))
        lines.set(subject, chapter.lines.chapterLineAt(range.start) + 1);
  return lines.size === 0 ? {} : { missing: [...lines].map(([module, line]) => ({ module, line })) };
}

/** Why nothing of a chapter is evaluated, where its author may wonder. */
function quietNote({ uri, execution, writtenRefs, cells }: Chapter): Pick<StatusParams, 'quiet'> {
  if (isPartial(pathOfUri(uri) ?? '')) return { quiet: 'This file is evaluated where chapters include it.' };
  const { engine, language, enabled, runsPython } = execution;
  if (runsPython) return {};
  const nothing = 'Nothing is evaluated here';
  if (engine === 'jupyter' && language === 'python' && !enabled)
    return { quiet: `${nothing}: execution is disabled for this chapter (\`execute: enabled: false\`).` };
  if (engine === 'knitr') return { quiet: `${nothing}: this chapter's engine is knitr.` };
  if (engine !== 'markdown') return { quiet: `${nothing}: this chapter's kernel runs ${language}, not Python.` };
  if (writtenRefs + cells.length === 0) return {};
  return {
    quiet: `${nothing}: Quarto runs no engine for a chapter without a cell, and leaves its references as they are written.`,
  };
}

function statusOf(uri: string, { analysis, findings, version: at }: Checked): StatusParams {
  const stuck = analysis.faultyCells.find(cell => cell.fault?.budget === 'time');
  return {
    uri,
    version: at,
    cells: analysis.cells.length,
    ...analysis.counts,
    errors: findings.filter(finding => finding.severity === 'error').length,
    warnings: findings.filter(finding => finding.severity === 'warning').length,
    pending: analysis.cells.some(cell => cell.pending),
    stale: analysis.faultyCells.some(cell => cell.stale),
    ...quietNote(analysis.chapter),
    ...missingModules(analysis),
    ...(stuck === undefined ? {} : { stuckCell: stuck.cell.index }),
  };
}
