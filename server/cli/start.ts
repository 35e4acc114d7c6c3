/** The command line as a process: its streams, its environment and its exit code. */
import { createInterface } from 'node:readline';
import { isMainThread, Worker } from 'node:worker_threads';
import { STACK_MEGABYTES } from '../process/stack';
import { thrownText } from '../thrownText';
import { run } from './commands';
import type { Io } from './io';
import { printable } from './printable';

const { env, stdout, stderr, stdin } = process;

const io: Io = {
  out: text => {
    try {
      stdout.write(text);
    } catch (error) {
      // A file is written to at once.
      endWithoutOutput(error as NodeJS.ErrnoException);
    }
  },
  err: text => {
    stderr.write(text);
  },
  lines: () => createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY }),
  cwd: process.cwd(),
  env,
  colour: wantsColour(),
  terminal: stdout.isTTY === true,
  progress: stderr.isTTY === true,
};

/** Colour on a terminal only, unless the usual variables say otherwise. */
function wantsColour(): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== '') return true;
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

/** Commands that print at their end only, and can be run again. */
const REPEATABLE: ReadonlySet<string> = new Set(['run', 'values', 'check']);

/** Output of a run that counts only if it is not run again. */
class HeldOutput {
  readonly #parts: (() => void)[] = [];
  readonly out = (text: string): void => {
    this.#parts.push(() => io.out(text));
  };
  readonly err = (text: string): void => {
    this.#parts.push(() => io.err(text));
  };

  release(): void {
    for (const write of this.#parts.splice(0)) write();
  }
}

/** The stack of the main thread cannot grow, that of a thread can be chosen: runs the command again in one. */
function runWithLargeStack(): void {
  const worker = new Worker(process.argv[1]!, {
    argv: process.argv.slice(2),
    env: { ...env, ...(io.colour ? { FORCE_COLOR: '1' } : {}) },
    resourceLimits: { stackSizeMb: STACK_MEGABYTES },
  });
  worker.on('exit', code => {
    process.exitCode = code;
  });
}

/** Ends the process: what it has to say cannot be written. Whoever reads it may stop early, as `head` does; that is no fault. */
function endWithoutOutput({ code, message }: NodeJS.ErrnoException): never {
  if (code === 'EPIPE') process.exit(0);
  const reason = code === 'ENOSPC' ? 'no space left on the device' : message;
  stderr.write(`reckoner: standard output cannot be written to: ${reason}\n`);
  process.exit(2);
}

/** Runs the command that the process was started with, and sets its exit code. */
export function runCommandLine(): void {
  stdout.on('error', endWithoutOutput);
  // Nobody is left who could be told.
  stderr.on('error', () => process.exit(2));
  const held = new HeldOutput();
  const again = isMainThread && REPEATABLE.has(process.argv[2] ?? '') && !process.argv.includes('--watch');
  run(process.argv.slice(2), again ? { ...io, out: held.out, err: held.err } : io).then(
    async code => {
      if (again && (await import('../../mlsys')).stack.exhausted) runWithLargeStack();
      else {
        held.release();
        process.exitCode = code;
      }
    },
    (error: unknown) => {
      held.release();
      stderr.write(`reckoner: ${printable(thrownText(error))}\n`);
      process.exitCode = 2;
    },
  );
}
