import { existsSync } from 'node:fs';
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
    return await run(await browser.newPage({ offline: true }));
  } finally {
    await browser.close();
  }
}

/** The `innerText` of divs as Chromium has it, parsed as XHTML or, as most applications show a narrative, set as HTML. */
export function innerTexts(page: Page, divs: readonly string[], as: 'xhtml' | 'html'): Promise<string[]> {
  return page.evaluate(
    ([all, syntax]) => {
      const parser = new DOMParser();
      return all.map((div) => {
        if (syntax === 'html') document.body.innerHTML = div;
        else {
          const { documentElement } = parser.parseFromString(div, 'application/xhtml+xml');
          document.body.replaceChildren(document.importNode(documentElement, true));
        }
        const shown = document.body.firstElementChild;
        return shown instanceof HTMLElement ? shown.innerText : '';
      });
    },
    [divs, as] as const,
  );
}
