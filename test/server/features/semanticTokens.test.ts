import { expect, test } from 'vitest';
import type { SemanticTokens } from 'vscode-languageserver';
import { features } from '../../../server/features';
import { ask } from '../../support/requests';

const { legend } = features.find(({ method }) => method === 'textDocument/semanticTokens/full')!.capabilities
  .semanticTokensProvider!;

/** `name type modifier…` of each token. */
function tokens(text: string, method = 'full', params = {}): string[] {
  const { data } = ask<SemanticTokens>(`textDocument/semanticTokens/${method}`, text, params);
  const lines = text.split('\n');
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [down, right, length, type, bits] = data.slice(at, at + 5) as [number, number, number, number, number];
    character = down === 0 ? character + right : right;
    line += down;
    const modifiers = legend.tokenModifiers.filter((_, bit) => (bits >> bit) & 1);
    found.push([lines[line]!.slice(character, character + length), legend.tokenTypes[type], ...modifiers].join(' '));
  }
  return found;
}

const CHAPTER = `\`\`\`{python}
import math
from mlsys.constants import GB
class Tank:
    litres = 40
    def drain(self, by):
        return by

size = 80 * GB
\`\`\`

\`\`\`{python}
half = math.sqrt(Tank.litres) + len("a")
\`\`\`

Holds \`{python} Tank.litres\` l.
`;

test('names of cells and references', () => {
  expect(tokens(CHAPTER)).toEqual([
    'math namespace declaration',
    'GB variable declaration readonly',
    'Tank class declaration',
    'litres variable declaration',
    'drain function declaration',
    'self parameter declaration',
    'by parameter declaration',
    'by parameter',
    'size variable declaration',
    'GB variable readonly',
    'half variable declaration',
    'math namespace',
    'sqrt property',
    'Tank class',
    'litres property',
    'len function defaultLibrary',
    'Tank class',
    'litres property',
  ]);
});

test('in a range, and in cells that are indented', () => {
  const range = { start: { line: 15, character: 0 }, end: { line: 16, character: 0 } };
  expect(tokens(CHAPTER, 'range', { range })).toEqual(['Tank class', 'litres property']);
  expect(tokens('- item\n\n  ```{python}\n  x = 1\n  y = x\n  ```\n')).toEqual([
    'x variable declaration',
    'y variable declaration',
    'x variable',
  ]);
});
