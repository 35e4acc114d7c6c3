/** Cells of Graphviz on the page. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type PreviewContext, renderChapter } from '../../../server/preview';
import { loadGraphviz } from '../../../server/preview/graphviz';
import { graphFileOf } from '../../../server/workspace/graphFiles';
import { analyze } from '../../support/analysis';
import { filesOf } from '../../support/files';

let context: PreviewContext;

beforeAll(async () => {
  context = { graphs: await loadGraphviz() };
});

/** HTML of a chapter with a graph, some of whose options stand before it. */
function page(source: string, ...options: string[]): string {
  const lines = ['```{dot}', ...options.map(option => `//| ${option}`), source, '```', ''];
  return renderChapter(analyze(lines.join('\n')), context)
    .blocks.map(({ html }) => html)
    .join('\n');
}

/** The name of a graph for those who cannot see it. */
const nameOf = (html: string) => /aria-label="([^"]*)"/.exec(html)?.[1];

describe('a graph', () => {
  test('is drawn, with its text as text', () => {
    const html = page('digraph { a [label="First & last"]; a -> b [label=yes] }');
    expect(html).toMatch(
      /<svg class="reckoner-drawing" role="img" aria-label="[^"]*" width="[\d.]+pt" height="[\d.]+pt"/,
    );
    expect(html).toMatch(/<text [^>]*>First &amp; last<\/text>/);
    expect(html).toMatch(/<path [^>]*d="M/);
    expect(html).not.toContain('xlink');
  });

  test.each([
    ['digraph { a -> b [label=yes]; b -> "c->d" }', 'Graph. a to b (yes); b to c-&gt;d'],
    ['graph { a [label="A &amp; \\"B\\""]; a -- b:n; c }', 'Graph. A &amp; &quot;B&quot; with b. c'],
    ['digraph { a [shape=record label="<f> one|two"]; a:f -> b }', 'Graph. one two to b'],
    [`digraph { ${Array.from({ length: 42 }, (_, at) => `a${at}`).join(' -> ')} }`, /; a39 to a40; and 1 more$/],
    ['graph {}', 'Graph'],
  ])('%s has a name: %s', (source, name) => {
    if (typeof name === 'string') expect(nameOf(page(source))).toBe(name);
    else expect(nameOf(page(source))).toMatch(name);
  });

  test('has the name that its author gives it, and a caption', () => {
    const html = page('graph { a }', 'label: fig-g', 'fig-cap: "The *graph*"', 'fig-alt: "One node"');
    expect(nameOf(html)).toBe('One node');
    expect(html).toContain('<figcaption><span class="reckoner-label">Figure 1:</span> The <em>graph</em></figcaption>');
  });

  test('is as wide as its cell says, and shown with its source where that asks for it', () => {
    expect(page('graph { a }', 'fig-width: 2')).toContain('width="144pt"');
    expect(page('graph { a }', 'echo: true')).toContain('<code>graph { a }</code>');
    expect(page('graph { a }', 'eval: false')).toBe('<pre><code>graph { a }</code></pre>');
    expect(page('graph { a }', 'include: false')).toBe('');
  });

  test('may come from a file of the workspace', () => {
    const files = filesOf({ '_quarto.yml': '', 'a.dot': 'graph { a -- c }', 'b.dot': 'graph {\n a -- -- b }' });
    const place = { path: '/book/chapter.qmd', files };
    const own = context;
    context = { ...own, graphFile: name => graphFileOf(name, place) };
    expect(nameOf(page('', 'file: a.dot'))).toBe('Graph. a with c');
    expect(page('', 'file: "b.dot"')).toContain('<strong>Graphviz, b.dot, line 2</strong>: syntax error');
    expect(page('', 'file: gone.dot')).toContain('Graphviz diagram of gone.dot: no such file.');
    expect(page('', 'file: ../../x.dot')).toContain('Graphviz diagram of ../../x.dot: lies outside the workspace');
    context = own;
    expect(page('', 'file: a.dot')).toContain('Graphviz diagram of a.dot: drawn when the book is rendered.');
  });

  test('may have colours that run, each drawing with its own', () => {
    const [one, other] = ['red:blue', 'green:blue'].map(colours =>
      page(`graph { a [style=filled fillcolor="${colours}"] }`),
    );
    const idOf = (html: string | undefined) => /<linearGradient id="([^"]+)"/.exec(html ?? '')?.[1];
    expect(one).toContain(`fill="url(#${idOf(one)})"`);
    expect(one).toContain('stop-color="red"');
    expect(idOf(one)).not.toBe(idOf(other));
  });
});

describe('what is wrong', () => {
  test('is told with the line of the chapter', () => {
    const html = page('digraph {\n  a -> -> b\n}', 'fig-cap: "C"');
    expect(html).toContain('<strong>Graphviz, line 4</strong>: syntax error');
    expect(html).toContain('<code>  a -> -> b</code>');
    expect(html).toContain('data-l="3"');
  });

  test('does not keep the next graph from being drawn', () => {
    page('digraph {');
    expect(page('graph { a }')).toContain('<svg');
  });

  test('is said of a graph that is too long, beside its source', () => {
    const html = page(`graph { ${'a; '.repeat(40_000)} }`);
    expect(html).toContain('Graphviz diagram: shown as source, since it is longer than 100,000 characters.');
  });
});

test.each([
  'digraph { a [URL="javascript:alert(1)" tooltip="x" target="_top"] }',
  'digraph { a [href="command:x"]; a -> b [edgeURL="http://example.org"] }',
  'digraph { a [image="http://example.org/x.png" shape=none] }',
  'digraph { a [label=<<TABLE HREF="javascript:x"><TR><TD><IMG SRC="http://example.org/x.png"/></TD></TR></TABLE>>] }',
  'digraph { a [fontname="x\\" onload=\\"alert(1)"; id="x\\" onclick=\\"y"; class="reckoner-value"] }',
  'digraph { stylesheet="http://example.org/x.css"; a [label="<script>alert(1)</script>"] }',
  'digraph { a [color="url(http://example.org/x)" fillcolor="javascript:x" style=filled] }',
])('nothing runs and nobody is asked: %s', source => {
  const html = page(source)
    .replace(/aria-label="[^"]*"/g, '')
    .replace(/>[^<]*</g, '><');
  expect(html).not.toMatch(
    /<script|<image|<a[\s>]|href|javascript:|command:|https?:|\bon\w+=|stylesheet|class="reckoner-value/,
  );
});
