import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assessments, documents, encounters, type Issue, labs, lensFor, type Path, tasks } from '../../src/index.js';

const assessment = { status: 'completed', patientId: 'pt_1', summary: 's' };
const encounter = { status: 'finished', class: 'AMB', patientId: 'pt_1' };
const section = { title: 't', text: 'x' };
const document = {
  status: 'final',
  type: 'care-plan',
  patientId: 'pt_1',
  practitionerId: 'prac_1',
  title: 't',
  sections: [section],
};
const lab = { status: 'final', code: '24323-8', patientId: 'pt_1' };
const task = { status: 'draft', intent: 'order' };

const short = (issues: readonly Issue[]): string[] => [
  ...new Set(issues.map(({ severity, id, expression }) => `${severity} ${id} ${expression.join(' ')}`)),
];

/** What is wrong with a valid payload after a change. */
const wrong = (lens: { validatePayload(payload: unknown): Issue[] }, payload: object, change: object): string[] =>
  short(lens.validatePayload({ ...payload, ...change }));

describe('validatePayload', () => {
  it('finds nothing in a valid payload', () => {
    assert.deepEqual(assessments.validatePayload(assessment), []);
    assert.deepEqual(encounters.validatePayload(encounter), []);
    assert.deepEqual(documents.validatePayload(document), []);
    assert.deepEqual(labs.validatePayload(lab), []);
    assert.deepEqual(tasks.validatePayload(task), []);
  });

  it('required: names each field that is missing', () => {
    assert.deepEqual(short(assessments.validatePayload({})), [
      'error payload-required status',
      'error payload-required patientId',
      'error payload-required summary',
    ]);
    assert.deepEqual(wrong(documents, document, { sections: [{ title: 't' }] }), [
      'error payload-required sections[0].text',
    ]);
    assert.deepEqual(wrong(encounters, encounter, { class: undefined }), ['error payload-required class']);
  });

  it('additionalProperties: names an unknown field, unless its name could be a value', () => {
    assert.deepEqual(wrong(tasks, task, { owner: 'x' }), ['error payload-unknown-field owner']);
    assert.deepEqual(wrong(tasks, task, { 'John Doe': 'x' }), ['error payload-unknown-field children()']);
    assert.deepEqual(wrong(tasks, task, { ['x'.repeat(65)]: 1 }), ['error payload-unknown-field children()']);
    assert.deepEqual(wrong(assessments, assessment, { findings: [{ text: 'a', 'b c': 1 }] }), [
      'error payload-unknown-field findings[0].children()',
    ]);
    const own: object = JSON.parse('{"__proto__":{"status":"draft"},"constructor":1}');
    assert.deepEqual(short(tasks.validatePayload(Object.assign(JSON.parse('{"__proto__":1}'), task))), [
      'error payload-unknown-field children()',
    ]);
    assert.ok(short(tasks.validatePayload(own)).includes('error payload-required status'));
  });

  it('type: says where the JSON type is wrong', () => {
    assert.deepEqual(wrong(tasks, task, { description: 1 }), ['error payload-type description']);
    assert.deepEqual(wrong(tasks, task, { basedOn: 'a' }), ['error payload-type basedOn']);
    assert.deepEqual(wrong(encounters, encounter, { period: [] }), ['error payload-type period']);
    assert.deepEqual(wrong(encounters, encounter, { lengthMinutes: 1.5 }), ['error payload-type lengthMinutes']);
    assert.deepEqual(wrong(labs, lab, { resultIds: ['a', null] }), ['error payload-type resultIds[1]']);
    assert.deepEqual(wrong(tasks, task, { input: [{ type: 'a' }, { type: 1 }] }), ['error payload-type input[1].type']);
    assert.deepEqual(wrong(assessments, assessment, { summary: null }), ['error payload-type summary']);
  });

  it('anyOf: says where none of the forms fits', () => {
    assert.deepEqual(wrong(labs, lab, { code: 1 }), ['error payload-type code']);
    assert.deepEqual(wrong(encounters, encounter, { reasonCode: {} }), ['error payload-type reasonCode']);
    assert.ok(wrong(labs, lab, { code: { display: 'd' } }).includes('error payload-required code.code'));
    assert.ok(wrong(encounters, encounter, { reasonCode: ['a', 1] }).includes('error payload-type reasonCode[1]'));
  });

  it('enum: says where a code is not one of ClinikAPI’s', () => {
    assert.deepEqual(wrong(tasks, task, { status: 'entered-in-error' }), ['error payload-code status']);
    assert.deepEqual(wrong(documents, document, { confidentiality: 'U' }), ['error payload-code confidentiality']);
    assert.deepEqual(wrong(documents, document, { attester: [{ mode: 'none' }] }), [
      'error payload-code attester[0].mode',
    ]);
  });

  it('pattern: says where an id is none', () => {
    assert.deepEqual(wrong(tasks, task, { patientId: 'John Doe' }), ['error payload-id patientId']);
    assert.deepEqual(wrong(labs, lab, { specimenIds: ['ok', 'a/b/c'] }), ['error payload-id specimenIds[1]']);
    assert.deepEqual(wrong(tasks, task, { focusId: '' }), ['error payload-id focusId']);
  });

  it('maxLength: counts code points', () => {
    assert.deepEqual(wrong(assessments, assessment, { summary: '😀'.repeat(5000) }), []);
    assert.deepEqual(wrong(assessments, assessment, { summary: '😀'.repeat(5001) }), [
      'error payload-over-limit summary',
    ]);
    assert.deepEqual(wrong(encounters, encounter, { priority: 'x'.repeat(51) }), ['error payload-over-limit priority']);
    assert.deepEqual(wrong(documents, document, { sections: [section, { ...section, title: 'x'.repeat(201) }] }), [
      'error payload-over-limit sections[1].title',
    ]);
  });

  it('maxItems, minItems and maximum: hold a list and a number to their limits', () => {
    const items = (count: number): object[] => Array.from({ length: count }, () => ({ text: 'a' }));
    assert.deepEqual(wrong(assessments, assessment, { findings: items(50) }), []);
    assert.deepEqual(wrong(assessments, assessment, { findings: items(51) }), ['error payload-over-limit findings']);
    assert.deepEqual(wrong(documents, document, { sections: [] }), ['error payload-required sections']);
    assert.deepEqual(wrong(encounters, encounter, { lengthMinutes: 10_080 }), []);
    assert.deepEqual(wrong(encounters, encounter, { lengthMinutes: 10_081 }), [
      'error payload-over-limit lengthMinutes',
    ]);
  });

  it('reaches sections at any depth', () => {
    const sections = [{ ...section, sections: [{ ...section, sections: [{ ...section, mode: 'x' }] }] }];
    assert.deepEqual(wrong(documents, document, { sections }), [
      'error payload-code sections[0].sections[0].sections[0].mode',
    ]);
  });

  it('takes an id in the flat shape only', () => {
    assert.deepEqual(short(tasks.validatePayload({ id: 'task_1', ...task })), ['error payload-unknown-field id']);
    assert.deepEqual(tasks.validatePayload({ id: 'task_1', ...task }, { shape: 'flat' }), []);
    for (const id of ['John Doe', '', 7, null]) {
      assert.deepEqual(short(tasks.validatePayload({ id, ...task }, { shape: 'flat' })), ['error payload-id id']);
    }
  });

  it('refuses what is no object', () => {
    for (const payload of [null, undefined, 'x', 1, [], [task]]) {
      assert.deepEqual(short(tasks.validatePayload(payload)), ['error payload-type $this']);
    }
  });

  it('never says a value', () => {
    const text = JSON.stringify(tasks.validatePayload({ ...task, status: 'SECRET', patientId: 'SECRET ID', note: 7 }));
    assert.equal(text.includes('SECRET'), false);
  });
});

describe('the schema of a payload', () => {
  it('is draft-07, closed, and names what is required', () => {
    const required: Record<Path, string[]> = {
      assessments: ['status', 'patientId', 'summary'],
      encounters: ['status', 'class', 'patientId'],
      documents: ['status', 'type', 'patientId', 'practitionerId', 'title', 'sections'],
      labs: ['status', 'code', 'patientId'],
      tasks: ['status', 'intent'],
    };
    for (const path of ['assessments', 'encounters', 'documents', 'labs', 'tasks'] as const) {
      const { schema } = lensFor(path);
      assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
      assert.equal(schema.additionalProperties, false);
      assert.deepEqual(schema.required, required[path]);
    }
  });
});
