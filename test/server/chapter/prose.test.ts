import { expect, test } from 'vitest';
import { type Chapter, parseChapter } from '../../../server/chapter';
import { textOf } from '../../../server/chapter/prose';
import { marked } from '../../support/marks';

const chapterOf = (text: string): Chapter => parseChapter(text, 'file:///chapter.qmd');
const F = '```';

test('labels come from headings, divs, images, tables, equations, listings, spans and cells', () => {
  const { text, ranges } = marked(`# One {#⟦sec-one⟧ .unnumbered}

::: {#⟦fig-a⟧ fig-cap="A *cap*"}
x
:::

![Alt](a.png){#⟦fig-b⟧ width=50%}

| a |
|---|
| 1 |

: **Sizes**: of things {#⟦tbl-c⟧ tbl-colwidths="[10]"}

$$ E = mc^2 $$ {#⟦eq-d⟧}

${F}{.python #⟦lst-e⟧ lst-cap="Listing"}
x
${F}

A [span]{#⟦note⟧}.

${F}{python}
#| label: ⟦fig-f⟧
#| fig-cap: Drawn
x = 1
${F}
`);
  const { labels } = chapterOf(text);
  expect(labels.map(({ range }) => range)).toEqual(ranges);
  expect(labels.map(({ id, kind, on, caption }) => [id, kind, on, caption])).toEqual([
    ['sec-one', 'sec', 'heading', 'One'],
    ['fig-a', 'fig', 'div', 'A *cap*'],
    ['fig-b', 'fig', 'figure', 'Alt'],
    ['tbl-c', 'tbl', 'table', '**Sizes**: of things'],
    ['eq-d', 'eq', 'equation', undefined],
    ['lst-e', 'lst', 'code', 'Listing'],
    ['note', undefined, 'span', 'span'],
    ['fig-f', 'fig', 'cell', 'Drawn'],
  ]);
});

test('keys are told apart: cross-references and citations, in brackets and bare', () => {
  const { text, ranges } = marked(
    'See ⟦@fig-a⟧, ⟦@Tbl-b⟧. [⟦@knuth⟧; see ⟦@lamport:84⟧, p. 3] [-⟦@sec-c⟧] ⟦@dijkstra⟧. a@b.c \\@d `@e` $@f$',
  );
  const chapter = chapterOf(text);
  const citationOf = (start: number) => chapter.nodes('citation').findLast(({ range }) => range.start <= start)!;
  const keys = chapter.nodes('key');
  expect(
    keys.map(({ node, range }) => [node.key, node.kind, citationOf(range.start).node.bracketed, node.suppressed]),
  ).toEqual([
    ['fig-a', 'fig', false, false],
    ['Tbl-b', 'tbl', false, false],
    ['knuth', undefined, true, false],
    ['lamport:84', undefined, true, false],
    ['sec-c', 'sec', true, true],
    ['dijkstra', undefined, false, false],
  ]);
  expect(keys.map(({ range }) => range)).toEqual(ranges);
  const { range } = citationOf(keys[2]!.range.start);
  expect(text.slice(range.start, range.end)).toBe('[@knuth; see @lamport:84, p. 3]');
});

test('footnotes: calls side by side, definitions over paragraphs, notes in the line', () => {
  const chapter = chapterOf(
    'A[^a][^b] and^[a note].\n\n[^a]: One\n\n    more of it\n\n[^b]: Two\n[^c]: Three\n\nAfter\n',
  );
  expect(chapter.nodes('noteReference').map(({ node }) => node.id)).toEqual(['a', 'b']);
  expect(chapter.nodes('footnote').map(({ node }) => node.id)).toEqual(['a', 'b', 'c']);
  const [footnote] = chapter.nodes('footnote');
  const textRange = footnote!.place(footnote!.node.textRange);
  expect(chapter.text.slice(textRange.start, textRange.end)).toBe('One\n\n    more of it');
  expect(chapter.nodes('note')).toHaveLength(1);
});

test('divs nest; a closing line needs no blank one before it', () => {
  const chapter = chapterOf('::: {.a #x k="v w"}\n:::: b\ntext\n::::\n:::\n\n:::\n\n::: {.open}\n');
  expect(chapter.divs.map(div => [div.classes, div.id, div.depth, div.closeRange !== undefined])).toEqual([
    [['a'], 'x', 0, true],
    [['b'], undefined, 1, true],
    [['open'], undefined, 0, false],
  ]);
  expect(chapter.divs[1]!.parent).toBe(chapter.divs[0]);
  expect(chapter.divs[0]!.attributes.get('k')).toBe('v w');
  expect(chapter.strayDivCloses).toHaveLength(1);
});

test('a tag that is never closed leaves the fences around it alone', () => {
  const chapter = chapterOf('::: {.a}\n\n<div class="x">\n\ntext\n\n:::\n\n</div>\n');
  expect(chapter.divs.map(div => [div.classes, div.closeRange !== undefined])).toEqual([
    [['a'], true],
    [['x'], false],
  ]);
  expect(chapter.strayDivCloses).toEqual([]);
});

test('nodes have exact ranges, whatever containers and line ends stand around them', () => {
  const { text, ranges } = marked(
    '> - one ⟦*two*⟧\r\n>   three ⟦`{python} x`⟧\r\n>\r\n>   1. deep ⟦[@key]⟧\r\n>      and ⟦$a$⟧\r\n\n[^n]: Note\n\n    - ⟦**b**⟧\n      [s ⟦![i](u)⟧]{.c}\n',
  );
  const chapter = chapterOf(text);
  const types = ['emphasis', 'reference', 'citation', 'math', 'strong', 'image'] as const;
  const found = types.flatMap(type => chapter.nodes(type).map(({ range }) => range));
  expect(found).toEqual(ranges);
});

test('headings have levels, texts and identifiers, automatic ones made unique', () => {
  const chapter = chapterOf('# A *b* `c`!\n\n## Part {#sec-p}\n\nTitle\n-----\n\n## A b c #\n');
  expect(chapter.headings.map(h => [h.level, h.text, h.id])).toEqual([
    [1, 'A *b* `c`!', 'a-b-c'],
    [2, 'Part', 'sec-p'],
    [2, 'Title', 'title'],
    [2, 'A b c', 'a-b-c-1'],
  ]);
});

test('tables: cells keep their ranges, bars in code do not divide', () => {
  const { text, ranges } = marked('⟦| a | b |\n|:--|:-:|\n| `x|y` | ⟦2⟧ |\n\n: ⟦Caption⟧⟧\n');
  const [table] = chapterOf(text).nodes('table');
  expect(table!.range).toEqual(ranges[0]);
  const [, row, caption] = table!.node.children;
  expect(row!.children.map(cell => text.slice(cell.start, cell.end))).toEqual(['`x|y`', '2']);
  expect(table!.place(row!.children[1]!)).toEqual(ranges[1]);
  expect(table!.place(caption!)).toEqual(ranges[2]);
  expect(table!.node.alignments).toEqual(['left', 'center']);
});

test('math follows Pandoc: no blank inside the dollars, no digit behind them', () => {
  const chapter = chapterOf('$x$ costs $5 and $6, \\$7, $ y $, $a\nb$ `$z$` $$ w $$ {#eq-w}');
  expect(chapter.nodes('math').map(({ node }) => [node.tex, node.display, node.attributes?.id])).toEqual([
    ['x', false, undefined],
    ['a\nb', false, undefined],
    [' w ', true, 'eq-w'],
  ]);
});

test('front matter gives title and bibliography, and says where its YAML is broken', () => {
  const chapter = chapterOf('---\ntitle: "A: b"\nbibliography: [a.bib, b.bib]\n---\n\nText\n');
  expect(chapter.frontMatter!.title).toBe('A: b');
  expect(chapter.frontMatter!.bibliography).toEqual(['a.bib', 'b.bib']);
  const broken = chapterOf('---\ntitle: "open\n---\n').frontMatter!;
  expect(broken.data).toEqual({});
  expect(broken.error!.range.start).toBeGreaterThan(3);
  expect(chapterOf('Text\n\n---\n\ntitle: x\n\n---\n').frontMatter).toBeUndefined();
});

test('comments that silence rules know the block they stand before', () => {
  const { text, ranges } = marked(
    '<!-- reckoner-ignore stale-literal undefined-export -->\n\n⟦A paragraph.\n⟧\n<!-- reckoner-ignore -->\n',
  );
  const { ignores } = chapterOf(text);
  expect(ignores.map(({ codes }) => codes)).toEqual([['stale-literal', 'undefined-export'], []]);
  expect(ignores.map(({ target }) => target)).toEqual([ranges[0], undefined]);
});

test('images, links, shortcodes and listings are found', () => {
  const chapter = chapterOf(
    `![a](b.png) [c](<d e> "t") {{< video "u v" w >}}\n\n${F}{.text}\nx\n${F}\n\n${F}{=latex}\ny\n${F}\n`,
  );
  expect(chapter.nodes('image').map(({ node }) => [node.url, textOf(node.children)])).toEqual([['b.png', 'a']]);
  expect(chapter.nodes('link').map(({ node }) => [node.url, node.title, textOf(node.children)])).toEqual([
    ['d e', 't', 'c'],
  ]);
  expect(chapter.nodes('shortcode').map(({ node }) => [node.name, node.args])).toEqual([['video', ['u v', 'w']]]);
  expect(chapter.nodes('codeBlock').map(({ node }) => node.language)).toEqual(['text', '=latex']);
});
