/** What stands for the run of a cell, or the evaluation of a reference, that another process had to be ended for. */
import type { EvaluationResult, Expression, Fault, Program, RunResult, Span, Use, Value } from '../../mlsys';

/** Why it was ended: it ran on past its time, took too much memory, or brought the process down. */
export interface Stop {
  readonly reason: 'time' | 'memory' | 'crash';
  readonly message: string;
}

const NOTHING = new Map<string, never>();
const NONE_USED: Use = { steps: 0, milliseconds: 0, bytes: 0, output: 0 };

function fault({ reason, message }: Stop, { start, end }: Span, file: string): Fault {
  return { type: 'BudgetExceeded', message, span: { start, end }, file, trace: [], budget: reason };
}

/** `reads` are the names that it would read, with their values. */
export function stoppedRun(program: Program, stop: Stop, reads: ReadonlyMap<string, Value | undefined>): RunResult {
  const [first] = program.module.body;
  return {
    status: 'budget',
    fault: fault(stop, first ?? { start: 0, end: 0 }, program.file),
    writes: NOTHING,
    reads,
    bindings: [],
    mutated: [],
    stateReads: NOTHING,
    stateWrites: NOTHING,
    checks: [],
    output: [],
    figures: [],
    notices: [],
    unknowns: [],
    unknownsAt: [],
    undecided: [],
    doubtful: [],
    imports: [],
    looks: new Map(),
    used: NONE_USED,
    held: 0,
  };
}

export function stoppedEvaluation(expression: Expression, file: string, stop: Stop): EvaluationResult {
  return {
    status: 'budget',
    value: undefined,
    display: undefined,
    text: undefined,
    fault: fault(stop, expression, file),
    reads: NOTHING,
    stateReads: NOTHING,
    used: NONE_USED,
  };
}
