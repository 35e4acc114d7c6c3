import { expect, test } from 'vitest';
import type { DocumentSymbol, FoldingRange } from 'vscode-languageserver';
import { cell } from '../../support/analysis';
import { ask } from '../../support/requests';

const TEXT = `---
title: Tanks
---

# Water

\`\`\`{python}
#| label: tank
class Tank:
    litres = 40

litres_str = "40"
\`\`\`

## Pumps

::: {.callout-note}
Text.
:::

# Air
`;

function tree(symbols: readonly DocumentSymbol[], indent = ''): string[] {
  return symbols.flatMap(symbol => [`${indent}${symbol.name}`, ...tree(symbol.children ?? [], `${indent}  `)]);
}

test('headings with their cells, cells with what they define', () => {
  expect(tree(ask<DocumentSymbol[]>('textDocument/documentSymbol', TEXT))).toEqual([
    'Water',
    '  tank',
    '    Tank',
    '      litres',
    '    litres_str',
    '  Pumps',
    'Air',
  ]);
});

test('of a cell that a program wrote, as many names are listed as somebody may look through', () => {
  const text = cell(Array.from({ length: 3000 }, (_, at) => `row_${at} = ${at}`).join('\n'));
  const [listed] = ask<DocumentSymbol[]>('textDocument/documentSymbol', text);
  expect(listed!.children).toHaveLength(1000);
  expect(listed!.children!.at(-1)!.name).toBe('row_999');
});

test('sections, cells, divs and front matter fold', () => {
  const folds = ask<FoldingRange[]>('textDocument/foldingRange', TEXT).map(fold => [fold.startLine, fold.endLine]);
  expect(folds.sort((a, b) => a[0]! - b[0]!)).toEqual([
    [0, 2],
    [4, 18],
    [6, 12],
    [8, 9],
    [14, 18],
    [16, 18],
  ]);
});

test('figures, tables and equations stand in the outline with their captions', () => {
  const text =
    '# A\n\n![**Tank** one](a.png){#fig-tank}\n\n::: {#fig-b fig-cap="Two"}\nX\n:::\n\n$$ x $$ {#eq-x}\n\n# B {#sec-b}\n';
  const [a] = ask<DocumentSymbol[]>('textDocument/documentSymbol', text);
  expect(a!.children!.map(({ name, detail }) => `${name}: ${detail ?? ''}`)).toEqual([
    'fig-tank: Tank one',
    'fig-b: Two',
    'eq-x: ',
  ]);
});
