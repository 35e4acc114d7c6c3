/** Runs programs one after the other and writes one line of JSON about each: `excess.test.ts` starts it as a process. */
import { writeSync } from 'node:fs';
import { DEFAULT_BUDGETS, parseProgram, Session, symbolIndex } from '../../../mlsys';
import { PROGRAMS } from './programs';

const [kind, first] = process.argv.slice(2) as [keyof typeof PROGRAMS, string];

/** What a program takes is counted, so that none has to be timed. What is to come to its end may take what a cell may. */
const counted = { ...DEFAULT_BUDGETS, milliseconds: Number.MAX_SAFE_INTEGER };
const small = { ...counted, steps: 500_000, bytes: 20_000_000 };
const budgets = kind === 'fast' || kind === 'raises' ? counted : small;

for (const [at, source] of PROGRAMS[kind].entries()) {
  if (at < Number(first)) continue;
  const program = parseProgram(source, 'cell');
  symbolIndex(program.module).names;
  const { status, fault } = new Session({ budgets }).run(program, 0);
  // Which of Python's limit and JavaScript's stack is met first depends on how well the evaluator is compiled by then.
  const ended = status === 'budget' ? fault?.budget : fault?.type === 'RecursionError' ? 'recursion' : status;
  writeSync(1, `${JSON.stringify({ at, ended, type: fault?.type })}\n`);
}
