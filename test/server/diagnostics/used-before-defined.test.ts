import { expect, test } from 'vitest';
import { applyFix, cell, fixTitles, report } from '../../support/analysis';

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

test('the cell is moved above all that is used too early', () => {
  const plan = cell('#| label: plan\ndays = rate * 2\ndays_str = f"{days:.0f}"');
  const text = `${cell('rate = 3')}\nIn \`{python} days_str\` days.\n\nIn \`{python} days\` days.\n\n${plan}\nAgain \`{python} days_str\` days.\n`;
  const title = 'Move cell "plan" up, above line 5; no value changes';
  expect(fixTitles(text)).toEqual([title, title]);
  const fixed = applyFix(text, title);
  expect(fixed).toBe(
    `${cell('rate = 3')}\n${plan}\nIn \`{python} days_str\` days.\n\nIn \`{python} days\` days.\n\nAgain \`{python} days_str\` days.\n`,
  );
  expect(report(fixed)).toEqual([]);
});

test('out of the div around the sentence', () => {
  const text = `::: {.callout-note}\nIn \`{python} days\` days.\n:::\n\n${cell('days = 3')}`;
  expect(applyFix(text, 'Move the cell at line 5 up, above line 2; no value changes')).toBe(
    `${cell('days = 3')}\n::: {.callout-note}\nIn \`{python} days\` days.\n:::\n\n`,
  );
});

test.each([
  ['it reads what a cell between makes', cell('rate = 3'), 'days = rate * 2'],
  ['it makes what a cell above made', '', 'days = 3\nearlier = 2'],
  ['it changes a list', '', 'seen.append(1)\ndays = 3'],
  ['it calls a function of the chapter', '', 'days = twice(1)'],
  ['its effect depends on when it runs', '', 'import random\ndays = random.Random(1).randint(1, 2)'],
  ['it fails', '', 'days = 3\n1 / 0'],
])('it is not moved where %s', (_, between, code) => {
  const first = cell('earlier = 1\nseen = []\ndef twice(x):\n    seen.append(x)\n    return 2 * x');
  const text = `${first}\nIn \`{python} days\` days, \`{python} earlier\`, \`{python} seen\`.\n\n${between}\n${cell(code)}`;
  expect(fixTitles(text).filter(title => title.startsWith('Move'))).toEqual([]);
});
