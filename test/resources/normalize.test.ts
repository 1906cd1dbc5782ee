import { describe, expect, it } from '@jest/globals';
import {
  type AssessmentInput,
  assessments,
  ClinikFhirError,
  type EncounterInput,
  encounters,
  type Issue,
  type TaskInput,
  tasks,
} from '../../src/index.js';

const assessment: AssessmentInput = { status: 'completed', patientId: 'pt_1', summary: 's' };
const encounter: EncounterInput = { status: 'finished', class: 'AMB', patientId: 'pt_1' };
const task: TaskInput = { status: 'draft', intent: 'order' };

const short = (issues: readonly Issue[]): string[] =>
  issues.map(({ severity, id, expression }) => `${severity} ${id} ${expression.join(' ')}`);

describe('normalize', () => {
  it('leaves out what says nothing', () => {
    const payload = {
      ...encounter,
      type: '',
      diagnosis: [],
      period: {},
      hospitalization: { dietPreference: [''], origin: '' },
    };
    expect(encounters.normalize(payload)).toStrictEqual(encounter);
    expect(short(encounters.validatePayload(payload)).slice(0, 3)).toStrictEqual([
      'information payload-empty-omitted type',
      'information payload-empty-omitted period',
      'information payload-empty-omitted diagnosis',
    ]);
  });

  it('refuses a required field that says nothing', () => {
    expect(short(assessments.validatePayload({ ...assessment, summary: '' }))).toStrictEqual([
      'information payload-empty-omitted summary',
      'error payload-required summary',
    ]);
    expect(() => assessments.normalize({ ...assessment, summary: '' })).toThrow(ClinikFhirError);
  });

  it('writes a single reason without brackets', () => {
    expect(encounters.normalize({ ...encounter, reasonCode: ['cough'] }).reasonCode).toBe('cough');
    expect(encounters.normalize({ ...encounter, reasonCode: ['a', 'b'] }).reasonCode).toStrictEqual(['a', 'b']);
  });

  it('makes ids bare where the field tells the type, and nowhere else', () => {
    const normal = tasks.normalize({
      ...task,
      patientId: 'Patient/pt_1',
      focusId: 'Patient/pt_1',
      basedOn: ['Task/a', 'b'],
    });
    expect([normal.patientId, normal.focusId, normal.basedOn]).toStrictEqual(['pt_1', 'Patient/pt_1', ['Task/a', 'b']]);
    expect(short(tasks.validatePayload({ ...task, patientId: 'Group/g1' }))).toStrictEqual([
      'error reference-type patientId',
    ]);
  });

  it('keeps the id of the flat shape', () => {
    expect(tasks.normalize({ id: 'task_1', ...task })).toStrictEqual({ id: 'task_1', ...task });
    expect(() => tasks.normalize({ id: 'not an id', ...task })).toThrow(ClinikFhirError);
  });

  it('gives a payload in normal form back, and the same when asked twice', () => {
    const payload: AssessmentInput = {
      ...assessment,
      findings: [{ code: 'I10', text: 'HTN' }],
      protocol: ['http://a.org'],
    };
    expect(assessments.normalize(payload)).toStrictEqual(payload);
    const once = assessments.normalize({ ...payload, note: '' });
    expect(assessments.normalize(once)).toStrictEqual(once);
  });

  it('leaves its input alone', () => {
    const payload: EncounterInput = { ...encounter, reasonCode: ['cough'], type: '' };
    const text = JSON.stringify(payload);
    encounters.normalize(payload);
    expect(JSON.stringify(payload)).toBe(text);
  });

  it('refuses values that FHIR cannot hold, where they stand', () => {
    expect(short(assessments.validatePayload({ ...assessment, summary: 'a\u0000' }))[0]).toStrictEqual(
      'error text-invalid-character summary',
    );
    expect(
      short(assessments.validatePayload({ ...assessment, findings: [{ code: ' I10', text: 'a' }] })),
    ).toStrictEqual(['error code-grammar findings[0].code']);
    expect(short(assessments.validatePayload({ ...assessment, protocol: ['a', 'b c'] }))).toStrictEqual([
      'error uri-grammar protocol[1]',
    ]);
    expect(short(assessments.validatePayload({ ...assessment, date: '2026-01-05' }))).toStrictEqual([
      'error date-time-grammar date',
    ]);
    expect(
      tasks.validatePayload({ ...task, input: [{ type: 'a', valueString: 'x', valueInteger: 1 }] }).map(({ id }) => id),
    ).toStrictEqual(['payload-several-values']);
    expect(short(tasks.validatePayload({ ...task, restriction: { repetitions: 0 } }))[0]).toStrictEqual(
      'error integer-range restriction.repetitions',
    );
    expect(
      short(
        encounters.validatePayload({
          ...encounter,
          period: { start: '2026-01-05T10:00:00Z', end: '2026-01-05T09:00:00Z' },
        }),
      ),
    ).toStrictEqual(['error period-reversed period']);
  });
});
