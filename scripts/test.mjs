/** Everything that must hold: types, style, unit tests, grammars, the build, and VS Code itself. Stops at the first fault. */
import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const STEPS = ['typecheck', 'lint', 'test:unit', 'test:syntaxes', 'build', 'test:vscode'];

for (const step of STEPS) {
  console.log(`\n── ${step} ──`);
  const { status, error } = spawnSync('npm', ['run', '--silent', step], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error !== undefined || status !== 0) {
    console.error(`\n${step} failed.`);
    process.exit(1);
  }
}
console.log('\nAll tests passed.');
