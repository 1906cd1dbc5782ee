import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FhirResource } from 'fhir/r4.js';
import {
  type ClinikResponse,
  type FromResponseOptions,
  fromResponse,
  idMap,
  type ResponseMeta,
  type ResponseRecord,
  toListResponse,
  toResponse,
} from '../../src/index.js';

function recordOf(json: unknown, options?: FromResponseOptions): ResponseRecord {
  const response = fromResponse(json, options);
  if (response.kind !== 'record') assert.fail(response.kind);
  return response.record;
}

function idsOf({ issues }: { readonly issues: readonly { readonly id: string }[] }): string[] {
  return issues.map(({ id }) => id);
}

const listOf = (response: ClinikResponse) => (response.kind === 'list' ? response : assert.fail(response.kind));

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
    for (const nothing of [undefined, null, '', { data: null }]) assert.equal(fromResponse(nothing).kind, 'empty');
    assert.deepEqual(fromResponse({ data: null, meta: { status: 204 } }).meta, { status: 204 });
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
          if (response.kind === 'record' && !response.record.ok) assert.ok(response.record.issues.length > 0);
        },
      ),
      { numRuns: 1000 },
    );
    for (const no of [42, 'text', true, {}, { data: 7 }]) assert.equal(recordOf(no).ok, false);
  });

  it('survives nesting that no reader could follow', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);
    const outcome = { resourceType: 'OperationOutcome', text: deep, issue: [{ details: deep }], extension: [deep] };
    assert.equal(fromResponse(outcome).kind, 'error');
    assert.equal(fromResponse({ error: deep, code: 'x', issues: [deep] }).kind, 'error');
    assert.equal(fromResponse({ data: [deep], meta: deep }).kind, 'list');
    const flat = { ...encounter, type: deep };
    assert.deepEqual(idsOf(recordOf({ data: flat }, { path: 'encounters' })), ['too-deep']);
    assert.deepEqual(idsOf(recordOf(bundle([{ resource: { ...fhir, text: deep } }]))), ['too-deep']);
  });

  it('does not take an observation for a lab, which has the same fields', () => {
    const flat = { id: 'obs_1', status: 'final', code: '718-7', patientId: 'pt_1' };
    assert.deepEqual(idsOf(recordOf({ data: flat })), ['response-type-unknown']);
    assert.ok(recordOf({ data: flat }, { path: 'labs' }).ok);
  });

  it('refuses a flat record that is no valid payload, and keeps it', () => {
    const data = { ...encounter, status: 'gone' };
    const record = recordOf({ data }, { path: 'encounters' });
    assert.ok(!record.ok);
    assert.deepEqual([record.path, idsOf(record), record.value], ['encounters', ['payload-code'], data]);
  });

  it('lists what the server says of a flat record besides the payload, without a value', () => {
    const record = recordOf({ data: { ...encounter, createdAt: '2026', 'Müller, Anna': 1 } }, { path: 'encounters' });
    assert.ok(record.ok);
    const paths = record.losses.map((loss) => [loss.path, loss.kind, loss.class]);
    assert.deepEqual(paths, [
      ['createdAt', 'missing', 'content'],
      ['children()', 'missing', 'content'],
    ]);
  });

  it('never puts aside what could turn the meaning of a flat record round', () => {
    const record = recordOf({ data: { ...encounter, modifierExtension: [] } }, { path: 'encounters' });
    assert.deepEqual(idsOf(record), ['payload-unknown-field']);
  });

  it('says of a resource that there is no payload for it, and keeps it', () => {
    const record = recordOf({ data: patient });
    assert.ok(!record.ok);
    assert.deepEqual([idsOf(record), record.value], [['response-no-payload'], patient]);
    assert.deepEqual(idsOf(recordOf({ data: { resourceType: 'encounters' } })), ['response-no-payload']);
    assert.deepEqual(idsOf(recordOf({ data: { resourceType: 7 } })), ['response-no-payload']);
  });

  it('keeps an unreadable record in its place in a list', () => {
    const list = listOf(fromResponse({ data: [encounter, 7, encounter] }));
    assert.deepEqual(
      list.records.map((record) => record.ok),
      [true, false, true],
    );
  });

  it('reads the raw FHIR route, which has no envelope', () => {
    assert.ok(recordOf(fhir).ok);
    assert.equal(fromResponse(bundle([{ resource: fhir }, { resource: fhir }])).kind, 'list');
  });

  it('says what of meta and paging it did not read, without a value', () => {
    const response = fromResponse({ data: encounter, meta: { status: '200', trace: 'x', requestId: 'r' }, total: 'y' });
    assert.deepEqual(response.meta, { requestId: 'r' });
    assert.deepEqual(
      response.issues.flatMap(({ expression }) => expression),
      ['total', 'meta.status', 'meta.trace'],
    );
    assert.deepEqual(
      fromResponse({ data: encounter, meta: 7 }).issues.map(({ id }) => id),
      ['response-field'],
    );
  });

  it('says what of an error it did not read, and what was missing', () => {
    const response = fromResponse({
      error: 'Bad',
      code: 7,
      requestId: 'r',
      issues: [{ severity: 'error', extra: 1 }, 4],
    });
    assert.ok(response.kind === 'error');
    assert.deepEqual(response.error, {
      ...{ error: 'Bad', code: '', requestId: 'r' },
      issues: [{ severity: 'error', code: '', diagnostics: '' }],
    });
    const places = ['code', 'issues[0].code', 'issues[0].diagnostics', 'issues[0].extra', 'issues[1]'];
    assert.deepEqual(
      response.issues.flatMap(({ expression }) => expression),
      places,
    );
  });

  it('takes a Bundle of one match for a record, unless it looks like a page or `expect` says so', () => {
    const entry = [
      { resource: patient, search: { mode: 'include' } },
      { resource: fhir, search: { mode: 'match' } },
    ];
    const read = fromResponse(bundle(entry));
    assert.ok(read.kind === 'record' && read.record.ok);
    assert.deepEqual(read.included, [patient]);
    const page = listOf(
      fromResponse(bundle(entry, { total: 9, link: [{ relation: 'next', url: 'https://x.example' }] })),
    );
    assert.deepEqual(page.paging, { total: 9, hasMore: true });
    assert.equal(fromResponse(bundle(entry), { expect: 'list' }).kind, 'list');
    assert.equal(fromResponse(bundle(entry, { total: 1 }), { expect: 'record' }).kind, 'record');
    assert.equal(fromResponse(bundle([])).kind, 'list');
  });

  it('finds the record of a Bundle that names no match by `path`', () => {
    const lab: FhirResource = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: 'Patient/p1' },
    };
    const both = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: lab }, { resource: fhir }] };
    assert.equal(fromResponse(both).kind, 'list');
    const response = fromResponse(both, { path: 'encounters' });
    assert.ok(response.kind === 'record' && response.record.ok);
    assert.deepEqual([response.record.path, response.included], ['encounters', [lab]]);
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
    assert.ok(response.kind === 'record' && response.record.ok && response.record.path === 'encounters');
    assert.equal(response.record.payload.diagnosis?.[0]?.condition, 'Gout');
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
        assert.ok(first?.ok === true && second?.ok === true && second.path === 'tasks', reference);
        assert.deepEqual([first.id, second.payload.encounterId], ['enc_1', 'enc_1'], reference);
      }
    }
    // Without an identifier the map decides, for the record as for the references to it.
    const { identifier: _, ...bare } = visit;
    const entry = [
      { fullUrl: url, resource: { ...bare, ...subject, id: '77' } },
      { fullUrl: 'https://ehr.example/fhir/Task/t', resource: { ...task, encounter: { reference: 'Encounter/77' } } },
    ];
    const [first, second] = listOf(fromResponse({ resourceType: 'Bundle', type: 'searchset', entry }, map)).records;
    assert.ok(first?.ok === true && second?.ok === true && second.path === 'tasks');
    assert.deepEqual([first.id, second.payload.encounterId], ['78', '78']);
  });

  it('keeps a record of a Bundle that cannot be read as it came', () => {
    const urn = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0';
    const resource = { resourceType: 'Task', status: 'unheard', for: { reference: urn } };
    const entry = [{ resource }, { fullUrl: urn, resource: { resourceType: 'Patient', id: 'p1' } }];
    const [record] = listOf(fromResponse({ resourceType: 'Bundle', type: 'searchset', total: 1, entry })).records;
    assert.ok(record?.ok === false);
    assert.deepEqual(record.value, resource);
  });

  it('takes a urn for the id of a record only where something refers to it', () => {
    const fullUrl = 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01';
    const { id: _, ...nameless } = fhir;
    const entry = { fullUrl, resource: nameless, search: { mode: 'match' } };
    const part = { resource: { ...fhir, partOf: { reference: fullUrl } }, search: { mode: 'include' } };
    const alone = recordOf(bundle([entry]));
    const referred = recordOf(bundle([entry, part]));
    assert.deepEqual([alone.ok && alone.id, referred.ok && referred.id], [undefined, fullUrl.slice(9)]);
    const placed = recordOf(bundle([{ ...entry, fullUrl: 'https://ehr.example/fhir/Encounter/e9' }]));
    assert.equal(placed.ok && placed.id, 'e9');
  });

  it('refuses what a rule or a modifier of the Bundle could turn round', () => {
    const ruled = recordOf(bundle([{ resource: fhir }], { implicitRules: 'https://x.example' }));
    const modified = recordOf(bundle([{ resource: fhir, modifierExtension: [{}] }]));
    assert.deepEqual([...idsOf(ruled), ...idsOf(modified)], ['implicit-rules', 'modifier-extension']);
  });

  it('says of entries without a resource that there are some', () => {
    assert.deepEqual(idsOf(fromResponse(bundle([{ resource: fhir }, {}, { resource: {} }]))), [
      'response-entry',
      'response-entry',
    ]);
    assert.deepEqual(idsOf(fromResponse(bundle('x'))), ['bundle-entry']);
  });
});

describe('toResponse', () => {
  it('names the entries of resources without an id by their content', () => {
    const { id: _, ...nameless } = fhir;
    const patients: FhirResource[] = [{ resourceType: 'Patient' }, { resourceType: 'Patient' }];
    const { data } = toResponse(nameless, {}, { included: patients });
    assert.deepEqual(toResponse(nameless, {}, { included: patients }).data, data);
    assert.ok(data.resourceType === 'Bundle');
    const urls = (data.entry ?? []).map(({ fullUrl }) => fullUrl ?? '');
    for (const url of urls) assert.match(url, /^urn:uuid:[0-9a-f-]{36}$/);
    assert.equal(new Set(urls).size, 3);
    const response = fromResponse({ data });
    assert.ok(response.kind === 'record' && response.record.ok);
    assert.deepEqual([response.record.id, response.included], [undefined, patients]);
  });

  it('throws for a payload that is not valid, as toFhir does', () => {
    const payload = { status: 'finished', class: 'AMB', patientId: 'Group/1' } as const;
    assert.throws(() => toResponse({ path: 'encounters', payload }, {}), { name: 'ClinikFhirError' });
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
    assert.deepEqual(
      [Object.keys(single), Object.keys(rest.data), Object.keys(pages.meta).slice(6)],
      [
        ['data', 'meta'],
        ['data', 'total', 'cursor', 'hasMore'],
        ['total', 'page', 'pageSize'],
      ],
    );
  });
});
