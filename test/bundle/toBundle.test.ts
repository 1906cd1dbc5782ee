import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import {
  bundleToPayloads,
  ClinikFhirError,
  type DocumentPayload,
  type PayloadBundleType,
  type PayloadSets,
  type PayloadsToBundleOptions,
  payloadsToBundle,
} from '../../src/index.js';
import { errorsOf } from '../support/laws.js';

const NOW = '2026-02-03T04:05:06Z';
const encounter = { status: 'finished', class: 'AMB', patientId: 'pt_1' } as const;
const task = { status: 'requested', intent: 'order', encounterId: 'enc_1', patientId: 'p1' } as const;
const document: DocumentPayload = {
  status: 'final',
  type: 'discharge-summary',
  patientId: 'p1',
  practitionerId: 'pr1',
  title: 'Summary',
  sections: [{ title: 'Course', text: 'Uneventful.' }],
};
const visit: PayloadSets = { tasks: [{ id: 't1', ...task }], encounters: [{ id: 'enc_1', ...encounter }] };
const patient: FhirResource = {
  resourceType: 'Patient',
  id: 'p1',
  generalPractitioner: [{ reference: 'Practitioner/pr1' }],
};
const practitioner: FhirResource = { resourceType: 'Practitioner', id: 'pr1' };

const made = (payloads: PayloadSets, type: PayloadBundleType, more: Partial<PayloadsToBundleOptions> = {}): Bundle => {
  const bundle = payloadsToBundle(payloads, { type, ...more });
  assert.deepEqual(errorsOf(bundle), []);
  return bundle;
};
const at = (bundle: Bundle, index: number): Record<string, unknown> => ({ ...bundle.entry?.[index]?.resource });
const idsOf = (run: () => unknown): [string, string][] => {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof ClinikFhirError);
    return error.issues.map(({ id, expression }) => [id, expression.join()]);
  }
  return assert.fail('nothing was thrown');
};

describe('a transaction of payloads', () => {
  const bundle = made(visit, 'transaction');
  const [first, second] = bundle.entry ?? [];

  it('names each entry by a UUID of its content, in the order of the paths', () => {
    assert.match(
      first?.fullUrl ?? '',
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    assert.deepEqual([first?.resource?.resourceType, second?.resource?.resourceType], ['Encounter', 'Task']);
  });

  it('leads from record to record, beside the id as it was written', () => {
    assert.deepEqual(at(bundle, 1).encounter, {
      type: 'Encounter',
      identifier: { system: 'https://api.clinikapi.com/v1/encounters', value: 'enc_1' },
      reference: first?.fullUrl,
    });
  });

  it('finds what is outside by its ClinikAPI id', () => {
    assert.deepEqual(at(bundle, 1).for, {
      reference: 'Patient?identifier=https://api.clinikapi.com/v1/patients|p1',
    });
    assert.deepEqual(at(bundle, 0).subject, {
      type: 'Patient',
      identifier: { system: 'https://api.clinikapi.com/v1/patients', value: 'pt_1' },
      reference: 'Patient?identifier=https://api.clinikapi.com/v1/patients|pt_1',
    });
  });

  it('names what ClinikAPI has no identifiers of by its type and id alone', () => {
    const outside = made({ tasks: [{ ...task, focusId: 'Procedure/x1' }] }, 'transaction');
    assert.deepEqual(at(outside, 0).focus, {
      type: 'Procedure',
      identifier: { system: 'https://api.clinikapi.com/v1', value: 'x1' },
    });
  });

  it('creates a record once, however often it is sent', () => {
    assert.deepEqual(second?.request, {
      method: 'POST',
      url: 'Task',
      ifNoneExist: 'identifier=https://api.clinikapi.com/v1/tasks|t1',
    });
    assert.deepEqual(at(bundle, 1).identifier, [{ system: 'https://api.clinikapi.com/v1/tasks', value: 't1' }]);
    assert.equal(at(bundle, 1).id, undefined);
  });

  it('creates a record without an id once, too, and two equal ones twice', () => {
    const twins = made({ encounters: [encounter, encounter] }, 'transaction', { now: NOW });
    const conditions = twins.entry?.map(({ request }) => request?.ifNoneExist) ?? [];
    assert.equal(new Set(conditions).size, 2);
    for (const [index, { fullUrl }] of (twins.entry ?? []).entries()) {
      assert.equal(conditions[index], `identifier=urn:ietf:rfc:3986|${fullUrl}`);
      assert.deepEqual(at(twins, index).identifier, [{ system: 'urn:ietf:rfc:3986', value: fullUrl }]);
    }
  });

  it('gives a document its only identifier', () => {
    const one = made({ documents: [{ id: 'd1', ...document }] }, 'transaction');
    assert.deepEqual(at(one, 0).identifier, { system: 'https://api.clinikapi.com/v1/documents', value: 'd1' });
  });

  it('has the same names at another time, with the date of that time', () => {
    const later = { documents: [document] };
    const one = made(later, 'transaction', { now: NOW });
    const two = made(later, 'transaction', { now: '2027-01-01T00:00:00Z' });
    assert.notEqual(at(one, 0).date, at(two, 0).date);
    assert.equal(one.entry?.[0]?.fullUrl, two.entry?.[0]?.fullUrl);
    assert.equal(one.timestamp, NOW);
  });
});

describe('other Bundles of payloads', () => {
  it('refer to nothing that a batch creates', () => {
    assert.deepEqual(at(made(visit, 'batch'), 1).for, {
      type: 'Patient',
      identifier: { system: 'https://api.clinikapi.com/v1/patients', value: 'p1' },
    });
    assert.equal(JSON.stringify(made(visit, 'batch').entry?.[1]?.resource).includes('urn:uuid'), false);
  });

  it('lead from record to record in a collection, which keeps the ids', () => {
    const bundle = made({ ...visit, tasks: [{ id: 't1', ...task, basedOn: ['Task/t1'] }] }, 'collection', {
      include: [patient],
    });
    const [, one, other] = bundle.entry ?? [];
    assert.equal(at(bundle, 1).id, 't1');
    assert.deepEqual(at(bundle, 1).basedOn, [{ reference: one?.fullUrl }]);
    assert.deepEqual(at(bundle, 1).for, { reference: other?.fullUrl });
  });

  it('leave the references of a searchset, and count what was searched for', () => {
    const bundle = made(visit, 'searchset', { include: [patient], baseUrl: 'https://ehr.example/fhir' });
    assert.equal(bundle.total, 2);
    assert.deepEqual(
      bundle.entry?.map(({ search }) => search?.mode),
      ['match', 'match', 'include'],
    );
    assert.deepEqual(at(bundle, 1).for, { reference: 'Patient/p1' });
    assert.equal(bundle.entry?.[1]?.fullUrl, 'https://ehr.example/fhir/Task/t1');
    assert.match(bundle.entry?.[0]?.fullUrl ?? '', /^urn:uuid:/);
  });

  it('have no entries where there are no payloads', () => {
    assert.deepEqual(made({}, 'collection'), { resourceType: 'Bundle', type: 'collection' });
    assert.deepEqual(made({ labs: [] }, 'searchset'), { resourceType: 'Bundle', type: 'searchset', total: 0 });
  });

  it('take what was read out of a Bundle', () => {
    const { payloads } = bundleToPayloads(made(visit, 'collection'));
    assert.deepEqual(made(payloads, 'transaction'), made(visit, 'transaction'));
  });

  it('have the identifier that they are given', () => {
    const identifier = { system: 'https://sender.example', value: '1' };
    const bundle = made(visit, 'collection', { identifier });
    assert.deepEqual(bundle.identifier, identifier);
    assert.notEqual(bundle.identifier, identifier);
  });
});

describe('a document of payloads', () => {
  const set = { documents: [{ id: 'd1', ...document }], encounters: [{ id: 'enc_1', ...encounter }] };
  const bundle = made(set, 'document', { now: NOW, include: [patient, practitioner] });

  it('begins with its Composition, and leads to what is included', () => {
    const [first, , third, fourth] = bundle.entry ?? [];
    assert.equal(first?.resource?.resourceType, 'Composition');
    assert.deepEqual(at(bundle, 0).subject, { reference: third?.fullUrl });
    assert.deepEqual(at(bundle, 0).author, [{ reference: fourth?.fullUrl }]);
    assert.deepEqual(at(bundle, 2).generalPractitioner, [{ reference: fourth?.fullUrl }]);
  });

  it('has a time, and an identifier that is its own', () => {
    const later = made(set, 'document', { now: '2027-01-01T00:00:00Z', include: [patient, practitioner] });
    assert.equal(bundle.timestamp, NOW);
    assert.match(bundle.identifier?.value ?? '', /^urn:uuid:/);
    assert.notEqual(bundle.identifier?.value, later.identifier?.value);
  });

  it('names who is not included by the ClinikAPI id', () => {
    const alone = made({ documents: [document] }, 'document', { now: NOW });
    assert.deepEqual(at(alone, 0).subject, {
      type: 'Patient',
      identifier: { system: 'https://api.clinikapi.com/v1/patients', value: 'p1' },
    });
  });
});

describe('what makes no Bundle', () => {
  const bad = (payloads: unknown, options: unknown) =>
    idsOf(() => payloadsToBundle(payloads as PayloadSets, options as PayloadsToBundleOptions));

  it('is told by its place in the set', () => {
    const lab = { status: 'final', code: 'x', patientId: 'a b' };
    assert.deepEqual(bad({ encounters: [encounter, {}], labs: [lab, 7] }, { type: 'batch' }), [
      ['payload-required', 'encounters[1].status'],
      ['payload-required', 'encounters[1].class'],
      ['payload-required', 'encounters[1].patientId'],
      ['payload-id', 'labs[0].patientId'],
      ['payload-type', 'labs[1]'],
    ]);
  });

  it('is a set of another shape, or a type that there is not', () => {
    assert.deepEqual(bad({ patients: [] }, { type: 'batch' }), [['bundle-path', '']]);
    assert.deepEqual(bad({ labs: {} }, { type: 'batch' }), [['payload-type', 'labs']]);
    assert.deepEqual(bad([], { type: 'batch' }), [['payload-type', '']]);
    assert.deepEqual(bad({}, { type: 'message' }), [['bundle-type', '']]);
    assert.equal(bad(null, { type: 'document' })[0]?.[0], 'payload-type');
  });

  it('is an id of two records', () => {
    const twice = {
      encounters: [
        { id: 'e1', ...encounter },
        { id: 'e1', ...encounter, class: 'IMP' },
      ],
    };
    assert.deepEqual(bad(twice, { type: 'collection' }), [['bundle-id-repeated', '']]);
  });

  it('is a document of no or two Compositions, or without a time', () => {
    assert.deepEqual(bad({}, { type: 'document', now: NOW }), [['bundle-document', 'documents']]);
    assert.deepEqual(bad({ documents: [document, document] }, { type: 'document' }), [
      ['bundle-document', 'documents'],
      ['bundle-document-now', ''],
    ]);
  });

  it('is a request with resources that go along', () => {
    assert.deepEqual(bad(visit, { type: 'transaction', include: [patient] }), [['bundle-include', '']]);
  });

  it('is a resource along that is no valid R4', () => {
    const wrong = { resourceType: 'Patient', id: 'p2', gender: 'secret' };
    assert.deepEqual(bad(visit, { type: 'collection', include: [wrong] }), [
      ['binding-required', 'Bundle.entry[2].resource.gender'],
    ]);
    for (const none of [undefined, null, 7, {}]) {
      assert.match(bad({}, { type: 'collection', include: [none] })[0]?.[1] ?? '', /^Bundle\.entry\[0\]/);
    }
  });
});
