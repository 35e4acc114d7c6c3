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
