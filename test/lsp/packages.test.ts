/** Packages beside the chapters as an editor works with them: files that are open, unsaved, deleted, created. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Hover, InlayHint } from 'vscode-languageserver';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import type { TestWorkspace } from '../support/workspace';

let workspace: TestWorkspace;
let client: TestClient;

beforeEach(async () => {
  const { stop, ...server } = await startServer({
    files: { 'tanks/__init__.py': '', 'tanks/pumps.py': 'FLOW = 40  # litres a minute\n' },
  });
  ({ client, workspace } = server);
  return stop;
}, 60_000);

const PUMPS = 'tanks/pumps.py';
const CHAPTER = '```{python}\nfrom tanks.pumps import FLOW\n```\n\nIt flows at `{python} FLOW`.\n';

/** What the chapter shows for its first reference. */
async function hint(name = 'a.qmd'): Promise<unknown> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const params = { textDocument: { uri: workspace.uriOf(name) }, range };
  const { label } = (await client.request<InlayHint[]>('textDocument/inlayHint', params))[0]!;
  return typeof label === 'string' ? label : label.map(({ value }) => value).join('');
}

const codes = (name: string) =>
  client.published
    .filter(({ uri }) => uri === workspace.uriOf(name))
    .at(-1)
    ?.diagnostics.map(({ code, range }) => `${code} ${range.start.line + 1}`);

function close(name: string): Promise<void> {
  return client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: workspace.uriOf(name) } });
}

function tell(type: 1 | 2 | 3, ...names: string[]): Promise<void> {
  const changes = names.map(name => ({ uri: workspace.uriOf(name), type }));
  return client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
}

test('what is typed in a package shows in all open chapters before it is saved, and goes when it is not', async () => {
  await client.open(workspace.uriOf('a.qmd'), CHAPTER);
  await client.open(workspace.uriOf('b.qmd'), CHAPTER);
  await client.open(workspace.uriOf(PUMPS), 'FLOW = 40\n');
  await client.replace(workspace.uriOf(PUMPS), '40', '41');
  expect([await hint('a.qmd'), await hint('b.qmd')]).toEqual(['41', '41']);
  const hover = await client.request<Hover>('textDocument/hover', {
    textDocument: { uri: workspace.uriOf('a.qmd') },
    position: client.position(workspace.uriOf('a.qmd'), 'import FLOW', 8),
  });
  expect(JSON.stringify(hover.contents)).toContain('FLOW = 41');
  await close(PUMPS);
  await expect.poll(() => hint()).toBe('40');
});

test('of a package that does not parse the file says why, and the chapter as well once it is saved', async () => {
  await client.open(workspace.uriOf('a.qmd'), CHAPTER);
  await client.open(workspace.uriOf(PUMPS), 'FLOW = 40\n');
  await client.replace(workspace.uriOf(PUMPS), '40', '41');
  await client.replace(workspace.uriOf(PUMPS), '41', '(41');
  await expect.poll(() => codes(PUMPS)).toEqual(['syntax-error 1']);
  // Saved like this, it is what Python would read.
  workspace.write(PUMPS, 'FLOW = (41\n');
  await tell(2, PUMPS);
  await expect.poll(() => codes('a.qmd')).toContain('syntax-error 2');
  await client.replace(workspace.uriOf(PUMPS), '(41', '42');
  await expect.poll(() => hint()).toBe('42');
  await expect.poll(() => codes(PUMPS)).toEqual([]);
});

test('findings of a package file follow the edits, and go with the last chapter that imports it', async () => {
  await client.open(workspace.uriOf('a.qmd'), CHAPTER);
  await client.open(workspace.uriOf(PUMPS), 'FLOW = 40\n');
  await client.replace(workspace.uriOf(PUMPS), '40\n', '40\n\ndef f():\n    return nope\n');
  await expect.poll(() => codes(PUMPS)).toEqual(['undefined-name 4']);
  await client.replace(workspace.uriOf('a.qmd'), 'from tanks.pumps import FLOW', 'FLOW = 4');
  await expect.poll(() => codes(PUMPS)).toEqual([]);
  await client.replace(workspace.uriOf('a.qmd'), 'FLOW = 4', 'from tanks.pumps import FLOW');
  await expect.poll(() => codes(PUMPS)).toEqual(['undefined-name 4']);
  await close('a.qmd');
  await expect.poll(() => codes(PUMPS)).toEqual([]);
});

test('Python files that no chapter imports are left alone', async () => {
  await client.open(workspace.uriOf('a.qmd'), CHAPTER);
  void client.open(workspace.uriOf('script.py'), 'import pandas\nx = nope\n');
  await hint();
  const hover = client.request('textDocument/hover', {
    textDocument: { uri: workspace.uriOf('script.py') },
    position: { line: 1, character: 0 },
  });
  expect(await hover).toBeNull();
  await client.replace(workspace.uriOf('a.qmd'), 'FLOW`', 'FLOW * 2`');
  await expect.poll(() => hint()).toBe('80');
  expect(codes('script.py')).toBeUndefined();
});

test('modules that come, go and move are noticed', async () => {
  await client.open(workspace.uriOf('a.qmd'), CHAPTER.replace('tanks.pumps', 'tanks.mixers'));
  await expect.poll(() => hint()).toBe('⚠ no value');
  renameSync(join(workspace.folder, PUMPS), join(workspace.folder, 'tanks/mixers.py'));
  await tell(2, PUMPS, 'tanks/mixers.py');
  await expect.poll(() => hint()).toBe('40');
  rmSync(join(workspace.folder, 'tanks/mixers.py'));
  await tell(2, 'tanks/mixers.py');
  await expect.poll(() => hint()).toBe('⚠ no value');
}, 10_000);

test('a package whose folder goes, comes or moves as a whole is noticed', async () => {
  await client.open(workspace.uriOf('a.qmd'), CHAPTER);
  await expect.poll(() => hint()).toBe('40');
  renameSync(join(workspace.folder, 'tanks'), join(workspace.folder, 'elsewhere'));
  await tell(3, 'tanks');
  await tell(1, 'elsewhere');
  await expect.poll(() => hint()).toBe('?');
  renameSync(join(workspace.folder, 'elsewhere'), join(workspace.folder, 'tanks'));
  await tell(1, 'tanks');
  await tell(3, 'elsewhere');
  await expect.poll(() => hint()).toBe('40');
  rmSync(join(workspace.folder, 'tanks'), { recursive: true });
  await tell(3, 'tanks');
  await expect.poll(() => hint()).toBe('?');
}, 10_000);

test('a module that comes into a folder without `__init__.py`, or goes, is noticed', async () => {
  workspace.write('pipes/wide.py', 'FLOW = 7\n');
  const importing = 'import pipes, importlib\nfrom pipes import narrow\nFLOW = narrow.FLOW';
  await client.open(workspace.uriOf('a.qmd'), CHAPTER.replace('from tanks.pumps import FLOW', importing));
  await expect.poll(() => hint()).toBe('⚠ no value');
  workspace.write('pipes/narrow.py', 'FLOW = 8\n');
  await tell(1, 'pipes/narrow.py');
  await expect.poll(() => hint()).toBe('8');
  rmSync(join(workspace.folder, 'pipes/narrow.py'));
  await tell(3, 'pipes/narrow.py');
  await expect.poll(() => hint()).toBe('⚠ no value');
}, 10_000);

test('a root that is no folder of the workspace is told once', async () => {
  workspace.write('lib/extra.py', 'FLOW = 12\n');
  const settings = (...packageRoots: string[]) =>
    client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { reckoner: { packageRoots } },
    });
  await client.open(workspace.uriOf('a.qmd'), CHAPTER.replace('tanks.pumps', 'extra'));
  await settings('lib', 'gone', '..');
  await expect.poll(() => hint()).toBe('12');
  await settings('gone', 'lib', '..');
  await expect.poll(() => hint()).toBe('12');
  const shown = client.notifications.filter(({ method }) => method === 'window/showMessage');
  expect(shown.map(({ params }) => (params as { message: string }).message)).toEqual([
    'reckoner.packageRoots: "gone" is passed over: there is no such folder.',
    'reckoner.packageRoots: ".." is passed over: it lies outside the workspace, where nothing is read.',
  ]);
});
