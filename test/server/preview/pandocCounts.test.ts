/** The page of a real chapter has what Pandoc counts in it (`test/fixtures/pandoc/introduction.json`). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type PreviewContext, renderChapter } from '../../../server/preview';
import { analyze } from '../../support/analysis';

const root = join(import.meta.dirname, '../../..');
const file = join(root, '../shared/chapters/introduction.qmd');
const reason = existsSync(file) ? '' : ' (its chapter is not on this machine)';

const CONTEXT: PreviewContext = {
  math: (_tex, display) => (display ? '<i class="display"></i>' : '<i class="inline"></i>'),
  drawing: () => ({ kind: 'drawn', width: 1, height: 1, svg: '', greys: [], missing: [], unsupported: [] }),
  figure: () => '<svg class="reckoner-figure"></svg>',
};

test.skipIf(reason !== '')(`the page has what Pandoc counts: introduction${reason}`, () => {
  const { blocks } = renderChapter(analyze(readFileSync(file, 'utf8')), CONTEXT);
  const html = blocks.map(block => block.html).join('\n');
  const counts = JSON.parse(readFileSync(join(root, 'test/fixtures/pandoc/introduction.json'), 'utf8'));
  const { nodes, divs, keys } = counts as Record<'nodes' | 'divs' | 'keys', Record<string, number>>;
  const count = (pattern: RegExp): number => html.match(pattern)?.length ?? 0;
  // Comment lines of the cell that lost its fence are headings to Pandoc, and code on the page.
  expect(count(/<h[1-6][ >]/g)).toBe(nodes.Header! - 14);
  expect(count(/<table>/g)).toBe(nodes.Table);
  expect(count(/<caption>/g)).toBe(7);
  expect(count(/class="footnote-ref"/g)).toBe(nodes.Note);
  expect(count(/role="doc-footnote"/g)).toBe(nodes.Note);
  expect(count(/class="display"/g)).toBe(nodes.DisplayMath);
  // Formulas of captions among attributes are set as well; to Pandoc these are no Markdown.
  expect(count(/class="inline"/g)).toBe(nodes.InlineMath! + 6);
  const callouts = Object.entries(divs).filter(([classes]) => classes.startsWith('callout-'));
  expect(count(/class="callout /g)).toBe(callouts.reduce((sum, [, times]) => sum + times, 0));
  // Each figure that is a div shows a TikZ drawing or what a cell draws, and has its number.
  expect(count(/class="reckoner-drawn"/g)).toBe(5);
  expect(count(/class="reckoner-figure"/g)).toBe(2);
  expect(count(/<figcaption><span class="reckoner-label">/g)).toBe(divs['#fig']);
  // Some keys lead to a place of the chapter, others to other chapters and into the bibliography, two of those from captions
  // among attributes, which are no Markdown to Pandoc.
  const within = count(/<a href="#c-(?!fn)/g);
  const elsewhere = count(/class="reckoner-elsewhere" title="(?:sec-|Not in the bibliography)/g);
  const missing = count(/class="reckoner-unresolved" title="No such label"/g);
  expect([within, elsewhere, missing]).toEqual([36, 71 + keys.bib! + 2, 2]);
  expect(within + elsewhere + missing).toBe(nodes.Cite! + 2);
  // No source of Markdown is left, and no number that is not known.
  expect(html).not.toMatch(/\{python\}|\]\(http|:::|\[\^|Section \?/);
});
