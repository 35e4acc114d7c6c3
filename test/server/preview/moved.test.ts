/** What `{{< contents >}}` moves. */
import { expect, test } from 'vitest';
import { RenderCache, renderChapter } from '../../../server/preview';
import { analyze, cell } from '../../support/analysis';

const shown = (text: string): string[] =>
  renderChapter(analyze(text)).blocks.map(({ html }) => html.replace(/ data-l="\d+"/g, ''));

const DIV = '::: {#tide}\nHigh at six.\n:::\n';
const CELL = cell('#| label: mast\n#| echo: false\nheight = 6\nheight');

test('a div stands where it is wanted, and not in its own place', () => {
  const blocks = shown(`${DIV}\nBetween.\n\n{{< contents tide >}}\n`);
  expect(blocks).toEqual(['<p>Between.</p>', '<div id="c-tide" class=""><p>High at six.</p></div>']);
});

test('so does what a cell shows, within a callout as well, and its values are known wherever it stands', () => {
  const blocks = shown(
    `${CELL}\nOf \`{python} height\`.\n\n::: {.callout-note}\n## Height\n\n{{< contents mast >}}\n:::\n`,
  );
  expect(blocks).toHaveLength(2);
  expect(blocks[0]).toContain('>6</span>');
  expect(blocks[1]).toMatch(/^<section class="callout callout-note">.*<div class="reckoner-cell">.*6/s);
});

test('a div goes out of another one', () => {
  const [around, moved] = shown(`::: {.x}\nFirst.\n\n${DIV}:::\n\n{{< contents tide >}}\n`);
  expect(around).toBe('<div class="x"><p>First.</p></div>');
  expect(moved).toContain('High at six.');
});

test('numbers follow the order on the page', () => {
  const text =
    '::: {#late}\n![L](l.png){#fig-late}\n\nA[^l].\n\n## Late\n:::\n\n[^l]: Later.\n\n## Early\n\n![E](e.png){#fig-early}\n\nB^[Earlier.].\n\n{{< contents late >}}\n\n@fig-late\n';
  const page = shown(text).join('\n');
  expect(page).toMatch(/Figure 1:<\/span> E.*Figure 2:<\/span> L.*>Figure 2<\/a>/s);
  expect(page).toMatch(/>1<\/span>Early.*>2<\/span>Late/s);
  expect(page).toMatch(/<span>1\.<\/span>.*Earlier.*<span>2\.<\/span>.*Later/s);
});

test.each([
  ['nothing has the id', '{{< contents tide >}}\n'],
  ['it would stand in itself', '::: {#tide}\n{{< contents tide >}}\n:::\n'],
  [
    'it would stand in itself through others',
    '::: {#tide}\n{{< contents ebb >}}\n:::\n\n::: {#ebb}\n{{< contents tide >}}\n:::\n',
  ],
  ['the shortcode is a word among others', `${DIV}\nAs {{< contents tide >}} says.\n`],
  ['the shortcode stands in a list', `${DIV}\n- {{< contents tide >}}\n`],
])('a chip stands there where %s', (_why, text) => {
  const page = shown(text).join('\n');
  expect(page).toContain('reckoner-shortcode');
  if (text.includes('High')) expect(page.match(/High at six/g)).toHaveLength(1);
});

test('a page that is brought up to date is the page that is made anew', () => {
  const cache = new RenderCache();
  const around = (inner: string, use: string): string =>
    `::: {.x}\nFirst.\n\n::: {#tide}\n${inner}\n:::\n:::\n\n${CELL}\n${use}\n`;
  for (const text of [
    around('High at `{python} height`.', 'None.'),
    around('High at `{python} height`.', '{{< contents tide >}}'),
    around('Low at `{python} height`.', '{{< contents tide >}}'),
    around('Low at `{python} height`.', 'More.\n\n{{< contents tide >}}'),
    around('Low.', '{{< contents mast >}}\n\n::: {.y}\n{{< contents tide >}}\n:::'),
    around('Low.', '{{< contents mast >}}'),
  ]) {
    const { blocks } = renderChapter(analyze(text), {}, cache);
    expect(blocks).toEqual(renderChapter(analyze(text)).blocks);
    const value = blocks.find(({ html }) => html.includes('data-r='));
    if (value === undefined) continue;
    const line = value.line + Number(/data-r="(-?\d+)"/.exec(value.html)![1]);
    expect(text.split('\n')[line]).toContain('`{python} height`');
  }
});
