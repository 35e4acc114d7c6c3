/** Work that is done in steps, between which others may have their turn. */

/** Does all that is left to do; returns what comes of it. Throws what a step throws. */
export function drained<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
