/** The world of the command line: what a test replaces. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** All of standard input, line by line. */
  lines(): AsyncIterable<string>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True where standard output is a terminal that shows colours. */
  readonly colour: boolean;
  /** True where standard output is a terminal. */
  readonly terminal: boolean;
  /** True where standard error is a terminal. */
  readonly progress: boolean;
}

/** A mistake of the user, or a file that cannot be used: the command ends with exit code 2. */
export class UsageError extends Error {}
