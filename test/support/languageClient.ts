/** A small language client: starts the server over standard input and output, and speaks the protocol with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { ConfigurationItem, Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';

interface Waiting {
  readonly wanted: (params: PublishDiagnosticsParams) => boolean;
  readonly resolve: (params: PublishDiagnosticsParams) => void;
}

export class TestClient {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** Everything that was published, in order. */
  readonly published: PublishDiagnosticsParams[] = [];
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  /** What the server has asked of the client. */
  readonly requests: { readonly method: string; readonly params: unknown }[] = [];
  /** What the client answers to `workspace/configuration`, for each thing that is asked for. */
  configuration: (item: ConfigurationItem) => unknown = () => null;
  capabilities: Record<string, unknown> = {};
  #waiting: Waiting[] = [];
  readonly #texts = new Map<string, { version: number; text: string }>();

  constructor(script: string, ...args: string[]) {
    // What servers keep from one start to the next is that of the tests of a file, beside their program.
    const env = { ...process.env, RECKONER_CACHE: join(dirname(script), 'cache') };
    this.process = spawn(process.execPath, [script, ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onNotification((method, params) => {
      this.notifications.push({ method, params });
      if (method === 'textDocument/publishDiagnostics') this.#take(params as PublishDiagnosticsParams);
    });
    this.connection.onRequest((method, params) => {
      this.requests.push({ method, params });
      const items = (params as { items?: ConfigurationItem[] } | undefined)?.items ?? [];
      return method === 'workspace/configuration' ? items.map(item => this.configuration(item)) : null;
    });
    this.connection.listen();
  }

  async initialize(rootUri: string | null, options: Record<string, unknown> = {}): Promise<void> {
    const answer = (await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri,
      capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
      ...options,
    })) as { capabilities: Record<string, unknown> };
    this.capabilities = answer.capabilities;
    await this.connection.sendNotification('initialized', {});
  }

  #take(params: PublishDiagnosticsParams): void {
    this.published.push(params);
    for (const one of this.#waiting.filter(waiting => waiting.wanted(params))) one.resolve(params);
    this.#waiting = this.#waiting.filter(waiting => !waiting.wanted(params));
  }

  /** The findings that are published for a version of a document; any version, where none is given. */
  diagnostics(uri: string, version?: number): Promise<readonly Diagnostic[]> {
    const wanted = (params: PublishDiagnosticsParams) =>
      params.uri === uri && (version === undefined || params.version === version);
    const known = version === undefined ? undefined : this.published.find(wanted);
    if (known !== undefined) return Promise.resolve(known.diagnostics);
    return new Promise(resolve => {
      this.#waiting.push({ wanted, resolve: params => resolve(params.diagnostics) });
    });
  }

  /** Opens a document and waits for its findings. */
  async open(uri: string, text: string): Promise<readonly Diagnostic[]> {
    this.#texts.set(uri, { version: 1, text });
    const found = this.diagnostics(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'quarto', version: 1, text },
    });
    return found;
  }

  /** Replaces the first occurrence of a text; returns the new version. */
  async replace(uri: string, old: string, text: string): Promise<number> {
    const document = this.#texts.get(uri)!;
    const at = document.text.indexOf(old);
    if (at < 0) throw new Error(`${JSON.stringify(old)} is not in the document`);
    const range = { start: positionAt(document.text, at), end: positionAt(document.text, at + old.length) };
    document.text = document.text.slice(0, at) + text + document.text.slice(at + old.length);
    document.version++;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: [{ range, text }],
    });
    return document.version;
  }

  textOf(uri: string): string {
    return this.#texts.get(uri)!.text;
  }

  /** The position of the first occurrence of a text, `shift` code units further. */
  position(uri: string, text: string, shift = 0): { line: number; character: number } {
    const whole = this.textOf(uri);
    return positionAt(whole, whole.indexOf(text) + shift);
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.connection.sendRequest(method, params) as Promise<R>;
  }

  async close(): Promise<number | null> {
    const exited = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = (await exited) as [number | null];
    this.connection.dispose();
    return code;
  }
}

function positionAt(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}
