/** What a language server needs of the machine, or the browser, that it runs in. */
import type { FileChange, FileSystem } from '../files/access';
import type { EvaluationHost } from '../process/host';
import type { Drawings } from '../worker/drawings';
import type { Typesetter } from '../worker/typesetter';

export interface Platform {
  readonly files: FileSystem;
  /** Takes what the client tells of files. */
  report(changes: readonly FileChange[]): void;
  readonly evaluation: EvaluationHost;
  /** How many chapters may be checked at the same time. */
  readonly parallelism: number;
  /** What only a client with an open preview needs; asked for with the first. */
  previewServices(log: (message: string) => void): Promise<PreviewServices>;
}

export interface PreviewServices {
  readonly typesetter: Typesetter;
  /** Makes what draws the TikZ blocks; asked for with the first chapter that has one. */
  makeDrawings(): Drawings;
}
