/** The language server as the extension sees it: starts with the first chapter, restarts on demand. */
import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { PREVIEW_UPDATE, type PreviewUpdate, STATUS, type StatusParams } from '../server/protocol';
import { LANGUAGES, SECTION } from './ids';

/**
 * A thousand frames of Python take more stack than Node gives its main thread. Where the system gives that thread eight
 * megabytes, half of them may be used.
 */
const STACK = process.platform === 'win32' ? [] : ['--stack-size=3900'];

export class Server implements vscode.Disposable {
  readonly #module: string;
  readonly #output: vscode.LogOutputChannel;
  readonly #status = new vscode.EventEmitter<StatusParams>();
  readonly #updates = new vscode.EventEmitter<PreviewUpdate>();
  readonly #started = new vscode.EventEmitter<void>();
  readonly #failed = new vscode.EventEmitter<string>();
  #client: LanguageClient | undefined;
  #starting: Promise<LanguageClient> | undefined;

  /** What the status bar shows. */
  readonly onStatus = this.#status.event;
  /** Changes of previewed chapters. */
  readonly onPreviewUpdate = this.#updates.event;
  /** A server started, for the first time or again. */
  readonly onStarted = this.#started.event;
  /** The server could not start or ended for good. */
  readonly onFailed = this.#failed.event;

  constructor(context: vscode.ExtensionContext, output: vscode.LogOutputChannel) {
    this.#module = context.asAbsolutePath('dist/server.js');
    this.#output = output;
  }

  get running(): boolean {
    return this.#client?.state === State.Running;
  }

  /** The client of the running server, which is started where it is not. */
  start(): Promise<LanguageClient> {
    this.#starting ??= this.#start().catch((error: unknown) => {
      this.#starting = undefined;
      const message = error instanceof Error ? error.message : String(error);
      this.#output.error(`The server did not start: ${message}`);
      this.#failed.fire(message);
      throw error;
    });
    return this.#starting;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    const starting = this.#starting;
    this.#starting = undefined;
    this.#client = undefined;
    const client = await starting?.catch(() => undefined);
    await client?.dispose();
  }

  /** Asks the server, or answers undefined where it does not run. */
  async request<R>(method: string, params: unknown): Promise<R | undefined> {
    const client = await this.#starting?.catch(() => undefined);
    return client?.sendRequest<R>(method, params);
  }

  async notify(method: string, params: unknown): Promise<void> {
    const client = await this.#starting?.catch(() => undefined);
    await client?.sendNotification(method, params);
  }

  dispose(): void {
    void this.stop();
    for (const each of [this.#status, this.#updates, this.#started, this.#failed]) each.dispose();
  }

  async #start(): Promise<LanguageClient> {
    const run = { module: this.#module, transport: TransportKind.ipc, options: { execArgv: STACK } };
    const debug = { ...run, options: { execArgv: [...STACK, '--nolazy', '--inspect=6029'] } };
    const server: ServerOptions = { run, debug };
    const schemes = ['file', 'untitled', 'vscode-remote', 'vscode-vfs'];
    const options: LanguageClientOptions = {
      documentSelector: [
        ...schemes.flatMap(scheme => LANGUAGES.map(language => ({ scheme, language }))),
        // Packages beside the chapters: what is typed there shows in the chapters.
        { scheme: 'file', language: 'python' },
      ],
      outputChannel: this.#output,
      initializationOptions: { settings: vscode.workspace.getConfiguration(SECTION) },
      markdown: { isTrusted: { enabledCommands: [] }, supportHtml: false },
    };
    const client = new LanguageClient(SECTION, 'Reckoner', server, options);
    client.onNotification(STATUS, (params: StatusParams) => this.#status.fire(params));
    client.onNotification(PREVIEW_UPDATE, (params: PreviewUpdate) => this.#updates.fire(params));
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.#started.fire();
    });
    this.#client = client;
    await client.start();
    return client;
  }
}
