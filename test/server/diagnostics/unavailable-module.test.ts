import { expect, test } from 'vitest';
import { runRules } from '../../../server/diagnostics';
import { analyze, cell, findingsOf, report } from '../../support/analysis';
import { analyzeBook } from '../../support/books';

const FRAME = cell(
  '#| label: frame\nimport pandas as pd\nimport statistics\n\nrows = pd.DataFrame({"a": [1]})\nn = len(rows)',
);

test('one information for a module, which tells what depends on it', () => {
  const text = `${FRAME}\n${cell('import pandas\nm = n + 1\nmean = statistics.mean([1, 3])')}\nIt is \`{python} n\`, \`{python} m\`, \`{python} mean\`.\n`;
  expect(report(text)).toEqual([
    'info unavailable-module "pandas as pd": Needs pandas, which Reckoner does not have. It makes 2 references unknown.',
  ]);
  const related = findingsOf(text)[0]!.related!.map(({ range, message }) => [
    text.slice(range.start, range.end),
    message,
  ]);
  expect(related.filter(([marked]) => marked === 'n' || marked === 'm')).toEqual([
    ['n', expect.stringMatching(/^`n` is unknown: needs pandas \(cell `frame`, line 3\)$/)],
    ['m', expect.stringMatching(/^`m` is unknown: needs pandas \(cell `frame`, line 3\)$/)],
  ]);
});

test('all that is asked of an unknown reference says the same', () => {
  const { refs, cells } = analyze(`${FRAME}\nIt is \`{python} n\`.\n`);
  expect(cells[0]).toMatchObject({ status: 'ok', fault: undefined });
  expect(refs[0]).toMatchObject({
    status: 'unknown',
    text: undefined,
    unknown: { kind: 'module', subject: 'pandas', cell: 0, line: 3 },
  });
});

test('parts of a package are one module with it, unless the package is at hand', () => {
  expect(report(cell('import sklearn.svm\nfrom sklearn import tree\nimport matplotlib.nothing'))).toEqual([
    'info unavailable-module "sklearn.svm": Needs sklearn, which Reckoner does not have.',
    'info unavailable-module "matplotlib.nothing": Needs matplotlib.nothing, which Reckoner does not have.',
  ]);
});

test('of a package of the workspace the part that its sources lack is named', () => {
  const files = { 'tanks/__init__.py': 'from ._native import fill\nx = 1\n' };
  const book = analyzeBook(cell('import tanks\nx = tanks.x'), files);
  expect(runRules(book).map(({ message }) => message)).toEqual(['Needs tanks._native, which Reckoner does not have.']);
});

test('names that a star import may bring are not undefined', () => {
  const text = `${cell('from plotnine import *\np = ggplot(3)\nq = 1 / 0\nr = aes(2)')}\nSee \`{python} p\`.\n`;
  expect(report(text).map(line => line.split(' ', 2).join(' '))).toEqual([
    'info unavailable-module',
    'error cell-error',
  ]);
});

test('a module that imports all of one which is not at hand may have any name', () => {
  const files = {
    'tanks/__init__.py': 'from .pumps import *\nfrom plotnine import *\nx = 1\n',
    'tanks/pumps.py': 'from math import *\n__all__ = ["f"]\ndef f(): return pi\n',
  };
  const code = 'import tanks\nimport tanks.pumps\nfrom tanks import ggplot\nfrom tanks import *';
  const asked = [
    'tanks.x',
    'tanks.Frame',
    'hasattr(tanks, "Frame")',
    'dir(tanks)',
    'ggplot',
    'aes',
    'hasattr(tanks.pumps, "tau")',
    'f()',
  ];
  const refs = asked.map(one => `\`{python} ${one}\``).join(' ');
  const analysis = analyzeBook(`${cell(code)}\n${refs}\n`, files);
  expect(analysis.refs.map(({ status, text }) => text ?? status)).toEqual([
    '1',
    'unknown',
    'unknown',
    'unknown',
    'unknown',
    'unknown',
    'True',
    '3.141592653589793',
  ]);
});

test('after an exception, what the cell was to make, and what comes of it, is in doubt', () => {
  const text = `${cell('#| label: rows\nrows = []\nsure = 1\nrows.append(1 / 0)')}\n${cell('n = len(rows)')}\n${cell('k = 7')}\nIt is \`{python} n\`, \`{python} k\`.\n`;
  const { refs } = analyze(text);
  expect(refs[0]).toMatchObject({ text: '0', doubt: { cell: 0, type: 'ZeroDivisionError', line: 5 } });
  expect(refs[1]).toMatchObject({ text: '7', doubt: undefined });
});

test('a text that is joined of unknown ones is unknown, and no exception', () => {
  const text = `${cell('import pandas as pd\ntext = ", ".join([pd.name, "b"])')}\nIt is \`{python} text\`.\n`;
  expect(report(text)).toHaveLength(1);
  expect(analyze(text).refs[0]).toMatchObject({ status: 'unknown' });
});

test('each of the modules that one import needs names what depends on it', () => {
  const files = {
    'tanks.py':
      'import pandas as pd\nimport polars\nimport yaml\nframe = pd.Frame()\nother = polars.Frame()\nsize = polars.size()\ndata = yaml.safe_load("a: [")\n',
  };
  const text = `${cell('from tanks import frame, other, size, data')}\n\`{python} frame\` \`{python} other\` \`{python} size\` \`{python} data\`\n`;
  const findings = runRules(analyzeBook(text, files));
  expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'unavailable-module: Needs pandas, which Reckoner does not have (book/tanks.py, line 1). It makes 1 reference unknown.',
    'unavailable-module: Needs polars, which Reckoner does not have (book/tanks.py, line 2). It makes 2 references unknown.',
    'unsupported: this YAML text cannot be read: line 1: Flow sequence in block collection must be sufficiently indented and end with a ] (book/tanks.py, line 7). It makes 1 reference unknown.',
  ]);
});
