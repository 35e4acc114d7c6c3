/** What stands for the run of a cell, or the evaluation of a reference, that another process had to be ended for. */
import {
  type EvaluationResult,
  type Fault,
  NOTHING_RUN,
  type Program,
  type RunResult,
  type Span,
  type Value,
} from '../../mlsys';

/** Why it was ended: it ran on past its time, took too much memory, or brought the process down. */
export interface Stop {
  readonly reason: 'time' | 'memory' | 'crash';
  readonly message: string;
}

function fault({ reason, message }: Stop, { start, end }: Span, file: string): Fault {
  return { type: 'BudgetExceeded', message, span: { start, end }, file, trace: [], budget: reason };
}

/** `reads` are the names that it would read, with their values. */
export function stoppedRun(program: Program, stop: Stop, reads: ReadonlyMap<string, Value | undefined>): RunResult {
  const [first] = program.module.body;
  return {
    ...NOTHING_RUN,
    status: 'budget',
    fault: fault(stop, first ?? { start: 0, end: 0 }, program.file),
    reads,
  };
}

/** The result of a reference that was not evaluated. */
export function stoppedEvaluation(expression: Span, file: string, stop: Stop): EvaluationResult {
  return {
    status: 'budget',
    value: undefined,
    display: undefined,
    text: undefined,
    fault: fault(stop, expression, file),
    reads: NOTHING_RUN.reads,
    stateReads: NOTHING_RUN.stateReads,
    used: NOTHING_RUN.used,
  };
}
