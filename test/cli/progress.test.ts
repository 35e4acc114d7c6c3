import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run } from '../../server/cli/commands';
import type { Io } from '../../server/cli/io';
import { Progress } from '../../server/cli/progress';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reckoner-progress-'));
  writeFileSync(join(folder, '_quarto.yml'), 'project:\n  type: website\n');
  for (const name of ['crops', 'soils', 'wells'])
    writeFileSync(join(folder, `${name}.qmd`), '```{python}\nshare = 3\n```\n\n`{python} share`\n');
  // Each look at the clock is a second later: no line is left out since little time has gone by.
  let now = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 1000));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What a command writes to standard error on a terminal: the lines that take each other's place, and what comes after them. */
async function linesOf(...argv: string[]): Promise<readonly string[]> {
  let err = '';
  const io: Io = {
    out: () => undefined,
    err: text => {
      err += text;
    },
    async *lines() {},
    cwd: folder,
    env: {},
    colour: false,
    terminal: true,
    progress: true,
  };
  await run(argv, io);
  return err.split('\r\u001B[K').slice(1);
}

test.each([
  ['doctor', '.'],
  ['same', '.'],
  ['lock', '.'],
])('%s tells how far it is, and takes that away at its end', async (...argv) => {
  const lines = await linesOf(...argv);
  expect(lines.slice(0, -1)).toEqual(['0/3 crops.qmd', '1/3 soils.qmd', '2/3 wells.qmd']);
  expect(lines.at(-1)).not.toContain('/3');
});

test('several loops that take from one list count what they have finished', () => {
  let err = '';
  const io = { progress: true, err: (text: string) => (err += text) } as unknown as Io;
  const inTurn = new Progress(io).over(['a', 'b', 'c'], name => name, 2);
  expect([...inTurn]).toEqual(['a', 'b', 'c']);
  expect(err.split('\r\u001B[K')).toEqual(['', '0/3 a', '0/3 b', '1/3 c', '']);
});
