/** A browser for tests of pages: the system's Chromium, without network beyond this machine. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { BROWSER_FLAGS, findBrowser } from '../../scripts/vscode-host.mjs';
import { type Bundles, bundle } from './bundles';

/** Why there are no tests in a browser here; undefined where there are. */
export const NO_BROWSER: string | undefined =
  findBrowser() === undefined ? 'no Chromium was found; set CHROMIUM to its path' : undefined;

/** The title of a group of tests, with the reason why it is skipped. */
export function titled(title: string): string {
  return NO_BROWSER === undefined ? title : `${title} (skipped: ${NO_BROWSER})`;
}

function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser()!, args: BROWSER_FLAGS });
}

/** A browser and bundles for the tests of the group that asks; they are there before its own hooks run, and go after them. */
export function browserWith(...names: string[]): { readonly bundles: Bundles; readonly browser: Browser } {
  let bundles: Bundles | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    bundles = await bundle(...names);
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    bundles?.remove();
  });
  return {
    get bundles() {
      return bundles!;
    },
    get browser() {
      return browser!;
    },
  };
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
