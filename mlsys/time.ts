/** Facade of the time that runs use, without the evaluator: for what watches them from outside. */
export { longestRun, Stopwatch, useProcessorClock } from './python/runtime/stopwatch';
