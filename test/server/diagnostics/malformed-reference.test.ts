import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

const chapter = (prose: string) => `${cell('x_str = "1"')}\n${prose}\n`;
const told = (prose: string) => report(chapter(prose)).filter(line => line.includes('malformed-reference'));

test.each([
  ['without its first backtick', 'A {python} x_str` b.', '{python} x_str`'],
  ['with dollars', 'A ${python} x_str$ b.', '${python} x_str$'],
  ['without a blank', 'A `{python}x_str` b.', '`{python}x_str`'],
  ['with another case', 'A `{Python} x_str` b.', '`{Python} x_str`'],
  ['without braces', 'A `python x_str` b.', '`python x_str`'],
  ['with the name in the braces', 'A `{python x_str}` b.', '`{python x_str}`'],
  ['without backticks', 'A {python} x_str b.', '{python} x_str'],
  ['as in R', 'A `r x_str` b.', '`r x_str`'],
  ['with a dollar and a backtick', 'A ${python} x_str` b.', '${python} x_str`'],
  ['in two pairs of braces', 'A `{{python}} x_str` b.', '`{{python}} x_str`'],
  ['in two pairs of braces, without backticks', 'A {{python}} x_str b.', '{{python}} x_str'],
  ['as a template', 'A {{ python x_str }} b.', '{{ python x_str }}'],
  ['as in an f-string', 'A {x_str} b.', '{x_str}'],
  ['with another spelling', 'A `{pyhton} x_str` b.', '`{pyhton} x_str`'],
  ['with other brackets', 'A `[python] x_str` b.', '`[python] x_str`'],
  ['without the first brace', 'A `python} x_str` b.', '`python} x_str`'],
  ['without the second brace', 'A `{python x_str` b.', '`{python x_str`'],
  ['with a colon', 'A `{python}: x_str` b.', '`{python}: x_str`'],
  ['with a blank before the braces', 'A ` {python} x_str` b.', '` {python} x_str`'],
  ['with the name behind the backtick', 'A `{python}` x_str b.', '`{python}` x_str'],
  ['with two backticks at its end', 'A `{python} x_str`` b.', '`{python} x_str``'],
  ['with two backticks at its start', 'A ``{python} x_str` b.', '``{python} x_str`'],
])('%s', (_, prose, marked) => {
  expect(told(prose)).toEqual([expect.stringContaining(`error malformed-reference "${marked}": The page will show `)]);
  const fixed = applyFix(chapter(prose), 'Make it a reference to `x_str`');
  expect(fixed).toBe(chapter('A `{python} x_str` b.'));
  expect(report(fixed)).toEqual([]);
});

test.each([
  'A `{python} x_str` b, `{python} x_str`.',
  'Write ``{python} x_str`` or `` `{python} x_str` `` in a {python} cell.',
  'The name `x_str` stands for `{python} x_str`, and {python} code runs in `r tool`, `y_str` or a {python} cell.',
  'Names such as `{{python}} other` or {{python}} other, {other_str} and $\\text{x_str}$ of `{cython} x_str`.',
  'Run `python script.py` or `python tool`, with {python} cells.',
])('left alone: %s', prose => {
  expect(told(prose)).toEqual([]);
});

test('with nothing but the name, in a chapter that has references', () => {
  const shown = (prose: string) => `${cell('n = 3')}\n${cell('x_str = "1"')}\n${prose}\n`;
  const finding = 'error malformed-reference "`x_str`": The page will show ';
  expect(report(shown('A `x_str` of `{python} n` b.'))).toEqual([expect.stringContaining(finding)]);
  expect(report(shown('The method changes `x_str`, which is a text.'))).toEqual([]);
});

test('without its last backtick, where no other follows', () => {
  const prose = '![A `{python} x_str GiB, of it.](https://example.org/a.svg)';
  expect(told(prose)).toEqual([
    expect.stringContaining('error malformed-reference "`{python} x_str": The page will show '),
  ]);
  expect(applyFix(chapter(prose), 'Make it a reference to `x_str`')).toBe(chapter(prose.replace('x_str ', 'x_str` ')));
});

test('without its last backtick', () => {
  const text = chapter('A `{python} x_str% of it: `{python} x_str`\n\nNext.');
  expect(report(text)).toEqual([
    'error malformed-reference "`{python} x_str": The reference to `x_str` has no backtick at its end, and takes in the words behind it.',
  ]);
  const fixed = applyFix(text, 'Close the reference');
  expect(fixed).toBe(chapter('A `{python} x_str`% of it: `{python} x_str`\n\nNext.'));
  expect(report(fixed)).toEqual([]);
});
