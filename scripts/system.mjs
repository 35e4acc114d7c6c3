/** Programs of the system that tests drive: what is there, and how a fresh Debian machine gets the rest. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** True where a program is on the path. */
export function isInstalled(program) {
  return (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, program)));
}

/** True where this process may install packages of Debian. */
export function canInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs Debian packages when root; otherwise tells what to install. */
export function installSystemPackages(packages) {
  if (!canInstall())
    throw new Error(`Please install ${packages.join(' and ')} (on Debian: apt-get install ${packages.join(' ')}).`);
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  };
  execFileSync('apt-get', ['update', '-q'], options);
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
}

/** Installs Neovim, where that can be done; without it the test that drives it is skipped. */
export function tryToInstallNeovim() {
  if (isInstalled('nvim') || !canInstall()) return;
  try {
    installSystemPackages(['neovim']);
  } catch (error) {
    console.warn(`Neovim could not be installed, so its test is skipped: ${error.message}`);
  }
}
