/** The program keeps its compiled code in the user's cache folder; whatever is there, it starts. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Bundles, bundle } from '../support/bundles';

let bundles: Bundles;
let cache: string;
let chapter: string;

beforeAll(async () => {
  bundles = await bundle('cli', 'evaluation');
  chapter = join(bundles.folder, 'chapter.qmd');
  writeFileSync(chapter, '```{python}\nx = 2 ** 70\n```\n\n`{python} x`\n');
}, 60_000);

afterAll(() => bundles.remove());

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'reckoner-cache-'));
  return () => rmSync(cache, { recursive: true, force: true });
});

function run(args: readonly string[], folder = cache, env: Readonly<Record<string, string>> = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bundles.path('cli'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', RECKONER_CACHE: folder, ...env },
  });
  return { stdout, stderr, status };
}

/** Starts a language server, opens a chapter in it where one is given, and ends it once `until` holds of what it has said. */
async function serve(
  env: Readonly<Record<string, string>>,
  text?: string,
  until: (said: string) => boolean = said => said !== '',
): Promise<void> {
  const server = spawn(process.execPath, [bundles.path('cli'), 'lsp', '--stdio'], {
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', RECKONER_CACHE: cache, ...env },
  });
  const send = (message: object): void => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
  };
  send({ id: 1, method: 'initialize', params: { capabilities: {} } });
  let said = '';
  server.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  send({ method: 'initialized', params: {} });
  if (text !== undefined) {
    const uri = pathToFileURL(chapter).href;
    send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'quarto', version: 1, text } } });
  }
  await vi.waitUntil(() => until(said), { timeout: 30_000, interval: 100 });
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  await once(server, 'close');
}

const values = (folder?: string, env?: Readonly<Record<string, string>>) => run(['values', chapter], folder, env);
const kept = (): string[] => {
  try {
    return readdirSync(join(cache, 'v1', 'code')).map(name => join(cache, 'v1', 'code', name));
  } catch {
    return [];
  }
};

test('the first start keeps the code, the next one uses it', () => {
  const first = values();
  expect(first.stdout).toContain('1180591620717411303424');
  const [file] = kept();
  const before = readFileSync(file!);
  expect(values()).toEqual(first);
  expect(kept()).toEqual([file]);
  expect(readFileSync(file!).equals(before)).toBe(true);
});

test('a language server keeps the code under the flags that the next one starts with', async () => {
  // What it sets while it runs, it has set once the room for new objects has grown.
  const session = join(cache, 'session.cjs');
  writeFileSync(session, 'const kept = []; for (let at = 0; at < 300_000; at++) kept.push({ at });');
  await serve({ NODE_OPTIONS: `--require ${session}` });
  const [file] = kept().filter(name => name.includes('lsp-'));
  const before = statSync(file!).mtimeMs;
  await serve({ NODE_OPTIONS: `--require ${session}` });
  expect(statSync(file!).mtimeMs).toBe(before);
});

test('an evaluation process that pauses keeps the code of what its chapters have used', async () => {
  const file = (): string | undefined => kept().find(name => name.includes('evaluation-'));
  const size = (): number => (file() === undefined ? 0 : statSync(file()!).size);
  await serve({}, '```{python}\nx = 2\n```\n', () => size() > 0);
  const before = size();
  const text =
    '```{python}\nimport json, pathlib, statistics\nimport numpy as np\nx = np.linspace(0, 1, 5).std()\n```\n';
  await serve({}, text, () => size() > before);
  // The next process takes it, and has nothing to add.
  const after = statSync(file()!).mtimeMs;
  await serve({}, text, said => said.includes('publishDiagnostics'));
  expect(statSync(file()!).mtimeMs).toBe(after);
}, 60_000);

test('what runs at a start alone is kept after a long session as well', () => {
  // V8 forgets functions that did not run while it collected garbage so many times.
  const session = join(cache, 'session.cjs');
  writeFileSync(session, "process.on('exit', () => { for (let at = 0; at < 150; at++) new ArrayBuffer(2 ** 27); });");
  const size = (options: string): number => {
    rmSync(join(cache, 'v1'), { recursive: true, force: true });
    values(undefined, { NODE_OPTIONS: options });
    return readFileSync(kept()[0]!).length;
  };
  expect(size(`--require ${session}`)).toBeGreaterThan(0.95 * size(''));
});

describe('code that cannot be used is made anew', () => {
  const damage: Readonly<Record<string, (file: string) => void>> = {
    'it was cut off': file => truncateSync(file, 5000),
    'it is empty': file => truncateSync(file, 0),
    'bytes within it have changed': file => {
      const bytes = readFileSync(file);
      for (let at = 100; at < bytes.length; at += 997) bytes[at] = 255 - bytes[at]!;
      writeFileSync(file, bytes);
    },
  };
  test.each(Object.keys(damage))('%s', how => {
    const first = values();
    const [file] = kept();
    const before = readFileSync(file!).length;
    damage[how]!(file!);
    expect(values()).toEqual(first);
    expect(Math.abs(readFileSync(file!).length - before)).toBeLessThan(before / 10);
  });
});

test('nothing is kept where the user does not want it, or where it cannot be written', () => {
  const first = values();
  rmSync(join(cache, 'v1'), { recursive: true });
  expect(values(undefined, { NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual(first);
  expect(run(['check', chapter, '--no-cache']).status).toBe(0);
  expect(kept()).toEqual([]);
  expect(values(chapter)).toEqual(first);
});
