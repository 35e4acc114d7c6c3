import { expect, test } from 'vitest';
import type { InlayHint } from 'vscode-languageserver';
import { ask } from '../../support/requests';

const TEXT = '```{python}\na = "24"\nb = "x" * 100\n```\n\nIt is `{python} a`, `{python} b`, `{python} c`.\n';
const ALL = { range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } };

test('the value of each reference behind it, long ones cut, missing ones marked', () => {
  const hints = ask<InlayHint[]>('textDocument/inlayHint', TEXT, ALL);
  expect(hints.map(hint => [hint.position.character, hint.label])).toEqual([
    [18, '24'],
    [32, `${'x'.repeat(39)}…`],
    [46, '⚠ no value'],
  ]);
});

test('only those of the range asked for', () => {
  const range = { start: { line: 5, character: 20 }, end: { line: 5, character: 33 } };
  expect(ask<InlayHint[]>('textDocument/inlayHint', TEXT, { range })).toHaveLength(1);
});

test('none when switched off', () => {
  const off = { inlayHints: { enabled: false, maxLength: 40 } };
  expect(ask<InlayHint[]>('textDocument/inlayHint', TEXT, ALL, off)).toEqual([]);
});

test('the text as the page has it', () => {
  const code =
    'from mlsys import ureg\nimport numpy as np\nq = 1.5 * ureg.meter**2\nn = np.mean([1, 2])\nt = "a\\nb**"';
  const text = `\`\`\`{python}\n${code}\n\`\`\`\n\n\`{python} q\` \`{python} n\` \`{python} t\`\n`;
  const hints = ask<InlayHint[]>('textDocument/inlayHint', text, ALL);
  expect(hints.map(hint => hint.label)).toEqual(['1.5 m²', 'np.float64(1.5)', 'a\\nb**']);
});
