/** `reckoner check --watch`: the findings anew whenever something changes that they depend on. */
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckOutcome } from '../check';
import { machine } from '../engine';
import type { Io } from '../io';

/** Milliseconds between two looks at the files, and that files must have stayed the same for. */
const INTERVAL = 300;

/** Clears the screen and what has scrolled out of it. */
const CLEAR = '\u001B[2J\u001B[3J\u001B[H';

/** Runs until the process is ended. `checkOnce` prints findings. */
export async function watch(checkOnce: () => Promise<CheckOutcome>, io: Io): Promise<never> {
  for (;;) {
    if (io.terminal) io.out(CLEAR);
    const start = Date.now();
    const { dependencies } = await checkOnce();
    const changed = changeOf(new Set(dependencies), start);
    io.err('reckoner: watching for changes; Ctrl+C ends\n');
    await changed;
  }
}

/**
 * Waits until one of the files is another one, came or went, and all of them have come to rest; `since` is when the check of
 * them began, which may not have seen what changed after that.
 */
async function changeOf(paths: ReadonlySet<string>, since: number): Promise<void> {
  const looks = [...paths].map(path => ({ path, files: machine.filesIn(dirname(path)) }));
  const stats = () => looks.map(({ path, files }) => files.stat(path));
  const stamps = () =>
    stats()
      .map(stat => stat?.stamp ?? '')
      .join('\n');
  const until = Date.now();
  const isNewer = stats().some(stat => stat?.changed !== undefined && stat.changed >= since && stat.changed <= until);
  const before = isNewer ? undefined : stamps();
  for (let last = before; ; ) {
    await wait(INTERVAL);
    const now = stamps();
    if (now === last && now !== before) return;
    last = now;
  }
}
