/** Completion while cells run that never end: from what is known, before they are ended. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { CompletionList, InlayHint } from 'vscode-languageserver';
import { rowText } from '../support/completion';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';

// A busy machine starts processes slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Its second cell runs on while `speed` is more than 1. */
const CHAPTER = `\`\`\`{python}
class Buoy:
    def __init__(self, depth):
        self.depth = depth
        self.light_str = "green"

buoy = Buoy(12)
speed = 1
\`\`\`

At \`{python} speed\`.

\`\`\`{python}
while speed > 1:
    pass
total = 10 * speed
\`\`\`

In all \`{python} total\`.

\`\`\`{python}
x = 0
\`\`\`
`;
/** So long that no test waits for the end of a run. */
const BUDGETS = { steps: 1e12, milliseconds: 600_000 };

let client: TestClient;
let uri: string;

beforeEach(async () => {
  const { stop, ...server } = await startServer({
    initialize: {
      initializationOptions: { settings: { workspaceCheck: false, budgets: { ...BUDGETS, chapter: BUDGETS } } },
    },
  });
  ({ client } = server);
  uri = server.workspace.uriOf('a.qmd');
  await client.open(uri, CHAPTER);
  return stop;
}, 60_000);

/** The list right behind a text. */
async function listBehind(text: string): Promise<CompletionList | null> {
  const position = client.position(uri, text, text.length);
  const params = { textDocument: { uri }, position, context: { triggerKind: 1 } };
  return client.request<CompletionList | null>('textDocument/completion', params);
}

/** Once the list has a row, which on a busy machine may take several requests. */
async function untilListed(text: string, row: string): Promise<CompletionList | null> {
  return vi.waitFor(
    async () => {
      const list = await listBehind(text);
      expect(list?.items.map(rowText)).toContain(row);
      return list;
    },
    { timeout: 30_000, interval: 100 },
  );
}

async function isRunning(): Promise<boolean> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = await client.request<InlayHint[] | null>('textDocument/inlayHint', { textDocument: { uri }, range });
  return JSON.stringify(hints).includes('10 (being evaluated)');
}

test('attributes come as they were known before, without values, and are asked for again', async () => {
  await client.replace(uri, 'x = 0', 'x = buoy.');
  await untilListed('x = buoy.', "light_str = 'green'");
  await client.replace(uri, 'speed = 1', 'speed = 2');
  await client.replace(uri, 'x = buoy.', 'x = buoy.depth + buoy.');
  const list = await listBehind('x = buoy.depth + buoy.');
  expect(await isRunning()).toBe(true);
  expect(list?.isIncomplete).toBe(true);
  expect(list?.items.map(rowText)).toEqual(expect.arrayContaining(['light_str', 'depth']));
});

test('names below the cell come, and are asked for again', async () => {
  await client.replace(uri, 'speed = 1', 'speed = 2');
  await client.replace(uri, '`{python} total`', '`{python} to`');
  const list = await listBehind('`{python} to');
  expect(list?.isIncomplete).toBe(true);
  expect(list?.items.map(rowText)).toContain('total');
});

test('formats come without results of values that the present text may not give', async () => {
  await client.replace(uri, 'x = 0', 'x = f"{total:"');
  await untilListed('f"{total:', '.1f  10.0');
  await client.replace(uri, 'speed = 1', 'speed = 2');
  await client.replace(uri, 'x = f"{total:"', 'y = f"{total:"');
  const list = await listBehind('f"{total:');
  expect(await isRunning()).toBe(true);
  expect(list?.items.map(rowText)).toContain('.1f');
});

test('once all is evaluated, a list is complete', async () => {
  const list = await untilListed('`{python} to', 'total  10 | In all 10.');
  expect(list?.isIncomplete).toBe(false);
});
