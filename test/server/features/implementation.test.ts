import { expect, test } from 'vitest';
import type { Location } from 'vscode-languageserver';
import { ask, textAt } from '../../support/requests';

const CHAPTER = `\`\`\`{python}
class Plan:
    hours = 48
    per_day = 24
    days = hours / per_day
    days_str = f"{days:.1f}"

days_str = Plan.days_str
name = "plan"
\`\`\`

It takes \`{python} days_str\` days: \`{python} name\`.
`;

async function sources(marked: string): Promise<string[] | null> {
  const found = await ask<Promise<Location[] | null>>('textDocument/implementation', marked);
  return found?.map(({ range }) => textAt(marked, range)) ?? null;
}

test('from a reference past its bridge and formula to the assumptions', async () => {
  const found = await sources(CHAPTER.replace('{python} days_str', '{python} days¦_str'));
  expect(found).toHaveLength(2);
  expect(found![0]).toContain('hours');
  expect(found![1]).toContain('per_day');
});

test('from a name in a cell; nothing in prose', async () => {
  expect(await sources(CHAPTER.replace('    days =', '    da¦ys ='))).toHaveLength(2);
  expect(await sources(CHAPTER.replace('It takes', 'It ta¦kes'))).toBeNull();
});

test('of a constant of the library the line that reads it', async () => {
  const text =
    '```{python}\nfrom mlsys.constants import BILLION\nbig = BILLION\ntwice = 2 * big\n```\n\nIt is `{python} twi¦ce`.\n';
  const found = await sources(text);
  expect(found?.some(one => one.startsWith('3: '))).toBe(true);
});
