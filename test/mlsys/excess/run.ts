/** Runs programs one after the other and writes one line of JSON about each: `excess.test.ts` starts it as a process. */
import { writeSync } from 'node:fs';
import { DEFAULT_BUDGETS, parseProgram, Session, symbolIndex } from '../../../mlsys';
import { PROGRAMS } from './programs';

const [kind, first] = process.argv.slice(2) as [keyof typeof PROGRAMS, string];

/** Small, so that what exceeds them does so soon; but what is to come to its end may take what a cell may. */
const small = { ...DEFAULT_BUDGETS, steps: 500_000, bytes: 20_000_000, milliseconds: 100 };
const budgets = kind === 'fast' || kind === 'raises' ? { ...DEFAULT_BUDGETS, milliseconds: 20_000 } : small;

for (const [at, source] of PROGRAMS[kind].entries()) {
  if (at < Number(first)) continue;
  const program = parseProgram(source, 'cell');
  symbolIndex(program.module).names;
  const { status, fault } = new Session({ budgets }).run(program, 0);
  // Which of Python's limit and JavaScript's stack is met first depends on how well the evaluator is compiled by then.
  const ended = status === 'budget' ? fault?.budget : fault?.type === 'RecursionError' ? 'recursion' : status;
  writeSync(1, `${JSON.stringify({ at, ended, type: fault?.type })}\n`);
}
