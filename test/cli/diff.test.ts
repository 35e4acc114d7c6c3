/** `reckoner diff`: what changed since a revision, and why, in a repository of its own. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CommandLine } from '../support/commandLine';

// A busy machine starts processes slowly.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const F = '```';
const TANK = `# Tanks

${F}{python}
#| label: tank
from mlsys.formatting import check
volume = 1200
rate = 40
hours = volume / rate
check(hours > 20, f"the text says more than 20 hours, got {hours:.0f}")
hours_str = f"{hours:.1f}"
rate_str = f"{rate}"
${F}

It takes \`{python} hours_str\` hours at \`{python} rate_str\` litres an hour. That is long.
`;
const PUMPS = `${F}{python}
from rates import RATE
import json
with open("limits.json") as file:
    limits = json.load(file)
limit_str = f"{limits['most']} bar"
rate_str = f"{RATE:.2f}"
${F}

A pump moves \`{python} rate_str\` litres a second at \`{python} limit_str\`.
`;

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.make();
});

afterAll(() => line.remove());

const git = (...args: readonly string[]) => {
  const named = ['-c', 'user.name=A', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', join(line.workspace.folder, 'book'), ...named, ...args], { stdio: 'ignore' });
};
const write = (name: string, text: string) => line.workspace.write(`book/${name}`, text);
const diff = (...args: readonly string[]) => line.run('diff', 'book', ...args);

beforeEach(() => {
  rmSync(join(line.workspace.folder, 'book'), { recursive: true, force: true });
  write('tank.qmd', TANK);
  write('pumps.qmd', PUMPS);
  write('rates.py', 'RATE = 2.5\n');
  write('limits.json', '{\n  "most": 16\n}\n');
  git('init', '-b', 'main');
  git('add', '.');
  git('commit', '-m', 'First');
});

/** What is printed, without the name of the commit. */
function printed({ stdout }: { readonly stdout: string }): string {
  return stdout.replaceAll(/\([0-9a-f]{7}\)/g, '(COMMIT)');
}

test('an assumption: the sentence with its old and new numbers, and why', () => {
  write('tank.qmd', `${TANK.replace('rate = 40', 'rate = 50')}\nA closing word.\n`);
  const result = diff();
  expect(printed(result)).toBe(
    [
      'book/tank.qmd',
      '       14  It takes 30.0 → 24.0 hours at 40 → 50 litres an hour.',
      '           rate was 40, is 50 (line 7)',
      '',
      '2 numbers changed against HEAD (COMMIT), in 1 of 2 chapters.',
      '',
    ].join('\n'),
  );
  expect(result).toMatchObject({ status: 1, stderr: '' });
});

test('a guard that fails now, and the numbers that the page loses by it', () => {
  write('tank.qmd', TANK.replace('rate = 40', 'rate = 80'));
  const cause = 'the line was rate = 40, is rate = 80 (line 7)';
  expect(printed(diff())).toBe(
    [
      'book/tank.qmd',
      '       14  It takes 30.0 → no value hours at 40 → no value litres an hour.',
      '           cell tank failed (ValueError: Narrative broken: the text says more than 20 hours, got 15) (line 9)',
      `           ${cause}`,
      '        9  guard hours > 20 fails now: the text says more than 20 hours, got 15 (15 > 20)',
      `           ${cause}`,
      '',
      '2 numbers changed, 1 guard failing now against HEAD (COMMIT), in 1 of 2 chapters.',
      '',
    ].join('\n'),
  );
});

test('nothing where lines move, words and names of cells change, and the numbers stay', () => {
  write('tank.qmd', TANK.replace('# Tanks', '# Tanks\n\nFirst some words.').replace('It takes', 'Filling takes'));
  expect(printed(diff())).toBe('No numbers changed against HEAD (COMMIT), in 2 chapters.\n');
  expect(diff().status).toBe(0);
});

test('what a sentence cites stays in it, as it is written', () => {
  const citing = TANK.replace('It takes', 'As @sec-pumps says [@hopper, p. 3], *it* takes').replace(
    ' litres an',
    ' [@ono] litres an',
  );
  write('tank.qmd', citing);
  git('commit', '-a', '-m', 'Cited');
  write('tank.qmd', citing.replace('rate = 40', 'rate = 50'));
  expect(printed(diff())).toContain(
    'As @sec-pumps says [@hopper, p. 3], it takes 30.0 → 24.0 hours at 40 → 50 [@ono] litres an hour.',
  );
});

test('a line of code, by the formula that it makes', () => {
  write('tank.qmd', TANK.replace('volume / rate', '2 * volume / rate'));
  expect(printed(diff())).toContain(
    [
      '       14  It takes 30.0 → 60.0 hours at 40 litres an hour.',
      '           hours was volume / rate, is 2 × volume / rate (line 8)',
    ].join('\n'),
  );
});

test('a constant of a package and a line of a data file, as they were then', () => {
  write('rates.py', '# litres a second\nRATE = 3.5\n');
  write('limits.json', '{\n  "most": 20\n}\n');
  expect(printed(diff())).toBe(
    [
      'book/pumps.qmd',
      '       10  A pump moves 2.50 → 3.50 litres a second at 16 bar → 20 bar.',
      '           RATE was 2.5, is 3.5 (book/rates.py:2)',
      "           limits['most'] was 16, is 20 (book/limits.json:2)",
      '',
      '2 numbers changed against HEAD (COMMIT), in 1 of 2 chapters.',
      '',
    ].join('\n'),
  );
});

test('a number that is gone, and the cell that fails', () => {
  write('tank.qmd', TANK.replace('rate = 40', 'rate = 0'));
  expect(printed(diff())).toBe(
    [
      'book/tank.qmd',
      '       14  It takes 30.0 → no value hours at 40 → no value litres an hour.',
      '           cell tank failed (ZeroDivisionError: division by zero) (line 8)',
      '           the line was rate = 40, is rate = 0 (line 7)',
      '        3  cell tank fails now: failed (ZeroDivisionError: division by zero)',
      '           the line was rate = 40, is rate = 0 (line 7)',
      '',
      '2 numbers changed, 1 cell failing now against HEAD (COMMIT), in 1 of 2 chapters.',
      '',
    ].join('\n'),
  );
});

test('references that appeared and vanished, chapters that are new, renamed and gone', () => {
  write(
    'tank.qmd',
    TANK.replace(' at `{python} rate_str` litres an hour', '').replace('long.', 'long: `{python} volume`.'),
  );
  git('mv', 'pumps.qmd', 'motors.qmd');
  write('new.qmd', TANK);
  expect(printed(diff())).toBe(
    [
      'book/new.qmd is new',
      '',
      'book/tank.qmd',
      '       14  new: That is long: 1200.',
      '       14  gone: It takes 30.0 hours at 40 litres an hour.',
      '',
      '1 reference appeared, 1 reference vanished, 1 chapter new against HEAD (COMMIT), in 2 of 3 chapters.',
      '',
    ].join('\n'),
  );
  git('rm', '-f', 'motors.qmd');
  expect(printed(diff())).toContain('book/pumps.qmd is gone\n');
});

test('another revision, and a chapter beside it', () => {
  write('tank.qmd', TANK.replace('rate = 40', 'rate = 50'));
  git('commit', '-am', 'Faster');
  expect(diff('--against', 'HEAD').status).toBe(0);
  expect(diff('--against', 'HEAD~1').stdout).toContain('30.0 → 24.0');
  write('old.qmd', TANK);
  const beside = line.run('diff', 'book/tank.qmd', '--against', 'book/old.qmd');
  expect(beside.stdout).toContain('30.0 → 24.0');
  expect(beside.stdout).toContain('against book/old.qmd, in 1 chapter.');
});

describe('formats', () => {
  test('Markdown is a table for a pull request, in which nothing of the chapter is markup', () => {
    write(
      'tank.qmd',
      TANK.replace('rate = 40', 'rate = 50').replaceAll('That is long.', '').replace('hours at', 'h|urs at'),
    );
    const { stdout } = diff('--format', 'markdown');
    expect(printed({ stdout })).toBe(
      [
        '### Numbers',
        '',
        '2 numbers changed against HEAD (COMMIT), in 1 of 2 chapters.',
        '',
        '**book/tank.qmd**',
        '',
        '| Place | Sentence | Because |',
        '| --- | --- | --- |',
        '| line 14 | It takes ~~30.0~~ **24.0** h\\|urs at ~~40~~ **50** litres an hour. | `rate` was `40`, is `50` (line 7) |',
        '',
      ].join('\n'),
    );
  });

  test('JSON tells all of it', () => {
    write('tank.qmd', TANK.replace('rate = 40', 'rate = 50'));
    const report = JSON.parse(diff('--format', 'json').stdout);
    expect(report.chapters[0].changed).toEqual([
      {
        line: 14,
        column: 10,
        sentence: 'It takes 24.0 hours at 50 litres an hour.',
        numbers: [
          { expression: 'hours_str', before: '30.0', now: '24.0' },
          { expression: 'rate_str', before: '40', now: '50' },
        ],
        because: [{ kind: 'assumption', name: 'rate', before: '40', now: '50', place: { line: 7, column: 1 } }],
      },
    ]);
    write('tank.qmd', TANK.replace('rate = 40', 'rate = 80'));
    const { chapters } = JSON.parse(diff('--format', 'json').stdout);
    expect(chapters[0].guards).toMatchObject([{ line: 9, guard: 'hours > 20', holds: false }]);
  });
});

describe('mistakes end with 2 and one clear line', () => {
  test.each([
    [['--against', 'never'], /^reckoner: --against never: there is no such revision\n$/],
    [['--against', '--output=x'], /^reckoner: --against --output=x: there is no such revision\n$/],
    [['--against', 'book/tank.qmd'], /: a folder is compared with a revision, not with a file\n$/],
  ])('%j', (args, message) => {
    const { status, stderr } = diff(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('outside of a repository', () => {
    line.workspace.write('alone/tank.qmd', TANK);
    expect(line.run('diff', 'alone')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^reckoner: --against HEAD: not a git repository/),
    });
  });
});
