/** What a project says to Reckoner, in the language server: levels, exclusion, known findings, the links to pages of rules. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver';
import { FileChangeType } from 'vscode-languageserver';
import { wordsAround } from '../../server/project/baseline';
import { type Bundles, bundle } from '../support/bundles';
import { TestClient } from '../support/languageClient';
import { TestWorkspace } from '../support/workspace';

// A busy machine starts processes slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CHAPTER = '```{python}\nload_str = "45%"\n```\n\nAt `{python} load_str`% of it, `{python} loads_str` at most.\n';

let bundles: Bundles;
let workspace: TestWorkspace;
let client: TestClient;

beforeAll(async () => {
  bundles = await bundle('server', 'evaluation');
});
afterAll(() => bundles.remove());

beforeEach(() => {
  workspace = new TestWorkspace();
  workspace.write('_quarto.yml', 'project: {type: book}\n');
  client = new TestClient(bundles.path('server'), '--stdio');
});
afterEach(async () => {
  await client.close();
  workspace.remove();
});

async function start(initializationOptions: object = {}): Promise<void> {
  await client.initialize(workspace.uri, {
    initializationOptions: { settings: { workspaceCheck: false }, ...initializationOptions },
    capabilities: {
      textDocument: { publishDiagnostics: { codeDescriptionSupport: true } },
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
    },
  });
}

const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

/** Writes a file, and tells the server of it. */
async function write(name: string, text: string, type: FileChangeType = FileChangeType.Created): Promise<void> {
  workspace.write(name, text);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: workspace.uriOf(name), type }],
  });
}

test('levels of the project count at once, and what is wrong in them is told at their file', async () => {
  await start();
  const uri = workspace.uriOf('a.qmd');
  expect(codes(await client.open(uri, CHAPTER))).toEqual(['doubled-unit', 'undefined-export']);
  const told = client.diagnostics(workspace.uriOf('.reckoner.yml'));
  await write('.reckoner.yml', 'rules:\n  doubled-unit: off\n  undefined-exports: off\n');
  await vi.waitFor(() =>
    expect(codes(client.published.findLast(one => one.uri === uri)!.diagnostics)).toEqual(['undefined-export']),
  );
  expect(await told).toMatchObject([{ code: 'invalid-configuration', range: { start: { line: 2, character: 2 } } }]);
  await write('.reckoner.yml', 'rules:\n  doubled-unit: off\n', FileChangeType.Changed);
  await vi.waitFor(() =>
    expect(client.published.findLast(one => one.uri === workspace.uriOf('.reckoner.yml'))!.diagnostics).toEqual([]),
  );
});

test('what is wrong is told while it is typed', async () => {
  workspace.write('.reckoner.yml', 'rules:\n  doubled-unit: off\n');
  await start();
  const uri = workspace.uriOf('.reckoner.yml');
  await client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text: 'rule:\n' },
  });
  await vi.waitFor(() => expect(client.published.findLast(one => one.uri === uri)?.diagnostics).toHaveLength(1));
});

test('known findings are not told, nor is anything of an excluded chapter', async () => {
  workspace.write('.reckoner.yml', 'baseline: known.json\nexclude: [drafts]\n');
  const line = CHAPTER.split('\n').at(-2)!;
  const from = line.indexOf('loads_str');
  const at = wordsAround(line, from, from + 'loads_str'.length);
  workspace.write(
    'known.json',
    JSON.stringify({ version: 1, findings: { 'a.qmd': [{ code: 'undefined-export', at }] } }),
  );
  await start();
  const uri = workspace.uriOf('a.qmd');
  expect(codes(await client.open(uri, `# Tanks\n\n${CHAPTER}`))).toEqual(['doubled-unit']);
  expect(codes(await client.open(workspace.uriOf('drafts/b.qmd'), CHAPTER))).toEqual([]);
  await write('known.json', '{"version": 1, "findings": {}}', FileChangeType.Changed);
  await vi.waitFor(() => expect(client.published.findLast(one => one.uri === uri)!.diagnostics).toHaveLength(2));
});

test('chapters that are not open are checked again when the project says something else', async () => {
  workspace.write('a.qmd', CHAPTER);
  await start({ settings: { workspaceCheck: true } });
  const uri = workspace.uriOf('a.qmd');
  const last = () => codes(client.published.findLast(one => one.uri === uri)?.diagnostics ?? []);
  await vi.waitFor(() => expect(last()).toEqual(['doubled-unit', 'undefined-export']), { timeout: 30_000 });
  await write('.reckoner.yml', 'rules: {doubled-unit: off}\n');
  await vi.waitFor(() => expect(last()).toEqual(['undefined-export']), { timeout: 30_000 });
});

test('a finding leads to the page of its rule: a file, or the command of a client that has it', async () => {
  await start();
  const [first] = await client.open(workspace.uriOf('a.qmd'), CHAPTER);
  expect(readFileSync(fileURLToPath(first!.codeDescription!.href), 'utf8')).toMatch(/^# doubled-unit\n/);
  const other = new TestClient(bundles.path('server'), '--stdio');
  await other.initialize(workspace.uri, {
    initializationOptions: { settings: { workspaceCheck: false }, commands: true },
    capabilities: { textDocument: { publishDiagnostics: { codeDescriptionSupport: true } } },
  });
  const [found] = await other.open(workspace.uriOf('a.qmd'), CHAPTER);
  expect(decodeURIComponent(found!.codeDescription!.href)).toBe('command:reckoner.showRule?["doubled-unit"]');
  await other.close();
});

test('a rule is turned off in a file that is made, and its level changed in one that is there', async () => {
  await start();
  const uri = workspace.uriOf('a.qmd');
  const [first] = await client.open(uri, CHAPTER);
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: first!.range,
    context: { diagnostics: [] },
  });
  const off = actions.find(({ title }) => title === 'Turn `doubled-unit` off in .reckoner.yml')!;
  const file = workspace.uriOf('.reckoner.yml');
  expect(off.edit!.documentChanges).toMatchObject([
    { kind: 'create', uri: file },
    { textDocument: { uri: file }, edits: [{ newText: 'rules:\n  doubled-unit: off\n' }] },
  ]);
  await write('.reckoner.yml', 'rules:\n  doubled-unit: off\n');
  const edit = await client.request<WorkspaceEdit>('reckoner/levelEdit', { uri, code: 'doubled-unit', level: 'error' });
  expect(edit.changes![file]).toMatchObject([{ newText: 'error' }]);
});
