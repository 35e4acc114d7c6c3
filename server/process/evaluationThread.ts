/** Loads the program in the thread that evaluates. */
import 'node:crypto';
import 'node:module';
import 'node:os';
import 'node:perf_hooks';
import 'node:v8';
import 'node:vm';
import { loadProgram } from '../loader';
import { delayMachineCode, growYoungFast } from '../v8Flags';

/** V8 takes the code that Node keeps of its own modules under its own flags alone: they are loaded before flags are set. */
export function evaluate(): void {
  delayMachineCode(2);
  growYoungFast();
  const { program, keep } = loadProgram('evaluation');
  void program.serveEvaluation(keep);
}
