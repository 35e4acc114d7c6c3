import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

const FLEET = `class Fleet:
    cost_str = "480"
    load_str = "12"

cost_str = Fleet.cost_str
load_str = Fleet.load_str`;

function boxed(...lines: string[]): string {
  const box = ['┌──────────────────────────────────────────', ...lines.map(line => `│ ${line}`), '└───────────'];
  return cell(`${box.map(line => `# ${line}`).join('\n')}\n${FLEET}`);
}

test('names one too many and names left out are told at once', () => {
  const text = boxed('Exports: cost_str, power_str');
  expect(report(text)).toEqual([
    'warning header-exports-drift "power_str": The header exports `power_str`, which the cell does not make. The header does not list `load_str`, which the cell exports.',
  ]);
  const fixed = applyFix(text, "Bring the header's Exports up to date: remove `power_str`, add `load_str`");
  expect(fixed).toBe(boxed('Exports: cost_str, load_str'));
  expect(report(fixed)).toEqual([]);
});

test.each([
  'cost_str, load_str',
  '*_str',
  '{cost,load}_str',
  'Fleet.cost_str, load_str',
  'cost_str (dollars), load_str',
  'the texts of the fleet',
  'cost_str, etc.',
  'cost_str, …',
])('clean: Exports: %s', exports => {
  expect(report(boxed(`Exports: ${exports}`))).toEqual([]);
});

test('a header without Exports promises nothing', () => {
  expect(report(boxed('Goal: Show the fleet.'))).toEqual([]);
});

test('a name left out is a hint, at the word Exports', () => {
  expect(report(boxed('Exports: (none)'))).toEqual([
    'hint header-exports-drift "Exports": The header does not list `cost_str` and `load_str`, which the cell exports.',
  ]);
});

test('a name that the prose reads is missing from the code', () => {
  const codes = report(`${boxed('Exports: cost_str, load_str, power_str')}\nIt draws \`{python} power_str\`.\n`);
  expect(codes).toEqual([expect.stringContaining('undefined-export "power_str"')]);
});

test('the fix breaks lines as the box does, and keeps its frame', () => {
  const frame = (text: string) => `   # | ${text.padEnd(40)}|\n`;
  const code = '   a_first_name_str = b_second_name_str = c_third_str = "1"\n';
  const make = (...lines: string[]) =>
    `1. One\n\n   \`\`\`{python}\n   # ${'='.repeat(42)}\n${lines.map(frame).join('')}   # ${'='.repeat(42)}\n${code}   \`\`\`\n`;
  const text = make('Exports: a_first_name_str,', '         z_last_name_str');
  const title =
    "Bring the header's Exports up to date: remove `z_last_name_str`, add `b_second_name_str` and `c_third_str`";
  expect(applyFix(text, title)).toBe(make('Exports: a_first_name_str,', '         b_second_name_str, c_third_str'));
});

test('text beside the names is kept: no fix', () => {
  expect(() => applyFix(boxed('Exports: cost_str (dollars), power_str, load_str'), '')).toThrow('there are: ');
});

test('a header that lists attributes lacks one that the prose reads', () => {
  const code = (header: string) =>
    `# ┌──\n# │ ${header}\n# └──\nclass Load:\n    a_str = "1"\n    b_str = "2"\n    c_str = a_str + b_str`;
  const prose = '\n`{python} Load.a_str` and `{python} Load.b_str`.\n';
  const text = `${cell(code('Exports: Load.a_str'))}${prose}`;
  expect(report(text, { levels: { 'unused-export': 'off' } })).toEqual([
    'hint header-exports-drift "Exports": The header does not list `Load.b_str`, which the cell exports.',
  ]);
  expect(applyFix(text, "Bring the header's Exports up to date: add `Load.b_str`")).toBe(
    `${cell(code('Exports: Load.a_str, Load.b_str'))}${prose}`,
  );
});
