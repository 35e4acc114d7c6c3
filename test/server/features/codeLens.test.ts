import { expect, test } from 'vitest';
import type { CodeLens } from 'vscode-languageserver';
import { type ChapterValue, type Settings, VALUES } from '../../../server/protocol';
import { ask } from '../../support/requests';

const CHAPTER = `\`\`\`{python}
from mlsys.formatting import check
class Pump:
    rate = 3
    rate_str = f"{rate}"
    check(rate > 2, "more than two")
    check(rate < 5, "less than five")

rate_str = Pump.rate_str
unused = 1
\`\`\`

At \`{python} rate_str\`, \`{python} rate_str\` or \`{python} Pump.rate_str\`.
`;

const lenses = (codeLens: Settings['codeLens'], text = CHAPTER) =>
  ask<CodeLens[] | null>('textDocument/codeLens', text, {}, { codeLens })?.map(
    ({ range, command }) => `${range.start.line + 1}: ${command!.title}`,
  );

test('off by default', () => {
  expect(ask('textDocument/codeLens', CHAPTER)).toBeNull();
});

test('over cells: exports, their uses, guards', () => {
  expect(lenses('cells')).toEqual(['1: 2 exports, 3 uses, 2 guards hold']);
  const failing = CHAPTER.replace('rate > 2', 'rate > 4');
  expect(lenses('cells', failing)).toEqual(['1: 2 exports, 3 uses, 1 of 1 guard fails']);
});

test('over exports their uses', () => {
  expect(lenses('all')).toEqual(['1: 2 exports, 3 uses, 2 guards hold', '9: 2 uses', '10: 0 uses']);
});

test('a client with commands lists the uses of an export; none has no list', () => {
  const client = { hasCommands: true, takesSnippetEdits: false, createsFiles: false };
  const found = ask<CodeLens[]>('textDocument/codeLens', CHAPTER, {}, { codeLens: 'all' }, { client });
  expect(found.map(({ command }) => [command!.command, command!.arguments])).toEqual([
    ['', undefined],
    ['reckoner.showUses', ['file:///book/chapter.qmd', { line: 8, character: 0 }]],
    ['', undefined],
  ]);
});

test('what no sentence is to show is no export: a figure, its axes', () => {
  const figure = '```{python}\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nn = 3\n```\n';
  expect(lenses('all', figure)).toEqual(['1: 1 export, 0 uses', '4: 0 uses']);
  expect(lenses('all', figure.replace('n = 3\n', ''))).toEqual([]);
});

test('a reference to a part of an object uses the object', () => {
  const text = `\`\`\`{python}
from types import SimpleNamespace
mill = SimpleNamespace(sacks=20, days=3)
idle = SimpleNamespace(sacks=0)
\`\`\`

It grinds \`{python} mill.sacks\` sacks in \`{python} mill.days\` days, \`{python} f"{mill.sacks / mill.days:.1f}"\` a day.
`;
  expect(lenses('all', text)).toEqual(['1: 2 exports, 4 uses', '3: 4 uses', '4: 0 uses']);
});

test('a use before its definition counts here and in the list of values', async () => {
  const text =
    'It grinds `{python} sacks` sacks, `{python} f"{sacks / 2}"` each.\n\n```{python}\nsacks = 20\n```\n\nAll: `{python} sacks`.\n';
  expect(lenses('all', text)).toEqual(['3: 1 export, 3 uses', '4: 3 uses']);
  const rows = await ask<Promise<ChapterValue[]>>(VALUES, text);
  expect(rows.map(({ name, uses }) => [name, uses])).toEqual([['sacks', 3]]);
});
