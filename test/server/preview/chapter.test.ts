import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { parseBibliography } from '../../../server/chapter/bibliography';
import { type PreviewContext, renderChapter, titleOf } from '../../../server/preview';
import { analyze, cell } from '../../support/analysis';

/** HTML of a chapter, one block a line. */
function html(text: string, context: PreviewContext = {}): string {
  return renderChapter(analyze(text), context)
    .blocks.map(block => block.html)
    .join('\n');
}

/** Text that a reader sees. */
function shown(text: string, context?: PreviewContext): string {
  return html(text, context)
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

test('a check that failed is told once, where it ended its cell', () => {
  const guard = 'def check(ok, message):\n    if not ok:\n        raise ValueError(message)\n';
  for (const made of ['from mlsys.formatting import check\n', guard])
    expect(shown(cell(`#| echo: false\n${made}x = 2\ncheck(x > 3, "too few")`))).toBe(
      'Cell 1: a check failed: too few',
    );
  const other = 'from mlsys.formatting import check\nx = 2\ncheck(x > 1, "too few")\ny = 1 / 0';
  expect(shown(cell(`#| echo: false\n${other}`))).toBe('Cell 1: ZeroDivisionError: division by zero');
});

test('pictures whose files cannot be shown say why', () => {
  const imageProblem = (url: string) => (url.startsWith('out') ? 'lies outside <the> workspace' : undefined);
  const inProject = html('![](/a b.png) ![](//x.example/a.png) ![](/\\\\x/a.png)\n', { projectFolder: () => '..' });
  expect(inProject).toContain('data-src="../a b.png"');
  expect(inProject.match(/Image from elsewhere/g)).toHaveLength(2);
  const page = html('![One](in.png) and ![](out.png){fig-alt="Two"}\n', { imageProblem });
  expect(page).toContain('<img data-src="in.png" alt="One">');
  expect(page).toContain('<span class="placeholder">Image out.png: lies outside &#x3C;the> workspace</span>');
  expect(page).not.toContain('out.png"');
});

describe('values', () => {
  test('stand in their sentence', () => {
    expect(shown(`${cell('#| echo: false\nx = 6 * 7')}\nThe answer is \`{python} x\`.`)).toBe('The answer is 42.');
  });

  test('know where their reference stands, counted from their block', () => {
    const page = html(`${cell('#| echo: false\nx = 1')}\nOne line\nand \`{python} x\` more.`);
    expect(page).toContain('data-r="1" data-c="14"');
  });

  test('are text, whatever they hold', () => {
    const page = html(`${cell("#| echo: false\nx = '<script>alert(1)</script> **not bold**'")}\n\`{python} x\``);
    expect(page).toContain('&#x3C;script>alert(1)&#x3C;/script> **not bold**');
    expect(page).not.toContain('<script');
  });

  /** The paragraph or table that a chapter shows, without the elements around values. */
  const read = (prose: string, value: string): string =>
    html(`${cell(`#| echo: false\nfrom IPython.display import HTML, Markdown\nx = ${value}`)}\n${prose}\n`)
      .replaceAll(/<span class="reckoner-value"[^>]*>((?:(?!<\/?span)[\s\S])*)<\/span>/g, '‹$1›')
      .trim();

  test.each([
    ['It is `{python} x`.', '"8.5"', '<p>It is ‹8.5›.</p>'],
    ['It is **`{python} x`**.', '"1,024"', '<p>It is <strong>‹1,024›</strong>.</p>'],
    ['It is `{python} x`.', '"**two** _stars_ `code`"', '<p>It is ‹**two** _stars_ `code`›.</p>'],
    ['It is `{python} x`.', '"a\\nb"', '<p>It is ‹a\\nb›.</p>'],
    ['It is `{python} x`.', '"12\\u202f345"', '<p>It is ‹12\\u202f345›.</p>'],
    ['It is `{python} x`.', '"10^2^ and H~2~O"', '<p>It is ‹10<sup>2</sup> and H<sub>2</sub>O›.</p>'],
    ['It is `{python} x`.', '[1, 2]', '<p>It is ‹[1, 2]›.</p>'],
    [
      'It is `{python} x`.',
      'HTML("<b onclick=alert(1)>5</b> m<sup>2</sup>")',
      '<p>It is ‹<b>5</b> m<sup>2</sup>›.</p>',
    ],
    [
      'It is `{python} x`.',
      'HTML("a &lt; b<script>alert(1)</script><i>open")',
      '<p>It is ‹a &#x3C; b<i>open</i>›.</p>',
    ],
    ['10^`{python} x`^ times', '"2"', '<p>10<sup>‹2›</sup> times</p>'],
    ['It is `{python} x`s, `{python} x`.', 'Markdown("_two_")', '<p>It is ‹_two_›s, ‹<em>two</em>›.</p>'],
    ['10`{python} x`^ times', '"^2"', '<p>10<sup>2</sup> times</p>'],
    ['*a`{python} x` b', 'Markdown("* and")', '<p><em>a</em> and b</p>'],
    [
      '| a | b |\n|---|---|\n| `{python} x` | z |',
      '"x|y"',
      '<div class="reckoner-scroll"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>x</td><td>y</td></tr></tbody></table></div>',
    ],
  ])('read with their sentence as Pandoc does: %s of %s', (prose, value, shown) => {
    expect(read(prose, value)).toBe(shown);
  });

  test('that are formulas stay values, on one line with the mark behind them', () => {
    const page = html(
      `${cell('#| echo: false\nfrom IPython.display import Markdown\nx = Markdown("$a = 2$")')}\nSo \`{python} x\`.\n`,
    );
    expect(page).toMatch(
      /^<p>So <span class="reckoner-whole"><span class="reckoner-free"><span class="reckoner-value"[^>]*><code[^>]*>a = 2<\/code><\/span><\/span>\.<\/span><\/p>$/m,
    );
  });

  test('with marks stay numbers of their own before a footnote', () => {
    const page = html(`${cell('#| echo: false\nx = "$5"')}\nIt costs \`{python} x\`[^a] more.\n\n[^a]: A\n`);
    expect(page).toMatch(/It costs <span class="reckoner-value"[^>]*>\$5<\/span><sup.*<\/sup> more\./);
  });

  test('with a formula in plain text are as broken as on the page', () => {
    expect(read('It is `{python} x`.', '"$x_1$"')).toContain('x\\_1');
  });

  test('that name a citation become one', () => {
    expect(read('See `{python} x`.', '"@hopper"')).toContain('Not in the bibliography');
  });

  test('of a quantity are its HTML', () => {
    const page = html(
      `${cell('#| echo: false\nfrom mlsys import ureg\nx = 1.5 * ureg.meter**2')}\nIt is \`{python} x\`.`,
    );
    expect(page).toMatch(/>1\.5 m<sup>2<\/sup><\/span>\.<\/p>/);
  });

  test('that are Markdown objects are read as Markdown', () => {
    const code = '#| echo: false\nfrom IPython.display import Markdown\nx = Markdown("**bold**")';
    expect(html(`${cell(code)}\nIt is \`{python} x\`.`)).toContain('<strong>bold</strong>');
  });

  test('that are missing say why, at their place', () => {
    const page = html(`It is \`{python} nothing\` long.\n\n${cell('')}`);
    expect(page).toContain('reckoner-fault');
    expect(page).toContain('title="NameError: name &#x27;nothing&#x27; is not defined"');
    expect(page).toContain('>nothing</span>');
  });

  test('go into formulas before they are set', () => {
    const page = html(`${cell('#| echo: false\nx = 3')}\n$a = \`{python} x\`$`, { math: tex => `[${tex}]` });
    expect(page).toContain('[a = 3]');
  });

  test('go into captions and titles', () => {
    const page = shown(
      `${cell('#| echo: false\nx = 3')}\n::: {.callout-tip title="All \`{python} x\` of them"}\nText\n:::\n`,
    );
    expect(page).toContain('All 3 of them');
  });
});

describe('cells', () => {
  test('show their code and what they print', () => {
    const page = html(cell('x = 2\nprint("hello", x)'));
    expect(page).toContain('class="tok-number">2</span>');
    expect(page).toContain('<pre class="reckoner-output">hello 2</pre>');
  });

  test('hide code with echo: false, and all with include: false', () => {
    expect(shown(cell('#| echo: false\nprint(1)'))).toBe('1');
    expect(html(cell('#| include: false\nprint(1)'))).toBe('');
    expect(html(cell('#| output: false\n#| echo: false\nprint(1)'))).toBe('');
  });

  test.each([
    ['x * 2', '<pre class="reckoner-output">12</pre>'],
    ['"it"', '<pre class="reckoner-output">\'it\'</pre>'],
    ['{"b": 1}, {2, 1}', '<pre class="reckoner-output">({\'b\': 1}, {1, 2})</pre>'],
    ['from mlsys.constants import *\n3 * GB / second**2', '<pre class="reckoner-output">3.0 GB/s²</pre>'],
    ['x * 2;', ''],
    ['x * 2 ; # not shown', ''],
    ['x = 7', ''],
    ['None', ''],
    ['from IPython.display import Markdown\nMarkdown("**six**")', '<p><strong>six</strong></p>'],
    ['class A: pass\n[A()]', '<pre class="reckoner-output">[&#x3C;__main__.A at 0x…>]</pre>'],
    [
      'class A:\n    def __repr__(self): raise ValueError("none")\nA()',
      '<div class="reckoner-note reckoner-warning" role="note">The value of the last line is not shown: ValueError: none</div>',
    ],
  ])('end with the value of their last line, as in a notebook: %s', (code, shows) => {
    const page = html(cell(`#| echo: false\nx = 6\n${code}`));
    expect(page.replace(/^<div class="reckoner-cell">|<\/div>$/g, '')).toBe(shows);
  });

  test('show a figure once, whatever the last line returns', () => {
    const page = html(cell('#| echo: false\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])'));
    expect(page.match(/<figure/g)).toHaveLength(1);
    expect(page).not.toContain('reckoner-output');
  });

  test('take their defaults from the front matter', () => {
    expect(html(`---\nexecute:\n  echo: false\n---\n\n${cell('x = 1')}`)).toBe('');
  });

  test('that fail say so even where they are hidden', () => {
    expect(shown(cell('#| include: false\n#| label: broken\n1 / 0'))).toContain(
      'Cell broken: ZeroDivisionError: division by zero',
    );
  });

  test('that lost their fence are shown as code', () => {
    const page = html(
      'Text.\n\n# ┌───────\n# │ LOST\n# └───────\nx = 1\ny_str = f"{x}"\n```\n\nAfter `{python} y_str`.\n',
    );
    expect(page).toContain('has no opening fence');
    expect(page).not.toContain('<h1');
  });
});

describe('structure', () => {
  test('numbers figures, tables, equations and sections, and links to them', () => {
    const text = [
      '# Title',
      '## First {#sec-first}',
      '## Second {#sec-second}',
      '### Deep {#sec-deep}',
      '| a |',
      '|---|',
      '| 1 |',
      '',
      ': Numbers {#tbl-numbers}',
      '',
      '$$ x $$ {#eq-x}',
      '',
      'See @tbl-numbers, @eq-x, @sec-deep and @fig-none.',
    ].join('\n');
    const page = shown(text);
    expect(page).toContain('Table 1: Numbers');
    expect(page).toContain('See Table 1, Equation 1, Section 2.1 and ?@fig-none.');
    expect(html(text)).toContain('href="#c-tbl-numbers"');
  });

  test('nests divs in one block and keeps callouts collapsible', () => {
    const rendered = renderChapter(
      analyze('::: {.callout-note collapse="true"}\n## Heading\n\n::: {.inner}\nDeep\n:::\n:::\n\nAfter'),
    );
    expect(rendered.blocks).toHaveLength(2);
    expect(rendered.blocks[0]!.html).toMatch(
      /^<details class="callout callout-note"><summary[^>]*>.*Heading.*<\/summary><div class="inner"[^>]*>/s,
    );
    expect(rendered.blocks[1]).toMatchObject({ line: 8 });
  });

  test('leaves out what is for other formats', () => {
    expect(shown('::: {.content-visible when-format="pdf"}\nPDF\n:::\n\n\\newpage\n\nText\\index{Text}')).toBe('Text');
  });

  test('numbers footnotes by their first call and puts them at the end', () => {
    const page = shown('One[^b], two[^a].\n\n[^a]: Note A\n[^b]: Note B\n');
    expect(page).toBe('One1, two2. 1.Note B ↩︎ 2.Note A ↩︎');
  });

  test('cites by author and year', () => {
    const bibliography = parseBibliography('@book{k, author={Knuth, Donald}, year=1984, title={The Book}}');
    const context = { citation: (key: string) => bibliography.get(key) };
    expect(shown('Known [@k; see @missing].', context)).toBe('Known (Knuth 1984; see missing).');
    expect(shown('@k says.', context)).toBe('Knuth (1984) says.');
  });

  test('sets dashes as Pandoc does, but not in code', () => {
    expect(shown("a---b, 1--2, it's... `x--y`")).toBe('a—b, 1–2, it’s… x--y');
  });

  test('equal blocks have keys of their own', () => {
    const keys = renderChapter(analyze('Same\n\nSame\n\nSame')).blocks.map(block => block.key);
    expect(new Set(keys).size).toBe(3);
  });

  test('a moved block keeps its key', () => {
    const key = (text: string) => renderChapter(analyze(text)).blocks.at(-1)!.key;
    expect(key('Above\n\n\nStays')).toBe(key('Stays'));
  });
});

describe('what a chapter may not bring', () => {
  test.each([
    '<a href="//host.example/a">x</a>',
    '<a href="/\t/host.example/a">x</a>',
    '<a href="\\\\host.example/a">x</a>',
    '[x](//host.example/a)',
  ])('addresses of hosts without a scheme, which on a page from a file would be files there: %j', written => {
    const { blocks } = renderChapter(analyze(`${written}\n`));
    expect(blocks.map(({ html }) => html).join('')).toContain('<a href="https://host.example/a">x</a>');
  });

  test.each([
    '<script>alert(1)</script>',
    'Text <img src=x onerror=alert(1)> more',
    '[click](javascript:alert(1))',
    '[click](data:text/html;base64,x)',
    '![x](javascript:alert(1))',
    '<iframe src="https://example.org"></iframe>',
    '<style>body{display:none}</style>',
    '[x]{onclick="alert(1)" style="color:red"}',
    '::: {#x onclick="alert(1)" .a"b}\ntext\n:::',
    '## Heading {#a"onmouseover="alert(1)}',
    '<svg onload=alert(1)>',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '![alt](x.png){fig-alt="\\" onerror=\\"alert(1)"}',
    '<details open ontoggle=alert(1)>\n<summary onclick="alert(1)">x</summary>\n\ntext\n\n</details>',
    '<table style="position:fixed"><tr><td onmouseover=alert(1)>x</td></tr></table>',
    '<p><a href="javascript:alert(1)">x</a> <form action="x"><input name=a><button>b</button></form></p>',
    '```{=html}\n<script>alert(1)</script><b onclick="alert(1)" style="x">y</b><object data="x"></object>\n```',
    '`<img src=x onerror=alert(1)>`{=html}',
    '<svg><foreignObject><script>alert(1)</script></foreignObject></svg>\n\n<math><script>alert(1)</script></math>',
    '<iframe src="javascript:alert(1)"></iframe>\n\n<video src="javascript:alert(1)"></video>',
    '{{< video javascript:alert(1) >}} {{< video https://x.y title="<script>alert(1)</script>" >}}',
    '![x](a.png){width="1px; background: url(//x.y)" height="expression(alert(1))"}',
    '::: {.columns}\n::: {.column width="1px;position:fixed"}\nx\n:::\n:::',
    '::: {.panel-tabset group="\\"><script>alert(1)</script>"}\n## <script>alert(1)</script>\nx\n:::',
    '::: {layout="[[1,\\"x\\"]]"}\nx\n\ny\n:::',
    '---\ntitle: "<script>alert(1)</script>"\nauthor: "<img src=x onerror=alert(1)>"\nabstract: "<script>alert(1)</script>"\n---\n\n{{< meta title >}}',
    '```{.python filename="<script>alert(1)</script>"}\nx\n```',
    '```{mermaid}\n%%| fig-cap: "<script>alert(1)</script>"\nclick a javascript:alert(1)\n```',
    '[x](#"><script>alert(1)</script>) ^[<script>alert(1)</script>]',
    '::: {#fig-a fig-cap="<script>alert(1)</script>"}\nx\n:::\n\n@fig-a',
    '<div id="reckoner-chapter" class="reckoner-value" data-l="1">\n\nx\n\n</div>',
  ])('%s', text => {
    const page = html(`${text}\n`);
    // A quoted text may say anything.
    const outside = page.replace(/"[^"]*"/g, '""');
    expect(outside).not.toMatch(/<(script|iframe|style|svg|object|embed|form|link|meta)\b/i);
    expect(outside).not.toMatch(/<[^>]*\s(on\w+|style)\s*=/i);
    expect(page).not.toMatch(/(href|src)="\s*(javascript|data):/i);
  });

  test('images from elsewhere are named, not loaded', () => {
    const page = html('![](https://example.org/x.png)');
    expect(page).not.toContain('<img');
    expect(page).toContain('https://example.org/x.png');
  });

  test('ids cannot take the place of the page’s own', () => {
    expect(html('## A {#reckoner-chapter}')).toContain('id="c-reckoner-chapter"');
  });
});

describe('a page', () => {
  test('leaves out a part that is too long, and says so', () => {
    const page = html(`${'$x$ '.repeat(1500)}\n\nBehind`, { math: () => 'y'.repeat(2000) });
    expect(page.length).toBeLessThan(1000);
    expect(page).toContain('This part is too long for the preview.');
    expect(page).toContain('<p>Behind</p>');
  });

  test('ends where the chapter has too many blocks, and says where', () => {
    const { blocks } = renderChapter(analyze('Words\n\n'.repeat(6000)));
    expect(blocks).toHaveLength(5001);
    expect(blocks.at(-1)!.html).toContain('The chapter is too long for the preview, which ends at line 10000.');
  });

  test('shows code and output that are too long in part', () => {
    const page = html(`\`\`\`\n${'x'.repeat(150_000)}\n\`\`\`\n`);
    expect(page.length).toBeLessThan(101_000);
    expect(page).toContain('(50,000 characters more)');
  });
});

test.each([
  ['---\ntitle: "Water *in* `canals` and $x$"\n---\n', 'Water in canals and x'],
  ['---\ntitle: ""\n---\n\n# A *heading*\n', 'A heading'],
  ['Text\n', 'a.qmd'],
])('a page has a title without marks: %j', (text, title) => {
  expect(titleOf(parseChapter(text, 'file:///a.qmd'))).toBe(title);
});
