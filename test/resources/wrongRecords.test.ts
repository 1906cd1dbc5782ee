import { describe, expect, it } from '@jest/globals';
import type { Bundle, Condition, DiagnosticReport, Encounter, Reference, Resource } from 'fhir/r4.js';
import { assessments, bundleToPayloads, documents, encounters, labs, tasks } from '../../src/index.js';
import type { JsonObject } from '../../src/lens/json.js';
import { findLens } from '../../src/resources/registry.js';
import { ensure, fail } from '../support/ensure.js';

const encounter = (more: Partial<Encounter>): Encounter => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: 'Patient/a' },
  ...more,
});

const sepsis = (more: Partial<Condition> = {}): Condition => ({
  resourceType: 'Condition',
  id: 'c',
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'A41.9' }] },
  subject: { reference: 'Patient/a' },
  ...more,
});

const ids = (issues: readonly { id: string }[]): string[] => issues.map((issue) => issue.id);

/** A wrong record is worse than a missing one: what a payload or a put must never say. */
describe('a diagnosis', () => {
  const referring = encounter({ diagnosis: [{ condition: { reference: 'Condition/c' } }] });
  const readWith = (condition: Condition) =>
    encounters.fromFhir(referring, { resolve: (): Resource => condition }).payload.diagnosis;

  it('is read from the Condition that the caller resolves', () => {
    expect(readWith(sepsis())).toStrictEqual([{ condition: 'A41.9' }]);
  });

  it('is not read from a Condition that is denied, reversed, protected or somebody else’s', () => {
    const status = (code: string): Partial<Condition> => ({ verificationStatus: { coding: [{ code }] } });
    const label = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' };
    for (const more of [
      status('refuted'),
      status('entered-in-error'),
      { meta: { security: [label] } },
      { modifierExtension: [{ url: 'urn:x', valueBoolean: true }] },
      { implicitRules: 'urn:x' },
      { subject: { reference: 'Patient/b' } },
      { subject: { identifier: { system: 'urn:mrn', value: '1' } } },
      { subject: { reference: 'Group/a' } },
    ]) {
      expect([JSON.stringify(more), readWith(sepsis(more))]).toStrictEqual([JSON.stringify(more), undefined]);
    }
  });

  it('is not read where the patients differ, whatever else is the same about their references', () => {
    const mrn = { system: 'urn:mrn', value: '1' };
    const readFor = (ours: Reference, theirs: Reference) =>
      encounters.fromFhir(
        { ...referring, subject: ours },
        { resolve: (text) => (text === 'Condition/c' ? sepsis({ subject: theirs }) : undefined) },
      ).payload.diagnosis;
    const patient = (id: string) => ({
      type: 'Patient',
      identifier: { system: 'https://api.clinikapi.com/v1/patients', value: id },
    });
    const apart: [Reference, Reference][] = [
      [{ reference: 'Patient/a', identifier: { system: 'urn:mrn' } }, { identifier: { system: 'urn:mrn' } }],
      [
        { reference: 'Patient/a', identifier: mrn },
        { reference: 'Patient/b', identifier: mrn },
      ],
      [
        { reference: 'Patient/a', type: 'Patient', identifier: mrn },
        { type: 'Group', identifier: mrn },
      ],
      [
        { reference: '', ...patient('pt_1') },
        { reference: '', ...patient('pt_2') },
      ],
    ];
    for (const [ours, theirs] of apart)
      expect([JSON.stringify([ours, theirs]), readFor(ours, theirs)]).toStrictEqual([
        JSON.stringify([ours, theirs]),
        undefined,
      ]);
    expect(readFor({ reference: 'Patient/a', identifier: mrn }, { identifier: mrn })).toStrictEqual([
      { condition: 'A41.9' },
    ]);
  });

  it('of one server is not read for the patient of another with the same id', () => {
    const here = encounter({
      subject: { reference: 'https://a.example/fhir/Patient/1' },
      diagnosis: [{ condition: { reference: 'https://b.example/fhir/Condition/1' } }],
    });
    const theirs = sepsis({ subject: { reference: 'Patient/1' } });
    const resolve = (reference: string): Resource | undefined => (reference.includes('Condition') ? theirs : undefined);
    const read = encounters.fromFhir(here, { baseUrl: 'https://a.example/fhir', resolve });
    expect(read.payload.diagnosis).toBeUndefined();
  });

  it('of another patient does not stay beside the new one after a put', () => {
    const before = encounter({ contained: [sepsis()], diagnosis: [{ condition: { reference: '#c' } }] });
    const { payload } = encounters.fromFhir(before);
    const put = encounters.safeToFhir({ ...payload, patientId: 'b' }, { onto: before });
    ensure(put.ok);
    expect(put.resource.diagnosis?.length).toBe(1);
    expect(JSON.stringify(put.resource)).not.toMatch(/Patient\/a/);
    expect(ids(put.issues)).toContain('put-other-patient');
  });

  it('that two entries share comes back with the residue', () => {
    const shared = { condition: { reference: '#diagnosis-2' } };
    const before = encounter({ contained: [sepsis({ id: 'diagnosis-2' })], diagnosis: [shared, shared] });
    const { losses } = encounters.fromFhir(before);
    expect(losses.some((loss) => loss.kind === 'added' && loss.path === 'Encounter.contained')).toBe(true);
  });
});

describe('an id', () => {
  const report = (performer: DiagnosticReport['performer']): DiagnosticReport => ({
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/a' },
    performer,
  });

  it('is not a practitioner’s where nobody tells whose it is', () => {
    const urn = 'urn:uuid:0c2f5b4e-8d0b-4c52-9f0e-6b6f0a0f7a11';
    const read = labs.fromFhir(report([{ reference: urn }]), {
      resolveId: (reference) => (reference === urn ? 'org_1' : 'a'),
    });
    expect(read.payload.performer).toBeUndefined();
    const logical = [{ identifier: { system: 'https://api.clinikapi.com/v1', value: 'org_1' } }];
    expect(labs.fromFhir(report(logical)).payload.performer).toBeUndefined();
  });

  it('is never cut, where a name would be', () => {
    const value = 'l'.repeat(302);
    const location = { type: 'Location', identifier: { system: 'https://api.clinikapi.com/v1/locations', value } };
    const result = encounters.safeFromFhir(encounter({ location: [{ location }] }), { overflow: 'truncate' });
    ensure(!result.ok);
    expect(ids(result.issues)).toStrictEqual(['text-over-limit']);
  });
});

describe('a location', () => {
  const at = (display: string, more: object = {}) => ({ location: { display }, ...more });

  it('that is only planned or reserved is not where the patient is', () => {
    const been = at('ED', { status: 'completed', period: { start: '2025-01-01', end: '2025-01-02' } });
    for (const status of ['planned', 'reserved'] as const) {
      expect(encounters.fromFhir(encounter({ location: [been, at('Rehab', { status })] })).payload.location).toBe('ED');
    }
  });

  it('that is put keeps the others, and is the one that is read', () => {
    const before = encounter({
      location: [at('ICU', { status: 'active' }), at('OR', { status: 'active' }), at('ED', { status: 'completed' })],
    });
    const { payload } = encounters.fromFhir(before);
    const after = encounters.toFhir({ ...payload, location: 'Ward 2' }, { onto: before });
    expect(encounters.fromFhir(after).payload.location).toBe('Ward 2');
    expect(after.location?.length).toBe(3);
  });

  it('that is another one by the status of the encounter is put, and says what went with the old list', () => {
    const ended = at('ED', { status: 'completed', period: { start: '2025-01-01', end: '2025-01-02' } });
    const before = encounter({ status: 'in-progress', location: [ended, at('ICU', { status: 'active' })] });
    const { payload } = encounters.fromFhir(before);
    expect(payload.location).toBe('ICU');
    const put = encounters.safeToFhir({ ...payload, status: 'finished' }, { onto: before });
    ensure(put.ok);
    expect(encounters.fromFhir(put.resource).payload).toStrictEqual({ ...payload, status: 'finished' });
    expect(ids(put.issues)).toStrictEqual(['put-items-dropped']);
  });

  it('that is taken away says which others went with it', () => {
    const before = encounter({ location: [at('ICU', { status: 'completed' }), at('OR')] });
    const { location: _, ...payload } = encounters.fromFhir(before).payload;
    const put = encounters.safeToFhir(payload, { onto: before });
    ensure(put.ok && put.resource.location === undefined);
    expect(ids(put.issues)).toStrictEqual(['put-items-dropped']);
  });
});

describe('the responsible participant', () => {
  const coding = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PPRF' }];
  const performer = (id: string, more: object = {}) => ({ type: [{ coding }], individual: { reference: id }, ...more });

  it('of several is the one that is not a former one, with a warning', () => {
    const former = performer('Practitioner/former', { period: { end: '2020-01-01' } });
    const participant = [former, performer('Practitioner/current')];
    const read = encounters.fromFhir(encounter({ status: 'in-progress', participant }));
    expect(read.payload.practitionerId).toBe('current');
    expect(ids(read.issues)).toContain('encounter-practitioner-several');
  });

  it('is one that can be read', () => {
    const participant = [performer('PractitionerRole/r'), performer('Practitioner/b')];
    expect(encounters.fromFhir(encounter({ participant })).payload.practitionerId).toBe('b');
  });
});

describe('a section', () => {
  it('that was renamed keeps its markup, its author and its entries', () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>a</p><p>b</p></div>';
    const onto = documents.toFhir({
      status: 'final',
      type: 'discharge-summary',
      patientId: 'a',
      practitionerId: 'p',
      title: 't',
      sections: [{ title: 'Medicatoins', text: 'x' }],
    });
    const [section] = onto.section ?? [];
    ensure(section);
    section.text = { status: 'generated', div };
    section.orderedBy = { text: 'by date' };
    const { payload } = documents.fromFhir(onto);
    const sections = payload.sections.map((one) => ({ ...one, title: 'Medications' }));
    const after = documents.toFhir({ ...payload, sections }, { onto });
    expect(after.section).toStrictEqual([{ ...section, title: 'Medications' }]);
  });
});

describe('a narrative that says that there is none', () => {
  const text = { status: 'empty' as const, div: '<div xmlns="http://www.w3.org/1999/xhtml">No text provided.</div>' };

  it('does not become a summary', () => {
    const result = assessments.safeFromFhir({
      resourceType: 'ClinicalImpression',
      status: 'completed',
      subject: { reference: 'Patient/a' },
      text,
    });
    ensure(!result.ok);
    expect(ids(result.issues)).toContain('required-missing');
  });
});

describe('a put', () => {
  it('does not leave an element that has nothing but an id', () => {
    const before = encounter({ hospitalization: { id: 'h', origin: { display: 'Home' } } });
    const { hospitalization: _, ...payload } = encounters.fromFhir(before).payload;
    expect(encounters.toFhir(payload, { onto: before }).hospitalization).toBeUndefined();
  });

  it('keeps the id of a primitive', () => {
    const before = { ...encounter({}), _status: { id: 's' } };
    const { payload } = encounters.fromFhir(before);
    const after = encounters.toFhir({ ...payload, lengthMinutes: 5 }, { onto: before });
    expect(after._status).toStrictEqual({ id: 's' });
  });

  it('of a document without a date onto a dated one takes `now`', () => {
    const payload = {
      status: 'final' as const,
      type: 'x',
      patientId: 'a',
      practitionerId: 'p',
      title: 't',
      sections: [{ title: 's', text: 'x' }],
    };
    const onto = documents.toFhir({ ...payload, date: '2020-01-01' });
    const now = '2026-01-01T00:00:00Z';
    expect(documents.toFhir(payload, { onto, now }).date).toBe(now);
    expect(documents.toFhir(payload, { onto }).date).toBeUndefined();
  });

  it('does not carry what was said of an input’s old value over to its new one', () => {
    const dose = { text: 'dose' };
    const onto = tasks.toFhir({ status: 'draft', intent: 'order', input: [{ type: 'dose', valueInteger: 1 }] });
    onto.input = [{ type: dose, valueInteger: 1, extension: [{ url: 'urn:verified', valueBoolean: true }] }];
    const after = tasks.toFhir(
      { status: 'draft', intent: 'order', input: [{ type: 'dose', valueInteger: 2 }] },
      { onto },
    );
    expect(after.input).toStrictEqual([{ type: dose, valueInteger: 2 }]);
  });
});

describe('a reversed effectivePeriod', () => {
  it('refuses an assessment, although only its start is read', () => {
    const result = assessments.safeFromFhir({
      resourceType: 'ClinicalImpression',
      status: 'completed',
      subject: { reference: 'Patient/a' },
      summary: 's',
      effectivePeriod: { start: '2025-01-02T00:00:00Z', end: '2025-01-01T00:00:00Z' },
    });
    ensure(!result.ok);
    expect(
      result.issues.filter((issue) => issue.severity === 'error').map((issue) => [issue.id, ...issue.expression]),
    ).toStrictEqual([['period-reversed', 'ClinicalImpression.effective']]);
  });
});

describe('a resource of another version of FHIR', () => {
  const others: [string, string, JsonObject][] = [
    ['R5', 'Encounter.class', { ...encounter({}), class: [{ coding: [{ code: 'AMB' }] }] }],
    ['R5', 'Encounter.actualPeriod', { ...encounter({}), actualPeriod: { start: '2025-01-01' } }],
    ['DSTU2', 'Encounter.class', { ...encounter({}), class: 'ambulatory' }],
    ['STU3', 'DiagnosticReport.context', { resourceType: 'DiagnosticReport', context: { reference: 'Encounter/1' } }],
    ['STU3', 'Task.requester', { resourceType: 'Task', requester: { agent: { reference: 'Practitioner/1' } } }],
    ['R5', 'Composition.subject', { resourceType: 'Composition', subject: [{ reference: 'Patient/1' }] }],
    ['STU3', 'ClinicalImpression.action', { resourceType: 'ClinicalImpression', action: [] }],
  ];
  for (const [version, element, resource] of others) {
    it(`is not read or updated as one of R4: ${version} by ${element}`, () => {
      const lens = findLens(String(resource.resourceType));
      ensure(lens !== undefined);
      for (const result of [lens.safeFromFhir(resource), lens.safeUpdate(resource, {})]) {
        ensure(!result.ok);
        const [issue] = result.issues;
        expect([issue?.id, issue?.expression]).toStrictEqual(['fhir-version', [element]]);
        expect(issue?.diagnostics).toContain(`FHIR ${version};`);
      }
    });
  }

  it('has no payload put over it', () => {
    const [, , resource] = others[1] ?? fail();
    const onto = { ...encounter({}), ...resource };
    const result = encounters.safeToFhir({ status: 'finished', class: 'AMB', patientId: 'a' }, { onto });
    expect(result.ok || ids(result.issues)).toStrictEqual(['fhir-version']);
  });

  it('is refused in a Bundle, at its entry', () => {
    const [, , resource] = others[0] ?? fail();
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: encounter({}) }, { resource }] };
    const { payloads, issues, skipped } = bundleToPayloads(bundle as object as Bundle);
    expect(payloads.encounters).toHaveLength(1);
    expect(
      issues.filter(({ severity }) => severity === 'error').map(({ id, expression }) => [id, expression]),
    ).toStrictEqual([['fhir-version', ['Bundle.entry[1].resource.class']]]);
    expect(skipped.map(({ index, reason }) => [index, reason])).toStrictEqual([[1, 'refused']]);
  });
});
