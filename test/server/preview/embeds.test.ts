/** Cells of notebooks that a chapter embeds. */
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../server/evaluation/analysis';
import { type PreviewContext, RenderCache, renderChapter } from '../../../server/preview';
import { notebookOf } from '../../../server/workspace/notebooks';
import { analyze, cell } from '../../support/analysis';
import { filesOf } from '../../support/files';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';

interface Written {
  readonly id?: string;
  readonly tags?: readonly string[];
  readonly source?: string;
  readonly outputs?: readonly object[];
  readonly type?: string;
}

function notebook(...cells: Written[]): string {
  return JSON.stringify({
    nbformat: 4,
    metadata: { kernelspec: { language: 'python' } },
    cells: cells.map(({ id, tags = [], source = '', outputs = [], type = 'code' }) => ({
      cell_type: type,
      id,
      metadata: { tags },
      source: source.split(/(?<=\n)/),
      outputs,
    })),
  });
}

const display = (data: object): object => ({ output_type: 'display_data', data, metadata: {} });

/** HTML of a chapter beside a notebook `nb.ipynb`. */
function page(text: string, ...cells: Written[]): string {
  const files = filesOf({
    '_quarto.yml': 'project:\n  type: book\n',
    'nb.ipynb': notebook(...cells),
    'text.ipynb': 'x',
  });
  const place = { path: '/book/chapter.qmd', files };
  return renderChapter(analyze(text), { notebook: name => notebookOf(name, place) })
    .blocks.map(({ html }) => html.replace(/ data-l="\d+"/g, ''))
    .join('\n');
}

describe('outputs', () => {
  const outputs = [{ output_type: 'stream', name: 'stdout', text: ['a\n', '\u001b[31mb\u001b[0m\n'] }];

  test.each([
    ['its id', { id: 'one' }],
    ['its label', { source: '#| label: one\nx = 1' }],
    ['a tag', { tags: ['two', 'one'] }],
  ])('come from a cell by %s', (_what, cell) => {
    const html = page(
      '{{< embed nb.ipynb#one >}}\n',
      { outputs: [display({ 'text/plain': 'other' })] },
      { ...cell, outputs },
    );
    expect(html).toBe('<div><pre class="reckoner-output">a\nb</pre></div>');
  });

  test('of all cells come without a name, those of several in their order', () => {
    const cells = ['a', 'b', 'c'].map(id => ({ id, outputs: [display({ 'text/plain': `out ${id}` })] }));
    expect(page('{{< embed nb.ipynb >}}', ...cells).match(/out ./g)).toEqual(['out a', 'out b', 'out c']);
    expect(page('{{< embed nb.ipynb#c,a >}}', ...cells).match(/out ./g)).toEqual(['out c', 'out a']);
  });

  test.each([
    [
      'a picture',
      { 'image/png': PIXEL, 'text/plain': 'x' },
      `<img src="data:image/png;base64,${PIXEL}" alt="Output of a cell">`,
    ],
    [
      'HTML',
      { 'text/html': '<b>x</b><script>alert(1)</script>' },
      '<div class="reckoner-html reckoner-scroll"><b>x</b></div>',
    ],
    ['Markdown', { 'text/markdown': '*x* [y](javascript:z)' }, '<p><em>x</em> <a>y</a></p>'],
    ['a picture before scripts', { 'text/html': '<script>1</script>', 'image/png': PIXEL }, 'data:image/png'],
    [
      'an SVG as a picture, in which nothing runs',
      { 'image/svg+xml': '<svg onload="x"/>' },
      '<img src="data:image/svg+xml,%3Csvg',
    ],
    [
      'no picture that is none',
      { 'image/png': '" onerror="x', 'text/plain': 'text' },
      '<pre class="reckoner-output">text</pre>',
    ],
  ])('may be %s', (_what, data, shown) => {
    const html = page('{{< embed nb.ipynb#a >}}', { id: 'a', outputs: [display(data)] });
    expect(html).toContain(shown);
    expect(html).not.toMatch(/<script|javascript:|onerror|onload=/);
  });

  test('may be faults and warnings', () => {
    const html = page('{{< embed nb.ipynb#a >}}', {
      id: 'a',
      outputs: [
        { output_type: 'stream', name: 'stderr', text: 'careful' },
        { output_type: 'error', ename: 'ValueError', evalue: 'no', traceback: [] },
      ],
    });
    expect(html.match(/class="reckoner-note reckoner-warning"/g)).toHaveLength(2);
    expect(html).toContain('ValueError: no');
  });

  test('come with the code where the chapter asks for it', () => {
    const cell = { id: 'a', source: '#| label: a\n#| echo: false\nx = 1', outputs };
    expect(page('{{< embed nb.ipynb#a echo=true >}}', cell)).toContain(
      '<pre><code>x = <span class="tok-number">1</span></code></pre>',
    );
    expect(page('{{< embed nb.ipynb#a >}}', cell)).not.toContain('x = ');
  });

  test('are figures with the number of their label', () => {
    const cell = {
      source: '#| label: fig-a\n#| fig-cap: "A *line*"\n#| fig-alt: Line',
      outputs: [display({ 'image/png': PIXEL })],
    };
    const html = page('![One](x.png){#fig-x}\n\n{{< embed nb.ipynb#fig-a >}}\n\nSee @fig-a.\n', cell);
    expect(html).toContain(
      `<figure id="c-fig-a"><img src="data:image/png;base64,${PIXEL}" alt="Line"><figcaption><span class="reckoner-label">Figure 2:</span> A <em>line</em></figcaption></figure>`,
    );
    expect(html).toContain('See <a href="#c-fig-a">Figure 2</a>.');
  });

  test('are panels where the notebook arranges them or gives each a caption', () => {
    const cell = {
      source:
        '#| label: fig-a\n#| fig-cap: >\n#|   Two *parts*\n#| fig-subcap:\n#|   - "One"\n#|   - Two\n#| fig-alt:\n#|   - First\n#|   - Second\n#| layout-ncol: 2\nx',
      outputs: [display({ 'image/png': PIXEL }), display({ 'image/png': PIXEL })],
    };
    const html = page('{{< embed nb.ipynb#fig-a >}}', cell);
    expect(html.match(/class="reckoner-panel"/g)).toHaveLength(2);
    expect(html).toContain('alt="Second"><figcaption><span class="reckoner-label">(b)</span> Two</figcaption>');
    expect(html).toContain('<span class="reckoner-label">Figure 1:</span> Two <em>parts</em></figcaption></figure>');
  });

  test('are those of Markdown cells too', () => {
    expect(page('{{< embed nb.ipynb#a >}}', { id: 'a', type: 'markdown', source: 'Some *text*.' })).toContain(
      'Some <em>text</em>.',
    );
  });
});

test('what a cell of another chapter shows has its place, with caption and number', () => {
  const label = (id: string) =>
    id === 'fig-x'
      ? { href: 'other.qmd#c-fig-x', text: 'Figure 2.1', caption: 'A *curve*', chapter: 'Others' }
      : undefined;
  const shown = (text: string) =>
    renderChapter(analyze(text), { label })
      .blocks.map(({ html }) => html.replace(/ data-l="\d+"/g, ''))
      .join('\n');
  expect(shown('{{< embed other.qmd#fig-x >}}\n\nSee @fig-x.\n')).toBe(
    '<div><figure id="c-fig-x"><div class="placeholder"><a href="other.qmd#c-fig-x">Figure 2.1</a> of “Others”: put in when the book is rendered</div>' +
      '<figcaption><span class="reckoner-label">Figure 1:</span> A <em>curve</em></figcaption></figure></div>\n' +
      '<p>See <a href="#c-fig-x">Figure 1</a>.</p>',
  );
  for (const address of ['third.qmd#fig-x', 'other.qmd#fig-none', 'other.qmd'])
    expect(shown(`{{< embed ${address} >}}`)).toContain('class="reckoner-shortcode"');
});

describe('cells of another chapter', () => {
  const other = analyze(
    [
      cell('#| label: fig-a\n#| fig-cap: "A *curve*"\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])'),
      cell('#| label: plain\nx = 6 * 7\nprint(x, "<script>alert(1)</script>")'),
      cell('#| label: none\ny = 1'),
      cell('#| label: off\n#| eval: false\nprint(1)'),
      cell('#| label: bad\n1 / 0'),
    ].join('\n\n'),
  );
  const figure = () => '<svg><path d="M0 0"/></svg>';
  const shown = (
    text: string,
    embeddedChapter: PreviewContext['embeddedChapter'] = () => ({ analysis: other, figure }),
  ) =>
    renderChapter(analyze(text), { embeddedChapter })
      .blocks.map(({ html }) => html.replace(/ data-l="\d+"/g, ''))
      .join('\n');

  test('are figures with caption and the number that they have here', () => {
    const html = shown('![One](x.png){#fig-x}\n\n{{< embed other.qmd#fig-a >}}\n\nSee @fig-a.\n');
    expect(html).toContain(
      '<div class="reckoner-cell"><figure id="c-fig-a"><svg><path d="M0 0"/></svg>' +
        '<figcaption><span class="reckoner-label">Figure 2:</span> A <em>curve</em></figcaption></figure></div>',
    );
    expect(html).toContain('See <a href="#c-fig-a">Figure 2</a>.');
  });

  test('are all of them where none is named, without those that are hidden there', () => {
    const all = analyze(
      [
        cell('print("one")'),
        cell('#| include: false\nprint("two")'),
        cell(
          '#| label: fig-b\n#| fig-subcap: ["A", "B"]\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\nplt.plot([2])\nplt.show()',
        ),
      ].join('\n\n'),
    );
    const html = shown('{{< embed other.qmd >}}', () => ({ analysis: all, figure }));
    expect(html).toContain('one');
    expect(html).not.toContain('two');
    expect(html).toContain('<span class="reckoner-label">(b)</span> B</figcaption>');
    expect(shown('{{< embed other.qmd >}}', () => 'no such file')).toContain('other.qmd: no such file.');
    expect(shown('{{< embed other.qmd >}}', () => undefined)).toContain('aria-busy="true"');
  });

  test('are what they print, with their code where the chapter asks for it', () => {
    expect(shown('{{< embed other.qmd#plain >}}')).toContain(
      '<pre class="reckoner-output">42 &#x3C;script>alert(1)&#x3C;/script></pre>',
    );
    expect(shown('{{< embed other.qmd#plain >}}')).not.toContain('tok-number');
    expect(shown('{{< embed other.qmd#plain echo=true >}}')).toContain('tok-number">6<');
  });

  test.each([
    ['none', 'The cell none of other.qmd shows nothing.'],
    ['off', 'other.qmd has no Python cell off that runs.'],
    ['gone', 'other.qmd has no Python cell gone that runs.'],
  ])('that show nothing say why: %s', (id, why) => {
    expect(shown(`{{< embed other.qmd#${id} >}}`)).toContain(why);
  });

  test('that failed say so, and so does a chapter that cannot be read or is still unknown', () => {
    expect(shown('{{< embed other.qmd#bad >}}')).toContain(
      '<code>bad</code> of other.qmd: <strong>ZeroDivisionError</strong>: division by zero',
    );
    expect(shown('{{< embed other.qmd#bad >}}', () => 'no such file')).toContain('other.qmd: no such file.');
    expect(shown('{{< embed other.qmd#bad >}}', () => undefined)).toContain('aria-busy="true"');
  });

  test('are shown anew when they have run again, and only then', () => {
    const cache = new RenderCache();
    const chapter = analyze('{{< embed other.qmd#plain >}}\n');
    const html = (analysis: Analysis) =>
      renderChapter(chapter, { embeddedChapter: () => ({ analysis, figure }) }, cache).blocks[0]!.html;
    expect(html(other)).toContain('42');
    expect(html(analyze(cell('#| label: plain\nprint(43)')))).toContain('43');
  });
});

describe('what cannot be shown says why', () => {
  test.each([
    ['nb.ipynb#none', 'nb.ipynb has no cell none.'],
    ['nb.ipynb#a', 'nb.ipynb keeps no output of it: run the notebook and save it.'],
    ['text.ipynb#a', 'text.ipynb: is no notebook.'],
    ['gone.ipynb#a', 'gone.ipynb: '],
    ['../../outside.ipynb', '../../outside.ipynb: '],
    ['other.qmd#a', 'other.qmd has no Python cell a that runs.'],
    ['other.qmd', 'What all the cells of a chapter show is put in when the book is rendered.'],
    ['other.py#a', 'What other files than notebooks make is put in when the book is rendered.'],
  ])('%s', (address, why) => {
    const html = page(`{{< embed ${address} >}}`, { id: 'a' });
    expect(html).toContain('class="reckoner-shortcode"');
    expect(html).toContain(why);
  });

  test('within a text', () => {
    expect(page('Text {{< embed nb.ipynb#a >}}.', { id: 'a' })).toContain('a paragraph of its own');
  });
});
