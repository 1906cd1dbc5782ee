import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readIdMap } from '../../src/convert/idMapFile.js';
import { API_KEY, clinikApi, type Trouble } from '../support/clinikApi.js';
import { fill, temporaryFolder } from '../support/folder.js';
import { encounterPayload } from '../support/samples.js';
import { type Ran, shell } from './run.js';

const SCRIPT = resolve('docs', 'sets', 'upload.mjs');

/** A wave of three encounters, as a conversion with `--split-waves` leaves it, and a map of nothing. */
function waveOfThree(): string {
  const folder = temporaryFolder();
  const file = 'wave-0/encounters.ndjson';
  const lines = ['e1', 'e2', 'e3'].map((id, index) => ({
    source: { file: 'a.ndjson', line: index + 1, resourceType: 'Encounter', id },
    output: { file, line: index + 1 },
    wave: 0,
  }));
  const payloads = lines.map(() => encounterPayload);
  const ended = { 'out/clinik-fhir.run.json': {} };
  fill(folder, { ...ended, 'out/sources.ndjson': lines, [`out/${file}`]: payloads, 'ids.csv': 'reference,id\n' });
  return folder;
}

function send(folder: string, url: string, key: string | undefined = API_KEY): Promise<Ran> {
  const env = { CLINIKAPI_URL: url, ...(key === undefined ? {} : { CLINIKAPI_API_KEY: key }) };
  return shell(`'${process.execPath}' '${SCRIPT}' out 0 ids.csv`, folder, env);
}

const rowsOf = (folder: string): string[] => readFileSync(join(folder, 'ids.csv'), 'utf8').split('\n').slice(1, -1);

/** Trouble with the request of one number, the first being 0. */
const at =
  (number: number, trouble: Trouble) =>
  (count: number): Trouble | undefined =>
    count === number ? trouble : undefined;

describe('upload.mjs', () => {
  it('sends the key as x-api-key, each record once, and notes the ids', async () => {
    const { url, stored, answers } = await clinikApi();
    const folder = waveOfThree();
    expect(await send(folder, url)).toStrictEqual({ code: 0, stdout: 'Wave 0: 3 sent.\n', stderr: '' });
    expect(await send(folder, url)).toStrictEqual({ code: 0, stdout: 'Wave 0: 0 sent.\n', stderr: '' });
    expect([stored.length, answers]).toStrictEqual([3, [201, 201, 201]]);
    expect(rowsOf(folder)).toStrictEqual(['Encounter/e1,live_1', 'Encounter/e2,live_2', 'Encounter/e3,live_3']);
  });

  it('adds rows to a skeleton of several columns, and sends what that has no id for', async () => {
    const { url } = await clinikApi();
    const skeleton =
      'reference,id,type,count\nPatient/p1,pt_1,Patient,2\nEncounter/e2,,Encounter,1\nEncounter/e3,e_3,Encounter,1\n';
    const folder = fill(waveOfThree(), { 'ids.csv': skeleton });
    expect(await send(folder, url)).toStrictEqual({ code: 0, stdout: 'Wave 0: 2 sent.\n', stderr: '' });
    expect(rowsOf(folder).slice(3)).toStrictEqual(['Encounter/e1,live_1,,', 'Encounter/e2,live_2,,']);
    const map = await readIdMap(join(folder, 'ids.csv'));
    expect(['e1', 'e2', 'e3'].map((id) => map.resolveId(`Encounter/${id}`))).toStrictEqual(['live_1', 'live_2', 'e_3']);
  });

  it('sends nothing without a key, and stops at the first answer where it is none', async () => {
    const { url, answers } = await clinikApi();
    const folder = waveOfThree();
    const without = await send(folder, url, '');
    expect([without.code, without.stdout, answers]).toStrictEqual([2, '', []]);
    const wrong = await send(folder, url, 'Bearer 1');
    expect([wrong.code, wrong.stdout, answers]).toStrictEqual([1, 'Wave 0: 0 sent.\n', [401]]);
    expect((await send(folder, url)).stdout).toBe('Wave 0: 3 sent.\n');
  });

  it.each([
    ['in seconds', { 'retry-after': '1' }],
    ['as a date', { 'retry-after': new Date(Date.now() - 1000).toUTCString() }],
    ["by ClinikAPI's own header", { 'x-ratelimit-reset': '1' }],
  ])('waits as Retry-After says, %s, and goes on', async (_, headers) => {
    const { url, stored, answers } = await clinikApi(at(1, { kind: 'limit', headers }));
    const folder = waveOfThree();
    expect(await send(folder, url)).toStrictEqual({ code: 0, stdout: 'Wave 0: 3 sent.\n', stderr: '' });
    expect([stored.length, answers]).toStrictEqual([3, [201, 429, 201, 201]]);
  });

  it('comes back another time where the wait is long, and sends the rest then', async () => {
    const { url, stored, answers } = await clinikApi(at(1, { kind: 'limit', headers: { 'retry-after': '86400' } }));
    const folder = waveOfThree();
    const first = await send(folder, url);
    expect([first.code, first.stdout, answers]).toStrictEqual([1, 'Wave 0: 1 sent.\n', [201, 429]]);
    expect((await send(folder, url)).stdout).toBe('Wave 0: 2 sent.\n');
    expect(stored).toHaveLength(3);
  });

  it.each<[string, Trouble, number]>([
    ['the connection was cut before it was stored', { kind: 'cut', isStored: false }, 2],
    ['the connection was cut after it was stored', { kind: 'cut', isStored: true }, 3],
    ['only a part of the answer arrived', { kind: 'half' }, 3],
    ['the server failed and stored it', { kind: 'fail', status: 500, isStored: true }, 3],
    ['a gateway gave up', { kind: 'fail', status: 504, isStored: false }, 2],
  ])('never repeats a create whose answer it did not see: %s', async (_, trouble, storedThen) => {
    const { url, stored } = await clinikApi(at(1, trouble));
    const folder = waveOfThree();
    const listed = 'wave-0/encounters.ndjson:2: sent, and its answer was not seen; it is not sent again.\n';
    expect(await send(folder, url)).toStrictEqual({ code: 1, stdout: 'Wave 0: 2 sent.\n', stderr: listed });
    expect(await send(folder, url)).toStrictEqual({ code: 1, stdout: 'Wave 0: 0 sent.\n', stderr: listed });
    expect(stored).toHaveLength(storedThen);
  });

  it('takes a create that it was killed in for one without an answer, until somebody looked', async () => {
    const { url, stored } = await clinikApi();
    const folder = waveOfThree();
    const unsure = join(folder, 'ids.csv.unsure');
    writeFileSync(unsure, 'begun Encounter/e1\nbegun Encounter/e2\nseen Encounter/e2\nbegun Encounter/e3\n');
    writeFileSync(join(folder, 'ids.csv'), 'reference,id\nEncounter/e3,live_9\n');
    const first = await send(folder, url);
    expect([first.code, first.stdout, stored.length]).toStrictEqual([1, 'Wave 0: 1 sent.\n', 1]);
    expect(first.stderr).toMatch(/^wave-0\/encounters\.ndjson:1: sent,[^\n]*\n$/);
    writeFileSync(unsure, '');
    expect(await send(folder, url)).toStrictEqual({ code: 0, stdout: 'Wave 0: 1 sent.\n', stderr: '' });
  });
});

describe("the tests' ClinikAPI", () => {
  const good = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    body: JSON.stringify(encounterPayload),
  };

  it.each<[number, string, string, RequestInit]>([
    [201, 'nothing that is as it should be', '/v1/encounters', {}],
    [401, 'a request without a key', '/v1/encounters', { headers: { 'content-type': 'application/json' } }],
    [
      401,
      'a key in another header',
      '/v1/encounters',
      { headers: { 'content-type': 'application/json', authorization: API_KEY } },
    ],
    [
      401,
      'what is no key',
      '/v1/encounters',
      { headers: { 'content-type': 'application/json', 'x-api-key': 'secret' } },
    ],
    [
      415,
      'another content type',
      '/v1/encounters',
      { headers: { 'content-type': 'text/plain', 'x-api-key': API_KEY } },
    ],
    [413, 'a body over the limit', '/v1/encounters', { body: ' '.repeat(1024 * 1024) + good.body }],
    [400, 'what is no JSON', '/v1/encounters', { body: '{"status":' }],
    [422, 'a payload that lacks a field', '/v1/encounters', { body: '{"status":"finished"}' }],
    [422, 'a payload with an id', '/v1/encounters', { body: JSON.stringify({ ...encounterPayload, id: 'enc_1' }) }],
    [422, 'a payload of another path', '/v1/labs', {}],
    [422, 'what is no payload', '/v1/encounters', { body: '[]' }],
    [404, 'a path that there is none of', '/v1/nothing', {}],
    [404, 'another version', '/v2/encounters', {}],
    [405, 'another method', '/v1/encounters', { method: 'PUT' }],
  ])('answers with %s to %s', async (status, _, path, change) => {
    const { url, stored } = await clinikApi();
    const response = await fetch(`${url}${path}`, { ...good, ...change });
    await response.text();
    expect([response.status, stored.length]).toStrictEqual([status, status === 201 ? 1 : 0]);
  });
});
