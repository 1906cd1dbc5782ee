import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Chromium as Debian has it, or where CHROMIUM says. */
const PATH = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why a test that needs a browser does not run here. */
export const noBrowser = existsSync(PATH) ? false : 'no Chromium is installed, nor named by CHROMIUM';

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** Runs something with an empty page of Chromium, which asks nobody for anything. */
export async function withPage<T>(run: (page: Page) => Promise<T>): Promise<T> {
  const browser: Browser = await chromium.launch({ executablePath: PATH, args: FLAGS });
  try {
    const page = await browser.newPage({ offline: true });
    await page.addScriptTag({ path: join('scripts', 'narratives', 'page.js') });
    return await run(page);
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
