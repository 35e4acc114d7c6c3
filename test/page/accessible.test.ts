/** What axe finds in the page, in the themes of browsers and of VS Code: contrast, names, roles, landmarks. */
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserWith, NO_BROWSER, titled } from '../support/browser';
import { ServedPreview } from '../support/servedPreview';

const cell = (code: string, options = '') => `\`\`\`{python}\n${options}${code}\n\`\`\`\n`;

/** Something of everything that has a colour or a role. */
const CHAPTER = `---
title: Tanks
subtitle: And pumps
author: A. Author
date: 2026-01-01
abstract: What a tank holds.
keywords: [tank, pump]
toc: true
bibliography: books.bib
---

# Tanks {#sec-tanks}

${cell('volume = 24000\nrate = 40\nminutes = volume / rate\nprint("filled")\nminutes')}
It takes \`{python} minutes\` minutes[^n], \`{python} missing\`, **bold**, *italic*, \`code\`, {{< kbd Ctrl-S >}}, [a link](https://example.org/), H~2~O and
$a^2 + b^2$, as @book says in @sec-tanks, @tbl-tanks and @fig-plot; but not in @fig-none.

[^n]: By the pump, \`{python} rate\`.

${cell('import pandas\nframe = pandas.DataFrame()')}
The frame is \`{python} frame\`.

$$ E = mc^2 $$ {#eq-e}

| Name | Volume |
|:-----|-------:|
| One  | \`{python} volume\` |

: Tanks {#tbl-tanks}

${cell('import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title("Growth")', '#| label: fig-plot\n#| fig-cap: A line.\n')}
${['note', 'tip', 'warning', 'caution', 'important']
  .map(
    kind =>
      `::: {.callout-${kind} title="A ${kind}"}\nText with [a link](https://example.org/) and \`{python} rate\`.\n:::\n`,
  )
  .join('\n')}
${cell('fig, (left, right) = plt.subplots(1, 2)\nleft.set_title("a", loc="left")\nleft.boxplot([[1, 2, 9], [2, 3]])\nright.quiver([0, 1], [0, 1], [1, 2], [1, 0])\nleft.set_title("Boxes")', '#| label: fig-new\n#| fig-cap: New.\n')}
\`\`\`{dot}
//| label: fig-graph
//| fig-cap: A graph.
digraph { Tank -> Pump [label=fills]; Pump [style=filled fillcolor=lightblue] }
\`\`\`

\`\`\`{dot}
graph { a -- -- b }
\`\`\`

\`\`\`{mermaid}
flowchart LR
  A --> B
\`\`\`

{{< embed notes.ipynb#out echo=true >}}

{{< embed notes.ipynb#gone >}}

|     | Volume |
|-----|-------:|
| One |      2 |

: A table with a corner

::: {.callout-note collapse="true" title="More"}
Inside.
:::

::: {.panel-tabset}
## First

One.

## Second

Two.
:::

::: {#thm-one}
## Theorem
It holds.
:::

\`\`\`python
# a comment
def f(x: int) -> str:
    return "text" + str(x * 2.5)
\`\`\`

> A quote.

- [ ] a task
- [x] another one

Term
: Its meaning.

![A picture](none.png)

::: {.column-margin}
In the margin.
:::

${cell('1 / 0')}
$$ a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12} + a_{13} + a_{14} = b $$ {#eq-wide}

| A column that is long | Another one that is long | A third column here |
|---|---|---|
| \`a_very_long_identifier_that_does_not_break\` | \`another_very_long_identifier\` | words |

## {{< unknown >}} End

${cell('x = = 1')}
`;

/** A frame of pandas, whose corner is a header that says nothing. */
const NOTEBOOK = JSON.stringify({
  cells: [
    {
      cell_type: 'code',
      id: 'out',
      metadata: {},
      source: '#| fig-cap: A frame\nframe',
      outputs: [
        {
          output_type: 'execute_result',
          metadata: {},
          data: {
            'text/html':
              '<table><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table>',
          },
        },
        { output_type: 'stream', name: 'stderr', text: 'careful' },
      ],
    },
  ],
});

/** Colours as VS Code gives them to a page: those of its own themes. */
const VSCODE = {
  'vscode-dark': {
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    descriptionForeground: '#9d9d9d',
    'widget-border': '#313131',
    'textCodeBlock-background': '#2b2b2b',
    'textLink-foreground': '#4daafc',
    'editorError-foreground': '#f85149',
    'editorWarning-foreground': '#cca700',
    'editorInfo-foreground': '#3794ff',
    'testing-iconPassed': '#73c991',
    focusBorder: '#0078d4',
    'editorHoverWidget-background': '#202020',
    'editorHoverWidget-border': '#454545',
    'editorHoverWidget-foreground': '#cccccc',
  },
  'vscode-light': {
    'editor-background': '#ffffff',
    'editor-foreground': '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    'widget-border': '#e5e5e5',
    'textCodeBlock-background': '#f8f8f8',
    'textLink-foreground': '#005fb8',
    'editorError-foreground': '#e51400',
    'editorWarning-foreground': '#bf8803',
    'editorInfo-foreground': '#1a85ff',
    'testing-iconPassed': '#73c991',
    focusBorder: '#005fb8',
    'editorHoverWidget-background': '#f8f8f8',
    'editorHoverWidget-border': '#c8c8c8',
    'editorHoverWidget-foreground': '#3b3b3b',
  },
  'vscode-high-contrast': {
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    descriptionForeground: '#ffffff',
    'widget-border': '#6fc3df',
    contrastBorder: '#6fc3df',
    'textCodeBlock-background': '#000000',
    'textLink-foreground': '#21a6ff',
    'editorError-foreground': '#f48771',
    'editorWarning-foreground': '#ffd370',
    'editorInfo-foreground': '#3794ff',
    'testing-iconPassed': '#73c991',
    focusBorder: '#f38518',
    'editorHoverWidget-background': '#0c141f',
    'editorHoverWidget-border': '#6fc3df',
    'editorHoverWidget-foreground': '#ffffff',
  },
} as const;

/** What VS Code gives pages of its own before their styles, in the colours of its theme for each. */
const OF_EDITOR = `
  code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background) }
  kbd { color: var(--vscode-keybindingLabel-foreground); background-color: var(--vscode-keybindingLabel-background) }
  blockquote { background: var(--vscode-textBlockQuote-background) }
  p > a { text-decoration: none }`;
const OF_EDITOR_COLOURS = {
  'vscode-dark': ['#d0d0d0', '#3c3c3c', '#cccccc', '#8080802b', '#2b2b2b'],
  'vscode-light': ['#3b3b3b', '#0000001f', '#3b3b3b', '#dddddd66', '#f8f8f8'],
  'vscode-high-contrast': ['#000000', '#ffffff', '#ffffff', 'transparent', 'transparent'],
} as const;
const OF_EDITOR_NAMES = [
  'textPreformat-foreground',
  'textPreformat-background',
  'keybindingLabel-foreground',
  'keybindingLabel-background',
  'textBlockQuote-background',
];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds, one line each, once all of the page has been seen. */
async function violationsOf(page: Page): Promise<string[]> {
  for (let top = 0; top < 8000; top += 500) {
    await page.evaluate(at => window.scrollTo(0, at), top);
    await page.waitForTimeout(20);
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, ' ')}`),
  );
}

describe.skipIf(NO_BROWSER !== undefined)(titled('axe finds nothing'), () => {
  const suite = browserWith('cli', 'evaluation', 'typesetter', 'preview', 'diagrams');
  let served: ServedPreview;
  let page: Page;

  beforeAll(async () => {
    served = new ServedPreview(suite.bundles, {
      'tanks.qmd': CHAPTER,
      'notes.ipynb': NOTEBOOK,
      'books.bib': '@book{book, title={On Tanks}, author={Jane Doe}, year={2020}}',
    });
    page = await suite.browser.newPage({ viewport: { width: 900, height: 800 }, bypassCSP: true });
    await page.goto(await served.address);
    await page.locator('.katex').first().waitFor();
    await page.locator('svg.reckoner-drawing').waitFor();
    await page.locator('.reckoner-html table').waitFor();
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core') });
    // All of the page counts.
    await page.evaluate(() => document.getElementById('reckoner-chapter')!.classList.remove('reckoner-long'));
  }, 90_000);
  afterAll(async () => {
    await served?.stop();
  });

  test('in a narrow pane', async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.waitForTimeout(400);
    expect(await violationsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 900, height: 800 });
  });

  test.each(['light', 'dark'] as const)('in a browser that is %s', async colorScheme => {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOf(page)).toEqual([]);
  });

  test('where the page is scrolled', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    for (const part of [0.3, 0.6, 1]) {
      await page.evaluate(to => scrollTo(0, to * document.documentElement.scrollHeight), part);
      await page.waitForTimeout(300);
      expect(await violationsOf(page)).toEqual([]);
    }
    await page.evaluate(() => scrollTo(0, 0));
  });

  test.each(['light', 'dark'] as const)('in colours of a system that is %s', async colorScheme => {
    await page.emulateMedia({ colorScheme, forcedColors: 'active' });
    await page.locator('reckoner-diagram').scrollIntoViewIfNeeded();
    await page.locator('reckoner-diagram .node rect').first().waitFor();
    // Drawn anew in these colours.
    await expect
      .poll(() =>
        page.evaluate(() => {
          const drawing = document.querySelector('reckoner-diagram')?.shadowRoot;
          const [box, words] = [drawing?.querySelector('.node rect'), drawing?.querySelector('.node text')];
          return box && words && getComputedStyle(box).fill !== getComputedStyle(words).fill;
        }),
      )
      .toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    const widths = await page.evaluate(() =>
      ['.reckoner-value', '[role=tab][aria-selected=true]', '[role=tab][aria-selected=false]'].map(
        one => getComputedStyle(document.querySelector(one)!).borderBottomWidth,
      ),
    );
    expect(widths).toEqual(['1px', '4px', '2px']);
    await page.emulateMedia({ forcedColors: 'none' });
  });

  test.each(Object.entries(VSCODE))('in the theme %s', async (theme, colours) => {
    await page.emulateMedia({ colorScheme: 'light' });
    const ofEditor = OF_EDITOR_COLOURS[theme as keyof typeof VSCODE];
    const all = { ...colours, ...Object.fromEntries(OF_EDITOR_NAMES.map((name, at) => [name, ofEditor[at]!])) };
    await page.evaluate(
      ([name, variables, rules]) => {
        document.body.className = `reckoner-page ${name}`;
        for (const [key, value] of Object.entries(variables))
          document.documentElement.style.setProperty(`--vscode-${key}`, value);
        const style = document.createElement('style');
        style.textContent = rules;
        document.head.prepend(style);
      },
      [theme, all, OF_EDITOR] as const,
    );
    expect(await violationsOf(page)).toEqual([]);
  });

  test('in the card of a number', async () => {
    await page.locator('.reckoner-value', { hasText: '600' }).first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.reckoner-card').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });
});
