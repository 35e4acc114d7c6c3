/** The what-if panel in the workbench: sliders by key, typed values, what follows, scenarios, and the one edit that keeps it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { placeOf } from './pictures';
import type { Workbench } from './workbench';

export interface WhatIfRun {
  readonly workspace: string;
  /** Where pictures go, if they are taken. */
  readonly pictures: string | undefined;
  /** `dark` or `light`, for their names. */
  readonly theme: string;
}

export async function checkWhatIf(workbench: Workbench, { workspace, pictures, theme }: WhatIfRun): Promise<void> {
  const { page, panel, preview } = workbench;
  const chapter = readFileSync(join(workspace, 'capacity-planning.qmd'), 'utf8');
  const step = (name: string) => console.log(`  ✔ ${name}`);
  /** In the theme in which the documents show it. */
  const picture = async (name: string, wanted: string) => {
    await page.waitForTimeout(1200);
    if (pictures !== undefined && wanted === theme)
      await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
  };
  const marked = preview.locator('.reckoner-value[data-tried]');
  const changed = (locator: Locator) => locator.filter({ hasText: '→' });

  await workbench.open('capacity-planning.qmd');
  await workbench.counted.waitFor();
  await workbench.command('Reckoner: Open Preview to the Side');
  await preview.locator('.reckoner-value').first().waitFor();
  await page.locator('.tab[data-resource-name="capacity-planning.qmd"]').click();
  await workbench.goToLine(placeOf(chapter, 'peak_factor = 3.2')[0], 10);
  await workbench.command('Reckoner: Ask What If…');
  const slider = panel.getByRole('slider', { name: /ReaderDemand\.peak_factor/ });
  await slider.waitFor();
  await panel
    .getByRole('button', { name: /Try .* breaks/ })
    .first()
    .waitFor();
  step('the assumption at the cursor gets a slider, and the values at which guards fail');

  await slider.focus();
  const box = panel.getByRole('textbox', { name: /ReaderDemand\.peak_factor/ });
  const before = Number(await box.inputValue());
  for (let at = 0; at < 10; at++) await page.keyboard.press('ArrowRight');
  await marked.first().waitFor();
  assert.ok(Number(await box.inputValue()) > before, 'the slider goes up by keys');
  await changed(panel.locator('.number')).first().waitFor();
  step('keys scrub it, and the preview shows the new numbers');

  await box.fill('4.5');
  await panel
    .getByText(/guard .* breaks/)
    .first()
    .waitFor();
  await panel.locator('.outcome section', { hasText: 'Guards' }).locator('.bad').first().waitFor();
  step('a typed value breaks a guard');
  const line = page.locator('.monaco-editor .view-line', { hasText: '→' });
  await workbench.goToLine(placeOf(chapter, '`{python} peak_rps_str`')[0]);
  await line.first().waitFor();
  step('hints tell old and new numbers where the lines are wrapped');
  const [at] = placeOf(chapter, '`{python} peak_rps_str`');
  await workbench.goToLine(at - 16);
  await workbench.goToLine(at + 8);
  await picture('whatif', 'dark');

  await panel.locator('.number .change').first().click();
  const [first] = await page.locator('.statusbar-item', { hasText: /Ln \d+/ }).allTextContents();
  assert.match(first ?? '', /Ln \d+/);
  step('a changed number is a link');

  const naming = page.locator('.quick-input-widget input[type="text"]');
  for (const [value, name] of [
    ['4.5', 'Busy evening'],
    ['2.5', 'Calm evening'],
  ] as const) {
    await box.fill(value);
    await panel.getByText('numbers', { exact: false }).first().waitFor();
    await panel.getByRole('button', { name: /as a scenario/ }).click();
    await naming.fill(name);
    await page.keyboard.press('Enter');
    await panel.locator('summary', { hasText: 'Scenarios' }).waitFor();
  }
  await panel.locator('summary', { hasText: 'Scenarios (2)' }).click();
  await panel.locator('.comparison td.other').first().waitFor();
  await panel.locator('.comparison td.same', { hasText: 'holds' }).first().waitFor();
  await panel.locator('.comparison').scrollIntoViewIfNeeded();
  await picture('scenarios', 'light');
  await panel.locator('.comparison th .link', { hasText: 'Busy evening' }).click();
  await page.waitForTimeout(500);
  assert.equal(await box.inputValue(), '4.5');
  step('scenarios are compared side by side, and tried again');

  // From the card of a number in the preview.
  const number = preview.locator('.reckoner-value', { hasText: '39' }).first();
  await number.scrollIntoViewIfNeeded();
  await number.focus();
  await number.press('Enter');
  const card = preview.locator('.reckoner-card');
  await card.locator('.reckoner-card-math .katex').first().waitFor();
  await picture('card', 'dark');
  await card.getByRole('button', { name: 'What if…' }).click();
  const picks = page.locator('.quick-input-widget .monaco-list-row');
  await picks.filter({ hasText: 'ReaderDemand.readers' }).first().waitFor();
  await picks.filter({ hasText: '1 % more makes it' }).first().waitFor();
  await picks.filter({ hasText: 'ReaderDemand.readers' }).first().click();
  await panel.getByRole('slider', { name: /ReaderDemand\.readers/ }).waitFor();
  await panel.getByRole('button', { name: 'Give up ReaderDemand.readers' }).click();
  step('the card of a number sets its formula, and leads to the assumptions behind it');

  const assumption = page.locator('.view-line', { hasText: 'peak_factor' });
  await panel.getByRole('button', { name: /into the chapter/ }).click();
  await page.locator('.tab[data-resource-name="capacity-planning.qmd"]').click();
  await workbench.goToLine(placeOf(chapter, 'peak_factor = 3.2')[0]);
  await assumption.filter({ hasText: '4.5' }).first().waitFor();
  await marked.first().waitFor({ state: 'detached' });
  await page.locator('.tab[data-resource-name="capacity-planning.qmd"]').click();
  await page.keyboard.press('Control+Z');
  await assumption.filter({ hasText: '3.2' }).first().waitFor();
  step('kept, it is one edit that can be undone');
}
