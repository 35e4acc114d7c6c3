/** How long somebody waits who asks for something. */
import { later } from '../timers';

/** After this time requests are answered from what is there, and the findings told that are known. */
export const PATIENCE = 150;

/** What is asked of an evaluation; undefined where it has no time to tell. */
export async function withPatience<T>(asked: Promise<T>): Promise<T | undefined> {
  const told = await Promise.race([asked, patience()]);
  return told === false ? undefined : told;
}

/** False after `PATIENCE`. */
export function patience(): Promise<false> {
  return new Promise(resolve => void later(() => resolve(false), PATIENCE));
}
