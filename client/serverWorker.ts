/** The language server as a worker of a browser. */
import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import {
  LIST_FOLDER,
  type ListFolderParams,
  READ_FILE,
  type ReadFileParams,
  type WorkerScript,
} from '../server/protocol';
import { EditorFileRequests } from './editorFiles';
import { SECTION } from './ids';
import type { HostedServer, ServerHost, UriConverter } from './serverHost';
import { SHARED_CHUNKS, workerScript } from './workerScript';

/** The host of servers in a browser. */
export function serverWorkers(context: vscode.ExtensionContext): ServerHost {
  const script = new Script(context);
  return {
    isDebugged: false,
    schemes: undefined,
    uris: folderUris,
    initializationOptions: (): WorkerScript => ({ script: script.address }),
    makeClient: (start, options) => {
      const client = new LanguageClient(SECTION, 'Reckoner', start, options);
      const files = new EditorFileRequests(folderUris);
      client.onRequest(LIST_FOLDER, (params: ListFolderParams) => files.list(params));
      client.onRequest(READ_FILE, (params: ReadFileParams) => files.read(params));
      return client;
    },
    start: async (_log, ended) => {
      await script.load();
      return new ServerWorker(script.address, ended);
    },
  };
}

/**
 * To the server all documents of the workspace are files: it knows paths, and no schemes. The folder that a path lies in
 * tells what its scheme and authority are; folders of several file systems with one path cannot be told apart.
 */
const folderUris: UriConverter = {
  toServer: uri => (vscode.workspace.getWorkspaceFolder(uri) === undefined ? uri : asFile(uri)).toString(),
  fromServer: text => {
    const uri = vscode.Uri.parse(text);
    const folder = uri.scheme === 'file' ? folderOf(uri.path) : undefined;
    return folder === undefined ? uri : folder.uri.with({ path: uri.path });
  },
};

function asFile(uri: vscode.Uri): vscode.Uri {
  return uri.with({ scheme: 'file', authority: '', query: '', fragment: '' });
}

function folderOf(path: string): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.find(
    ({ uri }) => path === uri.path || path.startsWith(uri.path.endsWith('/') ? uri.path : `${uri.path}/`),
  );
}

/** The program of the workers. They cannot be started from where an extension may be, but from a text that was read there. */
class Script {
  readonly #context: vscode.ExtensionContext;
  #loading: Promise<void> | undefined;
  /** Known once it is loaded. */
  address = '';

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
  }

  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    const [program, ...chunks] = await Promise.all([
      this.#read('program.js'),
      ...SHARED_CHUNKS.map(name => this.#read(`${name}.js`)),
    ]);
    const parts = workerScript<ArrayBuffer | Uint8Array>(program, chunks) as BlobPart[];
    this.address = URL.createObjectURL(new Blob(parts, { type: 'application/javascript' }));
    this.#context.subscriptions.push(new vscode.Disposable(() => URL.revokeObjectURL(this.address)));
  }

  async #read(...path: string[]): Promise<ArrayBuffer | Uint8Array> {
    const uri = vscode.Uri.joinPath(this.#context.extensionUri, 'dist', ...path);
    return /^https?$/.test(uri.scheme)
      ? (await fetch(uri.toString(true))).arrayBuffer()
      : vscode.workspace.fs.readFile(uri);
  }
}

class ServerWorker implements HostedServer {
  readonly #worker: Worker;
  readonly #ended: (how: string) => void;
  #isWanted = true;

  constructor(script: string, ended: (how: string) => void) {
    this.#worker = new Worker(script, { name: 'reckoner-server' });
    this.#ended = ended;
    this.#worker.addEventListener('error', ({ message }) => this.#end(message));
  }

  get transports(): MessageTransports {
    return { reader: new BrowserMessageReader(this.#worker), writer: new BrowserMessageWriter(this.#worker) };
  }

  kill(): void {
    this.#end('it was ended');
  }

  end(milliseconds: number): void {
    this.#isWanted = false;
    setTimeout(() => this.#worker.terminate(), milliseconds);
  }

  #end(how: string): void {
    this.#worker.terminate();
    if (!this.#isWanted) return;
    this.#isWanted = false;
    this.#ended(how);
  }
}
