/** Editing in the workbench: completion with values, units, labels, whole cells; rename with a preview of its edits. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Workbench } from './workbench';

/** With a folder it takes pictures on the way. */
export async function checkEditing(workbench: Workbench, pictures: string | undefined): Promise<void> {
  const { page } = workbench;
  const step = (name: string) => console.log(`  ✔ ${name}`);
  const list = page.locator('.suggest-widget.visible');
  const row = (text: string) => list.locator('.monaco-list-row', { hasText: text }).first();
  const picture = async (name: string) => {
    await page.waitForTimeout(1000);
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  await page.keyboard.press('Control+B');
  await workbench.open('capacity-planning.qmd');
  await workbench.counted.waitFor();
  const line = await lineOf(workbench, '## Throughput');

  await workbench.goToLine(line + 1);
  await page.keyboard.press('Enter');
  const rest = ' GB of the memory.';
  await page.keyboard.type(`The weights alone take ${rest}`);
  for (const _ of rest) await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('`{python} ', { delay: 30 });
  await row('weights_gb_str').waitFor();
  assert.match((await row('weights_gb_str').textContent()) ?? '', /\d+ GB of/);
  await picture('completion-dark');
  step('a row has the value, and the sentence as it will read');
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Delete');

  await page.keyboard.type('See @', { delay: 30 });
  await row('fig-capacity-batch').waitFor();
  step('labels are offered behind @');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Delete');

  await workbench.command('Reckoner: Insert Cell');
  await page.locator('.view-line', { hasText: 'class Throughput' }).first().waitFor();
  await page.locator('.view-line', { hasText: 'Exports: value_str' }).first().waitFor();
  step('a cell is put in, named after its section');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Z');

  const [at, column] = await placeOf(workbench, 'weights_gb_str =');
  await workbench.goToLine(at, column + 2);
  await page.keyboard.press('F2');
  const input = page.locator('.rename-box input');
  await input.waitFor();
  await input.fill('weights_str');
  await page.keyboard.press('Control+Enter');
  await page.locator('.refactor-preview, .bulk-edit-panel').first().waitFor();
  await picture('rename-dark');
  step('a rename shows its edits before it makes them');
}

/** The line of a text, from 1, found with the editor's own search. */
async function lineOf(workbench: Workbench, text: string): Promise<number> {
  return (await placeOf(workbench, text))[0];
}

async function placeOf(workbench: Workbench, text: string): Promise<[number, number]> {
  const { page } = workbench;
  await workbench.goToLine(1);
  await page.keyboard.press('Control+F');
  const input = page.locator('.find-widget textarea').first();
  await input.fill(text);
  await page.locator('.find-widget .matchesCount', { hasText: /of [1-9]/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  // The status bar comes to it a little later.
  const told = await page.locator('.statusbar-item', { hasText: `(${text.length} selected)` }).textContent();
  const [, line, column] = /Ln (\d+), Col (\d+)/.exec(told ?? '')!;
  return [Number(line), Number(column) - text.length];
}
