/** `reckoner whatif` as its users run it: cells run in a process of their own. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandLine } from '../support/commandLine';

const CHAPTER = `\`\`\`{python}
from mlsys.formatting import check
rate = 30
hours = 24000 / rate / 60
check(hours < 20, f"{hours:.1f} hours are too many")
hours_str = f"{hours:.1f}"
\`\`\`

It takes \`{python} hours_str\` hours.
`;

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.make({ 'tank.qmd': CHAPTER });
}, 60_000);
afterAll(() => line.remove());

const whatif = (...args: readonly string[]) => line.run('whatif', 'tank.qmd', ...args);

test('prints old and new numbers, and writes nothing', () => {
  const { status, stdout } = whatif('--set', 'rate=40');
  expect([status, stdout]).toEqual([0, '1 number changes.\n  tank.qmd:9 hours_str: 13.3 → 10.0\n']);
  expect(readFileSync(line.workspace.pathOf('tank.qmd'), 'utf8')).toBe(CHAPTER);
});

test('ends with 1 where a guard breaks; as JSON', () => {
  const { status, stdout } = whatif('--set', 'rate=10', '--format', 'json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    file: 'tank.qmd',
    changes: [{ name: 'rate', value: '10' }],
    summary: '1 number changes; guard "hours < 20" breaks',
    numbers: [{ line: 9, expr: 'hours_str', before: '13.3', after: '40.0' }],
    guards: [{ line: 5, text: 'hours < 20', holds: false, message: '40.0 hours are too many' }],
    findings: [],
  });
});

test('tells at which value a guard fails', () => {
  expect(whatif('--break-even', 'rate').stdout).toBe('hours < 20: fails at 20, holds up to 21\n');
});

test.each([
  [['--set', 'rate'], '"rate" is no NAME=VALUE'],
  [['--set', 'pace=3'], 'No cell sets pace.'],
  [[], 'nothing is changed: give --set NAME=VALUE or --break-even NAME'],
  [['--break-even', 'hours_str'], 'hours_str is no number that can be changed.'],
])('refuses %j', (args, message) => {
  expect(whatif(...args)).toEqual({ status: 2, stdout: '', stderr: `reckoner: ${message}\n` });
});
