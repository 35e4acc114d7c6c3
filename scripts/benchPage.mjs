/** Times of the preview's page in a browser: for `bench.mjs`. Undefined where there is no browser. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { BROWSER_FLAGS, findBrowser } from './vscode-host.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The updates of a page: the first one, then those of edits in prose. */
const PROGRAM = `
import { editChapter, parseChapter } from './server/chapter';
import { Evaluator } from './server/evaluation/evaluator';
import { PreviewSession, RenderCache, renderChapter } from './server/preview';

export function updatesOf(text, count) {
  let chapter = parseChapter(text, 'file:///bench.qmd');
  const evaluator = new Evaluator();
  const cache = new RenderCache();
  const session = new PreviewSession('file:///bench.qmd');
  const context = { math: () => '<i></i>' };
  const updates = [session.next(renderChapter(evaluator.update(chapter, 1), context, cache), 1)];
  const places = [...text.matchAll(/\\n\\n[A-Z][a-z]+ [a-z]/g)].map(found => found.index + 5);
  for (let at = 0; at < count; at++) {
    // Each edit before has moved the places by one.
    const start = places[Math.floor((at * places.length) / count)] + at;
    chapter = editChapter(chapter, { start, end: start, text: 'x' }, message => console.error(message));
    updates.push(session.next(renderChapter(evaluator.update(chapter, 2 + at), context, cache), 2 + at));
  }
  return updates;
}
`;

/** Milliseconds of page script and bytes of an update, p50 and p95, of edits all over a chapter. */
export async function pageTimes(chapter, work, count = 100) {
  const executablePath = findBrowser();
  if (executablePath === undefined) return undefined;
  const script = join(work, 'page.cjs');
  await build({
    stdin: { contents: PROGRAM, resolveDir: root, loader: 'ts' },
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  const { updatesOf } = await import(script).then(module => module.default);
  const updates = updatesOf(readFileSync(chapter, 'utf8'), count);
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
    await page.addInitScript(() => {
      window.acquireVsCodeApi = () => ({ postMessage: () => {}, getState: () => undefined, setState: () => {} });
    });
    await page.route('http://page.example/', route =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!DOCTYPE html><body class="reckoner-page"><main id="reckoner-chapter"></main>',
      }),
    );
    await page.goto('http://page.example/');
    await page.addStyleTag({ path: join(root, 'dist', 'preview.css') });
    await page.addScriptTag({ path: join(root, 'dist', 'preview.js') });
    const edits = await page.evaluate(async all => {
      const times = [];
      for (const [at, update] of all.entries()) {
        const event = new MessageEvent('message', { data: { type: 'update', update } });
        // The reader is in the middle of the chapter, and the page has come to rest.
        if (at === 1) window.scrollTo(0, document.body.scrollHeight / 2);
        await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const begun = performance.now();
        window.dispatchEvent(event);
        if (at > 0) times.push(performance.now() - begun);
      }
      return times;
    }, updates);
    return { script: figures(edits), bytes: figures(updates.slice(1).map(update => JSON.stringify(update).length)) };
  } finally {
    await browser.close();
  }
}

function figures(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], p95: sorted[Math.floor(sorted.length * 0.95)] };
}
