/** Cells that each keep within their own budget may exceed that of the chapter. */
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { Evaluator, type EvaluatorBudgets } from '../../../server/evaluation/evaluator';
import { cell } from '../../support/analysis';

const LOOP = (name: string, turns: number) => cell(`${name} = 0\nfor i in range(${turns}):\n    ${name} += 1`);

/** How each cell fared: its status, or why it was ended. */
function fared(evaluator: Evaluator, text: string): string[] {
  return evaluator
    .update(parseChapter(text, 'file:///a.qmd'))
    .cells.map(({ status, fault }) => fault?.message ?? status);
}

const STEPS = 'the cells of this chapter took more than 30,000 steps together';

describe('steps', () => {
  const budgets: EvaluatorBudgets = { chapter: { steps: 30_000 } };

  test('the cell at which the chapter has none left is ended, and so is all below it', () => {
    const text = [LOOP('a', 5000), LOOP('b', 5000), LOOP('c', 9000), LOOP('d', 5000)].join('\n');
    expect(fared(new Evaluator({ budgets }), text)).toEqual(['ok', 'ok', STEPS, STEPS]);
  });

  test('an edit above gives them back what it saves, and takes what it needs', () => {
    const evaluator = new Evaluator({ budgets });
    const text = (turns: number) => [LOOP('a', turns), LOOP('b', 5000)].join('\n');
    expect(fared(evaluator, text(20_000))).toEqual([STEPS, STEPS]);
    expect(fared(evaluator, text(3000))).toEqual(['ok', 'ok']);
    expect(fared(evaluator, text(12_000))).toEqual(['ok', STEPS]);
    expect(fared(evaluator, text(12_000).replace('range(12000)', 'range(12000 - 1)'))).toEqual(['ok', STEPS]);
    expect(fared(evaluator, text(100))).toEqual(['ok', 'ok']);
  });

  test('the budget of the cell itself is told as such', () => {
    const own = { steps: 1000, chapter: { steps: 30_000 } };
    expect(fared(new Evaluator({ budgets: own }), LOOP('a', 5000))).toEqual(['the cell took more than 1,000 steps']);
  });
});

test.each<[string, EvaluatorBudgets, string, string]>([
  [
    'memory',
    { chapter: { bytes: 5_000_000 } },
    'x = "a" * 3_000_000',
    'the cells of this chapter would use more than 5 MB of memory together',
  ],
  [
    'output',
    { chapter: { output: 5000 } },
    'print("a" * 3000)',
    'the cells of this chapter printed more than 5,000 characters together',
  ],
  [
    'time',
    { chapter: { milliseconds: 1 } },
    'n = 0\nfor i in range(300_000): n += 1',
    'the cells of this chapter ran for more than 0.001 s together',
  ],
])('%s', (_, budgets, code, message) => {
  expect(fared(new Evaluator({ budgets }), [cell(code), cell(code)].join('\n')).at(-1)).toBe(message);
});
