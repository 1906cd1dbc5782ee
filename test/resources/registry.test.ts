import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assessments, documents, encounters, type FieldRow, labs, lensFor, type Path, tasks } from '../../src/index.js';
import { findLens } from '../../src/resources/registry.js';

const api = { assessments, encounters, documents, labs, tasks };

const PAIRS = [
  ['assessments', 'ClinicalImpression'],
  ['encounters', 'Encounter'],
  ['documents', 'Composition'],
  ['labs', 'DiagnosticReport'],
  ['tasks', 'Task'],
] as const;

describe('lensFor', () => {
  for (const [path, resourceType] of PAIRS) {
    it(`finds the lens of ${path}, also by ${resourceType}`, () => {
      assert.equal(lensFor(path), api[path]);
      assert.equal(lensFor(resourceType), api[path]);
      assert.equal(api[path].path, path);
      assert.equal(api[path].resourceType, resourceType);
    });
  }

  it('throws a RangeError for any other name, which it does not repeat', () => {
    for (const name of ['patients', 'Patient', 'Assessments', '', 'constructor', '__proto__', 'toString']) {
      assert.equal(findLens(name), undefined);
      assert.throws(
        () => lensFor(name as Path),
        (error) => error instanceof RangeError && (name === '' || !error.message.includes(name)),
      );
    }
  });
});

describe('the fields of a lens', () => {
  for (const [path] of PAIRS) {
    it(`of ${path} name each payload field once, with its element and its rule`, () => {
      const rows = api[path].fields;
      const names = rows.map((row) => row.payload);
      assert.equal(new Set(names).size, names.length);
      assert.ok(rows.every((row) => row.element !== '' && row.rule !== ''));
      const { properties } = api[path].schema;
      assert.ok(typeof properties === 'object' && properties !== null);
      const top = names.filter((name) => !name.includes('.'));
      assert.deepEqual([...top].sort(), Object.keys(properties).sort());
    });
  }

  it('tell which fields hold ids, and of what', () => {
    const ids = Object.values(api).flatMap(({ path, fields }) =>
      fields.filter(({ targets }) => targets !== undefined).map(({ payload }) => `${path}.${payload}`),
    );
    const named = Object.values(api).flatMap(({ path, fields }) =>
      fields.filter(({ payload }) => /Ids?$|valueReference$/.test(payload)).map(({ payload }) => `${path}.${payload}`),
    );
    const others = [
      'encounters.hospitalization.origin',
      'encounters.hospitalization.destination',
      'encounters.location',
      'encounters.serviceProvider',
      'labs.basedOn',
      'labs.performer',
      'labs.resultsInterpreter',
      'tasks.basedOn',
      'tasks.partOf',
    ];
    assert.deepEqual(ids.sort(), [...named, ...others].sort());
    const targets = (fields: readonly FieldRow[], name: string) => fields.find((row) => row.payload === name)?.targets;
    assert.deepEqual(targets(encounters.fields, 'partOfId'), ['Encounter']);
    assert.deepEqual(targets(tasks.fields, 'focusId'), ['Resource']);
    assert.deepEqual(targets(encounters.fields, 'participants[].practitionerId'), ['Practitioner']);
    const recursive = documents.fields.filter((row) => row.recursive === true).map(({ element }) => element);
    assert.deepEqual(recursive, ['section[].section']);
  });

  it('tell limits and what is required', () => {
    const row = encounters.fields.find((field) => field.payload === 'lengthMinutes');
    assert.equal(row?.limit, '≤10080');
    assert.deepEqual(
      labs.fields.filter((field) => field.required && !field.payload.includes('.')).map((field) => field.payload),
      ['status', 'code', 'patientId'],
    );
  });
});
