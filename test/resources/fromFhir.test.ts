import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClinicalImpression, Composition, DiagnosticReport, Encounter, Task } from 'fhir/r4.js';
import { assessments, ClinikFhirError, documents, encounters, type Issue, labs, tasks } from '../../src/index.js';

const encounter: Encounter = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: 'Patient/p1' },
};
const impression: ClinicalImpression = {
  resourceType: 'ClinicalImpression',
  status: 'completed',
  date: '2026-01-05T10:00:00Z',
  subject: { reference: 'Patient/p1' },
  summary: 's',
};
const composition: Composition = {
  resourceType: 'Composition',
  status: 'final',
  type: { text: 'note' },
  subject: { reference: 'Patient/p1' },
  date: '2026-01-05',
  author: [{ reference: 'Practitioner/d1' }],
  title: 't',
  confidentiality: 'N',
  section: [{ title: 'a', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' } }],
};
const report: DiagnosticReport = {
  resourceType: 'DiagnosticReport',
  status: 'final',
  code: { text: 'CMP' },
  subject: { reference: 'Patient/p1' },
};
const task: Task = { resourceType: 'Task', status: 'draft', intent: 'order', authoredOn: '2026-01-05T10:00:00Z' };

const short = (issues: readonly Issue[]): string[] =>
  issues.map(({ severity, id, expression }) => `${severity} ${id} ${expression.join(' ')}`);

type Safe = { safeFromFhir(resource: unknown, options?: object): { ok: boolean; issues: readonly Issue[] } };

/** The refusals of a readable resource after a change. */
function refused(lens: Safe, resource: object, change: object, options: object = {}): string[] {
  const result = lens.safeFromFhir({ ...resource, ...change }, options);
  const errors = short(result.issues.filter((issue) => issue.severity === 'error'));
  assert.equal(result.ok, errors.length === 0);
  return errors;
}

describe('fromFhir', () => {
  it('gives id, payload, losses and issues, and a residue on request only', () => {
    const result = encounters.fromFhir({ ...encounter, id: 'e1' });
    assert.deepEqual(Object.keys(result).sort(), ['id', 'issues', 'losses', 'payload']);
    assert.equal(result.id, 'e1');
    assert.deepEqual(result.payload, { status: 'finished', class: 'AMB', patientId: 'p1' });
    const { residue } = encounters.fromFhir({ ...encounter, id: 'e1' }, { residue: true });
    assert.deepEqual(
      residue?.find((operation) => operation.path === '/id'),
      { op: 'add', path: '/id', value: 'e1' },
    );
  });

  it('throws a ClinikFhirError with the issues of safeFromFhir', () => {
    const wrong: Encounter = { ...encounter, status: 'unknown' };
    assert.throws(
      () => encounters.fromFhir(wrong),
      (error) => {
        assert.ok(error instanceof ClinikFhirError);
        assert.deepEqual(error.issues, encounters.safeFromFhir(wrong).issues);
        return error.message.includes('status-without-twin at Encounter.status');
      },
    );
  });

  it('shares nothing of the resource with the residue', () => {
    const extension = [{ url: 'http://a.org', valueString: 'x' }];
    const { residue } = encounters.fromFhir({ ...encounter, extension }, { residue: true });
    const added = residue?.find((operation) => operation.path === '/extension');
    assert.ok(added !== undefined && added.op === 'add');
    assert.deepEqual(added.value, extension);
    assert.notEqual(added.value, extension);
  });

  it('is total on frozen input', () => {
    const frozen: Encounter = Object.freeze({ ...encounter, participant: undefined, reasonCode: [{ text: 'a' }] });
    assert.equal(encounters.fromFhir(frozen).payload.reasonCode, 'a');
  });
});

describe('what refuses a resource', () => {
  it('a modifierExtension at any depth, and implicitRules', () => {
    const modified = { coding: [{ modifierExtension: [{ url: 'u' }] }] };
    assert.deepEqual(refused(encounters, encounter, { type: [modified], implicitRules: 'u' }), [
      'error modifier-extension Encounter.type[0].coding[0].modifierExtension',
      'error implicit-rules Encounter.implicitRules',
    ]);
  });

  it('a security label on a type without confidentiality, unless the caller opts in', () => {
    const meta = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };
    for (const [lens, resource] of [
      [encounters, encounter],
      [assessments, impression],
      [labs, report],
      [tasks, task],
    ] as const) {
      assert.deepEqual(refused(lens, resource, { meta }), [
        `error security-label ${resource.resourceType}.meta.security[0]`,
      ]);
      assert.deepEqual(refused(lens, resource, { meta }, { securityLabels: 'accept' }), []);
    }
    assert.deepEqual(refused(documents, composition, { meta }), ['error security-label Composition.meta.security[0]']);
    assert.deepEqual(refused(documents, composition, { meta, confidentiality: 'R' }), []);
  });

  it('a status with no twin; entered-in-error by a name of its own', () => {
    for (const [lens, resource] of [
      [encounters, encounter],
      [assessments, impression],
      [documents, composition],
      [labs, report],
      [tasks, task],
    ] as const) {
      const at = `${resource.resourceType}.status`;
      assert.deepEqual(refused(lens, resource, { status: 'entered-in-error' }), [
        `error status-entered-in-error ${at}`,
      ]);
      assert.deepEqual(refused(lens, resource, { status: 'unknown' }), [`error status-without-twin ${at}`]);
      assert.deepEqual(refused(lens, resource, { status: undefined }), [`error required-unreadable ${at}`]);
    }
  });

  it('a required field that nothing can fill, such as a Group as subject', () => {
    assert.deepEqual(refused(encounters, encounter, { subject: { reference: 'Group/g1' } }), [
      'error required-unreadable Encounter.subject',
    ]);
    assert.deepEqual(refused(documents, composition, { author: [{ reference: 'Organization/o1' }], title: '' }), [
      'error required-unreadable Composition.author',
      'error required-unreadable Composition.title',
    ]);
    assert.deepEqual(refused(assessments, impression, { summary: undefined }), [
      'error required-unreadable ClinicalImpression.summary',
    ]);
    assert.deepEqual(refused(tasks, task, { intent: 'wish' }), ['error required-unreadable Task.intent']);
  });

  it('a list over its limit', () => {
    const diagnosis = Array.from({ length: 21 }, (_, index) => ({ condition: { display: `d${index}` } }));
    assert.deepEqual(refused(encounters, encounter, { diagnosis: diagnosis.slice(1) }), []);
    assert.deepEqual(refused(encounters, encounter, { diagnosis }), ['error list-over-limit Encounter.diagnosis']);
    assert.deepEqual(refused(encounters, encounter, { diagnosis }, { overflow: 'truncate' }).length, 1);
  });

  it('a period that is reversed or cannot be compared', () => {
    const [early, late] = ['2026-01-05T09:00:00Z', '2026-01-05T10:00:00Z'];
    assert.deepEqual(refused(encounters, encounter, { period: { start: late, end: early } }), [
      'error period-reversed Encounter.period',
    ]);
    assert.deepEqual(refused(tasks, task, { restriction: { period: { start: '2026', end: late } } }), [
      'error period-incomparable Task.restriction.period',
    ]);
  });

  it('text over its limit, unless it is to be cut', () => {
    const description = 'x'.repeat(2001);
    assert.deepEqual(refused(tasks, task, { description }), ['error text-over-limit Task.description']);
    const { payload, losses, issues } = tasks.fromFhir({ ...task, description }, { overflow: 'truncate' });
    assert.equal(payload.description?.length, 2000);
    assert.deepEqual(short(issues), ['warning text-truncated Task.description']);
    assert.deepEqual(losses, [
      { expression: 'Task.description', path: 'Task.description', kind: 'changed', class: 'content' },
    ]);
  });

  it('text that FHIR cannot hold either', () => {
    assert.deepEqual(refused(tasks, task, { description: 'a\u0000' }), ['error text-not-holdable Task.description']);
  });

  it('a partial date, where the caller wants that; else it is left out or kept', () => {
    const authoredOn = '2026-01';
    assert.deepEqual(refused(tasks, task, { authoredOn }, { partialDates: 'refuse' }), [
      'error date-partial Task.authoredOn',
    ]);
    const { payload, losses, issues } = tasks.fromFhir({ ...task, authoredOn });
    assert.equal(payload.authoredOn, undefined);
    assert.deepEqual(
      losses.map((loss) => `${loss.kind} ${loss.expression}`),
      ['missing Task.authoredOn'],
    );
    assert.deepEqual(short(issues), ['warning default-on-upload Task.authoredOn']);
    assert.equal(tasks.fromFhir({ ...task, authoredOn }, { partialDates: 'keep' }).payload.authoredOn, authoredOn);
  });
});

describe('what is said of a resource that is read', () => {
  it('a field that ClinikAPI would fill in by itself', () => {
    assert.deepEqual(short(assessments.fromFhir({ ...impression, date: undefined }).issues), [
      'warning default-on-upload ClinicalImpression.date',
    ]);
    const { date: _, confidentiality: __, ...rest } = composition;
    const bare = documents.safeFromFhir(rest);
    assert.deepEqual(short(bare.issues), [
      'warning default-on-upload Composition.date',
      'warning default-on-upload Composition.confidentiality',
    ]);
  });

  it('what stood in for something', () => {
    const { summary: _, ...rest } = impression;
    assert.deepEqual(short(assessments.fromFhir({ ...rest, description: 'd' }).issues), [
      'warning assessment-summary-from-description ClinicalImpression.description',
    ]);
    assert.deepEqual(short(documents.fromFhir({ ...composition, section: [{ title: 'a' }] }).issues), [
      'warning section-text-from-title Composition.section[0].title',
    ]);
    const participant = [{ individual: { reference: 'Practitioner/d1' } }];
    assert.deepEqual(short(encounters.fromFhir({ ...encounter, participant }).issues), [
      'warning encounter-practitioner-untyped Encounter.participant[0]',
    ]);
  });

  it('never a value, nor a name that could be one', () => {
    const odd = {
      ...encounter,
      'John Doe': 'SECRET',
      ['x'.repeat(65)]: { 'SECRET name': 1 },
      note: { 'SECRET name': 1 },
    };
    const { losses, issues } = encounters.fromFhir(odd);
    assert.deepEqual(
      losses.map((loss) => loss.expression).filter((at) => at.includes('children()')),
      ['Encounter.children()', 'Encounter.children()'],
    );
    assert.equal(/SECRET|John|x{65}/.test(JSON.stringify([losses, issues])), false);
  });
});
