/** When V8 makes machine code of the functions that run. */
import { setFlagsFromString } from 'node:v8';

/** How much a function may run before V8 looks whether it is worth machine code, in bytes of bytecode: V8's own measure. */
const OWN_MEASURE = 67_584;

/**
 * Makes V8 wait several times as long. While a chapter is evaluated for the first time, thousands of functions are warm and
 * few are hot; machine code for all of them takes more time than the evaluation, on cores that others could use.
 */
export function delayMachineCode(times: number): void {
  // V8 complains about flags that it does not know; a later one may have renamed this.
  if (Number.parseInt(process.versions.v8, 10) <= 13) setFlagsFromString(`--interrupt-budget=${times * OWN_MEASURE}`);
}
