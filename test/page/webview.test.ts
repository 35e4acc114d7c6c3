/** The page as it runs in the editor: what it tells its host, and what it makes of the host's messages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HostMessage, PageMessage } from '../../client/preview/messages';
import { PreviewSession, renderChapter } from '../../server/preview';
import { figureSvg } from '../../server/preview/figures';
import { analyze, cell, figuresOf } from '../support/analysis';
import { browserWith, Misdeeds, NO_BROWSER, titled } from '../support/browser';
import { filesOf } from '../support/files';

const URI = 'file:///book/chapter.qmd';
const ORIGIN = 'http://page.example';
const WORDS = Array.from({ length: 80 }, (_, at) => `Paragraph ${at} with some words.`).join('\n\n');
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400"><rect width="300" height="400"/></svg>';

describe.skipIf(NO_BROWSER !== undefined)(titled('the page in the editor'), () => {
  const suite = browserWith('preview');
  let page: Page;
  let misdeeds: Misdeeds;
  let session: PreviewSession;
  let version = 0;

  beforeEach(async () => {
    session = new PreviewSession(URI);
    page = await suite.browser.newPage({ viewport: { width: 700, height: 500 } });
    page.setDefaultTimeout(10_000);
    misdeeds = new Misdeeds(page, ORIGIN);
    const [script, style] = ['preview.js', 'preview.css'].map(name =>
      readFileSync(join(suite.bundles.folder, name), 'utf8'),
    );
    await page.route(`${ORIGIN}/**`, async route => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') {
        const body = `<!DOCTYPE html><html lang="en"><head><title>Preview</title><link rel="stylesheet" href="/preview.css"></head><body class="reckoner-page" data-uri="${URI}" data-folder="${ORIGIN}/book"><main id="reckoner-chapter"><p class="reckoner-waiting">…</p></main><script src="/preview.js"></script></body></html>`;
        await route.fulfill({ contentType: 'text/html', body });
      } else if (pathname.endsWith('.js')) await route.fulfill({ contentType: 'text/javascript', body: script! });
      else if (pathname.endsWith('.css')) await route.fulfill({ contentType: 'text/css', body: style! });
      else if (pathname.endsWith('.svg')) {
        await new Promise(resolve => setTimeout(resolve, 600));
        await route.fulfill({ contentType: 'image/svg+xml', body: PICTURE });
      } else await route.fulfill({ status: 204 });
    });
    await page.addInitScript(() => {
      const sent: unknown[] = [];
      let state: unknown = JSON.parse(sessionStorage.getItem('state') ?? 'null');
      Object.assign(window, {
        sent,
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => sent.push(message),
          getState: () => state,
          setState: (next: unknown) => {
            state = next;
            sessionStorage.setItem('state', JSON.stringify(next));
          },
        }),
      });
    });
    await page.goto(`${ORIGIN}/`);
    await expectSent({ type: 'ready' });
  });
  afterEach(async () => {
    await page.close();
    expect(misdeeds.all).toEqual([]);
  });
  async function tell(message: HostMessage): Promise<void> {
    await page.evaluate(one => window.postMessage(one, '*'), message);
    await page.waitForTimeout(50);
  }

  const show = (text: string) =>
    tell({ type: 'update', update: session.next(renderChapter(analyze(text)), ++version) });

  const sent = (): Promise<PageMessage[]> => page.evaluate(() => (window as unknown as { sent: PageMessage[] }).sent);

  async function expectSent(message: object): Promise<void> {
    await expect.poll(sent).toContainEqual(expect.objectContaining(message));
  }

  const forget = () => page.evaluate(() => (window as unknown as { sent: unknown[] }).sent.splice(0));

  const topOf = (words: string) =>
    page
      .getByText(words, { exact: false })
      .first()
      .evaluate(one => one.getBoundingClientRect().top);

  test('tells the line at its top once the reader scrolls, and follows the editor', async () => {
    await show(WORDS);
    await tell({ type: 'scroll', line: 80 });
    expect(Math.abs((await topOf('Paragraph 40 ')) - 4)).toBeLessThan(3);
    await page.waitForTimeout(400);
    expect((await sent()).filter(({ type }) => type === 'scrolled')).toEqual([]);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 600);
    await expectSent({ type: 'scrolled' });
    const { line } = (await sent()).findLast(one => one.type === 'scrolled') as { line: number };
    expect(line).toBeGreaterThan(90);
  });

  test('takes a scroll of its own for none of the reader’s, however late the browser tells of it', async () => {
    await show(WORDS);
    await page.evaluate(() =>
      window.addEventListener(
        'message',
        () => {
          // Hears the message after the page, and keeps the browser from telling what came of it.
          const end = performance.now() + 400;
          while (performance.now() < end);
        },
        { once: true },
      ),
    );
    await tell({ type: 'scroll', line: 80 });
    await page.waitForTimeout(300);
    expect((await sent()).filter(({ type }) => type === 'scrolled')).toEqual([]);
  });

  test('tells of a reader who comes back to where the page had scrolled', async () => {
    await show(WORDS);
    await tell({ type: 'scroll', line: 0 });
    await page.waitForTimeout(300);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 900);
    await expectSent({ type: 'scrolled' });
    await forget();
    await page.mouse.wheel(0, -2000);
    await expectSent({ type: 'scrolled', line: 0 });
  });

  test('leaves a chapter where it is until the other one has come, and shows that at its line', async () => {
    const other = 'file:///book/other.qmd';
    await show(WORDS);
    await tell({ type: 'scroll', line: 20 });
    const before = await topOf('Paragraph 10 ');
    await tell({ type: 'chapter', uri: other, folder: `${ORIGIN}/book`, goal: undefined });
    await tell({ type: 'cursor', line: 104, isFollowed: true });
    await tell({ type: 'scroll', line: 100, cursor: 104 });
    expect(await topOf('Paragraph 10 ')).toBe(before);
    session = new PreviewSession(other);
    await show(WORDS.replaceAll('Paragraph', 'Passage'));
    expect(Math.abs((await topOf('Passage 50 ')) - 4)).toBeLessThan(3);
  });

  test('goes to the first of what the editor’s line includes', async () => {
    const files = filesOf({ '_part.qmd': WORDS.replaceAll('Paragraph', 'Included') });
    const analysis = analyze(`${WORDS}\n\n{{< include _part.qmd >}}\n\n${WORDS}`, files);
    await tell({ type: 'update', update: session.next(renderChapter(analysis), ++version) });
    await tell({ type: 'scroll', line: 160 });
    expect(Math.abs((await topOf('Included 0 ')) - 4)).toBeLessThan(3);
  });

  test('keeps to the editor’s line while pictures above come', async () => {
    await show(`![A](a.svg)\n\n![B](b.svg)\n\n${WORDS}`);
    await tell({ type: 'scroll', line: 44 });
    await page.waitForFunction(() => [...document.images].every(one => one.complete && one.naturalHeight > 0));
    await page.waitForTimeout(200);
    expect(Math.abs((await topOf('Paragraph 20 ')) - 4)).toBeLessThan(3);
  });

  test('does not move what a reader sees while pictures above come', async () => {
    await show(`![A](a.svg)\n\n![B](b.svg)\n\n${WORDS}`);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 1500);
    await page.waitForFunction(() => scrollY > 1000);
    const before = await page.evaluate(() => {
      const seen = document.elementFromPoint(100, 200)!;
      Object.assign(window, { seen });
      return seen.getBoundingClientRect().top;
    });
    await page.waitForFunction(() => [...document.images].every(one => one.complete && one.naturalHeight > 0));
    await page.waitForTimeout(200);
    const after = await page.evaluate(() => (window as unknown as { seen: Element }).seen.getBoundingClientRect().top);
    expect(Math.abs(after - before)).toBeLessThan(3);
  });

  test('shows all that an edit has changed, first what is seen', async () => {
    const chapter = (rate: number) =>
      `${cell(`rate = ${rate}`)}\n\n<details><summary>More</summary>\n\nInside \`{python} rate\`.\n\n</details>\n\n${Array.from(
        { length: 900 },
        (_, at) => `Paragraph ${at} with \`{python} rate\` and ${'`{python} rate`, '.repeat(9)}words.`,
      ).join('\n\n')}`;
    await show(chapter(40));
    await page.locator('details').evaluate(one => one.setAttribute('open', ''));
    await tell({ type: 'scroll', line: 900 });
    const before = await topOf('Paragraph 450 ');
    const update = session.next(renderChapter(analyze(chapter(41))), ++version);
    const seen = await page.evaluate(async one => {
      window.dispatchEvent(new MessageEvent('message', { data: { type: 'update', update: one } }));
      return [...document.querySelectorAll('.reckoner-block')]
        .filter(block => block.getBoundingClientRect().bottom > 0 && block.getBoundingClientRect().top < innerHeight)
        .map(block => block.querySelector('.reckoner-value')?.textContent);
    }, update);
    expect(new Set(seen)).toEqual(new Set(['41']));
    const old = () =>
      page.locator('.reckoner-value').evaluateAll(all => all.filter(({ textContent }) => textContent !== '41').length);
    await expect.poll(old, { timeout: 10_000 }).toBe(0);
    expect(await page.locator('details').evaluate(one => one.hasAttribute('open'))).toBe(true);
    expect(Math.abs((await topOf('Paragraph 450 ')) - before)).toBeLessThan(3);
  });

  test('keeps what stands at its top where the text becomes larger', async () => {
    await show(WORDS.repeat(5).replaceAll('some words', 'some words, '.repeat(20)));
    await tell({ type: 'scroll', line: 400 });
    const seen = () =>
      page.evaluate(() => {
        const all = [...document.querySelectorAll('.reckoner-block')];
        return all.findIndex(block => block.getBoundingClientRect().bottom > 8);
      });
    const before = await seen();
    expect(before).toBeGreaterThan(150);
    await page.mouse.move(300, 300);
    await page.keyboard.down('Control');
    for (let at = 0; at < 3; at++) await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await page.waitForFunction(() => Number(document.body.style.getPropertyValue('--zoom')) > 1.3);
    expect(Math.abs((await seen()) - before)).toBeLessThan(2);
  });

  test('has notes in its margin push nothing down', async () => {
    await page.setViewportSize({ width: 1400, height: 800 });
    await show(`One.\n\n::: {.column-margin}\n${'A long note. '.repeat(30)}\n:::\n\nTwo.\n\n## Three\n\nFour.`);
    const [note, four] = await Promise.all(['A long note.', 'Four.'].map(words => page.getByText(words).boundingBox()));
    expect(note!.x).toBeGreaterThan(900);
    expect(note!.height).toBeGreaterThan(200);
    expect(four!.y).toBeLessThan(note!.y + note!.height);
  });

  test('reads tags that mean nothing where they stand alike, in a new block and in one that changes', async () => {
    const html = () => page.locator('.reckoner-block').innerHTML();
    await show('Words <tr><td>in no table.\n');
    const first = await html();
    await show('Words in no table.\n');
    await show('Words <tr><td>in no table.\n');
    expect(await html()).toBe(first);
  });

  test('keeps the mark of a picture that is missing, until another one is named', async () => {
    const missing = page.locator('img.reckoner-missing');
    await show('One ![A pump](pump.png) pump.\n');
    await missing.waitFor();
    await show('Two ![A pump](pump.png) pumps.\n');
    await page.getByText('pumps.').waitFor();
    expect(await missing.count()).toBe(1);
    await show('Two ![A pump](pump.svg) pumps.\n');
    await expect.poll(() => missing.count()).toBe(0);
  });

  test('keeps the last values of a cell that raises, greyed', async () => {
    const chapter = (rate: string) =>
      `${cell(`rate = ${rate}\ntotal_str = str(rate)`)}\n\nThe total is \`{python} total_str\`, not \`{python} nothing\`.`;
    const values = () => page.locator('.reckoner-value').allTextContents();
    await show(chapter('40'));
    expect(await values()).toEqual(['40', 'nothing']);
    await show(chapter('40 / 0'));
    await show(chapter('41 / 0'));
    expect(await values()).toEqual(['40', 'nothing']);
    const last = page.locator('.reckoner-value.reckoner-last');
    expect(await last.getAttribute('aria-label')).toMatch(/^Fault in total_str: .*; it was 40$/);
    await show(chapter('42'));
    expect(await values()).toEqual(['42', 'nothing']);
    expect(await last.count()).toBe(0);
  });

  test('keeps them while the cell that raised is evaluated anew', async () => {
    const chapter = (rate: string) => `${cell(`rate = ${rate}`)}\n\nIt is \`{python} rate\`.`;
    const values = () => page.locator('.reckoner-value').allTextContents();
    await show(chapter('40'));
    await show(chapter('40 / 0'));
    const { blocks, ...rest } = renderChapter(analyze(chapter('40 / 0')));
    const awaited = blocks.map(block => ({
      ...block,
      key: `${block.key}-awaited`,
      html: block.html.replace('reckoner-fault reckoner-blamed', 'reckoner-stale reckoner-awaited'),
    }));
    await tell({ type: 'update', update: session.next({ ...rest, blocks: awaited }, ++version) });
    expect(await page.locator('.reckoner-awaited').count()).toBe(1);
    expect(await values()).toEqual(['40']);
    await show(chapter('41 / 0'));
    expect(await values()).toEqual(['40']);
  });

  test('keeps their marks as well', async () => {
    const chapter = (rate: string) =>
      `${cell(`from IPython.display import Markdown\nrate = ${rate}\nbold = Markdown(f"**{rate}**")`)}\n\nIt is \`{python} bold\`.`;
    const html = () => page.locator('.reckoner-value').innerHTML();
    await show(chapter('40'));
    expect(await html()).toBe('<strong>40</strong>');
    await show(chapter('40 / 0'));
    expect(await html()).toBe('<strong>40</strong>');
    expect(await page.locator('.reckoner-last').getAttribute('aria-label')).toMatch(/; it was 40$/);
  });

  test('keeps them, and what is open, in a callout before which the fault comes', async () => {
    const chapter = (rate: string) =>
      `${cell(`#| echo: false\nrate = ${rate}`)}\n\n::: {.callout-note collapse="true" title="More"}\nThe rate \`{python} rate\`.\n:::`;
    const callout = page.locator('details.callout');
    await show(chapter('40'));
    await callout.locator('summary').click();
    expect(await callout.getAttribute('open')).not.toBeNull();
    await show(chapter('40 / 0'));
    expect(await page.locator('.reckoner-block').count()).toBe(2);
    expect(await page.locator('.reckoner-last').allTextContents()).toEqual(['40']);
    expect(await callout.getAttribute('open')).not.toBeNull();
    await show(chapter('41'));
    expect(await page.locator('.reckoner-block').count()).toBe(1);
    expect(await callout.getAttribute('open')).not.toBeNull();
    expect(await page.locator('.reckoner-value').allTextContents()).toEqual(['41']);
  });

  test('keeps them over a reload, while the cell still raises', async () => {
    const chapter = (rate: string) =>
      `${cell(`rate = ${rate}`)}\n\nFirst \`{python} rate\`.\n\n${cell('rate = rate / 2')}\n\nThen \`{python} rate\`.`;
    const values = () => page.locator('.reckoner-value').allTextContents();
    const enter = () => tell({ type: 'chapter', uri: URI, folder: `${ORIGIN}/book`, goal: undefined });
    await enter();
    await show(chapter('40'));
    await show(chapter('40 / 0'));
    expect(await values()).toEqual(['40', '20.0']);
    for (const rate of ['40 / 0', '41 / 0']) {
      await page.reload();
      session.reset();
      await enter();
      await show(chapter('40 / 0'));
      expect(await values()).toEqual(['40', '20.0']);
      await show(chapter(rate));
      expect(await values()).toEqual(['40', '20.0']);
    }
    await show(chapter('42'));
    expect(await values()).toEqual(['42', '21.0']);
    await page.reload();
    session.reset();
    await enter();
    await show(chapter('42 / 0'));
    expect(await values()).toEqual(['rate', 'rate']);
  });

  test('keeps those of each place, where one name has several', async () => {
    const chapter = (rate: string) =>
      `${cell(`rate = ${rate}`)}\n\nAt first \`{python} rate\`.\n\n${cell('rate = rate / 2')}\n\nThen \`{python} rate\`.`;
    const values = () => page.locator('.reckoner-value').allTextContents();
    await show(chapter('40'));
    expect(await values()).toEqual(['40', '20.0']);
    await show(chapter('40 / 0'));
    expect(await values()).toEqual(['40', '20.0']);
    expect(await page.locator('.reckoner-value.reckoner-last').count()).toBe(2);
  });

  test('tells the values at the points of a figure, by the pointer and by keys', async () => {
    const code =
      "import matplotlib.pyplot as plt\nplt.plot(['a', 'b', 'c'], [1, 5, 25], label='Cost')\nplt.plot(['a', 'b', 'c'], [2, 4, 6], label='Gain')\nplt.ylabel('USD')";
    const analysis = analyze(cell(code));
    const svg = figureSvg(figuresOf(analysis, analysis.cells[0]!)[0])!;
    const update = session.next(renderChapter(analysis, { figure: () => svg }), ++version);
    await tell({ type: 'update', update });
    const figure = page.locator('.reckoner-figure');
    const tip = page.locator('.reckoner-tip');
    expect(await tip.isVisible()).toBe(false);
    await figure.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await tip.textContent()).toBe('Cost: x b, USD 5');
    await page.keyboard.press('ArrowDown');
    expect(await tip.textContent()).toBe('Gain: x b, USD 4');
    const mark = (await page.locator('.reckoner-point').boundingBox())!;
    await page.keyboard.press('Escape');
    expect(await tip.isVisible()).toBe(false);
    await page.mouse.move(mark.x + mark.width / 2 + 3, mark.y + mark.height / 2);
    expect(await tip.textContent()).toBe('Gain: x b, USD 4');
    await page.mouse.move(2, 2);
    expect(await tip.isVisible()).toBe(false);
    expect(await page.locator('.reckoner-point').count()).toBe(0);
  });

  test('says in a card what a reference to another chapter is', async () => {
    const label = () => ({
      href: 'two.qmd#c-fig-two',
      text: 'Figure 2.1',
      caption: 'Cost *per* token',
      chapter: 'Two',
    });
    const update = session.next(renderChapter(analyze('See @fig-two.'), { label }), ++version);
    await tell({ type: 'update', update });
    await page.getByText('Figure 2.1').hover();
    const card = page.locator('.reckoner-card');
    await card.waitFor();
    expect(await card.locator('p').allTextContents()).toEqual(['Figure 2.1', 'Cost per token', 'In: Two']);
  });

  test('asks for no card of a number that an edit took while the pointer was on it', async () => {
    await show(`${cell('x = 2')}\n\nOne.\n\nTwo.\n\nIt is \`{python} x\`.\n`);
    await page.locator('.reckoner-value').hover();
    await show('One.\n');
    // Longer than a card waits.
    await page.waitForTimeout(800);
    expect((await sent()).filter(({ type }) => type === 'card')).toEqual([]);
  });

  test('shows what stands at the cursor of the editor, and keeps it in view while pictures above come', async () => {
    const pictures = Array.from({ length: 4 }, (_, at) => `![Pier](pier${at}.svg)`).join('\n\n');
    await show(`${pictures}\n\n${WORDS}`);
    const isInView = async (words: string) => (await topOf(words)) >= 0 && (await topOf(words)) < 480;
    await tell({ type: 'scroll', line: 1, cursor: 48 });
    expect(await isInView('Paragraph 20 ')).toBe(true);
    await page.waitForTimeout(900);
    expect(await page.evaluate(() => document.images[3]!.getBoundingClientRect().height)).toBeGreaterThan(300);
    expect(await isInView('Paragraph 20 ')).toBe(true);
    await tell({ type: 'cursor', line: 128, isFollowed: false });
    expect(await isInView('Paragraph 60 ')).toBe(false);
    await tell({ type: 'cursor', line: 128, isFollowed: true });
    expect(await isInView('Paragraph 60 ')).toBe(true);
    const before = await topOf('Paragraph 60 ');
    await tell({ type: 'cursor', line: 126, isFollowed: true });
    expect(await topOf('Paragraph 60 ')).toBe(before);
  });

  test('wraps what a number would be where the pane is narrow', async () => {
    await page.setViewportSize({ width: 320, height: 500 });
    await show(`${cell('ports = "Bergen"')}\nThe ferry calls at \`{python} ports\` on its way.\n`);
    const start = { line: 4, character: 0 };
    const text = 'Stavanger and Haugesund, and on Sundays Kristiansandanddownthecoast'.repeat(2);
    await tell({ type: 'tried', numbers: [{ start, end: { line: 4, character: 99 }, text }] });
    await page.locator('[data-tried]').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await page.locator('[data-tried]').evaluate(one => one.getClientRects().length)).toBeGreaterThan(0);
  });

  test('marks what stands at the cursor, in a callout as well, over updates', async () => {
    const text = 'One\n\n::: {.callout-note title="T"}\nTwo\n\nThree\n:::\n\nFour\n';
    await show(text);
    const marked = () => page.locator('.reckoner-at-cursor').allTextContents();
    await tell({ type: 'cursor', line: 0, isFollowed: false });
    expect(await marked()).toEqual(['One']);
    await tell({ type: 'cursor', line: 5, isFollowed: false });
    expect(await marked()).toEqual(['Three']);
    await show(text.replace('Three', 'Three, changed'));
    expect(await marked()).toEqual(['Three, changed']);
    await tell({ type: 'cursor', line: 7, isFollowed: false });
    expect(await marked()).toEqual([]);
  });

  test('asks for all anew where it lacks what an update builds upon', async () => {
    await show('One\n\nTwo');
    await forget();
    session.next(renderChapter(analyze('One\n\nLost')), ++version);
    await show('One\n\nTwo\n\nThree');
    await expectSent({ type: 'ready' });
    session.reset();
    await show('One\n\nTwo\n\nThree');
    expect(await page.locator('main p').allTextContents()).toEqual(['One', 'Two', 'Three']);
  });

  test('goes back and forth through links, over chapters', async () => {
    await show(
      `# One {#sec-one}\n\nSee @sec-two and [other](other.qmd#c-sec-x).\n\n${WORDS}\n\n## Two {#sec-two}\n\nHere.\n`,
    );
    await page.getByRole('link', { name: 'Section 1' }).click();
    await page.waitForFunction(() => scrollY > 500);
    await page.keyboard.press('Alt+ArrowLeft');
    await page.waitForFunction(() => scrollY < 100);
    await page.keyboard.press('Alt+ArrowRight');
    await page.waitForFunction(() => scrollY > 500);
    await tell({ type: 'travel', way: 'back' });
    await page.getByRole('link', { name: 'other' }).click();
    await expectSent({ type: 'open', href: 'other.qmd#c-sec-x' });
    const other = 'file:///book/other.qmd';
    await tell({ type: 'chapter', uri: other, folder: `${ORIGIN}/book`, goal: { label: 'c-sec-x' } });
    session = new PreviewSession(other);
    await show(`# Other\n\n${WORDS}\n\n## X {#sec-x}\n\nThere.\n`);
    await page.waitForFunction(() => scrollY > 500);
    expect(await page.getByText('Here.', { exact: true }).count()).toBe(0);
    await tell({ type: 'travel', way: 'back' });
    await expectSent({ type: 'visit', uri: URI, line: 0 });
  });

  test('tells where clicks lead', async () => {
    await show(`${cell('x = 2')}\n\nIt is \`{python} x\` and more words, and words.\n`);
    const number = page.locator('.reckoner-value');
    await number.click();
    await expectSent({ type: 'definition', line: 5, character: 16 });
    await number.click({ modifiers: ['Alt'] });
    await expectSent({ type: 'reference', line: 5, character: 16 });
    await page.evaluate(() => {
      const text = [...document.querySelectorAll('p')].at(-1)!.lastChild!;
      const range = document.createRange();
      range.setStart(text, text.textContent!.lastIndexOf('words'));
      range.setEnd(text, text.textContent!.lastIndexOf('words') + 5);
      const selection = getSelection()!;
      selection.removeAllRanges();
      selection.addRange(range);
      text.parentElement!.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    });
    await expectSent({ type: 'reveal', line: 5, word: 'words', nth: 1 });
  });

  test('keeps its place, zoom and way over a reload, for its own chapter alone', async () => {
    await show(WORDS);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 1500);
    await page.waitForFunction(() => scrollY > 1000);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await page.waitForTimeout(300);
    const zoom = () => page.evaluate(() => document.body.style.getPropertyValue('--zoom'));
    expect(await zoom()).toBe('1.1');
    const enter = (uri: string) => tell({ type: 'chapter', uri, folder: `${ORIGIN}/book`, goal: undefined });
    await page.reload();
    session.reset();
    await enter(URI);
    await show(WORDS);
    await page.waitForFunction(() => scrollY > 1000);
    expect(await zoom()).toBe('1.1');
    await page.reload();
    session.reset();
    await enter('file:///book/other.qmd');
    await show(WORDS);
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  test('a long page is laid out where it is seen, and lines still lead to their places', async () => {
    await show(Array.from({ length: 2000 }, (_, at) => `Paragraph ${at}. ${'Words. '.repeat(at % 40)}`).join('\n\n'));
    await tell({ type: 'scroll', line: 3000 });
    await page.waitForTimeout(300);
    expect(Math.abs((await topOf('Paragraph 1500.')) - 4)).toBeLessThan(3);
    const skipped = await page.evaluate(
      () =>
        !document
          .querySelector('main')!
          .children[10]!.firstElementChild!.checkVisibility({ contentVisibilityAuto: true }),
    );
    expect(skipped).toBe(true);
  });
});
