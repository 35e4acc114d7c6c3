import { beforeAll, expect, test } from 'vitest';
import { OPEN_PREVIEW, PREVIEW_UPDATE, type PreviewUpdate } from '../../server/protocol';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import { ShownPage } from '../support/shownPage';
import { picture } from '../support/tikz';

const URI = 'file:///book/drawings.qmd';
const CHAPTER = `Before\n\n\`\`\`{.tikz}\n${picture('\\draw (0,0) -- (1,1);')}\n\`\`\`\n`;

let client: TestClient;

beforeAll(async () => {
  const server = await startServer({ hasFolder: false, entries: ['tikz'] });
  ({ client } = server);
  return server.stop;
}, 60_000);

const page = new ShownPage();

/** What the page shows that has taken all updates. */
function lastHtml(): string {
  const updates = client.notifications.filter(({ method }) => method === PREVIEW_UPDATE);
  return page.follow(updates.map(({ params }) => params as PreviewUpdate)).html;
}

const setting = (tikz: boolean) =>
  client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { reckoner: { preview: { tikz } } },
  });

test('a preview gets drawings when they are ready, unless they are turned off', async () => {
  await client.open(URI, CHAPTER);
  const first = await client.request<PreviewUpdate>(OPEN_PREVIEW, { uri: URI });
  page.apply(first);
  expect(page.html).toContain('aria-busy');
  await expect.poll(lastHtml, { timeout: 20_000 }).toContain('<svg class="reckoner-drawing"');
  await setting(false);
  await expect.poll(lastHtml, { timeout: 10_000 }).toContain('class="placeholder"');
  await setting(true);
  await expect.poll(lastHtml, { timeout: 10_000 }).toContain('<svg class="reckoner-drawing"');
});

test('an edit in the drawing draws it anew, with the fault that it has now', async () => {
  await client.replace(URI, '\\draw', '\\darw');
  await expect.poll(lastHtml, { timeout: 20_000 }).toContain('TikZ, line 5');
});
