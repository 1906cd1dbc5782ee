import { describe, expect, it } from '@jest/globals';
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
import { ensure, thrown } from '../support/ensure.js';

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
  expect(result.ok).toBe(false);
  return short(result.issues);
};

describe('an update', () => {
  it('changes what it names, and keeps what a payload cannot say', () => {
    const { text: _, ...rest } = encounter;
    const after = encounters.update(encounter, { status: 'finished', lengthMinutes: 30 });
    const length = { value: 30, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' };
    expect(after).toStrictEqual({ ...rest, status: 'finished', length });
  });

  it('merges nested objects, and warns of what would be lost if they were replaced', () => {
    const result = encounters.safeUpdate(encounter, { period: { end: END }, hospitalization: { admitSource: 'Car' } });
    ensure(result.ok);
    expect(result.resource.period).toStrictEqual({ start: START, end: END });
    expect(result.resource.hospitalization).toStrictEqual({
      ...encounter.hospitalization,
      admitSource: { text: 'Car' },
    });
    expect(short(result.issues)).toStrictEqual([
      'warning update-subfield-at-risk period.start',
      'warning update-subfield-at-risk hospitalization.origin',
      'warning update-subfield-at-risk hospitalization.dietPreference',
      'information put-narrative-dropped Encounter.text',
    ]);
  });

  it('replaces lists, also by none', () => {
    const before = labs.toFhir({ ...report, resultIds: ['a', 'b'] });
    expect(labs.fromFhir(labs.update(before, { resultIds: ['c'] })).payload.resultIds).toStrictEqual(['c']);
    expect(labs.update(before, { resultIds: [] }).result).toBeUndefined();
  });

  it('leaves alone what is undefined', () => {
    const partial: Partial<EncounterPayload> = Object.assign({}, { status: undefined, period: { start: undefined } });
    expect(encounters.update(encounter, partial)).toStrictEqual(encounter);
  });

  it('lets one choice displace the other, but not by nothing', () => {
    const before: DiagnosticReport = labs.toFhir(report);
    const { effectivePeriod: _, ...rest } = before;
    expect(labs.update(before, { effectiveDateTime: END })).toStrictEqual({ ...rest, effectiveDateTime: END });
    const moment = labs.update(before, { effectiveDateTime: END });
    expect(labs.update(moment, { effectivePeriod: { start: START } })).toStrictEqual(before);
    expect(labs.update(moment, { effectivePeriod: {} })).toStrictEqual(moment);
    const both = labs.safeUpdate(before, { effectiveDateTime: END, effectivePeriod: { end: END } });
    expect([both.ok, both.issues.map(({ id }) => id)]).toStrictEqual([false, ['payload-several-values']]);
  });

  it('refuses null at any depth', () => {
    expect(errorsOf({ location: null, period: { end: null }, diagnosis: [null] })).toStrictEqual([
      'error update-null location',
      'error update-null period.end',
      'error update-null diagnosis[0]',
    ]);
  });

  it('refuses a field that ClinikAPI does not let it change, and one that there is not', () => {
    expect(errorsOf({ patientId: 'p2', hospitalization: { origin: 'Work' } }).sort()).toStrictEqual([
      'error update-field hospitalization.origin',
      'error update-field patientId',
      'warning update-subfield-at-risk hospitalization.admitSource',
      'warning update-subfield-at-risk hospitalization.dietPreference',
    ]);
    expect(errorsOf({ id: 'e2' })).toStrictEqual(['error update-field id']);
    expect(errorsOf({ title: 'x' })).toStrictEqual(['error payload-unknown-field title']);
  });

  it('skips such a field where it says what is stored', () => {
    const result = encounters.safeUpdate(encounter, { id: 'e1', patientId: 'Patient/p1', status: 'in-progress' });
    ensure(result.ok);
    expect(result.resource).toStrictEqual(encounter);
    expect(short(result.issues)).toStrictEqual([
      'warning update-field-ignored id',
      'warning update-field-ignored patientId',
    ]);
  });

  it('is refused where its result would not be valid', () => {
    expect(errorsOf({ period: { end: '2026-01-04T09:00:00Z' } })).toStrictEqual(['error period-reversed period']);
    expect(errorsOf({ status: 'done' })).toStrictEqual(['error payload-code status']);
    const task = tasks.toFhir({ status: 'draft', intent: 'plan', authoredOn: END });
    const late = tasks.safeUpdate(
      { ...task, lastModified: '2026-01-05T11:00:00Z' },
      { status: 'ready' },
      { now: START },
    );
    expect([late.ok, late.issues.at(-1)?.id]).toStrictEqual([false, 'put-breaks-inv-1']);
  });

  it('sets lastModified of a task, given the present, when it changes something', () => {
    const task = tasks.toFhir({ status: 'draft', intent: 'plan' });
    expect(tasks.update(task, { status: 'ready' }, { now: END }).lastModified).toBe(END);
    expect(tasks.update(task, {}, { now: END }).lastModified).toBeUndefined();
  });

  it('keeps the summary that a description stood in for', () => {
    const impression: ClinicalImpression = {
      resourceType: 'ClinicalImpression',
      status: 'completed',
      subject: { reference: 'Patient/p1' },
      description: 'Old',
    };
    const { payload } = assessments.fromFhir(assessments.update(impression, { description: 'New' }));
    expect([payload.summary, payload.description]).toStrictEqual(['Old', 'New']);
  });

  it('writes a period that changed anew, as any put does, without a start that no payload can say', () => {
    const after = encounters.update({ ...encounter, period: { start: '2025' } }, { period: { end: END } });
    expect(after.period).toStrictEqual({ end: END });
  });

  it('refuses what is no resource and what is no payload, without a value in a message', () => {
    expect(errorsOf({}, { resourceType: 'Patient' })).toStrictEqual(['error resource-type Encounter']);
    for (const partial of [null, undefined, 'x', [], 1])
      expect(errorsOf(partial)).toStrictEqual(['error payload-type $this']);
    const hostile: unknown = JSON.parse('{ "__proto__": { "secret name": null }, "constructor": "secret" }');
    const result = encounters.safeUpdate(encounter, hostile);
    ensure(!result.ok && !JSON.stringify(result).includes('secret'));
    const error = thrown(() => encounters.update(encounter, { patientId: 'secret' }));
    ensure(error instanceof ClinikFhirError && !error.message.includes('secret'));
  });
});

describe('the difference of two payloads', () => {
  const stay: EncounterPayload = {
    ...visit,
    hospitalization: { admitSource: 'Car', dietPreference: ['Vegan'] },
  };

  it('names what changed, nested objects whole', () => {
    const after: EncounterPayload = { ...stay, status: 'finished', period: { start: START, end: END } };
    expect(encounters.diff(stay, after)).toStrictEqual({ status: 'finished', period: { start: START, end: END } });
    expect(encounters.diff(stay, stay)).toStrictEqual({});
    expect(encounters.diff({ ...stay, patientId: 'Patient/p1', location: '' }, stay)).toStrictEqual({});
  });

  it('clears lists by empty ones, also in a nested object', () => {
    const diagnosis = [{ condition: 'I10' }];
    expect(encounters.diff({ ...visit, diagnosis }, visit)).toStrictEqual({ diagnosis: [] });
    const after: EncounterPayload = { ...stay, hospitalization: { admitSource: 'Car' } };
    expect(encounters.diff(stay, after)).toStrictEqual({ hospitalization: { admitSource: 'Car', dietPreference: [] } });
  });

  it('lets one choice displace the other', () => {
    const { effectivePeriod: _, ...rest } = report;
    expect(labs.diff(report, { ...rest, effectiveDateTime: END })).toStrictEqual({ effectiveDateTime: END });
  });

  it('refuses what no update can express', () => {
    const refused = (before: unknown, after: unknown): string[] => {
      const result = encounters.safeDiff(before, after);
      expect(result.ok).toBe(false);
      return short(result.issues);
    };
    expect(refused({ ...visit, location: 'A', reasonCode: 'x' }, visit)).toStrictEqual([
      'error update-removal reasonCode',
      'error update-removal location',
    ]);
    expect(refused(visit, { ...visit, period: { end: END } })).toStrictEqual(['error update-removal period.start']);
    expect(refused(visit, { ...visit, patientId: 'p2' })).toStrictEqual(['error update-field patientId']);
    expect(refused({ ...visit, id: 'a' }, { ...visit, id: 'b' })).toStrictEqual(['error update-field id']);
    const [home, work] = [
      { ...visit, hospitalization: { origin: 'Home' } },
      { ...visit, hospitalization: { origin: 'Work' } },
    ];
    expect(refused(home, work)).toStrictEqual(['error update-field hospitalization.origin']);
    expect(refused(home, { ...visit, hospitalization: { origin: 'Home', destination: 'Spa' } })).toStrictEqual([
      'error update-subfield-unsupported hospitalization.origin',
    ]);
    expect(() => encounters.diff(visit, { ...visit, patientId: 'p2' })).toThrow(ClinikFhirError);
  });

  it('refuses payloads that are not valid', () => {
    const result = documents.safeDiff({}, null);
    expect(result.ok).toBe(false);
    expect(result.issues.some(({ id }) => id === 'payload-type')).toBe(true);
  });
});

describe('the fields of a lens', () => {
  it('tell which of them an update can change', () => {
    const of = (name: string): boolean | undefined =>
      encounters.fields.find(({ payload }) => payload === name)?.updatable;
    expect(['status', 'diagnosis[].use', 'hospitalization', 'hospitalization.destination'].map(of)).toStrictEqual([
      ...[true, true, true, true],
    ]);
    expect(['patientId', 'hospitalization.origin', 'participants'].map(of)).toStrictEqual([false, false, false]);
  });
});
