import { describe, expect, test } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver';
import { features } from '../../../server/features';
import { ask } from '../../support/requests';

const CELL =
  '```{python}\nfrom mlsys import Hardware\n\nclass Tank:\n    litres = 40\n    litres_str = "40"\n\nlitres_str = Tank.litres_str\n```\n\n';

/** `typed` is the character that opened the list; without it a letter did, or the author asked. */
async function labels(marked: string, typed?: string): Promise<string[]> {
  const context = typed === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: typed };
  const items = (await ask<Promise<CompletionItem[] | null>>('textDocument/completion', marked, { context })) ?? [];
  return items.sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1)).map(item => item.label);
}

describe('in a reference', () => {
  test('text exports come first; imports and functions are left out', async () => {
    expect(await labels(`${CELL}Holds \`{python} ¦\` l.\n`)).toEqual(['litres_str', 'Tank']);
  });

  test('attributes of a class', async () => {
    expect(await labels(`${CELL}Holds \`{python} Tank.¦\` l.\n`)).toEqual(['litres_str', 'litres']);
  });

  test('the blank behind {python} opens the list, and no other one', async () => {
    expect(await labels(`${CELL}Holds \`{python} ¦\` l.\n`, ' ')).toEqual(['litres_str', 'Tank']);
    expect(await labels(`${CELL}Holds \`{python} Tank ¦\` l.\n`, ' ')).toEqual([]);
    expect(await labels(`${CELL}Holds ¦\n`, ' ')).toEqual([]);
    expect(await labels(`${CELL}\`\`\`{python}\nx = ¦\n\`\`\`\n`, ' ')).toEqual([]);
  });

  test('nothing in prose, nor on the line that opens a cell', async () => {
    expect(await labels(`${CELL}Holds ¦.\n`)).toEqual([]);
    expect(await labels(`${CELL}Holds lit¦\n`)).toEqual([]);
    expect(await labels(CELL.replace('{python}', '{python}¦'))).toEqual([]);
  });

  test('only letters, blanks and dots open a list', async () => {
    const { capabilities } = features.find(one => one.method === 'textDocument/completion')!;
    expect(capabilities.completionProvider?.triggerCharacters).toEqual(['.', ' ']);
  });
});

describe('in a cell', () => {
  test('own names, earlier ones, built-ins', async () => {
    const found = await labels(`${CELL}\`\`\`{python}\nmine = 1\nx = ¦\n\`\`\`\n`);
    expect(found[0]).toBe('mine');
    expect(found).toContain('litres_str');
    expect(found).toContain('len');
  });

  test('keywords, so that Enter behind one in full does not put a name in its place', async () => {
    expect(await labels('```{python}\nfor x in []:\n    pass¦\n```\n')).toContain('pass');
  });

  test('what a library module offers', async () => {
    expect(await labels('```{python}\nfrom mlsys.formatting import ¦\n```\n')).toContain('fmt');
    expect(await labels(`${CELL}\`\`\`{python}\nx = Hardware.Cloud.¦\n\`\`\`\n`)).toContain('A100');
  });
});
