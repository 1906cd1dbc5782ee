// The yardstick is JSON.stringify(JSON.parse(line)) over the same lines, in the same process: npm run bench [-- FOLDER]
// Every round times each task once, in turn, so that a machine that speeds up or slows down does so for all of them; the
// figure of a task is the median over the rounds of its time divided by the yardstick's.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLens } from '../src/resources/registry.js';
import { validate } from '../src/validate/validate.js';
import { printResults, timePaired } from './paired.js';

const given = process.argv[2];
const places =
  given === undefined ? [join('..', 'shared', 'corpus', 'clinosim-us-100'), join('fixtures', 'ehr-export')] : [given];
const folder = places.find((place) => existsSync(place));
if (folder === undefined) throw new Error('there is no folder of NDJSON files to measure on');

const lines = readdirSync(folder)
  .filter((file) => file.endsWith('.ndjson'))
  .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
  .filter((line) => {
    const type: unknown = line === '' ? undefined : JSON.parse(line).resourceType;
    return typeof type === 'string' && findLens(type) !== undefined;
  });
const megabytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / 1e6;

const convert = (line: string, residue: boolean): number => {
  const resource = JSON.parse(line);
  const result = findLens(resource.resourceType)?.safeFromFhir(resource, { residue });
  return result?.ok ? JSON.stringify(result.payload).length : 0;
};

console.log(
  `${lines.length} records, ${megabytes.toFixed(2)} MB, Node ${process.versions.node}; median ratios of 201 rounds`,
);
printResults(
  timePaired(
    [
      {
        name: 'yardstick: JSON.stringify(JSON.parse(line))',
        run: (line) => JSON.stringify(JSON.parse(line)).length,
      },
      { name: 'parse + fromFhir with losses + stringify', run: (line) => convert(line, false) },
      { name: 'parse + fromFhir with losses and residue + stringify', run: (line) => convert(line, true) },
      {
        name: 'parse + validate + fromFhir with losses + stringify',
        run: (line) => validate(JSON.parse(line)).issue.length + convert(line, false),
      },
    ],
    lines,
    201,
    40,
  ),
  megabytes,
);
