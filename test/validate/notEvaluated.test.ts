import { describe, expect, it } from '@jest/globals';
import { typeNamed } from '../../src/fhir/definitions.js';
import { noneFine } from '../../src/validate/glance/fine.js';
import { checkInvariants, prepare } from '../../src/validate/invariants.js';
import type { Walk, Walker } from '../../src/validate/walk.js';

/** No invariant walks on. */
const never: Walker = () => false;

/** A walk that stands on a Patient. */
function walkOn(resource: Walk['environment']['resource']): Walk {
  const environment = { resource, rootResource: resource, resolve: () => undefined };
  return {
    names: ['Patient'],
    indexes: [-1],
    depth: 0,
    resourceDepth: 0,
    budget: 1000,
    environment,
    fragments: undefined,
    bundle: undefined,
    findings: [],
    bestPractice: false,
    rules: undefined,
    watch: undefined,
    profiles: undefined,
    isGlance: false,
    isInDoubt: false,
    fine: noneFine(),
    walkers: { of: () => never, besideValue: never, insteadOfValue: never },
    maxIssues: 10,
    ids: undefined,
    isCut: false,
  };
}

/** What is found by an invariant that no closure is made for, so that fhirpath has to tell. */
function foundBy(expression: string): readonly string[] {
  const resource = { resourceType: 'Patient', name: [{ family: 'Lee' }, { family: 'Lang' }] };
  const invariant = { key: 'x-1', severity: 'error', human: 'A rule.', expression, repaired: false } as const;
  const walk = walkOn(resource);
  checkInvariants(
    prepare([{ ...invariant, tree: ['outside()'] }], { structure: typeNamed('Patient') }),
    resource,
    undefined,
    0,
    walk,
  );
  return walk.findings.map(({ id, severity }) => `${severity} ${id}`);
}

describe('an invariant that no closure is made for', () => {
  it('is decided by fhirpath', () => {
    expect(foundBy("name.family contains 'Lee'")).toStrictEqual([]);
    expect(foundBy("name.family contains 'Loo'")).toStrictEqual(['error x-1']);
  });

  it('is invariant-not-evaluated where the element does not allow it', () => {
    expect(foundBy("name.family.startsWith('L')")).toStrictEqual(['warning invariant-not-evaluated']);
  });
});
