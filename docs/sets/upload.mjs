// Uploads a wave of what `clinik-fhir convert --split-waves` wrote, one record after the other, and adds the ids that ClinikAPI
// gives them to the id map: CSV of a reference and an id, in this order. What the map knew when it was converted, or has a row for now, is not sent again,
// so that it can go on where it was interrupted. What has no id that a map can have is remembered in IDS.csv.sent, by its place.
//   node upload.mjs OUT WAVE IDS.csv
// CLINIKAPI_URL is the root of the API, CLINIKAPI_AUTHORIZATION what your account sends as the header of that name.
import { appendFileSync, createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [out, wave, map] = process.argv.slice(2);
const url = process.env.CLINIKAPI_URL ?? 'https://api.clinikapi.com';
const headers = { 'content-type': 'application/json', authorization: process.env.CLINIKAPI_AUTHORIZATION ?? '' };
const places = `${map}.sent`;

// Without it the run that wrote here did not end, and this would send a part, or a part of an older one.
if (!existsSync(join(out, 'clinik-fhir.run.json'))) {
  console.error(`${out}: the run that wrote it did not end; nothing was sent.`);
  process.exit(2);
}

// Only a line feed ends a line: prose may have the separators of Unicode, which some readers of lines take for one.
async function* linesOf(file) {
  let begun = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (begun + chunk).split('\n');
    begun = lines.pop();
    yield* lines;
  }
}

const rows = readFileSync(map, 'utf8').replace(/^\uFEFF/, '');
if (rows !== '' && !rows.endsWith('\n')) appendFileSync(map, '\n');
const known = new Set(rows.split(/\r?\n/).map((row) => row.split(',')[0].trim().replaceAll('"', '')));
const placed = new Set(existsSync(places) ? readFileSync(places, 'utf8').split('\n') : []);
const sentNow = new Set();
const payloads = new Map();

// Each line says where a record came from, and where its payload is; both files have the same order.
for await (const line of linesOf(join(out, 'sources.ndjson'))) {
  const { source, output, wave: its, known: isKnown } = JSON.parse(line);
  if (its !== Number(wave)) continue;
  if (!payloads.has(output.file)) payloads.set(output.file, linesOf(join(out, output.file)));
  const { value: payload } = await payloads.get(output.file).next();
  const hasName = /^[A-Za-z0-9\-.]{1,64}$/.test(source.id ?? '');
  const name = hasName ? `${source.resourceType}/${source.id}` : [source.file, source.line, source.entry].join(':');
  if (sentNow.has(name)) {
    console.error(`${output.file}:${output.line}: not sent; a record with the same id was.`);
    process.exitCode = 1;
  }
  if (isKnown || sentNow.has(name) || known.has(name) || placed.has(name)) continue;
  const path = basename(output.file, '.ndjson');
  const response = await fetch(`${url}/v1/${path}`, { method: 'POST', headers, body: payload });
  if (!response.ok) {
    // Never the body: it may be about a patient.
    console.error(`${output.file}:${output.line}: refused with status ${response.status}.`);
    process.exitCode = 1;
    continue;
  }
  const { data } = await response.json();
  sentNow.add(name);
  if (hasName) appendFileSync(map, `${name},${data.id}\n`);
  else appendFileSync(places, `${name}\n`);
}
console.log(`Wave ${wave}: ${sentNow.size} sent.`);
