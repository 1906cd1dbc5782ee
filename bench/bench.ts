// One table of all that is measured, with the figures of the last release beside it: npm run bench [-- PART …] [--long] [--write]
// A figure that is worse by more than is allowed, twice, or is not there any more ends with 1.
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { askedOf, orUsage } from './arguments.js';
import {
  allowed,
  better,
  lost,
  measurable,
  partOf,
  readBaseline,
  refusal,
  regressed,
  staying,
  withParts,
  writeBaseline,
} from './baseline.js';
import { Failed } from './child.js';
import { PARTS } from './parts.js';
import { isRow, type Measured, type Part, type Row } from './row.js';
import { figure, page, table, withFigures } from './table.js';

const PAGE = 'docs/performance.md';

const names = PARTS.map(({ name }) => name);
const asked = orUsage(() => askedOf(process.argv.slice(2), names));
const release = readBaseline();
const before = release?.rows ?? [];

const parts = PARTS.filter(({ name }) => asked.parts.includes(name));
const place = {
  version: JSON.parse(readFileSync('package.json', 'utf8')).version,
  machine: machine(),
  node: process.versions.node,
};

const expected = measurable(before, parts);

if (asked.write) refuse(staying(before, expected));

const rows: Measured[] = [];
for (const part of parts) rows.push(...measuredOf(part));
console.log(table(PARTS, rows, release));

for (const { row, why } of lost(rows, expected)) worse(row, `not measured (${why})`);
if (asked.write) {
  refuse(staying(before, rows));
  const made = { ...place, rows: withParts(before, rows, names) };
  writeBaseline(made);
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), page(PARTS, made)));
} else {
  for (const row of regressed(rows, before)) worse(row, `worse by over ${allowed(row) * 100}%: ${figure(row.value)}`);
}

/** The rows of a part; those of one that failed are none. */
function measuredOf(part: Part): readonly Measured[] {
  try {
    process.stderr.write(`${part.name} …\n`);
    const measured = part.measure(asked);
    // What else the machine did may have been measured.
    if (asked.write || regressed(measured, before).length === 0) return measured;
    process.stderr.write(`${part.name} again …\n`);
    return better(measured, part.measure(asked));
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    console.error(`${part.name}: ${error.message}`);
    process.exitCode = 1;
    return [];
  }
}

function worse(row: Row, what: string): void {
  const then = before.find(({ id }) => id === row.id);
  const was = then !== undefined && isRow(then) ? `, was ${figure(then.value)}` : '';
  console.log(`${partOf(row)}, ${row.name}: ${what}${was}`);
  process.exitCode = 1;
}

/** Ends where the figures that stay are of elsewhere. */
function refuse(stay: readonly Row[]): void {
  const why = refusal(release, place, stay);
  if (why === undefined) return;
  console.error(why);
  process.exit(2);
}

function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} cores (${cpu?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${platform()} ${arch()}`;
}
