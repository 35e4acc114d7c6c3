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

const POOL = `\`\`\`{python}
import yaml
from mlsys.formatting import check
with open("data/pool.yaml") as file:
    wide = yaml.safe_load(file)["pool"]["wide"]
check(wide < 8, "too wide")
wide_str = f"{wide} m"
\`\`\`

{{< include parts/note.qmd >}}
`;

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.make({
    'tank.qmd': CHAPTER,
    'parts/note.qmd': 'A note: `{python} wide_str`.\n',
    'data/pool.yaml': 'pool:\n  wide: 5\n',
    'pool.qmd': POOL,
  });
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

test('what stands in an included file is told there', () => {
  const { stdout } = line.run('whatif', 'pool.qmd', '--set', 'wide=6');
  expect(stdout).toBe('1 number changes.\n  parts/note.qmd:1 wide_str: 5 m → 6 m\n');
  const json = line.run('whatif', 'pool.qmd', '--set', 'wide=6', '--format', 'json').stdout;
  expect(JSON.parse(json).numbers).toEqual([
    { file: 'parts/note.qmd', line: 1, expr: 'wide_str', before: '5 m', after: '6 m' },
  ]);
});

test('tells at which number of a data file a guard fails', () => {
  const { stdout } = line.run('whatif', 'pool.qmd', '--break-even', 'data/pool.yaml: pool.wide');
  expect(stdout).toContain('wide < 8: fails at 8, holds up to 7');
});
