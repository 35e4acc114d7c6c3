/** A browser for tests of pages: the system's Chromium, without network beyond this machine. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { BROWSER_FLAGS, findBrowser } from '../../scripts/vscode-host.mjs';

/** Why there are no tests in a browser here; undefined where there are. */
export const NO_BROWSER: string | undefined =
  findBrowser() === undefined ? 'no Chromium was found; set CHROMIUM to its path' : undefined;

/** The title of a group of tests, with the reason why it is skipped. */
export function titled(title: string): string {
  return NO_BROWSER === undefined ? title : `${title} (skipped: ${NO_BROWSER})`;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser()!, args: BROWSER_FLAGS });
}

/** Everything that a page did which no page of ours may do: requests to elsewhere, dialogs, errors, blocked content. */
export class Misdeeds {
  readonly all: string[] = [];

  /** Follows a page, which may ask for addresses that begin with `own`. */
  constructor(page: Page, own: string) {
    page.on('request', request => {
      if (!request.url().startsWith(own) && !request.url().startsWith('data:')) this.all.push(`asks ${request.url()}`);
    });
    page.on('dialog', dialog => {
      this.all.push(`opens a dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => undefined);
    });
    page.on('pageerror', error => this.all.push(`fails: ${error.message}`));
    page.on('popup', popup => this.all.push(`opens ${popup.url()}`));
    page.on('console', message => {
      if (message.type() === 'error') this.all.push(`tells: ${message.text()}`);
    });
  }
}
