import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

test('offers the import, also for names further on in the cell', () => {
  expect(report(cell('side = math.sqrt(81)\nside_str = fmt(side)'))).toEqual([
    'error missing-import "math": `math` is not imported: add `import math`.',
    'error missing-import "fmt": `fmt` is not imported: add `from mlsys.formatting import fmt`.',
  ]);
});

test('a line of its own, behind options and docstring', () => {
  const text = cell('#| label: sides\n"""Sides."""\nside = math.sqrt(81)');
  const fixed = applyFix(text, 'Add `import math`');
  expect(fixed).toBe(cell('#| label: sides\n"""Sides."""\nimport math\nside = math.sqrt(81)'));
  expect(report(fixed)).toEqual([]);
});

test('joins an import from the same module', () => {
  const text = cell('from mlsys.formatting import check\nside_str = fmt(9)');
  const fixed = applyFix(text, 'Add `from mlsys.formatting import fmt`');
  expect(fixed).toContain('from mlsys.formatting import check, fmt\n');
  expect(report(fixed)).toEqual([]);
});

test('an indented cell keeps its indentation', () => {
  const text = '1. First\n\n   ```{python}\n   side = math.sqrt(81)\n   ```\n';
  expect(applyFix(text, 'Add `import math`')).toContain('\n   import math\n   side = math.sqrt(81)\n');
});

test('names that every object of JavaScript has are no modules', () => {
  expect(report(`${cell('a = toString.a')}\n${cell('b = __proto__.b')}`)).toEqual([
    'error undefined-name "toString": `toString` is not defined.',
    'error undefined-name "__proto__": `__proto__` is not defined.',
  ]);
});
