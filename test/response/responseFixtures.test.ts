import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
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
import { ensure, fail } from '../support/ensure.js';
import { PATHS } from '../support/laws.js';

const ROOT = join('fixtures', 'responses');

const filesOf = (folder: string): string[] => readdirSync(join(ROOT, folder));
const load = (folder: string, file: string): unknown => JSON.parse(readFileSync(join(ROOT, folder, file), 'utf8'));
const pathOf = (file: string): Path => PATHS.find((path) => file.startsWith(path)) ?? fail(file);
const read = (folder: string, file: string): ClinikResponse => fromResponse(load(folder, file), { path: pathOf(file) });

/** The id and payload of every record of a response; all of them can be read. */
function payloadsOf(response: ClinikResponse): unknown[] {
  if (response.kind !== 'record' && response.kind !== 'list') return [];
  const records = response.kind === 'record' ? [response.record] : response.records;
  return records.map((record) => {
    if (!record.ok) fail(JSON.stringify(record.issues));
    return [record.path, record.id, record.payload];
  });
}

function errorsIn(resource: unknown): unknown[] {
  return validate(resource).issue.filter(({ severity }) => severity === 'error' || severity === 'fatal');
}

describe('fixtures/responses', () => {
  it('has ten of each shape', () => {
    const folders = readdirSync(ROOT);
    expect(folders).toHaveLength(9);
    for (const folder of folders) expect([folder, filesOf(folder).length]).toStrictEqual([folder, 10]);
  });

  for (const file of filesOf('record-flat')) {
    it(`reads the two shapes of a record as the same: ${file}`, () => {
      const flat = read('record-flat', file);
      const fhir = read('record-fhir', file);
      ensure(flat.kind === 'record' && fhir.kind === 'record');
      expect(payloadsOf(flat)).toStrictEqual(payloadsOf(fhir));
      expect(flat.meta).toStrictEqual(fhir.meta);
      expect([flat.issues, fhir.issues]).toStrictEqual([[], []]);
      expect(Object.keys(flat.meta)).toHaveLength(6);
    });
  }

  for (const file of filesOf('list-cursor-flat')) {
    it(`reads the four forms of a list as the same records: ${file}`, () => {
      const shapes = ['list-cursor-flat', 'list-cursor-fhir', 'list-page-flat', 'list-page-fhir'];
      const lists = shapes.map((folder) => read(folder, file));
      const [first] = lists;
      ensure(first !== undefined && payloadsOf(first).length === 3);
      for (const list of lists) {
        ensure(list.kind === 'list');
        expect(payloadsOf(list)).toStrictEqual(payloadsOf(first));
        expect(list.paging.total).toBe(5);
        expect(list.issues).toStrictEqual([]);
      }
      const isLast = file.includes('last');
      ensure(lists[0]?.kind === 'list' && lists[2]?.kind === 'list');
      expect(Object.keys(lists[0].paging)).toStrictEqual(
        isLast ? ['total', 'hasMore'] : ['total', 'cursor', 'hasMore'],
      );
      expect(lists[2].paging).toStrictEqual({ total: 5, page: isLast ? 2 : 1, pageSize: 3 });
    });
  }

  for (const file of filesOf('bundle')) {
    it(`tells the record of a read from what it includes: ${file}`, () => {
      const response = read('bundle', file);
      ensure(response.kind === 'record');
      expect(payloadsOf(response)).toStrictEqual(payloadsOf(read('record-fhir', file)));
      expect(response.included.every(({ resourceType }) => /^(Patient|Practitioner)$/.test(resourceType))).toBe(true);
    });
  }

  for (const file of filesOf('error')) {
    it(`keeps all of an error, as an OperationOutcome too: ${file}`, () => {
      const error = load('error', file);
      const response = fromResponse(error);
      ensure(response.kind === 'error');
      expect(response.error).toStrictEqual(error);
      expect(response.issues).toStrictEqual([]);
      const outcome = errorToOutcome(response.error);
      expect(errorsIn(outcome)).toStrictEqual([]);
      expect(outcomeToError(outcome)).toStrictEqual({ error, losses: [] });
    });
  }

  for (const file of filesOf('outcome')) {
    it(`reads an OperationOutcome as an error, and says what that leaves out: ${file}`, () => {
      const outcome = load('outcome', file);
      const response = fromResponse(outcome);
      ensure(response.kind === 'error');
      const lossy = /expression|details/.test(file);
      expect(response.losses.some((loss) => loss.class === 'content')).toBe(lossy);
      if (!lossy) expect(errorToOutcome(response.error)).toStrictEqual(outcome);
    });
  }

  it('are left as they are', () => {
    for (const folder of readdirSync(ROOT)) {
      for (const file of filesOf(folder)) {
        const json = load(folder, file);
        fromResponse(json);
        expect(json).toStrictEqual(load(folder, file));
      }
    }
  });

  it('are read again from what is made of them', () => {
    for (const folder of readdirSync(ROOT).filter((name) => !/error|outcome/.test(name))) {
      for (const file of filesOf(folder)) {
        const options = { path: pathOf(file) };
        const response = read(folder, file);
        if (response.kind === 'record') {
          ensure(response.record.ok);
          const made = toResponse(response.record, response.meta, { included: response.included });
          expect(payloadsOf(fromResponse(made, options))).toStrictEqual(payloadsOf(response));
          expect(errorsIn(made.data)).toStrictEqual([]);
        } else if (response.kind === 'list') {
          const made = toListResponse(
            response.records.flatMap((record) => (record.ok ? [record] : [])),
            response.paging,
            response.meta,
          );
          const again = fromResponse(made, options);
          ensure(again.kind === 'list');
          expect(payloadsOf(again)).toStrictEqual(payloadsOf(response));
          expect([again.paging, again.meta]).toStrictEqual([response.paging, response.meta]);
        } else fail(folder);
      }
    }
  });
});
