/** The language server: connects the protocol with open chapters, the table of features, previews and the workspace. */
import { dirname } from 'node:path';
import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  ErrorCodes,
  type InitializeParams,
  LSPErrorCodes,
  MessageType,
  ResponseError,
} from 'vscode-languageserver/node';
import type { Finding } from '../diagnostics';
import { packageFindings } from '../diagnostics/packageFindings';
import { Evaluator } from '../evaluation/evaluator';
import type { FeatureContext, Handler } from '../features';
import type { FileAccess } from '../files/access';
import { isInside } from '../files/paths';
import { workspaceRoot } from '../files/roots';
import { pathOfUri, UriMap, uriOfPath } from '../files/uri';
import {
  CHECK_WORKSPACE,
  CLOSE_PREVIEW,
  type ClosePreviewParams,
  OPEN_PREVIEW,
  type OpenPreviewParams,
  type Settings,
  STATUS,
  type StatusParams,
} from '../protocol';
import { PackageStore, Packages, troubleWithRoot } from '../workspace/packages';
import { unreadableFiles } from '../workspace/unreadable';
import { WorkspaceCheck } from './background';
import { diagnosticsOf } from './diagnostics';
import { type Analysed, OpenDocument, Overtaken } from './document';
import { PackageDocuments } from './packageDocuments';
import { Previews } from './previews';
import { readSettings } from './settings';
import { Trials } from './trials';

/** The answering parts of the features, by the method that each answers. */
// biome-ignore lint/suspicious/noExplicitAny: each feature has parameters and results of its own
export type LoadedFeatures = ReadonlyMap<string, Handler<any, any>>;

interface Opened {
  readonly document: OpenDocument;
  readonly packages: Packages;
}

/** One server for one client. */
export class LanguageServer {
  readonly #connection: Connection;
  readonly #features: LoadedFeatures;
  readonly #documents = new UriMap<Opened>();
  readonly #store = new PackageStore();
  readonly #previews: Previews;
  readonly #background: WorkspaceCheck;
  readonly #packages: PackageDocuments;
  /** Versions of the documents for which results were last published. */
  readonly #hinted = new UriMap<number>();
  readonly #toldRoots = new Set<string>();
  #settings: Settings = readSettings(undefined);
  #folders: readonly string[] = [];
  #pullsSettings = false;

  /** Serves a client that has just been answered; `loaded` are the features, by method. */
  constructor(connection: Connection, params: InitializeParams, loaded: LoadedFeatures) {
    this.#connection = connection;
    this.#features = loaded;
    this.#previews = new Previews(
      connection,
      () => this.#settings,
      path => this.#filesOf(path),
    );
    this.#packages = new PackageDocuments({
      store: this.#store,
      placeOf: path => ({ workspace: this.#workspaceOf(path), extra: this.#settings.packageRoots }),
      isImported: path => this.#isImported(path),
      nameOf: path => this.#moduleName(path),
      changed: path => this.#packagesChanged(new Set([path])),
      publish: (uri, at, diagnostics) => {
        void this.#connection.sendDiagnostics({ uri, version: at, diagnostics: [...diagnostics] });
      },
      diagnosticsOf: view =>
        diagnosticsOf(packageFindings(view, this.#settings.rules), view.module, uriOfPath(view.module.file)),
    });
    this.#background = new WorkspaceCheck(connection, {
      folders: () => this.#folders,
      isOpen: uri => this.#documents.has(uri),
      settings: () => this.#settings,
    });
    this.#settings = readSettings((params.initializationOptions as { settings?: unknown } | undefined)?.settings);
    const folders =
      params.workspaceFolders?.map(folder => folder.uri) ?? (params.rootUri === null ? [] : [params.rootUri]);
    this.#folders = folders.flatMap(uri => pathOfUri(uri) ?? []);
    this.#pullsSettings = params.capabilities.workspace?.configuration === true;
    this.#background.reportsProgress = params.capabilities.window?.workDoneProgress === true;
    this.#register();
  }

  #register(): void {
    const connection = this.#connection;
    connection.onInitialized(() => this.#initialized());
    connection.onShutdown(async () => {
      await Promise.all([this.#background.stop(), this.#previews.stop()]);
    });
    connection.onDidChangeConfiguration(params => this.#configure(params));
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
    connection.onDidChangeWatchedFiles(({ changes }) => this.#filesChanged(changes.map(change => change.uri)));
    connection.onRequest(OPEN_PREVIEW, (params: OpenPreviewParams) => this.#openPreview(params));
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
    for (const root of this.#settings.packageRoots) {
      const troubles = this.#folders.map(folder => troubleWithRoot(root, folder));
      // With several folders open, a root need not be in all of them.
      if (troubles.length === 0 || troubles.includes(undefined) || this.#toldRoots.has(root)) continue;
      this.#toldRoots.add(root);
      void this.#connection.sendNotification('window/showMessage', {
        type: MessageType.Warning,
        message: `reckoner.packageRoots: "${root}" is passed over: ${troubles[0]}.`,
      });
    }
  }

  #initialized(): void {
    if (this.#pullsSettings) {
      void this.#connection.client.register(DidChangeConfigurationNotification.type, { section: 'reckoner' });
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.flatMap(folder => pathOfUri(folder.uri) ?? []));
        const kept = this.#folders.filter(folder => !gone.has(folder));
        this.#folders = [...kept, ...added.flatMap(folder => pathOfUri(folder.uri) ?? [])];
        this.#background.start(false);
      });
    }
    this.#checkRoots();
    this.#background.start(false);
  }

  async #configure(params: DidChangeConfigurationParams): Promise<void> {
    const sent = (params.settings as { reckoner?: unknown } | null)?.reckoner;
    const given =
      sent ?? (this.#pullsSettings ? await this.#connection.workspace.getConfiguration('reckoner') : undefined);
    const before = this.#settings;
    this.#settings = readSettings(given);
    this.#checkRoots();
    const evaluatesOtherwise =
      JSON.stringify([before.budgets, before.packageRoots]) !==
      JSON.stringify([this.#settings.budgets, this.#settings.packageRoots]);
    for (const [uri, { document }] of this.#documents) {
      if (evaluatesOtherwise) this.#open(uri, document.version, document.chapter.text);
      else document.refresh();
    }
    if (before.preview.tikz !== this.#settings.preview.tikz) this.#previews.refresh();
    if (before.inlayHints !== this.#settings.inlayHints) this.#refreshHints();
    this.#background.start(false);
  }

  #refreshHints(): void {
    // Clients that cannot refresh ask again by themselves.
    this.#connection.languages.inlayHint.refresh().catch(() => undefined);
  }

  // ------------------------------------------------------------------------------------------------ documents

  #open(uri: string, at: number, text: string): void {
    this.#documents.get(uri)?.document.close();
    this.#background.pause();
    const path = pathOfUri(uri);
    const { packageRoots, budgets } = this.#settings;
    const root = path === undefined ? undefined : this.#workspaceOf(path);
    const place =
      path === undefined || root === undefined
        ? undefined
        : { folder: dirname(path), workspace: root, extra: packageRoots };
    const packages = new Packages(place, this.#store);
    const trials = new Trials({ budgets, packageRoots, ...(root === undefined ? {} : { root }) });
    const evaluator = new Evaluator({ modules: packages, budgets, permit: source => trials.permit(source) });
    const document = new OpenDocument(uri, at, text, evaluator, {
      levels: () => this.#settings.rules,
      unreadable: chapter => (path === undefined ? [] : unreadableFiles(path, chapter, this.#filesOf(path))),
      log: message => this.#connection.console.error(message),
      analysed: (one, result) => this.#publish(one, result),
      postponed: (one, sources) => trials.begin(one, path ?? uri, sources),
    });
    this.#documents.set(uri, { document, packages });
  }

  /** The innermost folder of the workspace that holds a file; for a file outside, its own project. */
  #workspaceOf(path: string): string {
    const around = this.#folders.filter(folder => isInside(path, folder));
    return around.sort((a, b) => b.length - a.length)[0] ?? workspaceRoot(path);
  }

  #filesOf(path: string): FileAccess {
    return this.#store.filesOf(this.#workspaceOf(path));
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

  #filesChanged(uris: readonly string[]): void {
    const paths = new Set(uris.flatMap(uri => pathOfUri(uri) ?? []));
    if ([...paths].some(path => path.endsWith('.py'))) {
      const dropped = this.#packages.saved(paths);
      if (this.#store.refresh() || dropped) this.#packagesChanged(paths);
    }
    this.#background.filesChanged([...paths]);
  }

  /** Evaluates anew the chapters that looked for one of these files. */
  #packagesChanged(paths: ReadonlySet<string>): void {
    for (const { document, packages } of this.#documents.values())
      if ([...paths].some(path => packages.looked.has(path))) {
        document.evaluator.reset();
        document.refresh();
      }
    this.#packages.refresh();
  }

  #isImported(path: string): boolean {
    for (const { document, packages } of this.#documents.values()) {
      if (packages.looked.get(path) === undefined) continue;
      // While the chapter is being evaluated, what it looked for is all that is known.
      if (document.result === undefined) return true;
      for (const { file } of document.evaluator.packageFiles.values()) if (file === path) return true;
    }
    return false;
  }

  #moduleName(path: string): string | undefined {
    for (const { document } of this.#documents.values())
      for (const [name, { file }] of document.evaluator.packageFiles) if (file === path) return name;
    return undefined;
  }

  // ------------------------------------------------------------------------------------------------ requests

  #context(uri: string, findings: readonly Finding[]): FeatureContext {
    const chapters = () =>
      [...this.#documents].flatMap(([one, { document }]) =>
        document.result === undefined ? [] : [{ uri: one, analysis: document.result.analysis }],
      );
    return { uri, settings: this.#settings, findings, chapters };
  }

  #answerInPackage(uri: string, feature: Handler<unknown, unknown>, params: object): unknown {
    const view = this.#packages.view(uri);
    return view === undefined ? null : (feature.inPackage?.(view, params, this.#context(uri, [])) ?? null);
  }

  /** Answers from the analysis of the present version, never from one that is gone by the time of the answer. */
  async #answer<R>(
    uri: string,
    token: CancellationToken,
    handle: (result: Analysed) => R,
  ): Promise<R | null | ResponseError<void>> {
    const opened = this.#documents.get(uri);
    if (opened === undefined) return null;
    try {
      const result = opened.document.result ?? (await opened.document.current());
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      return handle(result);
    } catch (error) {
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
