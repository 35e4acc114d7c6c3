/** What workers and their owners say to each other. */
import type { TypesetOutcome, TypesetRequest } from '../preview/typeset';
import type { DrawingResult } from '../tikz/drawing';

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
