import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

function boxed(imports: string, code: string): string {
  return cell(`# ┌──────────────────────────────────\n# │ Imports: ${imports}\n# └──────────────────\n${code}`);
}

const POWER = 'from mlsys.constants import A100_TDP, H100_TDP, MILLION\n\npower = A100_TDP + H100_TDP';

test('an import that nothing reads leaves the header as well', () => {
  const code = 'from mlsys.constants import A100_TDP, hour\n\npower = A100_TDP';
  const text = boxed('mlsys.constants (A100_TDP, hour)', code);
  const fixed = applyFix(text, 'Remove the import of `hour`, here and in the header');
  expect(fixed).toBe(boxed('mlsys.constants (A100_TDP)', code.replace(', hour', '')));
  expect(report(fixed)).toEqual([]);
});

test('a header that says that nothing is imported', () => {
  const text = (imports: string) => boxed(imports, 'from math import ceil\n\ncrates = ceil(7 / 2)');
  expect(report(text('(none)'))).toEqual([expect.stringContaining('header-imports-drift "Imports"')]);
  const fixed = applyFix(text('(none)'), "Bring the header's Imports up to date");
  expect(fixed).toBe(text('math (ceil)'));
  expect(report(fixed)).toEqual([]);
});

test('a module that one header leaves out, where all others list theirs', () => {
  const math = 'from math import sqrt\n\nroot = sqrt(9)';
  const listed = [boxed('math (sqrt)', math), boxed('mlsys.constants (A100_TDP, H100_TDP, MILLION)', POWER)];
  const both = (imports: string) =>
    boxed(imports, `from mlsys.constants import MILLION\n${math.replace('root', 'side')} * MILLION`);
  const text = (imports: string) =>
    [...listed, ...listed.map(one => one.replaceAll(/\b(root|power)/g, '$1_2')), both(imports)].join('\n');
  expect(report(text('mlsys.constants (MILLION)'))).toEqual([
    'hint header-imports-drift "Imports": The header does not list `math`, from which the cell imports; all other headers list their modules.',
  ]);
  const fixed = applyFix(text('mlsys.constants (MILLION)'), "Bring the header's Imports up to date");
  expect(fixed).toBe(text('mlsys.constants (MILLION), math (sqrt)'));
  expect(report(fixed)).toEqual([]);
  expect(report([listed[0], both('mlsys.constants (MILLION)')].join('\n'))).toEqual([]);
});

test('a name that the cell does not import', () => {
  const text = boxed('mlsys.constants (A100_TDP, V100_TDP)', POWER);
  expect(report(text)).toEqual([
    'hint header-imports-drift "V100_TDP": The header imports `V100_TDP`, which the cell does not. The header does not list `H100_TDP`, which the cell imports.',
  ]);
  const fixed = applyFix(text, "Bring the header's Imports up to date");
  expect(fixed).toBe(boxed('mlsys.constants (A100_TDP, H100_TDP, MILLION)', POWER));
  expect(report(fixed)).toEqual([]);
});

test('the one name that is left out of a list with units', () => {
  const code =
    'from mlsys.constants import A100_TDP, MILLION, watt, hour\n\npower = A100_TDP + MILLION * watt * hour / hour';
  expect(report(boxed('mlsys.constants (A100_TDP, watt, hour)', code))).toEqual([
    'hint header-imports-drift "Imports": The header does not list `MILLION`, which the cell imports.',
  ]);
  expect(report(boxed('mlsys.constants (A100_TDP, watt)', code))).toEqual([]);
});

test.each([
  ['mlsys.constants (A100_TDP, H100_TDP)', POWER],
  ['mlsys.constants', POWER],
  ['math (standard library), mlsys.constants', `import math\n${POWER}\nroot = math.sqrt(9)`],
  ['mlsys.Systems', 'from mlsys import Systems\n\ns = Systems'],
  ['(none - pure calculation)', 'x = 1'],
  ['mlsys.constants (A100_TDP)', 'from mlsys.constants import *\n\npower = A100_TDP'],
])('clean: Imports: %s', (imports, code) => {
  expect(report(boxed(imports, code))).toEqual([]);
});

test('what an earlier cell imported counts where the cell reads it', () => {
  const text = `${cell('import math')}\n${boxed('math', 'root = math.sqrt(9)')}`;
  expect(report(text)).toEqual([]);
  const members = `${cell('from math import floor, sqrt')}\n${boxed('math (sqrt, etc.)', 'root = sqrt(9) + floor(2.5)')}`;
  expect(report(members)).toEqual([]);
  expect(report(boxed('math', 'root = 9 ** 0.5'))).toEqual([
    'hint header-imports-drift "math": The header imports `math`, which the cell does not.',
  ]);
});
