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
