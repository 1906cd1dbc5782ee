import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { damaged, type Random } from './damage.js';

/** An export of which damaged copies are made. */
export const EXPORT = join('fixtures', 'ehr-export');

const originals = new Map(readdirSync(EXPORT).map((name) => [name, readFileSync(join(EXPORT, name))]));

/** Writes a copy. In a group of several, its records have ids of their own, and its files that came whole are left out. */
export function store(folder: string, random: Random, prefix: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of originals) {
    const isWhole = random(2) === 0;
    if (isWhole && prefix !== '') continue;
    const its = Buffer.from(bytes.toString().replaceAll('"id":"', `"id":"${prefix}`));
    const copy = isWhole ? { bytes, isGzip: false } : damaged(its, random);
    writeFileSync(join(folder, copy.isGzip ? `${name}.gz` : name), copy.bytes);
  }
}
