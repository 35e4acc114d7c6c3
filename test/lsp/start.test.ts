/** A client may speak as soon as it has been answered, and before the server has loaded what it needs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { features } from '../../server/features';
import { MessageQueue } from '../../server/lsp/messageQueue';
import { type Bundles, bundle } from '../support/bundles';
import { TestClient } from '../support/languageClient';

let bundles: Bundles;
let folder: string;

beforeAll(async () => {
  bundles = await bundle('server', 'evaluation', 'typesetter');
  folder = mkdtempSync(join(tmpdir(), 'reckoner-start-'));
}, 60_000);

afterAll(() => {
  bundles.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('what is sent with the first answer, or right after it, is not lost', async () => {
  const client = new TestClient(bundles.path('server'), '--stdio');
  const uri = pathToFileURL(join(folder, 'chapter.qmd')).href;
  const initialized = client.initialize(pathToFileURL(folder).href);
  const found = client.open(uri, '`{python} gone`\n\n```{python}\na = 1\n```\n'); // not waiting for the answer
  await initialized;
  expect((await found).map(({ code }) => code)).toEqual(['undefined-export']);
  const hover = await client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri },
    position: { line: 0, character: 12 },
  });
  expect(JSON.stringify(hover)).toContain('has no value');
  expect(await client.close()).toBe(0);
});

test('the server announces each feature of the table and no other', async () => {
  const client = new TestClient(bundles.path('server'), '--stdio');
  await client.initialize(pathToFileURL(folder).href);
  for (const { capabilities } of features) expect(client.capabilities).toMatchObject(capabilities);
  expect(await client.close()).toBe(0);
});

test('a gate keeps the order of what it holds back', () => {
  const gate = new MessageQueue();
  const passed: number[] = [];
  const send = (number: number) => {
    gate.handleMessage({ jsonrpc: String(number) }, message => {
      passed.push(Number(message.jsonrpc));
    });
  };
  send(1);
  gate.close();
  send(2);
  send(3);
  expect(passed).toEqual([1]);
  gate.open();
  send(4);
  expect(passed).toEqual([1, 2, 3, 4]);
});
