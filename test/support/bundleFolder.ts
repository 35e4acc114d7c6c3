/** Vitest's global set-up: the folder in which tests share what they bundle; see `bundles.ts`. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    bundleFolder: string;
  }
}

export default function setup(project: TestProject): () => void {
  // As deep as the folders that get the copies: source maps tell where the sources are from there.
  const folder = mkdtempSync(join(process.env.RECKONER_COVERAGE ?? tmpdir(), 'reckoner-bundles-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  project.provide('bundleFolder', folder);
  // Where tests are watched, sources have changed.
  project.onTestsRerun(() => {
    remove();
    mkdirSync(folder);
  });
  return remove;
}
