/** The preview in the workbench: it goes along with the editor unless it is locked, numbers have cards, lines are kept in step. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from './workbench';

const step = (name: string) => console.log(`  ✔ ${name} (preview)`);

export async function checkPreview(workbench: Workbench, workspace: string): Promise<void> {
  const { page, preview } = workbench;
  const line = (number: number) => page.locator('.statusbar-item', { hasText: new RegExp(`Ln ${number},`) });
  const tab = (name: string) => page.locator('.tab', { hasText: name });
  const editor = (name: string) => page.locator(`.tab[data-resource-name="${name}"]`);

  // Files are found by name a while after they came.
  writeFileSync(join(workspace, 'pier.svg'), PICTURE);
  writeFileSync(join(workspace, 'long.qmd'), LONG);
  writeFileSync(join(workspace, 'quay.qmd'), LONG.replaceAll('Words of', 'Stones of'));
  await workbench.open('trip.qmd');
  await workbench.command('Reckoner: Open Preview to the Side');
  const hours = preview.locator('.reckoner-value', { hasText: '6.0' });
  await hours.waitFor();

  await editor('trip.qmd').click();
  await workbench.goToLine(24);
  await preview.locator('.reckoner-at-cursor', { hasText: 'The way of' }).waitFor();
  await workbench.goToLine(30);
  step('what stands at the cursor is marked');

  const card = preview.locator('.reckoner-card');
  // The page may still be scrolling to the cursor, which takes the number away from the pointer.
  for (let tries = 0; tries < 5 && (await card.count()) === 0; tries++) {
    await page.mouse.move(5, 5);
    await hours.hover();
    await card.waitFor({ timeout: 3000 }).catch(() => undefined);
  }
  const formula = card.locator('.reckoner-card-math');
  await formula.filter({ hasText: '\\frac{480}{80}' }).waitFor();
  await formula.filter({ hasText: 'speed' }).first().waitFor();
  await card.getByRole('button', { name: 'Reference in the text' }).click();
  await line(24).waitFor();
  await card.waitFor({ state: 'detached' });
  step('the card of a number shows its formula, and leads to the reference');

  // The editor to which the card has led takes the focus a moment later than it shows the line.
  await until(async () => {
    await hours.focus();
    await page.waitForTimeout(300);
    return hours.evaluate(one => document.hasFocus() && one === document.activeElement);
  }, 'a number has the focus');
  await page.keyboard.press('Enter');
  await card.waitFor();
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  assert.equal(await hours.evaluate(one => one === document.activeElement), true);
  step('a card opens with Enter and closes with Escape');

  await hours.click();
  await line(17).waitFor();
  await hours.click({ modifiers: ['Alt'] });
  await line(24).waitFor();
  await preview
    .locator('p', { hasText: 'Some words' })
    .getByText('scroll')
    .dblclick({ position: { x: 5, y: 8 } });
  await line(32).waitFor();
  step('clicks lead to where a number is made, to its reference, and from a word to its source');

  await workbench.command('Reckoner: Mark or Unmark Numbers in the Preview');
  await preview.locator('body.reckoner-plain').waitFor();
  assert.equal(await hours.getAttribute('tabindex'), '-1');
  await workbench.command('Reckoner: Mark or Unmark Numbers in the Preview');
  await preview.locator('body:not(.reckoner-plain)').waitFor();
  step('numbers read as text where their marks are off');

  await editor('trip.qmd').click();
  await workbench.open('ferry.qmd');
  await tab('Preview ferry.qmd').waitFor();
  await preview.locator('.reckoner-value', { hasText: '60.00' }).waitFor();
  step('the preview goes along with the chapter of the editor');

  await preview.locator('reckoner-diagram svg[aria-label="Flowchart: Harbour, Island"]').waitFor({ state: 'attached' });
  step('diagrams are drawn');

  await workbench.command('Reckoner: Lock or Unlock the Preview');
  await tab('[Preview ferry.qmd]').waitFor();
  await editor('trip.qmd').click();
  await page.locator('.tab.active[data-resource-name="trip.qmd"]').waitFor();
  await page.waitForTimeout(1500);
  await preview.locator('.reckoner-value', { hasText: '60.00' }).waitFor();
  await workbench.command('Reckoner: Lock or Unlock the Preview');
  await tab('Preview ferry.qmd').waitFor();
  step('a preview that is locked stays');

  await workbench.open('capacity-planning.qmd');
  await preview.locator('.reckoner-value').first().waitFor();
  await preview.locator('h2', { hasText: 'Demand' }).waitFor();
  await workbench.goToLine(200);
  const scrolled = () => preview.locator('body').evaluate(() => window.scrollY);
  await until(async () => (await scrolled()) > 300, 'the page follows the editor');
  await preview.locator('a', { hasText: 'Section 1.1' }).first().click();
  await until(async () => (await scrolled()) < 900, 'a link leads within the page');
  await page.keyboard.press('Alt+ArrowLeft');
  // VS Code takes keys of a page that has just got the focus a moment later.
  await until(async () => {
    await page.keyboard.press('Control+F');
    await page.waitForTimeout(500);
    return (await page.locator('.simple-find-part.visible').count()) > 0;
  }, 'the page can be searched');
  await page.keyboard.press('Escape');
  step('editor and page scroll together, and the page can be searched');
  await checkPlace(workbench);
}

/** So many sections with a formula and a picture each that most are laid out, and their pictures loaded, only once they are seen. */
const LONG = Array.from(
  { length: 400 },
  (_, at) =>
    `## Part ${at}\n\n![Pier ${at}](pier.svg?${at})\n\n$$x_{${at}} = \\frac{1}{${at + 1}}$$\n\n${`Words of part ${at}. `.repeat(40)}`,
).join('\n\n');
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300"/></svg>';

/** The page opens at the place of the cursor, and keeps to it. */
async function checkPlace(workbench: Workbench): Promise<void> {
  const { page, preview } = workbench;
  const marked = preview.locator('.reckoner-at-cursor');
  const isInView = () =>
    marked.evaluate(async one => {
      // As it is painted: a picture that has come moves the rest until the page has put it back, in the same frame.
      await new Promise(painted => requestAnimationFrame(() => setTimeout(painted)));
      const { top, bottom } = one.getBoundingClientRect();
      return top >= 0 && top < innerHeight && (bottom <= innerHeight || top < 10);
    });

  for (const title of ['Reckoner: Open Preview to the Side', 'Reckoner: Open Preview']) {
    await workbench.command('View: Close All Editor Groups');
    await workbench.open('long.qmd');
    // The last line of a window, which a narrower editor has no room for.
    await workbench.goToLine(8 * 300 + 7);
    await workbench.command(title);
    await marked.filter({ hasText: 'Words of part 300.' }).waitFor();
    for (let tries = 0; tries < 5; tries++) {
      await page.waitForTimeout(300);
      assert.equal(await isInView(), true, 'what stands at the cursor is in view, while pictures come');
    }
  }
  step('a preview is opened at the cursor');

  // The page that was opened last lies in the group of the editor, which hides it.
  await workbench.open('quay.qmd');
  for (const [name, line, words] of [
    ['quay.qmd', 8 * 200 + 7, 'Stones of part 200.'],
    ['quay.qmd', 8 * 350 + 7, 'Stones of part 350.'],
    ['long.qmd', 8 * 50 + 7, 'Words of part 50.'],
  ] as const) {
    await page.locator(`.tab[data-resource-name="${name}"]`).click();
    await workbench.goToLine(line);
    await page.locator('.tab', { hasText: `Preview ${name}` }).click();
    await marked.filter({ hasText: words }).waitFor();
    await until(isInView, `what stands at the cursor is in view, in ${name}`);
    await page.waitForTimeout(1000);
    assert.equal(await isInView(), true, 'what stands at the cursor stays in view');
  }
  step('a preview that the editor had hidden comes to the front at the cursor');

  await workbench.command('View: Close All Editor Groups');
  await workbench.open('long.qmd');
  await workbench.command('Reckoner: Open Preview to the Side');
  const heading = preview.locator('h2', { hasText: /Part 1$/ });
  await workbench.goToLine(1);
  await workbench.goToLine(13);
  const topOf = () => heading.evaluate(one => one.getBoundingClientRect().top);
  let top = await topOf();
  await until(async () => {
    const before = top;
    await page.waitForTimeout(500);
    top = await topOf();
    return top === before && top > 0 && top < 700;
  }, 'the page stands still');
  await heading.getByText('Part').dblclick();
  await page.locator('.statusbar-item', { hasText: 'Ln 9,' }).waitFor();
  await page.waitForTimeout(1000);
  assert.ok(Math.abs((await topOf()) - top) < 2, 'the page stays where the reader has clicked');
  step('the page stays while the editor goes to what was clicked');
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await holds()) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`Waited in vain until ${what}.`);
}
