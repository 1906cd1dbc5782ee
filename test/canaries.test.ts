import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inspectionPage } from '../src/cli/inspection/page.js';
import { groupsOf } from '../src/cli/inspection/placesOf.js';
import { paint } from '../src/cli/style.js';
import { ClinikFhirError, lensFor, type SafeFromFhirResult } from '../src/index.js';
import { isObject } from '../src/lens/json.js';
import { clinikFhir } from './cli/run.js';
import { ensure, fail } from './support/ensure.js';
import { contents, fill, temporaryFolder } from './support/folder.js';
import { PATHS } from './support/laws.js';
import { share } from './support/runs.js';

/** Values that no message may hold. They are legal as text, and one of them as a code and an id as well. */
const WORDS = ['canary 7f3a', 'canary-7f3a'];
const NUMBER = 7031997;
const SEEN = /canary|7031997/i;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every copy of a record in which one value is a canary, or one object has a property named and filled with one. */
function* planted(value: Json, word: string): Generator<Json> {
  if (typeof value === 'string') yield word;
  else if (typeof value === 'number') yield NUMBER;
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const made of planted(item, word)) yield [...value.slice(0, index), made, ...value.slice(index + 1)];
  } else if (value !== null && typeof value === 'object') {
    yield { ...value, [word]: word };
    for (const [key, item] of Object.entries(value)) {
      for (const made of planted(item, word)) yield { ...value, [key]: made };
      yield { ...value, [key]: { [word]: word } };
      yield { ...value, [key]: word };
    }
  }
}

/** Every copy of a record in which one object has a property that looks like a name of R4, and is none. */
function* named(value: Json, word: string): Generator<Json> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const made of named(item, word)) yield [...value.slice(0, index), made, ...value.slice(index + 1)];
  } else if (value !== null && typeof value === 'object') {
    yield { ...value, [word]: word, [`_${word}`]: { id: word } };
    for (const [key, item] of Object.entries(value))
      for (const made of named(item, word)) yield { ...value, [key]: made };
  }
}

/** The record with a canary in place of every string but its type. */
function everywhere(value: Json, word: string): Json {
  if (typeof value === 'string') return word;
  if (typeof value === 'number') return NUMBER;
  if (Array.isArray(value)) return value.map((item) => everywhere(item, word));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'resourceType' ? item : everywhere(item, word)]),
  );
}

const fixture = (path: string, name: string, file: string): Json =>
  JSON.parse(readFileSync(join('fixtures', path, name, file), 'utf8'));

const all = (record: Json): Json[] => [
  ...WORDS.flatMap((word) => [everywhere(record, word), ...planted(record, word)]),
  ...['CanarySeven', 'canary', 'valueCanary'].flatMap((word) => [...named(record, word)]),
];

/** All copies in the long run, else every third, beginning with another one for each record. */
const EVERY = share(3) === 3 ? 1 : 3;
let turn = 0;
function variants(record: Json): Json[] {
  turn += 1;
  return all(record).filter((_, index) => index === 0 || (index + turn) % EVERY === 0);
}

function assertSilent(said: unknown, where: string): void {
  const text = JSON.stringify(said);
  const match = SEEN.exec(text);
  if (match !== null) fail(`${where}: ${text.slice(Math.max(match.index - 200, 0), match.index + 60)}`);
}

/** What `clinik-fhir inspect` shows of a record without `--show-values`. */
function inspected(
  { resourceType, fields }: ReturnType<typeof lensFor>,
  record: Json,
  { payload, losses, residue = [] }: Extract<SafeFromFhirResult<object>, { ok: true }>,
): string[] {
  ensure(isObject(record));
  const groups = groupsOf({ resourceType, resource: record, payload: { ...payload }, losses, residue, fields });
  return inspectionPage(groups, { width: 100, paint: paint({}, {}), values: false });
}

describe('no message, loss or error holds a value of a record', () => {
  for (const path of PATHS) {
    const lens = lensFor(path);
    const cases = readdirSync(join('fixtures', path));

    it(`${lens.resourceType}, whichever value or property name is planted`, () => {
      let converted = 0;
      let refused = 0;
      for (const name of cases) {
        const payload = fixture(path, name, 'payload.json');
        for (const record of variants(fixture(path, name, 'resource.json'))) {
          const got = lens.safeFromFhir(record, { residue: true });
          assertSilent(got.ok ? [got.issues, got.losses] : got.issues, `${path}/${name}`);
          if (got.ok) assertSilent(inspected(lens, record, got), `${path}/${name}, inspected`);
          const put = lens.safeToFhir(payload, { onto: record as never });
          assertSilent(put.issues, `${path}/${name} onto`);
          if (got.ok) converted += 1;
          else refused += 1;
        }
      }
      ensure(converted > 500 / EVERY && refused > 100 / EVERY, `${converted} converted, ${refused} refused`);
    });

    it(`${path}, whichever value or property name is planted`, () => {
      let refused = 0;
      for (const name of cases) {
        for (const record of variants(fixture(path, name, 'payload.json'))) {
          assertSilent(lens.validatePayload(record), `${path}/${name}`);
          try {
            lens.toFhir(record as never);
          } catch (error) {
            refused += 1;
            ensure(error instanceof ClinikFhirError);
            assertSilent([error.message, error.stack, error.issues], `${path}/${name}`);
          }
        }
      }
      ensure(refused > 100, `${refused} refused`);
    });
  }

  /** Files of FHIR and of payloads with a canary in each record. */
  function inputs(): { [path: string]: string } {
    const lines = (records: Json[]) => records.map((record) => JSON.stringify(record)).join('\n');
    return Object.fromEntries(
      PATHS.flatMap((path) => [
        [`${lensFor(path).resourceType}.ndjson`, lines(variants(fixture(path, 'full', 'resource.json')))],
        [`${path}.ndjson`, lines(variants(fixture(path, 'full', 'payload.json')))],
      ]),
    );
  }

  it('nor does any report of findings, whether it shows a few of them or all', async () => {
    const bundle = variants(fixture('encounters', 'full', 'resource.json')).map((resource) => ({ resource }));
    const indented = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: bundle }, null, 2);
    const folder = fill(temporaryFolder(), { ...inputs(), 'bundle.json': indented });
    const out = (name: string): string => join(folder, 'out', name);
    const formats = ['text', 'compact', 'operation-outcome', 'sarif', 'junit', 'github'];
    const args = formats.flatMap((format) => ['--format', format, '--output', out(format)]);
    const options = ['--best-practice', '--remarks', '--max-diagnostics', '10000'];
    const page = ['--report', out('report.html')];
    const { code, stdout, stderr } = await clinikFhir(['validate', folder, ...options, ...args, ...page]);
    expect(code).toBe(1);
    assertSilent([stdout, stderr], 'the terminal');
    const written = contents(join(folder, 'out'));
    for (const format of [...formats, 'report.html']) {
      const text = written[format] ?? '';
      ensure(text.length > 10_000, `${format}: ${text.length} characters`);
      assertSilent(text, format);
    }
    const few = await clinikFhir(['validate', folder]);
    ensure(few.stdout.split('\n').length > 50, few.stdout);
    assertSilent([few.stdout, few.stderr], 'a run with the defaults');
  });

  it('nor does any report that the command line writes or prints', async () => {
    const folder = fill(temporaryFolder(), inputs());
    const page = ['--report', join(folder, 'out', 'report.html')];
    const { code, stdout, stderr } = await clinikFhir(['convert', folder, '--out', join(folder, 'out'), ...page]);
    expect(code).toBe(1);
    assertSilent([stdout, stderr], 'the terminal');
    const {
      'losses.ndjson': losses = '',
      'rejects.ndjson': rejects = '',
      'summary.json': summary = '',
      'report.html': report = '',
    } = contents(join(folder, 'out'));
    ensure(losses !== '' && rejects !== '' && summary !== '' && report.length > 50_000);
    assertSilent(summary, 'summary.json');
    assertSilent(report, 'report.html');
    for (const line of [...losses.trim().split('\n'), ...rejects.trim().split('\n')]) {
      // The id in a Source is the one exception: it says which record the line is about.
      const { source, ...rest } = JSON.parse(line);
      assertSilent([rest, { ...source, id: undefined }], 'losses.ndjson and rejects.ndjson');
    }
  });
});
