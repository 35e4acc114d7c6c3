import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

test('dimensions that differ are an error', () => {
  expect(report(cell('from mlsys.constants import ureg\nx = (5 * ureg.second).to(ureg.meter)'))).toEqual([
    "error unit-mismatch \"(5 * ureg.second).to(ureg.meter)\": Cannot convert from 'second' ([time]) to 'meter' ([length]).",
  ]);
});

test('counts of different things pass with a warning, and the value stands', () => {
  const lines = report(
    `${cell('from mlsys.constants import GB, TFLOPs\nx = (5 * TFLOPs).to(GB)')}\n\`{python} round(x.m)\`\n`,
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^warning unit-mismatch /);
  expect(lines[0]).toContain('operations');
  expect(lines[0]).toContain('information');
});

test.each([
  ['intensity', 'from mlsys.constants import flop, byte\nx = (300 * flop / byte) * (2 * byte)'],
  ['bytes per parameter', 'from mlsys.constants import param, byte, GB\nx = (7e9 * param * (2 * byte / param)).to(GB)'],
  ['a ratio', 'from mlsys.constants import GB, MB\nx = (4 * GB / (2 * MB)).to("count")'],
])('%s is fine', (_, code) => {
  expect(report(cell(code))).toEqual([]);
});
