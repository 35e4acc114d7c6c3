/** Where the language server runs: a process of the extension, or in a browser a worker. */
import type * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions, MessageTransports } from 'vscode-languageclient';

export interface ServerHost {
  /** True while the extension is being debugged: then its server may be as well, and stands still at a breakpoint. */
  readonly isDebugged: boolean;
  /** Schemes of the documents that the server serves; undefined for any. */
  readonly schemes: readonly string[] | undefined;
  /** Names of documents as the server knows them. */
  readonly uris: UriConverter;
  /** Options for the server beside those of any host. */
  initializationOptions(): object;
  /** Makes a client that speaks to a server over what `start` gives. */
  makeClient(start: () => Promise<MessageTransports>, options: LanguageClientOptions): BaseLanguageClient;
  /** Starts a server; `log` gets what it writes, `ended` is called when it ends without `end`. */
  start(log: (text: string) => void, ended: (how: string) => void): Promise<HostedServer>;
}

export interface UriConverter {
  toServer(uri: vscode.Uri): string;
  fromServer(uri: string): vscode.Uri;
}

export interface HostedServer {
  readonly transports: MessageTransports;
  /** Ends the server at once, as a fault of its own would. */
  kill(): void;
  /** From now on the server is expected to end; it gets some time to do so by itself. */
  end(milliseconds: number): void;
}
