/** What a checking worker and its owner say to each other. */
import type { CheckOptions } from '../workspace/check';
import type { FindingRecord } from '../workspace/records';

export interface CheckRequest {
  readonly path: string;
  /** The name under which findings give the file. */
  readonly shownAs: string;
  readonly options: CheckOptions & { readonly fix?: boolean };
  /** Sources of cells that are not to be run, since a worker got stuck in them. */
  readonly givenUp: readonly string[];
}

export type CheckAnswer =
  /** A cell is about to run. */
  | { readonly kind: 'running'; readonly source: string }
  | {
      readonly kind: 'done';
      readonly findings: readonly FindingRecord[];
      readonly fixed: number;
      readonly looked: readonly (readonly [string, string | undefined])[];
      readonly settled: boolean;
    }
  /** The file cannot be used; the message is for the user. */
  | { readonly kind: 'refused'; readonly message: string };
