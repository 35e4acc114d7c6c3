/** Footnotes beside what calls them. */
import { expect, test } from 'vitest';
import { parseBibliography } from '../../../server/chapter/bibliography';
import { RenderCache, renderChapter } from '../../../server/preview';
import { setCitationText } from '../../../server/preview/citations/process';
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

test('blocks stand there as what a sentence can hold, with their roles', () => {
  const [text, ...others] = shown(
    `${HEAD}A[^a] b[^b].\n\n[^a]: Words:\n\n    c. *one*\n    d. two\n\n[^b]:\n    \`\`\`\n    code\n    \`\`\`\n\n    | h |\n    |---|\n    | 1 |\n`,
  );
  expect(others).toEqual([]);
  expect(text!.replace(/^<p>/, '')).not.toMatch(/<(?:ol|ul|li|pre|div|table|t[rdh]|p)\b/);
  expect(text).toContain(
    '<sup>1</sup> Words:<span class="as-ol as-type-a" role="list" style="counter-reset: reckoner-item 2"><span class="as-li" role="listitem"><em>one</em></span>',
  );
  expect(text).toContain('<sup>2</sup> <span class="as-pre"><code>code</code></span>');
  expect(text).toContain('<span class="as-td" role="cell">1</span>');
});

test('what a note or a quotation holds of notes stands at the end', () => {
  const blocks = shown(`${HEAD}A[^a] b[^q].\n\n[^a]: See[^c] and^[In it.].\n\n[^c]: Inner.\n\n> [^q]: Quoted.\n`);
  expect(blocks[0]).toContain('<sup>1</sup> See<sup');
  expect(blocks[0]!.match(/doc-footnote/g)).toHaveLength(1);
  expect(blocks.slice(1).join('')).toMatch(/<hr>.*Quoted\..*Inner\..*In it\./s);
});

test('so do notes of a style that cites in notes, behind the punctuation', () => {
  const style = `<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>N</title><id>n</id><updated>2020-01-01T00:00:00+00:00</updated></info><citation><layout suffix="."><text variable="title"/></layout></citation><bibliography><layout><text variable="title"/></layout></bibliography></style>`;
  const entries = parseBibliography('@book{rope, author = {Ada Rope}, title = {Knots}}');
  const context = {
    citation: (key: string) => entries.get(key),
    citations: setCitationText,
    citationStyle: () => style,
  };
  const [text, list, ...others] = renderChapter(analyze(`${HEAD}Of old [@rope]. Later^[Mine.].\n`), context).blocks;
  expect(text!.html).toMatch(
    /Of old\.<sup [^>]*><a [^>]*>1<\/a><\/sup><span id="c-fn-text-1" [^>]*><sup>1<\/sup> <cite [^>]*>Knots\.<\/cite><\/span> Later/,
  );
  expect(text!.html).toContain('<sup>2</sup> Mine.');
  expect(list!.html).toContain('doc-bibliography');
  expect(others).toEqual([]);
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
