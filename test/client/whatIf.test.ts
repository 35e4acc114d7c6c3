/** What the what-if panel works out by itself: where a slider goes, and how scenarios stand side by side. */
import { describe, expect, test } from 'vitest';
import { compareScenarios } from '../../client/whatIf/compare';
import { numberIn, rangeOf, valueAt } from '../../client/whatIf/range';
import type { WhatIfResult } from '../../server/protocol';

describe('a slider', () => {
  test.each([
    ['0.45', [], '0.45', { min: 0, max: 0.9, step: 0.002 }],
    ['0.45', [0.57, 40], '0.45', { min: 0, max: 0.9, step: 0.002 }],
    ['0.45', [1.8], '0.45', { min: 0, max: 1.8, step: 0.002 }],
    ['1024', [], '1024', { min: 0, max: 2050, step: 5 }],
    ['8', [], '8', { min: 0, max: 16, step: 1 }],
    ['-3.0', [], '-3.0', { min: -6, max: 0, step: 0.01 }],
    ['0', [], '0', { min: -1, max: 1, step: 1 }],
    ['0.45', [], '3', { min: 0, max: 3, step: 0.005 }],
  ] as const)('of %s with edges %j and %s typed', (was, edges, value, range) => {
    const { min, max, step } = rangeOf(was, edges, value)!;
    expect([min, max, step].map(one => Number(one.toPrecision(9)))).toEqual([range.min, range.max, range.step]);
  });

  test('of an expression has nowhere to go', () => {
    expect(rangeOf('2 * n', [], '2 * n')).toBeUndefined();
    expect([numberIn('1_000'), numberIn('inf'), numberIn('')]).toEqual([1000, undefined, undefined]);
  });

  test.each([
    [0.3000000004, '0.45', '0.3'],
    [2, '0.45', '2.0'],
    [12.4, '8', '12'],
    [3.14e23, '3e23', '3.14e+23'],
    [0.00000002, '1e-8', '2e-8'],
  ])('at %d of %s is %s in Python', (place, was, text) => {
    expect(valueAt(place, rangeOf(was, [], was)!, was)).toBe(text);
  });
});

test('scenarios side by side: a row for each number and guard that differs in one of them', () => {
  const place = (line: number) => ({
    uri: 'file:///a.qmd',
    range: { start: { line, character: 0 }, end: { line, character: 5 } },
  });
  const outcome = (part: Partial<WhatIfResult>): WhatIfResult => ({
    ...{ summary: '', numbers: [], guards: [], findings: [], problems: [], edits: [], fileEdits: [] },
    ...part,
  });
  const tried = [{ name: 'eta', value: '0.5', was: '0.45', unit: '' }];
  const { rows, columns, more } = compareScenarios([
    {
      name: 'more',
      tried,
      result: outcome({
        guards: [{ text: 'days > 20', holds: false, message: '', place: place(3) }],
        numbers: [
          { expr: 'days_str', before: '25', after: '19', place: place(9) },
          { expr: 'days_str', before: '25', after: '19', place: place(12) },
        ],
      }),
    },
    { name: 'none', tried, result: outcome({}) },
    { name: 'gone', tried, result: undefined },
  ]);
  expect(rows.map(({ label, now }) => [label, now])).toEqual([
    ['days > 20', 'holds'],
    ['days_str', '25'],
  ]);
  expect(columns.map(({ readings }) => readings)).toEqual([
    ['breaks', '19'],
    [null, null],
    [null, null],
  ]);
  expect(columns[0]!.values).toBe('eta = 0.5');
  expect(columns[2]!.summary).toBe('It cannot be evaluated');
  expect(more).toBe(0);
});
