import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

test('a name that the module does not have', () => {
  const text = cell('from mlsys.formatting import fmtt');
  expect(report(text)[0]).toMatch(
    /^error unknown-import .*cannot import name 'fmtt' from 'mlsys\.formatting'.* Did you mean `fmt`\?$/,
  );
  expect(applyFix(text, 'Import `fmt`')).toContain('from mlsys.formatting import fmt\n');
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

test('a name that is like another, but that of a package which many have', () => {
  expect(report(cell('import typer'))).toEqual([
    'info unavailable-module "typer": Needs typer, which Reckoner does not have.',
  ]);
});

test('a name that its module does not have, nor any part of it', () => {
  expect(report(cell('from numpy import arrayy'))[0]).toMatch(/^error unknown-import .*cannot import name 'arrayy'/);
  expect(report(cell('from datetime import datetimee'))[0]).toMatch(/^error unknown-import /);
  expect(report(cell('import matplotlib.animation'))[0]).toMatch(/^info unavailable-module /);
});
