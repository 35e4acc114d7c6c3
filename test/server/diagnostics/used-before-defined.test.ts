import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

test('names the cell and the line', () => {
  const text = `Takes \`{python} days_str\` days.\n\n${cell('#| label: plan\ndays_str = "3"')}`;
  expect(report(text)).toEqual([
    'error used-before-defined "days_str": `days_str` is used before it is defined: cell "plan" sets it further down, at line 5.',
  ]);
});

test('a class attribute above its class', () => {
  const text = `Takes \`{python} Plan.days_str\` days.\n\n${cell('class Plan:\n    days_str = "3"')}`;
  expect(report(text)).toEqual([
    'error used-before-defined "Plan.days_str": `Plan` is used before it is defined: the cell at line 3 sets it further down, at line 4.',
  ]);
});

test('a name set before and after is fine', () => {
  expect(report(`${cell('n = 1')}\n\`{python} n\`\n\n${cell('n = 2')}`)).toEqual([]);
});
