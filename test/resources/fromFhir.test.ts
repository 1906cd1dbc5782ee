import { describe, expect, it } from '@jest/globals';
import type { ClinicalImpression, Composition, DiagnosticReport, Encounter, Task } from 'fhir/r4.js';
import { assessments, ClinikFhirError, documents, encounters, type Issue, labs, tasks } from '../../src/index.js';
import { ensure, thrown } from '../support/ensure.js';

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
  expect(result.ok).toBe(errors.length === 0);
  return errors;
}

describe('fromFhir', () => {
  it('gives id, payload, losses and issues, and a residue on request only', () => {
    const result = encounters.fromFhir({ ...encounter, id: 'e1' });
    expect(Object.keys(result).sort()).toStrictEqual(['id', 'issues', 'losses', 'payload']);
    expect(result.id).toBe('e1');
    expect(result.payload).toStrictEqual({ status: 'finished', class: 'AMB', patientId: 'p1' });
    const { residue } = encounters.fromFhir({ ...encounter, id: 'e1' }, { residue: true });
    expect(residue?.find((operation) => operation.path === '/id')).toStrictEqual({
      op: 'add',
      path: '/id',
      value: 'e1',
    });
  });

  it('throws a ClinikFhirError with the issues of safeFromFhir', () => {
    const wrong: Encounter = { ...encounter, status: 'unknown' };
    const error = thrown(() => encounters.fromFhir(wrong));
    ensure(error instanceof ClinikFhirError);
    expect(error.issues).toStrictEqual(encounters.safeFromFhir(wrong).issues);
    expect(error.message).toContain('status-unsupported at Encounter.status');
  });

  it('shares nothing of the resource with the residue', () => {
    const extension = [{ url: 'http://a.org', valueString: 'x' }];
    const { residue } = encounters.fromFhir({ ...encounter, extension }, { residue: true });
    const added = residue?.find((operation) => operation.path === '/extension');
    ensure(added !== undefined && added.op === 'add');
    expect(added.value).toStrictEqual(extension);
    expect(added.value).not.toBe(extension);
  });

  it('is total on frozen input', () => {
    const frozen: Encounter = Object.freeze({ ...encounter, participant: undefined, reasonCode: [{ text: 'a' }] });
    expect(encounters.fromFhir(frozen).payload.reasonCode).toBe('a');
  });
});

describe('what refuses a resource', () => {
  it('a modifierExtension at any depth, and implicitRules', () => {
    const modified = { coding: [{ modifierExtension: [{ url: 'u' }] }] };
    expect(refused(encounters, encounter, { type: [modified], implicitRules: 'u' })).toStrictEqual([
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
      expect(refused(lens, resource, { meta })).toStrictEqual([
        `error security-label ${resource.resourceType}.meta.security[0]`,
      ]);
      expect(refused(lens, resource, { meta }, { securityLabels: 'accept' })).toStrictEqual([]);
    }
    expect(refused(documents, composition, { meta })).toStrictEqual([
      'error security-label Composition.meta.security[0]',
    ]);
    expect(refused(documents, composition, { meta, confidentiality: 'R' })).toStrictEqual([]);
  });

  it('a status that ClinikAPI does not have; entered-in-error by a name of its own', () => {
    for (const [lens, resource] of [
      [encounters, encounter],
      [assessments, impression],
      [documents, composition],
      [labs, report],
      [tasks, task],
    ] as const) {
      const at = `${resource.resourceType}.status`;
      expect(refused(lens, resource, { status: 'entered-in-error' })).toStrictEqual([
        `error status-entered-in-error ${at}`,
      ]);
      expect(refused(lens, resource, { status: 'unknown' })).toStrictEqual([`error status-unsupported ${at}`]);
      expect(refused(lens, resource, { status: undefined })).toStrictEqual([`error required-missing ${at}`]);
    }
  });

  it('a required field that nothing can fill, such as a Group as subject', () => {
    expect(refused(encounters, encounter, { subject: { reference: 'Group/g1' } })).toStrictEqual([
      'error required-missing Encounter.subject',
    ]);
    expect(refused(documents, composition, { author: [{ reference: 'Organization/o1' }], title: '' })).toStrictEqual([
      'error required-missing Composition.author',
      'error required-missing Composition.title',
    ]);
    expect(refused(assessments, impression, { summary: undefined })).toStrictEqual([
      'error required-missing ClinicalImpression.summary',
    ]);
    expect(refused(tasks, task, { intent: 'wish' })).toStrictEqual(['error required-missing Task.intent']);
  });

  it('a list over its limit', () => {
    const diagnosis = Array.from({ length: 21 }, (_, index) => ({ condition: { display: `d${index}` } }));
    expect(refused(encounters, encounter, { diagnosis: diagnosis.slice(1) })).toStrictEqual([]);
    expect(refused(encounters, encounter, { diagnosis })).toStrictEqual(['error list-over-limit Encounter.diagnosis']);
    expect(refused(encounters, encounter, { diagnosis }, { overflow: 'truncate' }).length).toStrictEqual(1);
  });

  it('a period that is reversed', () => {
    const [early, late] = ['2026-01-05T09:00:00Z', '2026-01-05T10:00:00Z'];
    expect(refused(encounters, encounter, { period: { start: late, end: early } })).toStrictEqual([
      'error period-reversed Encounter.period',
    ]);
    expect(refused(tasks, task, { restriction: { period: { start: '2026', end: late } } })).toStrictEqual([]);
  });

  it('text over its limit, unless it is to be cut', () => {
    const description = 'x'.repeat(2001);
    expect(refused(tasks, task, { description })).toStrictEqual(['error text-over-limit Task.description']);
    const { payload, losses, issues } = tasks.fromFhir({ ...task, description }, { overflow: 'truncate' });
    expect(payload.description?.length).toBe(2000);
    expect(short(issues)).toStrictEqual(['warning text-truncated Task.description']);
    expect(losses).toStrictEqual([
      {
        expression: 'Task.description',
        path: 'Task.description',
        kind: 'changed',
        class: 'content',
        reason: 'over-limit',
      },
    ]);
  });

  it('text that FHIR cannot hold either', () => {
    expect(refused(tasks, task, { description: 'a\u0000' })).toStrictEqual([
      'error text-invalid-character Task.description',
    ]);
  });

  it('a partial date, where the caller wants that; else it is left out or kept', () => {
    const authoredOn = '2026-01';
    expect(refused(tasks, task, { authoredOn }, { partialDates: 'refuse' })).toStrictEqual([
      'error date-partial Task.authoredOn',
    ]);
    const { payload, losses, issues } = tasks.fromFhir({ ...task, authoredOn });
    expect(payload.authoredOn).toBeUndefined();
    expect(losses.map((loss) => `${loss.kind} ${loss.expression}`)).toStrictEqual(['missing Task.authoredOn']);
    expect(short(issues)).toStrictEqual([
      'warning date-partial-omitted Task.authoredOn',
      'warning default-on-upload Task.authoredOn',
    ]);
    expect(issues.map(({ diagnostics }) => diagnostics).join()).toMatch(
      /partialDates: 'keep'.*The conversion leaves out/s,
    );
    expect(tasks.fromFhir({ ...task, authoredOn }, { partialDates: 'keep' }).payload.authoredOn).toBe(authoredOn);
  });
});

describe('what is said of a resource that is read', () => {
  it('a field that ClinikAPI would fill in by itself', () => {
    expect(short(assessments.fromFhir({ ...impression, date: undefined }).issues)).toStrictEqual([
      'warning default-on-upload ClinicalImpression.date',
    ]);
    const { date: _, confidentiality: __, ...rest } = composition;
    const bare = documents.safeFromFhir(rest);
    expect(short(bare.issues)).toStrictEqual([
      'warning default-on-upload Composition.date',
      'warning default-on-upload Composition.confidentiality',
    ]);
  });

  it('what stood in for something', () => {
    const { summary: _, ...rest } = impression;
    expect(short(assessments.fromFhir({ ...rest, description: 'd' }).issues)).toStrictEqual([
      'warning assessment-summary-from-description ClinicalImpression.description',
    ]);
    expect(short(documents.fromFhir({ ...composition, section: [{ title: 'a' }] }).issues)).toStrictEqual([
      'warning section-text-missing Composition.section[0]',
    ]);
    const participant = [{ individual: { reference: 'Practitioner/d1' } }];
    expect(short(encounters.fromFhir({ ...encounter, participant }).issues)).toStrictEqual([
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
    expect(losses.map((loss) => loss.expression).filter((at) => at.includes('children()'))).toStrictEqual([
      'Encounter.children()',
      'Encounter.children()',
    ]);
    expect(/SECRET|John|x{65}/.test(JSON.stringify([losses, issues]))).toBe(false);
  });
});
