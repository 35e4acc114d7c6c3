/** What an open chapter was at the last commit: in hovers, and as a list. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CancellationTokenSource, type Hover } from 'vscode-languageserver';
import type { Engine } from '../../../server/engine';
import { hover } from '../../../server/features/hover';
import { comparisonOf, disagreementsOf, takeFormer } from '../../../server/lsp/compare';
import type { Comparison } from '../../../server/protocol';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

const chapter = (rate: number, more = '') =>
  `\`\`\`{python}\nfrom units import LITRES\nrate = ${rate}\nhours = LITRES / rate\n\`\`\`\n\nIt takes \`{python} hours\` hours.${more}\n`;

let workspace: TestWorkspace;
let engine: Engine;
let uri: string;

beforeEach(() => {
  workspace = new TestWorkspace({ '_quarto.yml': '', 'units.py': 'LITRES = 1200\n' });
  engine = engineIn(workspace.folder).engine;
  uri = workspace.uriOf('a.qmd');
  engine.open(uri, 1, chapter(40));
});

afterEach(async () => {
  await engine.close();
  workspace.remove();
});

const { token } = new CancellationTokenSource();

function was(text: string, changed: readonly string[] = [], commit = '1'): void {
  const others = changed.map(name => workspace.uriOf(name));
  takeFormer({ uri, former: { commit, text, changed: others } }, engine);
}

async function compared(): Promise<Comparison> {
  return (await comparisonOf(uri, engine, token))!;
}

async function hovered(): Promise<string> {
  const { lines, text } = engine.chapter(uri)!.chapter;
  const position = lines.positionAt(text.indexOf('`{python} ') + 11);
  const found: Hover | null = await engine.answer(uri, hover, { textDocument: { uri }, position });
  return (found!.contents as { value: string }).value;
}

test('the list names each number with its sentence, its cause and its place', async () => {
  was(chapter(50));
  expect(await compared()).toEqual({
    changes: [
      {
        kind: 'number',
        label: '24.0 → 30.0',
        sentence: 'It takes 30.0 hours.',
        because: 'rate was 50, is 40',
        place: { uri, range: { start: { line: 6, character: 9 }, end: { line: 6, character: 25 } } },
      },
    ],
    unseen: [],
  });
  was(chapter(40), [], '2');
  expect(await compared()).toEqual({ changes: [], unseen: [] });
});

test('a hover says what a number was, where that is another one', async () => {
  was(chapter(50));
  await compared();
  expect(await hovered()).toContain('Was **24.0** at the last commit.');
  was(chapter(40, ' And more words.'));
  await compared();
  expect(await hovered()).not.toContain('last commit');
  was(chapter(50));
  await compared();
  takeFormer({ uri, former: null }, engine);
  expect(await hovered()).not.toContain('last commit');
  expect(await comparisonOf(uri, engine, token)).toBeNull();
});

test('nothing is told of single numbers where a file that they may come from has changed as well', async () => {
  was(chapter(50), ['units.py', 'b.qmd']);
  expect(await compared()).toMatchObject({ changes: [{ label: '24.0 → 30.0' }], unseen: ['units.py'] });
  expect(await hovered()).not.toContain('last commit');
  was(chapter(50), ['b.qmd']);
  expect(await compared()).toMatchObject({ unseen: [] });
  expect(await hovered()).toContain('Was **24.0**');
});

test('a chapter that is closed is forgotten', async () => {
  was(chapter(50));
  engine.closeDocument(uri);
  expect(await comparisonOf(uri, engine, token)).toBeNull();
});

test('chapters of the project are held against each other, those that are open as they are typed', async () => {
  const model = (params: number) =>
    `\`\`\`{python}\ngpt3_params_b = ${params}\n\`\`\`\n\nIt has \`{python} gpt3_params_b\`.\n`;
  workspace.write('a.qmd', model(175));
  workspace.write('b.qmd', model(175));
  engine.open(uri, 2, model(176));
  const [found, ...more] = await disagreementsOf(uri, engine, token);
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    name: 'gpt3_params_b',
    values: [
      { text: '176', kind: 'assumption', place: { uri, range: { start: { line: 1, character: 0 } } } },
      { text: '175', kind: 'assumption', place: { uri: workspace.uriOf('b.qmd') } },
    ],
  });
});
