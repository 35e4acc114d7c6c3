/**
 * Shows what Reckoner does: builds it, prints the values and findings of examples/, and serves the live preview.
 *
 *   npm run demo                 … and serves until Ctrl+C
 *   npm run demo -- --once       … and ends after printing
 *   npm run demo -- --vscode     … and opens VS Code with the extension and the example
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll } from './build.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'dist', 'cli.js');
const examples = join(root, 'examples');
const chapter = join(examples, 'capacity-planning.qmd');

function reckoner(title, args) {
  console.log(`\n$ reckoner ${title}\n`);
  // Findings end `check` with 1, which is no failure of the demo.
  const { status, error } = spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' });
  if (error !== undefined || status === 2) throw error ?? new Error(`reckoner ${title} failed.`);
}

/** Serves until the user interrupts; the child gets the interrupt from the terminal as well. */
function serve() {
  const child = spawn(process.execPath, [cli, 'preview', chapter], { cwd: root, stdio: 'inherit' });
  const forward = signal => child.kill(signal);
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', forward);
  return new Promise(done => child.once('exit', code => done(code ?? 0)));
}

function onPath(name) {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap(folder => names.map(each => join(folder, each))).find(path => existsSync(path));
}

/** Desktop VS Code where there is one, else its web server with the packed extension. */
async function openVsCode() {
  const code = onPath('code');
  if (code !== undefined) {
    const { status } = spawnSync(code, [`--extensionDevelopmentPath=${root}`, examples, chapter], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    return status ?? 0;
  }
  const [{ packageExtension }, { startHost }] = await Promise.all([
    import('./package.mjs'),
    import('./vscode-host.mjs'),
  ]);
  const vsix = await packageExtension();
  const host = await startHost({ vsix, log: line => line.startsWith('Setting up') && console.log(line) });
  const query = new URLSearchParams({ folder: examples });
  console.log(
    `\nVS Code with Reckoner: http://127.0.0.1:${host.port}/?${query}\nOpen capacity-planning.qmd there. End with Ctrl+C.`,
  );
  await new Promise(done => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  host.stop();
  return 0;
}

const flags = new Set(process.argv.slice(2));
await buildAll();
reckoner('values examples/capacity-planning.qmd', ['values', 'examples/capacity-planning.qmd']);
reckoner('check examples', ['check', 'examples']);
if (flags.has('--vscode')) process.exitCode = await openVsCode();
else if (!flags.has('--once')) {
  console.log('\n$ reckoner preview examples/capacity-planning.qmd\n');
  process.exitCode = await serve();
}
