/** Listings, and code that cells show. */
import { expect, test } from 'vitest';
import { renderChapter } from '../../../server/preview';
import { analyze, cell } from '../../support/analysis';

const html = (text: string): string =>
  renderChapter(analyze(text))
    .blocks.map(block => block.html)
    .join('\n');
const LISTINGS = `\`\`\`python\nx = 1\n\`\`\`\n\n${cell('#| echo: true\ny = 2')}`;

test.each(['code-overflow: wrap', 'format:\n  html:\n    code-overflow: wrap'])(
  'lines wrap where the chapter says %j',
  said => {
    expect(html(`---\n${said}\n---\n\n${LISTINGS}`).match(/<code class="reckoner-wrapped">/g)).toHaveLength(2);
  },
);

test('lines scroll otherwise', () => {
  expect(html(LISTINGS)).not.toContain('reckoner-wrapped');
  expect(html(`---\ncode-overflow: scroll\n---\n\n${LISTINGS}`)).not.toContain('reckoner-wrapped');
});

test.each([
  ['code-fold: true\ncode-summary: Show code', '', '<details><summary>Show code</summary>'],
  ['format:\n  html:\n    code-fold: show', '', '<details open><summary>Code</summary>'],
  ['code-fold: true', '#| code-fold: show\n#| code-summary: Steps\n', '<details open><summary>Steps</summary>'],
  ['execute:\n  code-fold: true', '', '<details><summary>Code</summary>'],
])('code is folded where the chapter says %j and the cell %j', (said, options, folded) => {
  expect(html(`---\n${said}\n---\n\n${cell(`${options}#| echo: true\ny = 2`)}`)).toContain(folded);
});

test.each([
  ['code-fold: false', ''],
  ['code-fold: true', '#| code-fold: false\n'],
])('code is not folded where the chapter says %j and the cell %j', (said, options) => {
  expect(html(`---\n${said}\n---\n\n${cell(`${options}#| echo: true\ny = 2`)}`)).not.toContain('<details');
});
