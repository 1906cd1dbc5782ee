import { describe, expect, it } from '@jest/globals';
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
    expect(assessments.validatePayload(assessment)).toStrictEqual([]);
    expect(encounters.validatePayload(encounter)).toStrictEqual([]);
    expect(documents.validatePayload(document)).toStrictEqual([]);
    expect(labs.validatePayload(lab)).toStrictEqual([]);
    expect(tasks.validatePayload(task)).toStrictEqual([]);
  });

  it('required: names each field that is missing', () => {
    expect(short(assessments.validatePayload({}))).toStrictEqual([
      'error payload-required status',
      'error payload-required patientId',
      'error payload-required summary',
    ]);
    expect(wrong(documents, document, { sections: [{ title: 't' }] })).toStrictEqual([
      'error payload-required sections[0].text',
    ]);
    expect(wrong(encounters, encounter, { class: undefined })).toStrictEqual(['error payload-required class']);
  });

  it('additionalProperties: names an unknown field, unless its name could be a value', () => {
    expect(wrong(tasks, task, { owner: 'x' })).toStrictEqual(['error payload-unknown-field owner']);
    expect(wrong(tasks, task, { 'John Doe': 'x' })).toStrictEqual(['error payload-unknown-field children()']);
    expect(wrong(tasks, task, { ['x'.repeat(65)]: 1 })).toStrictEqual(['error payload-unknown-field children()']);
    expect(wrong(assessments, assessment, { findings: [{ text: 'a', 'b c': 1 }] })).toStrictEqual([
      'error payload-unknown-field findings[0].children()',
    ]);
    const own: object = JSON.parse('{"__proto__":{"status":"draft"},"constructor":1}');
    expect(short(tasks.validatePayload(Object.assign(JSON.parse('{"__proto__":1}'), task)))).toStrictEqual([
      'error payload-unknown-field children()',
    ]);
    expect(short(tasks.validatePayload(own))).toContain('error payload-required status');
  });

  it('type: says where the JSON type is wrong', () => {
    expect(wrong(tasks, task, { description: 1 })).toStrictEqual(['error payload-type description']);
    expect(wrong(tasks, task, { basedOn: 'a' })).toStrictEqual(['error payload-type basedOn']);
    expect(wrong(encounters, encounter, { period: [] })).toStrictEqual(['error payload-type period']);
    expect(wrong(encounters, encounter, { lengthMinutes: 1.5 })).toStrictEqual(['error payload-type lengthMinutes']);
    expect(wrong(labs, lab, { resultIds: ['a', null] })).toStrictEqual(['error payload-type resultIds[1]']);
    expect(wrong(tasks, task, { input: [{ type: 'a' }, { type: 1 }] })).toStrictEqual([
      'error payload-type input[1].type',
    ]);
    expect(wrong(assessments, assessment, { summary: null })).toStrictEqual(['error payload-type summary']);
  });

  it('anyOf: says where none of the forms fits', () => {
    expect(wrong(labs, lab, { code: 1 })).toStrictEqual(['error payload-type code']);
    expect(wrong(encounters, encounter, { reasonCode: {} })).toStrictEqual(['error payload-type reasonCode']);
    expect(wrong(labs, lab, { code: { display: 'd' } })).toContain('error payload-required code.code');
    expect(wrong(encounters, encounter, { reasonCode: ['a', 1] })).toContain('error payload-type reasonCode[1]');
  });

  it('enum: says where a code is not one of ClinikAPI’s', () => {
    expect(wrong(tasks, task, { status: 'entered-in-error' })).toStrictEqual(['error payload-code status']);
    expect(wrong(documents, document, { confidentiality: 'U' })).toStrictEqual(['error payload-code confidentiality']);
    expect(wrong(documents, document, { attester: [{ mode: 'none' }] })).toStrictEqual([
      'error payload-code attester[0].mode',
    ]);
  });

  it('pattern: says where an id is none', () => {
    expect(wrong(tasks, task, { patientId: 'John Doe' })).toStrictEqual(['error payload-id patientId']);
    expect(wrong(labs, lab, { specimenIds: ['ok', 'a/b/c'] })).toStrictEqual(['error payload-id specimenIds[1]']);
    expect(wrong(tasks, task, { focusId: '' })).toStrictEqual(['error payload-id focusId']);
  });

  it('maxLength: counts code points', () => {
    expect(wrong(assessments, assessment, { summary: '😀'.repeat(5000) })).toStrictEqual([]);
    expect(wrong(assessments, assessment, { summary: '😀'.repeat(5001) })).toStrictEqual([
      'error payload-over-limit summary',
    ]);
    expect(wrong(encounters, encounter, { priority: 'x'.repeat(51) })).toStrictEqual([
      'error payload-over-limit priority',
    ]);
    expect(wrong(documents, document, { sections: [section, { ...section, title: 'x'.repeat(201) }] })).toStrictEqual([
      'error payload-over-limit sections[1].title',
    ]);
  });

  it('maxItems, minItems and maximum: hold a list and a number to their limits', () => {
    const items = (count: number): object[] => Array.from({ length: count }, () => ({ text: 'a' }));
    expect(wrong(assessments, assessment, { findings: items(50) })).toStrictEqual([]);
    expect(wrong(assessments, assessment, { findings: items(51) })).toStrictEqual([
      'error payload-over-limit findings',
    ]);
    expect(wrong(documents, document, { sections: [] })).toStrictEqual(['error payload-required sections']);
    expect(wrong(encounters, encounter, { lengthMinutes: 10_080 })).toStrictEqual([]);
    expect(wrong(encounters, encounter, { lengthMinutes: 10_081 })).toStrictEqual([
      'error payload-over-limit lengthMinutes',
    ]);
  });

  it('reaches sections at any depth', () => {
    const sections = [{ ...section, sections: [{ ...section, sections: [{ ...section, mode: 'x' }] }] }];
    expect(wrong(documents, document, { sections })).toStrictEqual([
      'error payload-code sections[0].sections[0].sections[0].mode',
    ]);
  });

  it('takes an id in the flat shape only', () => {
    expect(short(tasks.validatePayload({ id: 'task_1', ...task }))).toStrictEqual(['error payload-unknown-field id']);
    expect(tasks.validatePayload({ id: 'task_1', ...task }, { shape: 'flat' })).toStrictEqual([]);
    for (const id of ['John Doe', '', 7, null]) {
      expect(short(tasks.validatePayload({ id, ...task }, { shape: 'flat' }))).toStrictEqual(['error payload-id id']);
    }
  });

  it('refuses what is no object', () => {
    for (const payload of [null, undefined, 'x', 1, [], [task]]) {
      expect(short(tasks.validatePayload(payload))).toStrictEqual(['error payload-type $this']);
    }
  });

  it('never says a value', () => {
    const text = JSON.stringify(tasks.validatePayload({ ...task, status: 'SECRET', patientId: 'SECRET ID', note: 7 }));
    expect(text.includes('SECRET')).toBe(false);
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
      expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
      expect(schema.additionalProperties).toBe(false);
      expect(schema.required).toStrictEqual(required[path]);
    }
  });
});
