import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { idMap } from '../../src/index.js';
import { isObject } from '../../src/lens/json.js';
import { type ConvertRun, convert, plan } from '../../src/node.js';
import { fill, objects, temporaryFolder } from '../support/folder.js';
import { bundle, encounter } from '../support/samples.js';
import { assertBooked } from './books.js';
import { rejections } from './runs.js';

const task = (id: string, partOf: string[], more: object = {}) => ({
  resourceType: 'Task',
  id,
  status: 'requested',
  intent: 'order',
  for: { reference: 'Patient/p1' },
  partOf: partOf.map((reference) => ({ reference })),
  ...more,
});

/** A run under a map that has to know all references, of rows of a reference and an id. */
async function mapped(
  files: { readonly [path: string]: unknown },
  known: readonly string[] = [],
  more: Partial<ConvertRun> = {},
) {
  const folder = fill(temporaryFolder(), files);
  const out = join(temporaryFolder(), 'out');
  const rows = ['Patient/p1', ...known].map((reference, index) => ({ reference, id: `x_${index}` }));
  const summary = await assertBooked({ inputs: [folder], out, ...idMap(rows), unmapped: 'refuse', ...more });
  const { converted, rejected, skipped } = summary.records;
  return { folder, out, counts: [converted.total, skipped.byReason.waiting ?? 0, rejected.total], summary };
}

/** The records of sources that wait, with their waves. */
const waiting = (out: string): string[] =>
  objects(out, 'sources.ndjson').flatMap(({ source, skipped, wave }) =>
    skipped === 'waiting' && isObject(source) ? [`${source.id ?? source.entry} ${wave}`] : [],
  );

describe('a record that points at one of an earlier wave', () => {
  const chain = [task('t3', ['Task/t2']), task('t2', ['Task/t1']), task('t1', [])];

  it('waits for its id, and is converted once the map has it', async () => {
    const first = await mapped({ 'a.ndjson': chain });
    expect(first.counts).toStrictEqual([1, 2, 0]);
    expect(waiting(first.out)).toStrictEqual(['t3 2', 't2 1']);
    const second = await mapped({ 'a.ndjson': chain }, ['Task/t1']);
    expect(second.counts).toStrictEqual([2, 1, 0]);
    expect(waiting(second.out)).toStrictEqual(['t3 2']);
    expect(objects(second.out, 'sources.ndjson').map(({ wave }) => wave)).toStrictEqual([2, 1, 0]);
    expect((await mapped({ 'a.ndjson': chain }, ['Task/t1', 'Task/t2'])).counts).toStrictEqual([3, 0, 0]);
  });

  it('waits for what goes as it came, and so does that', async () => {
    const files = {
      'a.ndjson': [
        task('t1', [], { for: { reference: 'Patient/p2' } }),
        {
          resourceType: 'Observation',
          id: 'o1',
          status: 'final',
          code: { text: 'x' },
          subject: { reference: 'Patient/p2' },
        },
        {
          resourceType: 'Observation',
          id: 'o2',
          status: 'final',
          code: { text: 'x' },
          subject: { reference: 'Patient/p9' },
        },
        { resourceType: 'Patient', id: 'p2' },
      ],
    };
    const first = await mapped(files, [], { rawTypes: ['all'] });
    expect([first.summary.records.raw?.total, ...first.counts]).toStrictEqual([1, 0, 2, 1]);
    expect(waiting(first.out)).toStrictEqual(['t1 1', 'o1 1']);
    const second = await mapped(files, ['Patient/p2'], { rawTypes: ['all'] });
    expect([second.summary.records.raw?.total, ...second.counts]).toStrictEqual([2, 1, 0, 1]);
    expect(objects(join(second.out, 'fhir'), 'Observation.ndjson')).toMatchObject([{ id: 'o1' }]);
  });

  it('is rejected where it can wait for nothing', async () => {
    const { counts, out } = await mapped({
      'a.ndjson': [
        // Of nobody, of a rejected one, of what waits for that, of itself, of each other.
        task('t1', ['Task/t9']),
        task('t2', [], { status: 'nonsense' }),
        task('t3', ['Task/t2']),
        task('t4', ['Task/t3']),
        task('t5', ['Task/t5']),
        task('t6', ['Task/t7']),
        task('t7', ['Task/t6']),
        // Of one that could be sent and one that could not; of another type; by an identifier that nobody has.
        task('t8', []),
        task('t10', ['Task/t8', 'Task/t3']),
        task('t11', ['Task/t8'], { focus: { reference: 'Patient/p2' } }),
        task('t12', [], { focus: { type: 'Encounter', identifier: { system: 'urn:a', value: 'b' } } }),
        // And one that has another fault as well.
        task('t13', ['Task/t8'], { status: 'nonsense' }),
      ],
    });
    expect(counts).toStrictEqual([1, 0, 11]);
    expect(waiting(out)).toStrictEqual([]);
    expect(rejections(out).map((one) => one.split(' ')[0])).toStrictEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '9',
      '10',
      '11',
      '12',
    ]);
  });

  it('waits whatever the reference is called: in a Bundle, by an identifier, in another file', async () => {
    const url = 'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-00000000000a';
    const system = 'http://ehr.example.org/visits';
    const { counts, out } = await mapped({
      'a.json': bundle([
        { fullUrl: `${url.slice(0, -1)}b`, resource: task('t1', [], { focus: { reference: url } }) },
        { fullUrl: url, resource: { ...encounter, identifier: [{ system, value: 'v1' }] } },
      ]),
      'b.ndjson': [
        task('t2', [], { focus: { reference: `Encounter?identifier=${system}|v1` } }),
        task('t3', [], { encounter: { identifier: { system, value: 'v1' } } }),
        task('t4', ['Task/t3'], { focus: { reference: 'Encounter/e1' } }),
      ],
    });
    expect(counts).toStrictEqual([1, 4, 0]);
    expect(waiting(out)).toStrictEqual(['t1 1', 't2 1', 't3 1', 't4 2']);
  });

  it('is planned as it is converted, and loses the reference where the map need not know all', async () => {
    const { folder, summary } = await mapped({ 'a.ndjson': chain });
    const options = { inputs: [folder], ...idMap([{ reference: 'Patient/p1', id: 'pt_1' }]) };
    expect((await plan({ ...options, unmapped: 'refuse' })).records).toStrictEqual(summary.records);
    const out = join(temporaryFolder(), 'out');
    expect((await convert({ ...options, out })).records.converted.total).toBe(3);
  });
});
