/** Diagrams of Mermaid in a browser: as the page draws them, while they are written, and where they are made to do harm. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { browserWith, Misdeeds, NO_BROWSER, titled } from '../support/browser';
import { ServedPreview } from '../support/servedPreview';

const mermaid = (source: string, ...options: string[]) =>
  ['```{mermaid}', ...options.map(option => `%%| ${option}`), source, '```', ''].join('\n');

const FLOW = 'flowchart LR\n  A[Pump] -->|fills| B[Tank]';

const RUN = 'window.pwned = 1; alert(1)';
const EVIL = 'https://example.org/evil';

/** Each wants to run something, to ask somebody, or to change the page around it. */
const ATTACKS: readonly string[] = [
  `flowchart LR\n  A --> B\n  click A call alert(1)\n  click B href "javascript:alert(1)"`,
  `flowchart LR\n  A --> B\n  click A "${EVIL}" "tip" _top\n  click B href "${EVIL}"`,
  `flowchart LR\n  A["<img src=x onerror='${RUN}'>"] --> B["<script>${RUN}</script>"]\n  B --> C["<iframe src='${EVIL}'></iframe><a href='javascript:alert(1)'>x</a>"]`,
  `%%{init: {"securityLevel": "loose", "htmlLabels": true, "flowchart": {"htmlLabels": true}, "dompurifyConfig": {"ADD_TAGS": ["script"]}}}%%\nflowchart LR\n  A["<img src=x onerror='${RUN}'>"] --> B\n  click A call alert(1)`,
  `%%{init: {"themeCSS": "* { background: url(${EVIL}.png) } @import '${EVIL}.css';", "fontFamily": "x; } body { display: none; } a {", "themeVariables": {"fontFamily": "x; background: url(${EVIL})", "primaryColor": "url(${EVIL})"}}}%%\nflowchart LR\n  A --> B`,
  `---\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n  themeCSS: ":host, body, main { display: none !important; background: url(${EVIL}) }"\n  themeVariables:\n    lineColor: "red; } main { display: none"\n---\nflowchart LR\n  A["<b onclick='${RUN}'>x</b>"] --> B`,
  `%%{init: {"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}}%%\nflowchart LR\n  A --> B`,
  `flowchart LR\n  A --> B\n  style A fill:url(${EVIL}.svg#x),stroke:red\n  classDef c background-image:url(${EVIL}),fill:u\\72l(${EVIL})\n  class B c`,
  `flowchart LR\n  A@{ img: "${EVIL}.png", label: "x" } --> B`,
  `flowchart LR\n  A@{ icon: "fa:user", label: "x" } --> B`,
  `sequenceDiagram\n  participant A\n  link A: x @ javascript:alert(1)\n  links A: {"y": "${EVIL}"}\n  A->>A: <script>${RUN}</script>`,
  `classDiagram\n  class A\n  click A href "javascript:alert(1)" "tip"\n  click A call alert(1) "tip"`,
  `gantt\n  dateFormat YYYY-MM-DD\n  A :a1, 2024-01-01, 3d\n  click a1 href "javascript:alert(1)"\n  click a1 call alert(1)`,
  `stateDiagram-v2\n  a: <img src=x onerror=alert(1)>\n  a --> b\n  click a href "javascript:alert(1)"`,
  `flowchart LR\n  accTitle: "><script>${RUN}</script>\n  accDescr: <img src=x onerror=alert(1)>\n  A --> B`,
  `flowchart LR\n${Array.from({ length: 600 }, (_, at) => `  n${at} --> n${at + 1}`).join('\n')}`,
  `flowchart LR\n  ${Array.from({ length: 60 }, (_, at) => `a${at}`).join(' & ')} --> ${Array.from({ length: 60 }, (_, at) => `b${at}`).join(' & ')}`,
  `flowchart LR\n  A[${'x'.repeat(30_000)}]`,
];

/** Goes to each diagram in turn, and waits until nothing is being drawn any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const all = [...document.querySelectorAll('reckoner-diagram')];
    const next = all.find(one => !one.shadowRoot?.firstChild || one.shadowRoot.querySelector('[aria-busy]'));
    next?.scrollIntoView({ block: 'center' });
    return all.length > 0 && next === undefined;
  });
  await page.evaluate(() => scrollTo(0, 0));
}

describe.skipIf(NO_BROWSER !== undefined)(titled('diagrams'), () => {
  const suite = browserWith('cli', 'evaluation', 'typesetter', 'preview', 'diagrams');
  let page: Page;
  let misdeeds: Misdeeds;
  const served: ServedPreview[] = [];

  beforeEach(async () => {
    page = await suite.browser.newPage({ viewport: { width: 900, height: 700 } });
  });
  afterEach(async () => {
    await page.close();
    await Promise.all(served.splice(0).map(one => one.stop()));
    expect(misdeeds.all).toEqual([]);
  });
  async function open(chapter: string, more: Readonly<Record<string, string>> = {}): Promise<ServedPreview> {
    const one = new ServedPreview(suite.bundles, { 'chapter.qmd': chapter, '_quarto.yml': '', ...more });
    served.push(one);
    const address = await one.address;
    misdeeds = new Misdeeds(page, new URL(address).origin);
    await page.goto(address);
    return one;
  }

  const drawing = (at = 0) => page.locator('reckoner-diagram').nth(at).locator('svg');
  const fault = () => page.locator('reckoner-diagram .fault');

  test('are figures with number, caption and name', async () => {
    await open(
      `See @fig-flow.\n\n${mermaid(FLOW, 'label: fig-flow', 'fig-cap: "How *it* flows"')}\n${mermaid(FLOW, 'fig-alt: Two boxes')}\n${mermaid(`${FLOW}\n  accTitle: Filling\n  accDescr: A pump fills a tank`)}\n${mermaid('', 'file: pump.mmd')}`,
      { 'pump.mmd': 'pie\n  "Pump" : 3\n  "Tank" : 1\n' },
    );
    await settled(page);
    expect(await page.locator('figcaption').textContent()).toBe('Figure 1: How it flows');
    expect(await page.locator('p a').first().textContent()).toBe('Figure 1');
    expect(await drawing(0).getAttribute('aria-label')).toBe('Flowchart: fills, Pump, Tank');
    expect(await drawing(1).getAttribute('aria-label')).toBe('Two boxes');
    expect(await drawing(2).getAttribute('aria-label')).toBe('Filling. A pump fills a tank');
    expect(await drawing(3).getAttribute('aria-label')).toMatch(/^Pie chart: .*Pump/);
    expect(await page.locator('reckoner-diagram pre').first().isVisible()).toBe(false);
  });

  const KINDS: readonly (readonly [source: string, name: string])[] = [
    ['sequenceDiagram\n  A->>B: hello', 'Sequence diagram: '],
    ['classDiagram\n  A <|-- B', 'Class diagram: A, B'],
    ['stateDiagram-v2\n  [*] --> A', 'State diagram: A'],
    ['erDiagram\n  A ||--o{ B : has', 'Entity-relationship diagram: '],
    ['gantt\n  dateFormat YYYY-MM-DD\n  A :a1, 2024-01-01, 3d', 'Gantt chart: '],
    ['gitGraph\n  commit\n  commit id: "named"', 'Git graph: main, named'],
    ['mindmap\n  root((R))\n    A\n    [B]', 'Mind map: R, A, B'],
    ['timeline\n  2012 : A', 'Timeline: 2012, A'],
    ['xychart-beta\n  x-axis [a, b]\n  bar [1, 2]', 'Chart: a, b'],
    ['architecture-beta\n  group a(cloud)[A]', ''],
  ];

  test('show their formulas by signs', async () => {
    await open(mermaid('flowchart LR\n  A["$$P(s_0)$$"] --> B{{$$\\pi_{h+1}$$}}'));
    await settled(page);
    const texts = await page.evaluate(
      () => document.querySelector('reckoner-diagram')!.shadowRoot!.querySelector('svg')!.textContent,
    );
    expect(texts).toContain('P(s₀)');
    expect(texts).toContain('πₕ₊₁');
  });

  test('are drawn once they come near the view', async () => {
    await open(`${mermaid(FLOW)}\n${'A long way.\n\n'.repeat(200)}${mermaid('flowchart LR\n  C --> D')}`);
    const isDrawn = (at: number) =>
      page.waitForFunction(
        index => document.querySelectorAll('reckoner-diagram')[index]?.shadowRoot?.querySelector('svg'),
        at,
      );
    await isDrawn(0);
    const far = page.locator('reckoner-diagram').nth(1);
    expect(await far.evaluate(one => one.shadowRoot!.textContent)).toBe('Drawing…');
    await far.scrollIntoViewIfNeeded();
    await isDrawn(1);
  });

  test('of many kinds are drawn', async () => {
    await open(KINDS.map(([source]) => mermaid(source)).join('\n'));
    await settled(page);
    for (const [at, [, name]] of KINDS.entries())
      if (name !== '') expect(await drawing(at).getAttribute('aria-label')).toContain(name);
    expect(await fault().allTextContents()).toEqual([
      'Mermaid: architecture diagrams are drawn when the book is rendered',
    ]);
  });

  test('keep what was drawn last while they are written, with the line of the chapter that is wrong', async () => {
    const chapter = (source: string) => `Words.\n\n${mermaid(source)}\n${mermaid(FLOW)}\nLast words.\n`;
    const one = await open(chapter('flowchart LR\n  A --> B'));
    await settled(page);
    await drawing(1).evaluate(svg => svg.setAttribute('data-kept', ''));
    one.write('chapter.qmd', chapter('flowchart LR\n  A --> B\n  B --> ['));
    await fault().waitFor();
    expect(await fault().textContent()).toBe('Mermaid, line 6: syntax error at "["');
    expect(await page.locator('reckoner-diagram .old svg').count()).toBe(1);
    expect(await page.locator('reckoner-diagram pre').first().isVisible()).toBe(true);
    one.write('chapter.qmd', `Another\n\n${chapter('flowchart LR\n  A --> B\n  B --> [')}`);
    await page.getByText('Mermaid, line 8').waitFor();
    one.write('chapter.qmd', chapter('flowchart LR\n  A --> B\n  B --> C'));
    await fault().waitFor({ state: 'detached' });
    await settled(page);
    expect(await drawing(0).getAttribute('aria-label')).toBe('Flowchart: A, B, C');
    expect(await page.locator('svg[data-kept]').count()).toBe(1);
  });

  test('follow the colours of the page; those with colours of their own are turned on a dark one', async () => {
    await open(`${mermaid(FLOW)}\n${mermaid(`${FLOW}\n  style A fill:#fcc`)}`);
    await settled(page);
    const colour = () =>
      drawing(0)
        .locator('text')
        .last()
        .evaluate(text => getComputedStyle(text).fill);
    const [light, filter] = [await colour(), () => drawing(1).evaluate(svg => getComputedStyle(svg).filter)];
    expect(await filter()).toBe('none');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(colour).not.toBe(light);
    await expect.poll(filter).toContain('invert');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(colour).toBe(light);
    await expect.poll(filter).toBe('none');
  });

  test('scroll by themselves in a narrow pane, and can be had in full size by keys', async () => {
    await page.setViewportSize({ width: 420, height: 700 });
    await open(mermaid(`flowchart LR\n  ${'abcdefghijkl'.split('').join(' --> ')}`));
    await settled(page);
    const frame = page.locator('reckoner-diagram .drawing');
    await expect.poll(() => frame.getAttribute('tabindex')).toBe('0');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const width = () => drawing().evaluate(svg => svg.getBoundingClientRect().width);
    const before = await width();
    await page.getByRole('button', { name: 'Full size' }).focus();
    await page.keyboard.press('Enter');
    expect(await width()).toBeGreaterThan(before * 1.3);
    expect(await page.getByRole('button', { name: 'Full size' }).getAttribute('aria-pressed')).toBe('true');
  });

  test('that are large show their source until somebody asks for the drawing', async () => {
    const lines = Array.from({ length: 140 }, (_, at) => `  n${at} --> n${at + 1}`);
    await open(mermaid(`flowchart LR\n${lines.join('\n')}`));
    const diagram = page.locator('reckoner-diagram');
    const button = diagram.getByRole('button', { name: 'Draw', exact: true });
    await button.waitFor();
    expect(await diagram.textContent()).toContain('n139 --> n140');
    expect(await diagram.locator('svg').count()).toBe(0);
    await button.press('Enter');
    await diagram.locator('svg').waitFor();
    expect(await button.count()).toBe(0);
  }, 60_000);

  test('made to do harm run nothing, ask nobody, and leave the page as it is', async () => {
    await open(
      `${ATTACKS.map(source => mermaid(source)).join('\n')}\n<pre class="mermaid">flowchart LR\n  A</pre>\n\n## The end\n`,
    );
    await settled(page);
    await page.evaluate(() => {
      for (const { shadowRoot } of document.querySelectorAll('reckoner-diagram'))
        for (const one of shadowRoot!.querySelectorAll('*'))
          for (const kind of ['mouseover', 'pointerover', 'click', 'load', 'error'])
            one.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
    });
    const found = await page.evaluate(() => {
      const shadows = [...document.querySelectorAll('reckoner-diagram')].map(one => one.shadowRoot!);
      const all = [...document.querySelectorAll('*'), ...shadows.flatMap(root => [...root.querySelectorAll('*')])];
      const rules = shadows.flatMap(root => root.adoptedStyleSheets.flatMap(sheet => [...sheet.cssRules]));
      return {
        ran: (window as { pwned?: number }).pwned,
        polluted: ({} as { polluted?: number }).polluted,
        handlers: all.flatMap(one => one.getAttributeNames().filter(name => name.startsWith('on'))),
        elements: shadows.flatMap(root =>
          [...root.querySelectorAll('script, style, iframe, img, image, a, foreignObject, object')].map(
            one => one.localName,
          ),
        ),
        addresses: rules.map(rule => rule.cssText).filter(text => /url\((?!"?#)|@import/.test(text)),
        isSeen: document.querySelector('main')!.checkVisibility(),
        ownStyles: document.adoptedStyleSheets.length,
        left: [...document.body.children].map(one => one.id || one.className || one.localName),
      };
    });
    expect(found).toEqual({
      ran: undefined,
      polluted: undefined,
      handlers: [],
      elements: [],
      addresses: [],
      isSeen: true,
      ownStyles: 0,
      left: ['reckoner-tools', 'reckoner-chapter', 'script', 'reckoner-tip', 'script'],
    });
    // Each is drawn when the page is idle.
    for (const reason of [
      'pictures in diagrams are not shown',
      'it has more than 500 lines',
      'it has more than 250 edges',
    ])
      await fault().filter({ hasText: reason }).first().waitFor({ state: 'attached' });
    expect(await page.getByText('shown as source, since it is longer than 20,000 characters').count()).toBe(1);
    expect(await page.getByRole('heading', { name: 'The end' }).isVisible()).toBe(true);
  });

  test('are drawn by a rendered page itself, which holds what draws them only then', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reckoner-diagrams-'));
    const render = (text: string): string => {
      writeFileSync(join(folder, 'chapter.qmd'), text);
      const output = join(folder, 'chapter.html');
      const { status, stderr } = spawnSync(
        process.execPath,
        [suite.bundles.path('cli'), 'render', join(folder, 'chapter.qmd'), '-o', output],
        { encoding: 'utf8' },
      );
      if (status !== 0) throw new Error(stderr);
      return output;
    };
    try {
      expect(statSync(render('Words.\n\n```mermaid\ngraph TD\n```\n')).size).toBeLessThan(1_000_000);
      const output = render(mermaid(FLOW, 'label: fig-flow', 'fig-cap: It flows'));
      expect(readFileSync(output, 'utf8')).toContain('Knut Sveidqvist');
      const address = pathToFileURL(output).href;
      misdeeds = new Misdeeds(page, address);
      await page.goto(address);
      await settled(page);
      expect(await drawing().getAttribute('aria-label')).toBe('Flowchart: fills, Pump, Tank');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
