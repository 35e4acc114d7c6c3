/** What workers and their owners say to each other. */
import type { FileError } from '../files/access';
import type { TypesetOutcome, TypesetRequest } from '../preview/typeset';
import type { DrawingResult } from '../tikz/drawing';
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
  | ({ readonly kind: 'refused' } & Pick<FileError, 'message' | 'problem' | 'reason'>);

/** What a drawing worker starts with. */
export interface DrawingWorkerData {
  /** Shared: the number of the one drawing that is still wanted. */
  readonly wanted: Int32Array;
}

export interface DrawingRequest {
  readonly id: number;
  readonly source: string;
}

export type DrawingAnswer =
  /** The engine is loaded and starts on the drawing. */
  | { readonly kind: 'begun'; readonly id: number }
  | { readonly kind: 'done'; readonly id: number; readonly result: DrawingResult }
  | { readonly kind: 'cancelled'; readonly id: number };

export type NumberedTypesetRequest = TypesetRequest & { readonly id: number };

export type TypesetAnswer =
  /** The process is up and takes requests, which it answers in order. */
  { readonly kind: 'ready' } | { readonly kind: 'answer'; readonly id: number; readonly outcome: TypesetOutcome };
