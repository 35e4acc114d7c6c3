/** While a cell runs long: what is above it is told, and what an earlier version gave below it is marked. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { CodeAction, Diagnostic, Hover, InlayHint } from 'vscode-languageserver';
import { OPEN_PREVIEW, PREVIEW_UPDATE, type PreviewUpdate, STATUS, type StatusParams } from '../../server/protocol';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import { ShownPage } from '../support/shownPage';
import type { TestWorkspace } from '../support/workspace';

// A busy machine starts processes slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Its second cell runs on while `speed` is more than 1. */
const CHAPTER = `\`\`\`{python}
speed = 1
other = 5
\`\`\`

At \`{python} speed\`.

\`\`\`{python}
total = 10 * speed
while speed > 1:
    pass
\`\`\`

In all \`{python} total\`, and \`{python} missing\`.
`;
/** So long that a test ends the run first, by another edit. */
const BUDGETS = { steps: 1e12, milliseconds: 50_000 };

let workspace: TestWorkspace;
let client: TestClient;
let uri: string;

beforeEach(async () => {
  const { stop, ...server } = await startServer({
    initialize: {
      initializationOptions: { settings: { workspaceCheck: false, budgets: { ...BUDGETS, chapter: BUDGETS } } },
    },
  });
  ({ client, workspace } = server);
  uri = workspace.uriOf('a.qmd');
  return stop;
}, 60_000);

/** Looks at something again and again until it is as expected. */
async function until<T>(look: () => T | Promise<T>, expected: T): Promise<void> {
  await vi.waitFor(async () => expect(await look()).toEqual(expected), { timeout: 50_000, interval: 100 });
}

async function hints(): Promise<readonly InlayHint['label'][]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const found = await client.request<InlayHint[] | null>('textDocument/inlayHint', { textDocument: { uri }, range });
  return (found ?? []).map(({ label }) =>
    typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
  );
}

async function hovered(text: string, shift = 11): Promise<string> {
  const position = client.position(uri, text, shift);
  const hover = await client.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
  return JSON.stringify(hover?.contents);
}

const told = (diagnostics: readonly Diagnostic[] | undefined) =>
  diagnostics?.map(({ code, range: { start } }) => `${code} in line ${start.line}`);

test('values below it are marked as those before the edit, until it ends', async () => {
  await client.open(uri, CHAPTER);
  expect(await hints()).toEqual(['1', '10', '⚠ no value']);
  await client.replace(uri, 'speed = 1', 'speed = 2');
  await until(hints, ['2', '10 (being evaluated)', '…']);
  expect(await hovered('`{python} speed`')).not.toContain('being evaluated');
  expect(await hovered('`{python} total`')).toContain('*(before the present edit: being evaluated)*');
  expect(await hovered('`{python} missing`')).toContain('`missing` is being evaluated');
  expect(await hovered('total = 10', 1)).toContain('`total` = `10` *int* *(before the present edit: being evaluated)*');
  const version = await client.replace(uri, 'speed = 2', 'speed = 1');
  expect(told(await client.diagnostics(uri, version))).toEqual(['undefined-export in line 13']);
  expect(await hints()).toEqual(['1', '10', '⚠ no value']);
});

test('the status says that its numbers are those so far', async () => {
  const last = () => {
    const sent = client.notifications
      .filter(({ method }) => method === STATUS)
      .map(({ params }) => params as StatusParams);
    return sent.map(({ version, values, refs, pending }) => ({ version, values, refs, pending })).at(-1);
  };
  await client.open(uri, CHAPTER);
  await until(last, { version: 1, values: 2, refs: 3, pending: false });
  const version = await client.replace(uri, 'speed = 1', 'speed = 2');
  await until(last, { version, values: 2, refs: 3, pending: true });
  const next = await client.replace(uri, 'speed = 2', 'speed = 3 - 2');
  await until(last, { version: next, values: 2, refs: 3, pending: false });
});

test('findings above it are told, those below it stay, and none of them as all of the version', async () => {
  await client.open(uri, CHAPTER);
  const version = await client.replace(uri, 'speed = 1\nother = 5', 'speed = 2\n\nother = nine');
  const last = () => told(client.published.at(-1)?.diagnostics);
  await until(last, ['undefined-name in line 3', 'undefined-export in line 14']);
  expect(client.published.some(one => one.version === version)).toBe(false);
  const next = await client.replace(uri, 'nine', '9');
  await until(last, ['undefined-export in line 14']);
  expect(client.published.some(one => one.version === next)).toBe(false);
});

test('findings above it can be mended meanwhile', async () => {
  await client.open(uri, CHAPTER);
  await client.replace(uri, 'speed = 1\nother = 5', 'speed = 2\nother = sped');
  await until(
    () => told(client.published.at(-1)?.diagnostics),
    ['undefined-name in line 2', 'undefined-export in line 13'],
  );
  const start = client.position(uri, 'sped');
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start, end: start },
    context: { diagnostics: [] },
  });
  expect(actions.filter(({ isPreferred }) => isPreferred).map(({ title }) => title)).toEqual(['Use `speed`']);
});

test('of a chapter that is opened, what stands above it is told', async () => {
  const text = CHAPTER.replace('speed = 1', 'speed = 2').replace('At `{python} speed`', 'At `{python} sped`');
  await client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'quarto', version: 1, text },
  });
  await until(() => told(client.published.at(-1)?.diagnostics), ['undefined-export in line 5']);
});

test('the preview shows the new text, and greys the values below', async () => {
  await client.open(uri, CHAPTER);
  const page = new ShownPage();
  page.apply(await client.request<PreviewUpdate>(OPEN_PREVIEW, { uri }));
  const updates = () =>
    client.notifications.flatMap(({ method, params }) => (method === PREVIEW_UPDATE ? [params as PreviewUpdate] : []));
  const classes = () =>
    [...page.follow(updates()).html.matchAll(/class="(reckoner-value[^"]*)"[^>]*>([^<]*)/g)].map(
      ([, one, text]) => `${one}: ${text}`,
    );
  expect(classes()).toEqual(['reckoner-value: 1', 'reckoner-value: 10', 'reckoner-value reckoner-fault: missing']);
  await client.replace(uri, 'speed = 1', 'speed = 2');
  await until(classes, [
    'reckoner-value: 2',
    'reckoner-value reckoner-stale: 10',
    'reckoner-value reckoner-stale reckoner-awaited: missing',
  ]);
});
