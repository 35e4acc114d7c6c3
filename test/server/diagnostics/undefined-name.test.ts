import { describe, expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

test('all undefined names of a cell at once', () => {
  expect(report(cell('wall = 12\narea = wal * heigth\nheight = 3'))).toEqual([
    'error undefined-name "wal": `wal` is not defined. Did you mean `wall`?',
    'error undefined-name "heigth": `heigth` is not defined. Did you mean `height`?',
  ]);
});

test('takes a near name', () => {
  expect(applyFix(cell('wall = 12\narea = wal * 2'), 'Use `wall`')).toContain('area = wall * 2');
});

test('a name that a later cell defines', () => {
  expect(report(cell('a = b + 1') + cell('#| label: late\nb = 2'))).toEqual([
    'error undefined-name "b": `b` is not defined yet: cell "late" defines it further down.',
  ]);
});

test('a name of a cell that failed is a consequence', () => {
  const text = cell('#| label: first\na = 1 / 0') + cell('b = a + 1');
  expect(report(text)).toEqual([
    'error cell-error "1 / 0": ZeroDivisionError: division by zero. 1 cell depends on it.',
  ]);
  expect(report(text, { consequences: true })).toEqual([
    'error cell-error "1 / 0": ZeroDivisionError: division by zero',
    'warning undefined-name "a": `a` is missing, because cell "first" failed (ZeroDivisionError: division by zero).',
  ]);
});

test('built-ins, names of functions that are called later, and parameters are fine', () => {
  expect(
    report(cell('def f(x):\n    return later(x) + len([x])') + cell('def later(y):\n    return y\n\nf(1)')),
  ).toEqual([]);
});

describe('in a function of the chapter', () => {
  const own = `${cell('height = 24\n\ndef share(part):\n    return part / heigth\n\nx = share(6)')}\n\`{python} x\``;

  test('stands where the function reads it, and leads to what depends on the call', () => {
    expect(report(own)).toEqual([
      'error undefined-name "heigth": `heigth` is not defined. Did you mean `height`? 1 reference depends on it.',
    ]);
  });

  test('the fix leaves the call', () => {
    const fixed = applyFix(own, 'Use `height`');
    expect(fixed).toContain('return part / height\n\nx = share(6)');
    expect(report(fixed)).toEqual([]);
  });

  test('which other cells call is one finding', () => {
    const text =
      cell('height = 24\n\ndef share(part):\n    return part / heigth') + cell('x = share(6)') + cell('y = share(8)');
    expect(report(text)).toEqual([
      'error undefined-name "heigth": `heigth` is not defined. Did you mean `height`? The same at 1 more place.',
    ]);
  });
});
