/** `reckoner lock`: values that are accepted, and those that drift from them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CommandLine } from '../support/commandLine';

// A busy machine starts processes slowly.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const F = '```';
const TANK = `${F}{python}
rate = 40
hours_str = f"{1200 / rate:.1f}"
${F}

It takes \`{python} hours_str\` hours at \`{python} rate\` litres an hour.
`;

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.make();
});

beforeEach(() => {
  for (const name of ['book/reckoner.lock.json', 'book/b.qmd']) line.workspace.delete(name);
  line.workspace.write('book/_quarto.yml', 'project: {type: book}\n');
  line.workspace.write('book/a.qmd', TANK);
});

afterAll(() => line.remove());

const read = () => readFileSync(join(line.workspace.folder, 'book/reckoner.lock.json'), 'utf8');

test('is written beside the configuration, small and sorted', () => {
  line.workspace.write('book/b.qmd', `${TANK}\n${F}{python}\nrate = 41\n${F}\n\nThen \`{python} rate\`.\n`);
  expect(line.run('lock', 'book')).toEqual({
    status: 0,
    stdout: '',
    stderr: 'reckoner: 4 values in book/reckoner.lock.json; the lock is new\n',
  });
  expect(read()).toBe(
    [
      '{',
      '  "version": 1,',
      '  "chapters": {',
      '    "a.qmd": {',
      '      "hours_str": "30.0",',
      '      "rate": "40"',
      '    },',
      '    "b.qmd": {',
      '      "hours_str": "30.0",',
      '      "rate": ["40","41"]',
      '    }',
      '  }',
      '}',
      '',
    ].join('\n'),
  );
});

test('says nothing while lines move, and tells of a value that drifts until it is accepted', () => {
  const codes = () => JSON.parse(line.run('check', 'book', '--format', 'json').stdout).findings;
  line.run('lock', 'book');
  line.workspace.write('book/a.qmd', `# Tanks\n\n${TANK}`);
  expect(codes()).toEqual([]);
  expect(line.run('lock', 'book', '--check')).toMatchObject({
    status: 0,
    stdout: 'All values are as the lock says.\n',
  });
  line.workspace.write('book/a.qmd', TANK.replace('1200', '1400'));
  expect(codes()).toMatchObject([
    {
      code: 'value-drift',
      severity: 'warning',
      line: 6,
      message: '`hours_str` reads 35.0, and 30.0 in reckoner.lock.json. Accept the value, or mend what changed it.',
    },
  ]);
  expect(line.run('lock', 'book', '--check')).toMatchObject({
    status: 1,
    stdout: 'book/a.qmd:6 hours_str: 30.0 → 35.0\n',
  });
  line.run('lock', 'book');
  expect(codes()).toEqual([]);
});

test('--check tells of references that the lock does not name, and of what it names in vain', () => {
  line.workspace.write('book/b.qmd', TANK);
  line.run('lock', 'book');
  line.workspace.delete('book/b.qmd');
  line.workspace.write('book/a.qmd', TANK.replace('`{python} rate`', '`{python} rate * 2`'));
  expect(line.run('lock', 'book', '--check')).toMatchObject({
    status: 1,
    stdout: [
      'book/a.qmd:6 rate * 2 is not in the lock: 80',
      'book/a.qmd rate is in the lock, and no reference any more',
      'b.qmd is in the lock, and is gone',
      '',
    ].join('\n'),
  });
});

test('what has no value keeps what was locked', () => {
  line.run('lock', 'book');
  const before = read();
  line.workspace.write('book/a.qmd', TANK.replace('rate = 40', 'rate = 0'));
  line.run('lock', 'book');
  expect(read()).toBe(before);
});

test('a lock that is none', () => {
  line.workspace.write('book/reckoner.lock.json', '[]');
  expect(line.run('check', 'book').stdout).toContain('reckoner.lock.json cannot be used: it is no lock of values');
  const { status, stderr } = line.run('lock', 'book');
  expect(status).toBe(2);
  expect(stderr).toMatch(/reckoner\.lock\.json: it is no lock of values that this version reads\n$/);
  line.workspace.delete('book/reckoner.lock.json');
  expect(line.run('lock', 'book', '--check')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/reckoner\.lock\.json: no such file/),
  });
});
