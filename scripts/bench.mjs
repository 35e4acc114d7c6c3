/**
 * Figures of speed and size, each with its goal: `npm run bench`. Builds first, as for the package. Rows that need the oracle beside the
 * project (`../shared`) or a Python with pint are left out with the reason.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bookTimes } from './benchBook.mjs';
import { cellTimes } from './benchCells.mjs';
import { clientLoad } from './benchClient.mjs';
import { pageTimes } from './benchPage.mjs';
import { previewTimes } from './benchPreview.mjs';
import { buildAll } from './build.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const shared = resolve(root, '../shared');
const cli = join(root, 'dist', 'cli.js');
const work = mkdtempSync(join(tmpdir(), 'reckoner-bench-'));
/** Of the servers: the first one finds it empty. */
const codeCache = join(work, 'code');
const rows = [];
const left = [];

function row(figure, value, unit, goal, python) {
  const ratio = python === undefined ? '' : `${(python / value).toFixed(1)} x`;
  rows.push([
    figure,
    `${round(value)} ${unit}`,
    goal === undefined ? '' : `${goal} ${unit}`,
    verdict(value, goal),
    ratio,
  ]);
}

const round = value => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
const verdict = (value, goal) => (goal === undefined ? '' : value <= goal ? 'met' : 'missed');

function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

/** Runs a command to its end; its wall time in milliseconds, and the peak memory of the process in MB on Linux. */
function timed(command, args, env = {}) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  });
  if (status === null || status > 1) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return { milliseconds: performance.now() - start, stdout, stderr };
}

/** What is told of a chapter is whole where nothing more has come for so long, in milliseconds. */
const QUIET = 2000;

/** So long a mouse rests before VS Code asks for a hover, in milliseconds, and so many lines it shows. */
const HOVER_DELAY = 300;
const LINES_IN_VIEW = 50;

/** A language server over standard input and output. */
class Server {
  constructor() {
    this.started = performance.now();
    this.process = spawn(process.execPath, [cli, 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, RECKONER_CACHE: codeCache },
    });
    this.waiting = new Map();
    this.told = new Map();
    this.id = 0;
    let buffer = Buffer.alloc(0);
    this.process.stdout.on('data', data => {
      buffer = Buffer.concat([buffer, data]);
      for (;;) {
        const head = buffer.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
        if (buffer.length < head + 4 + length) return;
        this.take(JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString()));
        buffer = buffer.subarray(head + 4 + length);
      }
    });
  }

  take(message) {
    const key = message.method === 'textDocument/publishDiagnostics' ? `v${message.params.version}` : message.id;
    this.told.set(key, performance.now());
    this.waiting.get(key)?.(message.result ?? message.params);
    this.waiting.delete(key);
  }

  /** When the last message of a key came, once none has come for a while. */
  async last(key) {
    for (;;) {
      const at = this.told.get(key);
      if (performance.now() - at > QUIET) return at;
      await new Promise(done => setTimeout(done, QUIET / 4));
    }
  }

  send(message) {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  answer(key) {
    return new Promise(done => this.waiting.set(key, done));
  }

  request(method, params) {
    this.id++;
    const answer = this.answer(this.id);
    this.send({ id: this.id, method, params });
    return answer;
  }

  peak() {
    try {
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))[1]) / 1024;
    } catch {
      return undefined; // only Linux tells
    }
  }
}

/** Opens a chapter and types into it: milliseconds of each kind of action. */
async function latency(file, edits) {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const uri = pathToFileURL(file).href;
  const textDocument = { uri };
  const server = new Server();
  await server.request('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  const initialize = performance.now() - server.started;
  server.send({ method: 'initialized', params: {} });
  const opening = performance.now();
  const first = server.answer('v1');
  server.send({
    method: 'textDocument/didOpen',
    params: { textDocument: { uri, languageId: 'quarto', version: 1, text } },
  });
  await first;
  const open = performance.now() - opening;
  const whole = (await server.last('v1')) - opening;
  let version = 1;
  const change = async (line, from, to, typed) => {
    const start = performance.now();
    version++;
    const found = server.answer(`v${version}`);
    const range = { start: { line, character: from }, end: { line, character: to } };
    server.send({
      method: 'textDocument/didChange',
      params: { textDocument: { uri, version }, contentChanges: [{ range, text: typed }] },
    });
    await found;
    return performance.now() - start;
  };
  const numbers = lines.flatMap((line, at) => {
    const found = /^ {4}\w+ = \d+/.exec(line);
    return found === null ? [] : [{ line: at, character: found[0].length }];
  });
  const prose = lines.flatMap((line, at) => (line.length > 120 && !/^[|#]/.test(line) ? [at] : []));
  const refs = lines.flatMap((line, at) =>
    [...line.matchAll(/`\{python\} [^`]+`/g)].map(found => ({ line: at, character: found.index + 12 })),
  );
  const cell = [];
  const words = [];
  const hover = [];
  for (let at = 0; at < edits; at++) {
    const number = numbers[Math.floor((at * numbers.length) / edits)];
    cell.push(await change(number.line, number.character, number.character, String(at % 10)));
    await change(number.line, number.character, number.character + 1, '');
    const line = prose[Math.floor((at * prose.length) / edits)];
    words.push(await change(line, 40, 40, 'x'));
    await change(line, 40, 41, '');
    const start = performance.now();
    await server.request('textDocument/hover', {
      textDocument,
      position: refs[Math.floor((at * refs.length) / edits)],
    });
    hover.push(performance.now() - start);
  }
  const inView = await hoversInView(server, textDocument, refs, edits / 2);
  const start = performance.now();
  const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
  await server.request('textDocument/inlayHint', { textDocument, range });
  const inlay = performance.now() - start;
  const names = [...text.matchAll(/^class (\w+):[\s\S]*?^ {4}base = /gm)].map(([, name]) => `${name}.base`);
  const steps = [];
  for (let at = 0; at < edits; at++) {
    // As a slider moves: the same assumption for a while.
    const name = names[Math.floor((at * names.length) / edits / 10) * 10];
    const begun = performance.now();
    const changes = [{ name, value: String(50 + at / 4) }];
    await server.request('reckoner/whatIf', { textDocument, changes, findings: false });
    steps.push(performance.now() - begun);
  }
  const peak = server.peak();
  await server.request('shutdown');
  server.send({ method: 'exit' });
  return { initialize, open, whole, cell, prose: words, hover, inView, inlay, steps: steps.slice(1), peak };
}

/** Hovers as an editor asks for them: it has had the hints of what it shows before, and waits while the mouse rests. */
async function hoversInView(server, textDocument, refs, count) {
  const times = [];
  for (let at = 0; at < count; at++) {
    const position = refs[Math.floor(((at + 0.5) * refs.length) / count)];
    const range = {
      start: { line: Math.max(0, position.line - LINES_IN_VIEW / 2), character: 0 },
      end: { line: position.line + LINES_IN_VIEW / 2, character: 0 },
    };
    await server.request('textDocument/inlayHint', { textDocument, range });
    await pause(HOVER_DELAY);
    const start = performance.now();
    await server.request('textDocument/hover', { textDocument, position });
    times.push(performance.now() - start);
  }
  return times;
}

function python() {
  const found = spawnSync('/usr/bin/python3', ['-c', 'import pint, numpy'], { encoding: 'utf8' });
  return found.status === 0 ? '/usr/bin/python3' : undefined;
}

/** Times of the oracle in milliseconds: of its parts, and of the whole process. */
function oracle(interpreter, chapter) {
  const { milliseconds, stderr } = timed(interpreter, [
    join(shared, 'oracle', 'evaluate.py'),
    chapter,
    '--timings',
    '--json',
    join(work, 'oracle.json'),
  ]);
  return { ...JSON.parse(stderr.trim().split('\n').at(-1)), process: milliseconds };
}

async function main() {
  await buildAll({ minify: true, print: process.argv.includes('--report') });
  for (const name of ['client', 'program', 'cli', 'preview'])
    row(`bundle ${name}.js`, statSync(join(root, 'dist', `${name}.js`)).size / 1000, 'kB');
  row('load of the extension', clientLoad(join(root, 'dist', 'client.js')), 'ms');
  const chapter = join(root, 'examples', 'capacity-planning.qmd');
  if (existsSync(chapter))
    row('values of the example chapter, cold', timed(process.execPath, [cli, 'values', chapter]).milliseconds, 'ms');
  await onBook();
  if (existsSync(shared)) await onSyntheticChapters();
  else left.push('figures on synthetic chapters: no ../shared with make_large.py');
}

/** A book with a package of 120 kB that reads forty YAML files, and a chapter of sixty cells. */
async function onBook() {
  const { bytes, first, cold, again, whole, edits } = await bookTimes(join(work, 'own'), () => new Server());
  const size = Math.round(bytes / 1000);
  row(`package of ${size} kB, loaded cold by an open chapter`, cold, 'ms', 150);
  row('the same in the first session of an author', first, 'ms');
  row('the same by the next chapter, from the cache', again, 'ms', 40);
  row('open to first findings, 60 cells that use it', whole, 'ms');
  row('edit of a YAML file of the package to new hints, p50', quantile(edits, 0.5), 'ms');
  row('edit of a YAML file of the package to new hints, p95', quantile(edits, 0.95), 'ms', 50);
}

async function onSyntheticChapters() {
  const make = (name, ...args) => {
    const file = join(work, name);
    timed('python3', [join(shared, 'tools', 'make_large.py'), ...args, '-o', file]);
    return file;
  };
  const large = make('large.qmd', '--cells', '200', '--refs', '2000');
  const small = make('small.qmd', '--cells', '20', '--refs', '200');
  const edits = 100;
  const big = await latency(large, edits);
  const little = await latency(small, edits);
  const interpreter = python();
  const peer = interpreter === undefined ? undefined : oracle(interpreter, large);
  if (peer === undefined) left.push('ratios to CPython: no /usr/bin/python3 with pint and numpy');
  row('edit in a cell to its findings, p50', quantile(big.cell, 0.5), 'ms', undefined, peer?.process);
  row('edit in a cell to its findings, p95', quantile(big.cell, 0.95), 'ms', 16, peer?.process);
  row('edit in prose to its findings, p50', quantile(big.prose, 0.5), 'ms');
  row('edit in prose to its findings, p95', quantile(big.prose, 0.95), 'ms', 8);
  row('hover right after an edit, on what nobody has looked at, p95', quantile(big.hover, 0.95), 'ms', 2);
  row('hover on what is in view, p50', quantile(big.inView, 0.5), 'ms', 2);
  row('hover on what is in view, p95', quantile(big.inView, 0.95), 'ms', 2);
  row('inlay hints of the whole chapter', big.inlay, 'ms', 15);
  row('step of an assumption to new numbers, p50', quantile(big.steps, 0.5), 'ms', 16);
  row('step of an assumption to new numbers, p95', quantile(big.steps, 0.95), 'ms');
  row(
    'cell edit here against a 60 kB chapter, p50',
    quantile(big.cell, 0.5) / quantile(little.cell, 0.5),
    'times',
    1.5,
  );
  row('open to first findings', big.open, 'ms', 350);
  row('open to all findings', big.whole, 'ms');
  row('start to initialized, for the first time', big.initialize, 'ms', 150);
  row('the same, with the code that the first start kept', little.initialize, 'ms', 150);
  if (big.peak !== undefined) row('peak memory of the server', big.peak, 'MB', 180);
  row(
    'values of this chapter, cold',
    timed(process.execPath, [cli, 'values', large]).milliseconds,
    'ms',
    undefined,
    peer?.process,
  );
  await onCells(large, interpreter);
  const preview = await previewTimes(large, work);
  row('first page of its preview', preview.first, 'ms');
  row('its preview after an edit in prose, p50', preview.median, 'ms', 3);
  row('its preview after an edit in prose, p95', preview.p95, 'ms');
  const page = await pageTimes(large, work);
  if (page === undefined) left.push('times of the page: no Chromium');
  else {
    row('page script of an edit in prose, p50', page.script.median, 'ms', 8);
    row('page script of an edit in prose, p95', page.script.p95, 'ms', 8);
    row('bytes sent to the page for it, p50', page.bytes.median / 1000, 'kB', 2);
  }
  const book = join(work, 'book');
  mkdirSync(book);
  for (let at = 0; at < 40; at++)
    make(
      join('book', `chapter-${String(at).padStart(2, '0')}.qmd`),
      '--cells',
      '100',
      '--refs',
      '600',
      '--bytes',
      '250k',
      '--seed',
      String(at),
    );
  const env = { RECKONER_CACHE: join(work, 'cache') };
  row('forty chapters checked, cold', timed(process.execPath, [cli, 'check', book], env).milliseconds / 1000, 's', 8);
  row(
    'forty chapters checked, from the cache',
    timed(process.execPath, [cli, 'check', book], env).milliseconds / 1000,
    's',
    1.5,
  );
  const sample = join(shared, 'chapters', 'introduction.qmd');
  const sampleTime = interpreter === undefined ? undefined : oracle(interpreter, sample).process;
  row(
    'values of the sample chapter, cold',
    timed(process.execPath, [cli, 'values', sample]).milliseconds,
    'ms',
    undefined,
    sampleTime,
  );
}

/** Cells and references alone, against what CPython takes to compile and run the cells and to evaluate the references. */
async function onCells(chapter, interpreter) {
  const peer = () => {
    const times = oracle(interpreter, chapter);
    return times['run cells'] + times.references;
  };
  const times = await cellTimes(chapter, work, interpreter === undefined ? undefined : peer);
  const { cold, withLibrary, rerun, anew, other: python } = times;
  const half = python === undefined ? undefined : Math.round(python / 2);
  // The oracle makes its library before it runs the cells.
  row('its cells and references, cold', cold, 'ms', python === undefined ? undefined : Math.round(python), python);
  row('the same, and the library is made', withLibrary, 'ms', undefined, python);
  row('the same, warm, cells read anew', anew, 'ms', half, python);
  row('the same, warm, cells known', rerun, 'ms', half, python);
}

try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}
const table = [['figure', 'measured', 'goal', '', 'against CPython'], ...rows];
const widths = table[0].map((_, column) => Math.max(...table.map(cells => cells[column].length)));
for (const cells of table)
  console.log(
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
for (const reason of left) console.log(`left out: ${reason}`);
