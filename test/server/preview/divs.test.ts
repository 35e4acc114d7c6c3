/** What divs, tags of HTML, notes and outputs of cells become on the page. */
import { describe, expect, test } from 'vitest';
import { parseChapter, withInherited } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { type PreviewContext, renderChapter } from '../../../server/preview';
import { analyze, cell } from '../../support/analysis';
import { filesOf } from '../../support/files';

const MATH: PreviewContext = { math: tex => `<i>${tex}</i>` };

/** HTML of a chapter, one block a line, without the lines that elements come from. */
function html(text: string, context = MATH): string {
  return renderChapter(analyze(text), context)
    .blocks.map(block => block.html.replace(/ data-l="\d+"/g, ''))
    .join('\n');
}

describe('sections', () => {
  test('are not counted where a heading is the title of a callout, a theorem or a tab', () => {
    const page = html(
      [
        '# T\n\n## A {#sec-a}\n\n::: {.callout-note}\n## Title\nText\n:::\n',
        '::: {#thm-a}\n## Name\nText\n:::\n',
        '::: {.panel-tabset}\n## One\na\n\n### Deep {#sec-deep}\n\n## Two\nb\n:::\n',
        '## B {#sec-b}\n\n@sec-b @sec-deep\n',
      ].join('\n'),
    );
    expect(page).toContain('<div class="callout-title"><span class="callout-kind">note</span>Title</div>');
    expect(page).toContain('>Section 2</a>');
    expect(page).toContain('>Section 1.1</a>');
  });

  test('have no number with number-sections: false, and references to them their title', () => {
    const page = html('---\nnumber-sections: false\n---\n\n# T\n\n## A *b* {#sec-a}\n\n@sec-a\n');
    expect(page).not.toContain('reckoner-number');
    expect(page).toContain('<a href="#c-sec-a" title="A b">A b</a>');
  });

  test.each([
    ['project:\n  type: website\n', false],
    ['project:\n  type: website\nnumber-sections: true\n', true],
    ['project:\n  type: book\n', true],
    ['bibliography: a.bib\n', true],
  ])('have numbers where Quarto gives them some: %j', (project, isNumbered) => {
    const { blocks } = renderChapter(analyze('## A\n', filesOf({ '_quarto.yml': project })));
    expect(blocks[0]!.html.includes('reckoner-number')).toBe(isNumbered);
  });

  test('of other chapters show their key rather than a question mark', () => {
    expect(html('See @sec-elsewhere.')).toBe(
      '<p>See <span class="reckoner-elsewhere" title="sec-elsewhere">sec-elsewhere</span>.</p>',
    );
  });

  test('can be linked to by their titles', () => {
    const page = html(
      '## One *two* `x`\n\n[One *two* `x`], [one *two* `x`][], [here][One  *two* `X`], [not]\n\n## Own {#sec-own}\n\n[Own]\n',
    );
    expect(page).toContain(
      '<p><a href="#c-one-two-x">One <em>two</em> <code>x</code></a>, <a href="#c-one-two-x">one <em>two</em> <code>x</code></a>, ' +
        '<a href="#c-one-two-x">here</a>, [not]</p>',
    );
    expect(page).toContain('<a href="#c-sec-own">Own</a>');
    expect(html('## A\n\n[A]\n\n[a]: https://x.y\n')).toContain('<a href="https://x.y">A</a>');
  });

  test('can be linked to by the id that Pandoc gives them', () => {
    const page = html('## A heading\n\n[there](#a-heading)\n');
    expect(page).toContain('<h2 id="c-a-heading">');
    expect(page).toContain('<a href="#c-a-heading">there</a>');
  });
});

test.each([
  [
    'de',
    ['Abbildung 1', 'Tabelle 1', 'Kapitel 1', 'Theorem 1', 'Hinweis', 'Beweis', 'Inhaltsverzeichnis', '2. Januar 2026'],
  ],
  [
    'fr-CA',
    ['Figure 1', 'Table 1', 'Section 1', 'Théorème 1', 'Note', 'Preuve', 'Table des matières', '2 janvier 2026'],
  ],
  ['ja', ['図 1', '表 1', 'セクション 1', '定理 1', 'ノート', '証明', '目次', '2026年1月2日']],
  ['en-GB', ['Figure 1', 'Table 1', 'Section 1', 'Theorem 1', 'Note', 'Proof', 'Contents', '2 January 2026']],
  ['zh-TW', ['圖 1', '表 1', '節 1', '定理 1', '註釋', '證明', '目錄', '2026年1月2日']],
] as const)('words of the page are those of its language: %s', (lang, words) => {
  const callout = '::: {.callout-note}\nx\n:::\n';
  const page = html(
    `---\ntitle: T\nlang: ${lang}\ndate: 2026-01-02\ntoc: true\n---\n\n## One {#sec-one}\n\n![P](x.png){#fig-a}\n\n| a |\n|---|\n| b |\n\n: C {#tbl-a}\n\n@fig-a @sec-one @tbl-a\n\n::: {#thm-a}\nx\n:::\n\n::: {.proof}\nx\n:::\n\n${callout}\n- item\n\n  ${callout.replaceAll('\n', '\n  ')}\n`,
  );
  for (const shown of words) expect(page).toContain(shown);
  expect(page.split(`callout-title">${words[4]}<`)).toHaveLength(3);
});

test('a word that is set counts before that of the language, and kinds are called as their divs', () => {
  const page = html(
    '---\nlang: de\nlanguage:\n  callout-note-title: Notiz\n---\n\n::: {#nte-a .callout-note}\nx\n:::\n\n::: {#rem-a .remark}\nx\n:::\n\n@nte-a @rem-a\n',
  );
  for (const shown of ['>Notiz 1</a>', '>Anmerkung 1</a>']) expect(page).toContain(shown);
});

test.each([
  ['| a | b |\n|---|---|\n| x | y |\n\n: {tbl-colwidths="[75,25]"}\n', ['75%', '25%']],
  ['| a | b |\n|---|---|\n| x | y |\n', []],
  [`| a | b |\n|-|---|\n| ${'x'.repeat(70)} | y |\n`, ['25%', '75%']],
  ['+--+------+\n|a |b     |\n+==+======+\n|x |y     |\n+--+------+\n', ['25%', '75%']],
])('columns of tables are as wide as is said: %j', (table, widths) => {
  expect([...html(table).matchAll(/<col style="width: ([^"]+)">/g)].map(found => found[1])).toEqual(widths);
});

test('items of lists may start with a listing, and go on after it', () => {
  expect(html('- ```\n  x\n  ```\n- b\n\nEnd\n')).toBe(
    '<ul><li><pre><code>x</code></pre></li><li>b</li></ul>\n<p>End</p>',
  );
  const listed = html('::: {.x}\n- - ``` markdown\n    x\n    ```\n  - ::: y\n    z\n    :::\n- c\n:::\n\nEnd\n');
  expect(listed).not.toContain(':::');
  expect(listed).toContain('<div class="y"><p>z</p></div></li></ul></li><li>c</li></ul>');
});

test('cells of other engines have their options, over several lines as well, and a place for their output', () => {
  const page = html(
    '```{r}\n#| label: fig-a\n#| fig-cap: One\n#|   and *two*\n\nplot(x)\n```\n\n```{mermaid}\n%%| label: fig-b\n%%| fig-cap: Flow\n%%|   of water\nflowchart LR\n```\n\n@fig-a @fig-b\n',
  );
  expect(page).toContain('<pre><code>plot(x)</code></pre>');
  expect(page).toContain(
    '<figure id="c-fig-a"><span class="placeholder">Cell of r: its output comes when the book is rendered.</span>' +
      '<figcaption><span class="reckoner-label">Figure 1:</span> One and <em>two</em></figcaption></figure>',
  );
  expect(page).toContain('Figure 2:</span> Flow of water</figcaption>');
});

test('words of the page come from the file that the chapter names', () => {
  const files = filesOf({ 'words/own.yml': 'callout-note-title: Notiz\ncrossref-fig-title: Bild\n' });
  const text = '---\nlanguage: words/own.yml\n---\n\n::: {.callout-note}\nx\n:::\n\n![P](x.png){#fig-a}\n';
  const page = renderChapter(analyze(text, files))
    .blocks.map(block => block.html)
    .join('\n');
  for (const shown of ['>Notiz<', '>Bild 1:<']) expect(page).toContain(shown);
});

test('words of the page are those that `language` sets', () => {
  const page = html(
    [
      '---',
      'title: T',
      'abstract: A',
      'lang: de',
      'toc: true',
      'language:',
      '  crossref-fig-title: Bild',
      '  de:',
      '    crossref-fig-title: Abbildung',
      '    crossref-fig-prefix: Abb.',
      '    crossref-sec-prefix: Abschnitt',
      '    callout-tip-title: Tipp',
      '    section-title-abstract: Zusammenfassung',
      '    toc-title-document: Inhalt',
      '  fr:',
      '    crossref-fig-title: Image',
      'crossref:',
      '  tbl-title: Tafel',
      '---',
      '',
      '## One {#sec-one}',
      '',
      '![P](x.png){#fig-a}',
      '',
      '| a |',
      '|---|',
      '| b |',
      '',
      ': C {#tbl-a}',
      '',
      '@fig-a @sec-one @tbl-a',
      '',
      '::: {.callout-tip}',
      'x',
      ':::',
      '',
    ].join('\n'),
  );
  for (const shown of [
    'Abbildung 1:</span> P',
    '>Abb. 1</a>',
    '>Abschnitt 1</a>',
    '>Tafel 1</a>',
    '>Tipp<',
    '>Zusammenfassung<',
    '>Inhalt<',
  ])
    expect(page).toContain(shown);
  expect(page).not.toMatch(/Bild|Image 1|Figure|Section 1|>Tip</);
});

describe('divs', () => {
  test('theorems have their name and number before their first sentence', () => {
    expect(html('::: {#thm-p name="Pythagoras"}\nText $x$.\n:::\n')).toBe(
      '<div id="c-thm-p" class="theorem"><p><strong class="theorem-title"><span class="reckoner-label">Theorem 1</span> (Pythagoras)</strong> Text <span class="reckoner-whole"><span class="reckoner-free"><i>x</i></span>.</span></p></div>',
    );
    expect(html('::: {.proof}\nBy it.\n:::\n')).toBe(
      '<div class="proof"><p><em class="proof-title">Proof.</em> By it.</p></div>',
    );
    expect(html('::: {#exr-a}\n$$x$$\n:::\n')).toContain(
      '<p><strong class="theorem-title"><span class="reckoner-label">Exercise 1',
    );
  });

  test('tabs can be reached by the keyboard, and the first one shows', () => {
    expect(html('::: {.panel-tabset group="os"}\n## One\na\n\n## Two\nb\n:::\n')).toBe(
      '<div class="reckoner-tabset" data-group="os"><div role="tablist">' +
        '<button type="button" role="tab" aria-selected="true" tabindex="0">One</button>' +
        '<button type="button" role="tab" aria-selected="false" tabindex="-1">Two</button></div>' +
        '<div role="tabpanel" aria-label="One" tabindex="0"><p>a</p></div>' +
        '<div role="tabpanel" aria-label="Two" tabindex="0" hidden><p>b</p></div></div>',
    );
  });

  test('figures with panels are counted once, and their last paragraph is the caption', () => {
    const page = html(
      '::: {#fig-p layout-ncol=2}\n![A](a.png){#fig-a}\n\n![B](b.png)\n\nAll *of* it\n:::\n\n![C](c.png){#fig-c}\n\n@fig-p @fig-a @fig-c\n',
    );
    expect(page).toContain('<span class="reckoner-label">(a)</span> A');
    expect(page).toContain('<span class="reckoner-label">(b)</span> B');
    expect(page).toContain('<span class="reckoner-label">Figure 1:</span> All <em>of</em> it');
    expect(page).toContain('>Figure 1 (a)</a>');
    expect(page).toContain('<span class="reckoner-label">Figure 2:</span> C');
  });

  test('panels of one paragraph are as good as others', () => {
    const page = html('::: {#fig-p layout-ncol=2}\n![A](a.png){#fig-a}\n![B](b.png){#fig-b}\n\nAll\n:::\n');
    expect(page.match(/class="reckoner-panel"/g)).toHaveLength(2);
    expect(page).toContain('id="c-fig-b"');
  });

  test('within lists mean what they mean elsewhere', () => {
    expect(html('- x\n\n  ::: {.callout-tip}\n  ## Title\n  Text\n  :::\n')).toContain(
      '<section class="callout callout-tip"><div class="callout-title"><span class="callout-kind">tip</span>Title</div><p>Text</p></section>',
    );
  });

  test('of the class list-table are tables, each item of which is a row', () => {
    const page = html(
      [
        '::: {#tbl-a .list-table header-cols=1 aligns="l,r" tbl-colwidths="[75,25]"}\nFruit *prices*\n',
        '- - Fruit\n  - Price\n\n- - []{rowspan=2 align=c} Citrus\n  - 0.90\n\n- - Add\n\n    - `sum`\n:::\n\n@tbl-a',
      ].join('\n'),
    );
    expect(page).toBe(
      '<div class="reckoner-scroll" id="c-tbl-a"><table><caption><span class="reckoner-label">Table 1:</span> Fruit <em>prices</em></caption>' +
        '<colgroup><col style="width: 75%"><col style="width: 25%"></colgroup>' +
        '<thead><tr><th>Fruit</th><th class="align-right">Price</th></tr></thead>' +
        '<tbody><tr><th rowspan="2" class="align-center"> Citrus</th><td class="align-right">0.90</td></tr>' +
        '<tr><th><p>Add</p><ul><li><code>sum</code></li></ul></th></tr></tbody></table></div>\n' +
        '<p><a href="#c-tbl-a">Table 1</a></p>',
    );
    expect(html('::: {.list-table header-rows=0}\n- - a\n  - b\n:::')).toContain(
      '<table><tbody><tr><td>a</td><td>b</td>',
    );
    expect(html('::: list-table\n- a\n- - b\n:::')).toContain('<div class="list-table"><ul>');
  });

  test('callouts look as they ask to, and titles that name the kind say it once', () => {
    const page = html('---\ncallout-appearance: simple\n---\n\n::: callout-tip\n## Tip: sit\na\n:::\n');
    expect(page).toContain(
      '<section class="callout callout-tip reckoner-plain"><div class="callout-title">Tip: sit</div>',
    );
    expect(html('::: {.callout-note appearance="minimal"}\na\n:::')).toContain(
      'class="callout callout-note reckoner-plain"',
    );
  });

  test('a heading in a layout stands over what follows it', () => {
    const page = html('::: {layout-ncol=2}\n### Left\n\n- one\n\n### Right\n\ntwo\n:::\n');
    expect(page.match(/class="reckoner-panel"/g)).toHaveLength(2);
    expect(page).toMatch(/<div class="reckoner-panel"[^>]*><h3[^>]*>.*?Left<\/h3><ul>.*<\/ul><\/div>/s);
    expect(page).toMatch(/Right<\/h3><p[^>]*>two<\/p><\/div>/);
  });

  test('layouts keep their place on the page', () => {
    expect(html('::: {.column-page layout-ncol=2}\na\n\nb\n:::')).toContain(
      '<div class="reckoner-layout column-page">',
    );
  });

  test('kinds of the project have their names and numbers', () => {
    const head = [
      'crossref:\n  fig-title: Fig.\n  fig-prefix: fig.\n  custom:',
      '    - {kind: float, key: nb, reference-prefix: Notebook, caption-prefix: Book}',
      'filter-metadata:\n  blocks:\n    classes:\n      callout-law: {label: The Law}',
    ].join('\n');
    const page = html(
      `---\n${head}\n---\n\n::: {#nb-x}\nContent\n\nCaption\n:::\n\n::: {#psp-z .callout-law title="Speed"}\nText\n:::\n\n![I](i.png){#fig-i}\n\n@nb-x @psp-z \\ref{psp-z} @fig-i Also [@nb-x].\n`,
    );
    expect(page).toContain('<span class="reckoner-label">Book 1:</span> Caption');
    expect(page).toContain('>Notebook 1</a>');
    expect(page).toContain('<span class="callout-kind">The Law</span>Speed');
    expect(page).toContain('Also <a href="#c-nb-x">Notebook 1</a>.');
    expect(page.match(/<a href="#c-psp-z"[^>]*>Speed<\/a>/g)).toHaveLength(2);
    expect(page).toContain('Fig. 1:');
    expect(page).toContain('>fig. 1</a>');
  });

  test('words before a cross-reference in brackets take the place of its name', () => {
    const page = html('![a](a.png){#fig-a}\n\n![b](b.png){#fig-b}\n\n[Figs. @fig-a; @fig-b] and [-@fig-a].\n');
    expect(page.split('\n')[2]!.replace(/<[^>]*>/g, '')).toBe('Figs. 1, Figure 2 and 1.');
  });

  test('content for other formats, profiles and values of the metadata is left out', () => {
    const shown = (attributes: string, head = 'x: 1'): boolean =>
      html(`---\n${head}\n---\n\n::: {${attributes}}\nText\n:::\n`).includes('Text');
    expect(shown('.content-visible when-format="html"')).toBe(true);
    expect(shown('.content-visible when-format="pdf"')).toBe(false);
    expect(shown('.content-visible unless-format="html"')).toBe(false);
    expect(shown('.content-hidden when-format="html"')).toBe(false);
    expect(shown('.content-hidden unless-format="html"')).toBe(true);
    expect(shown('.content-visible when-profile="draft"')).toBe(false);
    expect(shown('.content-visible unless-profile="draft"')).toBe(true);
    expect(shown('.content-hidden when-format="pdf" when-meta="draft"', 'draft: true')).toBe(true);
    expect(shown('.content-visible when-meta="draft"', 'draft: true')).toBe(true);
    expect(shown('.content-visible when-meta="draft"', 'draft: false')).toBe(false);
    expect(html('A [b]{.content-visible when-format="pdf"}c')).toBe('<p>A c</p>');
  });

  test.each([
    ['::: {.content-visible CONDITION}\nText\n:::\n'],
    ['- Item\n\n  ::: {.content-visible CONDITION}\n  Text\n  :::\n'],
    ['The [Text]{.content-visible CONDITION} here.\n'],
    ['```{.python .content-visible CONDITION}\nText = 1\n```\n'],
  ])('content for a profile is shown while that is active: %j', text => {
    const shown = (condition: string, profiles: readonly string[], head = 'x: 1'): boolean => {
      const whole = `---\n${head}\n---\n\n${text.replace('CONDITION', condition)}`;
      const chapter = withInherited(parseChapter(whole, 'file:///a.qmd'), { project: {}, folders: {}, profiles });
      const analysis = new Evaluator().update(chapter, 1);
      return renderChapter(analysis, MATH).blocks.some(block => block.html.includes('Text'));
    };
    expect(shown('when-profile="long"', ['draft', 'long'])).toBe(true);
    expect(shown('when-profile="long"', ['draft'])).toBe(false);
    expect(shown('unless-profile="long"', ['long'])).toBe(false);
    expect(shown('unless-profile="long" when-format="pdf"', [])).toBe(false);
    expect(shown('when-profile="long" when-meta="full"', ['long'], 'full: true')).toBe(true);
    expect(shown('when-profile="long" when-meta="full"', ['long'])).toBe(false);
  });
});

describe('HTML of the chapter', () => {
  test.each([
    [
      '<details>\n<summary>More</summary>\n\nHidden *text*\n\n</details>',
      '<details><summary>More</summary><p>Hidden <em>text</em></p></details>',
    ],
    [
      '<table>\n<tr><td>a</td><td>*b*</td></tr>\n</table>',
      '<div class="reckoner-scroll"><table><tr><td>a</td><td><em>b</em></td></tr></table></div>',
    ],
    [
      '<table>\n\n<tr>\n\n<td>\n\na\n\n</td>\n\n</tr>\n\n</table>',
      '<div class="reckoner-scroll"><table><tr><td><p>a</p></td></tr></table></div>',
    ],
    ['<div class="note">\nInner *text*\n</div>', '<div class="note"><p>Inner <em>text</em></p></div>'],
    ['One <b>bold</b>, <kbd>Ctrl</kbd> and x<br/>y', '<p>One <b>bold</b>, <kbd>Ctrl</kbd> and x<br>y</p>'],
    ['A <span class="x" style="color:red" onclick="a()">b</span>', '<p>A <span class="x">b</span></p>'],
    ['```{=html}\n<b id="i">raw</b>\n```', '<b id="c-i">raw</b>'],
    [
      '```{=html}\n<div class="x">\n```\n\nBetween *two*\n\n```{=html}\n</div>\n```',
      '<div class="x"><p>Between <em>two</em></p></div>',
    ],
    ['`<i>i</i>`{=html} `\\x`{=latex}', '<p><i>i</i> </p>'],
    ['<img src="a.png" alt="A" width="40">', '<p><img data-src="a.png" alt="A" style="width: 40px"></p>'],
    ['<details>\n\nnever closed', '<details></details>\n<p>never closed</p>'],
    ['</td></tr>\n\nText', '<p>Text</p>'],
  ])('is shown with what a page may show: %s', (written, shown) => {
    expect(html(`${written}\n`).replace(/\n(?=<)|(?<=>)\n/g, '')).toBe(shown.replace(/\n/g, ''));
  });

  test('has the Markdown that an element names as its content', () => {
    const page = html(
      [
        '![c](a.png){#fig-a}\n',
        '```{=html}\n<table><caption><span data-qmd="As in @fig-a, *great*."></span></caption>',
        '<tr><th><div data-qmd-base64="X0hlYWRlciAyXw=="></div></th><th data-qmd-base64="%">x</th></tr></table>\n```\n',
        '<span data-qmd="&lt;img src=x onerror=alert(1)&gt; [a](javascript:x)">b</span>',
      ].join('\n'),
    );
    expect(page).toContain(
      '<table><caption><span>As in <a href="#c-fig-a" title="c">Figure 1</a>, <em>great</em>.</span></caption>',
    );
    expect(page).toContain('<th><div><em>Header 2</em></div></th><th>x</th>');
    expect(page).toContain('<a>a</a>b</span>');
    expect(page).not.toMatch(/onerror|javascript/);
  });

  test('reaches out of brackets that are no link', () => {
    expect(html('<kbd>[c</kbd> or <kbd>]c</kbd>, [<b>x</b>]')).toBe(
      '<p><kbd>[c</kbd> or <kbd>]c</kbd>, [<b>x</b>]</p>',
    );
  });

  test('embeds nothing', () => {
    const page = html(
      '<iframe src="https://x.y/z"></iframe>\n\n<svg><script>a()</script></svg>\n\n<style>b{}</style>\n',
    );
    expect(page).not.toMatch(/<(iframe|svg|script|style)/);
    expect(page).toContain('<a href="https://x.y/z">Embedded page: https://x.y/z</a>');
  });
});

describe('TeX outside of formulas', () => {
  test.each([
    ['\\begin{align}\na &= b\n\\end{align}', '<i>\\begin{align*}\na &= b\n\\end{align*}</i>'],
    ['\\begin{gather*}\na\n\\end{gather*}', '<i>\\begin{gather*}\na\n\\end{gather*}</i>'],
    ['Text \\begin{equation}x\\label{eq-x}\\end{equation}', '<i>\\begin{equation*}x\\end{equation*}</i>'],
  ])('environments of mathematics are formulas: %s', (written, shown) => {
    expect(html(`${written}\n`)).toContain(shown);
  });

  test('other environments are for print alone', () => {
    expect(html('\\begin{marginfigure}\nx\n\\end{marginfigure}\n')).toBe('');
  });

  test('references keep the name of what they lead to', () => {
    expect(html('(Principle \\ref{psp-x})')).toContain('(Principle <span class="reckoner-elsewhere"');
  });
});

describe('images', () => {
  test('in a link are figures as others', () => {
    expect(html('[![A *cat*](cat.png)](https://x.y)')).toBe(
      '<figure><a href="https://x.y"><img data-src="cat.png" alt="A cat"></a><figcaption>A <em>cat</em></figcaption></figure>',
    );
  });

  test.each([
    ['![](cat)', 'cat.png'],
    ['---\ndefault-image-extension: svg\n---\n\n![](img/cat)', 'img/cat.svg'],
    ['---\ndefault-image-extension: ""\n---\n\n![](cat)', 'cat'],
    ['![](../a.b/cat)', '../a.b/cat.png'],
  ])('without an extension have one: %j', (text, source) => {
    expect(html(text)).toContain(`<img data-src="${source}"`);
  });
});

describe('notes', () => {
  test('in the text are counted with the others, and all lead back', () => {
    const page = html('One^[In *text*] two[^a].\n\n[^a]: A\n');
    expect(page).toContain(
      '<a href="#c-fn-text-1" aria-label="Footnote 1" role="doc-noteref" id="c-fnref-text-1">1</a>',
    );
    expect(page).toContain(
      '<p>In <em>text</em> <a href="#c-fnref-text-1" aria-label="Back to the text" role="doc-backlink">',
    );
    expect(page).toContain('<span>2.</span><div class="footnote-body"><p>A <a href="#c-fnref-a"');
  });
});

describe('the title block', () => {
  const titlesIn = (page: string) =>
    [...page.matchAll(/<p class="reckoner-meta-title">([^<]*)</g)].map(found => found[1]);

  test.each([
    ['de', 'Autor:in', 'Veröffentlichungsdatum', 'Geändert'],
    ['pt-BR', 'Autor', 'Data de Publicação', 'Data de Modificação'],
    ['fr', 'Auteur·rice', 'Date de publication', 'Modifié'],
    ['fr-CA', 'Auteur(-trice)', 'Date de publication', 'Modifié'],
    ['zh-TW', '作者', '發佈於', '修改於'],
    ['zh-Hant-HK', '作者', '發佈於', '修改於'],
    ['ko', '저자', '공개', 'Modified'],
    ['en-GB', 'Author', 'Published', 'Modified'],
  ])('has its words in %s', (lang, ...titles) => {
    const page = html(`---\ntitle: A\nauthor: Ann\ndate: 2026-01-02\ndate-modified: 2026-01-03\nlang: ${lang}\n---\n`);
    expect(titlesIn(page)).toEqual(titles);
  });

  test('takes the words that the front matter sets, and names contents without a title', () => {
    const page = html(
      '---\ntitle: A\nauthor: Ann\nauthor-title: By\ndate: 2026-01-02\npublished-title: On\ntoc: true\ntoc-title: ""\n---\n\n## B\n',
    );
    expect(titlesIn(page)).toEqual(['By', 'On']);
    expect(page).toContain('<summary>Contents</summary>');
  });

  test('has what the front matter says, and the contents where they are asked for', () => {
    const page = html(
      '---\ntitle: "The *Title*"\nsubtitle: Sub\nauthor:\n  - name: Ann\n    affiliation: Here\n  - Bob\ndate: 2026-01-02\nabstract: |\n  Some **text**.\nkeywords: [a, b]\ntoc: true\n---\n\n## Two\n',
    );
    expect(page).toContain('<h1 class="reckoner-title">The <em>Title</em></h1><p class="reckoner-subtitle">Sub</p>');
    expect(page).toContain('<p class="reckoner-author">Ann<span class="reckoner-place">Here</span></p>');
    expect(page).toContain('<p class="reckoner-date">January 2, 2026</p>');
    expect(titlesIn(page)).toEqual(['Authors', 'Published']);
    expect(page).toContain('<p>Some <strong>text</strong>.</p></section>');
    expect(page).toContain('<strong>Keywords: </strong>a, b');
    expect(page).toContain('<a href="#c-two"><span class="reckoner-number">1</span>Two</a>');
  });
});

describe('cells', () => {
  const quiet = (code: string, options = ''): string =>
    html(cell(`#| echo: false\n${options}${code}`)).replace(/^<div class="reckoner-cell">|<\/div>$/g, '');

  test('that print Markdown as it is have it read', () => {
    expect(quiet('print("**a**")\nprint("b")', '#| output: asis\n')).toBe('<p><strong>a</strong>\nb</p>');
  });

  test('show HTML with what a page may show', () => {
    const code =
      'from IPython.display import HTML\nHTML("<table><tr><td onclick=x>a</td></tr></table><script>b()</script>")';
    expect(quiet(code)).toBe('<div class="reckoner-html reckoner-scroll"><table><tr><td>a</td></tr></table></div>');
  });

  test('have captions and labels for their tables', () => {
    const code = 'from IPython.display import Markdown\nMarkdown("| a |\\n|---|\\n| 1 |")';
    const page = quiet(code, '#| label: tbl-x\n#| tbl-cap: "A *table*"\n');
    expect(page).toMatch(
      /^<figure class="reckoner-table" id="c-tbl-x"><figcaption><span class="reckoner-label">Table 1:<\/span> A <em>table<\/em><\/figcaption><div class="reckoner-scroll"><table>/,
    );
  });

  test('have panels with captions of their own', () => {
    const code = 'import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\nplt.plot([2])\nplt.show()';
    const page = quiet(code, '#| label: fig-x\n#| fig-cap: Both\n#| fig-subcap: [One, Two]\n#| layout-ncol: 2\n');
    expect(page.match(/class="reckoner-panel"/g)).toHaveLength(2);
    expect(page).toContain('<figcaption><span class="reckoner-label">(b)</span> Two</figcaption>');
    expect(page).toContain('<figcaption><span class="reckoner-label">Figure 1:</span> Both</figcaption></figure>');
    expect(page).toContain('<figure id="c-fig-x-2">');
  });

  test('have panels that can be referred to', () => {
    const code = cell('#| label: fig-x\n#| fig-subcap: [One, Two]\n#| echo: false\nx = 1');
    expect(html(`${code}\n\n@fig-x-2\n`)).toContain('<a href="#c-fig-x-2" title="Two">Figure 1 (b)</a>');
  });

  test('are shown with their fence where they ask for it', () => {
    const page = html(cell('#| echo: fenced\n#| label: q\nx = 1'));
    expect(page.replace(/<[^>]*>/g, '')).toBe('```{python}\n#| label: q\n\nx = 1\n```');
  });
});

describe('HTML without end', () => {
  test.each([
    ['comments', `<div class="x">\n<p>${'<!--'.repeat(60_000)}\n</div>`],
    ['raw comments', `\`\`\`{=html}\n${'<!--<b '.repeat(10_000)}\n\`\`\``],
    ['elements', `\`\`\`{=html}\n${'<table>'.repeat(10_000)}${'</ul>'.repeat(10_000)}\n\`\`\``],
    ['a tag', `\`\`\`{=html}\n<b ${'x'.repeat(200_000)}\n\`\`\``],
    ['blocks', '<table>\n\n'.repeat(6000)],
  ])('takes no longer than its length: %s', (_what, text) => {
    expect(html(`${text}\n\nBehind\n`)).not.toContain('<script');
  });
});

test('an output that is not known says so in words', () => {
  const page = html('```{python}\n#| echo: false\nimport nowhere\nnowhere.chart()\n```');
  expect(page).toContain(
    '<span class="placeholder">This output is not known here: it comes when the book is rendered.</span>',
  );
});

test('emoji have names where Pandoc is to read them', () => {
  const written = 'Done :+1: and :heavy_check_mark:, at 10:30:00, :nothing_like_it: "so".';
  expect(html(written)).toContain('Done :+1: and :heavy_check_mark:, at 10:30:00, :nothing_like_it: “so”.');
  const asked = 'Done 👍 and ✔️, at 10:30:00, :nothing_like_it: “so”.';
  expect(html(`---\nfrom: markdown+emoji\n---\n\n${written}`)).toContain(asked);
  expect(html(`---\nformat:\n  html:\n    from: markdown-smart+emoji\n---\n\n## :rocket: Up\n`)).toContain('🚀 Up');
  expect(html(`---\nfrom: markdown-emoji\n---\n\n:rocket:`)).toContain(':rocket:');
});

test('cells of grid tables span columns and rows', () => {
  const table = html(
    '+---+---+---+\n| a     | b |\n+---+---+---+\n| c | d | e |\n|   +---+---+\n|   | f | g |\n+---+---+---+\n',
  );
  expect(table).toContain('<td colspan="2">a</td><td>b</td>');
  expect(table).toContain('<td rowspan="2">c</td><td>d</td><td>e</td></tr><tr><td>f</td><td>g</td>');
});
