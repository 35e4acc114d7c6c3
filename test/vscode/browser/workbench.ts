/**
 * A run in the workbench, as an author sees it: squiggles, hover, hints, the fence fix, the preview following the
 * keyboard. With `screenshots` it also takes the pictures of docs/images.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { checkBook } from './book';
import { checkEditing } from './editing';
import { checkFailures } from './failures';
import { type Host, hostModule } from './host';
import { takeDarkPictures, takeLightPictures, takeSourcePictures } from './pictures';
import { checkPreview } from './preview';
import { checkInBrowser, IN_BROWSER } from './web';
import { checkWhatIf } from './whatIf';

export interface RunOptions {
  readonly root: string;
  readonly workspace: string;
  /** A book with a package of its own, for a workspace. */
  readonly book: string;
  readonly screenshots: boolean;
  /** Only what an author sees when the server ends. */
  readonly failures: boolean;
  /** Only the extension in a browser. */
  readonly web: boolean;
  /** Only completion and rename. */
  readonly editing: boolean;
  /** Only what-if. */
  readonly whatIf: boolean;
  /** Only the preview. */
  readonly preview: boolean;
  /** Only the book. */
  readonly ofBook: boolean;
}

/** An open workbench and what the steps do in it. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(name: string): Promise<void> {
    const { page } = this;
    await this.#quickly('Control+P', name, () => this.#pick(name));
    await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await page.locator('.monaco-editor .view-line').first().waitFor();
  }

  async command(title: string): Promise<void> {
    await this.#quickly('F1', `>${title}`, () => this.#pick(title));
    await this.#quickInput.waitFor({ state: 'hidden' });
  }

  /** Puts the cursor there. */
  async goToLine(line: number, column = 1): Promise<void> {
    const { page } = this;
    const place = page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` });
    await this.#quickly('Control+G', `:${line}:${column}`, async () => {
      await page.keyboard.press('Enter');
      await this.#quickInput.waitFor({ state: 'hidden' });
      await place.waitFor({ timeout: 3000 });
    });
  }

  get #quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Takes the row of the open box that shows this text. */
  async #pick(text: string): Promise<void> {
    await this.#quickInput.locator('.monaco-list-row', { hasText: text }).first().waitFor({ timeout: 10_000 });
    await this.page.keyboard.press('Enter');
  }

  /** Opens the quick input with a key, and types. The box closes when something else takes the focus meanwhile; then it is opened again. */
  async #quickly(key: string, text: string, then: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.page.keyboard.press(key);
        await this.#quickInput.locator('input[type="text"]').fill(text, { timeout: 3000 });
        await then();
        return;
      } catch (error) {
        if (tries === 4) throw error;
      }
    }
  }

  /** The number of values in the status bar, once no cell is being evaluated. */
  get counted(): Locator {
    const { page } = this;
    return page.locator('.statusbar-item', { hasText: /\d+ values?/, hasNot: page.locator('.codicon-loading') });
  }

  /** The page inside the preview's two nested frames. */
  get preview(): FrameLocator {
    return this.#inside('iframe.webview:not([src*="purpose=webviewView"])');
  }

  /** The page of the what-if panel. */
  get panel(): FrameLocator {
    return this.#inside('iframe.webview[src*="purpose=webviewView"]');
  }

  #inside(frame: string): FrameLocator {
    return this.page.frameLocator(frame).frameLocator('iframe#active-frame');
  }
}

async function check(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.open('trip.qmd');
  const step = (name: string) => console.log(`  ✔ ${name}`);

  await page.locator('.squiggly-error').first().waitFor();
  step('faults are underlined');

  await page.locator('.view-line', { hasText: '480' }).first().waitFor();
  step('values stand behind references');

  await workbench.counted.waitFor();
  step('the status bar counts values');

  await page.locator('.view-line span', { hasText: 'hours_str' }).last().hover();
  await page
    .locator('.monaco-hover:not(.hidden)', { hasText: /hours_str/ })
    .first()
    .waitFor();
  step('a hover explains a value');

  await workbench.command('Reckoner: Open Preview to the Side');
  const { preview } = workbench;
  const value = preview.locator('.reckoner-value', { hasText: '6.0' });
  await value.waitFor();
  await preview.locator('.reckoner-value.reckoner-fault').first().waitFor();
  step('the preview shows values and faults at their places');

  const drawing = preview.locator('svg.reckoner-drawing');
  await drawing.locator('use').first().waitFor({ state: 'attached' });
  const { height, filter } = await drawing.evaluate(svg => ({
    height: svg.querySelector('use')!.getBoundingClientRect().height,
    filter: getComputedStyle(svg).filter,
  }));
  assert.ok(height > 5, 'text of a drawing has a height');
  assert.match(filter, /invert/, 'a drawing is turned for a dark theme');
  step('a TikZ block is drawn');

  await preview.locator('details.callout > summary').click();
  assert.equal(await preview.locator('details.callout[open]').count(), 1);

  // 480 km become 4800 km, by one key.
  await page.locator('.tab[data-resource-name="trip.qmd"]').click();
  await workbench.goToLine(12, 22);
  await page.keyboard.type('0');
  await preview.locator('.reckoner-value', { hasText: '60.0' }).waitFor();
  assert.equal(await preview.locator('details.callout[open]').count(), 1, 'an open callout stays open');
  step('typing changes the number in the preview and leaves the rest alone');

  await preview.locator('.reckoner-value', { hasText: '60.0' }).click();
  await page.locator('.cursors-layer .cursor').first().waitFor();
  await page.locator('.statusbar-item', { hasText: /Ln 17/ }).waitFor();
  step('a click on a number goes to where it is made');

  await page.locator('.tab[data-resource-name="trip.qmd"]').click();
  await workbench.goToLine(44, 1);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row.focused', { hasText: /fence/ }).waitFor();
  await page.keyboard.press('Enter');
  await preview.locator('.reckoner-value', { hasText: '288' }).waitFor();
  step('the fix opens the cell that lost its fence, and its value appears');
  await checkTyping(workbench);
}

/** Typing in a chapter of its own: Enter ends a line, and names are offered where they may stand. */
async function checkTyping(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const step = (name: string) => console.log(`  ✔ ${name}`);
  const list = page.locator('.suggest-widget.visible');
  await workbench.open('typing.qmd');
  await workbench.counted.waitFor();

  await workbench.goToLine(10);
  for (const line of ['Days go by', '', '```{python}', 'd = {1: 2}', 'total = 3 ']) {
    await page.keyboard.type(line, { delay: 40 });
    // A list that opens too late must be met as well.
    await page.waitForTimeout(400);
    assert.equal(await list.count(), 0, `no list opens behind ${line}`);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.type('```');
  await page.keyboard.press('Enter');
  const shown = await page.locator('.view-line').allTextContents();
  const text = shown.join('\n').replaceAll('\u00a0', ' ');
  for (const line of ['Days go by', '```{python}', 'd = {1: 2}'])
    assert.ok(text.includes(line), `${line} is in ${text}`);
  step('Enter ends a line and puts no name in');

  await page.keyboard.press('Enter');
  await page.keyboard.type('It takes `{python} day', { delay: 40 });
  await list.locator('.monaco-list-row', { hasText: 'days_str' }).first().waitFor();
  await page.keyboard.press('Tab');
  await page.locator('.view-line', { hasText: 'It takes `{python} days_str' }).nth(1).waitFor();
  step('a reference is completed');
}

/** Opens a workbench of its own in a theme, and does something in it. */
async function within(
  options: RunOptions,
  theme: string,
  act: (workbench: Workbench, host: Host) => Promise<void>,
  settings: object = {},
): Promise<void> {
  const { BROWSER_FLAGS, ensureSystem, startHost } = await hostModule(options.root);
  const executablePath = ensureSystem();
  const host: Host = await startHost({ settings: { 'workbench.colorTheme': theme, ...settings } });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
    const page = await browser.newPage({ viewport: { width: 1380, height: 820 } });
    page.setDefaultTimeout(30_000);
    await openWorkbench(page, host, options);
    try {
      await act(new Workbench(page), host);
    } catch (error) {
      await page.screenshot({ path: join(options.root, '.tsbuild', 'workbench-failure.png') });
      throw error;
    }
  } finally {
    await browser?.close();
    host.stop();
  }
}

export async function run(options: RunOptions): Promise<void> {
  const images = join(options.root, 'docs', 'images');
  const pictures = options.screenshots ? images : undefined;
  const { workspace, book } = options;
  const checkOfBook = () =>
    within({ ...options, workspace: book }, 'Default Dark Modern', one => checkBook(one, { book, pictures }));
  if (options.ofBook) return checkOfBook();
  if (options.whatIf || (!options.failures && !options.web && !options.editing && !options.preview))
    await within(options, 'Default Dark Modern', one => checkWhatIf(one, { workspace, pictures, theme: 'dark' }));
  if (options.whatIf) {
    if (options.screenshots)
      await within(options, 'Default Light Modern', one => checkWhatIf(one, { workspace, pictures, theme: 'light' }));
    return;
  }
  const checkOfPreview = () => within(options, 'Default Dark Modern', one => checkPreview(one, workspace));
  if (options.preview) return checkOfPreview();
  if (!options.failures && !options.web)
    await within(options, 'Default Dark Modern', workbench => checkEditing(workbench, pictures));
  if (options.editing) return;
  if (!options.failures)
    await within(options, 'Default Dark Modern', workbench => checkInBrowser(workbench, pictures), IN_BROWSER);
  if (options.web) return;
  if (!options.failures) {
    await within(options, 'Default Dark Modern', check);
    await checkOfPreview();
    await checkOfBook();
  }
  // Processes are found in /proc.
  if (process.platform === 'linux')
    await within(options, 'Default Dark Modern', (workbench, host) => checkFailures(workbench, options.root, host.pid));
  if (!options.screenshots) return;
  mkdirSync(images, { recursive: true });
  const chapter = readFileSync(join(options.workspace, 'capacity-planning.qmd'), 'utf8');
  await within(options, 'Default Dark Modern', workbench => takeDarkPictures(workbench, images, chapter));
  await within(options, 'Default Dark Modern', workbench => takeSourcePictures(workbench, images, chapter));
  await within(options, 'Default Light Modern', workbench => takeLightPictures(workbench, images, chapter));
}

async function openWorkbench(page: Page, host: Host, { root, workspace }: RunOptions): Promise<void> {
  const authority = `127.0.0.1:${host.port}`;
  const payload = JSON.stringify([['extensionDevelopmentPath', `vscode-remote://${authority}${root}`]]);
  await page.goto(`http://${authority}/?${new URLSearchParams({ folder: workspace, payload })}`);
  await page.locator('.monaco-workbench .part.editor').waitFor();
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
}
