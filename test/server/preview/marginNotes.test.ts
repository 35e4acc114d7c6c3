/** Footnotes beside what calls them. */
import { expect, test } from 'vitest';
import { RenderCache, renderChapter } from '../../../server/preview';
import { analyze, cell } from '../../support/analysis';

const HEAD = '---\nreference-location: margin\n---\n\n';
const CELL = cell('hours = 6');

const shown = (text: string): string[] =>
  renderChapter(analyze(text)).blocks.map(({ html }) => html.replace(/ data-l="\d+"/g, ''));

test('notes of paragraphs stand behind their first call, in the order of their numbers, and not at the end', () => {
  const blocks = shown(
    `${HEAD}Sails[^sea] at six^[In the *morning*.], later[^sea].\n\n- Item[^two]\n\n[^sea]: On calm days.\n[^two]: One.\n\n    Two.\n`,
  );
  expect(blocks).toHaveLength(2);
  const [first, second] = blocks as [string, string];
  expect(first).toContain(
    '</sup><span id="c-fn-sea" class="column-margin reckoner-note-beside" role="doc-footnote"><sup>1</sup> On calm days.</span> at six',
  );
  expect(first).toContain('<sup>2</sup> In the <em>morning</em>.</span>, later');
  expect(first.match(/doc-footnote/g)).toHaveLength(2);
  expect(second).toContain('<sup>3</sup> One.<br>Two.</span>');
});

test('what no sentence can hold stays at the end', () => {
  const blocks = shown(`${HEAD}A[^a] b[^b].\n\n[^a]: Words:\n\n    - one\n\n[^b]: Plain.\n`);
  expect(blocks[0]).toContain('Plain.');
  expect(blocks[0]).not.toContain('Words');
  expect(blocks[1]).toMatch(/^<hr><div class="footnote".*Words/s);
});

test('without that option all stay there', () => {
  expect(shown('A[^a].\n\n[^a]: Words.\n')[0]).not.toContain('Words');
});

test('a note is shown anew when it changes, and its values know their lines', () => {
  const cache = new RenderCache();
  const chapter = (between: string, words: string) =>
    `${HEAD}${CELL}\nA[^a].\n\n${between}[^a]: ${words} \`{python} hours\`\n`;
  const texts = [chapter('', 'One'), chapter('', 'Two'), chapter('More.\n\n', 'Two')];
  for (const text of texts) {
    const { blocks } = renderChapter(analyze(text), {}, cache);
    const fresh = renderChapter(analyze(text)).blocks;
    expect(blocks).toEqual(fresh);
    const { html, line } = blocks.find(one => one.html.includes('doc-footnote'))!;
    const relative = Number(/data-r="(\d+)"/.exec(html)?.[1] ?? 0);
    const lines = text.split('\n');
    expect(lines[line + relative]).toContain('[^a]: ');
  }
});
