/**
 * Tests in a real VS Code: mocha suites in its extension host, then a run in its workbench with a browser.
 *
 *   node scripts/test-vscode.mjs [--suites] [--browser] [--failures] [--web] [--preview] [--editing] [--whatif] [--book] [--screenshots]
 *
 * `VSCODE_EXECUTABLE` names a desktop VS Code; without it VS Code's web server serves (see vscode-host.mjs).
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { buildAll } from './build.mjs';
import { ensureHost, ensureSystem } from './vscode-host.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, '.tsbuild', 'vscode');

/** A workspace of its own for a run, with the examples and the fixtures. */
function makeWorkspace() {
  const folder = mkdtempSync(join(tmpdir(), 'reckoner-workspace-'));
  cpSync(join(root, 'examples'), folder, { recursive: true });
  cpSync(join(root, 'test', 'vscode', 'workspace'), folder, { recursive: true });
  return folder;
}

async function bundle(entries, external) {
  mkdirSync(out, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: out,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external,
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/** A workspace of two folders, each with settings of its own. */
function makeFolders() {
  const top = mkdtempSync(join(tmpdir(), 'reckoner-workspace-'));
  cpSync(join(root, 'test', 'vscode', 'folders'), top, { recursive: true });
  return top;
}

async function suites() {
  await bundle({ index: 'test/vscode/index.ts', folders: 'test/vscode/folders.ts' }, ['vscode', 'mocha']);
  const executable = process.env.VSCODE_EXECUTABLE ?? join(root, 'scripts', 'vscode-executable.mjs');
  for (const [tests, make, opened] of [
    ['index', makeWorkspace, '.'],
    ['folders', makeFolders, 'book.code-workspace'],
  ]) {
    const workspace = make();
    try {
      await runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: root,
        extensionTestsPath: join(out, tests),
        launchArgs: [join(workspace, opened)],
      });
    } finally {
      rmSync(workspace, { recursive: true, force: true });
    }
  }
}

async function workbench(flags) {
  await bundle({ workbench: 'test/vscode/browser/workbench.ts' }, ['playwright-core', '../../../scripts/*']);
  const workspace = makeWorkspace();
  const book = mkdtempSync(join(tmpdir(), 'reckoner-book-'));
  cpSync(join(root, 'test', 'fixtures', 'book'), book, { recursive: true });
  try {
    const { run } = await import(join(out, 'workbench.js'));
    const named = ['--screenshots', '--failures', '--web', '--preview', '--editing', '--whatif', '--book'];
    const [screenshots, failures, web, preview, editing, whatIf, ofBook] = named.map(flag => flags.has(flag));
    await run({ root, workspace, book, screenshots, failures, web, preview, editing, whatIf, ofBook });
  } finally {
    for (const folder of [workspace, book]) rmSync(folder, { recursive: true, force: true });
  }
}

const flags = new Set(process.argv.slice(2));
const parts = ['--suites', '--browser', '--failures', '--web', '--preview', '--editing', '--whatif', '--book'];
const all = !parts.some(part => flags.has(part));
await buildAll();
const browser = all || parts.slice(1).some(part => flags.has(part));
if (process.env.VSCODE_EXECUTABLE === undefined || browser) {
  ensureSystem();
  ensureHost(line => console.log(line));
}
try {
  if (all || flags.has('--suites')) await suites();
  if (browser) await workbench(flags);
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
}
