/**
 * A book with a package of its own in the workbench: from a sentence to the line of YAML that it ends in, that line edited while the
 * preview is open, a part that is included, and a reference to another chapter.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from './pictures';
import type { Workbench } from './workbench';

interface BookRun {
  /** The folder of the book. */
  readonly book: string;
  /** Where pictures go that are taken on the way. */
  readonly pictures: string | undefined;
}

export async function checkBook(workbench: Workbench, { book, pictures }: BookRun): Promise<void> {
  const { page, preview } = workbench;
  const step = (name: string) => console.log(`  ✔ ${name}`);
  const picture = async (name: string) => {
    if (pictures === undefined) return;
    await page.waitForTimeout(1200);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  const chapter = readFileSync(join(book, 'chapters', 'pumps.qmd'), 'utf8');
  const value = (text: string) => preview.locator('.reckoner-value', { hasText: text }).first();

  await page.keyboard.press('Control+B');
  await workbench.open('pumps.qmd');
  await workbench.counted.waitFor();
  await workbench.command('Reckoner: Open Preview to the Side');
  await value('310 lps').waitFor();
  assert.match((await preview.locator('body').textContent()) ?? '', /A reserve of 15 % is kept/);
  step('a part that the chapter includes is on its page, with its values');

  await page.locator('.tab[data-resource-name="pumps.qmd"]').click();
  const [line, column] = placeOf(chapter, 'Flow.peak_str`');
  await workbench.goToLine(line, column + 8);
  await workbench.command('Show or Focus Hover');
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'pump.peak_flow = 310 lps' }).first();
  await hover.waitFor();
  await picture('book-hover-dark');
  await hover.locator('li a').first().click();
  await page.locator('.tab.active[data-resource-name="mainline.yaml"]').waitFor();
  await page.locator('.statusbar-item', { hasText: /Ln 6/ }).waitFor();
  step('a hover over a sentence leads to the line of the data file');

  await workbench.goToLine(6, 12);
  await page.keyboard.press('Shift+End');
  await page.keyboard.type('295 lps', { delay: 20 });
  await value('295 lps').waitFor();
  await picture('book-data-dark');
  step('what is typed there shows in the preview, before it is saved');

  await workbench.command('File: Revert File');
  await value('310 lps').waitFor();
  step('and is gone from it when the file is as it was on disk');

  await page.locator('.tab[data-resource-name="pumps.qmd"]').click();
  await workbench.goToLine(chapter.split('\n').length);
  await page.keyboard.type('What they cost is told in @sec-costs.', { delay: 10 });
  await page.keyboard.press('Escape');
  await preview.locator('a', { hasText: 'Chapter 3' }).first().waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await workbench.command('Show or Focus Hover');
  await page.locator('.monaco-hover:not(.hidden)', { hasText: 'Chapter 3' }).first().waitFor();
  await picture('book-reference-dark');
  step('a reference to another chapter has its number');
}
