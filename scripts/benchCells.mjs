/** Times of the evaluation alone, without reading the chapter: for `bench.mjs`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

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

export function measure(file: string, turns: number): void {
  const chapter = parseChapter(readFileSync(file, 'utf8'));
  chapter.refs;
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
import { delayMachineCode } from './server/tiering';

const [file, turns] = process.argv.slice(2);
delayMachineCode(turns === '0' ? 4 : 2);
const { program, keep } = loadProgram('cli');
process.on('exit', keep);
program.measure(file, Number(turns));
`;

async function bundle(contents, outfile) {
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    outfile,
  });
}

/**
 * Milliseconds that all cells and references of a chapter take: in a fresh process, in a warm one that knows the cells,
 * and in a warm one that reads them anew.
 */
export async function cellTimes(chapter, work) {
  const folder = join(work, 'cells');
  mkdirSync(folder);
  await bundle(PROGRAM, join(folder, 'program.js'));
  await bundle(MAIN, join(folder, 'main.js'));
  const env = { ...process.env, RECKONER_CACHE: join(folder, 'cache') };
  const run = turns => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'main.js'), chapter, String(turns)], {
      encoding: 'utf8',
      env,
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };
  run(0); // V8's code is kept from here on
  const cold = Array.from({ length: 7 }, () => run(0).cold).sort((a, b) => a - b)[3];
  const { rerun, anew } = run(60);
  return { cold, rerun, anew };
}
