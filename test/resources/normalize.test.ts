import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.deepEqual(encounters.normalize(payload), encounter);
    assert.deepEqual(short(encounters.validatePayload(payload)).slice(0, 3), [
      'information payload-empty-omitted type',
      'information payload-empty-omitted period',
      'information payload-empty-omitted diagnosis',
    ]);
  });

  it('refuses a required field that says nothing', () => {
    assert.deepEqual(short(assessments.validatePayload({ ...assessment, summary: '' })), [
      'information payload-empty-omitted summary',
      'error payload-required summary',
    ]);
    assert.throws(() => assessments.normalize({ ...assessment, summary: '' }), ClinikFhirError);
  });

  it('writes a single reason without brackets', () => {
    assert.equal(encounters.normalize({ ...encounter, reasonCode: ['cough'] }).reasonCode, 'cough');
    assert.deepEqual(encounters.normalize({ ...encounter, reasonCode: ['a', 'b'] }).reasonCode, ['a', 'b']);
  });

  it('makes ids bare where the field tells the type, and nowhere else', () => {
    const normal = tasks.normalize({
      ...task,
      patientId: 'Patient/pt_1',
      focusId: 'Patient/pt_1',
      basedOn: ['Task/a', 'b'],
    });
    assert.deepEqual([normal.patientId, normal.focusId, normal.basedOn], ['pt_1', 'Patient/pt_1', ['Task/a', 'b']]);
    assert.deepEqual(short(tasks.validatePayload({ ...task, patientId: 'Group/g1' })), [
      'error reference-type patientId',
    ]);
  });

  it('keeps the id of the flat shape', () => {
    assert.deepEqual(tasks.normalize({ id: 'task_1', ...task }), { id: 'task_1', ...task });
    assert.throws(() => tasks.normalize({ id: 'not an id', ...task }), ClinikFhirError);
  });

  it('gives a payload in normal form back, and the same when asked twice', () => {
    const payload: AssessmentInput = {
      ...assessment,
      findings: [{ code: 'I10', text: 'HTN' }],
      protocol: ['http://a.org'],
    };
    assert.deepEqual(assessments.normalize(payload), payload);
    const once = assessments.normalize({ ...payload, note: '' });
    assert.deepEqual(assessments.normalize(once), once);
  });

  it('leaves its input alone', () => {
    const payload: EncounterInput = { ...encounter, reasonCode: ['cough'], type: '' };
    const text = JSON.stringify(payload);
    encounters.normalize(payload);
    assert.equal(JSON.stringify(payload), text);
  });

  it('refuses values that FHIR cannot hold, where they stand', () => {
    assert.deepEqual(
      short(assessments.validatePayload({ ...assessment, summary: 'a\u0000' }))[0],
      'error text-not-holdable summary',
    );
    assert.deepEqual(short(assessments.validatePayload({ ...assessment, findings: [{ code: ' I10', text: 'a' }] })), [
      'error code-grammar findings[0].code',
    ]);
    assert.deepEqual(short(assessments.validatePayload({ ...assessment, protocol: ['a', 'b c'] })), [
      'error uri-grammar protocol[1]',
    ]);
    assert.deepEqual(short(assessments.validatePayload({ ...assessment, date: '2026-01-05' })), [
      'error date-time-grammar date',
    ]);
    assert.deepEqual(
      tasks.validatePayload({ ...task, input: [{ type: 'a', valueString: 'x', valueInteger: 1 }] }).map(({ id }) => id),
      ['payload-several-values'],
    );
    assert.deepEqual(
      short(tasks.validatePayload({ ...task, restriction: { repetitions: 0 } }))[0],
      'error integer-range restriction.repetitions',
    );
    assert.deepEqual(
      short(
        encounters.validatePayload({
          ...encounter,
          period: { start: '2026-01-05T10:00:00Z', end: '2026-01-05T09:00:00Z' },
        }),
      ),
      ['error period-reversed period'],
    );
  });
});
