/** The language server as the extension sees it: starts with the first chapter, and again when it ends or does not answer. */
import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  ErrorAction,
  InlayHintRequest,
  type LanguageClientOptions,
  type MessageTransports,
  State,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageclient';
import { PING, PREVIEW_UPDATE, type PreviewUpdate, STATUS, type StatusParams, SUSPEND } from '../server/protocol';
import { isChapterLanguage } from './chapters';
import { LANGUAGES, SECTION } from './ids';
import type { HostedServer, ServerHost } from './serverHost';
import { LOOK_INTERVAL, Supervisor, Watchdog } from './supervision';

/** How the server does. */
export type ServerState =
  /** No chapter has been opened yet, or the extension ends. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** It has ended, and another one is starting: what is shown is old for a moment. */
  | { readonly kind: 'restarting' }
  /** It has ended for good: what is shown is old until the author starts it. */
  | { readonly kind: 'down'; readonly reason: string };

/** A server that starts gets this long to answer for the first time. */
const START_LIMIT = 60_000;
/** A server that is told to end gets this long. */
const GRACE = 3000;

/** A server's process with the client that speaks to it. */
interface Session {
  readonly client: BaseLanguageClient;
  hosted: HostedServer | undefined;
  timer: NodeJS.Timeout | undefined;
}

export class Server implements vscode.Disposable {
  readonly #host: ServerHost;
  readonly #output: vscode.LogOutputChannel;
  readonly #supervisor = new Supervisor();
  readonly #status = new vscode.EventEmitter<StatusParams>();
  readonly #updates = new vscode.EventEmitter<PreviewUpdate>();
  readonly #started = new vscode.EventEmitter<void>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #told = new vscode.EventEmitter<vscode.TextDocumentChangeEvent>();
  #state: ServerState = { kind: 'idle' };
  #session: Session | undefined;
  #starting: Promise<BaseLanguageClient> | undefined;
  #hintLabel: (uri: vscode.Uri, at: vscode.Position) => string | undefined = () => undefined;

  /** What the status bar shows. */
  readonly onStatus = this.#status.event;
  /** Changes of previewed chapters. */
  readonly onPreviewUpdate = this.#updates.event;
  /** A server started, for the first time or again. */
  readonly onStarted = this.#started.event;
  /** The state of the server, or which chapters are suspended, has changed. */
  readonly onStateChanged = this.#changed.event;
  /** The server was told of a change: what it is asked from then on, it answers for the text as it is now. */
  readonly onChangeTold = this.#told.event;

  constructor(host: ServerHost, output: vscode.LogOutputChannel) {
    this.#host = host;
    this.#output = output;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** True where the server is to parse a chapter without running its cells. */
  isHeld(uri: vscode.Uri): boolean {
    return this.#supervisor.isHeld(uri.toString());
  }

  /** The client of the running server, which is started where it is not. Rejects where it ended for good. */
  start(): Promise<BaseLanguageClient> {
    if (this.#state.kind === 'down') return Promise.reject(new Error(this.#state.reason));
    this.#starting ??= this.#start(this.#state.kind === 'restarting');
    return this.#starting;
  }

  /** Starts the server at the author's wish, whatever happened before. */
  async restart(): Promise<void> {
    await this.stop();
    this.#supervisor.forgive();
    await this.start();
  }

  async stop(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#starting = undefined;
    this.#enter({ kind: 'idle' });
    if (session !== undefined) await this.#close(session);
  }

  /** Runs the cells of a chapter that was suspended. */
  async release(uri: vscode.Uri): Promise<void> {
    this.#supervisor.release(uri.toString());
    this.#changed.fire();
    await this.notify(SUSPEND, { uris: this.#suspendedByServer });
  }

  get #suspendedByServer(): readonly string[] {
    return this.#supervisor.suspended.map(uri => this.uriOf(vscode.Uri.parse(uri)));
  }

  /** The name of a document as the server knows it, for requests and notifications. */
  uriOf(uri: vscode.Uri): string {
    return this.#host.uris.toServer(uri);
  }

  /** A document as the editor knows it, of its name in an answer of the server. */
  editorUri(uri: string): vscode.Uri {
    return this.#host.uris.fromServer(uri);
  }

  /** Asks the server, or answers undefined where it does not run. */
  async request<R>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<R | undefined> {
    const client = await this.#starting?.catch(() => undefined);
    return client?.sendRequest<R>(method, params, token);
  }

  /** Asks the server for an edit; undefined where it has none, or does not run. */
  requestEdit(method: string, params: unknown): Promise<vscode.WorkspaceEdit | undefined> {
    return this.#requestFor(method, params, (edit: WorkspaceEdit, converter) => converter.asWorkspaceEdit(edit));
  }

  /** The same for edits of one document. */
  requestTextEdits(method: string, params: unknown): Promise<vscode.TextEdit[] | undefined> {
    return this.#requestFor(method, params, (edits: TextEdit[], converter) => converter.asTextEdits(edits));
  }

  /** Asks for what the editor has a type of its own for. */
  async #requestFor<A, R>(
    method: string,
    params: unknown,
    convert: (answer: A, converter: BaseLanguageClient['protocol2CodeConverter']) => Promise<R>,
  ): Promise<R | undefined> {
    const client = await this.#starting?.catch(() => undefined);
    const answer = await client?.sendRequest<A | null>(method, params);
    return client === undefined || answer === undefined || answer === null
      ? undefined
      : convert(answer, client.protocol2CodeConverter);
  }

  async notify(method: string, params: unknown): Promise<void> {
    const client = await this.#starting?.catch(() => undefined);
    await client?.sendNotification(method, params);
  }

  /** Has inlay hints say something else, where `labelOf` knows what. */
  relabelHints(labelOf: (uri: vscode.Uri, at: vscode.Position) => string | undefined): void {
    this.#hintLabel = labelOf;
  }

  #relabelled(hint: vscode.InlayHint, uri: vscode.Uri): vscode.InlayHint {
    const label = this.#hintLabel(uri, hint.position);
    if (label === undefined) return hint;
    const told = new vscode.InlayHint(hint.position, label, hint.kind);
    told.paddingLeft = true;
    return told;
  }

  /** Hints are to say other things than before. */
  refreshHints(document: vscode.TextDocument): void {
    this.#session?.client.getFeature(InlayHintRequest.method).getProvider(document)?.onDidChangeInlayHints.fire();
  }

  /** Tells the log of a fault in what nobody waits for. */
  readonly report = (error: unknown): void => {
    this.#output.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };

  dispose(): void {
    this.stop().catch(this.report);
    for (const each of [this.#status, this.#updates, this.#started, this.#changed, this.#told]) each.dispose();
  }

  #enter(state: ServerState): void {
    this.#state = state;
    this.#changed.fire();
  }

  async #start(isAgain: boolean): Promise<BaseLanguageClient> {
    this.#enter({ kind: isAgain ? 'restarting' : 'starting' });
    const session: Session = { client: this.#makeClient(), hosted: undefined, timer: undefined };
    this.#session = session;
    try {
      await session.client.start();
    } catch (error) {
      // Where the process has ended, that has been dealt with.
      if (this.#session === session) this.#giveUp(`The server did not start: ${messageOf(error)}`);
      throw error;
    }
    return session.client;
  }

  #makeClient(): BaseLanguageClient {
    const { schemes, uris } = this.#host;
    const tell = (document: vscode.TextDocument): void => {
      if (isChapterLanguage(document)) this.#supervisor.told(document.uri.toString(), document.version);
    };
    const options: LanguageClientOptions = {
      documentSelector: [
        ...LANGUAGES.flatMap(language => schemes?.map(scheme => ({ scheme, language })) ?? [{ language }]),
        // Packages beside the chapters: what is typed there shows in the chapters.
        schemes === undefined ? { language: 'python' } : { scheme: 'file', language: 'python' },
      ],
      outputChannel: this.#output,
      initializationOptions: () => ({
        // As plain data: what VS Code gives cannot be sent to a worker.
        settings: JSON.parse(JSON.stringify(vscode.workspace.getConfiguration(SECTION))),
        suspended: this.#suspendedByServer,
        commands: true,
        ...this.#host.initializationOptions(),
      }),
      uriConverters: { code2Protocol: uris.toServer, protocol2Code: uris.fromServer },
      initializationFailedHandler: () => false,
      // The process tells of its end itself, and what follows is decided there.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
      },
      middleware: {
        didOpen: (document, next) => {
          tell(document);
          return next(document);
        },
        didChange: async (event, next) => {
          tell(event.document);
          await next(event);
          this.#told.fire(event);
        },
        didClose: (document, next) => {
          this.#supervisor.closed(document.uri.toString());
          return next(document);
        },
        // `FenceTyping` asks, whatever the editor's setting of formatting while typing.
        provideOnTypeFormattingEdits: () => [],
        provideInlayHints: async (document, range, token, next) =>
          (await next(document, range, token))?.map(hint => this.#relabelled(hint, document.uri)),
      },
      markdown: { isTrusted: { enabledCommands: [] }, supportHtml: false },
    };
    const start = async (): Promise<MessageTransports> => this.#startServer(client);
    const client: BaseLanguageClient = this.#host.makeClient(start, options);
    client.onNotification(STATUS, (params: StatusParams) => {
      const uri = uris.fromServer(params.uri).toString();
      this.#supervisor.finished(uri, params.version);
      this.#status.fire({ ...params, uri });
    });
    client.onNotification(PREVIEW_UPDATE, (params: PreviewUpdate) =>
      this.#updates.fire({ ...params, uri: uris.fromServer(params.uri).toString() }),
    );
    client.onDidChangeState(({ newState }) => {
      const session = this.#session;
      if (newState !== State.Running || session === undefined || session.client !== client) return;
      this.#watch(session);
      this.#enter({ kind: 'running' });
      this.#started.fire();
    });
    return client;
  }

  async #startServer(client: BaseLanguageClient): Promise<MessageTransports> {
    const session = this.#session;
    const hosted = await this.#host.start(
      text => this.#output.info(text),
      how => session !== undefined && this.#ended(session, how),
    );
    if (session === undefined || session !== this.#session || session.client !== client) {
      hosted.end(0);
      throw new Error('the server has been stopped');
    }
    session.hosted = hosted;
    if (!this.#host.isDebugged)
      session.timer = setTimeout(() => {
        this.#output.error(`The server has not started within ${START_LIMIT / 1000} seconds and is ended.`);
        session.hosted?.kill();
      }, START_LIMIT);
    return hosted.transports;
  }

  #watch(session: Session): void {
    clearTimeout(session.timer);
    if (this.#host.isDebugged) return;
    const watchdog = new Watchdog({
      ping: () => session.client.sendRequest(PING),
      hung: () => {
        this.#output.error('The server has not answered for 10 seconds and is ended.');
        session.hosted?.kill();
      },
    });
    session.timer = setInterval(() => watchdog.look(Date.now()), LOOK_INTERVAL);
  }

  #ended(session: Session, how: string): void {
    if (session !== this.#session) return;
    this.#output.error(`The server has ended: ${how}.`);
    this.#session = undefined;
    this.#starting = undefined;
    this.#close(session).catch(this.report);
    if (this.#supervisor.ended(Date.now())) {
      this.#enter({ kind: 'restarting' });
      this.start().catch(this.report);
    } else this.#giveUp('The server ended three times within three minutes.');
  }

  #giveUp(reason: string): void {
    this.#output.error(reason);
    const session = this.#session;
    this.#session = undefined;
    this.#starting = undefined;
    this.#enter({ kind: 'down', reason });
    if (session !== undefined) this.#close(session).catch(this.report);
  }

  async #close({ client, hosted, timer }: Session): Promise<void> {
    clearTimeout(timer);
    hosted?.end(GRACE);
    try {
      await client.dispose();
    } catch (error) {
      // A server that has ended cannot say good-bye.
      this.#output.debug(messageOf(error));
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
