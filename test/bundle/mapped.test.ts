import { describe, expect, it } from '@jest/globals';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import {
  type BundleToPayloadsResult,
  bundleToPayloads,
  type ConvertOptions,
  encounters,
  type IdMapRow,
  idMap,
  type PayloadBundleType,
  type PayloadSets,
  payloadsToBundle,
} from '../../src/index.js';
import { bundle, entry, GONE, HOME, type Json, O1, P1, patient } from '../support/bundles.js';
import { errorsOf } from '../support/laws.js';

const rows = (...pairs: [reference: string, id: string][]): IdMapRow[] =>
  pairs.map(([reference, id]) => ({ reference, id }));
const read = (input: unknown, options: ConvertOptions): BundleToPayloadsResult =>
  bundleToPayloads(input as Bundle, options);
const clinik = (path: string, value: string): Json => ({ system: `https://api.clinikapi.com/v1/${path}`, value });
const encounter = (more: Json = {}): Json => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: 'Patient/1' },
  ...more,
});
const task = (more: Json = {}): Json => ({ resourceType: 'Task', status: 'requested', intent: 'order', ...more });

/** Integers on both sides: each is another record on the other one. */
const swap = idMap(
  rows(['Patient/1', '2'], ['Patient/2', '1'], ['Encounter/1', '2'], ['Encounter/2', '1'], ['Condition/1', '2']),
);

describe('a Bundle that is read, of a source whose ids are those of other records at ClinikAPI', () => {
  const patients = [entry(patient('1')), entry(patient('2'))];

  it('gives each record the other id', () => {
    const { payloads } = read(
      bundle(
        'searchset',
        ...patients,
        entry(encounter({ id: '1' })),
        entry(encounter({ id: '2', subject: { reference: `${HOME}/Patient/2` } })),
        entry(task({ id: 't', encounter: { reference: 'Encounter/1' }, for: { reference: 'Patient/2' } })),
      ),
      swap,
    );
    const mixed = payloads.encounters.map(({ id, patientId }) => [id, patientId]);
    expect(mixed).toStrictEqual([
      ['2', '2'],
      ['1', '1'],
    ]);
    expect([payloads.tasks[0]?.encounterId, payloads.tasks[0]?.patientId]).toStrictEqual(['2', '1']);
  });

  it('believes an identifier of ClinikAPI’s before the map', () => {
    const known = patient('1', { identifier: [clinik('patients', '7')] });
    const subject = (reference: string) => entry(encounter({ id: 'e', subject: { reference } }));
    const ofText = (reference: string) =>
      read(bundle('searchset', entry(known), subject(reference)), swap).payloads.encounters[0]?.patientId;
    expect([ofText('Patient/1'), ofText(`${HOME}/Patient/1`), ofText('Patient/2')]).toStrictEqual(['7', '7', '1']);
    // Its id is one that the map has for another record of the source.
    const one = patient('9', { identifier: [clinik('patients', '2')] });
    expect(
      read(bundle('searchset', entry(one), ...patients, subject('Patient/9')), swap).payloads.encounters[0]?.patientId,
    ).toBe('2');
  });

  it('knows a record by its fullUrl, its own id, or a search for one of its identifiers', () => {
    const map = idMap(
      rows(
        [P1, 'by_url'],
        ['Patient/7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b02', 'by_id'],
        ['Patient?identifier=a|b', 'by_search'],
      ),
    );
    const idOf = (fullUrl: string, more: Json = {}) => {
      const to = entry(encounter({ id: 'e', subject: { reference: fullUrl } }), `${HOME}/Encounter/e`);
      return read(bundle('collection', entry(patient(undefined, more), fullUrl), to), map).payloads.encounters[0]
        ?.patientId;
    };
    expect(idOf(P1)).toBe('by_url');
    expect(idOf(O1)).toBe('by_id');
    expect(idOf(GONE, { identifier: [{ system: 'a', value: 'b' }] })).toBe('by_search');
    expect(idOf(GONE)).toBeUndefined();
  });

  it('gives a record the id that others know it by', () => {
    const map = idMap(rows([O1, 'enc_1'], ['Patient/1', 'pt_1']));
    const { payloads } = read(
      bundle('collection', entry(encounter(), O1), entry(task({ encounter: { reference: O1 } }), GONE)),
      map,
    );
    expect([payloads.encounters[0]?.id, payloads.tasks[0]?.encounterId]).toStrictEqual(['enc_1', 'enc_1']);
    expect(payloads.tasks[0]?.id).toBeUndefined();
  });

  it('lets a new record keep its own id, so that others can refer to it', () => {
    const { payloads } = read(
      bundle(
        'searchset',
        entry(encounter({ id: '3' })),
        entry(task({ id: 't', encounter: { reference: 'Encounter/3' } })),
      ),
      swap,
    );
    expect([payloads.encounters[0]?.id, payloads.tasks[0]?.encounterId]).toStrictEqual(['3', '3']);
  });

  it('does not let it where the id is another’s, by the map or in the Bundle', () => {
    const visits = (more: Json, options: ConvertOptions) =>
      read(
        bundle(
          'searchset',
          entry(encounter({ id: '1', ...more })),
          entry(encounter({ id: '2' })),
          entry(task({ id: 't', encounter: { reference: 'Encounter/2' } })),
        ),
        options,
      ).payloads;
    const half = idMap(rows(['Encounter/1', '2'], ['Patient/1', 'p']));
    for (const payloads of [
      visits({}, half),
      visits(
        { identifier: [clinik('encounters', '2')] },
        { resolveId: (text) => (text === 'Patient/1' ? 'p' : undefined) },
      ),
    ]) {
      expect(payloads.encounters.map(({ id }) => id)).toStrictEqual(['2', undefined]);
      expect(payloads.tasks[0]?.encounterId).toBeUndefined();
    }
    // A record by itself is held to the same.
    expect(encounters.fromFhir(encounter({ id: '2' }) as never, half).id).toBeUndefined();
    expect(encounters.fromFhir(encounter({ id: '3' }) as never, half).id).toBe('3');
  });

  it('does not take what another server calls so', () => {
    const there = 'https://elsewhere.example/fhir';
    const subject = { reference: 'Patient/1' };
    const input = (...more: Json[]) =>
      bundle('searchset', ...more, entry(task({ id: '5', for: subject }), `${there}/Task/5`));
    const options = { ...swap, baseUrl: HOME };
    const patientOf = (...more: Json[]) => read(input(...more), options).payloads.tasks[0]?.patientId;
    expect(patientOf()).toBeUndefined();
    expect(patientOf(entry(patient('1')))).toBeUndefined();
    expect(patientOf(entry(patient('1'), `${there}/Patient/1`))).toBeUndefined();
    expect(patientOf(entry(patient('1', { identifier: [clinik('patients', '7')] }), `${there}/Patient/1`))).toBe('7');
    const known = entry(patient('1', { identifier: [clinik('patients', '7')] }), `${there}/Patient/1`);
    const home = entry(task({ id: '6', for: { reference: `${HOME}/Patient/1` } }), `${there}/Task/6`);
    expect(read(bundle('searchset', known, home), options).payloads.tasks[0]?.patientId).toBe('2');
    const both = idMap(rows(['Patient/1', '2'], [`${there}/Patient/1`, '8']));
    expect(read(input(), { ...both, baseUrl: HOME }).payloads.tasks[0]?.patientId).toBe('8');
  });

  it('finds the Condition of a diagnosis, of the same patient only', () => {
    const cough = (reference: string, more: Json = {}): Json => ({
      resourceType: 'Condition',
      id: '1',
      subject: { reference },
      code: { text: 'Cough' },
      ...more,
    });
    const of = (condition: Json, reference: string, subject = 'Patient/1') => {
      const diagnosis = [{ condition: { reference } }];
      const visit = encounter({ id: 'e', subject: { reference: subject }, diagnosis });
      const result = read(bundle('searchset', ...patients, entry(visit), entry(condition)), swap);
      return result.payloads.encounters[0]?.diagnosis?.map((one) => one.condition);
    };
    expect(of(cough('Patient/1'), 'Condition/1')).toStrictEqual(['Cough']);
    expect(of(cough(`${HOME}/Patient/1`), 'Condition/1')).toStrictEqual(['Cough']);
    expect(of(cough('Patient/1'), `${HOME}/Condition/1`, `${HOME}/Patient/1`)).toStrictEqual(['Cough']);
    expect(of(cough('Patient/2'), 'Condition/1')).toBeUndefined();
    expect(of(cough('Patient/2'), `${HOME}/Condition/1`)).toBeUndefined();
    const known = { identifier: [clinik('conditions', 'cond_5')] };
    expect(of(cough('Patient/1', known), 'Condition/1')).toStrictEqual(['Cough']);
    expect(of(cough('Patient/2', known), 'Condition/1')).toBeUndefined();
    expect(of(cough('Patient/1', { id: '2', ...known }), 'Condition/2')).toStrictEqual(['Cough']);
  });

  it('finds it under another name, and tells patients of the same name on two servers apart', () => {
    const subject = { reference: 'Patient/1' };
    const cough = { resourceType: 'Condition', id: '9', subject, code: { text: 'Cough' } };
    const visit = entry(encounter({ id: 'e', diagnosis: [{ condition: { reference: O1 } }] }));
    const of = (...more: Json[]) =>
      read(bundle('collection', visit, ...more), swap).payloads.encounters[0]?.diagnosis?.map((one) => one.condition);
    const called = { ...cough, identifier: [clinik('conditions', '2')] };
    expect(of(entry(called, O1))).toStrictEqual(['Cough']);
    const other = patient('1', { identifier: [clinik('patients', '7')] });
    expect(of(entry(called, O1), entry(other, 'https://elsewhere.example/fhir/Patient/1'))).toBeUndefined();
  });

  it('reports no loss where a reference only has another name', () => {
    const { payloads, losses } = read(
      bundle('collection', entry(patient('1'), P1), entry(encounter({ subject: { reference: P1 } }), O1)),
      swap,
    );
    expect(payloads.encounters[0]?.patientId).toBe('2');
    expect(losses.filter((loss) => loss.class === 'content')).toStrictEqual([]);
  });

  it('refuses what the map does not know, where that is asked for', () => {
    const { skipped, issues } = read(
      bundle('searchset', entry(encounter({ id: 'e', subject: { reference: 'Patient/3' } }))),
      { ...swap, unmapped: 'refuse' },
    );
    expect(skipped.map(({ reason }) => reason)).toStrictEqual(['refused']);
    expect(
      issues.some(
        ({ id, expression }) => id === 'reference-unmapped' && expression[0] === 'Bundle.entry[0].resource.subject',
      ),
    ).toBe(true);
  });
});

describe('what the map need not know', () => {
  it('is a target that no field is for, known as such by the Bundle alone', () => {
    const organization = entry({ resourceType: 'Organization', name: 'Laboratory' }, O1);
    const lab = {
      resourceType: 'DiagnosticReport',
      id: 'd',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: 'Patient/1' },
      performer: [{ reference: O1 }],
    };
    const { payloads, issues } = read(bundle('collection', organization, entry(lab)), { ...swap, unmapped: 'refuse' });
    expect(payloads.labs).toStrictEqual([{ id: 'd', status: 'final', code: 'x', patientId: '2' }]);
    expect(issues.filter(({ severity }) => severity === 'error')).toStrictEqual([]);
  });
});

describe('a Bundle for a source whose ids are those of other records at ClinikAPI', () => {
  const visit: PayloadSets = {
    encounters: [{ id: '2', status: 'finished', class: 'AMB', patientId: '1' }],
    tasks: [
      { id: 't', status: 'requested', intent: 'order', encounterId: '2', patientId: '2', focusId: 'Encounter/1' },
    ],
  };
  const made = (type: PayloadBundleType, more: ConvertOptions & { include?: FhirResource[] } = {}, set = visit) => {
    const result = payloadsToBundle(set, { ...swap, ...more, type });
    expect(errorsOf(result)).toStrictEqual([]);
    return (result.entry ?? []).map((one): Json => ({ fullUrl: one.fullUrl, ...one.resource }));
  };

  it('refers to what is outside as the source does, and to its entries by their fullUrls', () => {
    for (const type of ['transaction', 'collection'] as const) {
      const [first, second] = made(type);
      expect([type, first?.subject]).toStrictEqual([type, { reference: 'Patient/2' }]);
      expect([type, second?.for]).toStrictEqual([type, { reference: 'Patient/1' }]);
      expect([type, second?.encounter]).toStrictEqual([type, { reference: first?.fullUrl }]);
      expect([type, second?.focus]).toStrictEqual([type, { reference: 'Encounter/2' }]);
    }
  });

  it('names an entry of a batch by its identifier, which the source is told', () => {
    const [first, second] = made('batch');
    expect(first?.identifier).toStrictEqual([clinik('encounters', '2')]);
    expect(second?.encounter).toStrictEqual({ type: 'Encounter', identifier: clinik('encounters', '2') });
    expect(second?.focus).toStrictEqual({ reference: 'Encounter/2' });
  });

  it('is a searchset at the addresses of the source', () => {
    const [first, second] = made('searchset', { baseUrl: HOME });
    expect([first?.fullUrl, first?.id]).toStrictEqual([`${HOME}/Encounter/1`, '1']);
    expect(second?.encounter).toStrictEqual({ reference: 'Encounter/1' });
  });

  it('has no address that the map takes for another’s', () => {
    const map = idMap(rows(['Encounter/1', '2'], [`${HOME}/Encounter/1`, '9']));
    const [first] = made('searchset', { ...map, baseUrl: HOME });
    expect(String(first?.fullUrl)).toMatch(/^urn:uuid:/);
    const bundled = payloadsToBundle(visit, { ...map, baseUrl: HOME, type: 'searchset' });
    const { payloads } = read(bundled, { ...map, baseUrl: HOME });
    expect([payloads.encounters[0]?.id, payloads.tasks[0]?.encounterId]).toStrictEqual(['2', '2']);
  });

  it('asks for an id that the map does not know at ClinikAPI, never literally', () => {
    const set: PayloadSets = { encounters: [{ id: '4', status: 'finished', class: 'AMB', patientId: '3' }] };
    const logical = { type: 'Patient', identifier: clinik('patients', '3') };
    const search = 'Patient?identifier=https://api.clinikapi.com/v1/patients|3';
    expect(made('transaction', {}, set)[0]?.subject).toStrictEqual({ ...logical, reference: search });
    const [first] = made('collection', { include: [{ resourceType: 'Patient', id: '3' }] }, set);
    expect(first?.subject).toStrictEqual(logical);
    expect([first?.id, first?.identifier]).toStrictEqual([undefined, [clinik('encounters', '4')]]);
  });

  it('has what goes along by the map, by its identifier, and by the name that others of its source call it', () => {
    const along: FhirResource[] = [
      { resourceType: 'Patient', id: '1', generalPractitioner: [{ reference: 'Practitioner/9' }] },
      {
        resourceType: 'Patient',
        id: '5',
        identifier: [{ system: 'https://api.clinikapi.com/v1/patients', value: '1' }],
      },
      { resourceType: 'Practitioner', id: '9' },
    ];
    const [first, second, one, other, practitioner] = made('collection', { include: along });
    expect(second?.for).toStrictEqual({ reference: one?.fullUrl });
    expect(first?.subject).toStrictEqual({ reference: other?.fullUrl });
    expect(one?.generalPractitioner).toStrictEqual([{ reference: practitioner?.fullUrl }]);
  });

  it('does not lead to what says that it is another', () => {
    const mistaken: FhirResource = {
      resourceType: 'Patient',
      id: '2',
      identifier: [{ system: 'https://api.clinikapi.com/v1/patients', value: '7' }],
    };
    const [first] = made('collection', { include: [mistaken] });
    expect(first?.subject).toStrictEqual({ type: 'Patient', identifier: clinik('patients', '1') });
  });

  it('has searches in a transaction only, and elsewhere the identifier that they are for', () => {
    const map = idMap(rows(['Patient?identifier=https://mrn.example|m1', '1'], ['Patient/1', '2']));
    const subject = (type: PayloadBundleType) => made(type, map)[0]?.subject;
    expect(subject('transaction')).toStrictEqual({ reference: 'Patient?identifier=https://mrn.example|m1' });
    const logical = { type: 'Patient', identifier: { system: 'https://mrn.example', value: 'm1' } };
    for (const type of ['batch', 'collection', 'searchset'] as const)
      expect([type, subject(type)]).toStrictEqual([type, logical]);
  });

  it('calls a record the same whatever the map knows', () => {
    const nameless: PayloadSets = { tasks: [{ status: 'requested', intent: 'order', patientId: '2' }] };
    const bare = payloadsToBundle(nameless, { type: 'transaction' });
    expect(made('transaction', {}, nameless)[0]?.fullUrl).toBe(bare.entry?.[0]?.fullUrl);
  });

  it('links by the source’s ids where only the way back is known', () => {
    const { resolveReference } = swap;
    const [first, second] = made('transaction', { resolveId: undefined, resolveReference });
    expect(first?.subject).toStrictEqual({ reference: 'Patient/2' });
    expect(second?.encounter).toStrictEqual({ reference: first?.fullUrl });
  });
});
