/** The language server: connects the protocol with open chapters, the table of features, previews and the workspace. */

import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  FileChangeType,
  type InitializeParams,
  LSPErrorCodes,
  MessageType,
  ResponseError,
} from 'vscode-languageserver';
import type { Finding } from '../diagnostics';
import { packageFindings } from '../diagnostics/packageFindings';
import type { FeatureContext, Handler } from '../features';
import type { FileAccess, FileChange } from '../files/access';
import { dirname } from '../files/path';
import { pathOfUri, UriMap, uriKey, uriOfPath } from '../files/uri';
import { FigureDrawings } from '../process/figures';
import { EvaluationPool } from '../process/pool';
import {
  CHECK_WORKSPACE,
  CLOSE_PREVIEW,
  type ClosePreviewParams,
  HOLD,
  type HoldParams,
  OPEN_PREVIEW,
  type OpenPreviewParams,
  PING,
  type Settings,
  STATUS,
  type StatusParams,
} from '../protocol';
import { PackageStore, Packages, troubleWithRoot } from '../workspace/packages';
import { tooLong } from '../workspace/unreadable';
import { WorkspaceCheck } from './background';
import { diagnosticsOf } from './diagnostics';
import { type Analysed, OpenDocument, Overtaken } from './document';
import { FileChanges, WATCHERS } from './fileChanges';
import { SECTION, WorkspaceFolders } from './folders';
import { NamedFiles } from './namedFiles';
import { PackageDocuments } from './packageDocuments';
import type { Platform } from './platform';
import { Previews } from './previews';

/** The answering parts of the features, by the method that each answers. */
// biome-ignore lint/suspicious/noExplicitAny: each feature has parameters and results of its own
export type LoadedFeatures = ReadonlyMap<string, Handler<any, any>>;

interface Opened {
  readonly document: OpenDocument;
  readonly packages: Packages;
  readonly named: NamedFiles | undefined;
  /** What its evaluation depends on beside its text, to see whether that has changed. */
  readonly conditions: string;
  /** The same for its findings and for how they and its values are shown. */
  presentation: string;
}

/** One server for one client. */
export class LanguageServer {
  readonly #connection: Connection;
  readonly #features: LoadedFeatures;
  readonly #documents = new UriMap<Opened>();
  readonly #store: PackageStore;
  readonly #platform: Platform;
  readonly #pool: EvaluationPool;
  readonly #figures = new FigureDrawings();
  readonly #previews: Previews;
  readonly #background: WorkspaceCheck;
  readonly #packages: PackageDocuments;
  /** Versions of the documents for which results were last published. */
  readonly #hinted = new UriMap<number>();
  /** Keys of the chapters whose cells are not run. */
  #held: ReadonlySet<string> = new Set();
  readonly #toldRoots = new Set<string>();
  readonly #folders: WorkspaceFolders;
  readonly #client: ClientCapabilities;

  /** Serves a client that has just been answered; `loaded` are the features, by method. */
  constructor(connection: Connection, params: InitializeParams, loaded: LoadedFeatures, platform: Platform) {
    this.#platform = platform;
    this.#store = new PackageStore(platform.files);
    this.#connection = connection;
    this.#features = loaded;
    this.#client = params.capabilities;
    this.#folders = new WorkspaceFolders(connection, params, platform.files);
    this.#pool = new EvaluationPool(message => void connection.window.showErrorMessage(message), {
      log: message => connection.console.warn(message),
      host: platform.evaluation,
    });
    this.#pool.start();
    this.#previews = new Previews(
      connection,
      platform,
      uri => this.#settingsOf(uri),
      path => this.#filesOf(path),
      async (uri, analysis) => {
        const opened = this.#documents.get(uri);
        return opened && this.#figures.of(analysis, opened.document.evaluation);
      },
    );
    this.#packages = new PackageDocuments({
      store: this.#store,
      placeOf: path => ({
        workspace: this.#folders.rootOf(path),
        extra: this.#folders.settingsOf(path).packageRoots,
      }),
      isImported: path => this.#isImported(path),
      nameOf: path => this.#moduleName(path),
      hold: (path, text) => {
        this.#pool.hold(path, text);
        // Whether it differs shows only against what is known of the file.
        this.#store.read(path, this.#folders.rootOf(path));
        return this.#store.hold(path, text);
      },
      importModule: (name, place) => this.#pool.import(name, place),
      changed: path => this.#packagesChanged(looked => looked === path),
      publish: (uri, at, diagnostics) => {
        void this.#connection.sendDiagnostics({ uri, version: at, diagnostics: [...diagnostics] });
      },
      diagnosticsOf: view => {
        const { file } = view.module;
        const findings = packageFindings(view, this.#folders.settingsOf(file).rules);
        return diagnosticsOf(findings, view.module, uriOfPath(file));
      },
    });
    const { hold } = (params.initializationOptions ?? {}) as { hold?: unknown };
    if (Array.isArray(hold)) this.#hold(hold.filter(uri => typeof uri === 'string'));
    this.#background = new WorkspaceCheck(connection, platform, this.#folders, uri => this.#documents.has(uri));
    this.#background.reportsProgress = params.capabilities.window?.workDoneProgress === true;
    this.#register();
  }

  #register(): void {
    const connection = this.#connection;
    const platform = this.#platform;
    connection.onInitialized(() => this.#initialized());
    connection.onShutdown(async () => {
      this.#background.stop();
      this.#pool.close();
      await this.#previews.stop();
    });
    connection.onDidChangeConfiguration(({ settings }: DidChangeConfigurationParams) => {
      this.#folders.take((settings as { [SECTION]?: unknown } | null)?.[SECTION]);
      return this.#configure();
    });
    connection.onDidOpenTextDocument(({ textDocument: { uri, version: at, text } }) => {
      const path = pathOfUri(uri);
      if (!uri.endsWith('.py')) this.#open(uri, at, text);
      else if (path !== undefined) this.#packages.open(uri, path, at, text);
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version: at }, contentChanges }) => {
      this.#background.pause();
      if (this.#packages.has(uri)) this.#packages.change(uri, at, contentChanges);
      else this.#documents.get(uri)?.document.change(at, contentChanges);
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      if (this.#packages.has(uri)) this.#packages.close(uri);
      else this.#close(uri);
    });
    connection.onDidChangeWatchedFiles(({ changes }) =>
      platform.report(
        changes.flatMap(({ uri, type }) => {
          const path = pathOfUri(uri);
          return path === undefined ? [] : [{ path, cameOrWent: type !== FileChangeType.Changed }];
        }),
      ),
    );
    platform.files.watch(changes => this.#filesChanged(changes));
    connection.onRequest(OPEN_PREVIEW, (params: OpenPreviewParams) => this.#openPreview(params));
    connection.onRequest(PING, () => null);
    connection.onNotification(HOLD, ({ uris }: HoldParams) => this.#hold(uris));
    connection.onNotification(CLOSE_PREVIEW, ({ uri }: ClosePreviewParams) => this.#previews.close(uri));
    connection.onExecuteCommand(({ command }) => {
      if (command === CHECK_WORKSPACE) this.#background.start(true);
      return null;
    });
    for (const [method, feature] of this.#features)
      connection.onRequest(method, (params: { textDocument: { uri: string } }, token: CancellationToken) =>
        this.#packages.has(params.textDocument.uri)
          ? this.#answerInPackage(params.textDocument.uri, feature, params)
          : this.#answer(params.textDocument.uri, token, ({ analysis, findings }) =>
              feature.handle(analysis, params, this.#context(params.textDocument.uri, findings)),
            ),
      );
  }

  /** Tells of roots in the settings that are no folders of the workspace, each once. */
  #checkRoots(): void {
    const { paths } = this.#folders;
    for (const root of new Set(paths.flatMap(path => this.#folders.settingsOf(path).packageRoots))) {
      const having = paths.filter(path => this.#folders.settingsOf(path).packageRoots.includes(root));
      const troubles = having.map(folder => troubleWithRoot(root, folder, this.#platform.files));
      // Where several folders share a setting, its root need not be in all of them.
      if (troubles.includes(undefined) || this.#toldRoots.has(root)) continue;
      this.#toldRoots.add(root);
      void this.#connection.sendNotification('window/showMessage', {
        type: MessageType.Warning,
        message: `reckoner.packageRoots: "${root}" is passed over: ${troubles[0]}.`,
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
    await this.#configure();
  }

  /** Settings or folders may have changed: asks for them, and brings all that depends on them up to date. */
  async #configure(): Promise<void> {
    await this.#folders.refresh();
    this.#checkRoots();
    let changed = false;
    for (const [uri, opened] of [...this.#documents]) {
      const { document, conditions } = opened;
      const presentation = this.#presentationOf(uri);
      const same = opened.presentation === presentation;
      opened.presentation = presentation;
      if (conditions !== this.#conditionsOf(pathOfUri(uri))) this.#open(uri, document.version, document.chapter.text);
      else if (!same) document.refresh();
      changed ||= !same;
    }
    this.#packages.refresh();
    if (changed) {
      this.#previews.refresh();
      this.#refreshHints();
    }
    this.#background.start(false);
  }

  #refreshHints(): void {
    // Clients that cannot refresh ask again by themselves.
    if (this.#client.workspace?.inlayHint?.refreshSupport !== true) return;
    this.#connection.languages.inlayHint.refresh().catch((error: unknown) => {
      this.#connection.console.warn(`The client does not refresh its hints: ${String(error)}`);
    });
  }

  #settingsOf(uri: string): Settings {
    return this.#folders.settingsOf(pathOfUri(uri));
  }

  /** What the evaluation of a document depends on beside its text. */
  #conditionsOf(path: string | undefined): string {
    const { budgets, packageRoots } = this.#folders.settingsOf(path);
    return JSON.stringify([path === undefined ? '' : this.#folders.rootOf(path), budgets, packageRoots]);
  }

  #presentationOf(uri: string): string {
    const { rules, consequences, inlayHints, preview } = this.#settingsOf(uri);
    return JSON.stringify([rules, consequences, inlayHints, preview]);
  }

  // ------------------------------------------------------------------------------------------------ documents

  #open(uri: string, at: number, text: string): void {
    this.#documents.get(uri)?.document.close();
    this.#background.pause();
    const path = pathOfUri(uri);
    const { packageRoots, budgets } = this.#folders.settingsOf(path);
    const root = path === undefined ? undefined : this.#folders.rootOf(path);
    const place =
      path === undefined || root === undefined
        ? undefined
        : { folder: dirname(path), workspace: root, extra: packageRoots };
    const packages = new Packages(place, this.#store);
    const named = path === undefined ? undefined : new NamedFiles(path, this.#filesOf(path));
    const key = uriKey(uri);
    const isHeld = () => this.#held.has(key);
    const document = new OpenDocument(uri, at, text, {
      evaluation: evaluated => this.#pool.open({ place, budgets, modules: packages, isHeld, evaluated }),
      levels: () => this.#settingsOf(uri).rules,
      consequences: () => this.#settingsOf(uri).consequences,
      unreadable: chapter => (chapter.tooLong ? [tooLong(chapter)] : (named?.unreadable(chapter) ?? [])),
      log: message => this.#connection.console.error(message),
      analysed: (one, result) => this.#publish(one, result),
    });
    const conditions = this.#conditionsOf(path);
    const presentation = this.#presentationOf(uri);
    this.#documents.set(uri, { document, packages, named, conditions, presentation });
  }

  #filesOf(path: string): FileAccess {
    return this.#store.filesOf(this.#folders.rootOf(path));
  }

  /** These chapters are parsed and shown, and their cells are not run; all others are evaluated. */
  #hold(uris: readonly string[]): void {
    const before = this.#held;
    this.#held = new Set(uris.map(uriKey));
    for (const [uri, { document }] of this.#documents) {
      const key = uriKey(uri);
      if (before.has(key) === this.#held.has(key)) continue;
      document.evaluateAgain();
    }
  }

  #close(uri: string): void {
    this.#documents.get(uri)?.document.close();
    this.#documents.delete(uri);
    this.#hinted.delete(uri);
    this.#packages.importsChanged();
    this.#previews.close(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
    this.#background.closed(uri);
  }

  #publish(document: OpenDocument, result: Analysed): void {
    const { uri } = document;
    const { analysis, findings, version: at } = result;
    void this.#connection.sendDiagnostics({
      uri,
      version: at,
      diagnostics: diagnosticsOf(findings, analysis.chapter, uri),
    });
    void this.#connection.sendNotification(STATUS, statusOf(uri, result));
    this.#previews.update(uri, analysis);
    this.#packages.importsChanged();
    // The editor asks anew after an edit, but not where a package has changed.
    if (this.#hinted.get(uri) === at) this.#refreshHints();
    this.#hinted.set(uri, at);
  }

  #filesChanged(changes: readonly FileChange[]): void {
    const files = new FileChanges(changes, path => this.#filesOf(path).stat(path)?.kind);
    if (files.mayConcernPackages) {
      this.#packages.saved(new Set(files.paths));
      this.#store.refresh();
      this.#pool.refresh();
      this.#packagesChanged(path => files.concerns(path));
    }
    const inAll = files.configurations.length > 0;
    let shown = files.hasImages;
    for (const { document, named } of this.#documents.values()) {
      if (!inAll && named?.isConcerned(files) !== true) continue;
      named?.forget();
      document.refresh();
      shown = true;
    }
    if (shown) this.#previews.refresh();
    this.#background.filesChanged(files);
  }

  /** Evaluates anew the chapters that looked for one of these files. */
  #packagesChanged(isConcerned: (path: string) => boolean): void {
    for (const { document, packages } of this.#documents.values())
      if ([...packages.looked.keys(), ...document.evaluation.lookedAt].some(isConcerned)) document.evaluateAgain();
    this.#packages.refresh();
  }

  #isImported(path: string): boolean {
    for (const { document } of this.#documents.values()) {
      if (document.evaluation.looked(path) !== true) continue;
      // While the chapter is being evaluated, what it looked for is all that is known.
      if (document.result === undefined || document.evaluation.modules.some(({ file }) => file === path)) return true;
    }
    return false;
  }

  #moduleName(path: string): string | undefined {
    for (const { document } of this.#documents.values())
      for (const { name, file } of document.evaluation.modules) if (file === path) return name;
    return undefined;
  }

  // ------------------------------------------------------------------------------------------------ requests

  #context(uri: string, findings: readonly Finding[]): FeatureContext {
    const chapters = () =>
      [...this.#documents].flatMap(([one, { document }]) =>
        document.result === undefined ? [] : [{ uri: one, analysis: document.result.analysis }],
      );
    return { uri, settings: this.#settingsOf(uri), findings, chapters };
  }

  async #answerInPackage(uri: string, feature: Handler<unknown, unknown>, params: object): Promise<unknown> {
    const view = await this.#packages.view(uri);
    return view === undefined ? null : (feature.inPackage?.(view, params, this.#context(uri, [])) ?? null);
  }

  /** Answers from the analysis of the present version, never from one that is gone by the time of the answer. */
  async #answer<R>(
    uri: string,
    token: CancellationToken,
    handle: (result: Analysed) => R | Promise<R>,
  ): Promise<R | null | ResponseError<void>> {
    const opened = this.#documents.get(uri);
    if (opened === undefined) return null;
    try {
      const result = opened.document.result ?? (await opened.document.current());
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      return await handle(result);
    } catch (error) {
      if (error instanceof ResponseError) return error;
      if (error instanceof Overtaken)
        return new ResponseError(LSPErrorCodes.ContentModified, 'the chapter has changed');
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#connection.console.error(message);
      return new ResponseError(ErrorCodes.InternalError, message);
    }
  }

  async #openPreview({ uri }: OpenPreviewParams): Promise<unknown> {
    const opened = this.#documents.get(uri);
    if (opened === undefined) return null;
    this.#previews.open(uri);
    const { analysis } = await opened.document.current();
    return this.#previews.complete(uri, analysis);
  }
}

function statusOf(uri: string, { analysis, findings, version: at }: Analysed): StatusParams {
  const stuck = analysis.cells.find(cell => cell.fault?.budget === 'time');
  return {
    uri,
    version: at,
    cells: analysis.cells.length,
    ...analysis.counts,
    errors: findings.filter(finding => finding.severity === 'error').length,
    warnings: findings.filter(finding => finding.severity === 'warning').length,
    stale: analysis.cells.some(cell => cell.stale),
    ...(stuck === undefined ? {} : { stuckCell: stuck.cell.index }),
  };
}
