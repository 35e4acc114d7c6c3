/**
 * What the tests run of the program: `npm run coverage`, with paths of tests to run those alone. Vitest counts what runs on its own
 * threads; language servers and command lines that tests start as processes write down what they ran (NODE_V8_COVERAGE), and that
 * is found in the sources through the source maps of their bundles. A statement counts as run where either did. Evaluation processes are
 * killed when they are done and write nothing; what runs in them runs on threads of tests as well.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eachMapping, TraceMap } from '@jridgewell/trace-mapping';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'coverage');
/** What the tests take from `process.env`; see `vitest.config.mts` and `test/support/bundles.ts`. */
const processes = join(folder, 'processes');
const bundles = join(folder, 'bundles');

/** Runs the tests; false where one failed. */
function runTests(paths) {
  rmSync(folder, { recursive: true, force: true });
  for (const one of [processes, bundles]) mkdirSync(one, { recursive: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--coverage.enabled', ...paths], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, RECKONER_COVERAGE: folder },
  });
  return status === 0;
}

/** What a process wrote down; nothing where it was ended while it did. */
function written(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).result;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
}

/** By bundle, whether each unit of its text was run by a process. */
function runOffsets() {
  const byBundle = new Map();
  for (const name of readdirSync(processes)) {
    for (const { url, functions } of written(join(processes, name))) {
      const file = url.startsWith('file:') ? fileURLToPath(url) : url;
      if (relative(bundles, file).startsWith('..') || !existsSync(`${file}.map`)) continue;
      // The small entries load the program in a function of their own.
      const shift = url.startsWith('file:') ? 0 : nodeModule.wrap('').indexOf('\n});');
      const length = readFileSync(file, 'utf8').length;
      const run = new Uint8Array(length);
      // Functions come after those around them, ranges within a function after those that hold them.
      for (const { ranges } of functions)
        for (const { startOffset, endOffset, count } of ranges)
          run.fill(count > 0 ? 1 : 0, Math.max(0, startOffset - shift), Math.max(0, endOffset - shift));
      const known = byBundle.get(file);
      if (known === undefined) byBundle.set(file, run);
      else for (let at = 0; at < length; at++) known[at] |= run[at];
    }
  }
  return byBundle;
}

/** By source, the places that processes ran, as `line:column`, and all that their bundles have. */
function runPlaces() {
  const places = new Map();
  for (const [file, run] of runOffsets()) {
    const starts = [0];
    const text = readFileSync(file, 'utf8');
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    eachMapping(new TraceMap(readFileSync(`${file}.map`, 'utf8')), one => {
      if (one.source === null) return;
      const source = resolve(dirname(file), one.source);
      let known = places.get(source);
      if (known === undefined) {
        known = { run: new Set(), all: new Set(), lines: new Set() };
        places.set(source, known);
      }
      const place = `${one.originalLine}:${one.originalColumn}`;
      known.all.add(place);
      if (run[starts[one.generatedLine - 1] + one.generatedColumn] === 0) return;
      known.run.add(place);
      known.lines.add(one.originalLine);
    });
  }
  return places;
}

/** True where a process ran a statement; one that the bundle has no place of is as its line is. */
function isRun({ start }, places) {
  if (places === undefined) return false;
  const place = `${start.line}:${start.column}`;
  return places.all.has(place) ? places.run.has(place) : places.lines.has(start.line);
}

/** Statements by folder: all, those that Vitest ran, those that anybody ran. */
function count() {
  const places = runPlaces();
  const rows = new Map();
  const files = [];
  for (const [file, { statementMap, s }] of Object.entries(
    JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8')),
  )) {
    const name = relative(root, file).replaceAll('\\', '/');
    const own = { all: 0, threads: 0, both: 0 };
    for (const [id, statement] of Object.entries(statementMap)) {
      own.all++;
      const byThreads = s[id] > 0;
      if (byThreads) own.threads++;
      if (byThreads || isRun(statement, places.get(file))) own.both++;
    }
    files.push([name, own]);
    for (const row of [name.split('/').slice(0, -1).slice(0, 2).join('/'), 'all']) {
      const sum = rows.get(row) ?? { all: 0, threads: 0, both: 0 };
      for (const key of Object.keys(sum)) sum[key] += own[key];
      rows.set(row, sum);
    }
  }
  return { rows, files };
}

const part = (some, all) => (all === 0 ? '' : `${((100 * some) / all).toFixed(1)} %`);

const passed = runTests(process.argv.slice(2));
if (!existsSync(join(folder, 'coverage-final.json'))) process.exit(1);
const { rows, files } = count();
const table = [['folder', 'statements', 'run on threads', 'run at all']];
for (const [name, { all, threads, both }] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1)))
  table.push([name, String(all), part(threads, all), part(both, all)]);
const widths = table[0].map((_, column) => Math.max(...table.map(row => row[column].length)));
for (const row of table)
  console.log(row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  '));
const least = files.filter(([, { all }]) => all >= 20).sort(([, a], [, b]) => a.both / a.all - b.both / b.all);
console.log('\nFiles of which the least is run:');
for (const [name, { all, both }] of least.slice(0, 15)) console.log(`${part(both, all).padStart(8)}  ${name}`);
process.exitCode = passed ? 0 : 1;
