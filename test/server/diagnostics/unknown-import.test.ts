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
    'info unavailable-module "frobnicate": Needs frobnicate, which Reckoner does not have.',
  ]);
});

test('a part of the library that does not exist', () => {
  expect(report(cell('import mlsys.frobnicate'))).toEqual([
    'error unknown-import "mlsys.frobnicate": No module named \'mlsys.frobnicate\'.',
  ]);
});
