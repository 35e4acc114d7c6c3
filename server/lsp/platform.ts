/** What a language server needs of the machine, or the browser, that it runs in. */
import type { EngineOptions } from '../engine';
import type { FileChange } from '../files/access';

export interface Platform extends Pick<EngineOptions, 'files' | 'evaluation' | 'pages'> {
  /** Takes what the client tells of files. */
  report(changes: readonly FileChange[]): void;
  /** Takes folders that are opened beside the first ones, where the program must know of them. */
  foldersAdded?(paths: readonly string[]): void;
  /** The scheme of the files that can be reached, as the client knows it; without one it is the client that decides. */
  readonly scheme?: string;
  /** Where the program has the page of a rule; missing where it has none that a client can open. */
  rulePage?(code: string): string;
  /** How many chapters may be checked at the same time. */
  readonly parallelism: number;
}
