/**
 * What programs that would take the machine do to it: `node scripts/excess.mjs [PART...]` prints a table of the programs of
 * `test/mlsys/excess/programs.ts`, one row each, under `check` and in the language server while another document is hovered
 * over, and one of the documents of `test/support/hostileDocuments.ts` with their previews open. A part is `check`, `server` or
 * `documents`, or a text that the rows must contain. Memory is that of all processes together, on Linux alone.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildAll } from './build.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'dist', 'cli.js');
const PARTS = ['check', 'server', 'documents'];
const words = process.argv.slice(2);
const parts = PARTS.some(part => words.includes(part)) ? PARTS.filter(part => words.includes(part)) : PARTS;
const filters = words.filter(word => !PARTS.includes(word));
const isWanted = name => filters.every(filter => name.includes(filter));

/** Goals: seconds and megabytes of a program, milliseconds of a hover in another document. */
const GOALS = { seconds: 6, megabytes: 512, p95: 5, longest: 100 };
/** Milliseconds between two looks at the memory, and between two hovers. */
const INTERVAL = 20;
const PAUSE = 5;

/** Of fewer hovers, a quantile says nothing. */
const ENOUGH = 50;

const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

// ------------------------------------------------------------------------------------------------ memory

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process has ended, or this is not Linux
  }
}

function family(pid) {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim();
  return [pid, ...(children === '' ? [] : children.split(' ').flatMap(family))];
}

/** Megabytes that a process and all that it started hold now. */
function megabytesOf(pid) {
  return (
    family(pid).reduce((sum, one) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${one}/status`))?.[1] ?? 0), 0) /
    1000
  );
}

/** Watches the memory of a process and all that it starts; `stop` tells the most that it was. */
function watchMemory(pid) {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, megabytesOf(pid));
  };
  const timer = setInterval(look, INTERVAL);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

// ------------------------------------------------------------------------------------------------ tables

const quantile = (values, part) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
};
const nameOf = source => JSON.stringify(source).slice(1, -1).slice(0, 70);

function cells(values, widths) {
  return values.map((value, at) => (at === values.length - 1 ? value : value.padStart(widths[at]))).join('  ');
}

const WIDTHS = [7, 7, 7, 9, 30];

function row(name, { seconds, megabytes, hovers = [], kind }) {
  const misses = [
    ...(seconds > GOALS.seconds ? ['time'] : []),
    ...(megabytes > GOALS.megabytes ? ['memory'] : []),
    ...(hovers.length >= ENOUGH && quantile(hovers, 0.95) > GOALS.p95 ? ['p95'] : []),
    ...(Math.max(0, ...hovers) > GOALS.longest ? ['hover'] : []),
  ];
  const figures = [
    seconds.toFixed(2),
    megabytes.toFixed(0),
    hovers.length === 0 ? '' : quantile(hovers, 0.95).toFixed(1),
    hovers.length === 0 ? '' : Math.max(...hovers).toFixed(1),
    kind.slice(0, WIDTHS[4]),
    (misses.length === 0 ? '' : `[missed: ${misses.join(', ')}] `) + name,
  ];
  console.log(cells(figures, WIDTHS));
  return { seconds, megabytes, hovers, misses };
}

function head(title) {
  console.log(`\n${title}\n${cells(['seconds', 'MB', 'p95 ms', 'most ms', 'finding', 'program'], WIDTHS)}`);
}

function summary(rows) {
  const hovers = rows.flatMap(one => one.hovers);
  const most = key => Math.max(...rows.map(one => one[key])).toFixed(1);
  const missed = rows.filter(one => one.misses.length > 0).length;
  const hovered =
    hovers.length === 0
      ? ''
      : `, ${hovers.length} hovers: p95 ${quantile(hovers, 0.95).toFixed(1)} ms, most ${Math.max(...hovers).toFixed(1)} ms`;
  console.log(
    `${rows.length} rows, ${missed} of them miss a goal; at most ${most('seconds')} s, ${most('megabytes')} MB${hovered}`,
  );
}

// ------------------------------------------------------------------------------------------------ parts

const chapterOf = source => `\`\`\`{python}\n${source}\n\`\`\`\n`;

/** What became of the cell: the codes of its findings. */
const kindOf = findings => findings.map(one => one.code).join(' ') || 'none';

/** Checks a chapter in a process of its own. */
async function checked(file) {
  const start = performance.now();
  const child = spawn(process.execPath, [cli, 'check', '--no-cache', '--format', 'json', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const memory = watchMemory(child.pid);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    text += chunk;
  });
  await new Promise(done => child.once('close', done));
  const seconds = (performance.now() - start) / 1000;
  return { seconds, megabytes: memory.stop(), kind: kindOf(JSON.parse(text).findings) };
}

async function checkAll(programs, work) {
  head('check');
  const file = join(work, 'chapter.qmd');
  writeFileSync(file, chapterOf('1 + 1'));
  const base = await checked(file);
  const rows = [];
  for (const source of programs) {
    writeFileSync(file, chapterOf(source));
    const found = await checked(file);
    rows.push(row(nameOf(source), { ...found, megabytes: found.megabytes - base.megabytes }));
  }
  summary(rows);
}

const CALM = `${chapterOf('litres = 24000 / 40')}\nThe tank takes \`{python} litres\` litres.\n`;

/** A server in which another document is open, to be hovered over. */
class HoveredServer {
  constructor(TestClient, folder) {
    this.folder = folder;
    this.client = new TestClient(cli, 'lsp', '--stdio');
    this.calm = this.uri('calm.qmd');
  }

  uri(name) {
    return pathToFileURL(join(this.folder, name)).href;
  }

  async start() {
    const options = { initializationOptions: { settings: { workspaceCheck: false } } };
    await this.client.initialize(pathToFileURL(this.folder).href, options);
    await this.client.open(this.calm, CALM);
    this.position = this.client.position(this.calm, '{python} litres', 10);
    for (let at = 0; at < 50; at++) await this.hover();
    this.calmMegabytes = megabytesOf(this.client.process.pid);
  }

  async hover() {
    const start = performance.now();
    const textDocument = { uri: this.calm };
    const found = await this.client.request('textDocument/hover', { textDocument, position: this.position });
    if (!JSON.stringify(found).includes('600')) throw new Error(`the hover tells ${JSON.stringify(found)}`);
    return performance.now() - start;
  }

  /** Hovers, and watches the memory, while something is done. */
  async during(work) {
    const { pid } = this.client.process;
    const memory = watchMemory(pid);
    const start = performance.now();
    let isOn = true;
    const working = work().finally(() => {
      isOn = false;
    });
    const hovers = [];
    while (isOn) {
      hovers.push(await this.hover());
      await pause(PAUSE);
    }
    const kind = await working;
    return { seconds: (performance.now() - start) / 1000, megabytes: memory.stop() - this.calmMegabytes, hovers, kind };
  }
}

async function serveAll(programs, work, { TestClient }) {
  head('language server, while another document is hovered over');
  const server = new HoveredServer(TestClient, work);
  await server.start();
  const rows = [];
  for (const [at, source] of programs.entries()) {
    const uri = server.uri(`chapter-${at}.qmd`);
    const found = await server.during(async () => kindOf(await server.client.open(uri, chapterOf(source))));
    rows.push(row(nameOf(source), found));
    await server.client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  summary(rows);
  await server.client.close();
}

async function showAll(work, { TestClient, HOSTILE_DOCUMENTS }) {
  head('documents with their previews open');
  const server = new HoveredServer(TestClient, work);
  await server.start();
  const rows = [];
  for (const [at, { name, text }] of HOSTILE_DOCUMENTS.entries()) {
    if (!isWanted(name)) continue;
    const uri = server.uri(`document-${at}.qmd`);
    const found = await server.during(async () => {
      const findings = await server.client.open(uri, text());
      await server.client.request('reckoner/openPreview', { uri });
      return kindOf(findings);
    });
    rows.push(row(name, found));
    await server.client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  summary(rows);
  await server.client.close();
}

/** The programs, the documents and the client of the tests. */
async function fromTests(work) {
  const outfile = join(work, 'tests.cjs');
  const contents = [
    "export { PROGRAMS } from './test/mlsys/excess/programs';",
    "export { HOSTILE_DOCUMENTS } from './test/support/hostileDocuments';",
    "export { TestClient } from './test/support/languageClient';",
  ].join('\n');
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    logLevel: 'error',
  });
  return (await import(pathToFileURL(outfile).href)).default;
}

const work = mkdtempSync(join(tmpdir(), 'reckoner-excess-'));
process.env.RECKONER_CACHE = join(work, 'cache');
try {
  await buildAll({ minify: true, print: false });
  const tests = await fromTests(work);
  const programs = Object.values(tests.PROGRAMS).flat().filter(isWanted);
  const book = join(work, 'book');
  mkdirSync(book);
  if (parts.includes('check')) await checkAll(programs, book);
  if (parts.includes('server')) await serveAll(programs, book, tests);
  if (parts.includes('documents')) await showAll(book, tests);
} finally {
  rmSync(work, { recursive: true, force: true });
}
