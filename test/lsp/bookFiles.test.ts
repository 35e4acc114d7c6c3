/** Files of a book that chapters do not import: definitions of units, profiles, what lies in subfolders. */
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { InlayHint } from 'vscode-languageserver';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import type { TestWorkspace } from '../support/workspace';

let workspace: TestWorkspace;
let client: TestClient;

const UNITS = 'depot/data/units.txt';

beforeEach(async () => {
  const { stop, ...server } = await startServer({
    files: {
      '_quarto.yml':
        'project:\n  type: book\n  execute-dir: project\nbook:\n  chapters:\n    - index.qmd\n    - parts/a.qmd\n    - parts/b.qmd\n',
      'depot/__init__.py':
        'from pathlib import Path\nimport pint\nureg = pint.UnitRegistry()\nureg.load_definitions(str(Path(__file__).parent / "data" / "units.txt"))\n',
      [UNITS]: 'bottle = [bottles]\ncrate = 24 * bottle\n',
      'parts/_shared.qmd': '```{python}\nshared = 41\n```\n',
      'parts/a.qmd': '# A {#sec-a}\n\n{{< include _shared.qmd >}}\n\nIt is `{python} shared`. See @sec-b.\n',
      'parts/b.qmd': '# B {#sec-b}\n\n{{< include _shared.qmd >}}\n\nIt is `{python} shared + 1`. See @sec-a.\n',
      'index.qmd': 'See @sec-a.\n',
    },
  });
  ({ client, workspace } = server);
  return stop;
}, 60_000);

/** What a chapter shows for its references. */
async function hints(name: string): Promise<readonly string[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const params = { textDocument: { uri: workspace.uriOf(name) }, range };
  const found = await client.request<InlayHint[]>('textDocument/inlayHint', params);
  return found.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
}

const read = (name: string) => readFileSync(join(workspace.folder, name), 'utf8');

const codes = (name: string) =>
  client.published
    .filter(({ uri }) => uri === workspace.uriOf(name))
    .at(-1)
    ?.diagnostics.map(({ code }) => code);

function tell(type: 1 | 2 | 3, ...names: string[]): Promise<void> {
  const changes = names.map(name => ({ uri: workspace.uriOf(name), type }));
  return client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
}

function close(name: string): Promise<void> {
  return client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: workspace.uriOf(name) } });
}

const COUNT =
  '```{python}\nfrom depot import ureg\nn = (2 * ureg.crate).to("bottle").magnitude\n```\n\nThere are `{python} n`.\n';

test('definitions of units that are typed, dropped and saved count in the chapters', async () => {
  await client.open(workspace.uriOf('count.qmd'), COUNT);
  await expect.poll(() => hints('count.qmd')).toEqual(['48']);
  // Nothing is published for it, so that there is nothing to wait for.
  void client.open(workspace.uriOf(UNITS), 'bottle = [bottles]\ncrate = 24 * bottle\n');
  await client.replace(workspace.uriOf(UNITS), '24', '20');
  await expect.poll(() => hints('count.qmd')).toEqual(['40']);
  await close(UNITS);
  await expect.poll(() => hints('count.qmd')).toEqual(['48']);
  workspace.write(UNITS, 'bottle = [bottles]\ncrate = 30 * bottle\n');
  await tell(2, UNITS);
  await expect.poll(() => hints('count.qmd')).toEqual(['60']);
});

test('a part of two chapters that is edited unsaved counts in both', async () => {
  for (const name of ['parts/a.qmd', 'parts/b.qmd']) await client.open(workspace.uriOf(name), read(name));
  await expect.poll(() => hints('parts/b.qmd')).toEqual(['42']);
  await client.open(workspace.uriOf('parts/_shared.qmd'), read('parts/_shared.qmd'));
  await client.replace(workspace.uriOf('parts/_shared.qmd'), '41', '50');
  await expect.poll(async () => [await hints('parts/a.qmd'), await hints('parts/b.qmd')]).toEqual([['50'], ['51']]);
});

test('a chapter that moves on disk takes its labels along, and the others are told when it goes', async () => {
  await client.open(workspace.uriOf('index.qmd'), read('index.qmd'));
  await expect.poll(() => codes('index.qmd')).toEqual([]);
  renameSync(join(workspace.folder, 'parts/a.qmd'), join(workspace.folder, 'parts/first.qmd'));
  workspace.write('_quarto.yml', read('_quarto.yml').replace('parts/a.qmd', 'parts/first.qmd'));
  await tell(3, 'parts/a.qmd');
  await tell(1, 'parts/first.qmd');
  await tell(2, '_quarto.yml');
  await expect.poll(() => codes('index.qmd')).toEqual([]);
  renameSync(join(workspace.folder, 'parts/first.qmd'), join(workspace.folder, 'parts/first.old'));
  await tell(3, 'parts/first.qmd');
  await expect.poll(() => codes('index.qmd')).toEqual(['unresolved-crossref']);
});

test('options of a profile count when its file is saved', async () => {
  workspace.write('_quarto.yml', 'project:\n  type: website\nprofile:\n  group: [draft, prod]\n');
  workspace.write('_quarto-draft.yml', 'execute:\n  enabled: true\n');
  await client.open(workspace.uriOf('count.qmd'), COUNT);
  await expect.poll(() => hints('count.qmd')).toEqual(['48']);
  workspace.write('_quarto-draft.yml', 'execute:\n  enabled: false\n');
  await tell(2, '_quarto-draft.yml');
  await expect.poll(() => hints('count.qmd')).toEqual([]);
});
