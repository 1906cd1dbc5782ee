import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFhirId } from '../../../src/fhir/references/identity.js';
import { isIdFrom, isIdOf } from '../../../src/fhir/references/plainId.js';
import { runs } from '../../support/runs.js';

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 70 }),
  fc.stringMatching(/^[A-Za-z0-9.-]{0,70}$/),
  fc.stringMatching(/^[A-Za-z0-9.-]{1,10}[ _/é\n]?[A-Za-z0-9.-]{0,5}$/),
);

describe('an id that is told by its characters', () => {
  it('is one that the grammar has', () => {
    fc.assert(
      fc.property(texts, fc.string({ maxLength: 5 }), (id, before) => {
        expect(isIdFrom(before + id, before.length)).toBe(isFhirId(id));
      }),
      { numRuns: runs(2000) },
    );
  });

  it.each([
    ['Patient', 'Patient/a.b-1', true],
    ['Patient', 'Patient/', false],
    ['Patient', 'Patient', false],
    ['Patient', 'patient/a', false],
    ['Patient', 'Patients/a', false],
    ['Patient', 'Group/a', false],
    ['Patient', 'Patient/a/b', false],
    ['Patient', `Patient/${'a'.repeat(64)}`, true],
    ['Patient', `Patient/${'a'.repeat(65)}`, false],
    ['', '/a', false],
  ])('of the type %s is what follows it: %s', (type, reference, expected) => {
    expect(isIdOf(type, reference)).toBe(expected);
  });
});
