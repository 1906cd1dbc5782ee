import { expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/lens/json.js';
import { type ValidateOptions, validate } from '../../src/validate/validate.js';

/**
 * A fault, or what only looks like one: what it is in words, a resource that is valid, the properties that are put into it
 * (undefined takes one away), and the issues that are found then, each as `severity id expression`.
 */
export type Row = readonly [title: string, base: JsonObject, change: JsonObject, ...finds: string[]];

/** The rows of invariants, by their keys. */
export type InvariantRows = Readonly<Record<string, readonly Row[]>>;

/** Every issue of an input as one line, `error per-1 Encounter.period`, in the order of the text; none where all is well. */
export function found(input: unknown, options?: ValidateOptions): string[] {
  const lines = validate(input, options).issue.map(({ severity, details, expression = [] }) =>
    [severity, details?.coding?.[0]?.code, ...expression].join(' '),
  );
  expect(['an outcome has an issue', lines.length]).not.toStrictEqual(['an outcome has an issue', 0]);
  if (lines.length === 1 && lines[0] === 'information valid') return [];
  return lines.sort();
}

export function changed(base: JsonObject, change: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== undefined));
}

/** A test for each row: nothing is found before the change, and exactly what the row says after it. */
export function holdRows(rows: readonly Row[], options?: ValidateOptions): void {
  for (const [title, base, change, ...finds] of rows) {
    it(`${finds.length === 0 ? 'takes' : 'finds'} ${title}`, () => {
      expect(['the base is valid', found(base, options)]).toStrictEqual(['the base is valid', []]);
      expect(found(changed(base, change), options)).toStrictEqual(finds.sort());
    });
  }
}

/** The identifiers of the rules that some rows find. */
export function rulesIn(rows: readonly Row[]): Set<string> {
  return new Set(rows.flatMap(([, , , ...finds]) => finds.map((line) => line.split(' ')[1] ?? '')));
}

const extension = (type: string, value: unknown) => ({ url: 'http://example.org/a', [`value${type}`]: value });

/** What makes a Patient hold a value of any type. */
export const holding = (type: string, value: unknown): JsonObject => ({ extension: [extension(type, value)] });

/** Where it holds it. */
export const AT = 'Patient.extension[0].value';

/** An extension, which carries a required element that has no value. */
export const ABSENT = { extension: [extension('Code', 'unknown')] };

export const UCUM = 'http://unitsofmeasure.org';
const TEXT = { text: 'a text' };

export const patient: JsonObject = { resourceType: 'Patient' };
export const observation: JsonObject = { resourceType: 'Observation', status: 'final', code: TEXT };
export const report: JsonObject = { resourceType: 'DiagnosticReport', status: 'final', code: TEXT };
export const task: JsonObject = { resourceType: 'Task', status: 'draft', intent: 'order' };
export const impression: JsonObject = {
  resourceType: 'ClinicalImpression',
  status: 'completed',
  subject: { reference: 'Patient/a' },
};
export const encounter: JsonObject = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
};
export const composition: JsonObject = {
  resourceType: 'Composition',
  status: 'final',
  type: TEXT,
  date: '2024-05-01',
  author: [{ reference: 'Practitioner/a' }],
  title: 'A letter',
};
export const bundle: JsonObject = { resourceType: 'Bundle', type: 'collection' };

/** A row about a value of any type, which is at AT. */
export const valueRow = (title: string, type: string, value: unknown, ...finds: string[]): Row => [
  `${type} with ${title}`,
  patient,
  holding(type, value),
  ...finds,
];
