/** The pictures of docs/images, taken in the real workbench. */
import { join } from 'node:path';
import type { Workbench } from './workbench';

/** Waits until nothing moves: fonts, hints and the preview are there. */
async function settle({ page }: Workbench): Promise<void> {
  await page.waitForTimeout(900);
}

async function picture(workbench: Workbench, folder: string, name: string): Promise<void> {
  await settle(workbench);
  await workbench.page.mouse.move(5, 5);
  await workbench.page.screenshot({ path: join(folder, `${name}.png`) });
}

export async function takePictures(workbench: Workbench, folder: string): Promise<void> {
  const { page } = workbench;
  await workbench.command('View: Close All Editors');
  const discard = page.getByRole('button', { name: /Don't Save/ });
  if (await discard.isVisible().catch(() => false)) await discard.click();
  await page.keyboard.press('Control+B');
  await workbench.open('capacity-planning.qmd');
  await page.locator('.statusbar-item', { hasText: /\d+ values?/ }).waitFor();
  await workbench.command('Reckoner: Open Preview to the Side');
  await workbench.preview.locator('.reckoner-value').first().waitFor();
  await workbench.goToLine(110);
  await picture(workbench, folder, 'editor-dark');
}
