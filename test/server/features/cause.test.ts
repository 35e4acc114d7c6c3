import { expect, test } from 'vitest';
import type { Location } from 'vscode-languageserver';
import { CAUSE } from '../../../server/protocol';
import { cell } from '../../support/analysis';
import { ask, textAt } from '../../support/requests';

const leadsTo = (marked: string) => {
  const found = ask<Location | null>(CAUSE, marked);
  return found && textAt(marked, found.range);
};

test('from an unknown value to the import of the module that is not at hand', () => {
  const text = `${cell('n = 3\nimport pandas as pd\nn = len(pd.DataFrame())')}\nIt is \`{python} ¦n\`.\n`;
  expect(leadsTo(text)).toBe('3: pandas as pd');
});

test('from a value in doubt, and from one that is missing, to the failed cell', () => {
  const failing = cell('n = 3\nm = 1 / 0\nk = n');
  expect(leadsTo(`${failing}\nIt is \`{python} ¦n\`.\n`)).toBe('3: 1 / 0');
  expect(leadsTo(`${failing}\nIt is \`{python} ¦k\`.\n`)).toBe('3: 1 / 0');
});

test('nowhere from a value that is sure, and from prose', () => {
  expect(leadsTo(`${cell('n = 3')}\nIt is \`{python} ¦n\`.\n`)).toBeNull();
  expect(leadsTo(`${cell('n = 3')}\nIt ¦is \`{python} n\`.\n`)).toBeNull();
});
