import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, Encounter } from 'fhir/r4.js';
import { bundleToPayloads } from '../../src/bundle/fromBundle.js';
import { validate } from '../../src/validate/validate.js';
import { cost, MAIN, withFolder } from '../child.js';
import type { Measured, Part } from '../row.js';
import { type Json, SHAPES } from '../shapes.js';

const UNIT = '× a record of the smallest';

/** The best of some times: what a machine does besides only adds to them. */
const ROUNDS = 3;

/** The milliseconds of CPU that something takes, at best. */
function cpuOf(run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** What an item costs at each size, as a ratio to the smallest. */
function ratios(id: string, name: string, sizes: readonly number[], timeOf: (size: number) => number): Measured[] {
  const [smallest = 1, ...larger] = sizes;
  const least = timeOf(smallest) / smallest;
  return larger.map((size) => {
    const time = timeOf(size);
    const detail = `${((time / size) * 1000).toFixed(1)} µs each`;
    const label = `${name}, ${size.toLocaleString('en-US')}`;
    return { id: `growth/${id}/${size}`, name: label, unit: UNIT, value: time / size / least, detail };
  });
}

/** Small inputs are taken several times, until they are as many items as a large one has. */
const ITEMS = 20_000;

function timeOfInput<T>(use: (input: T) => void, make: (size: number) => T): (size: number) => number {
  return (size) => {
    const input = make(size);
    const times = Math.max(1, Math.ceil(ITEMS / size));
    use(input);
    return (
      cpuOf(() => {
        for (let time = 0; time < times; time += 1) use(input);
      }) / times
    );
  };
}

function isValid(input: Json): void {
  const [first] = validate(input).issue;
  if (first?.details?.coding?.[0]?.code !== 'valid') throw new Error('the input is not valid');
}

const encounter = (index: number): Encounter => ({
  resourceType: 'Encounter',
  id: `e${index}`,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: `Patient/p${index % 1000}` },
  reasonCode: [{ text: 'Cough' }],
});

const collection = (size: number): Bundle => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: Array.from({ length: size }, (_, index) => ({
    fullUrl: `http://ehr.example.org/Encounter/e${index}`,
    resource: encounter(index),
  })),
});

/** What a process of the command line takes for a file of records, besides what it takes for one. */
function records(long: boolean): Measured[] {
  const sizes = [1_000, 10_000, 100_000, ...(long ? [1_000_000] : [])];
  const start = timeOfFile(1);
  const rows = ratios('records', NAME, sizes, (size) => timeOfFile(size) - start);
  return long
    ? rows
    : [...rows, { id: 'growth/records/1000000', name: `${NAME}, 1,000,000`, notRun: 'it takes --long', unasked: true }];
}

const NAME = 'clinik-fhir convert, records';

function timeOfFile(size: number): number {
  return withFolder((folder) => {
    const file = join(folder, 'encounters.ndjson');
    for (let from = 0; from < size; from += LINES) {
      const lines = Array.from({ length: Math.min(LINES, size - from) }, (_, n) => JSON.stringify(encounter(from + n)));
      appendFileSync(file, `${lines.join('\n')}\n`);
    }
    const args = [MAIN, 'convert', file, '--out', join(folder, 'out'), '--force', '--quiet'];
    const rounds = size > 100_000 ? 1 : ROUNDS;
    return Math.min(...Array.from({ length: rounds }, () => cost(args, folder, 0).cpu));
  });
}

/** How many are written at once. */
const LINES = 10_000;

const ENTRIES = [1, 10, 100, 1_000, 10_000, 100_000];
const SIZES = [1_000, 10_000, 100_000];

export const growth: Part = {
  name: 'growth',
  title: 'Growth: what one item costs among many',
  measure({ long }) {
    return [
      ...records(long),
      ...ratios('entries', 'bundleToPayloads, entries', ENTRIES, timeOfInput(bundleToPayloads, collection)),
      ...ratios('validated', 'validate of a Bundle, entries', ENTRIES, timeOfInput(validate, collection)),
      ...Object.entries(SHAPES).flatMap(([name, make]) =>
        ratios(name, `validate, ${name}`, SIZES, timeOfInput(isValid, make)),
      ),
    ];
  },
};
