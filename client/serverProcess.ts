/** The process of the language server. It is the extension's own child, so that one that does not answer can be ended. */
import { type ChildProcess, fork } from 'node:child_process';
import * as vscode from 'vscode';
import { IPCMessageReader, IPCMessageWriter, LanguageClient, type MessageTransports } from 'vscode-languageclient/node';
import { SECTION } from './ids';
import type { HostedServer, ServerHost } from './serverHost';

const isDebugged = process.execArgv.some(option => /^--(?:inspect|debug)(?:-brk)?(?:=|$)/.test(option));

/** The host of servers in Node. */
export function serverProcesses(context: vscode.ExtensionContext): ServerHost {
  return {
    isDebugged,
    schemes: ['file', 'untitled', 'vscode-remote', 'vscode-vfs'],
    uris: { toServer: uri => uri.toString(), fromServer: uri => vscode.Uri.parse(uri) },
    initializationOptions: () => ({}),
    makeClient: (start, options) => new LanguageClient(SECTION, 'Reckoner', start, options),
    start: async (log, ended) => new ServerProcess(context.asAbsolutePath('dist/server.js'), log, ended),
  };
}

class ServerProcess implements HostedServer {
  readonly #child: ChildProcess;
  #isWanted = true;

  constructor(module: string, log: (text: string) => void, ended: (how: string) => void) {
    this.#child = fork(module, ['--node-ipc', `--clientProcessId=${process.pid}`], {
      silent: true,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
      // Flags of V8 would keep Node from taking the code that it has of its own modules.
      execArgv: isDebugged ? ['--nolazy', '--inspect=6029'] : [],
    });
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.on('data', (chunk: Buffer) => log(chunk.toString().trimEnd()));
    const tell = (how: string) => {
      if (!this.#isWanted) return;
      this.#isWanted = false;
      ended(how);
    };
    this.#child.once('exit', (code, signal) => tell(signal === null ? `exit code ${code}` : `signal ${signal}`));
    this.#child.once('error', error => tell(error.message));
  }

  get transports(): MessageTransports {
    return { reader: new IPCMessageReader(this.#child), writer: new IPCMessageWriter(this.#child) };
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  end(milliseconds: number): void {
    this.#isWanted = false;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const timer = setTimeout(() => this.kill(), milliseconds);
    this.#child.once('exit', () => clearTimeout(timer));
  }
}
