/** The page of a real chapter has what Pandoc counts in it (`test/fixtures/pandoc/introduction.json`). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderChapter } from '../../../server/preview';
import { analyze } from '../../support/analysis';

const root = join(import.meta.dirname, '../../..');
const file = join(root, '../shared/chapters/introduction.qmd');
const reason = existsSync(file) ? '' : ' (its chapter is not on this machine)';

test.skipIf(reason !== '')(`the page has what Pandoc counts: introduction${reason}`, () => {
  const math = (_tex: string, display: boolean): string =>
    display ? '<i class="display"></i>' : '<i class="inline"></i>';
  const { blocks } = renderChapter(analyze(readFileSync(file, 'utf8')), { math });
  const html = blocks.map(block => block.html).join('\n');
  const counts = JSON.parse(readFileSync(join(root, 'test/fixtures/pandoc/introduction.json'), 'utf8'));
  const { nodes, divs } = counts as { nodes: Record<string, number>; divs: Record<string, number> };
  const count = (pattern: RegExp): number => html.match(pattern)?.length ?? 0;
  // Comment lines of the cell that lost its fence are headings to Pandoc, and code on the page.
  expect(count(/<h[1-6][ >]/g)).toBe(nodes.Header! - 14);
  expect(count(/<table>/g)).toBe(nodes.Table);
  expect(count(/class="footnote-ref"/g)).toBe(nodes.Note);
  expect(count(/role="doc-footnote"/g)).toBe(nodes.Note);
  expect(count(/class="display"/g)).toBe(nodes.DisplayMath);
  // Formulas of captions among attributes are set as well; to Pandoc these are no Markdown.
  expect(count(/class="inline"/g)).toBe(nodes.InlineMath! + 6);
  const callouts = Object.entries(divs).filter(([classes]) => classes.startsWith('callout-'));
  expect(count(/class="callout /g)).toBe(callouts.reduce((sum, [, times]) => sum + times, 0));
  // No source of Markdown is left.
  expect(html).not.toMatch(/\{python\}|\]\(http|:::|\[\^/);
});
