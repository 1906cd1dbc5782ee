import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Chromium as Debian has it, or where CHROMIUM says. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why a test that needs a browser does not run here. */
export const noBrowser = existsSync(CHROMIUM) ? false : 'no Chromium is installed, nor named by CHROMIUM';

/** What keeps it from asking anybody for anything. */
export const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** Runs something with an empty page of Chromium, which asks nobody for anything. */
export async function withPage<T>(run: (page: Page) => Promise<T>): Promise<T> {
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage({ offline: true });
    await page.addScriptTag({ path: join('scripts', 'narratives', 'page.js') });
    return await run(page);
  } finally {
    await browser.close();
  }
}

/** A file that is open in Chromium, and what it asked for and complained of since. */
export interface Opened {
  readonly page: Page;
  /** The addresses that it asked for, besides its own. */
  readonly asked: readonly string[];
  /** What stands in the console, errors too. */
  readonly said: readonly string[];
}

/** Opens a file from the disk, as a double click does, and runs something with it. */
export async function withFile<T>(path: string, run: (opened: Opened) => Promise<T>): Promise<T> {
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage({ offline: true, viewport: { width: 1280, height: 900 } });
    const address = pathToFileURL(path).href;
    const [asked, said]: [string[], string[]] = [[], []];
    page.on('request', (request) => {
      if (request.url() !== address) asked.push(request.url());
    });
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(address);
    return await run({ page, asked, said });
  } finally {
    await browser.close();
  }
}

/** What scripts/narratives/page.js has in the page. */
declare function plainly(divs: readonly string[], syntax: string): string[];

/** The `innerText` of divs as Chromium has it, parsed as XHTML or, as most applications show a narrative, set as HTML. */
export function innerTexts(page: Page, divs: readonly string[], as: 'xhtml' | 'html'): Promise<string[]> {
  return page.evaluate(([all, syntax]) => plainly(all, syntax), [divs, as] as const);
}
