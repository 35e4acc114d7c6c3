/** Mixes of kinds that pint lets pass are told; ordinary idioms are not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseProgram, Session } from '../../../mlsys';
import { findingsOf } from '../../support/analysis';

function noticesOf(code: string): string[] {
  const session = new Session();
  session.run(parseProgram('from mlsys.constants import *', 'imports'), 0);
  const result = session.run(parseProgram(code, 'cell'), 1);
  expect(result.fault).toBeUndefined();
  return result.notices.map(notice => notice.message);
}

const PASS = ', which pint lets pass: to it both are plain counts.';

describe('mixes', () => {
  test.each([
    ['A100_MEM_CAPACITY + 5 * TFLOPs', 'Adds operations (5 TFLOPs) to information (A100_MEM_CAPACITY, 80 GiB)'],
    ['5 * USD - 3 * GB', 'Subtracts information (3 GB) from money (5 dollar)'],
    ['(5 * TFLOPs).to(GB)', 'Converts operations (5 TFLOPs) to information (GB)'],
    ['(5 * TFLOPs / second).m_as(GB / second)', 'Converts operations (5.0 TFLOPs/s) to information (GB / second)'],
    ['GPT3_PARAMS.to(GB)', 'Converts parameters (GPT3_PARAMS, 175000000000.0 param) to information (GB)'],
    ['max(1 * GB, 2 * TFLOPs)', 'Compares operations (2 TFLOPs) with information (1 GB)'],
    ['1 * GB == 8e9 * flop', 'Compares information (1 GB) with operations (8000000000.0 flop)'],
    ['10 * GB + 1', 'Adds plain numbers (1) to information (10 GB)'],
    ['5 * USD + 3', 'Adds plain numbers (3) to money (5 dollar)'],
    [
      'A100_FLOPS_FP16_TENSOR / A100_MEM_BW > 100',
      'Compares operations per information (0.15301618440411965 TFLOPs/GB) with plain numbers (100)',
    ],
    ['(6 * GPT3_PARAMS).to(flop)', 'Converts parameters (1050000000000.0 param) to operations (flop)'],
    ['5 * USD * GB + 3 * GB', 'Adds information (3 GB) to money times information (5 GB·dollar)'],
    // a count that is written as one is of items
    [
      'GPT3_PARAMS + IMAGENET_IMAGES',
      'Adds items (IMAGENET_IMAGES, 1281167 count) to parameters (GPT3_PARAMS, 175000000000.0 param)',
    ],
    ['3 * count - 5 * USD', 'Subtracts money (5 dollar) from items (3 count)'],
    ['5 * USD > 3 * count', 'Compares money (5 dollar) with items (3 count)'],
    ['(3 * count / second).to(USD / second)', 'Converts items (3.0 count/s) to money (dollar / second)'],
    // whole quotients and remainders bring the divisor to the units of the dividend
    ['5 * GB // (2 * TFLOPs)', 'Divides information (5 GB) by operations (2 TFLOPs)'],
    ['5 * GB // 2', 'Divides information (5 GB) by plain numbers (2)'],
    ['5 * GB % (2 * TFLOPs)', 'Divides information (5 GB) by operations (2 TFLOPs)'],
    ['7 % (2 * byte)', 'Divides plain numbers (7) by information (2 B)'],
    ['divmod(5 * GB, 2 * TFLOPs)', 'Divides information (5 GB) by operations (2 TFLOPs)'],
    ['divmod(7, 2 * byte)', 'Divides plain numbers (7) by information (2 B)'],
    ['2 ** (3 * byte)', 'Converts information (3 B) to plain numbers (dimensionless)'],
    ['ureg.Quantity(5 * TFLOPs, GB)', 'Converts operations (5 TFLOPs) to information (GB)'],
    ['ureg.convert(5, "TFLOPs", "GB")', 'Converts operations (5 TFLOPs) to information (GB)'],
  ])('%s', (code, message) => {
    expect(noticesOf(`x = ${code}`)).toEqual([message + PASS]);
  });

  test.each([
    ['np.mean([1 * GB, 2 * USD])', 'Converts information (1 GB) to plain numbers (dimensionless)'],
    ['np.maximum(gb, 1 * TFLOPs)', 'Converts operations (1 TFLOPs) to information (GB)'],
    ['np.log2(1 * GB)', 'Converts information (1 GB) to plain numbers (dimensionless)'],
    ['np.where(gb > 1 * GB, gb, 1 * USD)', 'Converts money (1 dollar) to information (GB)'],
    ['np.concatenate([gb, [1.0] * TFLOPs])', 'Converts operations ([1.0] TFLOPs) to information (GB)'],
    ['np.interp(1 * flop, gb, [1, 2])', 'Converts information ([1.0 2.0] GB) to operations (flop)'],
    ['np.linspace(1 * GB, 2 * USD, 3)', 'Converts money (2 dollar) to information (GB)'],
    ['np.allclose(gb, gb.m * TFLOPs)', 'Converts operations ([1.0 2.0] TFLOPs) to information (GB)'],
    ['gb.clip(0 * GB, 1 * USD)', 'Converts money (1 dollar) to information (GB)'],
    ['gb.searchsorted(1 * USD)', 'Converts money (1 dollar) to information (GB)'],
  ])('of arrays: %s', (code, message) => {
    expect(noticesOf(`import numpy as np\ngb = np.array([1.0, 2.0]) * GB\nx = ${code}`)).toEqual([message + PASS]);
  });

  test.each([
    'np.minimum(50 * flop / byte * A100_MEM_BW, A100_FLOPS_FP16_TENSOR)',
    'np.log10(GPT3_PARAMS)',
    'np.where(gb > 1 * MB, gb, 0)',
    'np.concatenate([gb, [1.0] * MB])',
    'np.linspace(1 * GB, 2 * TB, 3)',
    'np.exp(-gb / (1 * TB))',
    'gb.clip(0 * MB, 1 * TB)',
  ])('no mix of arrays: %s', code => {
    expect(noticesOf(`import numpy as np\ngb = np.array([1.0, 2.0]) * GB\nx = ${code}`)).toEqual([]);
  });

  test('a unit that a cell defines as a count is a kind of its own', () => {
    expect(noticesOf('ureg.define("token = count")\nx = 5 * ureg.token + 3 * param')).toEqual([
      `Adds parameters (3 param) to tokens (5 token)${PASS}`,
    ]);
  });
});

describe('idioms', () => {
  test.each([
    '(A100_FLOPS_FP16_TENSOR / A100_MEM_BW).to(flop / byte)',
    'A100_FLOPS_FP16_TENSOR / A100_MEM_BW > 100 * flop / byte',
    '(GPT3_PARAMS * BYTES_FP16).to(GB)',
    'GPT3_PARAMS * (2 * byte / param) + 1 * GB',
    '(A100_MEM_CAPACITY / (1 * GB)).to("")',
    '(A100_MEM_CAPACITY / (1 * GB)).to("count")',
    'GPT3_PARAMS.to("count")',
    'GPT3_TRAINING_OPS / GPT3_PARAMS > 5',
    '(10 * GB * CLOUD_EGRESS_PER_GB).to(USD)',
    '5 * USD > 3',
    'sum([1 * GB, 2 * MB])',
    'sum([1 * USD, 2 * USD])',
    '5 * USD + 0',
    '10 * GB > 0',
    'float(3 * GB / MB)',
    'int(5 * count) + round(2.5 * count)',
    '(3 * GB / second).to(Gbps)',
    'GPT3_PARAMS > IMAGENET_IMAGES',
    '(12 * count) ** 2 + GPT3_PARAMS',
    '1000 * GB // (80 * GB)',
    'divmod(100 * USD, 30 * USD)',
    'GPT3_PARAMS // 8',
    '2 ** (GPT3_PARAMS / (175 * Bparam))',
    '2 * GPT3_PARAMS.to(count).magnitude * flop',
    '(2 * flop * GPT3_PARAMS).to(TFLOPs)',
    'GPT3_TRAINING_OPS / A100_FLOPS_FP16_TENSOR > 3 * day',
  ])('%s', code => {
    expect(noticesOf(`x = ${code}`)).toEqual([]);
  });
});

describe('chapters mix nothing', () => {
  const folder = join(import.meta.dirname, '../../conformance/chapters');
  const files = readdirSync(folder).filter(name => name.endsWith('.qmd'));
  const sample = join(import.meta.dirname, '../../../../shared/chapters/introduction.qmd');

  test.each(files)('%s', name => {
    expect(mixesIn(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
  });

  // the sample chapter lies beside the project on a workplace only
  test.skipIf(!existsSync(sample))('the sample chapter', () => {
    expect(mixesIn(readFileSync(sample, 'utf8'))).toEqual([]);
  });
});

/** Findings about mixes that are no errors of pint's. */
function mixesIn(text: string): string[] {
  return findingsOf(text)
    .filter(finding => finding.code === 'unit-mismatch' && finding.severity === 'warning')
    .map(finding => finding.message);
}
