// One table of all that is measured, with the figures of the last release beside it: npm run bench [-- PART …] [--long] [--write]
// A figure that is worse by more than is allowed, twice, ends with 1.
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { askedOf, orUsage } from './arguments.js';
import { allowed, better, partOf, readBaseline, regressed, withParts, writeBaseline } from './baseline.js';
import { PARTS } from './parts.js';
import type { Measured } from './row.js';
import { figure, page, table, withFigures } from './table.js';

const PAGE = 'docs/performance.md';

const names = PARTS.map(({ name }) => name);
const asked = orUsage(() => askedOf(process.argv.slice(2), names));
const release = readBaseline();
const before = release?.rows ?? [];

const rows: Measured[] = [];
for (const part of PARTS.filter(({ name }) => asked.parts.includes(name))) {
  process.stderr.write(`${part.name} …\n`);
  let measured = part.measure(asked);
  // What else the machine did may have been measured.
  if (!asked.write && regressed(measured, before).length > 0) {
    process.stderr.write(`${part.name} again …\n`);
    measured = better(measured, part.measure(asked));
  }
  rows.push(...measured);
}
console.log(table(PARTS, rows, release));

if (asked.write) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [cpu] = cpus();
  const machine = `${cpus().length} cores (${cpu?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${platform()} ${arch()}`;
  const made = { version, machine, node: process.versions.node, rows: withParts(before, rows, names) };
  writeBaseline(made);
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), page(PARTS, made)));
} else {
  const worse = regressed(rows, before);
  for (const row of worse) {
    const then = before.find(({ id }) => id === row.id);
    const was = then !== undefined && 'value' in then ? figure(then.value) : '';
    console.log(`worse by over ${allowed(row) * 100}%: ${partOf(row)}, ${row.name}: ${figure(row.value)}, was ${was}`);
  }
  if (worse.length > 0) process.exitCode = 1;
}
