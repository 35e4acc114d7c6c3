/** The pictures of docs/images, taken in the real workbench. */
import { join } from 'node:path';
import type { Workbench } from './workbench';

async function picture(workbench: Workbench, folder: string, name: string): Promise<void> {
  const { page } = workbench;
  // Hints, fonts and formulas come a moment after the text.
  await page.waitForTimeout(1200);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Line and column of the first place of a text in the example, both from 1. */
export function placeOf(chapter: string, text: string): [number, number] {
  const at = chapter.indexOf(text);
  const before = chapter.slice(0, at).split('\n');
  return [before.length, before.at(-1)!.length + 1];
}

/** Opens the example with its preview beside it. */
async function openExample(workbench: Workbench): Promise<void> {
  await workbench.page.keyboard.press('Control+B');
  await workbench.open('capacity-planning.qmd');
  await workbench.counted.waitFor();
  await workbench.command('Reckoner: Open Preview to the Side');
  await workbench.preview.locator('.reckoner-value').first().waitFor();
  await workbench.page.locator('.tab[data-resource-name="capacity-planning.qmd"]').click();
}

/** Editor and preview, a hover, the findings with a fix. */
export async function takeDarkPictures(workbench: Workbench, folder: string, chapter: string): Promise<void> {
  const { page } = workbench;
  await openExample(workbench);
  const [line] = placeOf(chapter, 'thousand active readers');
  await workbench.goToLine(line - 16);
  await workbench.goToLine(line + 8);
  await picture(workbench, folder, 'editor-dark');

  await page.locator('.view-line span', { hasText: 'requests_m_str' }).last().hover();
  await page.locator('.monaco-hover:not(.hidden)').first().waitFor();
  await picture(workbench, folder, 'hover-dark');
  await page.mouse.move(5, 5);
  await page.keyboard.press('Escape');

  await workbench.open('faults.qmd');
  await page.locator('.squiggly-error').first().waitFor();
  await workbench.command('Reckoner: Show Findings');
  await page.locator('.markers-panel .monaco-list-row').first().waitFor();
  await page.locator('.tab[data-resource-name="faults.qmd"]').click();
  await workbench.goToLine(88, 3);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row').first().waitFor();
  await picture(workbench, folder, 'findings-dark');
}

/** Where a number comes from. */
export async function takeSourcePictures(workbench: Workbench, folder: string, chapter: string): Promise<void> {
  const { page } = workbench;
  await openExample(workbench);
  const [line, column] = placeOf(chapter, '`{python} peak_rps_str`');
  await workbench.goToLine(line, column + 12);
  await page.keyboard.press('Control+B');
  await workbench.command('Reckoner: Show Where This Number Comes From');
  await page.locator('.pane-body .monaco-list-row', { hasText: 'readers = 420,000' }).waitFor();
  await picture(workbench, folder, 'provenance-dark');
}

/** Editor and preview again, and a figure. */
export async function takeLightPictures(workbench: Workbench, folder: string, chapter: string): Promise<void> {
  await openExample(workbench);
  const [line] = placeOf(chapter, 'thousand active readers');
  await workbench.goToLine(line - 16);
  await workbench.goToLine(line + 8);
  await picture(workbench, folder, 'editor-light');
  await workbench.goToLine(placeOf(chapter, '#| label: fig-capacity-growth')[0]);
  const figure = workbench.preview.locator('svg.reckoner-figure').last();
  if ((await figure.count()) > 0) await figure.scrollIntoViewIfNeeded();
  await picture(workbench, folder, 'figure-light');
}
