/** Which quantities chapters do not agree on, and what is left out of that. */
import { describe, expect, test } from 'vitest';
import { disagreements, quantitiesIn } from '../../../server/comparison';
import type { Analysis } from '../../../server/evaluation/analysis';
import { analyze, cell } from '../../support/analysis';
import { analyzeBook } from '../../support/books';

/** `gpt3_params: 175 assumption a, 176 assumption b` */
function told(chapters: Readonly<Record<string, Analysis>>): string[] {
  const found = disagreements(
    Object.entries(chapters).map(([chapter, analysis]) => ({ chapter, quantities: quantitiesIn(analysis) })),
  );
  return found.map(
    ({ name, values }) =>
      `${name}: ${values.map(({ text, kind, chapter }) => `${text} ${kind} ${chapter}`).join(', ')}`,
  );
}

const both = (a: string, b: string) => told({ a: analyze(cell(a)), b: analyze(cell(b)) });

describe('told are', () => {
  test('names of models and machines, in one unit', () => {
    expect(both('gpt3_params_b = 175', 'gpt3_params_b = 176')).toEqual([
      'gpt3_params_b: 175 assumption a, 176 assumption b',
    ]);
    const quantity = (n: number) => `from mlsys.constants import GB\na100_memory = ${n} * GB`;
    expect(both(quantity(80), quantity(40))).toEqual(['a100_memory: 80 GB assumption a, 40 GB assumption b']);
  });

  test('attributes of one class, without what is computed from them', () => {
    const code = (eta: number) => `class TankFilling:\n    flow = ${eta}\n    hours = 100 / flow`;
    expect(both(code(4), code(5))).toEqual(['TankFilling.flow: 4 assumption a, 5 assumption b']);
  });

  test('what is computed here and assumed there', () => {
    expect(both('layers, width = 96, 12288\ngpt3_params = layers * width', 'gpt3_params = 1179000')).toEqual([
      'gpt3_params: 1179648 computed a, 1179000 assumption b',
    ]);
  });

  test('a constant that packages give other values', () => {
    const chapter = cell('from plant import PUMP_RATE');
    const analysis = (rate: string) => analyzeBook(chapter, { 'plant.py': `PUMP_RATE = ${rate}\n` });
    expect(told({ a: analysis('40'), b: analysis('50') })).toEqual(['PUMP_RATE: 40 constant a, 50 constant b']);
  });
});

describe('left out are', () => {
  test.each([
    ['names that any scenario uses', 'batch_size = 32', 'batch_size = 64'],
    ['names of one word', 'rate = 3', 'rate = 4'],
    ['numbers that are rounded in one place', 'gpt3_ops = 3.14e23', 'gpt3_ops = 3.1416e23'],
    ['other units of one name', 'gpt3_size = 350', 'from mlsys.constants import GB\ngpt3_size = 700 * GB'],
    ['names with several values in one chapter', 'gpt3_runs = 3\ngpt3_runs = 4', 'gpt3_runs = 5'],
    ['switches', 'gpt3_cached = 1', 'gpt3_cached = 0'],
    ['private names', 'class TankFilling:\n    _flow = 3', 'class TankFilling:\n    _flow = 4'],
    ['texts', 'gpt3_params_str = "175"', 'gpt3_params_str = "176"'],
    ['cells that failed', 'gpt3_runs = 3\nraise ValueError("no")', 'gpt3_runs = 5'],
  ])('%s', (_, a, b) => {
    expect(both(a, b)).toEqual([]);
  });
});
