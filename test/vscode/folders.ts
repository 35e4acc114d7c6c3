/** Runs the suites that need a workspace of several folders. */
import { runSuites } from './run';

export function run(): Promise<void> {
  return runSuites(() => import('./suites/folders.test'));
}
