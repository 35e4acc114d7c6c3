/** Listings on the page, and the labels of them. */
import { describe, expect, test } from 'vitest';
import { type PreviewContext, renderChapter } from '../../../server/preview';
import { analyze, cell } from '../../support/analysis';

const MATH: PreviewContext = { math: tex => `<i>${tex}</i>` };

/** HTML of a chapter, one block a line, without the lines that elements come from. */
function html(text: string, context = MATH): string {
  return renderChapter(analyze(text), context)
    .blocks.map(block => block.html.replace(/ data-l="\d+"/g, ''))
    .join('\n');
}

describe('listings', () => {
  test('have file names, numbers, marks and annotations', () => {
    expect(html('```{.python filename="run.py" code-line-numbers="2"}\nx\ny  # <1>\n```\n')).toBe(
      '<div class="reckoner-file"><div class="reckoner-filename">run.py</div><pre><code class="sourceCode">' +
        '<span class="reckoner-line">x</span>\n<span class="reckoner-line reckoner-marked">y ' +
        '<span class="reckoner-annotation" title="Annotation 1">1</span></span></code></pre></div>',
    );
    expect(html('```{.text .numberLines startFrom="5"}\nx\n```\n')).toContain('data-number="5">x</span>');
  });

  test('of Mermaid are for the page to draw, with their caption and options', () => {
    const page = html('```{mermaid}\n%%| fig-cap: "A diagram"\n%%| fig-alt: Boxes\n%%| fig-width: 4\ngraph TD\n```\n');
    expect(page).toContain(
      '<reckoner-diagram data-alt="Boxes" data-width="4"><pre><code>graph TD</code></pre></reckoner-diagram>',
    );
    expect(page).toContain('<figcaption>A diagram</figcaption>');
    expect(html('```{mermaid}\n%%| echo: true\ngraph TD\n```\n')).toMatch(
      /^<pre><code>graph TD<\/code><\/pre><reckoner-d/,
    );
    expect(html('```{mermaid}\n%%| eval: false\ngraph TD\n```\n')).toBe('<pre><code>graph TD</code></pre>');
    expect(
      html('---\nformat:\n  html:\n    mermaid:\n      theme: forest\n---\n\n```{mermaid}\ngraph TD\n```\n'),
    ).toContain('data-theme="forest"');
    expect(html(`\`\`\`{mermaid}\n${'a'.repeat(20_001)}\n\`\`\`\n`)).toContain(
      'Mermaid diagram: shown as source, since it is longer than 20,000 characters.',
    );
  });

  test('of other engines that hide their code say so', () => {
    expect(html('```{r}\n#| echo: false\nsource("x.R")\n```\n')).toContain(
      'Cell of r: its output comes when the book is rendered.',
    );
    expect(html('```{r}\n#| include: false\nx\n```\n')).toBe('');
    expect(html('```{r}\n#| eval: false\nx\n```\n')).toBe('<pre><code>x</code></pre>');
  });

  test('that are no cells are code, whatever their language', () => {
    expect(html('```mermaid\ngraph TD\n```\n\n```dot\ngraph {}\n```\n')).toBe(
      '<pre><code>graph TD</code></pre>\n<pre><code>graph {}</code></pre>',
    );
  });
});

test('labels of listings and of diagrams are known', () => {
  const text = `${cell('#| lst-label: lst-a\n#| lst-cap: Code\nx = 1')}\n\n\`\`\`{dot}\r\n//| label: fig-g\n//| fig-cap: Graph\nx\n\`\`\`\n\n@lst-a @fig-g\n`;
  const page = html(text);
  expect(page).toContain('<a href="#c-lst-a" title="Code">Listing 1</a>');
  expect(page).toContain('<a href="#c-fig-g" title="Graph">Figure 1</a>');
  expect(page).toContain('<figcaption><span class="reckoner-label">Listing 1:</span> Code</figcaption>');
});

test('the listing of an item within an item ends with it', () => {
  expect(html('- a\n  - ```bash\n    x\n    ```\n\nbehind\n')).toContain('</ul>\n<p>behind</p>');
});
