import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

test.each([
  ['async def f():\n    pass', 'async def'],
  ['x = t"{1}"', 'a template string'],
  ["x = \"a\" rT'''b\n{1:>{2}}'''", 'a template string'],
  ['x = eval("1")', 'eval'],
  ['f = open("secrets")', 'open'],
])('%s', (code, construct) => {
  const lines = report(cell(code));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^info unsupported /);
  expect(lines[0]).toContain(construct);
});

test('stands at the call in the cell, not inside the library', () => {
  const text = cell('import random\n\ndef draw():\n    return random.randint(0, 9)\n\nx = draw()');
  expect(report(text)).toEqual([
    'info unsupported "draw()": random numbers without a seed is not supported by Reckoner: call random.seed(number) first.',
  ]);
});

test('the same thing is told of once in a chapter, with what it makes unknown', () => {
  const clocks = Array.from({ length: 10 }, (_, at) => cell(`import time\n\nt${at} = time.time()\nkept${at} = ${at}`));
  const text = `${clocks.join('\n')}\nAt \`{python} f"{t3}"\` and \`{python} t4\`, but \`{python} kept5\`.\n`;
  const lines = report(text);
  expect(lines.filter(line => line.includes(' unsupported '))).toHaveLength(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/It makes 2 references unknown\.$/);
  expect(report(text, { consequences: true })).toHaveLength(3);
});
