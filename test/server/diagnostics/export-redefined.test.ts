import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const twice = (one: string, other: string, prose = 'At `{python} load_str`.') =>
  `${cell(`#| label: pump\nload_str = ${one}`)}\n${cell(`load_str = ${other}`)}\n${prose}\n`;

test('two values under one name', () => {
  expect(report(twice('"40"', '"55"'))).toEqual([
    'warning export-redefined "load_str": `load_str` is exported twice: it was \'40\' (cell "pump") and is \'55\' from here on. Give one of them another name.',
  ]);
});

test.each([
  ['the same value', twice('"40"', '"40"')],
  ['a name that no reference reads', twice('"40"', '"55"', '')],
  ['a value that is unknown', twice('"40"', '__import__("pandas").__version__')],
])('clean: %s', (_, text) => {
  expect(report(text).filter(line => line.includes('export-redefined'))).toEqual([]);
});
