/**
 * What an author sees when the server ends or does not answer: it comes back by itself; once it is given up, status bar,
 * Problems and preview say that values are old; and a chapter that ended it twice is opened without running its cells.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from './workbench';

/** The process of the language server that this workbench started; Linux only. */
class ServerUnderTest {
  readonly #script: string;
  readonly #host: number;

  constructor(root: string, host: number) {
    this.#script = join(root, 'dist', 'server.js');
    this.#host = host;
  }

  /** The id of the server's process, as soon as there is one other than `old`. */
  async pid(old?: number): Promise<number> {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
      const found = readdirSync('/proc')
        .map(Number)
        .find(pid => pid > 0 && pid !== old && this.#isOurs(pid));
      if (found !== undefined) return found;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error('Waited in vain for a server.');
  }

  #isOurs(pid: number): boolean {
    if (!(read(`/proc/${pid}/cmdline`) ?? '').split('\0').includes(this.#script)) return false;
    for (let at = pid; at > 1; at = parentOf(at)) if (at === this.#host) return true;
    return false;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // the process has ended
  }
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0);
}

export async function checkFailures(workbench: Workbench, root: string, host: number): Promise<void> {
  const { page, preview } = workbench;
  const pictures = join(root, '.tsbuild', 'failures');
  mkdirSync(pictures, { recursive: true });
  const picture = async (name: string) => {
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  const step = (name: string) => console.log(`  ✔ ${name}`);
  const server = new ServerUnderTest(root, host);
  const status = (text: string | RegExp) => page.locator('.statusbar-item', { hasText: text });
  const banner = preview.locator('#reckoner-notice');
  let digit = 0;
  /** Waits until the server has nothing to do: one that ends over its work on a chapter is counted against the chapter. */
  const idle = async () => {
    await workbench.counted.waitFor();
    await page.waitForTimeout(1500);
  };
  /** Changes a number and sees what follows from it: only a server that works shows that. */
  const wellAgain = async () => {
    digit = (digit + 1) % 10;
    await page.locator('.tab[data-resource-name="trip.qmd"]').click();
    await workbench.goToLine(12);
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type(String(digit));
    await preview.locator('.reckoner-value', { hasText: `48${digit}` }).waitFor();
    await banner.waitFor({ state: 'detached' });
    await idle();
  };

  await workbench.open('trip.qmd');
  await status(/\d+ values/).waitFor();
  await workbench.command('Reckoner: Open Preview to the Side');
  await preview.locator('.reckoner-value', { hasText: '6.0' }).waitFor();
  await page.locator('.tab[data-resource-name="trip.qmd"]').click();
  await idle();

  const first = await server.pid();
  process.kill(first, 'SIGKILL');
  const second = await server.pid(first);
  await wellAgain();
  step('a server that was killed comes back, with its values');

  const stopped = Date.now();
  process.kill(second, 'SIGSTOP');
  const third = await server.pid(second);
  const seconds = (Date.now() - stopped) / 1000;
  await wellAgain();
  assert.ok(seconds > 9, `a server that may only be busy was ended after ${seconds} s`);
  step(`a server that does not answer is replaced (after ${seconds.toFixed(0)} s)`);

  process.kill(third, 'SIGKILL');
  await status('Values are old').waitFor();
  await banner.filter({ hasText: 'ended three times' }).waitFor();
  await workbench.command('Reckoner: Show Findings');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'The values are old' }).waitFor();
  await picture('down');
  step('after the third end status bar, Problems and preview say that values are old');

  await banner.locator('button', { hasText: 'Start Again' }).click();
  await wellAgain();
  await page
    .locator('.markers-panel .monaco-list-row', { hasText: 'The values are old' })
    .waitFor({ state: 'detached' });
  step('the button starts the server, and all is well again');

  // The server ends while it has a change of the chapter to work on.
  await page.locator('.tab[data-resource-name="trip.qmd"]').click();
  let present = await server.pid();
  for (let times = 0; times < 2; times++) {
    process.kill(present, 'SIGSTOP');
    await workbench.goToLine(3);
    await page.keyboard.press('End');
    await page.keyboard.type(' ');
    await page.waitForTimeout(1000);
    process.kill(present, 'SIGKILL');
    present = await server.pid(present);
    if (times === 0) await wellAgain();
  }
  await status('Cells not run').waitFor();
  await banner.filter({ hasText: 'not run' }).waitFor();
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'are not run' }).waitFor();
  await picture('held');
  step('a chapter that ended the server twice is opened without running its cells, and says so');

  await banner.locator('button', { hasText: 'Run the Cells' }).click();
  await wellAgain();
  step('its cells run again when the author wants it');
}
