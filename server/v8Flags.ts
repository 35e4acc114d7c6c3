/** How V8 spends time and memory: when it makes machine code of the functions that run, and how far the heap may grow. */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** How much a function may run before V8 looks whether it is worth machine code, in bytes of bytecode: V8's own measure. */
const OWN_MEASURE = 67_584;
/**
 * What the heap of a server may grow by, in percent of what was alive in it, before V8 looks again what is: left to itself,
 * V8 lets a server take four times what it needs while somebody types.
 */
const GROWTH = 40;
/** How many times as large the room for what is new becomes when it grows; V8 begins with two megabytes, of which half is free. */
const YOUNG_GROWTH = 4;
/** Its size in bytes once it has grown. */
const YOUNG_GROWN = 8 * 2 ** 20;

/**
 * Makes V8 wait several times as long. While a chapter is evaluated for the first time, thousands of functions are warm and
 * few are hot; machine code for all of them takes more time than the evaluation, on cores that others could use.
 */
export function delayMachineCode(times: number): void {
  setFlag(`--interrupt-budget=${times * OWN_MEASURE}`);
}

/** For a process that goes on for hours, beside an editor. */
export function limitHeapGrowth(): void {
  setFlag(`--heap-growing-percent=${GROWTH}`);
}

/**
 * Has the room for what is new grow at once: V8 would double it from one megabyte, which costs an eighth of the first evaluation
 * of a chapter.
 */
export function growYoungFast(): void {
  setFlag('--semi-space-growth-factor=8');
}

/**
 * Has the room for what is new grow once, to eight megabytes: left to itself, V8 takes four times that while a long chapter is read,
 * and keeps it. With less, the same work takes a tenth more time. Returns what sets V8's flags back to what they are now: what it
 * keeps of code is taken under the same flags alone.
 */
export function limitYoungGrowth(): () => void {
  const allow = () => setFlag(`--semi-space-growth-factor=${YOUNG_GROWTH}`);
  allow();
  const collections = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (young !== undefined && young.space_size < YOUNG_GROWN) return;
    collections.disconnect();
    setFlag('--semi-space-growth-factor=1');
  });
  collections.observe({ entryTypes: ['gc'] });
  return allow;
}

/** Whether V8 may forget the code of functions that have not run for a while. */
export function forgetUnusedCode(may: boolean): void {
  setFlag(may ? '--flush-bytecode' : '--no-flush-bytecode');
}

function setFlag(flag: string): void {
  // V8 complains about flags that it does not know; a later one may have renamed these.
  if (Number.parseInt(process.versions.v8, 10) <= 13) setFlagsFromString(flag);
}
