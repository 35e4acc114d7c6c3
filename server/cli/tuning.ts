/** How V8 is set up for a process that is soon over. */
import { setFlagsFromString } from 'node:v8';

/**
 * Most commands are over within a second or two. V8 would spend half as much time again on machine code for functions that
 * are warm rather than hot, on cores that worker threads could use; so it is told to wait four times as long.
 */
export function tuneForShortRun(): void {
  // V8 complains about flags that it does not know; a later one may have renamed this.
  if (Number.parseInt(process.versions.v8, 10) <= 13) setFlagsFromString('--interrupt-budget=270000');
}
