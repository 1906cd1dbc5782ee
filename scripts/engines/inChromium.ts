import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM, FLAGS } from '../../test/support/browser.js';
import { type Answered, type Asked, linesOf } from './engine.js';

/** No code but that of the page's own files, none made of text, and no text that becomes markup. */
const POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Far more than a slow machine needs. */
const STARTS_WITHIN = 180_000;

const PAGE =
  '<!doctype html><title>clinik-fhir</title><script src="/answers.js"></script><script type="module" src="/page.mjs"></script>';

const SCRIPT = `
  const start = performance.now();
  const library = await import('/clinik-fhir.mjs');
  globalThis.load = performance.now() - start;
  await import('/fhirpath.mjs');
  await import('/tables.mjs');
  globalThis.library = library;
  document.documentElement.id = 'ready';`;

/** The package in a page of Chromium whose policy is as strict as can be. */
export async function inChromium({ questions, times }: Asked): Promise<Answered> {
  const server = createServer(({ url = '' }, response) => {
    const [type, text] = fileOf(url);
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': type, 'content-security-policy': POLICY });
    response.end(text);
  });
  const address = await listening(server);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS, timeout: STARTS_WITHIN });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(STARTS_WITHIN);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => faults.push(message.text()));
    await page.goto(address);
    // It says so by an id: a test in the page would be code made of text.
    await page.waitForSelector('#ready', { state: 'attached' }).catch(() => faults.push('not ready'));
    const answered = await page.evaluate(answerAll, [linesOf(questions), times] as const);
    const others = faults.filter((fault) => !fault.includes('favicon'));
    if (others.length > 0) throw new Error(`Chromium complained: ${others.join('\n')}`);
    return answered;
  } finally {
    await browser.close();
    server.close();
  }
}

/** What the page has of its files. */
declare const library: unknown;
declare const load: number;
declare function answerTo(library: unknown, line: string): string;

function answerAll([lines, times]: readonly [readonly string[], number]): Answered {
  const answers = lines.map((line) => answerTo(library, line));
  const records = lines.slice(-2).map((line) => {
    for (let count = 0; count < times; count += 1) answerTo(library, line);
    const start = performance.now();
    for (let count = 0; count < times; count += 1) answerTo(library, line);
    return (performance.now() - start) / times;
  });
  return { answers, load, records };
}

function fileOf(url: string): readonly [type: string, text: string | undefined] {
  const script = 'text/javascript';
  if (url === '/') return ['text/html', PAGE];
  if (url === '/page.mjs') return [script, SCRIPT];
  if (url === '/answers.js') return [script, readFileSync(join('scripts', 'engines', 'answers.js'), 'utf8')];
  if (/^\/[a-z-]+\.mjs$/.test(url)) return [script, readFileSync(join('dist', 'browser', url.slice(1)), 'utf8')];
  return ['text/plain', undefined];
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
    });
  });
}
