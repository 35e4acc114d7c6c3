/**
 * Bundles for tests that run the program as its users do. Each entry is built once for a run of the tests, by the first that asks for
 * it; each test file gets a folder of its own with copies.
 */
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { inject } from 'vitest';
import { graphvizFile, optionsOf } from '../../scripts/build.mjs';
import { ENTRIES, PROGRAM } from '../../scripts/bundles.mjs';
import { packTikz } from '../../scripts/tikz.mjs';

/** The folder of `scripts/coverage.mjs`, which reads the bundles once the tests have run. */
const { RECKONER_COVERAGE: COVERAGE } = process.env;

const root = resolve(import.meta.dirname, '../..');

export interface Bundles {
  readonly folder: string;
  path(name: string): string;
  remove(): void;
}

/** Bundles for the names of `ENTRIES`, the program that they load, and the pages of the rules. `preview` is the page. */
export async function bundle(...names: string[]): Promise<Bundles> {
  const folder = mkdtempSync(join(COVERAGE === undefined ? tmpdir() : join(COVERAGE, 'bundles'), 'reckoner-'));
  const built = await Promise.all(
    [PROGRAM.name, ...names].map(name => builtOnce(name, made => buildEntry(name, made))),
  );
  for (const one of built) cpSync(one, folder, { recursive: true });
  cpSync(join(root, 'docs', 'rules'), join(folder, 'rules'), { recursive: true });
  return {
    folder,
    path: name => join(folder, `${name}.js`),
    remove: () => {
      if (COVERAGE === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder that holds an entry. It gets its name when it is whole: whoever builds the same at a time throws his own away. */
async function builtOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const shared = inject('bundleFolder');
  const folder = join(shared, name.replace('/', '-'));
  if (existsSync(folder)) return folder;
  const made = mkdtempSync(join(shared, 'unfinished-'));
  await make(made);
  try {
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(made, { recursive: true });
  }
  return folder;
}

/** Builds what has that name, as `npm run build` does. */
async function buildEntry(name: string, folder: string): Promise<void> {
  const entries = [...ENTRIES, PROGRAM].filter(entry => entry.name === name);
  await Promise.all(
    entries.map(entry => {
      const options = { ...optionsOf(entry, false), outdir: folder, metafile: false };
      if ('platform' in entry) return build(options);
      // One file holds the chunks as well.
      const sourcemap = COVERAGE === undefined ? false : 'linked';
      return build({
        ...options,
        plugins: [graphvizFile],
        loader: { '.woff2': 'empty' },
        sourcemap,
        logLevel: 'error',
      });
    }),
  );
  if (name === 'tikz') packTikz(join(folder, 'tikz'), 0);
}
