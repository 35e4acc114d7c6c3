/** Editing over the protocol, in a book of two chapters: completion while one types, names across chapters, files that move. */
import { beforeAll, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, Location, WorkspaceEdit } from 'vscode-languageserver';
import { CELL_SNIPPET } from '../../server/protocol';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import type { TestWorkspace } from '../support/workspace';

const INTRO = `# Intro {#sec-intro}

\`\`\`{python}
litres_str = "40"
\`\`\`

A tank holds  l, see @sec-flow and [@hopper].
`;
const FLOW = '# Flow {#sec-flow}\n\n![A pump](pump.png){#fig-pump}\n\nBehind @sec-intro, by [@hopper].\n';
const BIB = '@book{hopper,\n  title = {Tanks},\n  author = {Hopper, Grace},\n  year = 1952\n}\n';

let workspace: TestWorkspace;
let client: TestClient;
let intro: string;
let flow: string;

beforeAll(async () => {
  const { stop, ...server } = await startServer({
    files: {
      '_quarto.yml':
        'project:\n  type: book\nbibliography: references.bib\nbook:\n  chapters:\n    - index.qmd\n    - flow.qmd\n',
      'index.qmd': INTRO,
      'flow.qmd': FLOW,
      'references.bib': BIB,
    },
    initialize: {
      capabilities: {
        textDocument: {
          publishDiagnostics: { versionSupport: true },
          completion: { completionItem: { snippetSupport: true } },
        },
      },
    },
  });
  ({ client, workspace } = server);
  intro = workspace.uriOf('index.qmd');
  flow = workspace.uriOf('flow.qmd');
  await client.open(intro, INTRO);
  return stop;
}, 60_000);

const completion = async (text: string, shift: number, typed?: string): Promise<CompletionItem[]> => {
  const answer = await client.request<CompletionList | null>('textDocument/completion', {
    textDocument: { uri: intro },
    position: client.position(intro, text, shift),
    context: typed === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: typed },
  });
  return answer?.items ?? [];
};

test('a list is there as soon as the character that opens it, without a wait for findings', async () => {
  await client.replace(intro, 'holds  l', 'holds `{python} ` l');
  const [item] = await completion('`{python} `', 10, ' ');
  expect(item).toMatchObject({
    label: 'litres_str',
    labelDetails: { detail: '  40', description: 'A tank holds 40 l, see…' },
  });
  const resolved = await client.request<CompletionItem>('completionItem/resolve', item);
  expect(JSON.stringify(resolved.documentation)).toContain('litres_str');
  const version = await client.replace(intro, '`{python} `', '`{python} litres_str`');
  expect(await client.diagnostics(intro, version)).toEqual([]);
});

test('labels of the other chapters and entries of the bibliography', async () => {
  await client.diagnostics(intro, await client.replace(intro, 'see @sec-flow', 'see @ and @sec-flow'));
  const rows = async () => (await completion('see @', 5, '@')).map(({ label, detail }) => `${label}: ${detail}`);
  await expect
    .poll(rows)
    .toEqual(
      expect.arrayContaining([
        'sec-intro: Chapter 1',
        'fig-pump: Figure 2.1',
        'sec-flow: Chapter 2',
        'hopper: Hopper 1952',
      ]),
    );
  await client.diagnostics(intro, await client.replace(intro, 'see @ and @sec-flow', 'see @sec-flow'));
});

/** The text after edits that do not overlap. */
function edited(text: string, edits: WorkspaceEdit['changes'], uri: string): string {
  const lines = text.split('\n');
  const inOrder = [...(edits?.[uri] ?? [])].sort(
    (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
  );
  for (const { range, newText } of inOrder) {
    const line = lines[range.start.line]!;
    lines[range.start.line] = line.slice(0, range.start.character) + newText + line.slice(range.end.character);
  }
  return lines.join('\n');
}

const place = (text: string) => ({ textDocument: { uri: intro }, position: client.position(intro, text, 2) });

test('a label is found and renamed in chapters that are not open', async () => {
  const found = await client.request<Location[]>('textDocument/references', {
    ...place('@sec-flow'),
    context: { includeDeclaration: true },
  });
  expect(found.map(({ uri }) => uri).sort()).toEqual([flow, intro].sort());
  const { changes } = await client.request<WorkspaceEdit>('textDocument/rename', {
    ...place('@sec-flow'),
    newName: 'sec-pumps',
  });
  expect(edited(FLOW, changes, flow)).toContain('# Flow {#sec-pumps}');
  expect(edited(client.textOf(intro), changes, intro)).toContain('see @sec-pumps');
});

test('a key of the bibliography is renamed with its entry and in all chapters', async () => {
  const { changes } = await client.request<WorkspaceEdit>('textDocument/rename', {
    ...place('@hopper'),
    newName: 'hopper52',
  });
  expect(edited(BIB, changes, workspace.uriOf('references.bib'))).toContain('@book{hopper52,');
  expect(edited(FLOW, changes, flow)).toContain('[@hopper52]');
  expect(edited(client.textOf(intro), changes, intro)).toContain('[@hopper52]');
});

test('a refusal says why', async () => {
  const asked = client.request('textDocument/rename', { ...place('@sec-flow'), newName: 'sec-intro' });
  await expect(asked).rejects.toThrow('"sec-intro" is there already, in index.qmd (line 1).');
});

test('files that are renamed are renamed where they are named', async () => {
  const edit = await client.request<WorkspaceEdit>('workspace/willRenameFiles', {
    files: [{ oldUri: flow, newUri: workspace.uriOf('pumps/flow.qmd') }],
  });
  expect(Object.keys(edit.changes!)).toEqual([workspace.uriOf('_quarto.yml')]);
  expect(edit.changes![workspace.uriOf('_quarto.yml')]![0]!.newText).toBe('pumps/flow.qmd');
});

test('modules that are renamed are renamed where they are imported', async () => {
  workspace.write('plant/__init__.py', 'from .pumps import rate\n');
  workspace.write('plant/pumps.py', 'rate = 3\n');
  workspace.write(
    'more.qmd',
    '```{python}\nimport plant.pumps\nfrom plant import pumps\n```\n\n`{python} pumps.rate`\n',
  );
  const edit = await client.request<WorkspaceEdit>('workspace/willRenameFiles', {
    files: [{ oldUri: workspace.uriOf('plant/pumps.py'), newUri: workspace.uriOf('plant/flows.py') }],
  });
  const texts = (name: string) => edit.changes![workspace.uriOf(name)]!.map(one => one.newText);
  expect(texts('plant/__init__.py')).toEqual(['.flows']);
  expect(texts('more.qmd')).toEqual(['plant.flows', 'flows', 'flows']);
});

test('a cell to be filled in', async () => {
  const text = await client.request<string>(CELL_SNIPPET, place('A tank'));
  expect(text).toContain('class Intro:');
  expect(text).toContain('${5:value}_str = Intro.${5:value}_str');
});
