/** Starts evaluation processes. It needs little, so that a server can start one before it loads what asks it. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

export interface StartOptions {
  /** The entry of evaluation processes; by default the one beside the program. */
  readonly script?: string;
  /** True where what runs must be known at once, since nobody knows what brought another process down. */
  readonly tellsAtOnce?: boolean;
  /** True where each chapter is evaluated once, as by a command, and not again after each edit. */
  readonly evaluatesOnce?: boolean;
}

/** An argument of the process: that something begins to run is told at once, whatever that costs. */
export const TELL_AT_ONCE = 'tell-at-once';
/** Another one: that each chapter is evaluated once. */
export const EVALUATE_ONCE = 'evaluate-once';

/** Variables that the process needs: to run in VS Code, and to find its cache. */
const ENVIRONMENT = [
  'ELECTRON_RUN_AS_NODE',
  'HOME',
  'LOCALAPPDATA',
  'NODE_DISABLE_COMPILE_CACHE',
  'RECKONER_CACHE',
  'SystemRoot',
  'TEMP',
  'TMPDIR',
  'XDG_CACHE_HOME',
];

/** A process that is starting. What it says waits for whoever listens to it. */
export class StartedProcess {
  readonly child: ChildProcess;
  /** Why it could not be started. */
  error: Error | undefined;

  constructor({ script = join(__dirname, 'evaluation.js'), tellsAtOnce, evaluatesOnce }: StartOptions = {}) {
    const env: NodeJS.ProcessEnv = {};
    for (const name of ENVIRONMENT) if (process.env[name] !== undefined) env[name] = process.env[name];
    // Who wants nothing kept wants it of this process as well.
    if (process.argv.includes('--no-cache')) env.NODE_DISABLE_COMPILE_CACHE = '1';
    const options = [
      ...(tellsAtOnce === true ? [TELL_AT_ONCE] : []),
      ...(evaluatesOnce === true ? [EVALUATE_ONCE] : []),
    ];
    this.child = fork(script, options, {
      serialization: 'advanced',
      env,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.on('error', error => {
      this.error = error;
    });
  }
}
