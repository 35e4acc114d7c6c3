/**
 * Sets up a real VS Code to test in, where the desktop build cannot be had: the web server of VS Code comes whole in the
 * npm tarball of `code-server`, with its workbench, a Node extension host and webviews. It lands once in a cache folder
 * outside the checkout, together with Debian's chromium and ripgrep where they are missing.
 *
 * Run as a script it prints the folder; as a module it exports the steps.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installSystemPackages } from './system.mjs';

/** The code-server release whose bundled VS Code (1.100.3) runs on Node 20. */
export const HOST_VERSION = process.env.RECKONER_HOST_VERSION ?? '4.100.3';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The folder of the unpacked VS Code server; it may not exist yet. */
export function hostFolder() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return join(cache, 'reckoner', `vscode-${HOST_VERSION}`);
}

/** Path of a Chromium on this machine (`CHROMIUM` overrides), or undefined. */
export function findBrowser() {
  return [process.env.CHROMIUM, ...BROWSERS].find(path => path !== undefined && existsSync(path));
}

function run(command, args, options = {}) {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options });
}

/** Makes sure that a Chromium and ripgrep exist. Returns the browser's path. */
export function ensureSystem() {
  const missing = [];
  if (findBrowser() === undefined) missing.push('chromium');
  if (!existsSync('/usr/bin/rg')) missing.push('ripgrep');
  if (missing.length > 0) installSystemPackages(missing);
  const browser = findBrowser();
  if (browser === undefined) throw new Error('No Chromium was found; set CHROMIUM to its path.');
  return browser;
}

/** Unpacks and links the VS Code server into the cache, once. Returns its folder. */
export function ensureHost(log = () => {}) {
  const folder = hostFolder();
  if (existsSync(join(folder, '.ready'))) return folder;
  log(`Setting up VS Code (code-server ${HOST_VERSION}) in ${folder} ...`);
  mkdirSync(join(folder, '..'), { recursive: true });
  const work = mkdtempSync(`${folder}-setup-`);
  try {
    const tarball = execFileSync('npm', ['pack', '--silent', `code-server@${HOST_VERSION}`], {
      cwd: work,
      encoding: 'utf8',
    });
    run('tar', ['-xzf', tarball.trim(), 'package/lib/vscode'], { cwd: work });
    const host = join(work, 'package', 'lib', 'vscode');
    run(
      'npm',
      ['install', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--silent'],
      {
        cwd: host,
      },
    );
    symlinkSync('node_modules', join(host, 'node_modules.asar'));
    const ripgrep = join(host, 'node_modules', '@vscode', 'ripgrep', 'bin');
    mkdirSync(ripgrep, { recursive: true });
    rmSync(join(ripgrep, 'rg'), { force: true });
    symlinkSync('/usr/bin/rg', join(ripgrep, 'rg'));
    writeFileSync(join(host, '.ready'), HOST_VERSION);
    rmSync(folder, { recursive: true, force: true });
    renameSync(host, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

const SETTINGS = {
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'editor.minimap.enabled': false,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
};

/**
 * Starts the server on a free port with data folders of its own.
 * @param {{ settings?: object, vsix?: string, log?: (line: string) => void }} options `vsix` is installed first.
 * @returns {Promise<{ port: number, pid: number, data: string, stop: () => void }>}
 */
export async function startHost({ settings = {}, vsix, log = () => {} } = {}) {
  const folder = ensureHost(log);
  const data = mkdtempSync(join(tmpdir(), 'reckoner-host-'));
  const user = join(data, 'sd', 'data', 'User');
  for (const each of [user, join(data, 'ext'), join(data, 'home'), join(data, 'run')])
    mkdirSync(each, { recursive: true });
  chmodSync(join(data, 'run'), 0o700);
  const all = JSON.stringify({ ...SETTINGS, ...settings }, null, 2);
  writeFileSync(join(user, 'settings.json'), all);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VSCODE_')));
  Object.assign(env, { HOME: join(data, 'home'), XDG_RUNTIME_DIR: join(data, 'run'), EXTENSIONS_GALLERY: '{}' });
  const common = [
    join(folder, 'out', 'server-main.js'),
    '--accept-server-license-terms',
    ...['--server-data-dir', join(data, 'sd'), '--extensions-dir', join(data, 'ext'), '--telemetry-level', 'off'],
  ];
  if (vsix !== undefined) run(process.execPath, [...common, '--install-extension', vsix], { env });
  const child = spawn(
    process.execPath,
    [
      ...common,
      ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
      ...['--disable-workspace-trust', '--enable-smoke-test-driver'],
    ],
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const port = await listeningPort(child, log);
    return { port, pid: child.pid, data, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function listeningPort(child, log) {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = chunk => {
      text += chunk;
      log(String(chunk).trimEnd());
      const found = /Extension host agent listening on (\d+)/.exec(text);
      if (found) resolve(Number(found[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', code => reject(new Error(`The VS Code server ended with code ${code}:\n${text}`)));
  });
}

/** Flags with which Chromium runs headless on any machine, root included. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureSystem();
  console.log(ensureHost(line => console.error(line)));
}
