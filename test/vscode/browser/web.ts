/**
 * The extension in a browser: VS Code runs it in its worker host, where there are no processes and no disk. Packages beside
 * a chapter come through the editor's file system.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from './pictures';
import type { Workbench } from './workbench';

/** The settings with which a workbench runs the extension in the browser. */
export const IN_BROWSER = { 'remote.extensionKind': { 'reckoner.reckoner': ['web'] } };

export async function checkInBrowser(workbench: Workbench, images: string | undefined): Promise<void> {
  const { page, preview } = workbench;
  const step = (name: string) => console.log(`  ✔ ${name} (in the browser)`);

  await workbench.open('ferry.qmd');
  await page.locator('.statusbar-item', { hasText: /1 of 2 values/ }).waitFor();
  await page.locator('.view-line', { hasText: '60.00' }).first().waitFor();
  step('values stand behind references, and come from a package beside the chapter and its data');

  await page.locator('.squiggly-error').first().waitFor();
  step('faults are underlined');

  await page.locator('.view-line span', { hasText: 'family_str' }).last().hover();
  await page
    .locator('.monaco-hover:not(.hidden)', { hasText: /family = .*60\.0/s })
    .first()
    .waitFor();
  step('a hover explains a value');
  await page.mouse.move(5, 5);

  await workbench.command('Reckoner: Open Preview to the Side');
  await preview.locator('.reckoner-value', { hasText: '60.00' }).waitFor();
  step('the preview shows values');

  await page.locator('.tab[data-resource-name="ferry.qmd"]').click();
  await workbench.open('tariff.py');
  await workbench.goToLine(5, 7);
  await page.keyboard.type('1');
  await preview.locator('.reckoner-value', { hasText: '160.00' }).waitFor();
  step('what is typed in a package shows in the preview at once');

  await page.keyboard.press('Control+S');
  await page.locator('.tab.dirty[data-resource-name="tariff.py"]').waitFor({ state: 'detached' });
  await page.locator('.tab[data-resource-name="tariff.py"] .codicon-close').click();
  await page.locator('.tab[data-resource-name="tariff.py"]').waitFor({ state: 'detached' });
  await workbench.goToLine(11, 17);
  await page.keyboard.type('1');
  await preview.locator('.reckoner-value', { hasText: '437.50' }).waitFor();
  step('and is read from its file once it is saved');

  await workbench.open('prices.json');
  await workbench.goToLine(1, 17);
  await page.keyboard.type('0');
  await preview.locator('.reckoner-value', { hasText: '3020.50' }).waitFor();
  await page.keyboard.press('Backspace');
  await preview.locator('.reckoner-value', { hasText: '437.50' }).waitFor();
  step('what is typed in a data file shows in the preview as well');

  await page.locator('.tab[data-resource-name="ferry.qmd"]').click();
  await workbench.goToLine(10);
  await page.keyboard.type('while True: pass');
  await preview.locator('.reckoner-value', { hasText: '437.50' }).waitFor({ state: 'detached', timeout: 60_000 });
  await page.locator('.statusbar-item', { hasText: /0 of 2 values/ }).waitFor({ timeout: 60_000 });
  await page.keyboard.press('Home');
  await page.keyboard.type('#');
  await preview.locator('.reckoner-value', { hasText: '437.50' }).waitFor();
  step('a cell without end is stopped');

  await checkSample(workbench, images);
  step('the sample chapter is shown, with formulas and figures');

  await workbench.command('Developer: Show Running Extensions');
  const own = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'reckoner.reckoner' });
  await own.waitFor();
  assert.match((await own.textContent()) ?? '', /web worker/);
  step('all that in a worker of the browser');
}

async function checkSample(workbench: Workbench, images: string | undefined): Promise<void> {
  const { page, preview } = workbench;
  await workbench.command('View: Close All Editors');
  await page.keyboard.press('Control+B');
  await workbench.open('capacity-planning.qmd');
  const counted = workbench.counted;
  await counted.waitFor();
  assert.doesNotMatch((await counted.textContent()) ?? '', /\d+ of \d+/, 'each reference has a value');
  await workbench.command('Reckoner: Open Preview to the Side');
  await preview.locator('.reckoner-value').first().waitFor();
  await preview.locator('.katex').first().waitFor({ state: 'attached' });
  await preview.locator('svg.reckoner-figure').first().waitFor({ state: 'attached' });
  if (images === undefined) return;
  mkdirSync(images, { recursive: true });
  await page.locator('.tab[data-resource-name="capacity-planning.qmd"]').first().click();
  const [line] = placeOf(
    readFileSync(join(images, '../../examples/capacity-planning.qmd'), 'utf8'),
    'thousand active readers',
  );
  await workbench.goToLine(line - 16);
  await workbench.goToLine(line + 8);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(images, 'browser-dark.png') });
}
