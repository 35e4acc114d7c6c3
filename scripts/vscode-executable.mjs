#!/usr/bin/env node
/**
 * Stands in for VS Code's executable where the desktop build cannot be had: takes its flags for extension tests, runs
 * the suites in the extension host of VS Code's web server, with a headless Chromium as its window, and ends with their
 * exit code.
 *
 *   vscode-executable.mjs FOLDER|WORKSPACE-FILE --extensionDevelopmentPath=… --extensionTestsPath=…
 */
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { BROWSER_FLAGS, ensureSystem, startHost } from './vscode-host.mjs';

const flags = new Map();
let folder;
for (const argument of process.argv.slice(2)) {
  const found = /^--([\w-]+)(?:=(.*))?$/.exec(argument);
  if (found) flags.set(found[1], found[2] ?? true);
  else folder ??= argument;
}
const development = flags.get('extensionDevelopmentPath');
const tests = flags.get('extensionTestsPath');
if (typeof development !== 'string' || typeof tests !== 'string') {
  console.error('--extensionDevelopmentPath and --extensionTestsPath are needed.');
  process.exit(2);
}

/** Milliseconds after which a run that does not end counts as failed. */
const PATIENCE = 240_000;

const executablePath = ensureSystem();
const host = await startHost({ log: line => process.env.RECKONER_VERBOSE && console.error(line) });
let browser;
let code = 1;
try {
  browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const ended = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('The suites did not end in time.')), PATIENCE).unref();
    page.exposeFunction('codeAutomationExit', exit => resolve(exit)).catch(reject);
    page.on('crash', () => reject(new Error('The window crashed.')));
  });
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    const text = format(...args);
    // The server's native logger is not built: it says so for each of its logs.
    if (text.includes('spdlog')) return;
    (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${text}\n`);
  });
  const authority = `127.0.0.1:${host.port}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', `vscode-remote://${authority}${development}`],
    ['extensionTestsPath', `vscode-remote://${authority}${tests}`],
  ]);
  const place = folder?.endsWith('.code-workspace') ? { workspace: folder } : folder === undefined ? {} : { folder };
  const query = new URLSearchParams({ ...place, payload });
  await page.goto(`http://${authority}/?${query}`);
  code = await ended;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  await browser?.close();
  host.stop();
}
process.exit(code);
