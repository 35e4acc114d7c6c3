/** What hovers and trees say of numbers that go through a book's own formatters and classes of numbers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Hover, Location } from 'vscode-languageserver';
import { PROVENANCE, type SourceTree } from '../../../server/protocol';
import { MarkedBook } from '../../support/books';
import { ask, textAt } from '../../support/requests';

const CHAPTER = readFileSync(join(import.meta.dirname, '../../fixtures/trees/formatters.qmd'), 'utf8');

const at = (name: string) => CHAPTER.replace(`{python} ${name}`, `{python} ${name.slice(0, -1)}¦${name.slice(-1)}`);

async function hoverOf(name: string): Promise<string> {
  const { contents } = (await ask<Promise<Hover>>('textDocument/hover', at(name)))!;
  return (contents as { value: string }).value;
}

async function treeOf(marked: string): Promise<string[]> {
  const { nodes } = await ask<Promise<SourceTree>>(PROVENANCE, marked);
  const shown = (one: number, depth: number): string[] => {
    const { label, description, children } = nodes[one]!;
    return [`${'  '.repeat(depth)}${label} | ${description}`, ...children.flatMap(child => shown(child, depth + 1))];
  };
  return shown(0, 0);
}

test('a hover tells the number that was given to be shown, with its formula, and what rounding took', async () => {
  const text = await hoverOf('loaves_str');
  expect(text).toContain('`loaves` = `136.36363636363635`, shown 0.27 % lower');
  expect(text).toContain('← `sacks × per_sack / FLOUR`');
  expect(text).toContain('= `3 × 25 / 0.55`');
});

test('a number of an own class is an assumption with the source that it tells, without what else its class was given', async () => {
  expect(await hoverOf('exact_str')).toContain('- `FLOUR` = `0.55` Mill data sheet, 2021 [↗]');
});

test('a tree goes from a text to its number, and tells the text by what it reads', async () => {
  expect(await treeOf(at('loaves_str'))).toEqual([
    'loaves_str = 136 loaves | show_whole(loaves, style="word")',
    '  loaves = 136.364 | sacks × per_sack / FLOUR',
    '    sacks = 3 | assumption',
    '    per_sack = 25 | assumption',
    '    FLOUR = 0.55 | Mill data sheet, 2021',
  ]);
  expect((await treeOf(at('share')))[1]).toBe('  loaves = 136.364 | sacks × per_sack / FLOUR');
});

test('the source of a text is that of its number, not of what the formatter reads besides', async () => {
  const code = `SIGNS = {"kg": " kilos"}
MOST = 6
def show(value, unit, digits=1):
    rows = []
    rows.append(SIGNS.get(unit, unit))
    return f"{value:.{min(digits, MOST)}f}{rows[0]}"
flour = 12
flour_str = show(flour, "kg")
`;
  const marked = `\`\`\`{python}\n${code}\`\`\`\n\nIt is \`{python} flour¦_str\`.\n`;
  const places = await ask<Promise<Location[]>>('textDocument/implementation', marked);
  expect(places.map(({ range }) => textAt(marked, range))).toEqual([expect.stringContaining('flour')]);
});

test('texts that a package makes on the way are no nodes of a tree', async () => {
  const book = {
    'chapter.qmd':
      '```{python}\nfrom mill import show, RATE\nbags = RATE * 4\nbags_str = show(bags)\n```\n\nIt is `{python} bags¦_str`.\n',
    'mill.py':
      'RATE = 3\n\ndef show(value, before="about ", behind=" bags", and_so="", more=""):\n    text = f"{value:,.1f}"\n    whole = before + text + behind + and_so + more\n    again = whole + and_so + more + and_so + more + and_so + more + and_so\n    return again + "" + and_so + more + and_so\n',
  };
  const text = await new MarkedBook(book).hover();
  expect(text).toContain('`bags` = `12`');
  expect(text).toContain('← `RATE × 4`');
});
