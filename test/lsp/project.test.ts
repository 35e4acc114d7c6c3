import { beforeAll, expect, test } from 'vitest';
import type { Hover, InlayHint, SymbolInformation } from 'vscode-languageserver';
import {
  CHECK_WORKSPACE,
  INCLUDER,
  OPEN_PREVIEW,
  PREVIEW_UPDATE,
  type PreviewUpdate,
  STATUS,
  type StatusParams,
} from '../../server/protocol';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import { ShownPage } from '../support/shownPage';
import type { TestWorkspace } from '../support/workspace';

const WHOLE =
  '# Whole\n\n{{< include _part.qmd >}}\n\n```{python}\ntotal = rate * 2\n```\n\nIn all `{python} total`.\n';
const CHAPTER = '```{python}\nx = 1\n```\n\nIt is `{python} x`.\n';

let workspace: TestWorkspace;
let client: TestClient;

beforeAll(async () => {
  const { stop, ...server } = await startServer({ files: { '_quarto.yml': 'project:\n  type: book\n' } });
  ({ client, workspace } = server);
  return stop;
}, 60_000);

async function saved(name: string, text: string, type: 1 | 2 = 2): Promise<void> {
  workspace.write(name, text);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: workspace.uriOf(name), type }],
  });
}

/** What the page of a chapter was sent so far. */
const updatesOf = (uri: string) =>
  client.notifications
    .filter(({ method, params }) => method === PREVIEW_UPDATE && (params as PreviewUpdate).uri === uri)
    .map(({ params }) => params as PreviewUpdate);

const hints = (uri: string) =>
  client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
  });

test('options of the project and of folders count at once when their files are saved', async () => {
  const uri = workspace.uriOf('part/a.qmd');
  await client.open(uri, CHAPTER);
  expect((await hints(uri)).map(({ label }) => label)).toEqual(['1']);
  let after = client.diagnostics(uri);
  await saved('_quarto.yml', 'project:\n  type: book\nexecute:\n  eval: false\n');
  expect((await after).map(({ code }) => code)).toEqual(['undefined-export']);
  after = client.diagnostics(uri);
  await saved('part/_metadata.yml', 'execute:\n  eval: true\n', 1);
  expect(await after).toEqual([]);
  expect((await hints(uri)).map(({ label }) => label)).toEqual(['1']);
  await saved('_quarto.yml', 'project:\n  type: book\n');
});

test('a chapter that another engine runs has no values, and its status says why', async () => {
  const uri = workspace.uriOf('knitr.qmd');
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

test('a file that a chapter includes counts as its text, and each is told of the other', async () => {
  workspace.write('_part.qmd', '```{python}\nrate = 12\n```\n\nFlows `{python} rate` and `{python} gone`.\n');
  const part = workspace.uriOf('_part.qmd');
  const uri = workspace.uriOf('whole.qmd');
  const first = client.diagnostics(part);
  expect(await client.open(uri, WHOLE)).toEqual([]);
  expect(await first).toMatchObject([
    {
      code: 'undefined-export',
      range: { start: { line: 4, character: 36 } },
      relatedInformation: [
        { location: { uri, range: { start: { line: 2, character: 0 } } }, message: 'included here' },
      ],
    },
  ]);
  expect(await hints(uri)).toMatchObject([{ label: '24', position: { line: 8 } }]);
  await client.open(part, '```{python}\nrate = 12\n```\n\nFlows `{python} rate` and `{python} gone`.\n');
  expect(await hints(part)).toMatchObject([{ label: '12' }, { label: '⚠ no value' }]);
  expect(await client.request(INCLUDER, { uri: part })).toEqual({ uri, line: 2 });
  expect(await client.request(INCLUDER, { uri })).toBeNull();
  const after = client.diagnostics(uri);
  await client.replace(part, 'rate = 12', 'rate = 100');
  await after;
  expect(await hints(uri)).toMatchObject([{ label: '200' }]);
  const definition = await client.request('textDocument/definition', {
    textDocument: { uri },
    position: { line: 5, character: 9 },
  });
  expect(definition).toMatchObject([{ targetUri: part, targetSelectionRange: { start: { line: 1, character: 0 } } }]);
  const renamed = await client.request('textDocument/rename', {
    textDocument: { uri: part },
    position: { line: 1, character: 1 },
    newName: 'flow',
  });
  expect(renamed).toMatchObject({
    changes: { [uri]: [{ newText: 'flow' }], [part]: [{ newText: 'flow' }, { newText: 'flow' }] },
  });
});

test('an include of a file that comes later is carried out then', async () => {
  const uri = workspace.uriOf('waiting.qmd');
  const found = await client.open(uri, '{{< include _later.qmd >}}\n\n`{python} late`\n');
  expect(found.map(({ code, message }) => [code, message])).toEqual([
    ['missing-file', 'There is no file `_later.qmd` that can be included.'],
  ]);
  const after = client.diagnostics(uri);
  await saved('_later.qmd', '```{python}\nlate = 5\n```\n', 1);
  expect(await after).toEqual([]);
  expect(await hints(uri)).toMatchObject([{ label: '5' }]);
});

test('a chapter of a website is found for an included file that is open alone', async () => {
  workspace.write('_quarto.yml', 'project:\n  type: website\n');
  workspace.write('site/tanks.qmd', '```{python}\nlitres = 40\n```\n\n{{< include _parts/_tank.qmd >}}\n');
  const text = 'It holds `{python} litres`.\n';
  workspace.write('site/_parts/_tank.qmd', text);
  const part = workspace.uriOf('site/_parts/_tank.qmd');
  await client.open(part, text);
  await expect.poll(async () => (await hints(part)).map(({ label }) => label), { timeout: 10_000 }).toEqual(['40']);
});

test('cross-references lead to other chapters of the book, with their numbers in the preview', async () => {
  workspace.write(
    '_quarto.yml',
    'book:\n  chapters:\n    - index.qmd\n    - part: Parts\n      chapters: [one.qmd, two.qmd]\n  appendices: [end.qmd]\n',
  );
  workspace.write('index.qmd', '# Preface {.unnumbered}\n');
  workspace.write(
    'one.qmd',
    '# One {#sec-one}\n\n## Tanks {#sec-tanks}\n\n![A tank](tank.png){#fig-tank}\n\n![Two](two.png){#fig-two}\n',
  );
  workspace.write('end.qmd', '# Tables {#sec-end}\n\n| a |\n|---|\n| 1 |\n\n: Sizes {#tbl-sizes}\n');
  const two =
    '# Two {#sec-two}\n\nSee @fig-two, @sec-tanks, @sec-one, @sec-end, @tbl-sizes and @sec-own.\n\n## Own {#sec-own}\n';
  workspace.write('two.qmd', two);
  const uri = workspace.uriOf('two.qmd');
  await client.open(uri, two);
  const at = (character: number) =>
    client.request<{ targetUri: string; targetSelectionRange: object }[]>('textDocument/definition', {
      textDocument: { uri },
      position: { line: 2, character },
    });
  expect(await at(6)).toMatchObject([
    { targetUri: workspace.uriOf('one.qmd'), targetSelectionRange: { start: { line: 6 } } },
  ]);
  expect(await at(two.split('\n')[2]!.indexOf('@sec-own') + 2)).toMatchObject([{ targetUri: uri }]);
  const hover = await client.request<Hover>('textDocument/hover', {
    textDocument: { uri },
    position: { line: 2, character: 6 },
  });
  expect(hover.contents).toMatchObject({ value: `[Figure 1.2](${workspace.uriOf('one.qmd')}#L7): Two` });
  const page = await client.request<PreviewUpdate>(OPEN_PREVIEW, { uri });
  const words = Object.values(page.html)
    .join('\n')
    .replaceAll(/<[^>]*>/g, '');
  const following = new ShownPage();
  following.apply(page);
  expect(words).toContain('See Figure 1.2, Section 1.1, Chapter 1, Appendix A, Table A.1 and Section 2.1.');
  // A figure that another chapter gets shifts the numbers of the page that is open.
  const shown = () => following.follow(updatesOf(uri)).html.replaceAll(/<[^>]*>/g, '');
  await saved(
    'one.qmd',
    '# One {#sec-one}\n\n## Tanks {#sec-tanks}\n\n![A](a.png){#fig-a}\n\n![B](b.png){#fig-b}\n\n![C](c.png){#fig-two}\n',
  );
  await expect.poll(shown, { timeout: 15_000 }).toContain('See Figure 1.3, Section 1.1');
  const symbols = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'tanks' });
  expect(symbols).toMatchObject([
    { name: 'Tanks', containerName: 'One', location: { uri: workspace.uriOf('one.qmd') } },
  ]);
});

test('an included file that was open before any chapter includes it counts as the text of the first one that does', async () => {
  const part = workspace.uriOf('_early.qmd');
  workspace.write('_early.qmd', 'In all `{python} early`.\n');
  await client.connection.sendNotification('textDocument/didClose', {
    textDocument: { uri: workspace.uriOf('two.qmd') },
  });
  await client.open(part, 'In all `{python} early`.\n');
  await saved('two.qmd', '```{python}\nearly = 7\n```\n\n{{< include _early.qmd >}}\n', 2);
  await expect.poll(async () => (await hints(part)).map(({ label }) => label), { timeout: 10_000 }).toEqual(['7']);
  expect(await client.request(INCLUDER, { uri: part })).toEqual({ uri: workspace.uriOf('two.qmd'), line: 4 });
});

test('findings of closed chapters follow the labels of those that are saved', async () => {
  workspace.write('_quarto.yml', 'project:\n  type: book\nbook:\n  chapters: [index.qmd, near.qmd, far.qmd]\n');
  workspace.write('index.qmd', '# Start\n');
  workspace.write('near.qmd', '# Near {#sec-near}\n');
  workspace.write('far.qmd', 'See @sec-near.\n');
  await saved('_quarto.yml', 'project:\n  type: book\nbook:\n  chapters: [index.qmd, near.qmd, far.qmd]\n');
  const far = workspace.uriOf('far.qmd');
  const told = () => client.published.findLast(({ uri }) => uri === far)?.diagnostics.map(({ code }) => code) ?? [];
  await client.open(workspace.uriOf('index.qmd'), 'See @sec-near.\n');
  await client.request('workspace/executeCommand', { command: CHECK_WORKSPACE });
  await saved('near.qmd', '# Near {#sec-nearer}\n');
  await expect.poll(told, { timeout: 30_000 }).toEqual(['unresolved-crossref']);
  await saved('near.qmd', '# Near {#sec-near}\n');
  await expect.poll(told, { timeout: 30_000 }).toEqual([]);
}, 90_000);

test('a chapter that is closed meanwhile does not keep the others from being checked', async () => {
  const closed = workspace.uriOf('closed.qmd');
  await client.open(closed, 'Text.\n');
  workspace.write('far.qmd', CHAPTER.replace('python} x', 'python} y'));
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { reckoner: {} } });
  // The settings are asked for first; the check of all chapters waits until nobody types.
  await new Promise(resolve => setTimeout(resolve, 500));
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: closed } });
  const unseen = workspace.uriOf('far.qmd');
  const told = () => client.published.findLast(({ uri }) => uri === unseen)?.diagnostics.map(({ code }) => code);
  await expect.poll(told, { timeout: 30_000 }).toEqual(['undefined-export']);
}, 60_000);

test('an open page shows values of the brand anew once its file is saved, whatever that is called', async () => {
  workspace.write('_quarto.yml', 'project:\n  type: website\nbrand: look/canal.yml\n');
  workspace.write('look/canal.yml', 'color:\n  palette:\n    sea: "#112233"\n');
  const uri = workspace.write('branded.qmd', 'Water is {{< brand color sea >}}.\n');
  await client.open(uri, 'Water is {{< brand color sea >}}.\n');
  const page = new ShownPage();
  page.apply(await client.request<PreviewUpdate>(OPEN_PREVIEW, { uri }));
  expect(page.html).toContain('Water is #112233.');
  await saved('look/canal.yml', 'color:\n  palette:\n    sea: "#445566"\n');
  const shown = () => page.follow(updatesOf(uri)).html;
  await expect.poll(shown, { timeout: 15_000 }).toContain('Water is #445566.');
});
