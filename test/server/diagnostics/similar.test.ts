import { describe, expect, test } from 'vitest';
import { orList, similarNames } from '../../../server/diagnostics/similar';

describe('similarNames', () => {
  const names = ['days_saved_str', 'days_initial_str', 'num_gpus_str', 'energy_kwh', 'A100'];

  test.each([
    ['days_svaed_str', ['days_saved_str']],
    ['days_saved_sr', ['days_saved_str']],
    ['DaysSavedStr', ['days_saved_str']],
    ['num_gpu_str', ['num_gpus_str']],
    ['a100', ['A100']],
    ['energy_kw', ['energy_kwh']],
    ['saved_days_str', ['days_saved_str']],
    ['days_str', ['days_initial_str', 'days_saved_str']],
    ['temperature', []],
    ['x', []],
  ])('%s', (name, expected) => {
    expect(similarNames(name, names)).toEqual(expected);
  });

  test('the nearest come first, and no more than the limit', () => {
    expect(similarNames('rate_c', ['rate_aa', 'rate_a', 'rate_b', 'rate_d', 'rate_e'], 2)).toEqual([
      'rate_a',
      'rate_b',
    ]);
  });
});

test('orList', () => {
  expect(orList(['a'])).toBe('`a`');
  expect(orList(['a', 'b', 'c'])).toBe('`a`, `b` or `c`');
});
