// The yardstick is JSON.stringify(JSON.parse(line)) over the same lines, in the same process: npm run bench [FOLDER]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bench } from 'tinybench';
import { findLens } from '../src/resources/registry.js';

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

let sink = 0;
const bench = new Bench({ time: 3000, warmupTime: 1000 });
bench.add('yardstick: parse + stringify', () => {
  for (const line of lines) sink += JSON.stringify(JSON.parse(line)).length;
});
bench.add('parse + fromFhir with losses + stringify', () => {
  for (const line of lines) {
    const resource = JSON.parse(line);
    const result = findLens(resource.resourceType)?.safeFromFhir(resource);
    if (result?.ok) sink += JSON.stringify(result.payload).length;
  }
});
bench.add('parse + fromFhir with losses and residue + stringify', () => {
  for (const line of lines) {
    const resource = JSON.parse(line);
    const result = findLens(resource.resourceType)?.safeFromFhir(resource, { residue: true });
    if (result?.ok) sink += JSON.stringify(result.payload).length;
  }
});
await bench.run();

const median = (name: string): number => {
  const { result } = bench.getTask(name) ?? {};
  return result !== undefined && 'latency' in result ? result.latency.p50 : Number.NaN;
};
const yardstick = median(bench.tasks[0]?.name ?? '');
console.log(
  `${lines.length} records, ${megabytes.toFixed(2)} MB, Node ${process.versions.node}; medians of one process`,
);
for (const { name } of bench.tasks) {
  const ms = median(name);
  console.log(
    `${(ms / yardstick).toFixed(2)} × yardstick  ${(megabytes / (ms / 1000)).toFixed(0).padStart(4)} MB/s  ${name}`,
  );
}
if (sink === 0) throw new Error('nothing was measured');
