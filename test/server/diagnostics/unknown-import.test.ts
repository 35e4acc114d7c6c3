import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

test('a name that the module does not have', () => {
  const text = cell('from mlsys.formatting import fmtt');
  expect(report(text)[0]).toMatch(
    /^error unknown-import .*cannot import name 'fmtt' from 'mlsys\.formatting'.* Did you mean `fmt`\?$/,
  );
  expect(applyFix(text, 'Import `fmt`')).toContain('from mlsys.formatting import fmt\n');
});

test('a name that was cut short is completed, and what misses the whole one is told with it', () => {
  const text = cell('from mlsys.constants import A100_MEM_CAP\nhalf = A100_MEM_CAPACITY / 2');
  const errors = report(text).filter(one => one.startsWith('error'));
  expect(errors).toEqual([expect.stringMatching(/^error unknown-import .* Did you mean `A100_MEM_CAPACITY`\?/)]);
  const mended = applyFix(text, 'Import `A100_MEM_CAPACITY`');
  expect(report(mended).filter(one => one.startsWith('error'))).toEqual([]);
});

test('a module that may be installed where the book renders is no error', () => {
  expect(report(cell('import frobnicate'))).toEqual([
    'info unavailable-module "frobnicate": Needs frobnicate, which Reckoner does not have. If it is part of the book, name the folder that holds it in the setting `reckoner.packageRoots`.',
  ]);
});

test('a part of the library that does not exist', () => {
  expect(report(cell('import mlsys.frobnicate'))).toEqual([
    'error unknown-import "mlsys.frobnicate": No module named \'mlsys.frobnicate\'.',
  ]);
});

test('a name that is one letter from that of a module at hand', () => {
  const text = cell('import numpi as np');
  expect(report(text)).toEqual([
    'error unknown-import "numpi as np": No module named \'numpi\'. Did you mean `numpy`?',
  ]);
  expect(applyFix(text, 'Import `numpy`')).toContain('import numpy as np\n');
  expect(report(cell('import mlsyss'))[0]).toMatch(/^error unknown-import .* Did you mean `mlsys`/);
  expect(report(cell('import matplotlib.pyplt as plt'))[0]).toMatch(/ Did you mean `matplotlib\.pyplot`\?$/);
  expect(report(cell('import mathh'))[0]).toMatch(/ Did you mean `math`\?$/);
});

test.each(['typer', 'bson', 'ujson', 'hjson', 'json5', 'jsons', 'glob2', 'cupy', 'imp', 'pathlib2'])(
  'a name that is like another, but that of a package which many have: %s',
  name => {
    expect(report(cell(`import ${name}`))).toEqual([
      `info unavailable-module "${name}": Needs ${name}, which Reckoner does not have.`,
    ]);
  },
);

test.each(['jsob', 'qjson', 'xnumpy', 'numpy7', 'copi'])(
  'a name that is like another, and that a package may well have: %s',
  name => {
    expect(report(cell(`import ${name}`))[0]).toMatch(/^info unavailable-module /);
  },
);

test.each([
  ['jsno', 'json'],
  ['jjson', 'json'],
  ['nupmy', 'numpy'],
  ['unmpy', 'numpy'],
  ['maths', 'math'],
  ['collection', 'collections'],
  ['matplotib', 'matplotlib'],
  ['statistcs', 'statistics'],
])('%s, a slip for %s', (name, meant) => {
  expect(report(cell(`import ${name}`))[0]).toMatch(
    new RegExp(`^error unknown-import .*No module named '${name}'\\. Did you mean \`${meant}\``),
  );
});

test('a part of a package that exists, though it is called nearly as another', () => {
  expect(report(cell('import matplotlib.colorbar')).join()).toMatch(/^info unavailable-module /);
  expect(report(cell('import matplotlib.line')).join()).toMatch(/^error unknown-import .*matplotlib\.lines/);
});

test('a name that its module does not have, nor any part of it', () => {
  expect(report(cell('from numpy import arrayy'))[0]).toMatch(/^error unknown-import .*cannot import name 'arrayy'/);
  expect(report(cell('from datetime import datetimee'))[0]).toMatch(/^error unknown-import /);
  expect(report(cell('import matplotlib.animation'))[0]).toMatch(/^info unavailable-module /);
});
