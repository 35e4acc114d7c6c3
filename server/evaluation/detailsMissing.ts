/** A file of its own: tables that are loaded before the evaluator tell it from other errors. */
import type { RecordedRun } from './recordedRun';

/** Thrown where something is asked of a run that its record does not tell, and whose details are not there yet. */
export class DetailsMissing extends Error {
  readonly run: RecordedRun;

  constructor(run: RecordedRun) {
    super('The details of a run are not there yet.');
    this.run = run;
  }
}
