import { describe, expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

const CODE = 'class Plant:\n    liters = [120, 80]\n    hours = 24\n';

describe('reported', () => {
  test('as the error that it is, and no undefined name beside it', () => {
    expect(report(cell(`${CODE}    daily = [rate * hours for rate in liters]`))).toEqual([
      'error class-scope-comprehension "hours": A comprehension in the body of `Plant` does not see `hours` of the class: Python looks for it in the module.',
    ]);
  });

  test('as a warning where the module has the name', () => {
    const text = cell(`hours = 7\n${CODE}    daily = sum(rate * hours for rate in liters)`);
    expect(report(text)).toEqual([expect.stringMatching(/^warning class-scope-comprehension "hours"/)]);
  });

  test('in the second `for`, in a condition, in a lambda', () => {
    expect(report(cell(`${CODE}    x = [a for b in liters for a in liters if a > hours]`))).toEqual([
      expect.stringContaining('does not see `liters`, `hours` of the class: Python looks for them in the module.'),
    ]);
    expect(report(cell(`hours = 2\n${CODE}    x = sorted(liters, key=lambda a: a % hours)`))).toEqual([
      expect.stringContaining('A lambda in the body of `Plant` does not see `hours`'),
    ]);
  });
});

test.each([
  [
    '[rate * hours for rate in liters]',
    'Hand `hours` in',
    '[rate * hours for liters, hours in [(liters, hours)] for rate in liters]',
  ],
  ['{rate: hours for rate in [1, 2]}', 'Hand `hours` in', '{rate: hours for hours in [hours] for rate in [1, 2]}'],
  [
    '[a for b in liters for a in liters]',
    'Hand `liters` in',
    '[a for liters in [liters] for b in liters for a in liters]',
  ],
  ['max(liters, key=lambda a: a % hours)', 'Hand `hours` in', 'max(liters, key=lambda a, hours=hours: a % hours)'],
])('the fix of %s', (code, title, mended) => {
  const text = cell(`${CODE}    x = ${code}`);
  const fixed = applyFix(text, title);
  expect(fixed).toBe(cell(`${CODE}    x = ${mended}`));
  expect(report(fixed)).toEqual([]);
});

test.each([
  `${CODE}    daily = [rate * 24 for rate in liters]`,
  `hours = 24\nclass Plant:\n    liters = [1]\n    x = [rate * hours for rate in liters]`,
  `${CODE}    def daily(self):\n        return [rate * self.hours for rate in self.liters]`,
  `${CODE}    x = [hours for hours in liters]`,
  `${CODE}x = [rate * Plant.hours for rate in Plant.liters]`,
])('clean: %s', code => expect(report(cell(code))).toEqual([]));
