/** Pages that `reckoner render` writes, opened as files: they need nothing else, and fit where they are read. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserWith, Misdeeds, NO_BROWSER, titled } from '../support/browser';

const TERMS = Array.from({ length: 30 }, (_, at) => `a_{${at}}`).join(' + ');
const CHAPTER = `# Tanks {#sec-tanks}

See @sec-flow, $x^2$[^n].

[^n]: A note.

$$ ${TERMS} $$ {#eq-long}

| A column that is long | Another one that is long | A third column here |
|---|---|---|
| \`a_very_long_identifier_that_does_not_break\` | \`another_very_long_identifier\` | words |

::: {.panel-tabset}
## First

One.

## Second

Two.
:::

::: {.callout-note collapse="true" title="More"}
Inside.
:::

\`\`\`
${'a long line of code, '.repeat(20)}
\`\`\`
`;

describe.skipIf(NO_BROWSER !== undefined)(titled('a rendered book'), () => {
  const suite = browserWith('cli', 'evaluation', 'typesetter', 'preview');
  let page: Page;
  let misdeeds: Misdeeds;
  const folder = mkdtempSync(join(tmpdir(), 'reckoner-rendered-'));
  const site = pathToFileURL(join(folder, 'site')).href;

  beforeAll(async () => {
    writeFileSync(
      join(folder, '_quarto.yml'),
      'project:\n  type: book\nbook:\n  title: Water\n  chapters: [tanks.qmd, pumps.qmd]\n',
    );
    writeFileSync(join(folder, 'tanks.qmd'), CHAPTER);
    writeFileSync(join(folder, 'pumps.qmd'), `# Pumps\n\n${'Words.\n\n'.repeat(60)}\n\n## Flow {#sec-flow}\n\nHere.\n`);
    const { status, stderr } = spawnSync(
      process.execPath,
      [suite.bundles.path('cli'), 'render', folder, '-o', join(folder, 'site')],
      { encoding: 'utf8', env: { ...process.env, RECKONER_CACHE: join(folder, '.cache') } },
    );
    if (status !== 0) throw new Error(stderr);
  }, 60_000);
  beforeEach(async () => {
    page = await suite.browser.newPage({ viewport: { width: 900, height: 700 } });
    page.setDefaultTimeout(10_000);
    misdeeds = new Misdeeds(page, site);
    await page.goto(`${site}/tanks.html`);
  });
  afterEach(async () => {
    await page.close();
    expect(misdeeds.all).toEqual([]);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('leads from chapter to chapter, and to its contents', async () => {
    await page.locator('main').getByRole('link', { name: 'Section 2.1' }).click();
    await page.getByText('Here.').waitFor();
    await page.waitForFunction(() => scrollY > 300);
    await page.getByRole('navigation', { name: 'Contents' }).locator('summary').click();
    await page.getByRole('link', { name: 'Tanks' }).first().click();
    await page.getByText('One.').waitFor();
    expect(page.url()).toMatch(/\/tanks\.html$/);
  });

  test('brings the fonts of its formulas along', async () => {
    const family = await page
      .locator('.katex .mathnormal')
      .first()
      .evaluate(one => getComputedStyle(one).fontFamily);
    expect(family).toContain('KaTeX_Math');
    const loaded = () => [...document.fonts].filter(font => font.status === 'loaded').map(({ family: name }) => name);
    await expect.poll(() => page.evaluate(loaded)).toContain('KaTeX_Math');
  });

  test('opens tabs, and cards of notes', async () => {
    await page.getByRole('tab', { name: 'Second' }).click();
    expect(await page.getByText('Two.').isVisible()).toBe(true);
    await page.locator('.footnote-ref a').first().hover();
    await page.locator('.reckoner-card', { hasText: 'A note.' }).waitFor();
  });

  test.each([320, 420, 900, 1600])('fits a window of %d pixels: what is wider scrolls by itself', async width => {
    await page.setViewportSize({ width, height: 700 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBe(0);
  });

  test('is dark where the reader’s system is', async () => {
    const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await colour();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await colour()).not.toBe(light);
  });

  test('shows on paper what is folded, in black on white, without navigation', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(await page.getByText('Two.').isVisible()).toBe(true);
    expect(await page.getByRole('navigation').count()).toBe(0);
    const keyword = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--keyword').trim());
    const onPaper = await keyword();
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    expect(onPaper, 'code has the colours of light pages').toBe(await keyword());
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const titles = await page.evaluate(() =>
      [...document.querySelectorAll('[role="tabpanel"]')].map(panel => getComputedStyle(panel, '::before').content),
    );
    expect(titles).toEqual(['"First"', '"Second"']);
    const inside = await page.getByText('Inside.').boundingBox();
    expect(inside?.height ?? 0).toBeGreaterThan(5);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('pre')].filter(e => e.scrollWidth > e.clientWidth),
    );
    expect(cut).toEqual([]);
    const parted = await page.evaluate(() =>
      [...document.querySelectorAll(':is(h1, h2)')].filter(
        ({ parentElement }) => getComputedStyle(parentElement!).breakAfter !== 'avoid',
      ),
    );
    expect(parted).toEqual([]);
  });
});
