/** What makes the costly parts of pages elsewhere, so that nobody waits for them; how differs between Node and a browser. */
import type { TypesetOutcome, TypesetRequest } from '../preview';
import type { Drawing } from '../preview/context';

/** Sets formulas. */
export interface TextService {
  /**
   * Sets these texts, in order, and forgets those that the owner wanted before and that are not under way yet. Each that
   * is finished is told to `done`: to that of this call, or of an earlier one where it was under way already.
   */
  want(
    owner: object,
    requests: readonly TypesetRequest[],
    done: (request: TypesetRequest, outcome: TypesetOutcome) => void,
  ): void;
  /** Resolves when what has been started is ready for work, or has failed. */
  started(): Promise<void>;
  /** An owner has gone: what it wanted is given up. */
  forget(owner: object): void;
  /** What was wanted is never answered. */
  close(): void;
}

/** Draws TikZ blocks. */
export interface DrawingService {
  /** What is known of a drawing by now. */
  get(source: string): Drawing;
  /** Tells which drawings somebody shows; those that nobody shows any more are given up. */
  want(owner: string, sources: readonly string[]): void;
  /** Calls back with the owners of each drawing that becomes ready, until the function that it returns is called. */
  onReady(listener: (owners: readonly string[]) => void): () => void;
  close(): Promise<void>;
}
