/** Starts the language server. The client is answered before the evaluator is loaded, which takes as long as all the rest. */
import {
  type Connection,
  type ConnectionOptions,
  createConnection,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { features } from '../features';
import { StartedProcess, type StartOptions } from '../process/started';
import { CHECK_WORKSPACE } from '../protocol';
import { version } from '../version';
import { Gate } from './gate';

/** Starts to serve; the promise resolves when the client has gone. */
export function startServer(): Promise<void> {
  const args = process.argv;
  const told = args.some(arg => arg === '--node-ipc' || arg.startsWith('--socket') || arg.startsWith('--pipe'));
  return new Promise(resolve => {
    const connection = serve(options =>
      told
        ? createConnection(ProposedFeatures.all, options)
        : createConnection(
            ProposedFeatures.all,
            // The process ends with its input: given a reader and a writer, it would not.
            process.stdin,
            process.stdout,
            options,
          ),
    );
    // Nobody awaits what has failed here; it is a fault of ours, and no reason to take the server from its author.
    process.on('unhandledRejection', reason => {
      connection.console.error(
        `Unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
      );
    });
    connection.onExit(() => resolve());
  });
}

/** Serves the client at the other end of the connection that `connect` makes; `evaluation` tells of evaluation processes. */
export function serve(connect: (options: ConnectionOptions) => Connection, evaluation: StartOptions = {}): Connection {
  // It starts while all the rest of the server is loaded.
  const started = new StartedProcess(evaluation);
  const gate = new Gate();
  const connection = connect({ messageStrategy: gate });
  connection.onInitialize(params => {
    gate.close();
    // The answer is written when the event loop has turned once.
    setImmediate(() => setImmediate(() => void load(connection, params, evaluation, started).then(() => gate.open())));
    return announcement();
  });
  connection.listen();
  return connection;
}

function announcement(): InitializeResult {
  const capabilities: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    executeCommandProvider: { commands: [CHECK_WORKSPACE] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  for (const feature of features) Object.assign(capabilities, feature.capabilities);
  return { capabilities, serverInfo: { name: 'Reckoner', version } };
}

async function load(
  connection: Connection,
  params: InitializeParams,
  evaluation: StartOptions,
  started: StartedProcess,
): Promise<void> {
  const [{ LanguageServer }, { nodePlatform }] = await Promise.all([import('./server'), import('./nodePlatform')]);
  const loaded = await Promise.all(features.map(async ({ method, load }) => [method, await load()] as const));
  new LanguageServer(connection, params, new Map(loaded), nodePlatform(evaluation, started));
}
