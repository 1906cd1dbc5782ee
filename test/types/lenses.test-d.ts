import { describe, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  type assessments,
  type documents,
  type encounters,
  findLens,
  type labs,
  lensFor,
  type Path,
  type tasks,
} from '../../src/index.js';

type AnyLens = typeof assessments | typeof documents | typeof encounters | typeof labs | typeof tasks;

describe('lensFor', () => {
  it('gives the lens of a path', () => {
    expectTypeOf(lensFor('assessments')).toEqualTypeOf<typeof assessments>();
    expectTypeOf(lensFor('documents')).toEqualTypeOf<typeof documents>();
    expectTypeOf(lensFor('encounters')).toEqualTypeOf<typeof encounters>();
    expectTypeOf(lensFor('labs')).toEqualTypeOf<typeof labs>();
    expectTypeOf(lensFor('tasks')).toEqualTypeOf<typeof tasks>();
  });

  it('gives the lens of a FHIR type', () => {
    expectTypeOf(lensFor('ClinicalImpression')).toEqualTypeOf<typeof assessments>();
    expectTypeOf(lensFor('Composition')).toEqualTypeOf<typeof documents>();
    expectTypeOf(lensFor('Encounter')).toEqualTypeOf<typeof encounters>();
    expectTypeOf(lensFor('DiagnosticReport')).toEqualTypeOf<typeof labs>();
    expectTypeOf(lensFor('Task')).toEqualTypeOf<typeof tasks>();
  });

  it('gives one of several for one of several names', () => {
    const path = 'labs' as 'labs' | 'tasks';
    expectTypeOf(lensFor(path)).toEqualTypeOf<typeof labs | typeof tasks>();
    expectTypeOf(lensFor('labs' as Path)).toEqualTypeOf<AnyLens>();
  });

  it('takes no other name', () => {
    // @ts-expect-error: ClinikAPI's patients have no payload here.
    lensFor('Patient');
    // @ts-expect-error: nor have these.
    lensFor('patients');
    // @ts-expect-error: a name that comes from data is one for findLens.
    lensFor('labs' as string);
  });
});

describe('findLens', () => {
  it('takes any name, and may find none', () => {
    expectTypeOf(findLens).parameters.toEqualTypeOf<[name: string]>();
    expectTypeOf(findLens('Patient')).toEqualTypeOf<AnyLens | undefined>();
  });

  it('does not let it be forgotten that there may be none', () => {
    // @ts-expect-error: possibly undefined.
    findLens('Patient').safeFromFhir({});
    findLens('Patient')?.safeFromFhir({});
  });
});

describe('the paths', () => {
  it('are five', () => {
    expectTypeOf<Path>().toEqualTypeOf<'assessments' | 'documents' | 'encounters' | 'labs' | 'tasks'>();
  });
});
