import { describe, expect, test } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver';
import { ask } from '../../support/requests';

const CELL =
  '```{python}\nfrom mlsys import Hardware\n\nclass Tank:\n    litres = 40\n    litres_str = "40"\n\nlitres_str = Tank.litres_str\n```\n\n';

function labels(marked: string): string[] {
  const items = ask<CompletionItem[] | null>('textDocument/completion', marked) ?? [];
  return items.sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1)).map(item => item.label);
}

describe('in a reference', () => {
  test('text exports come first; imports and functions are left out', () => {
    expect(labels(`${CELL}Holds \`{python} ¦\` l.\n`)).toEqual(['litres_str', 'Tank']);
  });

  test('attributes of a class', () => {
    expect(labels(`${CELL}Holds \`{python} Tank.¦\` l.\n`)).toEqual(['litres_str', 'litres']);
  });

  test('nothing in prose', () => {
    expect(labels(`${CELL}Holds ¦.\n`)).toEqual([]);
  });
});

describe('in a cell', () => {
  test('own names, earlier ones, built-ins', () => {
    const found = labels(`${CELL}\`\`\`{python}\nmine = 1\nx = ¦\n\`\`\`\n`);
    expect(found[0]).toBe('mine');
    expect(found).toContain('litres_str');
    expect(found).toContain('len');
  });

  test('what a library module offers', () => {
    expect(labels('```{python}\nfrom mlsys.formatting import ¦\n```\n')).toContain('fmt');
    expect(labels(`${CELL}\`\`\`{python}\nx = Hardware.Cloud.¦\n\`\`\`\n`)).toContain('A100');
  });
});
