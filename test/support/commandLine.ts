/** The command line as its users run it, a process of its own, in a folder of files. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { type Bundles, bundle } from './bundles';
import { TestWorkspace } from './workspace';

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class CommandLine {
  readonly workspace = new TestWorkspace();
  readonly #bundles: Bundles;

  private constructor(bundles: Bundles) {
    this.#bundles = bundles;
  }

  /** Builds the program; `files` are the first ones of the folder. */
  static async make(files: Readonly<Record<string, string>> = {}): Promise<CommandLine> {
    const made = new CommandLine(await bundle('cli', 'evaluation'));
    for (const [name, text] of Object.entries(files)) made.workspace.write(name, text);
    return made;
  }

  readonly run = (...args: readonly string[]): CommandResult => this.runIn('', ...args);

  /** Runs in a folder of the workspace. */
  readonly runIn = (folder: string, ...args: readonly string[]): CommandResult => {
    return this.#run(args, folder, '');
  };

  /** Runs with a text on standard input. */
  readonly feed = (input: string, ...args: readonly string[]): CommandResult => this.#run(args, '', input);

  /** Starts a command that does not end by itself. */
  start(...args: readonly string[]): ChildProcess {
    return spawn(process.execPath, this.#arguments(args), { cwd: this.workspace.folder, env: this.env });
  }

  remove(): void {
    this.workspace.remove();
    this.#bundles.remove();
  }

  /** Where the program lies, with `cli.js`. */
  get programFolder(): string {
    return this.#bundles.folder;
  }

  #run(args: readonly string[], folder: string, input: string): CommandResult {
    const { status, stdout, stderr } = spawnSync(process.execPath, this.#arguments(args), {
      cwd: resolve(this.workspace.folder, folder),
      env: this.env,
      input,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  #arguments(args: readonly string[]): readonly string[] {
    return [this.#bundles.path('cli'), ...args];
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, RECKONER_CACHE: join(this.#bundles.folder, 'cache'), FORCE_COLOR: '', NO_COLOR: '1' };
  }
}
