import { expect, test } from 'vitest';
import { runRules } from '../../../server/diagnostics';
import { applyFix, cell, report, reportIn } from '../../support/analysis';
import { analyzeBook } from '../../support/books';

const ALL = { levels: {} };

test('a name brought out for the prose, and an attribute that is a text', () => {
  const text = cell('class Tank:\n    litres_str = "40"\n    flow_str = "3"\n\nlitres_str = Tank.litres_str');
  expect(report(text, ALL)).toEqual([
    'hint unused-export "flow_str": Nothing reads `Tank.flow_str`: no reference, and no other code.',
    'hint unused-export "litres_str": Nothing reads `litres_str`: no reference, and no other code.',
  ]);
  expect(applyFix(text, 'Remove `litres_str`')).toBe('```{python}\nclass Tank:\n    flow_str = "3"\n\n```\n');
});

test('a second name of an attribute leaves the first one in the header', () => {
  const head = '# ┌────────\n# │ Exports: flow_str\n# └────────\n';
  const code = `${head}class Tank:\n    flow_str = "3"\n\nflow_str = Tank.flow_str\nflow_value = Tank.flow_str`;
  const text = `${cell(code)}\n\`{python} flow_str\`\n`;
  const second = '\nflow_value = Tank.flow_str';
  expect(applyFix(text.replaceAll('flow_value', 'speed_str'), 'Remove `speed_str`')).toBe(text.replace(second, ''));
});

test.each([
  ['a reference', 'x_str = "1"', '`{python} x_str`'],
  ['an expression in a reference', 'x_str = "1"', '`{python} x_str + "%"`'],
  ['another cell', 'x_str = "1"\ny = x_str', ''],
  ['a class through an alias', 'class T:\n    x_str = "1"\n\nFF = T', '`{python} FF.x_str`'],
  ['code that reads any name', 'x_str = "1"\ny = globals()["x_str"]', ''],
  ['the body of its class', 'class T:\n    x_str = "1"\n    y = x_str', ''],
])('read by %s', (_, code, prose) => {
  expect(report(`${cell(code)}\n${prose}\n`, { levels: { 'inline-expression': 'off' } })).toEqual([]);
});

test('an import that no cell reads; cells share names until one binds its own', () => {
  const text = `${cell('import math\nimport re')}\n${cell('import re\n\nx = math.pi\ny = re.compile("a")')}`;
  expect(report(text, ALL)).toEqual(['hint unused-import "re": Nothing reads `re`, which this imports.']);
  expect(applyFix(text, 'Remove the import of `re`')).toBe(text.replace('import math\nimport re\n', 'import math\n'));
});

test('all names of one statement are one finding', () => {
  const code = 'from math import (\n    ceil,\n    pi,\n    sin,\n    cos,\n    tau,\n)\n\nx = pi';
  expect(report(cell(code), ALL)).toEqual([
    'hint unused-import "ceil": Nothing reads `ceil`, `sin`, `cos` and `tau`, which this imports.',
  ]);
  expect(applyFix(cell(code), 'Remove the import of `ceil`, `sin`, `cos` and `tau`')).toBe(
    cell('from math import (\n    pi,\n)\n\nx = pi'),
  );
  expect(applyFix(cell('from math import sin, cos\nx = 1'), 'Remove the import of `sin` and `cos`')).toBe(
    cell('x = 1'),
  );
});

test('an import of a module of the book counts as used where that does something', () => {
  const sources = {
    'options.py': '"""Options."""\nimport math\nimport names\nif True:\n    names.X = 6\n',
    'names.py': '"""Names."""\nX: int = 5\ndef f(): return X\n',
    'book/__init__.py': '',
    'book/setup.py': 'print("ready")\n',
  };
  const told = (code: string) => runRules(analyzeBook(cell(code), sources), ALL).map(one => one.message);
  expect(told('import options')).toEqual([]);
  expect(told('import book.setup')).toEqual([]);
  expect(told('import names')).toEqual(['Nothing reads `names`, which this imports.']);
  expect(told('from options import math')).toEqual(['Nothing reads `math`, which this imports.']);
});

test.each([
  ['one of several', 'from math import pi, tau, e\n\nx = pi + e', 'from math import pi, e\n\nx = pi + e'],
  ['the last of several', 'from math import pi, tau\n\nx = pi', 'from math import pi\n\nx = pi'],
])('is taken out of a list: %s', (_, code, fixed) => {
  expect(applyFix(cell(code), 'Remove the import of `tau`')).toBe(cell(fixed));
});

test.each([
  'import math  # noqa: F401',
  'from __future__ import annotations',
  'try:\n    import math\nexcept ImportError:\n    pass',
  'from math import *',
  'import math\n\ndef f():\n    return math.pi',
])('left alone: %s', code => {
  expect(report(cell(code), ALL)).toEqual([]);
});

test('names of an included file, which other chapters may read, are left alone', () => {
  const setup = cell('import math\nimport re\nshared_str = f"{math.pi:.2f}"');
  const texts = { '_setup.qmd': setup, 'a.qmd': '{{< include _setup.qmd >}}\n\nIt is set up.\n' };
  const both = { 'unused-import': 'hint', 'unused-export': 'hint' } as const;
  expect(reportIn(texts, 'a.qmd', { levels: both })).toEqual([]);
  expect(reportIn({ 'a.qmd': setup }, 'a.qmd', { levels: both })).toHaveLength(2);
});
