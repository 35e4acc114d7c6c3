/** Makes the VSIX: a minified build, packed without node_modules, and a check that it stays small. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll } from './build.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Bytes that the package may weigh; more than three million of them are TeX, its macros and fonts. */
const LARGEST = 7_500_000;

/** Builds and packs; returns the VSIX's path. */
export async function packageExtension() {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await buildAll({ minify: true, smallest: true });
  const file = join(root, `${name}-${version}.vsix`);
  const vsce = join(root, 'node_modules', '.bin', 'vsce');
  const flags = [
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--skip-license',
    '--out',
    file,
  ];
  execFileSync(vsce, ['package', ...flags], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const { size } = statSync(file);
  if (size > LARGEST) throw new Error(`${file} weighs ${size} bytes, more than ${LARGEST}.`);
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = await packageExtension();
  console.log(`${file} (${(statSync(file).size / 1e6).toFixed(2)} MB)`);
}
