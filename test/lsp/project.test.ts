/** A chapter in its project, as an editor meets the two. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InlayHint } from 'vscode-languageserver';
import { STATUS, type StatusParams } from '../../server/protocol';
import { type Bundles, bundle } from '../support/bundles';
import { TestClient } from '../support/languageClient';

const CHAPTER = '```{python}\nx = 1\n```\n\nIt is `{python} x`.\n';

let bundles: Bundles;
let folder: string;
let client: TestClient;

beforeAll(async () => {
  bundles = await bundle('server', 'evaluation', 'typesetter');
  folder = mkdtempSync(join(tmpdir(), 'reckoner-project-'));
  mkdirSync(join(folder, 'part'));
  write('_quarto.yml', 'project:\n  type: book\n');
  client = new TestClient(bundles.path('server'), '--stdio');
  await client.initialize(pathToFileURL(folder).href);
}, 60_000);

afterAll(async () => {
  expect(await client.close()).toBe(0);
  bundles.remove();
  rmSync(folder, { recursive: true, force: true });
});

const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

async function saved(name: string, text: string, type: 1 | 2 = 2): Promise<void> {
  write(name, text);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: uriOf(name), type }],
  });
}

const hints = (uri: string) =>
  client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
  });

test('options of the project and of folders count at once when their files are saved', async () => {
  const uri = uriOf('part/a.qmd');
  await client.open(uri, CHAPTER);
  expect((await hints(uri)).map(({ label }) => label)).toEqual(['1']);
  let after = client.diagnostics(uri);
  await saved('_quarto.yml', 'project:\n  type: book\nexecute:\n  eval: false\n');
  expect((await after).map(({ code }) => code)).toEqual(['undefined-export']);
  after = client.diagnostics(uri);
  await saved('part/_metadata.yml', 'execute:\n  eval: true\n', 1);
  expect(await after).toEqual([]);
  expect((await hints(uri)).map(({ label }) => label)).toEqual(['1']);
});

test('a chapter that another engine runs has no values, and its status says why', async () => {
  const uri = uriOf('knitr.qmd');
  expect(await client.open(uri, `---\nengine: knitr\n---\n\n${CHAPTER}`)).toEqual([]);
  expect(await hints(uri)).toEqual([]);
  const told = client.notifications
    .filter(({ method }) => method === STATUS)
    .map(({ params }) => params as StatusParams);
  expect(told.findLast(status => status.uri === uri)).toMatchObject({
    refs: 0,
    quiet: "Nothing is evaluated here: this chapter's engine is knitr.",
  });
});
