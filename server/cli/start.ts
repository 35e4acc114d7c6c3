/** The command line as a process: its streams, its environment and its exit code. */
import { createInterface } from 'node:readline';
import type { Io } from './io';
import { run } from './program';

const { env, stdout, stderr, stdin } = process;

const io: Io = {
  out: text => {
    stdout.write(text);
  },
  err: text => {
    stderr.write(text);
  },
  lines: () => createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY }),
  cwd: process.cwd(),
  env,
  colour: wantsColour(),
  progress: stderr.isTTY === true,
};

/** Colour on a terminal only, unless the usual variables say otherwise. */
function wantsColour(): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== '') return true;
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

/** Runs the command that the process was started with, and sets its exit code. */
export function runCommandLine(): void {
  // Whoever reads our output may stop early, as `head` does; that is no fault.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  run(process.argv.slice(2), io).then(
    code => {
      process.exitCode = code;
    },
    (error: unknown) => {
      stderr.write(`reckoner: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 2;
    },
  );
}
