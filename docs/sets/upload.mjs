// Uploads a wave of what `clinik-fhir convert --split-waves` wrote, one record after the other, and adds the ids that ClinikAPI
// gives them to the id map. What the map knows is not sent again, so that it can go on where it was interrupted.
//   node upload.mjs OUT WAVE IDS.csv
// CLINIKAPI_URL is the root of the API, CLINIKAPI_AUTHORIZATION what your account sends as the header of that name.
import { appendFileSync, createReadStream, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';

const [out, wave, map] = process.argv.slice(2);
const url = process.env.CLINIKAPI_URL ?? 'https://api.clinikapi.com';
const headers = { 'content-type': 'application/json', authorization: process.env.CLINIKAPI_AUTHORIZATION ?? '' };

const linesOf = (file) => createInterface({ input: createReadStream(file) })[Symbol.asyncIterator]();
const known = new Set(
  readFileSync(map, 'utf8')
    .split(/\r?\n/)
    .map((row) => row.split(',')[0]),
);
const payloads = new Map();
let sent = 0;

// Each line says where a record came from, and where its payload is; both files have the same order.
for await (const line of linesOf(join(out, 'sources.ndjson'))) {
  const { source, output, wave: its } = JSON.parse(line);
  if (its !== Number(wave)) continue;
  if (!payloads.has(output.file)) payloads.set(output.file, linesOf(join(out, output.file)));
  const { value: payload } = await payloads.get(output.file).next();
  const reference = `${source.resourceType}/${source.id}`;
  if (known.has(reference)) continue;
  const path = basename(output.file, '.ndjson');
  const response = await fetch(`${url}/v1/${path}`, { method: 'POST', headers, body: payload });
  if (!response.ok) {
    // Never the body: it may be about a patient.
    console.error(`${output.file}:${output.line}: refused with status ${response.status}.`);
    process.exitCode = 1;
    continue;
  }
  const { data } = await response.json();
  sent += 1;
  // What has no id at its source is nobody's target; it would be sent again by another run.
  if (source.id !== undefined) appendFileSync(map, `${reference},${data.id}\n`);
}
console.log(`Wave ${wave}: ${sent} sent.`);
