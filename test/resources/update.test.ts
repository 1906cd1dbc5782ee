import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClinicalImpression, DiagnosticReport, Encounter } from 'fhir/r4.js';
import {
  assessments,
  ClinikFhirError,
  documents,
  type EncounterPayload,
  encounters,
  type Issue,
  type LabPayload,
  labs,
  tasks,
} from '../../src/index.js';

const START = '2026-01-05T09:00:00Z';
const END = '2026-01-05T10:00:00Z';

const visit: EncounterPayload = { status: 'in-progress', class: 'AMB', patientId: 'p1', period: { start: START } };
const report: LabPayload = { status: 'final', code: { code: 'x' }, patientId: 'p1', effectivePeriod: { start: START } };

const encounter: Encounter = {
  resourceType: 'Encounter',
  id: 'e1',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">A visit</div>' },
  status: 'in-progress',
  class: { code: 'AMB', userSelected: true },
  type: [{ coding: [{ system: 'urn:x', code: 'y' }], text: 'Visit' }, { text: 'Second' }],
  subject: { reference: 'Patient/p1', display: 'A patient' },
  period: { start: START },
  hospitalization: {
    preAdmissionIdentifier: { value: 'a' },
    origin: { display: 'Home' },
    admitSource: { text: 'Ambulance' },
    dietPreference: [{ text: 'Vegan' }],
  },
};

const short = (issues: readonly Issue[]): string[] =>
  issues.map(({ severity, id, expression }) => `${severity} ${id} ${expression.join(' ')}`);

const errorsOf = (partial: unknown, onto: unknown = encounter): string[] => {
  const result = encounters.safeUpdate(onto, partial);
  assert.equal(result.ok, false);
  return short(result.issues);
};

describe('an update', () => {
  it('changes what it names, and keeps what a payload cannot say', () => {
    const { text: _, ...rest } = encounter;
    const after = encounters.update(encounter, { status: 'finished', lengthMinutes: 30 });
    const length = { value: 30, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' };
    assert.deepEqual(after, { ...rest, status: 'finished', length });
  });

  it('merges nested objects, and warns of what would be lost if they were replaced', () => {
    const result = encounters.safeUpdate(encounter, { period: { end: END }, hospitalization: { admitSource: 'Car' } });
    assert.ok(result.ok);
    assert.deepEqual(result.resource.period, { start: START, end: END });
    assert.deepEqual(result.resource.hospitalization, {
      ...encounter.hospitalization,
      admitSource: { text: 'Car' },
    });
    assert.deepEqual(short(result.issues), [
      'warning update-subfield-at-risk period.start',
      'warning update-subfield-at-risk hospitalization.origin',
      'warning update-subfield-at-risk hospitalization.dietPreference',
      'information put-narrative-dropped Encounter.text',
    ]);
  });

  it('replaces lists, also by none', () => {
    const before = labs.toFhir({ ...report, resultIds: ['a', 'b'] });
    assert.deepEqual(labs.fromFhir(labs.update(before, { resultIds: ['c'] })).payload.resultIds, ['c']);
    assert.equal(labs.update(before, { resultIds: [] }).result, undefined);
  });

  it('leaves alone what is undefined', () => {
    const partial: Partial<EncounterPayload> = Object.assign({}, { status: undefined, period: { start: undefined } });
    assert.deepEqual(encounters.update(encounter, partial), encounter);
  });

  it('lets one choice displace the other, but not by nothing', () => {
    const before: DiagnosticReport = labs.toFhir(report);
    const { effectivePeriod: _, ...rest } = before;
    assert.deepEqual(labs.update(before, { effectiveDateTime: END }), { ...rest, effectiveDateTime: END });
    const moment = labs.update(before, { effectiveDateTime: END });
    assert.deepEqual(labs.update(moment, { effectivePeriod: { start: START } }), before);
    assert.deepEqual(labs.update(moment, { effectivePeriod: {} }), moment);
    const both = labs.safeUpdate(before, { effectiveDateTime: END, effectivePeriod: { end: END } });
    assert.deepEqual([both.ok, both.issues.map(({ id }) => id)], [false, ['payload-several-values']]);
  });

  it('refuses null at any depth', () => {
    assert.deepEqual(errorsOf({ location: null, period: { end: null }, diagnosis: [null] }), [
      'error update-null location',
      'error update-null period.end',
      'error update-null diagnosis[0]',
    ]);
  });

  it('refuses a field that ClinikAPI does not let it change, and one that there is not', () => {
    assert.deepEqual(errorsOf({ patientId: 'p2', hospitalization: { origin: 'Work' } }).sort(), [
      'error update-field hospitalization.origin',
      'error update-field patientId',
      'warning update-subfield-at-risk hospitalization.admitSource',
      'warning update-subfield-at-risk hospitalization.dietPreference',
    ]);
    assert.deepEqual(errorsOf({ id: 'e2' }), ['error update-field id']);
    assert.deepEqual(errorsOf({ title: 'x' }), ['error payload-unknown-field title']);
  });

  it('passes over such a field where it says what is stored', () => {
    const result = encounters.safeUpdate(encounter, { id: 'e1', patientId: 'Patient/p1', status: 'in-progress' });
    assert.ok(result.ok);
    assert.deepEqual(result.resource, encounter);
    assert.deepEqual(short(result.issues), [
      'warning update-field-passed-over id',
      'warning update-field-passed-over patientId',
    ]);
  });

  it('is refused where its result would not be valid', () => {
    assert.deepEqual(errorsOf({ period: { end: '2026-01-04T09:00:00Z' } }), ['error period-reversed period']);
    assert.deepEqual(errorsOf({ status: 'done' }), ['error payload-code status']);
    const task = tasks.toFhir({ status: 'draft', intent: 'plan', authoredOn: END });
    const late = tasks.safeUpdate(
      { ...task, lastModified: '2026-01-05T11:00:00Z' },
      { status: 'ready' },
      { now: START },
    );
    assert.deepEqual([late.ok, late.issues.at(-1)?.id], [false, 'put-breaks-inv-1']);
  });

  it('sets lastModified of a task, given the present, when it changes something', () => {
    const task = tasks.toFhir({ status: 'draft', intent: 'plan' });
    assert.equal(tasks.update(task, { status: 'ready' }, { now: END }).lastModified, END);
    assert.equal(tasks.update(task, {}, { now: END }).lastModified, undefined);
  });

  it('keeps the summary that a description stood in for', () => {
    const impression: ClinicalImpression = {
      resourceType: 'ClinicalImpression',
      status: 'completed',
      subject: { reference: 'Patient/p1' },
      description: 'Old',
    };
    const { payload } = assessments.fromFhir(assessments.update(impression, { description: 'New' }));
    assert.deepEqual([payload.summary, payload.description], ['Old', 'New']);
  });

  it('writes a period that changed anew, as any put does, without a start that no payload can say', () => {
    const after = encounters.update({ ...encounter, period: { start: '2025' } }, { period: { end: END } });
    assert.deepEqual(after.period, { end: END });
  });

  it('refuses what is no resource and what is no payload, without a value in a message', () => {
    assert.deepEqual(errorsOf({}, { resourceType: 'Patient' }), ['error resource-type Encounter']);
    for (const partial of [null, undefined, 'x', [], 1])
      assert.deepEqual(errorsOf(partial), ['error payload-type $this']);
    const hostile: unknown = JSON.parse('{ "__proto__": { "secret name": null }, "constructor": "secret" }');
    const result = encounters.safeUpdate(encounter, hostile);
    assert.ok(!result.ok && !JSON.stringify(result).includes('secret'));
    assert.throws(
      () => encounters.update(encounter, { patientId: 'secret' }),
      (error) => error instanceof ClinikFhirError && !error.message.includes('secret'),
    );
  });
});

describe('the difference of two payloads', () => {
  const stay: EncounterPayload = {
    ...visit,
    hospitalization: { admitSource: 'Car', dietPreference: ['Vegan'] },
  };

  it('names what changed, nested objects whole', () => {
    const after: EncounterPayload = { ...stay, status: 'finished', period: { start: START, end: END } };
    assert.deepEqual(encounters.diff(stay, after), { status: 'finished', period: { start: START, end: END } });
    assert.deepEqual(encounters.diff(stay, stay), {});
    assert.deepEqual(encounters.diff({ ...stay, patientId: 'Patient/p1', location: '' }, stay), {});
  });

  it('clears lists by empty ones, also in a nested object', () => {
    const diagnosis = [{ condition: 'I10' }];
    assert.deepEqual(encounters.diff({ ...visit, diagnosis }, visit), { diagnosis: [] });
    const after: EncounterPayload = { ...stay, hospitalization: { admitSource: 'Car' } };
    assert.deepEqual(encounters.diff(stay, after), { hospitalization: { admitSource: 'Car', dietPreference: [] } });
  });

  it('lets one choice displace the other', () => {
    const { effectivePeriod: _, ...rest } = report;
    assert.deepEqual(labs.diff(report, { ...rest, effectiveDateTime: END }), { effectiveDateTime: END });
  });

  it('refuses what no update can express', () => {
    const refused = (before: unknown, after: unknown): string[] => {
      const result = encounters.safeDiff(before, after);
      assert.equal(result.ok, false);
      return short(result.issues);
    };
    assert.deepEqual(refused({ ...visit, location: 'A', reasonCode: 'x' }, visit), [
      'error update-removal reasonCode',
      'error update-removal location',
    ]);
    assert.deepEqual(refused(visit, { ...visit, period: { end: END } }), ['error update-removal period.start']);
    assert.deepEqual(refused(visit, { ...visit, patientId: 'p2' }), ['error update-field patientId']);
    assert.deepEqual(refused({ ...visit, id: 'a' }, { ...visit, id: 'b' }), ['error update-field id']);
    const [home, work] = [
      { ...visit, hospitalization: { origin: 'Home' } },
      { ...visit, hospitalization: { origin: 'Work' } },
    ];
    assert.deepEqual(refused(home, work), ['error update-field hospitalization.origin']);
    assert.deepEqual(refused(home, { ...visit, hospitalization: { origin: 'Home', destination: 'Spa' } }), [
      'error update-subfield-unsendable hospitalization.origin',
    ]);
    assert.throws(() => encounters.diff(visit, { ...visit, patientId: 'p2' }), ClinikFhirError);
  });

  it('refuses payloads that are not valid', () => {
    const result = documents.safeDiff({}, null);
    assert.equal(result.ok, false);
    assert.ok(result.issues.some(({ id }) => id === 'payload-type'));
  });
});

describe('the fields of a lens', () => {
  it('tell which of them an update can change', () => {
    const of = (name: string): boolean | undefined =>
      encounters.fields.find(({ payload }) => payload === name)?.updatable;
    assert.deepEqual(['status', 'diagnosis[].use', 'hospitalization', 'hospitalization.destination'].map(of), [
      ...[true, true, true, true],
    ]);
    assert.deepEqual(['patientId', 'hospitalization.origin', 'participants'].map(of), [false, false, false]);
  });
});
