import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { lensFor, type Path, validate } from '../src/index.js';

const PATHS: readonly Path[] = ['assessments', 'documents', 'encounters', 'labs', 'tasks'];

/** A value of another realm, where an array is no instance of this one's Array: Jest's tests get such from its host. */
const foreign = (text: string): unknown => runInNewContext('JSON.parse(text)', { text });

/** A rule of a user, which fhirpath runs; R4's own run in our interpreter. */
const rules = [
  {
    id: 'foreign',
    context: 'DomainResource',
    severity: 'warning',
    expression: "descendants().where($this is Reference).reference.matches('^never$').exists()",
    message: 'No such reference.',
  },
] as const;

describe('a record of another realm', () => {
  it('is one indeed', () => {
    expect(Object.getPrototypeOf(foreign('[]'))).not.toBe(Array.prototype);
  });

  describe.each(PATHS)('of %s', (path) => {
    const folder = join('fixtures', path);
    const cases = readdirSync(folder).map((name) => ({
      name,
      payload: readFileSync(join(folder, name, 'payload.json'), 'utf8'),
      resource: readFileSync(join(folder, name, 'resource.json'), 'utf8'),
    }));
    const lens = lensFor(path);
    const same = (call: (value: unknown) => unknown, text: string): void =>
      expect(JSON.stringify(call(foreign(text)))).toBe(JSON.stringify(call(JSON.parse(text))));

    it.each(cases)('is read, made, updated and validated as any other: $name', ({ payload, resource }) => {
      same((value) => lens.safeFromFhir(value, { residue: true }), resource);
      same((value) => lens.safeToFhir(value), payload);
      same((value) => lens.safeToFhir(value, { onto: JSON.parse(resource) }), payload);
      same((value) => lens.safeUpdate(value, JSON.parse(payload)), resource);
      same((value) => lens.validatePayload(value, { shape: 'flat' }), payload);
      same((value) => validate(value, { rules, bestPractice: true }), resource);
    });
  });
});
