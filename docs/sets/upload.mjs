// Uploads a wave of what `clinik-fhir convert --split-waves` wrote, one record after the other, and adds the ids that ClinikAPI
// gives them to the id map: CSV of a reference and an id, in this order. What the map knew when it was converted, or has a row for now, is not sent again,
// so that it can go on where it was interrupted. What has no id that a map can have is remembered in IDS.csv.sent, by its place.
// Records of --raw-types go to /v1/fhir/<Type>, and so do rejected ones of --raw; a record that has a payload is sent as that.
//   node upload.mjs OUT WAVE IDS.csv
// CLINIKAPI_URL is the root of the API, CLINIKAPI_API_KEY your key, which goes as the header x-api-key.
//
// ClinikAPI knows no idempotency key: a create that is sent twice makes two records. So each one is written to IDS.csv.unsure before it
// is sent, and is taken out of there by its answer. What is left there, because the connection broke, the server failed or this
// program was killed, is never sent again, but listed: look at ClinikAPI whether the record is there. If so, add its row to IDS.csv;
// if not, take its lines out of IDS.csv.unsure.
import { appendFileSync, createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [out, wave, map] = process.argv.slice(2);
const url = process.env.CLINIKAPI_URL ?? 'https://api.clinikapi.com';
const key = process.env.CLINIKAPI_API_KEY ?? '';
const places = `${map}.sent`;
const unsure = `${map}.unsure`;

/** An answer that takes longer is none, in milliseconds. */
const TIMEOUT = 60_000;
/** Whoever has to wait longer than this, in seconds, comes back later. */
const PATIENCE = 900;
/** What refuses every other record, too: a key that is none, or no longer paid for, and a limit that lasts. */
const FOR_ALL = new Set([401, 402, 403, 429]);

if (key === '') {
  console.error('Nothing was sent: CLINIKAPI_API_KEY has no key.');
  process.exit(2);
}

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

const linesIn = (file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);

/** The names of the creates that were begun, and of which no answer was seen. */
function namesWithoutAnswer() {
  const begun = new Set();
  for (const line of linesIn(unsure)) {
    if (line.startsWith('begun ')) begun.add(line.slice('begun '.length));
    else if (line.startsWith('seen ')) begun.delete(line.slice('seen '.length));
  }
  return begun;
}

/** How many seconds a server asks to wait: `Retry-After` has seconds or a date, ClinikAPI's own header seconds. */
function pauseOf({ headers: given }) {
  const asked = given.get('retry-after') ?? given.get('x-ratelimit-reset') ?? '60';
  const seconds = /^\d+$/.test(asked.trim()) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 60;
}

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Sends a create; gives its status and the new id, or nothing where no answer was seen. */
async function create(path, body) {
  try {
    // A redirect would take the key to somebody else.
    const signal = AbortSignal.timeout(TIMEOUT);
    const type = path.startsWith('fhir/') ? 'application/fhir+json' : 'application/json';
    const headers = { 'content-type': type, 'x-api-key': key };
    const response = await fetch(`${url}/v1/${path}`, { method: 'POST', headers, body, signal, redirect: 'manual' });
    // A server that failed may have stored the record before.
    if (response.status >= 500) return undefined;
    if (!response.ok) return { status: response.status, wait: pauseOf(response) };
    const answer = await response.json();
    // The raw route may answer with the resource itself.
    const { id } = answer.data ?? answer;
    return typeof id === 'string' ? { status: response.status, id } : undefined;
  } catch {
    return undefined;
  }
}

const note = (what, name) => appendFileSync(unsure, `${what} ${name}\n`);

/** The same, again and again where ClinikAPI asks to wait. A record that was created is noted as seen by whoever notes its id. */
async function createWithPatience(name, path, body) {
  for (;;) {
    note('begun', name);
    const answer = await create(path, body);
    if (answer !== undefined && answer.id === undefined) note('seen', name);
    if (answer?.status !== 429 || answer.wait > PATIENCE) return answer;
    await pause(answer.wait);
  }
}

const rows = readFileSync(map, 'utf8').replace(/^\uFEFF/, '');
if (rows !== '' && !rows.endsWith('\n')) appendFileSync(map, '\n');
const table = rows.split(/\r?\n/).map((row) => row.split(',').map((cell) => cell.trim().replaceAll('"', '')));
// A row without an id waits to be filled in.
const known = new Set(table.filter(([, id = '']) => id !== '').map(([reference]) => reference));
// The map may have more columns, as `clinik-fhir ids` writes it.
const more = ','.repeat(Math.max(0, (table.find(([first]) => first !== '')?.length ?? 2) - 2));
const placed = new Set(linesIn(places));
const unanswered = namesWithoutAnswer();
const listed = [];
const sentNow = new Set();

/** Reads files line by line; of each file the lines are asked for in rising order. */
function reader() {
  const files = new Map();
  return async (file, line) => {
    const of = files.get(file) ?? { lines: linesOf(join(out, file)), at: 0, text: undefined };
    files.set(file, of);
    for (; of.at < line; of.at += 1) of.text = (await of.lines.next()).value;
    return of.text;
  };
}

/** What is of this wave, as the books say: where it came from, and the line that is sent. Both are in the same order. */
async function* sendable() {
  for (const book of ['sources.ndjson', 'rejects.ndjson']) {
    if (!existsSync(join(out, book))) continue;
    const lineAt = reader();
    for await (const line of linesOf(join(out, book))) {
      const { source, output, raw, wave: its, known: isKnown } = JSON.parse(line);
      const at = output ?? raw;
      // What waits for an id has no payload yet.
      if (at !== undefined && its === Number(wave)) yield { source, at, isKnown, body: await lineAt(at.file, at.line) };
    }
  }
}

for await (const { source, at, isKnown, body } of sendable()) {
  const hasName = /^[A-Za-z0-9\-_.]+$/.test(source.id ?? '');
  const name = hasName ? `${source.resourceType}/${source.id}` : [source.file, source.line, source.entry].join(':');
  const place = `${at.file}:${at.line}`;
  if (sentNow.has(name)) {
    console.error(`${place}: not sent; a record with the same id was.`);
    process.exitCode = 1;
  }
  if (isKnown || sentNow.has(name) || known.has(name) || placed.has(name)) continue;
  if (unanswered.has(name)) {
    listed.push(place);
    continue;
  }
  const answer = await createWithPatience(name, at.file.replace(/^wave-\d+\/|\.ndjson$/g, ''), body);
  if (answer === undefined) {
    unanswered.add(name);
    listed.push(place);
    continue;
  }
  if (answer.id === undefined) {
    process.exitCode = 1;
    // Never the body: it may be about a patient.
    console.error(`${place}: refused with status ${answer.status}.`);
    if (!FOR_ALL.has(answer.status)) continue;
    console.error('What comes after it was not sent. Run it again once ClinikAPI takes the key, or more records.');
    break;
  }
  sentNow.add(name);
  appendFileSync(hasName ? map : places, hasName ? `${name},${answer.id}${more}\n` : `${name}\n`);
  note('seen', name);
}
for (const place of listed) console.error(`${place}: sent, and its answer was not seen; it is not sent again.`);
if (listed.length > 0) process.exitCode = 1;
console.log(`Wave ${wave}: ${sentNow.size} sent.`);
