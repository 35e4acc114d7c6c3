import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

const load = (line: string) => cell(`from mlsys.constants import watt\n\n${line}\ndraw = 3 * watt`);

test('another number under the name of a constant', () => {
  expect(report(load('a100_tdp = 350'))).toEqual([
    'warning registry-shadow "350": `a100_tdp` is 350 here, but the registry says: A100_TDP is 400 W (NVIDIA A100 data sheet, 2020).',
  ]);
  expect(report(load('limit = 350  # A100_TDP'))).toEqual([
    'warning registry-shadow "350": `limit` is 350 here, but the registry says: A100_TDP is 400 W (NVIDIA A100 data sheet, 2020).',
  ]);
});

test('the same number: the constant keeps its source', () => {
  const text = load('a100_tdp_watts = 400');
  expect(report(text)).toEqual([
    'hint registry-shadow "400": The registry has this number as `A100_TDP` (NVIDIA A100 data sheet, 2020).',
  ]);
  const fixed = applyFix(text, 'Use `A100_TDP.magnitude` and `from mlsys.constants import A100_TDP`');
  expect(fixed).toContain('from mlsys.constants import watt, A100_TDP\n\na100_tdp_watts = A100_TDP.magnitude\n');
  expect(report(fixed)).toEqual([]);
});

test.each([
  ['a number without a name of the registry', load('limit = 400')],
  ['another prefix of the unit', load('a100_tdp = 0.4')],
  ['a chapter that does not use the library', cell('a100_tdp = 350')],
])('clean: %s', (_, text) => {
  expect(report(text)).toEqual([]);
});
