/** Times of the preview's page alone, without what sets formulas and draws: for `bench.mjs`. */
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Renders a chapter, then types into its prose: what each key costs from the new analysis to the new page. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { editChapter, parseChapter } from './server/chapter';
import { Evaluator } from './server/evaluation/evaluator';
import { RenderCache, renderChapter } from './server/preview';

const context = { math: () => '<i></i>' };
const text = readFileSync(process.argv[2]!, 'utf8');
let chapter = parseChapter(text, 'file:///bench.qmd');
const evaluator = new Evaluator();
const cache = new RenderCache();
let analysis = evaluator.update(chapter, 1);
const begun = performance.now();
renderChapter(analysis, context, cache);
const first = performance.now() - begun;
const places = [...text.matchAll(/\\n\\n[A-Z][a-z]+ [a-z]/g)].map(found => found.index + 5);
const edits: number[] = [];
for (let at = 0; at < 200; at++) {
  const start = places[Math.floor((at * places.length) / 200)]!;
  for (const change of [{ start, end: start, text: 'x' }, { start, end: start + 1, text: '' }]) {
    chapter = editChapter(chapter, change, message => console.error(message));
    analysis = evaluator.update(chapter, 2 + at);
    const start = performance.now();
    renderChapter(analysis, context, cache);
    edits.push(performance.now() - start);
  }
}
edits.sort((a, b) => a - b);
console.log(JSON.stringify({ first, median: edits[edits.length >> 1], p95: edits[Math.floor(edits.length * 0.95)] }));
`;

/** Milliseconds of the first page, and of a page after an edit in prose, of a chapter's file. */
export async function previewTimes(chapter, work) {
  const script = join(work, 'preview.cjs');
  await build({
    stdin: { contents: PROGRAM, resolveDir: root, loader: 'ts' },
    outfile: script,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'error',
  });
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, chapter], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
