/** A chapter that needs a module which is not at hand, in everything that tells of values, over the protocol and on the command line. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, Hover, InlayHint } from 'vscode-languageserver';
import { CAUSE, type CausePlace, OPEN_PREVIEW, type PreviewUpdate } from '../../server/protocol';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import type { TestWorkspace } from '../support/workspace';

const CHAPTER = `# Frames

\`\`\`{python}
#| label: frame
import pandas as pd

kept = 7
frame = pd.DataFrame({"a": [1, 2]})
count = len(frame)
\`\`\`

There are \`{python} count\` rows, and \`{python} kept\` is kept.
`;

let workspace: TestWorkspace;
let client: TestClient;
let program: string;
let uri: string;

beforeAll(async () => {
  const { stop, ...server } = await startServer({ files: { 'chapter.qmd': CHAPTER }, entries: ['cli'] });
  ({ client, workspace, program } = server);
  uri = workspace.uriOf('chapter.qmd');
  return stop;
}, 60_000);

const SAID = 'unknown: needs pandas (cell `frame`, line 5)';

test('one information, which names what it makes unknown', async () => {
  const found = await client.open(uri, CHAPTER);
  expect(found.map(({ code, severity, message }) => [code, severity, message])).toEqual([
    ['unavailable-module', 3, 'Needs pandas, which Reckoner does not have. It makes 1 reference unknown.'],
  ]);
});

test('hover and hint say why, the value beside it is shown', async () => {
  const textDocument = { uri };
  const hover = await client.request<Hover>('textDocument/hover', {
    textDocument,
    position: client.position(uri, 'count` rows'),
  });
  expect((hover.contents as { value: string }).value.replaceAll(/\[|\]\([^)]*\)|\\/g, '')).toContain(SAID);
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument, range });
  expect(hints.map(({ label }) => label)).toEqual([[{ value: '?', location: expect.anything() }], '7']);
  expect(JSON.stringify(hints[0]!.tooltip)).toContain('needs pandas');
});

test('the marks of editor and preview lead to the import', async () => {
  const textDocument = { uri };
  const at = { start: client.position(uri, 'pandas'), end: client.position(uri, 'pandas as pd', 12) };
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const [hint] = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument, range });
  expect(hint!.label).toEqual([{ value: '?', location: { uri, range: at } }]);
  const { html } = await client.request<PreviewUpdate>(OPEN_PREVIEW, { uri });
  const page = Object.values(html).join('');
  const mark = /<span class="reckoner-value reckoner-unknown" title="([^"]*)"[^>]* data-c="(\d+)"/.exec(page)!;
  expect(mark[1]!.replaceAll('&#x60;', '`')).toContain('needs pandas (cell `frame`, line 5)');
  expect(page).toMatch(/<span class="reckoner-value"[^>]*>7<\/span>/);
  const position = { line: client.position(uri, 'There are').line, character: Number(mark[2]) };
  expect(await client.request<CausePlace>(CAUSE, { textDocument, position })).toEqual({ uri, range: at });
});

test('completion offers the names all the same', async () => {
  const answer = await client.request<CompletionItem[] | CompletionList>('textDocument/completion', {
    textDocument: { uri },
    position: client.position(uri, 'count` rows'),
  });
  const items = Array.isArray(answer) ? answer : answer.items;
  expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(['count', 'kept']));
  expect(JSON.stringify(items.find(({ label }) => label === 'kept'))).toContain('7');
});

test('so do values and check', () => {
  const run = (...args: string[]) => {
    const env = { ...process.env, RECKONER_CACHE: join(program, 'cache'), NO_COLOR: '1' };
    const options = { cwd: workspace.folder, env, encoding: 'utf8' } as const;
    return spawnSync(process.execPath, [join(program, 'cli.js'), ...args], options);
  };
  const { refs } = JSON.parse(run('values', 'chapter.qmd', '--format', 'json').stdout) as { refs: unknown[] };
  expect(refs).toMatchObject([
    { expr: 'count', ok: false, error: { type: 'Unknown', cell: 'frame', line: 5 } },
    { expr: 'kept', ok: true, value: '7' },
  ]);
  const { status, stdout } = run('check', 'chapter.qmd');
  expect(status).toBe(0);
  expect(stdout).toContain('Needs pandas, which Reckoner does not have. It makes 1 reference unknown.');
});
