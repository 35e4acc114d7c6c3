/** How long somebody waits who asks for something. */
import { later } from '../timers';

/** After this time requests are answered from what is there, and the findings told that are known. */
export const PATIENCE = 150;

/** Who types goes on without an answer: one that is given at once may take so long, with all that it asks for. */
const AT_ONCE = 100;

/** How an answer is made: whether it does without details that are missing, and how long it waits for others. */
export interface Haste {
  readonly isHurried: boolean;
  readonly withPatience: typeof withPatience;
}

/** What is asked of an evaluation; undefined where it has no time to tell. */
export function withPatience<T>(asked: Promise<T>): Promise<T | undefined> {
  return within(PATIENCE, asked);
}

/** The same for an answer that begins now and is given at once. */
export function untilSoon(): typeof withPatience {
  const end = performance.now() + AT_ONCE;
  return asked => within(Math.max(0, end - performance.now()), asked);
}

function within<T>(milliseconds: number, asked: Promise<T>): Promise<T | undefined> {
  const over = new Promise<undefined>(resolve => void later(() => resolve(undefined), milliseconds));
  return Promise.race([asked, over]);
}
