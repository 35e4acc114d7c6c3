/** `reckoner same`: quantities on which the chapters of a project do not agree. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CommandLine } from '../support/commandLine';

// A busy machine starts processes slowly.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const F = '```';
const chapter = (params: number) =>
  `# Model\n\n${F}{python}\nfrom mlsys.constants import GB\ngpt3_params_b = ${params}\na100_memory = 80 * GB\n${F}\n\nIt has \`{python} gpt3_params_b\`.\n`;

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.make({ 'book/_quarto.yml': '', 'book/a.qmd': chapter(175), 'book/b.qmd': chapter(176) });
});

afterAll(() => line.remove());

test('lists each with its values and their places', () => {
  expect(line.run('same', 'book')).toEqual({
    status: 1,
    stderr: '',
    stdout: [
      'gpt3_params_b',
      '  175  book/a.qmd:5  assumption',
      '  176  book/b.qmd:5  assumption',
      '',
      '1 quantity has different values in 2 chapters.',
      '',
    ].join('\n'),
  });
  const { quantities } = JSON.parse(line.run('same', 'book', '--format', 'json').stdout);
  expect(quantities).toEqual([
    {
      name: 'gpt3_params_b',
      values: [
        { file: 'book/a.qmd', line: 5, column: 1, kind: 'assumption', value: 175, unit: '' },
        { file: 'book/b.qmd', line: 5, column: 1, kind: 'assumption', value: 176, unit: '' },
      ],
    },
  ]);
});

test('tells of many chapters that agree with the first of them', () => {
  for (let at = 1; at <= 8; at++) line.workspace.write(`long/c${at}.qmd`, chapter(at === 4 ? 191 : 175));
  line.workspace.write('long/_quarto.yml', '');
  expect(line.run('same', 'long').stdout).toBe(
    [
      'gpt3_params_b',
      '  175  long/c1.qmd:5  assumption, and in 6 more chapters',
      '  191  long/c4.qmd:5  assumption',
      '',
      '1 quantity has different values in 8 chapters.',
      '',
    ].join('\n'),
  );
  const { quantities } = JSON.parse(line.run('same', 'long', '--format', 'json').stdout);
  expect(quantities[0].values).toHaveLength(8);
});

test('ends with 0 where the chapters agree', () => {
  line.workspace.write('book/b.qmd', chapter(175));
  expect(line.run('same', 'book')).toEqual({
    status: 0,
    stderr: '',
    stdout: 'No quantity has different values in 2 chapters.\n',
  });
});
