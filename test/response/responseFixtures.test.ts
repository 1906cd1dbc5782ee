import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  type ClinikResponse,
  errorToOutcome,
  fromResponse,
  outcomeToError,
  type Path,
  toListResponse,
  toResponse,
  validate,
} from '../../src/index.js';
import { PATHS } from '../support/laws.js';

const ROOT = join('fixtures', 'responses');

const filesOf = (folder: string): string[] => readdirSync(join(ROOT, folder));
const load = (folder: string, file: string): unknown => JSON.parse(readFileSync(join(ROOT, folder, file), 'utf8'));
const pathOf = (file: string): Path => PATHS.find((path) => file.startsWith(path)) ?? assert.fail(file);
const read = (folder: string, file: string): ClinikResponse => fromResponse(load(folder, file), { path: pathOf(file) });

/** The id and payload of every record of a response; all of them can be read. */
function payloadsOf(response: ClinikResponse): unknown[] {
  if (response.kind !== 'record' && response.kind !== 'list') return [];
  const records = response.kind === 'record' ? [response.record] : response.records;
  return records.map((record) => {
    if (!record.ok) assert.fail(JSON.stringify(record.issues));
    return [record.path, record.id, record.payload];
  });
}

function errorsIn(resource: unknown): unknown[] {
  return validate(resource).issue.filter(({ severity }) => severity === 'error' || severity === 'fatal');
}

describe('fixtures/responses', () => {
  it('has ten of each shape', () => {
    const folders = readdirSync(ROOT);
    assert.equal(folders.length, 9);
    for (const folder of folders) assert.equal(filesOf(folder).length, 10, folder);
  });

  for (const file of filesOf('record-flat')) {
    it(`reads the two shapes of a record as the same: ${file}`, () => {
      const flat = read('record-flat', file);
      const fhir = read('record-fhir', file);
      assert.ok(flat.kind === 'record' && fhir.kind === 'record');
      assert.deepEqual(payloadsOf(flat), payloadsOf(fhir));
      assert.deepEqual(flat.meta, fhir.meta);
      assert.deepEqual([flat.issues, fhir.issues], [[], []]);
      assert.equal(Object.keys(flat.meta).length, 6);
    });
  }

  for (const file of filesOf('list-cursor-flat')) {
    it(`reads the four forms of a list as the same records: ${file}`, () => {
      const shapes = ['list-cursor-flat', 'list-cursor-fhir', 'list-page-flat', 'list-page-fhir'];
      const lists = shapes.map((folder) => read(folder, file));
      const [first] = lists;
      assert.ok(first !== undefined && payloadsOf(first).length === 3);
      for (const list of lists) {
        assert.ok(list.kind === 'list');
        assert.deepEqual(payloadsOf(list), payloadsOf(first));
        assert.equal(list.paging.total, 5);
        assert.deepEqual(list.issues, []);
      }
      const isLast = file.includes('last');
      assert.ok(lists[0]?.kind === 'list' && lists[2]?.kind === 'list');
      assert.deepEqual(Object.keys(lists[0].paging), isLast ? ['total', 'hasMore'] : ['total', 'cursor', 'hasMore']);
      assert.deepEqual(lists[2].paging, { total: 5, page: isLast ? 2 : 1, pageSize: 3 });
    });
  }

  for (const file of filesOf('bundle')) {
    it(`tells the record of a read from what it includes: ${file}`, () => {
      const response = read('bundle', file);
      assert.ok(response.kind === 'record');
      assert.deepEqual(payloadsOf(response), payloadsOf(read('record-fhir', file)));
      assert.ok(response.included.every(({ resourceType }) => /^(Patient|Practitioner)$/.test(resourceType)));
    });
  }

  for (const file of filesOf('error')) {
    it(`keeps all of an error, as an OperationOutcome too: ${file}`, () => {
      const error = load('error', file);
      const response = fromResponse(error);
      assert.ok(response.kind === 'error');
      assert.deepEqual(response.error, error);
      assert.deepEqual(response.issues, []);
      const outcome = errorToOutcome(response.error);
      assert.deepEqual(errorsIn(outcome), []);
      assert.deepEqual(outcomeToError(outcome), { error, losses: [] });
    });
  }

  for (const file of filesOf('outcome')) {
    it(`reads an OperationOutcome as an error, and says what that leaves out: ${file}`, () => {
      const outcome = load('outcome', file);
      const response = fromResponse(outcome);
      assert.ok(response.kind === 'error');
      const lossy = /expression|details/.test(file);
      assert.equal(
        response.losses.some((loss) => loss.class === 'content'),
        lossy,
      );
      if (!lossy) assert.deepEqual(errorToOutcome(response.error), outcome);
    });
  }

  it('are left as they are', () => {
    for (const folder of readdirSync(ROOT)) {
      for (const file of filesOf(folder)) {
        const json = load(folder, file);
        fromResponse(json);
        assert.deepEqual(json, load(folder, file));
      }
    }
  });

  it('are read again from what is made of them', () => {
    for (const folder of readdirSync(ROOT).filter((name) => !/error|outcome/.test(name))) {
      for (const file of filesOf(folder)) {
        const options = { path: pathOf(file) };
        const response = read(folder, file);
        if (response.kind === 'record') {
          assert.ok(response.record.ok);
          const made = toResponse(response.record, response.meta, { included: response.included });
          assert.deepEqual(payloadsOf(fromResponse(made, options)), payloadsOf(response));
          assert.deepEqual(errorsIn(made.data), []);
        } else if (response.kind === 'list') {
          const made = toListResponse(
            response.records.flatMap((record) => (record.ok ? [record] : [])),
            response.paging,
            response.meta,
          );
          const again = fromResponse(made, options);
          assert.ok(again.kind === 'list');
          assert.deepEqual(payloadsOf(again), payloadsOf(response));
          assert.deepEqual([again.paging, again.meta], [response.paging, response.meta]);
        } else assert.fail(folder);
      }
    }
  });
});
