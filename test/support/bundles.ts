/** Bundles for tests that run the program as its users do: each test file gets a folder of its own. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { graphvizFile, notInstalled, optionsOf } from '../../scripts/build.mjs';
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

/** Builds the entries with these names and the program that they load, as `npm run build` does. `preview` is the page. */
export async function bundle(...names: string[]): Promise<Bundles> {
  const folder = mkdtempSync(join(COVERAGE === undefined ? tmpdir() : join(COVERAGE, 'bundles'), 'reckoner-'));
  const wanted = ENTRIES.filter(entry => names.includes(entry.name));
  await Promise.all(
    [...wanted, PROGRAM].map(entry => {
      if ('platform' in entry) return build({ ...optionsOf(entry, false), outdir: folder, metafile: false });
      return build({
        absWorkingDir: root,
        entryPoints: { [entry.name]: entry.source },
        outdir: folder,
        bundle: true,
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        mainFields: ['module', 'main'],
        supported: { 'dynamic-import': false },
        external: notInstalled(),
        plugins: [graphvizFile],
        loader: { '.woff2': 'empty' },
        sourcemap: COVERAGE === undefined ? false : 'linked',
        logLevel: 'error',
      });
    }),
  );
  cpSync(join(root, 'docs', 'rules'), join(folder, 'rules'), { recursive: true });
  if (names.includes('tikz')) packTikz(join(folder, 'tikz'), 0);
  return {
    folder,
    path: name => join(folder, `${name}.js`),
    remove: () => {
      if (COVERAGE === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
