/**
 * Typesetting in child processes: the host of typesetters in Node. It is a process and not a thread because V8 ends the
 * whole process where one of its threads runs out of memory in the wrong place.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { TypesetAnswer } from './messages';
import type { HostedTypesetting, TypesettingHost } from './typesetter';

const MEGABYTES = 512;

export class TypesettingProcesses implements TypesettingHost {
  readonly #script: string;

  constructor(script = join(__dirname, 'typesetter.js')) {
    this.#script = script;
  }

  start(message: (answer: TypesetAnswer) => void, ended: (why: string) => void): HostedTypesetting {
    const child = fork(this.#script, [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${MEGABYTES}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let complaints = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(-2000);
    });
    child.on('message', message);
    child.on('error', error => ended(error.message));
    child.on('exit', (code, signal) => ended(`${signal ?? `exit code ${code}`}\n${complaints}`));
    return {
      send: request => child.send(request),
      release: () => {
        child.unref();
        child.channel?.unref();
        (child.stderr as unknown as { unref?: () => void }).unref?.();
      },
      end: () => void child.kill('SIGKILL'),
    };
  }
}
