import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../server/diagnostics/finding';
import { applyFix, cell, findingsOf, report } from '../../support/analysis';

/** What one finding tells of other places. */
const relatedOf = ({ related = [] }: Finding) => related.map(({ message }) => message);

describe('what is at fault once is told once', () => {
  test('a function that returns nothing', () => {
    const text = `${cell('def load(x):\n    total = 2 * x')}\n\nThe loads are \`{python} load(1)\` and \`{python} load(2)\`.\n\nLater: \`{python} load(3)\`.`;
    const found = findingsOf(text).filter(({ code }) => code === 'reads-as-code');
    expect(found.map(({ message }) => message)).toEqual([
      'The sentence will say `None`: nothing was assigned, or a function returned nothing. The same at 2 more places.',
    ]);
    expect(found.flatMap(relatedOf)).toEqual(['here as well', 'here as well']);
  });

  test('a value that nobody filled in', () => {
    const text = `${cell("sizes = {key: None for key in ['small', 'large']}")}\n\nThere are \`{python} sizes['small']\` and \`{python} sizes['large']\`.`;
    expect(report(text).filter(line => line.includes('reads-as-code'))).toHaveLength(1);
  });

  test('two functions are two causes', () => {
    const text = `${cell('def load(x):\n    x\n\ndef lift(x):\n    x')}\n\nThey are \`{python} load(1)\` and \`{python} lift(2)\`.`;
    expect(report(text).filter(line => line.includes('reads-as-code'))).toHaveLength(2);
  });

  test('what shows otherwise has a fix of its own', () => {
    const text = `${cell('import numpy as np\nloads = np.array([1.5, 2.5])')}\n\nThey are \`{python} loads[0]\`, \`{python} loads[1]\` and \`{python} loads[0]\`.`;
    expect(report(text).filter(line => line.includes('reads-as-code'))).toHaveLength(2);
    const fixed = applyFix(text, 'Show `1.5`, the same value as text (in all 2 places)');
    expect(fixed).toContain('`{python} str(loads[0])`, `{python} loads[1]` and `{python} str(loads[0])`');
  });

  test('a name that no cell defines; its fix mends all places', () => {
    const text = `${cell('load_str = "3"\nlift_str = "4"')}\n\nA \`{python} laod_str\` and \`{python} lift_str\`.\n\nB \`{python} laod_str\`, \`{python} load_str\`.`;
    expect(report(text)).toEqual([
      'error undefined-export "laod_str": `laod_str` is not defined by any cell of this chapter. Did you mean `load_str`? The same at 1 more place.',
    ]);
    const fixed = applyFix(text, 'Use `load_str` (in all 2 places)');
    expect(fixed).not.toContain('laod');
    expect(report(fixed)).toEqual([]);
  });

  test('a place that a comment silences leaves the others', () => {
    const text = `${cell('x_str = "3"')}\n\n\`{python} x_str\`\n\n<!-- reckoner-ignore undefined-export: to come -->\n\nA \`{python} gone\`.\n\nB \`{python} gone\`.\n\nC \`{python} gone\`.`;
    const found = findingsOf(text);
    expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'undefined-export: `gone` is not defined by any cell of this chapter. The same at 1 more place.',
    ]);
    expect(found[0]!.range.start).toBe(text.indexOf('gone', text.indexOf('B ')));
  });

  test('references that use up their time in the same object', () => {
    const text = `${cell('def slow(n):\n    while True:\n        n += 1')}\n\nThey take \`{python} slow(1)\` and \`{python} f"{slow(2)}"\`.`;
    const found = report(text).filter(line => line.includes('budget-exceeded'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/: the reference .* The same at 1 more place\.$/);
  });
});

describe('a misspelt import', () => {
  test('is told with the uses of the name that was meant', () => {
    const text = `${cell('from math import celi\n\ntanks = ceil(2.5)\ntanks_str = f"{tanks}"')}\n\n\`{python} tanks_str\`\n\n${cell('pumps = ceil(1.5)\npumps_str = f"{pumps}"')}\n\n\`{python} pumps_str\`, \`{python} ceil(3.5)\``;
    const found = findingsOf(text).filter(({ severity }) => severity === 'error' || severity === 'warning');
    expect(found.map(({ message }) => message)).toEqual([
      "cannot import name 'celi' from 'math'. Did you mean `ceil`? 3 references and 1 cell depend on it.",
    ]);
    expect(found.flatMap(relatedOf)).toContain(
      '`ceil` is missing, because the import of the cell at line 1 names `celi`',
    );
    expect(report(applyFix(text, 'Import `ceil`')).filter(line => /^(error|warning)/.test(line))).toEqual([]);
  });

  test('so is a name that an import of the library should have brought', () => {
    const text = `${cell('from mlsys.formatting import fmtt')}\n\n${cell('load_str = fmt(3, precision=0)')}\n\n\`{python} load_str\``;
    expect(report(text)).toEqual([
      "error unknown-import \"fmtt\": cannot import name 'fmtt' from 'mlsys.formatting'. Did you mean `fmt`? 1 reference and 1 cell depend on it.",
    ]);
  });

  test('another name that is missing is told by itself', () => {
    const text = `${cell('from math import celi')}\n\n${cell('load = floor(2.5)')}`;
    expect(report(text).filter(line => line.startsWith('error'))).toHaveLength(2);
  });

  test('in two cells is one, whose fix mends both', () => {
    const text = `${cell('from math import celi\na = 1')}\n\n${cell('from math import celi\nb = 2')}\n`;
    expect(report(text)).toHaveLength(1);
    expect(applyFix(text, 'Import `ceil` (in all 2 places)')).not.toContain('celi');
  });
});

test('an attribute that a module lacks, with what is spelled nearly alike', () => {
  const text = cell('import numpy as np\n\nload = np.meen([1, 2])');
  expect(report(text)[0]).toMatch(/has no attribute 'meen'\. Did you mean `mean`\?$/);
  expect(applyFix(text, 'Use `mean`')).toContain('np.mean([1, 2])');
});

test('a name that two cells use, and no cell imports', () => {
  const text = `${cell('load_str = fmt(2.5)')}\n\n${cell('draw_str = fmt(3)')}`;
  expect(report(text)).toEqual([expect.stringMatching(/^error missing-import "fmt": .* The same at 1 more place\.$/)]);
});

test('an error of what a failed cell left half made', () => {
  const text = `${cell('loads = {}\nloads["a"] = 1\nloads["b"] = int("x")')}\n\n${cell('total = loads["b"]')}`;
  expect(report(text)).toEqual([
    expect.stringMatching(/^error cell-error .*invalid literal.* 1 cell depends on it\.$/),
  ]);
});

test('a number that was typed for the only reference to a name', () => {
  const text = `${cell('pump_count = 12\nwater_str = "25.2 GB"\npump_str = f"{pump_count}"')}\nThe water of {} fills 27.8 GB, \`{python} pump_str\` pumps.`;
  expect(report(text)).toEqual([expect.stringMatching(/^warning stale-literal "27\.8 GB"/)]);
});
