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

test('a constant without a source, where the comment is its name', () => {
  const limit = (comment: string) => report(load(`limit = 1.15  # ${comment}`));
  expect(limit('constants.WUE_EVAPORATIVE')).toEqual([
    'warning registry-shadow "1.15": `limit` is 1.15 here, but the registry says: WUE_EVAPORATIVE is 1.8.',
  ]);
  expect(limit('more than half of WUE_EVAPORATIVE')).toEqual([]);
});

test('a constant that the cell imports and does not read', () => {
  const text = cell('from mlsys.constants import CHECKPOINT_WRITE_BW_GBS\n\nwrite_gbs = 100');
  expect(report(text)).toEqual([
    expect.stringMatching(/^hint registry-shadow "100": The registry has this number as `CHECKPOINT_WRITE_BW_GBS`/),
  ]);
  const fixed = applyFix(text, 'Use `CHECKPOINT_WRITE_BW_GBS`');
  expect(fixed).toContain('write_gbs = CHECKPOINT_WRITE_BW_GBS\n');
  expect(report(fixed)).toEqual([]);
});

test('a conversion under its whole name', () => {
  expect(report(load('hours_per_year = 8766'))).toEqual([
    'warning registry-shadow "8766": `hours_per_year` is 8766 here, but the registry says: HOURS_PER_YEAR is 8760.',
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

test('a quantity, in the unit of the constant', () => {
  const quantity = (line: string) =>
    cell(`from mlsys.constants import watt, TFLOPs, second\n\n${line}\ndraw = 3 * watt`);
  expect(report(quantity('a100_tdp = 350 * watt'))).toEqual([
    'warning registry-shadow "350 * watt": `a100_tdp` is 350 * watt here, but the registry says: A100_TDP is 400 W (NVIDIA A100 data sheet, 2020).',
  ]);
  expect(report(quantity('tdp = 350 * watt  # NVIDIA A100 TDP'))).toHaveLength(1);
  expect(report(quantity('capacity = 80 * watt  # A100 memory'))).toEqual([]);
  const same = quantity('peak = 312 * TFLOPs / second  # A100_FLOPS_FP16_TENSOR');
  expect(report(same)).toEqual([expect.stringContaining('The registry has this number as `A100_FLOPS_FP16_TENSOR`')]);
  const fixed = applyFix(same, 'Use `A100_FLOPS_FP16_TENSOR` and `from mlsys.constants import A100_FLOPS_FP16_TENSOR`');
  expect(fixed).toContain('peak = A100_FLOPS_FP16_TENSOR  #');
  expect(report(quantity('a100_tdp = 350 * TFLOPs'))).toEqual([]);
  expect(report(quantity('limit = 350 * watt'))).toEqual([]);
  const told = (line: string) => report(cell(`from mlsys.constants import *\n\n${line}`));
  expect(told('capacity = 80 * GiB  # A100 memory')).toEqual([expect.stringContaining('as `A100_MEM_CAPACITY`')]);
  expect(told('rent = 2.5 * USD / hour')).toEqual([expect.stringContaining('as `CLOUD_GPU_INFERENCE_PER_HOUR`')]);
  expect(told('rent = 4.0 * USD / hour')).toEqual([]);
});

test.each([
  ['flops_a100_fp16 = 312', 'hint'],
  ['peak = 321  # A100 FP16 tensor peak, TFLOPS', 'warning'],
])('a constant by its words: %s', (code, severity) => {
  const text = cell(`from mlsys.constants import TFLOPs\n${code}`);
  const told = report(text).filter(line => line.includes('registry-shadow'));
  expect(told).toEqual([expect.stringContaining(`${severity} registry-shadow`)]);
});

test('a constant that the cell imports, in the unit of the name', () => {
  const text = (line: string) =>
    cell(`from mlsys.constants import A100_FLOPS_FP16_TENSOR, TFLOPs, second

full = A100_FLOPS_FP16_TENSOR.m_as(TFLOPs / second)
${line}
share = peak_tflops / full`);
  expect(report(text('peak_tflops = 312'))).toEqual([
    'hint registry-shadow "312": The registry has this number as `A100_FLOPS_FP16_TENSOR` (NVIDIA A100 data sheet, 2020).',
  ]);
  expect(report(text('peak_tflops = full'))).toEqual([]);
  expect(report(text('peak_watts = 312\npeak_tflops = peak_watts'))).toEqual([]);
});
