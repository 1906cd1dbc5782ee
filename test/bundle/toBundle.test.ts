import { describe, expect, it } from '@jest/globals';
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
import { ensure, fail } from '../support/ensure.js';
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
  expect(errorsOf(bundle)).toStrictEqual([]);
  return bundle;
};
const at = (bundle: Bundle, index: number): Record<string, unknown> => ({ ...bundle.entry?.[index]?.resource });
const idsOf = (run: () => unknown): [string, string][] => {
  try {
    run();
  } catch (error) {
    ensure(error instanceof ClinikFhirError);
    return error.issues.map(({ id, expression }) => [id, expression.join()]);
  }
  return fail('nothing was thrown');
};

describe('a transaction of payloads', () => {
  const bundle = made(visit, 'transaction');
  const [first, second] = bundle.entry ?? [];

  it('names each entry by a UUID of its content, in the order of the paths', () => {
    expect(first?.fullUrl ?? '').toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect([first?.resource?.resourceType, second?.resource?.resourceType]).toStrictEqual(['Encounter', 'Task']);
  });

  it('leads from record to record, beside the id as it was written', () => {
    expect(at(bundle, 1).encounter).toStrictEqual({
      type: 'Encounter',
      identifier: { system: 'https://api.clinikapi.com/v1/encounters', value: 'enc_1' },
      reference: first?.fullUrl,
    });
  });

  it('finds what is outside by its ClinikAPI id', () => {
    expect(at(bundle, 1).for).toStrictEqual({
      reference: 'Patient?identifier=https://api.clinikapi.com/v1/patients|p1',
    });
    expect(at(bundle, 0).subject).toStrictEqual({
      type: 'Patient',
      identifier: { system: 'https://api.clinikapi.com/v1/patients', value: 'pt_1' },
      reference: 'Patient?identifier=https://api.clinikapi.com/v1/patients|pt_1',
    });
  });

  it('names what ClinikAPI has no identifiers of by its type and id alone', () => {
    const outside = made({ tasks: [{ ...task, focusId: 'Procedure/x1' }] }, 'transaction');
    expect(at(outside, 0).focus).toStrictEqual({
      type: 'Procedure',
      identifier: { system: 'https://api.clinikapi.com/v1', value: 'x1' },
    });
  });

  it('creates a record once, however often it is sent', () => {
    expect(second?.request).toStrictEqual({
      method: 'POST',
      url: 'Task',
      ifNoneExist: 'identifier=https://api.clinikapi.com/v1/tasks|t1',
    });
    expect(at(bundle, 1).identifier).toStrictEqual([{ system: 'https://api.clinikapi.com/v1/tasks', value: 't1' }]);
    expect(at(bundle, 1).id).toBeUndefined();
  });

  it('creates a record without an id once, too, and two equal ones twice', () => {
    const twins = made({ encounters: [encounter, encounter] }, 'transaction', { now: NOW });
    const conditions = twins.entry?.map(({ request }) => request?.ifNoneExist) ?? [];
    expect(new Set(conditions).size).toBe(2);
    for (const [index, { fullUrl }] of (twins.entry ?? []).entries()) {
      expect(conditions[index]).toBe(`identifier=urn:ietf:rfc:3986|${fullUrl}`);
      expect(at(twins, index).identifier).toStrictEqual([{ system: 'urn:ietf:rfc:3986', value: fullUrl }]);
    }
  });

  it('gives a document its only identifier', () => {
    const one = made({ documents: [{ id: 'd1', ...document }] }, 'transaction');
    expect(at(one, 0).identifier).toStrictEqual({ system: 'https://api.clinikapi.com/v1/documents', value: 'd1' });
  });

  it('has the same names at another time, with the date of that time', () => {
    const later = { documents: [document] };
    const one = made(later, 'transaction', { now: NOW });
    const two = made(later, 'transaction', { now: '2027-01-01T00:00:00Z' });
    expect(at(one, 0).date).not.toBe(at(two, 0).date);
    expect(one.entry?.[0]?.fullUrl).toBe(two.entry?.[0]?.fullUrl);
    expect(one.timestamp).toBe(NOW);
  });
});

describe('other Bundles of payloads', () => {
  it('refer to nothing that a batch creates', () => {
    expect(at(made(visit, 'batch'), 1).for).toStrictEqual({
      type: 'Patient',
      identifier: { system: 'https://api.clinikapi.com/v1/patients', value: 'p1' },
    });
    expect(JSON.stringify(made(visit, 'batch').entry?.[1]?.resource).includes('urn:uuid')).toBe(false);
  });

  it('lead from record to record in a collection, which keeps the ids', () => {
    const bundle = made({ ...visit, tasks: [{ id: 't1', ...task, basedOn: ['Task/t1'] }] }, 'collection', {
      include: [patient],
    });
    const [, one, other] = bundle.entry ?? [];
    expect(at(bundle, 1).id).toBe('t1');
    expect(at(bundle, 1).basedOn).toStrictEqual([{ reference: one?.fullUrl }]);
    expect(at(bundle, 1).for).toStrictEqual({ reference: other?.fullUrl });
  });

  it('leave the references of a searchset, and count what was searched for', () => {
    const bundle = made(visit, 'searchset', { include: [patient], baseUrl: 'https://ehr.example/fhir' });
    expect(bundle.total).toBe(2);
    expect(bundle.entry?.map(({ search }) => search?.mode)).toStrictEqual(['match', 'match', 'include']);
    expect(at(bundle, 1).for).toStrictEqual({ reference: 'Patient/p1' });
    expect(bundle.entry?.[1]?.fullUrl).toBe('https://ehr.example/fhir/Task/t1');
    expect(bundle.entry?.[0]?.fullUrl ?? '').toMatch(/^urn:uuid:/);
  });

  it('have no entries where there are no payloads', () => {
    expect(made({}, 'collection')).toStrictEqual({ resourceType: 'Bundle', type: 'collection' });
    expect(made({ labs: [] }, 'searchset')).toStrictEqual({ resourceType: 'Bundle', type: 'searchset', total: 0 });
  });

  it('take what was read out of a Bundle', () => {
    const { payloads } = bundleToPayloads(made(visit, 'collection'));
    expect(made(payloads, 'transaction')).toStrictEqual(made(visit, 'transaction'));
  });

  it('have the identifier that they are given', () => {
    const identifier = { system: 'https://sender.example', value: '1' };
    const bundle = made(visit, 'collection', { identifier });
    expect(bundle.identifier).toStrictEqual(identifier);
    expect(bundle.identifier).not.toBe(identifier);
  });
});

describe('a document of payloads', () => {
  const set = {
    documents: [{ id: 'd1', ...document, encounterId: 'enc_1' }],
    encounters: [{ id: 'enc_1', ...encounter }],
  };
  const bundle = made(set, 'document', { now: NOW, include: [patient, practitioner] });

  it('begins with its Composition, and leads to what is included', () => {
    const [first, , third, fourth] = bundle.entry ?? [];
    expect(first?.resource?.resourceType).toBe('Composition');
    expect(at(bundle, 0).subject).toStrictEqual({ reference: third?.fullUrl });
    expect(at(bundle, 0).author).toStrictEqual([{ reference: fourth?.fullUrl }]);
    expect(at(bundle, 2).generalPractitioner).toStrictEqual([{ reference: fourth?.fullUrl }]);
  });

  it('has a time, and an identifier that is its own', () => {
    const later = made(set, 'document', { now: '2027-01-01T00:00:00Z', include: [patient, practitioner] });
    expect(bundle.timestamp).toBe(NOW);
    expect(bundle.identifier?.value ?? '').toMatch(/^urn:uuid:/);
    expect(bundle.identifier?.value).not.toBe(later.identifier?.value);
  });

  it('is refused with what nothing in it refers to, included or not', () => {
    const stray: FhirResource = { resourceType: 'Observation', id: 'o9', status: 'final', code: { text: 'a' } };
    const refused = (payloads: PayloadSets, include: FhirResource[]) =>
      idsOf(() => payloadsToBundle(payloads, { type: 'document', now: NOW, include }));
    expect(refused({ documents: [document] }, [patient, practitioner, stray])).toStrictEqual([
      ['document-entry-unreferenced', 'Bundle.entry[3]'],
    ]);
    expect(refused({ ...set, documents: [document] }, [])).toStrictEqual([
      ['document-entry-unreferenced', 'Bundle.entry[1]'],
    ]);
  });

  it('names who is not included by the ClinikAPI id', () => {
    const alone = made({ documents: [document] }, 'document', { now: NOW });
    expect(at(alone, 0).subject).toStrictEqual({
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
    expect(bad({ encounters: [encounter, {}], labs: [lab, 7] }, { type: 'batch' })).toStrictEqual([
      ['payload-required', 'encounters[1].status'],
      ['payload-required', 'encounters[1].class'],
      ['payload-required', 'encounters[1].patientId'],
      ['payload-id', 'labs[0].patientId'],
      ['payload-type', 'labs[1]'],
    ]);
  });

  it('is a set of another shape, or a type that there is not', () => {
    expect(bad({ patients: [] }, { type: 'batch' })).toStrictEqual([['bundle-path', '']]);
    expect(bad({ labs: {} }, { type: 'batch' })).toStrictEqual([['payload-type', 'labs']]);
    expect(bad([], { type: 'batch' })).toStrictEqual([['payload-type', '']]);
    expect(bad({}, { type: 'message' })).toStrictEqual([['bundle-type', '']]);
    expect(bad(null, { type: 'document' })[0]?.[0]).toBe('payload-type');
  });

  it('is an id of two records', () => {
    const twice = {
      encounters: [
        { id: 'e1', ...encounter },
        { id: 'e1', ...encounter, class: 'IMP' },
      ],
    };
    expect(bad(twice, { type: 'collection' })).toStrictEqual([['bundle-id-repeated', '']]);
  });

  it('is a document of no or two Compositions, or without a time', () => {
    expect(bad({}, { type: 'document', now: NOW })).toStrictEqual([['bundle-document', 'documents']]);
    expect(bad({ documents: [document, document] }, { type: 'document' })).toStrictEqual([
      ['bundle-document', 'documents'],
      ['bundle-document-now', ''],
    ]);
  });

  it('is a request with resources that go along', () => {
    expect(bad(visit, { type: 'transaction', include: [patient] })).toStrictEqual([['bundle-include', '']]);
  });

  it('is a resource along that is no valid R4', () => {
    const wrong = { resourceType: 'Patient', id: 'p2', gender: 'secret' };
    expect(bad(visit, { type: 'collection', include: [wrong] })).toStrictEqual([
      ['binding-required', 'Bundle.entry[2].resource.gender'],
    ]);
    for (const none of [undefined, null, 7, {}]) {
      expect(bad({}, { type: 'collection', include: [none] })[0]?.[1] ?? '').toMatch(/^Bundle\.entry\[0\]/);
    }
  });
});
