import { beforeAll, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { OPEN_PREVIEW, PREVIEW_UPDATE, type PreviewUpdate } from '../../server/protocol';
import { HOSTILE_DOCUMENTS, HOSTILE_START } from '../support/hostileDocuments';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import { ShownPage } from '../support/shownPage';
import type { TestWorkspace } from '../support/workspace';

let workspace: TestWorkspace;
let client: TestClient;
let calm: string;
let count = 0;

beforeAll(async () => {
  const { stop, ...server } = await startServer();
  ({ client, workspace } = server);
  calm = fresh();
  await client.open(calm, HOSTILE_START);
  return stop;
}, 120_000);

function fresh(): string {
  count++;
  return workspace.uriOf(`chapter-${count}.qmd`);
}

/** Hovers over the value of the calm document until told to stop; how many hovers were answered. */
function hovering(): () => Promise<number> {
  let isOn = true;
  const position = client.position(calm, '{python} litres', 10);
  const run = async (): Promise<number> => {
    let answered = 0;
    while (isOn) {
      const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri: calm }, position });
      expect(JSON.stringify(hover.contents)).toContain('600');
      answered++;
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    return answered;
  };
  const answered = run();
  return () => {
    isOn = false;
    return answered;
  };
}

test('there are enough of them', () => {
  expect(HOSTILE_DOCUMENTS.length).toBeGreaterThanOrEqual(100);
});

/** So many previews are open at a time: their first answers wait for texts that take long. */
const TOGETHER = 10;
const GROUPS = Array.from({ length: Math.ceil(HOSTILE_DOCUMENTS.length / TOGETHER) }, (_, at) => {
  const documents = HOSTILE_DOCUMENTS.slice(at * TOGETHER, (at + 1) * TOGETHER);
  return { names: documents.map(({ name }) => name).join('; '), documents };
});

test.each(GROUPS)('$names', { timeout: 120_000 }, async ({ documents }) => {
  const stop = hovering();
  const opened: { uri: string; update: Promise<PreviewUpdate | null> }[] = [];
  for (const { text } of documents) {
    const uri = fresh();
    await client.open(uri, text());
    opened.push({ uri, update: client.request<PreviewUpdate | null>(OPEN_PREVIEW, { uri }) });
  }
  for (const { uri, update } of opened) {
    expect((await update)?.blocks.length, uri).toBeGreaterThan(0);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  expect(await stop()).toBeGreaterThan(0);
  expect(client.process.exitCode).toBeNull();
});

/** The HTML of a preview once nothing in it waits. */
async function finished(text: string): Promise<string> {
  const uri = fresh();
  await client.open(uri, text);
  const page = new ShownPage();
  const take = (update: PreviewUpdate): boolean => {
    if (update.uri !== uri) return false;
    page.apply(update);
    return !page.html.includes('aria-busy');
  };
  const shown = () => page.html;
  let seen = client.notifications.length;
  if (take(await client.request<PreviewUpdate>(OPEN_PREVIEW, { uri }))) return shown();
  for (;;) {
    for (; seen < client.notifications.length; seen++) {
      const { method, params } = client.notifications[seen]!;
      if (method === PREVIEW_UPDATE && take(params as PreviewUpdate)) return shown();
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** What a block says of itself, and the source before it. */
const NOTE = /Shown as source, since [^.<]*\./;

test('a formula that is too deep is shown as its source, and says so', { timeout: 120_000 }, async () => {
  const html = await finished(`Before\n\n$$\n${'\\sqrt{'.repeat(2000)}a${'}'.repeat(2000)}\n$$\n\nBehind\n`);
  expect(NOTE.exec(html)?.[0]).toBe('Shown as source, since it is nested too deeply.');
  expect(html.includes('\\sqrt{\\sqrt{')).toBe(true);
  expect(html.includes('<p>Behind</p>')).toBe(true);
});

test('a formula that is too long is shown in part, and says so', { timeout: 120_000 }, async () => {
  const html = await finished(`Before\n\n$$\n${'x + '.repeat(10_000)}\n$$\n`);
  expect(NOTE.exec(html)?.[0]).toBe('Shown as source, since it is longer than 20,000 characters.');
  expect(html.length).toBeLessThan(20_000);
});

test('a text that costs too much is given up, and what stands behind it is shown', { timeout: 120_000 }, async () => {
  const html = await finished(`Before\n\n${'['.repeat(30_000)}\n\n*Behind*\n`);
  expect(NOTE.exec(html)?.[0]).toBe('Shown as source, since it has more than 4,000 marks and lines.');
  expect(html.includes('<em>Behind</em>')).toBe(true);
});

test('divs that are nested too deeply are shown as source', { timeout: 120_000 }, async () => {
  const html = await finished(`${'::: {.a}\n'.repeat(200)}\nInside\n\n${':::\n'.repeat(200)}\nBehind\n`);
  expect(NOTE.exec(html)?.[0]).toBe('Shown as source, since it is nested too deeply.');
  expect(html.includes('<p>Behind</p>')).toBe(true);
});
