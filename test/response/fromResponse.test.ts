import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResource } from 'fhir/r4.js';
import {
  type ClinikResponse,
  errorToOutcome,
  type FromResponseOptions,
  fromResponse,
  idMap,
  lensFor,
  outcomeToError,
  type ResponseMeta,
  type ResponseRecord,
  toListResponse,
  toResponse,
} from '../../src/index.js';
import { ensure, fail } from '../support/ensure.js';
import { runs } from '../support/runs.js';

function recordOf(json: unknown, options?: FromResponseOptions): ResponseRecord {
  const response = fromResponse(json, options);
  if (response.kind !== 'record') fail(response.kind);
  return response.record;
}

function idsOf({ issues }: { readonly issues: readonly { readonly id: string }[] }): string[] {
  return issues.map(({ id }) => id);
}

const listOf = (response: ClinikResponse) => (response.kind === 'list' ? response : fail(response.kind));

const fhir: FhirResource = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: 'Patient/p1' },
};

describe('fromResponse', () => {
  const encounter = { id: 'enc_1', status: 'finished', class: 'AMB', patientId: 'pt_1' };
  const patient: FhirResource = { resourceType: 'Patient', id: 'p1' };
  const bundle = (entry: unknown, more: object = {}): object => ({
    resourceType: 'Bundle',
    type: 'searchset',
    entry,
    ...more,
  });

  it('is empty without a body, and where there is no data', () => {
    for (const nothing of [undefined, null, '', { data: null }]) expect(fromResponse(nothing).kind).toBe('empty');
    expect(fromResponse({ data: null, meta: { status: 204 } }).meta).toStrictEqual({ status: 204 });
  });

  it('never throws, whatever comes, and gives a reason where it reads nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.jsonValue(),
          fc.jsonValue().map((data) => ({ data })),
        ),
        (value) => {
          const response = fromResponse(value);
          if (response.kind === 'record' && !response.record.ok)
            expect(response.record.issues.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: runs(1000) },
    );
    for (const no of [42, 'text', true, {}, { data: 7 }]) expect(recordOf(no).ok).toBe(false);
  });

  it('survives nesting that no reader could follow', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);
    const outcome = { resourceType: 'OperationOutcome', text: deep, issue: [{ details: deep }], extension: [deep] };
    expect(fromResponse(outcome).kind).toBe('error');
    expect(fromResponse({ error: deep, code: 'x', issues: [deep] }).kind).toBe('error');
    expect(fromResponse({ data: [deep], meta: deep }).kind).toBe('list');
    const flat = { ...encounter, type: deep };
    expect(idsOf(recordOf({ data: flat }, { path: 'encounters' }))).toStrictEqual(['too-deep']);
    expect(idsOf(recordOf(bundle([{ resource: { ...fhir, text: deep } }])))).toStrictEqual(['too-deep']);
  });

  it('does not take an observation for a lab, which has the same fields', () => {
    const flat = { id: 'obs_1', status: 'final', code: '718-7', patientId: 'pt_1' };
    expect(idsOf(recordOf({ data: flat }))).toStrictEqual(['response-type-unknown']);
    ensure(recordOf({ data: flat }, { path: 'labs' }).ok);
  });

  it('refuses a flat record that is no valid payload, and keeps it', () => {
    const data = { ...encounter, status: 'gone' };
    const record = recordOf({ data }, { path: 'encounters' });
    ensure(!record.ok);
    expect([record.path, idsOf(record), record.value]).toStrictEqual(['encounters', ['payload-code'], data]);
  });

  it('lists what the server says of a flat record besides the payload, without a value', () => {
    const record = recordOf({ data: { ...encounter, createdAt: '2026', 'Müller, Anna': 1 } }, { path: 'encounters' });
    ensure(record.ok);
    const paths = record.losses.map((loss) => [loss.path, loss.kind, loss.class]);
    expect(paths).toStrictEqual([
      ['children()', 'missing', 'content'],
      ['children()', 'missing', 'content'],
    ]);
  });

  it('never puts aside what could change the meaning of a flat record', () => {
    const record = recordOf({ data: { ...encounter, modifierExtension: [] } }, { path: 'encounters' });
    expect(idsOf(record)).toStrictEqual(['payload-unknown-field']);
  });

  it('says of a resource that there is no payload for it, and keeps it', () => {
    const record = recordOf({ data: patient });
    ensure(!record.ok);
    expect([idsOf(record), record.value]).toStrictEqual([['response-no-payload'], patient]);
    expect(idsOf(recordOf({ data: { resourceType: 'encounters' } }))).toStrictEqual(['response-no-payload']);
    expect(idsOf(recordOf({ data: { resourceType: 7 } }))).toStrictEqual(['response-no-payload']);
  });

  it('keeps an unreadable record in its place in a list', () => {
    const list = listOf(fromResponse({ data: [encounter, 7, encounter] }));
    expect(list.records.map((record) => record.ok)).toStrictEqual([true, false, true]);
  });

  it('reads the raw FHIR route, which has no envelope', () => {
    ensure(recordOf(fhir).ok);
    expect(fromResponse(bundle([{ resource: fhir }, { resource: fhir }])).kind).toBe('list');
  });

  it('says what of meta and paging it did not read, without a value', () => {
    const response = fromResponse({ data: encounter, meta: { status: '200', trace: 'x', requestId: 'r' }, total: 'y' });
    expect(response.meta).toStrictEqual({ requestId: 'r' });
    expect(response.issues.flatMap(({ expression }) => expression)).toStrictEqual([
      'total',
      'meta.status',
      'meta.children()',
    ]);
    expect(fromResponse({ data: encounter, meta: 7 }).issues.map(({ id }) => id)).toStrictEqual(['response-field']);
  });

  it('says what of an error it did not read, and what was missing', () => {
    const response = fromResponse({
      error: 'Bad',
      code: 7,
      requestId: 'r',
      issues: [{ severity: 'error', extra: 1 }, 4],
    });
    ensure(response.kind === 'error');
    expect(response.error).toStrictEqual({
      ...{ error: 'Bad', code: '', requestId: 'r' },
      issues: [{ severity: 'error', code: '', diagnostics: '' }],
    });
    const places = ['code', 'issues[0].code', 'issues[0].diagnostics', 'issues[0].children()', 'issues[1]'];
    expect(response.issues.flatMap(({ expression }) => expression)).toStrictEqual(places);
  });

  it('takes a Bundle of one match for a record, unless it looks like a page or `expect` says so', () => {
    const entry = [
      { resource: patient, search: { mode: 'include' } },
      { resource: fhir, search: { mode: 'match' } },
    ];
    const read = fromResponse(bundle(entry));
    ensure(read.kind === 'record' && read.record.ok);
    expect(read.included).toStrictEqual([patient]);
    const page = listOf(
      fromResponse(bundle(entry, { total: 9, link: [{ relation: 'next', url: 'https://x.example' }] })),
    );
    expect(page.paging).toStrictEqual({ total: 9, hasMore: true });
    expect(fromResponse(bundle(entry), { expect: 'list' }).kind).toBe('list');
    expect(fromResponse(bundle(entry, { total: 1 }), { expect: 'record' }).kind).toBe('record');
    expect(fromResponse(bundle([])).kind).toBe('list');
  });

  it('finds the record of a Bundle that names no match by `path`', () => {
    const lab: FhirResource = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: 'Patient/p1' },
    };
    const both = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: lab }, { resource: fhir }] };
    expect(fromResponse(both).kind).toBe('list');
    const response = fromResponse(both, { path: 'encounters' });
    ensure(response.kind === 'record' && response.record.ok);
    expect([response.record.path, response.included]).toStrictEqual(['encounters', [lab]]);
  });

  it('takes for a record what a Bundle calls a match, and nothing else where it calls something so', () => {
    const other = { ...fhir, id: 'e2' };
    const response = fromResponse(bundle([{ resource: other }, { resource: fhir, search: { mode: 'match' } }]));
    ensure(response.kind === 'record' && response.record.ok);
    expect([response.record.id, response.included]).toStrictEqual(['e1', [other]]);
  });

  it.each([
    ['assessments', { status: 'completed', patientId: 'pt_1', summary: 's' }],
    ['encounters', { status: 'finished', class: 'AMB', patientId: 'pt_1' }],
    [
      'documents',
      {
        ...{ status: 'final', type: 'note', patientId: 'pt_1', practitionerId: 'dr_1', title: 't' },
        ...{ date: '2026-01-05T10:00:00Z', sections: [{ title: 'a', text: 'x' }] },
      },
    ],
    ['labs', { status: 'final', code: 'x', patientId: 'pt_1', conclusion: 'c' }],
    ['tasks', { status: 'requested', intent: 'order', ownerId: 'Practitioner/1' }],
  ])('knows a flat record of %s by a field that no other resource has', (path, data) => {
    const record = recordOf({ data });
    expect([record.ok, record.path]).toStrictEqual([true, path]);
  });

  it('does not know a flat record of a path that has no payload', () => {
    for (const path of ['patients', 'toString'])
      expect(idsOf(recordOf({ data: encounter }, { path: path as never }))).toStrictEqual(['response-type-unknown']);
  });

  it('resolves references inside the Bundle', () => {
    const condition: FhirResource = {
      resourceType: 'Condition',
      id: 'c1',
      code: { text: 'Gout' },
      subject: { reference: 'Patient/p1' },
    };
    const diagnosed = { ...fhir, diagnosis: [{ condition: { reference: 'Condition/c1' } }] };
    const response = fromResponse(toResponse(diagnosed, {}, { included: [condition] }));
    ensure(response.kind === 'record' && response.record.ok && response.record.path === 'encounters');
    expect(response.record.payload.diagnosis?.[0]?.condition).toBe('Gout');
  });

  it('gives a reference the id of the record that it leads to, whatever else the Bundle calls that', () => {
    const url = 'https://ehr.example/fhir/Encounter/77';
    const urn = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0';
    const identifier = [{ system: 'https://api.clinikapi.com/v1/encounters', value: 'enc_1' }];
    const visit = { resourceType: 'Encounter', status: 'planned', class: { code: 'AMB' }, identifier };
    const subject = { subject: { reference: 'Patient/1' } };
    const task = { resourceType: 'Task', status: 'requested', intent: 'order' };
    const map = idMap([
      { reference: 'Encounter/77', id: '78' },
      { reference: 'Encounter/5', id: '77' },
      { reference: 'Patient/1', id: '2' },
    ]);
    for (const options of [{}, map, { ...map, baseUrl: 'https://ehr.example/fhir' }]) {
      for (const [fullUrl, reference] of [
        [urn, urn],
        [url, url],
        [url, 'Encounter/77'],
        [url, 'Encounter?identifier=https://api.clinikapi.com/v1/encounters|enc_1'],
      ] as const) {
        const response = fromResponse(
          {
            resourceType: 'Bundle',
            type: 'searchset',
            entry: [
              { fullUrl, resource: { ...visit, ...subject, ...(fullUrl === url ? { id: '77' } : {}) } },
              { fullUrl: 'https://ehr.example/fhir/Task/t', resource: { ...task, encounter: { reference } } },
            ],
          },
          { ...options, expect: 'list' },
        );
        const [first, second] = listOf(response).records;
        ensure(first?.ok === true && second?.ok === true && second.path === 'tasks', reference);
        expect([reference, [first.id, second.payload.encounterId]]).toStrictEqual([reference, ['enc_1', 'enc_1']]);
      }
    }
    // Without an identifier the map decides, for the record as for the references to it.
    const { identifier: _, ...bare } = visit;
    const entry = [
      { fullUrl: url, resource: { ...bare, ...subject, id: '77' } },
      { fullUrl: 'https://ehr.example/fhir/Task/t', resource: { ...task, encounter: { reference: 'Encounter/77' } } },
    ];
    const [first, second] = listOf(fromResponse({ resourceType: 'Bundle', type: 'searchset', entry }, map)).records;
    ensure(first?.ok === true && second?.ok === true && second.path === 'tasks');
    expect([first.id, second.payload.encounterId]).toStrictEqual(['78', '78']);
  });

  it('keeps a record of a Bundle that cannot be read as it came', () => {
    const urn = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0';
    const resource = { resourceType: 'Task', status: 'unheard', for: { reference: urn } };
    const entry = [{ resource }, { fullUrl: urn, resource: { resourceType: 'Patient', id: 'p1' } }];
    const [record] = listOf(fromResponse({ resourceType: 'Bundle', type: 'searchset', total: 1, entry })).records;
    ensure(record?.ok === false);
    expect(record.value).toStrictEqual(resource);
  });

  it('takes a urn for the id of a record only where something refers to it', () => {
    const fullUrl = 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01';
    const { id: _, ...nameless } = fhir;
    const entry = { fullUrl, resource: nameless, search: { mode: 'match' } };
    const part = { resource: { ...fhir, partOf: { reference: fullUrl } }, search: { mode: 'include' } };
    const alone = recordOf(bundle([entry]));
    const referred = recordOf(bundle([entry, part]));
    expect([alone.ok && alone.id, referred.ok && referred.id]).toStrictEqual([undefined, fullUrl.slice(9)]);
    const placed = recordOf(bundle([{ ...entry, fullUrl: 'https://ehr.example/fhir/Encounter/e9' }]));
    expect(placed.ok && placed.id).toBe('e9');
  });

  it('refuses what a rule or a modifier of the Bundle could turn round', () => {
    const ruled = recordOf(bundle([{ resource: fhir }], { implicitRules: 'https://x.example' }));
    const modified = recordOf(bundle([{ resource: fhir, modifierExtension: [{}] }]));
    expect([...idsOf(ruled), ...idsOf(modified)]).toStrictEqual(['implicit-rules', 'modifier-extension']);
  });

  it('takes a deletion in a Bundle for no record, whether its entry still holds the resource or not', () => {
    const request = { method: 'DELETE', url: 'Encounter/e2' };
    for (const deletion of [{ request }, { request, resource: { ...fhir, id: 'e2' } }]) {
      const list = listOf(fromResponse(bundle([{ resource: fhir }, deletion]), { expect: 'list' }));
      expect([list.records.map((record) => record.ok && record.id), idsOf(list)]).toStrictEqual([
        ['e1'],
        ['response-entry'],
      ]);
    }
  });

  it('says of entries without a resource that there are some', () => {
    expect(idsOf(fromResponse(bundle([{ resource: fhir }, {}, { resource: {} }])))).toStrictEqual([
      'response-entry',
      'response-entry',
    ]);
    expect(idsOf(fromResponse(bundle('x')))).toStrictEqual(['bundle-entry']);
  });
});

describe('toResponse', () => {
  it('names the entries of resources without an id by their content', () => {
    const { id: _, ...nameless } = fhir;
    const patients: FhirResource[] = [{ resourceType: 'Patient' }, { resourceType: 'Patient' }];
    const { data } = toResponse(nameless, {}, { included: patients });
    expect(toResponse(nameless, {}, { included: patients }).data).toStrictEqual(data);
    ensure(data.resourceType === 'Bundle');
    const urls = (data.entry ?? []).map(({ fullUrl }) => fullUrl ?? '');
    for (const url of urls) expect(url).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(new Set(urls).size).toBe(3);
    const response = fromResponse({ data });
    ensure(response.kind === 'record' && response.record.ok);
    expect([response.record.id, response.included]).toStrictEqual([undefined, patients]);
  });

  it('throws for a payload that is not valid, as toFhir does', () => {
    const payload = { status: 'finished', class: 'AMB', patientId: 'Group/1' } as const;
    expect(() => toResponse({ path: 'encounters', payload }, {})).toThrow(
      expect.objectContaining({ name: 'ClinikFhirError' }),
    );
  });

  it('says of each entry whether it was found or only goes along', () => {
    const { data } = toResponse(fhir, {}, { included: [{ resourceType: 'Patient', id: 'p1' }] });
    ensure(data.resourceType === 'Bundle');
    expect(data.entry?.map(({ search }) => search)).toStrictEqual([{ mode: 'match' }, { mode: 'include' }]);
  });

  it('says why it takes no resource that is nested beyond all measure', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(400)}1${'}'.repeat(400)}`);
    const included = [{ resourceType: 'Patient', text: deep } as never];
    expect(() => toResponse(fhir, {}, { included })).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ id: 'too-deep' })] }),
    );
  });

  it('is a list by page only where there is a page, and neither a cursor nor a word of more', () => {
    expect(toListResponse([], {}, {})).toStrictEqual({ data: { data: [] }, meta: {} });
    expect(toListResponse([], { page: 2 }, { status: 200 })).toStrictEqual({
      data: [],
      meta: { status: 200, page: 2 },
    });
    for (const paging of [{ page: 2, cursor: 'c' }, { page: 2, hasMore: true }, { cursor: 'c' }, { hasMore: false }])
      expect(toListResponse([], paging, {})).toStrictEqual({ data: { data: [], ...paging }, meta: {} });
  });

  it('has the types of the shapes that ClinikAPI documents', () => {
    const whole = {
      requestId: 'r',
      timestamp: 't',
      status: 200,
      rateLimitTotal: 1,
      rateLimitRemaining: 1,
      rateLimitReset: 1,
    };
    const single: { data: { resourceType: string }; meta: Required<ResponseMeta> } = toResponse(
      { path: 'encounters', payload: { status: 'planned', class: 'AMB', patientId: 'p' } },
      whole,
    );
    const rest: {
      data: { data: object[]; total: number; cursor: string; hasMore: boolean };
      meta: { requestId: string };
    } = toListResponse([], { total: 1, cursor: 'c', hasMore: true }, whole);
    const pages: { data: object[]; meta: { total: number; page: number; pageSize: number; requestId: string } } =
      toListResponse([], { total: 1, page: 1, pageSize: 5 }, whole);
    expect([Object.keys(single), Object.keys(rest.data), Object.keys(pages.meta).slice(6)]).toStrictEqual([
      ['data', 'meta'],
      ['data', 'total', 'cursor', 'hasMore'],
      ['total', 'page', 'pageSize'],
    ]);
  });
});

describe('what ClinikAPI may answer', () => {
  const meta = { requestId: 'r', timestamp: '2025-01-15T09:15:00.000Z', status: 200 };
  const flat = { id: 'enc_xyz789', status: 'finished', class: 'AMB', patientId: 'pt_abc123' };

  it('takes null in a flat record for nothing, at any depth', () => {
    const data = {
      ...flat,
      practitionerId: null,
      period: { start: '2025-01-15T09:15:00Z', end: null },
      createdAt: null,
    };
    for (const options of [{}, { path: 'encounters' }] as const) {
      const record = recordOf({ data, meta }, options);
      ensure(record.ok);
      expect([record.id, record.payload, record.losses]).toStrictEqual([
        'enc_xyz789',
        { status: 'finished', class: 'AMB', patientId: 'pt_abc123', period: { start: '2025-01-15T09:15:00Z' } },
        [],
      ]);
    }
  });

  it('misses a required field that is null, and no item of a list', () => {
    const missing = recordOf({ data: { ...flat, patientId: null }, meta }, { path: 'encounters' });
    expect(idsOf(missing)).toStrictEqual(['payload-required']);
    const item = recordOf({ data: { ...flat, diagnosis: [null] }, meta }, { path: 'encounters' });
    expect([item.ok, idsOf(item)]).toStrictEqual([false, ['payload-type']]);
  });

  it.each([
    ['encounters', flat],
    ['assessments', { id: 'a1', status: 'completed', patientId: 'pt_1', summary: 's' }],
    ['tasks', { id: 't1', status: 'draft', intent: 'order', ownerId: 'prac_1' }],
  ] as const)('says of a flat record that was entered in error what it says of a resource: %s', (path, record) => {
    const data = { ...record, status: 'entered-in-error' };
    for (const options of [{}, { path }]) {
      const read = recordOf({ data, meta }, options);
      ensure(!read.ok);
      expect([read.path, read.issues.map(({ id, expression }) => [id, expression]), read.value]).toStrictEqual([
        path,
        [['status-entered-in-error', ['status']]],
        data,
      ]);
    }
    const { id: _, ...created } = data;
    expect(lensFor(path).validatePayload(created)[0]?.id).toBe('payload-code');
  });

  it('counts what the server filled in as bookkeeping, and all else it says as content', () => {
    const lab = {
      id: 'lab_1',
      status: 'final',
      code: 'CBC',
      patientId: 'pt_1',
      issued: '2025-01-15T09:15:00Z',
      meta: {},
    };
    const record = recordOf({ data: { ...lab, note: 'x' }, meta }, { path: 'labs' });
    ensure(record.ok);
    expect(record.losses.map((loss) => [loss.path, loss.class])).toStrictEqual([
      ['issued', 'record'],
      ['meta', 'record'],
      ['note', 'content'],
    ]);
  });

  it('reads what the SDK gives for a patient with include: records of each list, and the rest beside them', () => {
    const observation = { resourceType: 'Observation', id: 'o1' };
    const data = {
      patient: { resourceType: 'Patient', id: '7821-ax' },
      encounters: [fhir, flat],
      observations: [observation],
      medications: [],
      consents: null,
      labs: [{ id: 'lab_1', status: 'final', code: 'CBC', patientId: 'pt_1' }, 7],
      assessments: [],
      documents: [],
    };
    for (const json of [data, { data, meta }]) {
      const list = listOf(fromResponse(json));
      expect(list.records.map((record) => [record.path, record.ok])).toStrictEqual([
        ['encounters', true],
        ['encounters', true],
        ['labs', true],
        [undefined, false],
      ]);
      expect([list.included, list.issues]).toStrictEqual([[data.patient, observation], []]);
    }
  });

  it('says what of such an answer is no resource and no record', () => {
    const list = listOf(
      fromResponse({ data: { patient: { id: 'pt_1', name: 'N. N.' }, observations: [{ id: 'o1' }] }, meta }),
    );
    expect([list.records, list.included]).toStrictEqual([[], []]);
    expect(list.issues.map(({ id, expression }) => [id, expression])).toStrictEqual([
      ['response-field', ['patient']],
      ['response-field', ['observations[0]']],
    ]);
    expect(fromResponse({ data: { patient: {}, name: 'x' } }).kind).toBe('record');
  });

  it('reads an error without the id of a request, and makes none up', () => {
    const json = { error: 'Quota exceeded', message: 'Monthly quota reached', code: 'MONTHLY_QUOTA_EXCEEDED' };
    const response = fromResponse(json);
    ensure(response.kind === 'error');
    expect([response.error, response.issues]).toStrictEqual([json, []]);
    const outcome = errorToOutcome(response.error);
    expect(outcomeToError(outcome)).toStrictEqual({ error: json, losses: [] });
    expect(outcome.issue[0]?.extension).toBeUndefined();
  });

  it('keeps where in a request an issue of an error is, both ways', () => {
    const issues = [{ severity: 'fatal', code: 'value', diagnostics: 'No date.', location: ['period.end', 'status'] }];
    const json = { error: 'Validation failed', code: 'VALIDATION_ERROR', requestId: 'r', issues };
    const response = fromResponse(json);
    ensure(response.kind === 'error');
    expect([response.error, response.issues]).toStrictEqual([json, []]);
    const outcome = errorToOutcome(response.error);
    expect(outcome.issue[1]?.location).toStrictEqual(['period.end', 'status']);
    expect(outcomeToError(outcome)).toStrictEqual({ error: json, losses: [] });
    const wrong = fromResponse({ ...json, issues: [{ ...issues[0], location: [7] }] });
    expect(wrong.issues.map(({ expression }) => expression)).toStrictEqual([['issues[0].location']]);
  });
});
