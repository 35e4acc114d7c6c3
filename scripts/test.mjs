/** Everything that must hold: types, style, unit tests, grammars, the build, and VS Code itself. Stops at the first fault. */
import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { tryToInstallNeovim } from './system.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const STEPS = ['typecheck', 'lint', 'test:unit', 'test:syntaxes', 'build', 'test:vscode'];

/** Runs an npm script, shows what it prints, and returns that with its exit code. */
function run(step) {
  return new Promise((done, fail) => {
    const child = spawn('npm', ['run', '--silent', step], {
      cwd: root,
      stdio: ['inherit', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    let text = '';
    child.stdout.on('data', chunk => {
      process.stdout.write(chunk);
      text += chunk;
    });
    child.once('error', fail);
    child.once('close', code => done({ code, text: stripVTControlCharacters(text) }));
  });
}

/** Tests that a runner's output tells of: vitest's total, or a line per test of the runs in VS Code. */
function countOf(text, total, each) {
  const found = total.exec(text);
  return found === null ? (text.match(each) ?? []).length : Number(found[1]);
}

tryToInstallNeovim();

let passed = 0;
let failed = 0;
for (const step of STEPS) {
  console.log(`\n── ${step} ──`);
  const { code, text } = await run(step);
  passed += countOf(text, /^\s*Tests .*?(\d+) passed/m, /^\s*✔ /gm);
  if (code === 0) continue;
  failed += countOf(text, /^\s*Tests\s+(\d+) failed/m, /^\s+\d+\) .*:$/gm) || 1;
  console.error(`\n${step} failed.`);
  break;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
