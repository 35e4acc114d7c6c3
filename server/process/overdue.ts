/** When what runs in an evaluation process has run for too long. */

/** What runs may use its time and a little more, for what looks at the clock too rarely, in milliseconds. */
export const GRACE = 500;

/** Milliseconds that the processor gave this process so far. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
