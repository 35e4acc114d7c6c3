/** Times of the evaluation alone, without reading the chapter: for `bench.mjs`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The modules of the library that the chapter imports. */
const LIBRARY = `
\`\`\`{python}
import math
from mlsys.registry import start_chapter
from mlsys.constants import *
from mlsys.formatting import fmt, check
\`\`\`
`;

/** Stands for the program: evaluates a chapter in a fresh process, then again and again. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { parseChapter } from './server/chapter';
import { Evaluator } from './server/evaluation/evaluator';

function timed(body: () => void): number {
  const start = performance.now();
  body();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

export function measure(file: string, turns: number, library: boolean): void {
  const chapter = parseChapter(readFileSync(file, 'utf8'));
  chapter.refs;
  for (const cell of chapter.cells) void cell.run;
  if (library) new Evaluator().update(parseChapter(${JSON.stringify(LIBRARY)}));
  const evaluator = new Evaluator();
  const cold = timed(() => evaluator.update(chapter));
  const rerun: number[] = [];
  const anew: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    rerun.push(timed(() => {
      evaluator.reset();
      evaluator.update(chapter);
    }));
    anew.push(timed(() => new Evaluator().update(chapter)));
  }
  const warm = Math.floor(turns / 2);
  console.log(JSON.stringify({ cold, rerun: median(rerun.slice(warm)), anew: median(anew.slice(warm)) }));
}
`;

/** Starts it as the command line starts the program. */
const MAIN = `
import { loadProgram } from './server/loader';
import { delayMachineCode } from './server/v8Flags';

const [file, turns, library] = process.argv.slice(2);
delayMachineCode(turns === '0' ? 6 : 2);
const { program, keep } = loadProgram('cli');
process.on('exit', keep);
program.measure(file, Number(turns), library === 'library');
`;

async function bundle(contents, outfile, resolveDir) {
  await build({
    stdin: { contents, resolveDir, loader: 'ts' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    outfile,
  });
}

const TURNS = 9;

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Writes the program that measures, made of the sources in `from`, to a folder. */
export async function buildMeasure(folder, from = root) {
  await bundle(PROGRAM, join(folder, 'program.js'), from);
  await bundle(MAIN, join(folder, 'main.js'), from);
}

/**
 * Milliseconds that all cells and references of a chapter take: in a fresh process that has its library at hand, as the
 * oracle's has; in one that makes the library as well; in a warm one that knows the cells; in a warm one that reads them
 * anew. And what `other` tells, which is called in turns with the cold ones; undefined without it.
 */
export async function cellTimes(chapter, work, other) {
  const folder = join(work, 'cells');
  mkdirSync(folder);
  await buildMeasure(folder);
  const env = { ...process.env, RECKONER_CACHE: join(folder, 'cache') };
  const run = (turns, library = '') => {
    const args = [join(folder, 'main.js'), chapter, String(turns), library];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };
  run(0); // V8's code is kept from here on
  const cold = [];
  const withLibrary = [];
  const others = [];
  // In turns, so that all meet the same machine.
  for (let turn = 0; turn < TURNS; turn++) {
    cold.push(run(0, 'library').cold);
    withLibrary.push(run(0).cold);
    if (other !== undefined) others.push(other());
  }
  const { rerun, anew } = run(60);
  return { cold: median(cold), withLibrary: median(withLibrary), rerun, anew, other: median(others) };
}
