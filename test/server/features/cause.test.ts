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

test('from a value in doubt to the reference that raised', () => {
  const text = `${cell('D = {}')}\nIt is \`{python} D.pop("x")\` and \`{python} ¦len(D)\`.\n`;
  expect(leadsTo(text)).toMatch(/: D\.pop/);
});

test('from a value to the line that made it, behind its export', () => {
  expect(leadsTo(`${cell('n = 3')}\nIt is \`{python} ¦n\`.\n`)).toBe('2: n');
  const lego = cell('class Trip:\n    hours = 6\n    hours_str = f"{hours}"\nhours_str = Trip.hours_str');
  expect(leadsTo(`${lego}\nIt is \`{python} ¦hours_str\`.\n`)).toBe('4: hours_str');
  expect(leadsTo(`${lego}\nIt is \`{python} ¦Trip.hours_str\`.\n`)).toBe('4: hours_str');
});

test('nowhere from prose', () => {
  expect(leadsTo(`${cell('n = 3')}\nIt ¦is \`{python} n\`.\n`)).toBeNull();
});
