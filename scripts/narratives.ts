// npm run narratives -- FOLDER …: compares the text that is read of every narrative in JSON and NDJSON files with what Chromium
// shows of it, and counts the differences by kind. It ends with 1 where words stand in another cell or line than they are seen in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { globSync } from 'tinyglobby';
import { readDiv } from '../src/fhir/narrative/shown.js';
import { isObject } from '../src/lens/json.js';
import { noBrowser, withPage } from '../test/support/browser.js';

declare const KINDS: readonly string[];
declare function seen(div: string, kinds: readonly string[]): string;

/** All divs below a value, wherever they stand. */
function collect(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into);
  else if (isObject(value)) {
    for (const [key, below] of Object.entries(value)) {
      if (key === 'div' && typeof below === 'string') into.add(below);
      else collect(below, into);
    }
  }
}

function divsOf(folders: readonly string[]): string[] {
  const found = new Set<string>();
  for (const file of globSync(folders.map((folder) => `${folder}/**/*.{json,ndjson}`)).sort()) {
    const text = readFileSync(file, 'utf8');
    for (const part of file.endsWith('.ndjson') ? text.split('\n') : [text]) {
      const value = parsed(part);
      collect(value, found);
    }
  }
  return [...found];
}

/** What is no JSON has no narratives; some files of others are broken on purpose. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lines with something on them, white space folded within cells; empty cells at the end of a line are not seen. */
function folded(text: string): string {
  const lines = text.split('\n').map((line) =>
    line
      .split('\t')
      .map((cell) => cell.replace(/\s+/g, ' ').trim())
      .join('\t')
      .replace(/\t+$/, ''),
  );
  return lines.filter((line) => line !== '').join('\n');
}

/** A row that goes on behind a table in one of its cells keeps its column; what is seen does not tell columns. */
const withoutColumns = (text: string): string => text.replace(/^\t+/gm, '');

/** Narratives that are compared at a time. */
const BATCH = 50;

/** Larger ones take a browser minutes; they are of the same kinds. */
const MOST = 20_000;

/** How many that differ otherwise are printed. */
const SHOWN = 40;

interface Counts {
  readonly kinds: Map<string, number>;
  same: number;
  explained: number;
  readonly others: { readonly div: string; readonly all: string }[];
}

async function compare(page: Page, divs: readonly string[]): Promise<Counts> {
  const counts: Counts = { kinds: new Map(), same: 0, explained: 0, others: [] };
  const kinds = await page.evaluate(() => KINDS);
  const shown = async (all: readonly string[], explicit: readonly string[]): Promise<string[]> => {
    const found = await page.evaluate(([of, chosen]) => of.map((div) => seen(div, chosen)), [all, explicit] as const);
    return found.map(folded);
  };
  for (let at = 0; at < divs.length; at += BATCH) {
    const batch = divs.slice(at, at + BATCH);
    const plain = await shown(batch, []);
    const different = batch.filter((div, index) => folded(readDiv(div).text) !== plain[index]);
    counts.same += batch.length - different.length;
    const explicit = await shown(different, kinds);
    const explained: { readonly div: string; readonly fold: (text: string) => string }[] = [];
    for (const [index, div] of different.entries()) {
      const read = folded(readDiv(div).text);
      const all = explicit[index] ?? '';
      const columns = all !== read;
      const fold = columns ? withoutColumns : (text: string) => text;
      if (fold(all) !== fold(read)) {
        counts.others.push({ div, all });
        continue;
      }
      explained.push({ div, fold });
      if (columns) count(counts.kinds, 'column behind a table in a cell');
    }
    counts.explained += explained.length;
    for (const kind of kinds) {
      const others = kinds.filter((one) => one !== kind);
      const without = await shown(
        explained.map(({ div }) => div),
        others,
      );
      for (const [index, { div, fold }] of explained.entries())
        if (fold(without[index] ?? '') !== fold(folded(readDiv(div).text))) count(counts.kinds, kind);
    }
  }
  return counts;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const folders = process.argv.slice(2);
if (noBrowser !== false) throw new Error(noBrowser);
const all = divsOf([join('node_modules', 'hl7.fhir.r4.examples'), ...folders]);
const divs = all.filter((div) => div.length <= MOST);
const { kinds, same, explained, others } = await withPage((page) => compare(page, divs));
console.log(`${all.length - divs.length} narratives of more than ${MOST} characters are left out.`);
console.log(
  `${divs.length} narratives: ${same} read as they are shown, ${explained} differ by kind, ${others.length} otherwise`,
);
for (const [kind, number] of [...kinds].sort((a, b) => b[1] - a[1]))
  console.log(`${String(number).padStart(6)}  ${kind}`);
for (const { div, all } of others.slice(0, SHOWN))
  console.log(`\n${div}\n--- is read as\n${readDiv(div).text}\n--- is seen as\n${all}`);
if (others.length > 0) process.exitCode = 1;
