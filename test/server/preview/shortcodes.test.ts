/** What shortcodes become on the page: in text, as paragraphs, in code and in addresses. */
import { describe, expect, test } from 'vitest';
import { type PreviewContext, renderChapter } from '../../../server/preview';
import { analyze } from '../../support/analysis';

const VALUES: Readonly<Record<string, string>> = { site: 'https://canal.example/a', lock: 'Lock *7*', file: 'gate' };
const CONTEXT: PreviewContext = { variable: name => VALUES[name] };

function html(text: string, context: PreviewContext = {}): string {
  return renderChapter(analyze(text), context)
    .blocks.map(block => block.html.replace(/ data-l="\d+"/g, ''))
    .join('\n');
}

describe('shortcodes', () => {
  test.each([
    ['{{< pagebreak >}}', '<div><span class="reckoner-page-break"></span></div>'],
    ['{{< kbd Ctrl-S >}}', '<p><kbd>Ctrl</kbd>+<kbd>S</kbd></p>'],
    ['{{< meta subtitle >}}', '<p>Sub <em>title</em></p>'],
    ['{{< meta author.2 >}}', '<p>Bob</p>'],
    [
      '{{< meta none >}}',
      '<p><code class="reckoner-shortcode" title="No such value.">{{&#x3C; meta none >}}</code></p>',
    ],
    [
      '{{< video https://x.y/z >}}',
      '<p><span class="placeholder"><a href="https://x.y/z">Video: https://x.y/z</a></span></p>',
    ],
  ])('%s', (written, shown) => {
    const page = html(`---\nsubtitle: Sub *title*\nauthor: [Ann, Bob]\n---\n\n${written}\n`);
    expect(page.split('\n').at(-1)).toBe(shown);
  });

  test('that would read the environment, and unknown ones, stand as they are', () => {
    expect(html('{{< env HOME >}}')).toContain('title="The preview reads nothing of the environment."');
    expect(html('{{< anything "a b" >}}')).toContain('{{&#x3C; anything a b >}}');
  });

  test('variables come from the project', () => {
    const variable = (name: string) => (name === 'a.b' ? 'x *y*' : undefined);
    expect(html('{{< var a.b >}}', { variable })).toBe('<p>x <em>y</em></p>');
  });

  test('colours and logos come from the brand', () => {
    const context: PreviewContext = {
      brandColor: (name, mode) => (name === 'primary' ? `${mode}-blue` : undefined),
      brandLogo: (name, mode) =>
        name === 'none' ? undefined : { url: `${name === 'one' ? name : mode}.svg`, alt: 'Mast' },
    };
    const shown = (written: string): string => html(`${written}\n`, context);
    expect(shown('In {{< brand color primary >}}.')).toBe('<p>In light-blue.</p>');
    expect(shown('{{< brand color primary dark >}}')).toBe('<p>dark-blue</p>');
    expect(shown('{{< brand logo one >}}')).toBe('<p><img data-src="one.svg" alt="Mast"></p>');
    expect(shown('{{< brand logo small >}}')).toBe(
      '<p><span class="light-content"><img data-src="light.svg" alt="Mast"></span><span class="dark-content"><img data-src="dark.svg" alt="Mast"></span></p>',
    );
    expect(shown('{{< brand logo small dark >}}')).toBe('<p><img data-src="dark.svg" alt="Mast"></p>');
    for (const none of ['color other', 'logo none', 'font x', 'color'])
      expect(shown(`{{< brand ${none} >}}`)).toContain('reckoner-shortcode');
  });

  test('shortcodes with a third brace are shown as they are written', () => {
    const page = html('`{{{< video x >}}}` and {{{< meta title >}}}.\n\n```\n{{{< kbd x >}}}\n```\n');
    expect(page).toBe(
      '<p><code>{{&#x3C; video x >}}</code> and {{&#x3C; meta title >}}.</p>\n<pre><code>{{&#x3C; kbd x >}}</code></pre>',
    );
  });

  test.each([
    ['[site]({{< var site >}}/b "Go")', '<p><a href="https://canal.example/a/b" title="Go">site</a></p>'],
    ['`pip install {{< var file >}}`', '<p><code>pip install gate</code></p>'],
    [
      '`{{< var lock >}} {{< var none >}} {{< env X >}}`',
      '<p><code>Lock 7 {{&#x3C; var none >}} {{&#x3C; env X >}}</code></p>',
    ],
    ['`{{< var file >}}`{shortcodes="false"}', '<p><code>{{&#x3C; var file >}}</code></p>'],
    ['```\nopen {{< var file >}} {{{< var file >}}}\n```', '<pre><code>open gate {{&#x3C; var file >}}</code></pre>'],
    ['``` {shortcodes="false"}\nopen {{< var file >}}\n```', '<pre><code>open {{&#x3C; var file >}}</code></pre>'],
  ])('give code and addresses the text of their values: %s', (written, shown) => {
    expect(html(`${written}\n`, CONTEXT)).toBe(shown);
  });

  test('name pictures, and what they name is looked for', () => {
    const page = html('![A gate]({{< var file >}}.png)\n', CONTEXT);
    expect(page).toContain('<img data-src="gate.png" alt="A gate">');
  });

  test('stand as they are written where an address names a value that there is not', () => {
    expect(html('[site](https://{{< meta none >}}canal.example)\n')).toBe(
      '<p><a href="https://{{< meta none >}}canal.example">site</a></p>',
    );
  });

  test('do not make an address of what none may be', () => {
    expect(html('[x]({{< var bad >}})\n', { variable: () => 'javascript:alert(1)' })).toBe('<p><a>x</a></p>');
  });

  test.each([
    ['{{< placeholder >}}', '100 × 100'],
    ['{{< placeholder 300 >}}', '300 × 300'],
    ['![A pump]({{< placeholder 300 120 format=svg >}}){#fig-pump}', '300 × 120'],
  ])('draw placeholders: %s', (written, size) => {
    const page = html(`${written}\n`);
    expect(page).toContain(`aria-label="Placeholder, ${size}"`);
    if (written.includes('#fig-')) expect(page).toContain('Figure 1:</span> A pump</figcaption>');
  });

  test.each([
    ['{{< lipsum 2 >}}', 2],
    ['{{< lipsum 2-4 >}}', 3],
    ['{{< lipsum >}}', 5],
    ['> {{< lipsum 1 >}}', 1],
  ])('fill paragraphs: %s', (written, count) => {
    expect(html(`${written}\n`).split('<p>Lorem ipsum').length - 1).toBe(count);
  });
});
