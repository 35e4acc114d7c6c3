import { describe, expect, test } from 'vitest';
import { type Drawing, needsDrawings, renderChapter } from '../../../server/preview';
import { analyze } from '../../support/analysis';

const BLOCK = '```{.tikz}\n\\draw (0,0) --\n\\darw (1,1);\n```';
const DRAWN: Drawing = {
  kind: 'drawn',
  width: 20,
  height: 10,
  svg: '<path d="M0 0"/>',
  greys: [],
  missing: [],
  unsupported: [],
};

/** HTML of a chapter whose drawings are all alike, and the sources that it asked for. */
function page(text: string, drawing: Drawing = DRAWN) {
  const sources: string[] = [];
  const { blocks } = renderChapter(analyze(text), {
    drawing: source => {
      sources.push(source);
      return drawing;
    },
  });
  return { html: blocks.map(block => block.html).join('\n'), sources };
}

describe('a TikZ block', () => {
  test('asks for the drawing of its source, in each of its forms', () => {
    const source = '\\draw (0,0);';
    for (const fence of ['{.tikz}', '{tikz}', 'tikz', '{.tikz #fig-a fig-cap="A"}'])
      expect(page(`\`\`\`${fence}\n${source}\n\`\`\``).sources, fence).toEqual([source]);
  });

  test('is drawn at its size, with a little room', () => {
    expect(page(BLOCK).html).toBe(
      '<div class="reckoner-drawn"><svg class="reckoner-drawing" role="img" aria-label="Drawing" width="22pt" height="12pt" viewBox="-1 -1 22 12"><path d="M0 0"/></svg></div>',
    );
  });

  test('leaves its place, with the caption, while it is drawn', () => {
    const { html } = page(`::: {#fig-a fig-cap="A tank."}\n${BLOCK}\n:::`, { kind: 'waiting' });
    expect(html).toContain('aria-busy="true"');
    expect(html).toContain('Figure 1:</span> A tank.</figcaption>');
  });

  test('may have a caption of its own', () => {
    const { html } = page('```{.tikz #fig-a fig-cap="A **tank**." fig-alt="Tank"}\nx\n```');
    expect(html).toContain('<strong>tank</strong>.</figcaption>');
    expect(html).toContain('aria-label="Tank"');
    expect(page('```{tikz}\n%| fig-cap: "A *pump*"\nx\n```').html).toContain('<em>pump</em></figcaption>');
  });

  test('shows its fault with the line of the chapter, and leads there', () => {
    const { html } = page(`One\n\n${BLOCK}`, { kind: 'fault', message: 'Undefined <b> \\darw', line: 1 });
    expect(html).toContain('<strong>TikZ, line 5</strong>: Undefined &#x3C;b> \\darw');
    expect(html).toContain('<code>\\darw (1,1);</code>');
    expect(html).toContain('data-l="2"');
  });

  test('shows a fault that has no line', () => {
    const { html } = page(BLOCK, { kind: 'fault', message: 'took too long', line: undefined });
    expect(html).toContain('<strong>TikZ</strong>: took too long');
  });

  test('in a list or a callout counts lines in the same way', () => {
    const fault: Drawing = { kind: 'fault', message: 'x', line: 1 };
    const list = page('- One\n\n  ```{.tikz}\n  a\n  b\n  ```', fault);
    expect(list.html).toContain('TikZ, line 5');
    expect(list.html).toContain('data-l="4"');
    const callout = page(`::: {.callout-tip}\nOne\n\n${BLOCK}\n:::`, fault);
    expect(callout.html).toContain('TikZ, line 6');
    expect(callout.html).toContain('data-l="5"');
  });

  test('names what it had to make up', () => {
    const { html } = page(BLOCK, { ...DRAWN, greys: ['PumpLine'], missing: ['水'], unsupported: ['fadings'] });
    expect(html).toContain('<code>PumpLine</code>');
    expect(html).toContain('<code>水</code>');
    expect(html).toContain('<code>fadings</code>');
  });

  test('is a placeholder where drawings are off', () => {
    const { blocks } = renderChapter(analyze(BLOCK));
    expect(blocks[0]!.html).toContain('class="placeholder"');
    expect(blocks[0]!.html).not.toContain('aria-busy');
  });
});

test('chapters without TikZ need no drawings', () => {
  const needs = (text: string) => needsDrawings(analyze(text).chapter);
  expect(needs('# Tanks\n\nNo tikz here.')).toBe(false);
  expect(needs(BLOCK)).toBe(true);
  expect(needs('> ~~~ {.tikz}\n> x\n> ~~~')).toBe(true);
});
