import { describe, expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const MESSAGE = 'The order of this set changes from one run of Python to the next: sort it before its order shows.';

describe('reported where the order of strings shows', () => {
  test.each([
    ['s = {"a", "b"}', 'x_str = ', '", ".join(s)'],
    ['s = {"a", "b"}\nt = (s, 1)', 'x_str = ', 'str(t)'],
    ['s = frozenset(["a", "b"])', 'x_str = ', 'str(s)'],
    ['s = {("a", 1), ("b", 2)}', '', 'print(s)'],
    ['s = {"a", 1}', 'x_str = ', 'str(s)'],
    ['s = {"a", "b"}', 'x = list(s)\nx_str = ', 'max(s, key=len)'],
    ['s = {"a", "b"}\np = {"a": 0.1, "b": 0.2}', 'x = ', 'sum(p[k] for k in s)'],
    ['s = {"a", "b"}', 'x_str = ', 's.pop()'],
    ['class C: pass\ns = {C(), C()}', 'x_str = ', 'str(s)'],
    ['s = {"a", "b"}', 'x_str = next(', 'iter(s)'],
    ['s = {"a", "b"}', 'x = list(', 'enumerate(s)'],
    ['s = {"a", "b"}', 'x = dict(', 'zip(s, [1, 2])'],
  ])('%s; %s%s', (made, before, shown) => {
    expect(report(cell(`${made}\n${before}${shown}${before.endsWith('(') ? ')' : ''}`))).toEqual([
      `warning set-order "${shown}": ${MESSAGE}`,
    ]);
  });
});

describe('reported where a reference shows it', () => {
  const CODE = 's = {"a", "b"}\nclass C:\n    def __repr__(self): return str(s)\nc = C()\nL = [1]';
  test.each(['str(s)', 'f"{s}"', '", ".join(s)', 'c', 'L.append(2) or str(s)'])('%s', expression => {
    const reference = `\`{python} ${expression}\``;
    const found = report(`${cell(CODE)}\n${reference}\n`).filter(one => one.includes('set-order'));
    expect(found).toEqual([`warning set-order "${expression}": ${MESSAGE}`]);
  });

  // IPython sorts what it shows by itself.
  test.each(['s', '[s]', '", ".join(sorted(s))', 'len(s)', '"a" in s'])('not of %s', expression => {
    const found = report(`${cell(CODE)}\n\`{python} ${expression}\`\n`).filter(one => one.includes('set-order'));
    expect(found).toEqual([]);
  });
});

test('once, at the statement, whatever shows what it makes', () => {
  const code = 's = {"a", "b"}\nn = 0\nfor w in s:\n    n = n * 2 + 1\nfirst = list(s)[0]';
  const found = report(`${cell(code)}\n\`{python} n\` and \`{python} first\`, again \`{python} n\`.\n`);
  expect(found.map(one => one.replace(MESSAGE, '…'))).toEqual([
    'warning set-order "s": … It makes 2 references unknown.',
    'warning set-order "list(s)": … It makes 1 reference unknown.',
  ]);
});

test('where items are unpacked', () => {
  expect(report(cell('s = {"a", "b"}\nx, y = s'))).toEqual([`warning set-order "x, y": ${MESSAGE}`]);
});

test.each([
  'x_str = next(iter({"a"}))',
  'x, y = {3, 1}',
  'x = sorted(enumerate({3, 1}))',
  'x_str = ", ".join(sorted({"b", "a"}))',
  'x_str = str({3, 1, 2})',
  'x_str = str({"a"})',
  'x = len({"a", "b"}) + sum(map(len, {"a", "b"}))\ny = "a" in {"a", "b"}\nz = max({"a", "b"})',
  'x_str = ", ".join({"a": 1, "b": 2})',
])('not reported: %s', code => {
  expect(report(cell(code))).toEqual([]);
});
