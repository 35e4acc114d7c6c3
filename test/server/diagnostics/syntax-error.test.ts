import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

test("CPython's message, and the other cells stand", () => {
  const text = `${cell('a = 1')}${cell('b = (3 +\nc = 5')}\n\`{python} a\`\n`;
  const lines = report(text);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^error syntax-error .*SyntaxError: '\(' was never closed$/);
});

test('a reference that is no expression', () => {
  expect(report(`\`{python} 1 +\`\n\n${cell('')}`)).toEqual([
    'error syntax-error "1 +": The reference is not a Python expression: invalid syntax',
  ]);
});

test('a character name that is not in the table is refused, not called wrong', () => {
  const text = `${cell("x = '\\N{SNOWMAN WITHOUT SNOW}'\ny = 2")}\n\`{python} x\` \`{python} y\`\n`;
  expect(report(text)).toEqual([
    expect.stringMatching(
      /^info unsupported .*the character name SNOWMAN WITHOUT SNOW is not supported by Reckoner: write the character itself, or its \\u escape/,
    ),
  ]);
});
