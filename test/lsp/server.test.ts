/** The language server as an editor meets it: a process that speaks over standard input and output. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, Hover, InlayHint, Location } from 'vscode-languageserver';
import {
  OPEN_PREVIEW,
  PING,
  PREVIEW_UPDATE,
  type PreviewUpdate,
  STATUS,
  type StatusParams,
  SUSPEND,
} from '../../server/protocol';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import { ShownPage } from '../support/shownPage';
import type { TestWorkspace } from '../support/workspace';

const CHAPTER = `# Tanks

\`\`\`{python}
volume = 24000
flow = 40
hours_str = f"{volume / flow / 60:.1f}"
\`\`\`

Filling takes \`{python} hours_str\` hours, not \`{python} hours_st\`.
`;

let workspace: TestWorkspace;
let client: TestClient;
let another: () => TestClient;

beforeAll(async () => {
  const { stop, ...server } = await startServer();
  ({ client, workspace, another } = server);
  return stop;
}, 60_000);

let count = 0;

/** A document that no other test uses. */
function fresh(): string {
  count++;
  return workspace.uriOf(`chapter-${count}.qmd`);
}

test('announces what it can do', () => {
  expect(client.capabilities).toMatchObject({
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    inlayHintProvider: true,
  });
});

describe('findings', () => {
  test('come with the version that they hold for', async () => {
    const uri = fresh();
    const first = await client.open(uri, CHAPTER);
    expect(first.map(({ code, severity, source }) => ({ code, severity, source }))).toEqual([
      { code: 'undefined-export', severity: 1, source: 'reckoner' },
    ]);
    const version = await client.replace(uri, 'hours_st`', 'hours_str`');
    expect(await client.diagnostics(uri, version)).toEqual([]);
  });

  test('follow a series of quick edits to the last one', async () => {
    const uri = fresh();
    await client.open(uri, CHAPTER);
    let version = 1;
    for (const digit of ['1', '2', '3', '4', '5', '6'])
      version = await client.replace(uri, /volume = \d+/.exec(client.textOf(uri))![0], `volume = ${digit}4000`);
    await client.diagnostics(uri, version);
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', wholeOf(uri));
    expect(hints[0]!.label).toBe('26.7');
  });

  test('are taken back when the document is closed', async () => {
    const uri = fresh();
    await client.open(uri, CHAPTER);
    const after = client.diagnostics(uri);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    expect(await after).toEqual([]);
  });

  test('that need the values of cells wait for them', async () => {
    const uri = fresh();
    const [first] = await client.open(
      uri,
      '```{python}\nlitres_str = "40 l"  # e.g. "50 l"\n```\n\n`{python} litres_str`\n',
    );
    expect(first!.message).toMatch(/"50 l", but `litres_str` is "40 l"/);
    const version = await client.replace(uri, '"40 l"', '"41 l"');
    const [second] = await client.diagnostics(uri, version);
    expect(second!.message).toMatch(/"50 l", but `litres_str` is "41 l"/);
  });

  test('of a half-typed cell leave the last good values in place', async () => {
    const uri = fresh();
    await client.open(uri, CHAPTER.replace(', not `{python} hours_st`', ''));
    const version = await client.replace(uri, 'flow = 40', 'flow = (');
    const found = await client.diagnostics(uri, version);
    expect(found.map(one => one.code)).toEqual(['syntax-error']);
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', wholeOf(uri));
    expect(hints[0]!.label).toBe('10.0 (stale)');
  });
});

describe('requests', () => {
  test('hover tells the value', async () => {
    const uri = fresh();
    await client.open(uri, CHAPTER);
    const hover = await client.request<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: client.position(uri, '{python} hours_str', 10),
    });
    expect(JSON.stringify(hover.contents)).toContain('10.0');
  });

  test('definition leads to the line that makes the value', async () => {
    const uri = fresh();
    await client.open(uri, CHAPTER);
    const found = await client.request<Location[] | Location>('textDocument/definition', {
      textDocument: { uri },
      position: client.position(uri, '{python} hours_str', 10),
    });
    expect(JSON.stringify(found)).toContain('"line":5');
  });

  test('code actions offer the fix', async () => {
    const uri = fresh();
    const diagnostics = await client.open(uri, CHAPTER);
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostics[0]!.range,
      context: { diagnostics },
    });
    expect(actions.map(action => action.title)).toContain('Use `hours_str`');
  });

  test('a rename that will not do is refused with its reason, not with an internal error', async () => {
    const uri = fresh();
    await client.open(uri, CHAPTER);
    const renamed = (newName: string) =>
      client.request('textDocument/rename', { textDocument: { uri }, position: { line: 3, character: 1 }, newName });
    await expect(renamed('1x')).rejects.toMatchObject({ code: -32803, message: '"1x" is not a valid Python name.' });
    await expect(renamed('flow')).rejects.toMatchObject({
      code: -32803,
      message: expect.stringContaining('already has another meaning'),
    });
  });

  test('of documents that are not open have no answer', async () => {
    const answer = await client.request('textDocument/hover', {
      textDocument: { uri: 'file:///nowhere.qmd' },
      position: { line: 0, character: 0 },
    });
    expect(answer).toBeNull();
  });

  test('that an edit overtakes are refused, never answered for the old version', async () => {
    const uri = fresh();
    const slow = Array.from({ length: 12 }, (_, at) => `\`\`\`{python}\nx${at} = sum(range(60000 + x))\n\`\`\`\n`);
    await client.open(uri, ['```{python}\nx = 1\n```\n', ...slow, 'The sum is `{python} x11`.\n'].join('\n'));
    await client.replace(uri, 'x = 1\n', 'x = 2\n');
    const asked = client
      .request<InlayHint[]>('textDocument/inlayHint', wholeOf(uri))
      .catch((error: { code: number }) => error.code);
    const last = await client.replace(uri, 'x = 2\n', 'x = 3\n');
    await client.diagnostics(uri, last);
    const answer = await asked;
    const contentModified = -32801;
    if (answer !== contentModified) expect(answer).toMatchObject([{ label: String(sumTo(60_002)) }]);
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', wholeOf(uri));
    expect(hints[0]!.label).toBe(String(sumTo(60_003)));
  });
});

test('the status counts values and findings', async () => {
  const uri = fresh();
  await client.open(uri, CHAPTER);
  await client.request('textDocument/inlayHint', wholeOf(uri));
  const status = client.notifications
    .filter(({ method }) => method === STATUS)
    .map(({ params }) => params as StatusParams)
    .find(params => params.uri === uri);
  expect(status).toEqual({
    uri,
    version: 1,
    cells: 1,
    values: 1,
    refs: 2,
    errors: 1,
    warnings: 0,
    pending: false,
    stale: false,
  });
});

test('a preview gets its blocks once, and then what changes', async () => {
  const uri = fresh();
  await client.open(uri, CHAPTER);
  const first = await client.request<PreviewUpdate>(OPEN_PREVIEW, { uri });
  expect(first.reset).toBe(true);
  const page = new ShownPage();
  page.apply(first);
  const version = await client.replace(uri, 'volume = 24000', 'volume = 48000');
  await expect
    .poll(() => client.notifications.filter(({ method }) => method === PREVIEW_UPDATE).at(-1)?.params, {
      timeout: 10_000,
    })
    .toMatchObject({ uri, version, reset: false });
  const update = client.notifications.filter(({ method }) => method === PREVIEW_UPDATE).at(-1)!.params as PreviewUpdate;
  page.apply(update);
  expect(page.html).toContain('20.0');
  expect(page.blocks.length).toBeGreaterThan(Object.keys(update.html).length);
});

test('a package beside the chapter is used, and read again when it changes', async () => {
  const uri = fresh();
  const file = workspace.pathOf('tankbook.py');
  writeFileSync(file, 'FLOW = 40\n');
  await client.open(uri, '```{python}\nfrom tankbook import FLOW\n```\n\nIt flows at `{python} FLOW`.\n');
  const hint = async () => (await client.request<InlayHint[]>('textDocument/inlayHint', wholeOf(uri)))[0]!.label;
  expect(await hint()).toBe('40');
  writeFileSync(file, 'FLOW = 4000\n');
  const changed = client.diagnostics(uri);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: pathToFileURL(file).href, type: 2 }],
  });
  await changed;
  expect(await hint()).toBe('4000');
});

test('settings change the level of a rule', async () => {
  const uri = fresh();
  await client.open(uri, CHAPTER);
  const again = client.diagnostics(uri);
  await client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { reckoner: { rules: { 'undefined-export': 'hint' } } },
  });
  expect((await again).map(one => one.severity)).toEqual([4]);
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { reckoner: {} } });
});

test('a cell that never ends is tried elsewhere and named, while the server goes on answering', async () => {
  const uri = fresh();
  await client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { reckoner: { budgets: { milliseconds: 900, steps: 1e12, chapter: { steps: 1e12 } } } },
  });
  await client.open(uri, CHAPTER.replace('flow = 40', 'flow = 40\nwhile volume < 10: pass'));
  await client.replace(uri, 'volume < 10', 'volume > 10');
  const hover = await client.request<Hover | null>('textDocument/hover', {
    textDocument: { uri },
    position: client.position(uri, '{python} hours_str', 10),
  });
  expect(hover).not.toBeNull();
  const messages = () =>
    client.published
      .filter(params => params.uri === uri)
      .at(-1)!
      .diagnostics.filter(one => one.code === 'budget-exceeded')
      .map(one => one.message)
      .join();
  await expect.poll(messages, { timeout: 20_000, interval: 100 }).toMatch(/0\.9 s/);
  const version = await client.replace(uri, 'while volume > 10: pass', 'volume = 48000');
  await client.diagnostics(uri, version);
  const hints = await client.request<InlayHint[]>('textDocument/inlayHint', wholeOf(uri));
  expect(hints[0]!.label).toBe('20.0');
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { reckoner: {} } });
});

test('chapters that are not open are checked in the background', async () => {
  const book = mkdtempSync(join(tmpdir(), 'reckoner-closed-'));
  mkdirSync(join(book, 'parts'));
  const closed = join(book, 'parts', 'closed.qmd');
  writeFileSync(closed, CHAPTER);
  writeFileSync(join(book, 'clean.qmd'), '# Nothing to see\n');
  const other = another();
  await other.initialize(pathToFileURL(book).href);
  await other.request('workspace/executeCommand', { command: 'reckoner.checkWorkspace' });
  const found = await other.diagnostics(pathToFileURL(closed).href);
  expect(found.map(one => one.code)).toEqual(['undefined-export']);
  await other.close();
  rmSync(book, { recursive: true, force: true });
});

function wholeOf(uri: string) {
  return { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } } };
}

function sumTo(limit: number): number {
  return ((limit - 1) * limit) / 2;
}

test('a ping is answered', async () => {
  expect(await client.request(PING, undefined)).toBeNull();
});

test('the cells of a chapter that is suspended are not run, until it no longer is', async () => {
  const uri = fresh();
  await client.connection.sendNotification(SUSPEND, { uris: [uri] });
  expect(await client.open(uri, CHAPTER)).toEqual([]);
  const hover = await client.request<Hover>('textDocument/hover', {
    textDocument: { uri },
    position: client.position(uri, '{python} hours_str', 10),
  });
  expect(JSON.stringify(hover.contents)).not.toContain('10.0');
  const after = client.diagnostics(uri);
  await client.connection.sendNotification(SUSPEND, { uris: [] });
  expect((await after).map(({ code }) => code)).toEqual(['undefined-export']);
});

test('chapters are suspended from the start where the client says so', async () => {
  const uri = fresh();
  const other = another();
  await other.initialize(workspace.uri, { initializationOptions: { suspended: [uri] } });
  expect(await other.open(uri, CHAPTER)).toEqual([]);
  expect(await other.close()).toBe(0);
});

test('a chapter beyond 16 MB stays open without analysis, until it is shorter', async () => {
  const uri = fresh();
  const filler = 'Some words of no meaning.\n'.repeat(640_000);
  const found = await client.open(uri, `${filler}\n${CHAPTER}`);
  expect(found.map(({ code, message }) => ({ code, message }))).toEqual([
    {
      code: 'unreadable-file',
      message: 'This chapter cannot be read: it is larger than 16 MB. Nothing in it is evaluated or checked.',
    },
  ]);
  expect(await client.request('textDocument/documentSymbol', { textDocument: { uri } })).toEqual([]);
  const version = await client.replace(uri, filler, '');
  const short = await client.diagnostics(uri, version);
  expect(short.map(({ code }) => code)).toEqual(['undefined-export']);
});

test('of very many findings the gravest are published, and the others counted', async () => {
  const uri = fresh();
  const missing = Array.from({ length: 1_234 }, (_, at) => `\`{python} nowhere_${at}\` is missing.\n\n`);
  const found = await client.open(uri, `${missing.join('')}${CHAPTER}`);
  expect(found).toHaveLength(1001);
  expect(found.at(-1)!.message).toBe('235 more findings of this file are not shown; `reckoner check` lists them all.');
});
