import { expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ask, CURSOR } from '../../support/requests';

/** What a selection at the cursor grows to, step by step. */
function steps(marked: string): string[] {
  const text = marked.replace(CURSOR, '');
  const document = TextDocument.create('file:///a.qmd', 'quarto', 1, text);
  const position = document.positionAt(marked.indexOf(CURSOR));
  const found: string[] = [];
  let at: SelectionRange | undefined = ask<SelectionRange[]>('textDocument/selectionRange', text, {
    positions: [position],
  })[0];
  for (; at !== undefined; at = at.parent) found.push(document.getText(at.range));
  return found;
}

test('in a cell: name, expression, statement, stage, class, cell, section', () => {
  const cell = '```{python}\nclass A:\n    # ┌── 1. LOAD\n    x = (1 + wi¦dth) * 2\n    y = 2\n```';
  const grown = steps(`# One\n\nText.\n\n## Two\n\n${cell}\n\n# Three\n`);
  expect(grown.slice(0, 4)).toEqual(['width', '1 + width', '(1 + width) * 2', 'x = (1 + width) * 2']);
  expect(grown).toContain('# ┌── 1. LOAD\n    x = (1 + width) * 2\n    y = 2');
  expect(grown).toContain(cell.replace('¦', ''));
  expect(grown.at(-1)).toMatch(/^# One[\s\S]*# Three\n$/);
  expect(grown.some(one => one.startsWith('## Two') && !one.includes('# Three'))).toBe(true);
});

test('in prose: word, emphasis, sentence, div', () => {
  const grown = steps('Before.\n\n::: {.note}\nSome **very im¦portant** words.\n:::\n');
  expect(grown.slice(0, 3)).toEqual(['important', 'very important', '**very important**']);
  expect(grown).toContain('Some **very important** words.');
  expect(grown).toContain('::: {.note}\nSome **very important** words.\n:::');
});

test('in a reference: name, expression, reference', () => {
  const grown = steps('```{python}\na = days = 1\n```\n\nIt takes `{python} a + da¦ys` days.\n');
  expect(grown.slice(0, 3)).toEqual(['days', 'a + days', '`{python} a + days`']);
});
