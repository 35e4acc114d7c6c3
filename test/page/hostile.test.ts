/**
 * Chapters that are made to run something, to ask somebody, to leave their page or to take its place: in a browser nothing of it
 * happens. Each is a file of `test/fixtures/hostile`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserWith, Misdeeds, NO_BROWSER, titled } from '../support/browser';
import { ServedPreview } from '../support/servedPreview';

const FIXTURES = join(__dirname, '../fixtures/hostile');
const END = '\n\n# The end\n\nLast words.\n';

/** A name that cannot be one of the fixtures everywhere. */
const HOSTILE_NAME = `<img src=x onerror=window.pwned=1>'&"`;

/** The chapters by their names. */
const CHAPTERS: Readonly<Record<string, string>> = Object.fromEntries([
  ...readdirSync(FIXTURES)
    .filter(name => name.endsWith('.qmd'))
    .map(name => [name.replace('.qmd', ''), readFileSync(join(FIXTURES, name), 'utf8')] as const),
  ...(process.platform === 'win32' ? [] : [[HOSTILE_NAME, 'A chapter with such a name.'] as const]),
]);

/** Files as a project: the chapters, each with an end by which it is seen that all of it is shown, and what they name. */
function projectIn(folder: string): void {
  cpSync(join(FIXTURES, 'files'), join(folder, 'files'), { recursive: true });
  writeFileSync(join(folder, '_quarto.yml'), 'project:\n  type: default\n');
  for (const [name, text] of Object.entries(CHAPTERS)) writeFileSync(join(folder, `${name}.qmd`), text + END);
}

/** Points and clicks at all that there is. */
async function provoke(page: Page): Promise<void> {
  await page.getByText('Last words').first().waitFor();
  await page.evaluate(() => {
    const kinds = ['mouseover', 'pointerover', 'pointerenter', 'focus', 'focusin', 'click', 'toggle', 'load', 'error'];
    for (const one of document.querySelectorAll<HTMLElement>('main *, main')) {
      // Links may lead elsewhere; what they may not lead to is seen by their addresses.
      const isLink = one.closest('a[href]:not([href^="#"])') !== null;
      for (const kind of kinds)
        if (!(kind === 'click' && isLink)) one.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
    }
  });
  await page.waitForTimeout(300);
}

/** What a page may not have, whatever stands in its chapter. */
function findingsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if ((window as { pwned?: number }).pwned !== undefined) found.push('ran');
    const roots: ParentNode[] = [document.body];
    for (const root of roots)
      for (const one of root.querySelectorAll('*')) {
        if (one.shadowRoot !== null) roots.push(one.shadowRoot);
        for (const { name, value } of one.attributes) {
          const plain = value.replace(/[\s\u0000-\u001f]/g, '').toLowerCase();
          if (name.startsWith('on')) found.push(`handler ${name}`);
          const isAddress = /^(?:(?:xlink:)?href|src|action|formaction|data|ping|poster|background|srcset)$/.test(name);
          const isPicture = one.localName === 'img' && plain.startsWith('data:image/');
          if (isAddress && /^(?:javascript|command|vscode|vbscript|data|blob|filesystem|file):/.test(plain))
            if (!isPicture) found.push(`address ${value.slice(0, 60)}`);
          if (name === 'style' && /url\(|image-set|expression|position|@import/.test(plain))
            found.push(`style ${value}`);
          if (name === 'ping' || (name === 'target' && one.closest('main') !== null)) found.push(`${name} ${value}`);
        }
      }
    const banned =
      'script, style, iframe, frame, object, embed, applet, form, base, meta, link, foreignObject, portal, template, animate, set, [autofocus], [autoplay], [popover]';
    for (const one of document.querySelectorAll(`main :is(${banned})`)) found.push(`element ${one.localName}`);
    const { length } = document.querySelectorAll('#reckoner-chapter');
    if (length !== 1) found.push(`${length} chapters`);
    const end = [...document.querySelectorAll('main p')].find(one => one.textContent === 'Last words.');
    end?.scrollIntoView();
    const box = end?.getBoundingClientRect();
    const at = box && document.elementFromPoint(box.left + 10, box.top + box.height / 2);
    if (at !== end) found.push(`${at?.outerHTML.slice(0, 80)} in place of the last words`);
    return found;
  });
}

describe.skipIf(NO_BROWSER !== undefined)(titled('a hostile chapter'), () => {
  const suite = browserWith('cli', 'evaluation', 'typesetter', 'preview', 'diagrams');
  const folder = mkdtempSync(join(tmpdir(), 'reckoner-hostile-'));
  let served: ServedPreview;
  let status: number | null;

  beforeAll(async () => {
    projectIn(folder);
    served = new ServedPreview(suite.bundles, { 'index.qmd': 'Hello.' });
    projectIn(served.folder);
    ({ status } = spawnSync(
      process.execPath,
      [suite.bundles.path('cli'), 'render', folder, '-o', join(folder, 'site')],
      {
        env: { ...process.env, RECKONER_CACHE: join(folder, '.cache') },
      },
    ));
  }, 120_000);
  afterAll(async () => {
    await served?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is rendered', () => expect(status).toBe(0));

  describe.each(Object.keys(CHAPTERS))('%s', name => {
    async function expectHarmless(address: string, own: string, isFine: (misdeed: string) => boolean): Promise<void> {
      const page = await suite.browser.newPage();
      page.setDefaultTimeout(15_000);
      try {
        const misdeeds = new Misdeeds(page, own);
        await page.goto(address);
        await provoke(page);
        expect(await findingsOf(page)).toEqual([]);
        expect(misdeeds.all.filter(one => !isFine(one))).toEqual([]);
        expect(page.url().replace(/#.*/, '')).toBe(address);
      } finally {
        await page.close();
      }
    }

    test('runs and asks nothing in the preview', async () => {
      const address = await served.address;
      const own = new URL(address).origin;
      // Pictures that are not there are asked for.
      await expectHarmless(new URL(`${encodeURIComponent(name)}.qmd`, address).href, own, one => one.includes('404'));
    });

    test('runs and asks nothing as a rendered page', async () => {
      const address = pathToFileURL(join(folder, 'site', `${name}.html`)).href;
      await expectHarmless(address, address, () => false);
    });
  });

  test('is not read by another site, which can neither frame it nor fetch it', async () => {
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
    }
  });
});
