/** Serves one client. It is answered before the evaluator is loaded, which takes as long as all the rest. */
import {
  type Connection,
  type ConnectionOptions,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { features } from '../features';
import { CHECK_WORKSPACE, DOCTOR } from '../protocol';
import { soon } from '../timers';
import { version } from '../version';
import { MessageQueue } from './messageQueue';
import type { Platform } from './platform';

/**
 * Serves the client at the other end of the connection that `connect` makes; `platform` is called once the client has been
 * answered.
 */
export function serveClient(
  connect: (options: ConnectionOptions) => Connection,
  platform: (connection: Connection, params: InitializeParams) => Promise<Platform>,
): Connection {
  const gate = new MessageQueue();
  const connection = connect({ messageStrategy: gate });
  connection.onInitialize(params => {
    gate.close();
    // The answer is written when the event loop has turned once.
    soon(() => soon(() => void load(connection, params, platform).then(() => gate.open())));
    return announcement();
  });
  connection.listen();
  return connection;
}

function announcement(): InitializeResult {
  const capabilities: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    executeCommandProvider: { commands: [CHECK_WORKSPACE, DOCTOR] },
    workspaceSymbolProvider: true,
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      // What chapters may name, and folders of it.
      fileOperations: { willRename: { filters: [{ pattern: { glob: '**/*' } }] } },
    },
  };
  for (const feature of features) Object.assign(capabilities, feature.capabilities);
  return { capabilities, serverInfo: { name: 'Reckoner', version } };
}

async function load(
  connection: Connection,
  params: InitializeParams,
  platform: (connection: Connection, params: InitializeParams) => Promise<Platform>,
): Promise<void> {
  const [{ LanguageServer }, given] = await Promise.all([import('./server'), platform(connection, params)]);
  const loaded = await Promise.all(features.map(async ({ method, load }) => [method, await load()] as const));
  new LanguageServer(connection, params, new Map(loaded), given);
}
