/** Runs the suites that need a workspace of one folder. */
import { runSuites } from './run';

export function run(): Promise<void> {
  return runSuites(async () => {
    await import('./suites/activation.test');
    await import('./suites/findings.test');
    await import('./suites/features.test');
    await import('./suites/files.test');
    await import('./suites/preview.test');
    await import('./suites/typing.test');
    // Makes a repository of the workspace.
    await import('./suites/compare.test');
  });
}
