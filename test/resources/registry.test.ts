import { describe, expect, it } from '@jest/globals';
import type { Resource, Task } from 'fhir/r4.js';
import {
  assessments,
  documents,
  encounters,
  type FieldRow,
  findLens,
  labs,
  lensFor,
  type Path,
  tasks,
} from '../../src/index.js';
import { ensure, thrown } from '../support/ensure.js';

const api = { assessments, encounters, documents, labs, tasks };

const PAIRS = [
  ['assessments', 'ClinicalImpression'],
  ['encounters', 'Encounter'],
  ['documents', 'Composition'],
  ['labs', 'DiagnosticReport'],
  ['tasks', 'Task'],
] as const;

/** Names of no lens. */
const OTHERS = ['patients', 'Patient', 'Assessments', '', 'constructor', '__proto__', 'toString'];

describe('lensFor', () => {
  for (const [path, resourceType] of PAIRS) {
    it(`finds the lens of ${path}, also by ${resourceType}`, () => {
      expect(lensFor(path)).toBe(api[path]);
      expect(lensFor(resourceType)).toBe(api[path]);
      expect(api[path].path).toBe(path);
      expect(api[path].resourceType).toBe(resourceType);
    });
  }

  it.each(OTHERS)('throws a RangeError for %j, which it does not repeat', (name) => {
    const error = thrown(() => lensFor(name as Path));
    ensure(error instanceof RangeError && (name === '' || !error.message.includes(name)));
  });
});

describe('findLens', () => {
  it.each(PAIRS)('finds the lens of %s, also by %s', (path, resourceType) => {
    expect(findLens(path)).toBe(api[path]);
    expect(findLens(resourceType)).toBe(api[path]);
  });

  it.each(OTHERS)('gives undefined for %j', (name) => {
    expect(findLens(name)).toBeUndefined();
  });

  it('skips the records of a stream that have no payload', () => {
    const stream: readonly Resource[] = [
      { resourceType: 'Patient' },
      { resourceType: 'Task', status: 'requested', intent: 'order' } as Task,
      { resourceType: 'Observation' },
    ];
    const results = stream.flatMap((resource) => findLens(resource.resourceType)?.safeFromFhir(resource) ?? []);
    expect(results.map((result) => result.ok && result.payload)).toStrictEqual([
      { status: 'requested', intent: 'order' },
    ]);
  });
});

describe('the fields of a lens', () => {
  for (const [path] of PAIRS) {
    it(`of ${path} name each payload field once, with its element and its rule`, () => {
      const rows = api[path].fields;
      const names = rows.map((row) => row.payload);
      expect(new Set(names).size).toBe(names.length);
      expect(rows.every((row) => row.element !== '' && row.rule !== '')).toBe(true);
      const { properties } = api[path].schema;
      ensure(typeof properties === 'object' && properties !== null);
      const top = names.filter((name) => !name.includes('.'));
      expect([...top].sort()).toStrictEqual(Object.keys(properties).sort());
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
    expect(ids.sort()).toStrictEqual([...named, ...others].sort());
    const targets = (fields: readonly FieldRow[], name: string) => fields.find((row) => row.payload === name)?.targets;
    expect(targets(encounters.fields, 'partOfId')).toStrictEqual(['Encounter']);
    expect(targets(tasks.fields, 'focusId')).toStrictEqual(['Resource']);
    expect(targets(encounters.fields, 'participants[].practitionerId')).toStrictEqual(['Practitioner']);
    const recursive = documents.fields.filter((row) => row.recursive === true).map(({ element }) => element);
    expect(recursive).toStrictEqual(['section[].section']);
  });

  it('tell limits and what is required', () => {
    const row = encounters.fields.find((field) => field.payload === 'lengthMinutes');
    expect(row?.limit).toBe('≤10080');
    expect(
      labs.fields.filter((field) => field.required && !field.payload.includes('.')).map((field) => field.payload),
    ).toStrictEqual(['status', 'code', 'patientId']);
  });
});
