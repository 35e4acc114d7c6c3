/** Where captions of figures and tables stand, and what divs in lists and classes of tables become. */
import { expect, test } from 'vitest';
import { renderChapter } from '../../../server/preview';
import { analyze, cell } from '../../support/analysis';

function html(text: string): string {
  return renderChapter(analyze(text))
    .blocks.map(block => block.html.replace(/ data-l="\d+"/g, ''))
    .join('\n');
}

const TABLE = '| A | B |\n|---|---|\n| 1 | 2 |\n';
const option = (line: string): string => `---\n${line}\n---\n\n`;

/** The order of pictures, tables and captions. */
function order(page: string): string {
  return [...page.matchAll(/<(img|figcaption|table|caption)\b|class="(placeholder)"/g)]
    .map(([, tag]) => tag ?? 'img')
    .join(' ');
}

test.each([
  ['', 'img figcaption'],
  ['fig-cap-location: top', 'figcaption img'],
  ['format:\n  html:\n    fig-cap-location: top', 'figcaption img'],
  ['fig-cap-location: sideways', 'img figcaption'],
])('captions of images stand where the chapter says: %j', (said, shown) => {
  expect(order(html(`${option(said)}![Words](x.png){#fig-a}\n`))).toBe(shown);
  expect(order(html(`${option(said)}::: {#fig-a}\n\n![](x.png)\n\nWords\n:::\n`))).toBe(shown);
  const figure = cell('#| label: fig-a\n#| fig-cap: Words\nimport matplotlib.pyplot as plt\nplt.plot([1])');
  expect(order(html(`${option(said)}${figure}`))).toBe(shown);
});

test('an attribute or a class counts before the chapter', () => {
  expect(order(html(`${option('fig-cap-location: top')}![W](x.png){fig-cap-location="bottom"}\n`))).toBe(
    'img figcaption',
  );
  expect(order(html('::: {#fig-a .fig-cap-location-top}\n\n![](x.png)\n\nWords\n:::\n'))).toBe('figcaption img');
  expect(html('![W](x.png){fig-cap-location="margin"}\n')).toContain(
    '<figcaption class="column-margin">W</figcaption>',
  );
});

test('captions of tables stand below where the chapter says so', () => {
  const below = option('tbl-cap-location: bottom');
  expect(html(`${below}${TABLE}\n: Words\n`)).toContain('<table><caption class="reckoner-below">Words</caption>');
  expect(html(`${TABLE}\n: Words\n`)).toContain('<table><caption>Words</caption>');
  expect(html(`${option('tbl-cap-location: margin')}${TABLE}\n: Words\n`)).toContain(
    '<table><caption class="reckoner-beside">Words</caption>',
  );
  expect(order(html(`${below}::: {#tbl-a}\n\n${TABLE}\nWords\n:::\n`))).toBe('table figcaption');
  const shown =
    '#| label: tbl-a\n#| tbl-cap: Words\nfrom IPython.display import Markdown\nMarkdown("| A |\\n|--|\\n| 1 |")';
  expect(order(html(`${below}${cell(shown)}`))).toBe('table figcaption');
  expect(order(html(cell(`#| tbl-cap-location: bottom\n${shown}`)))).toBe('table figcaption');
  expect(order(html(cell(shown)))).toBe('figcaption table');
});

test('the caption of a table in a numbered div is that of the div', () => {
  const page = html(`::: {#tbl-a}\n\n${TABLE}\n: Words *here*\n:::\n`);
  expect(page).toContain(
    '<figcaption><span class="reckoner-label">Table 1:</span> Words <em>here</em></figcaption><div class="reckoner-scroll"><table><thead>',
  );
  const own = html(`::: {#tbl-a}\n\n${TABLE}\n: Own {#tbl-b}\n\nWords\n:::\n`);
  expect(own).toContain('</span> Own</caption>');
});

test('classes of tables are those of the page', () => {
  expect(html(`${TABLE}\n: Words {.striped .hover}\n`)).toContain(
    '<table class="striped hover"><caption>Words</caption>',
  );
});

test('divs in lists and quotations are those of the chapter, by its options as well', () => {
  const kinds =
    'callout-appearance: simple\ncrossref:\n  custom:\n    - kind: float\n      key: sup\n      reference-prefix: Extra';
  const page = html(
    `${option(kinds)}- Item\n\n  ::: {.callout-note}\n  Text\n  :::\n\n> ::: {#sup-a}\n> Text\n>\n> Words\n> :::\n\n@sup-a\n`,
  );
  expect(page).toContain('<section class="callout callout-note reckoner-plain">');
  expect(page).toContain('<figcaption><span class="reckoner-label">Extra 1:</span> Words</figcaption>');
  expect(page).toContain('>Extra 1</a>');
});

test('the contents have the values of headings', () => {
  const page = html(`${option('toc: true')}${cell('x = 40')}\n## Flow of \`{python} x\` l and \`{python} y\`\n`);
  expect(page).toContain('Flow of 40 l and <code>{python} y</code></a>');
});
