/** Chapters that are made to run something, to ask somebody, or to leave their page: in a browser nothing of it happens. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserWith, Misdeeds, NO_BROWSER, titled } from '../support/browser';
import { ServedPreview } from '../support/servedPreview';

const RUN = 'window.pwned = 1; alert(1)';
const CELL = (code: string) => `\`\`\`{python}\n${code}\n\`\`\`\n`;

/** Each is a piece of a chapter. */
const ATTACKS: Readonly<Record<string, string>> = {
  'a script': `<script>${RUN}</script>`,
  'a script in a block of HTML': `\`\`\`{=html}\n<script>${RUN}</script><img src=x onerror="${RUN}">\n\`\`\``,
  'a handler': `<img src="x" onerror="${RUN}"> <p onclick="${RUN}" onmouseover="${RUN}">Text</p>`,
  'an SVG': `<svg onload="${RUN}"><script>${RUN}</script><animate onbegin="${RUN}" attributeName="x"/><foreignObject><body onload="${RUN}"></body></foreignObject></svg>`,
  'links that run': `[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](command:workbench.action.quit) [d](data:text/html,<script>${RUN}</script>) <a href="java&#10;script:alert(1)">e</a> <a href="vbscript:x">f</a>`,
  'frames and objects': `<iframe src="https://example.org/" srcdoc="<script>${RUN}</script>"></iframe><object data="https://example.org/x"></object><embed src="https://example.org/x">`,
  forms: `<form action="https://example.org/"><input name="x"><button formaction="javascript:alert(1)">Go</button></form>`,
  'a base and a refresh':
    '<base href="https://example.org/"><meta http-equiv="refresh" content="0;url=https://example.org/">',
  'styles that load':
    '<style>@import "https://example.org/a.css"; body { background: url(https://example.org/b.png) }</style><p style="background: url(https://example.org/c.png)">Text</p><link rel="stylesheet" href="https://example.org/d.css">',
  'pictures of others':
    '![p](https://example.org/p.png) <img src="https://example.org/q.png" srcset="https://example.org/r.png 2x"> <picture><source srcset="https://example.org/s.png"></picture> <video src="https://example.org/v.mp4" poster="https://example.org/w.png" autoplay></video>',
  'TeX that links':
    '$\\href{javascript:alert(1)}{x} \\url{javascript:alert(1)} \\htmlData{a=b}{y} \\includegraphics{https://example.org/z.png}$',
  attributes: `[text]{onclick="${RUN}" style="background: url(https://example.org/e.png)" .reckoner-value tabindex=0}\n\n::: {#x onmouseover="${RUN}" style="position:fixed"}\nText\n:::`,
  values: `${CELL(`from IPython.display import HTML, Markdown, display\nh = HTML("<img src=x onerror='${RUN}'><script>${RUN}</script>")\nm = Markdown("<script>${RUN}</script> [x](javascript:alert(1))")\ndisplay(HTML("<svg onload='${RUN}'></svg><script>${RUN}</script>"))\nprint("<script>${RUN}</script>")`)}\n\`{python} h\` \`{python} m\` \`{python} "<script>${RUN}</script>"\``,
  'a caption and a title': `![<script>${RUN}</script>](x.png "\\"><script>${RUN}</script>")\n\n::: {.callout-note title="<img src=x onerror=alert(1)>"}\nText\n:::`,
  'names of the page':
    '<div id="reckoner-chapter" class="reckoner-card">x</div><a id="reckoner-numbers" name="body">y</a> <img name="getElementById">',
  'pictures that are documents': '![a](evil.svg)',
  graphs: `\`\`\`{dot}\ndigraph { a [URL="javascript:alert(1)" tooltip="x" image="https://example.org/g.png" label=<<B>x</B>>]; b [label="<script>${RUN}</script>" fontname="x\\" onload=\\"alert(1)"]; a -> b [edgeURL="command:x"]; stylesheet="https://example.org/g.css" }\n\`\`\``,
  notebooks: '{{< embed evil.ipynb#a echo=true >}}',
};

const CHAPTER = `---\ntitle: "<script>${RUN}</script>"\n---\n\n${Object.entries(ATTACKS)
  .map(([name, text]) => `## About ${name}\n\n${text}`)
  .join('\n\n')}\n\n## The end\n\nLast words[^n].\n\n[^n]: <script>${RUN}</script> and [x](javascript:alert(1)).\n`;

const EVIL = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="${RUN}"><script>${RUN}</script><image href="https://example.org/i.png"/></svg>`;

const NOTEBOOK = JSON.stringify({
  cells: [
    {
      cell_type: 'code',
      id: 'a',
      metadata: {},
      source: `#| fig-cap: "<script>${RUN}</script>"\n<script>${RUN}</script>`,
      outputs: [
        { 'text/html': `<img src=x onerror="${RUN}"><script>${RUN}</script><a href="javascript:alert(1)">x</a>` },
        { 'text/markdown': `<script>${RUN}</script> ![x](https://example.org/n.png) [x](javascript:alert(1))` },
        {
          'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><script>${RUN}</script><image href="https://example.org/n.svg"/></svg>`,
        },
        { 'image/png': 'x" onerror="alert(1)', 'text/plain': `<script>${RUN}</script>` },
      ].map(data => ({ output_type: 'display_data', metadata: {}, data })),
    },
  ],
});

/** Clicks and points at all that there is, then looks whether anything has run. */
async function provoke(page: Page): Promise<void> {
  await page.getByText('Last words').waitFor();
  await page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLElement>('main *, main')) {
      for (const kind of ['mouseover', 'pointerover', 'click', 'focusin', 'load', 'error'])
        if (!(kind === 'click' && one.closest('a[href^="http"]')))
          one.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  });
  await page.waitForTimeout(700);
}

async function expectClean(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as { pwned?: number }).pwned)).toBeUndefined();
  const found = await page.evaluate(() => ({
    handlers: [...document.querySelectorAll('*')].flatMap(one =>
      one.getAttributeNames().filter(name => name.startsWith('on')),
    ),
    elements: document.querySelectorAll(
      'main :is(script, style, iframe, object, embed, form, base, meta, link, foreignObject, video[autoplay])',
    ).length,
    links: [...document.querySelectorAll('main a[href]')]
      .map(one => one.getAttribute('href')!)
      .filter(href => /^\s*(?:javascript|command|data|vbscript)/i.test(href.replace(/\s/g, ''))),
    chapters: document.querySelectorAll('#reckoner-chapter').length,
  }));
  expect(found).toEqual({ handlers: [], elements: 0, links: [], chapters: 1 });
}

describe.skipIf(NO_BROWSER !== undefined)(titled('a hostile chapter'), () => {
  const suite = browserWith('cli', 'evaluation', 'typesetter', 'preview', 'diagrams');
  const folder = mkdtempSync(join(tmpdir(), 'reckoner-hostile-'));

  beforeAll(async () => {
    writeFileSync(join(folder, '_quarto.yml'), 'project:\n  type: default\n');
    writeFileSync(join(folder, 'chapter.qmd'), CHAPTER);
    writeFileSync(join(folder, 'evil.svg'), EVIL);
    writeFileSync(join(folder, 'evil.ipynb'), NOTEBOOK);
  }, 60_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('runs and asks nothing in the preview', async () => {
    const served = new ServedPreview(suite.bundles, {
      'chapter.qmd': CHAPTER,
      'evil.svg': EVIL,
      'evil.ipynb': NOTEBOOK,
      '_quarto.yml': '',
    });
    const page = await suite.browser.newPage();
    try {
      const address = await served.address;
      const misdeeds = new Misdeeds(page, new URL(address).origin);
      await page.goto(address);
      await provoke(page);
      await expectClean(page);
      expect(misdeeds.all.filter(one => !one.includes('404'))).toEqual([]);
      expect(new URL(page.url()).origin).toBe(new URL(address).origin);
    } finally {
      await page.close();
      await served.stop();
    }
  });

  test('runs and asks nothing in a rendered page', async () => {
    const output = join(folder, 'chapter.html');
    const { status } = spawnSync(
      process.execPath,
      [suite.bundles.path('cli'), 'render', join(folder, 'chapter.qmd'), '-o', output],
      {
        env: { ...process.env, RECKONER_CACHE: join(folder, '.cache') },
      },
    );
    expect(status).toBe(0);
    const page = await suite.browser.newPage();
    try {
      const address = pathToFileURL(output).href;
      const misdeeds = new Misdeeds(page, address);
      await page.goto(address);
      await provoke(page);
      await expectClean(page);
      expect(misdeeds.all).toEqual([]);
      expect(page.url().replace(/#.*/, '')).toBe(address);
    } finally {
      await page.close();
    }
  });

  test('is not read by another site, which can neither frame it nor fetch it', async () => {
    const served = new ServedPreview(suite.bundles, { 'chapter.qmd': 'Secret.' });
    const page = await suite.browser.newPage();
    try {
      const address = await served.address;
      await page.route('http://other.example/', route =>
        route.fulfill({ contentType: 'text/html', body: '<p>Other</p>' }),
      );
      await page.goto('http://other.example/');
      const read = await page.evaluate(async url => {
        const fetched = await fetch(url).then(
          answer => answer.text(),
          () => 'refused',
        );
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
        await new Promise(resolve => frame.addEventListener('load', resolve));
        let framed = 'refused';
        try {
          framed = frame.contentDocument?.body.textContent ?? 'refused';
        } catch {}
        return { fetched, framed };
      }, address);
      expect(read).toEqual({ fetched: 'refused', framed: 'refused' });
    } finally {
      await page.close();
      await served.stop();
    }
  });
});
