/** What a checking worker and its owner say to each other. */
import type { CheckedChapter, CheckOptions } from '../workspace/check';

export interface CheckRequest {
  readonly path: string;
  /** The name under which findings give the file. */
  readonly shownAs: string;
  readonly options: CheckOptions;
  /** Sources of cells that are not to be run, since a worker got stuck in them. */
  readonly stopped: readonly string[];
}

export type CheckAnswer =
  /** A cell is about to run. */
  | { readonly kind: 'running'; readonly source: string }
  | (Omit<CheckedChapter, 'looked'> & {
      readonly kind: 'done';
      readonly looked: readonly (readonly [string, string | undefined])[];
    })
  /** The file cannot be used; the message is for the user. */
  | { readonly kind: 'refused'; readonly message: string };
