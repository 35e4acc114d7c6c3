import { describe, expect, test } from 'vitest';
import { applyFix, cell, findingsOf, report } from '../../support/analysis';

test('dimensions that differ are an error', () => {
  expect(report(cell('from mlsys.constants import ureg\nx = (5 * ureg.second).to(ureg.meter)'))).toEqual([
    "error unit-mismatch \"(5 * ureg.second).to(ureg.meter)\": Cannot convert from 'second' ([time]) to 'meter' ([length]).",
  ]);
});

test('a quantity that is compared with a plain number is an error, with where it came from', () => {
  const text = cell('from mlsys.constants import second\nwait = 4 * second\nratio = 8 / wait\nfits = ratio >= 2');
  const [found] = findingsOf(text).filter(({ code }) => code === 'unit-mismatch');
  expect(found?.message).toMatch(/^Cannot compare .+ and <class 'int'>/);
  expect(found?.related?.map(({ message }) => message)).toEqual(['`ratio` is 2 1/s']);
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

const RIVER = cell(`
from mlsys.constants import KB, second
class River:
    message = 1.2 * KB
    radio_rate = 3 * KB / second
    radio = message / radio_rate
    total = radio + message
`);

test('both operands of a sum, where each came from, and what would fit', () => {
  const [finding] = findingsOf(RIVER).filter(({ code }) => code === 'unit-mismatch');
  expect(finding!.message).toBe(
    "Cannot convert from 'second' ([time]) to 'KB' (dimensionless): `radio` is 0.4 s, `message` is 1.2 KB; `message / radio_rate` would fit.",
  );
  expect(finding!.related!.map(({ message }) => message)).toContain('`message` is 1.2 KB');
  const fixed = applyFix(RIVER, 'Write `message / radio_rate`');
  expect(fixed).toContain('total = radio + message / radio_rate\n');
  expect(report(fixed)).toEqual([]);
});

describe('one plain number', () => {
  const mixes = (...codes: readonly string[]) =>
    findingsOf(codes.map(code => cell(code)).join('\n')).filter(({ code }) => code === 'unit-mismatch');
  const FIRST = 'from mlsys.constants import GB, USD, ureg\noverhead = 5\nother = 6';

  test('that makes mixes in several cells is one finding, which leads to it', () => {
    const found = mixes(
      FIRST,
      'a = 3 * USD + overhead',
      'class A:\n    size = 3 * GB\n    x = size - overhead\n    y = overhead * 2 + size',
    );
    expect(found).toHaveLength(1);
    expect(found[0]!.message).toMatch(/The same at 2 more places\.$/);
    expect(found[0]!.again).toHaveLength(2);
    expect(found[0]!.related!.map(({ message }) => message)).toContain('`overhead` is 5');
  });

  test('that pint refuses in several cells is one finding', () => {
    const found = mixes(FIRST, 'a = 3 * ureg.second + overhead', 'b = overhead - 2 * ureg.second');
    expect(found.map(({ severity }) => severity)).toEqual(['error']);
  });

  test('and another one, or another of that name, are findings of their own', () => {
    expect(mixes(FIRST, 'a = 3 * USD + overhead\nb = 3 * USD + other')).toHaveLength(2);
    expect(mixes(FIRST, 'a = 3 * USD + overhead', 'overhead = 5', 'b = 3 * USD + overhead')).toHaveLength(2);
    expect(mixes(FIRST, 'a = 3 * USD + 5\nb = 3 * USD + 5')).toHaveLength(2);
  });
});

describe('a conversion that the code has done already', () => {
  const code = (line: string) => cell(`from mlsys.constants import *\nlink = 400 * Gbps\nt = 250 * ms\n${line}`);

  test.each([
    [
      'x = (link / 8).m_as(GB / second)',
      '`link` is 400 Gbps: `.m_as(GB / second)` converts it, and `/ 8` does so once more.',
    ],
    ['x = (t / 1000).m_as(second)', '`t` is 250 ms: `.m_as(second)` converts it, and `/ 1000` does so once more.'],
    ['x = (t / MS_PER_SEC).to(second)', '`.to(second)` converts it, and `/ MS_PER_SEC` does so once more.'],
    [
      'class A:\n    d = 2 * day\n    x = (d * 24).m_as(hour)',
      '`d` is 2 d: `.m_as(hour)` converts it, and `* 24` does so',
    ],
  ])('%s', (line, message) => {
    const lines = report(code(line));
    expect(lines).toEqual([expect.stringMatching(/^warning unit-mismatch /)]);
    expect(lines[0]).toContain(message);
  });

  test('the fix leaves it to pint', () => {
    const fixed = applyFix(
      code('x = (link / 8).m_as(GB / second)'),
      'Leave the conversion to `.m_as`, which changes the value',
    );
    expect(fixed).toBe(code('x = (link).m_as(GB / second)'));
    expect(report(fixed)).toEqual([]);
  });

  test.each([
    'x = (link / 8).m_as(Gbps)',
    'x = (link / 4).m_as(GB / second)',
    'x = (t / 1000).m_as(ms)',
    'x = t.m_as(second) * 1000',
  ])('clean: %s', line => expect(report(code(line))).toEqual([]));
});

test('a unit that the chapter says of the same value nowhere else', () => {
  const text = (unit: string) =>
    `${cell('pause_str = "17"')}\nEvery \`{python} pause_str\` ${unit}.\n\nAfter \`{python} pause_str\` minutes, it stops for \`{python} pause_str\` minutes.\n`;
  expect(report(text('seconds'))).toEqual([
    'warning unit-mismatch "seconds": The sentence says seconds, but elsewhere the chapter gives `pause_str` in minutes.',
  ]);
  expect(applyFix(text('seconds'), 'Write "minutes"')).toBe(text('minutes'));
  expect(report(text('minutes'))).toEqual([]);
  expect(report(text('stops'))).toEqual([]);
});

test('a letter of a name, and what the code does to it', () => {
  const text = (unit: string) =>
    `${cell('wait_s = 0.512\nwait_str = f"{wait_s * 1000:.0f}"')}\nIt takes \`{python} wait_str\` ${unit}.\n`;
  expect(report(text('s'))).toEqual([expect.stringContaining('says s, but the value is in ms (`wait_s * 1000`)')]);
  expect(report(text('ms'))).toEqual([]);
});
