/** Starts the language server in Node. */
import {
  type Connection,
  type ConnectionOptions,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import { StartedProcess, type StartOptions } from '../process/startedProcess';
import { thrownText } from '../thrownText';
import { serveClient } from './serve';

/** Starts to serve; the promise resolves when the client has gone. `started` is the first evaluation process. */
export function startServer(started?: StartedProcess): Promise<void> {
  const args = process.argv;
  const told = args.some(arg => arg === '--node-ipc' || arg.startsWith('--socket') || arg.startsWith('--pipe'));
  return new Promise(resolve => {
    const connection = serve(
      options =>
        told
          ? createConnection(ProposedFeatures.all, options)
          : createConnection(
              ProposedFeatures.all,
              // The process ends with its input: given a reader and a writer, it would not.
              process.stdin,
              process.stdout,
              options,
            ),
      {},
      started,
    );
    // Nobody awaits what has failed here; it is a fault of ours, and no reason to take the server from its author.
    const tell = (reason: unknown): void => connection.console.error(`Unhandled: ${thrownText(reason)}`);
    process.on('unhandledRejection', tell);
    process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
      // Without its client there is nobody to serve.
      if (error.code === 'EPIPE') process.exit(1);
      tell(error);
    });
    connection.onExit(() => resolve());
  });
}

/** Serves the client at the other end of the connection that `connect` makes; `evaluation` tells of evaluation processes. */
export function serve(
  connect: (options: ConnectionOptions) => Connection,
  evaluation: StartOptions = {},
  started = new StartedProcess(evaluation),
): Connection {
  return serveClient(connect, async () => (await import('./nodePlatform')).nodePlatform(evaluation, started));
}
