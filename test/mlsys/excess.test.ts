/**
 * No program takes the machine: what uses up a budget ends by it, native work included, and what looks as if it did is done in
 * a moment. They run in a process of their own, which is ended where one does not come to an end.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROGRAMS } from './excess/programs';

type Kind = keyof typeof PROGRAMS;

/** After so many milliseconds without a word, a program counts as endless; on a machine with nothing else to do, none takes two seconds. */
const PATIENCE = 120_000;

/** What the process may hold, in MB; a program is given 20. */
const HEAP = 500;

let folder = '';
let script = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reckoner-'));
  script = join(folder, 'run.js');
  await build({
    entryPoints: [resolve(import.meta.dirname, 'excess/run.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ending {
  readonly at: number;
  /** The budget that was used up, or the status of the run; `nothing` where the process came to its end instead. */
  readonly ended: string;
  readonly type?: string;
}

/** How the programs from one on ended, up to the first that took the process with it. */
function endings(kind: Kind, first: number): Promise<Ending[]> {
  const found: Ending[] = [];
  const options = [`--max-old-space-size=${HEAP}`, script, kind, String(first)];
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  return new Promise(done => {
    const wait = () => setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    let patience = wait();
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      clearTimeout(patience);
      patience = wait();
      const lines = (text + piece).split('\n');
      text = lines.pop()!;
      for (const line of lines) found.push(JSON.parse(line));
    });
    child.on('close', () => {
      clearTimeout(patience);
      done(found);
    });
  });
}

/** How all programs of a kind ended. */
async function allEndings(kind: Kind): Promise<Ending[]> {
  const found: Ending[] = [];
  while (found.length < PROGRAMS[kind].length) {
    found.push(...(await endings(kind, found.length)));
    if (found.length < PROGRAMS[kind].length) found.push({ at: found.length, ended: 'nothing' });
  }
  return found;
}

/** A program ends by one of these. */
const ENDINGS: Readonly<Record<Kind, readonly string[]>> = {
  memory: ['memory', 'steps'],
  work: ['steps', 'memory', 'recursion'],
  recursion: ['recursion', 'steps'],
  output: ['output', 'steps'],
  raises: ['failed', 'recursion'],
  fast: ['ok'],
};

describe.each(Object.keys(ENDINGS) as Kind[])('%s', kind => {
  test('every program ends as it should', { timeout: 900_000 }, async () => {
    const found = await allEndings(kind);
    const wrong = found
      .filter(({ ended }) => !ENDINGS[kind].includes(ended))
      .map(({ at, ended, type }) => `${ended} ${type ?? ''}: ${PROGRAMS[kind][at]!.slice(0, 200)}`);
    expect(wrong).toEqual([]);
  });
});
