import { expect, test } from 'vitest';
import type { LinkedEditingRanges } from 'vscode-languageserver';
import { ask, textAt } from '../../support/requests';

const CHAPTER = `\`\`\`{python}
# ┌── LEGO ─────
# │ Exports: rate_str
# └─────────────
class Pump:
    rate = 3
    rate_str = f"{rate}"

rate_str = Pump.rate_str
other = Pump.rate
\`\`\`

At \`{python} rate_str\` or \`{python} Pump.rate_str\`.
`;

function linked(marked: string): string[] | null {
  const found = ask<LinkedEditingRanges | null>('textDocument/linkedEditingRange', marked);
  return found?.ranges.map(range => textAt(marked, range)) ?? null;
}

test.each(['    rate¦_str', '\nrate¦_str', '= Pump.rate¦_str', 'Exports: rate¦_str'])(
  'an export, its attribute, header and references are edited as one: %j',
  at => {
    const all = ['3: rate_str', '7: rate_str', '9: rate_str', '9: rate_str', '13: rate_str', '13: rate_str'];
    expect(linked(CHAPTER.replace(at.replace('¦', ''), at))).toEqual(all);
  },
);

test('what is typed is a name to clients, which read the pattern without flags', () => {
  const found = ask<LinkedEditingRanges>(
    'textDocument/linkedEditingRange',
    CHAPTER.replace('\nrate_str', '\nrate¦_str'),
  );
  const pattern = new RegExp(`^(?:${found.wordPattern})$`);
  for (const name of ['rate_str', 'größe_2', 'x']) expect(name).toMatch(pattern);
  for (const name of ['2x', 'a b', 'a.b', '']) expect(name).not.toMatch(pattern);
});

test('not where the names differ, or there is no bridge', () => {
  expect(linked(CHAPTER.replace('\nother', '\noth¦er'))).toBeNull();
  expect(linked(CHAPTER.replace('    rate =', '    ra¦te ='))).toBeNull();
});
