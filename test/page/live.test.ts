/** The page of the preview in a browser: what an edit leaves alone, cards, links. */
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { browserWith, Misdeeds, NO_BROWSER, titled } from '../support/browser';
import { ServedPreview } from '../support/servedPreview';

const CELL = `\`\`\`{python}
#| echo: false
class Tank:
    volume = 24000
    rate = 40
    minutes = volume / rate
    check(minutes < 1000, "too slow")
    minutes_str = f"{minutes:.0f}"
\`\`\`
`.replace('class', 'from mlsys.formatting import check\nclass');

const FILLER = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} of many, with some words in it.`).join('\n\n');

const CHAPTER = `# Tanks {#sec-tanks}

${CELL}
It takes \`{python} Tank.minutes_str\` minutes^[By the pump of @sec-tanks.].

::: {.callout-note collapse="true" title="More"}
Inside.
:::

::: {.panel-tabset}
## First

One.

## Second

Two.
:::

${FILLER}

## End {#sec-end}

The last words.
`;

describe.skipIf(NO_BROWSER !== undefined)(titled('the page'), () => {
  const suite = browserWith('cli', 'evaluation', 'typesetter', 'preview');
  let page: Page;
  let misdeeds: Misdeeds;
  const served: ServedPreview[] = [];

  afterEach(async () => {
    await page?.close();
    await Promise.all(served.splice(0).map(one => one.stop()));
    expect(misdeeds.all).toEqual([]);
  });
  async function open(files: Readonly<Record<string, string | Buffer>>, options = {}): Promise<ServedPreview> {
    const one = new ServedPreview(suite.bundles, files);
    served.push(one);
    page = await suite.browser.newPage({ viewport: { width: 800, height: 600 }, ...options });
    page.setDefaultTimeout(15_000);
    const address = await one.address;
    misdeeds = new Misdeeds(page, new URL(address).origin);
    await page.goto(address);
    await page.locator('.reckoner-block').first().waitFor();
    return one;
  }

  const value = () => page.locator('.reckoner-value').first();
  const card = () => page.locator('.reckoner-card');

  describe('after an edit', () => {
    test('keeps what the reader has opened, chosen and selected, and the elements themselves', async () => {
      const preview = await open({ 'tanks.qmd': CHAPTER });
      await page.locator('details.callout > summary').click();
      await page.getByRole('tab', { name: 'Second' }).click();
      await page.evaluate(() => {
        const paragraph = [...document.querySelectorAll('p')].find(one => one.textContent!.startsWith('Paragraph 3 '))!;
        getSelection()!.selectAllChildren(paragraph);
        for (const block of document.querySelectorAll('.reckoner-block'))
          (block as { mark?: boolean } & Element).mark = true;
      });
      preview.write('tanks.qmd', CHAPTER.replace('24000', '36000').replace('Inside.', 'Inside, changed.'));
      await page.locator('.reckoner-value', { hasText: '900' }).waitFor();
      expect(await page.locator('details.callout').getAttribute('open')).not.toBeNull();
      await page.getByText('Inside, changed.').waitFor();
      expect(await page.getByRole('tab', { name: 'Second' }).getAttribute('aria-selected')).toBe('true');
      expect(await page.getByText('Two.').isVisible()).toBe(true);
      expect(await page.evaluate(() => getSelection()!.toString())).toContain('Paragraph 3 of many');
      const fresh = () => [...document.querySelectorAll('.reckoner-block')].filter(one => !('mark' in one)).length;
      expect(await page.evaluate(fresh)).toBe(0);
    });

    test('lights the numbers that have changed, and takes that back', async () => {
      const preview = await open({ 'tanks.qmd': `${CHAPTER}\n\n\`{python} Tank.rate\`\n` });
      await page.evaluate(() => {
        const lit: string[] = [];
        Object.assign(window, { lit });
        new MutationObserver(changes => {
          for (const { target } of changes)
            if ((target as Element).classList.contains('reckoner-changed')) lit.push(target.textContent!);
        }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['class'] });
      });
      preview.write('tanks.qmd', `${CHAPTER.replace('24000', '28000')}\n\n\`{python} Tank.rate\`\n`);
      await page.locator('.reckoner-value.reckoner-changed', { hasText: '700' }).waitFor();
      await page.locator('.reckoner-changed').waitFor({ state: 'detached' });
      expect(await page.evaluate(() => (window as unknown as { lit: string[] }).lit)).toEqual(['700']);
    });

    test('lights without motion where the reader wants none', async () => {
      const preview = await open({ 'tanks.qmd': CHAPTER }, { reducedMotion: 'reduce' });
      preview.write('tanks.qmd', CHAPTER.replace('24000', '28000'));
      const lit = page.locator('.reckoner-value.reckoner-changed');
      await lit.waitFor();
      expect(await lit.evaluate(one => getComputedStyle(one).animationName)).toBe('none');
    });

    test('leaves what the reader sees where it is, whatever comes above', async () => {
      const preview = await open({ 'tanks.qmd': CHAPTER });
      const seen = page.getByText('Paragraph 40 ');
      await seen.evaluate(one => one.scrollIntoView({ block: 'start' }));
      await page.waitForFunction(() => scrollY > 500);
      const before = (await seen.boundingBox())!.y;
      preview.write(
        'tanks.qmd',
        CHAPTER.replace('Paragraph 0 ', `${FILLER.replaceAll('Paragraph', 'Another')}\n\nParagraph 0 `),
      );
      await page.getByText('Another 59 ').waitFor({ state: 'attached' });
      await page.waitForTimeout(100);
      expect((await seen.boundingBox())!.y).toBeCloseTo(before, -1);
    });

    test('greys the values of a cell that cannot be parsed', async () => {
      const preview = await open({ 'tanks.qmd': CHAPTER });
      preview.write('tanks.qmd', CHAPTER.replace('rate = 40', 'rate = = 40'));
      const stale = page.locator('.reckoner-value.reckoner-stale');
      await stale.waitFor();
      expect(await stale.textContent()).toBe('600');
    });
  });

  describe('a card', () => {
    test('opens at a number with Enter, and Escape gives the focus back', async () => {
      await open({ 'tanks.qmd': CHAPTER });
      await value().waitFor();
      await page.keyboard.press('Tab');
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBeTruthy();
      await value().focus();
      await page.keyboard.press('Enter');
      await card().waitFor();
      const text = ((await card().textContent()) ?? '').replaceAll(/\s+/g, ' ');
      expect(text).toContain('Tank.minutes_str = 600');
      expect(text).toContain('Tank.minutes = 600.0 float');
      expect(text).toContain('= \\frac{24{,}000}{40}');
      expect(text).toContain('minutes < 1000 holds: 600 < 1,000');
      expect(await value().getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Escape');
      await card().waitFor({ state: 'detached' });
      expect(await value().evaluate(one => one === document.activeElement)).toBe(true);
    });

    test('opens under the pointer, stays while that is on it, and closes behind it', async () => {
      await open({ 'tanks.qmd': CHAPTER });
      await value().hover();
      await card().waitFor();
      await card().hover();
      await page.waitForTimeout(400);
      expect(await card().count()).toBe(1);
      await page.mouse.move(5, 590);
      await card().waitFor({ state: 'detached' });
    });

    test('shows a footnote, and the section of a cross-reference, without names of their own', async () => {
      await open({ 'tanks.qmd': `${CHAPTER}\n\nSee @sec-end.\n` });
      await page.locator('.footnote-ref a').first().hover();
      await card().waitFor();
      expect(await card().textContent()).toContain('By the pump of');
      await page
        .getByRole('link', { name: /Section/ })
        .last()
        .hover();
      await page.locator('.reckoner-card', { hasText: 'The last words.' }).waitFor();
      expect(await card().locator('[id], [tabindex="0"]').count()).toBe(0);
    });
  });

  test('the card of a citation shows its entry, and no title beside it', async () => {
    await open({
      'tanks.qmd': '---\nbibliography: books.bib\n---\n\nAs @doe says.\n',
      'books.bib': '@book{doe, title={On Tanks}, author={Jane Doe}, year={2020}, publisher={Press}}',
    });
    const link = page.locator('cite a');
    await link.hover();
    await page.locator('.reckoner-card', { hasText: 'On Tanks' }).waitFor();
    expect(await page.locator('cite').getAttribute('title')).toBeNull();
    await page.keyboard.press('Escape');
    expect(await page.locator('cite').getAttribute('title')).toBe('On Tanks');
  });

  test('numbers without marks are text: nothing to tab to, to click or to hover', async () => {
    await open({ 'tanks.qmd': CHAPTER });
    await value().waitFor();
    await page.getByRole('button', { name: 'Mark numbers' }).click();
    expect(await value().getAttribute('role')).toBeNull();
    expect(await value().getAttribute('tabindex')).toBe('-1');
    await value().click();
    await page.waitForTimeout(500);
    expect(await card().count()).toBe(0);
    await page.reload();
    await value().waitFor();
    expect(await value().getAttribute('tabindex')).toBe('-1');
  });

  test('links lead within the page and back', async () => {
    await open({ 'tanks.qmd': CHAPTER.replace('Inside.', 'See @sec-end.').replace(' collapse="true"', '') });
    await page.getByRole('link', { name: 'Section 1' }).first().click();
    await page.waitForFunction(() => scrollY > 500);
    expect(
      await page.getByRole('heading', { name: 'End' }).evaluate(one => one.getBoundingClientRect().top),
    ).toBeLessThan(600);
    await page.goBack();
    await page.waitForFunction(() => scrollY < 200);
  });

  test('cross-references lead to other chapters of the book', async () => {
    await open({
      'tanks.qmd': '# Tanks {#sec-tanks}\n\nSee @sec-flow.\n',
      'pumps.qmd': `# Pumps\n\n${FILLER}\n\n## Flow {#sec-flow}\n\nHere.\n`,
      '_quarto.yml': 'project:\n  type: book\nbook:\n  chapters: [tanks.qmd, pumps.qmd]\n',
    });
    await page.getByRole('link', { name: 'Section 2.1' }).click();
    await page.getByText('Here.').waitFor();
    expect(new URL(page.url()).pathname).toMatch(/\/pumps\.qmd$/);
    await page.waitForFunction(() => scrollY > 500);
  });

  test('a page that loses its server says so', async () => {
    const preview = await open({ 'tanks.qmd': CHAPTER });
    await preview.stop();
    await page.locator('body.reckoner-offline').waitFor();
    misdeeds.all.length = 0;
  });
});
