/** Starts the language server in a browser: in a worker of the extension. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { serveClient } from './serve';
import { webPlatform } from './webPlatform';

/** Starts to serve. */
export function startServer(): void {
  const scope = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
  serveClient(
    options =>
      createConnection(ProposedFeatures.all, new BrowserMessageReader(scope), new BrowserMessageWriter(scope), options),
    async (connection, params) => webPlatform(connection, params),
  );
}
