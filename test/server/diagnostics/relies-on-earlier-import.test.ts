import { expect, test } from 'vitest';
import { applyFix, cell, report as reportWith } from '../../support/analysis';

const report = (text: string) => reportWith(text, { levels: { 'unused-export': 'off', 'unused-import': 'off' } });

const IMPORTING = cell('from mlsys.formatting import fmt\nimport numpy as np\nload_str = fmt(np.sqrt(2), precision=2)');
const FIRST = `${IMPORTING}\n${IMPORTING.replace('load', 'rest')}\nA load of \`{python} load_str\`.\n`;

test('names the cell that the imports come from; the fix adds them', () => {
  const text = `${FIRST}\n${cell('#| label: hours\nfrom mlsys.constants import GB\nx = fmt(np.float64(3), precision=1)')}`;
  expect(report(text)).toEqual([
    'hint relies-on-earlier-import "fmt": This cell imports what it uses, but not `fmt`, `np`: they come from the imports of the cell at line 7.',
  ]);
  const fixed = applyFix(text, 'Import `fmt`, `np` here');
  expect(fixed).toContain('from mlsys.formatting import fmt\nimport numpy as np\nfrom mlsys.constants import GB\n');
  expect(report(fixed)).toEqual([]);
});

test('the fix adds to an import of the same module', () => {
  const text = `${FIRST}\n${cell('from mlsys.formatting import check\ncheck(True, fmt(3, precision=1))')}`;
  const fixed = applyFix(text, 'Add `from mlsys.formatting import fmt`');
  expect(fixed).toContain('from mlsys.formatting import check, fmt\n');
});

test.each([
  [
    'a chapter without references',
    `${FIRST.split('A load')[0]}\n${cell('import math\nx = fmt(math.pi, precision=1)')}`,
  ],
  [
    'one cell that imports for all',
    `${IMPORTING}\nA \`{python} load_str\`.\n\n${cell('import math\nx = fmt(math.pi, precision=1)')}`,
  ],
  ['a cell that imports nothing', `${FIRST}\n${cell('x = fmt(3, precision=1)')}`],
  [
    'a cell of nothing but imports',
    `${cell('from mlsys.formatting import fmt')}\n${cell('import math\nx = fmt(math.pi, precision=1)')}`,
  ],
  ['a name of the cell itself', `${FIRST}\n${cell('import math\nfmt = str\nx = fmt(math.pi)')}`],
  ['a name that is no import any more', `${FIRST}\n${cell('fmt = str')}\n${cell('import math\nx = fmt(math.pi)')}`],
])('clean: %s', (_, text) => expect(report(text)).toEqual([]));
