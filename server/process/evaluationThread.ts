/** Loads the program in the thread that evaluates. */
import 'node:crypto';
import 'node:module';
import 'node:os';
import 'node:perf_hooks';
import 'node:v8';
import 'node:vm';
import { workerData } from 'node:worker_threads';
import { loadProgram } from '../loader';
import { delayMachineCode, forgetUnusedCode, growYoungFast } from '../v8Flags';
import type { EvaluationThreadData } from './runWatch';

/**
 * How much later machine code is made: while a chapter is evaluated for the first time, making it takes a quarter of the work,
 * which pays where the chapter is evaluated again after each edit.
 */
const DELAY = { once: 8, again: 2 };

/** V8 takes the code that Node keeps of its own modules under its own flags alone: they are loaded before flags are set. */
export function evaluate(): void {
  delayMachineCode((workerData as EvaluationThreadData).evaluatesOnce ? DELAY.once : DELAY.again);
  growYoungFast();
  forgetUnusedCode(false);
  const { program, ...code } = loadProgram('evaluation');
  void program.serveEvaluation(code);
}
