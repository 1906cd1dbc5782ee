import { describe, expect, it } from '@jest/globals';
import { bundlePlace } from '../../src/check/bundlePlace.js';

const patient = { resourceType: 'Patient', id: 'p1' };
const inner = { resourceType: 'Bundle', id: 'b2', entry: [{}, {}, { resource: patient }] };
const bundle = {
  resourceType: 'Bundle',
  id: 'b1',
  entry: [{ resource: patient }, { resource: inner }, { resource: { resourceType: 'Canary' } }, 'x', {}],
};
const place = (expression: string | undefined) => bundlePlace(expression, { resourceType: 'Bundle', id: 'b1' }, bundle);

describe('the place of a finding in a Bundle', () => {
  it('is in the resource of the entry, as if that stood alone', () => {
    expect(place('Bundle.entry[0].resource.name[0]')).toStrictEqual({
      expression: 'Patient.name[0]',
      resourceType: 'Patient',
      id: 'p1',
      entry: { index: '0', resourceType: 'Patient' },
    });
    expect(place('Bundle.entry[1].resource.entry[2].resource')).toStrictEqual({
      expression: 'Patient',
      resourceType: 'Patient',
      id: 'p1',
      entry: { index: '1.2', resourceType: 'Patient' },
    });
  });

  it('is in the Bundle where it is about the entry itself, which is named all the same', () => {
    expect(place('Bundle.entry[0].fullUrl')).toStrictEqual({
      expression: 'Bundle.entry[0].fullUrl',
      resourceType: 'Bundle',
      id: 'b1',
      entry: { index: '0', resourceType: 'Patient' },
    });
    for (const index of [3, 4, 9]) expect(place(`Bundle.entry[${index}]`).entry).toStrictEqual({ index: `${index}` });
  });

  it('names no type that R4 does not have', () => {
    expect(place('Bundle.entry[2].resource.x')).toStrictEqual({
      expression: 'Resource.x',
      resourceType: undefined,
      id: undefined,
      entry: { index: '2' },
    });
  });

  it('is none outside of entries', () => {
    for (const expression of ['Bundle.type', 'Bundle', undefined]) expect(place(expression).entry).toBeUndefined();
    expect(bundlePlace('Patient.name[0]', patient, patient)).toStrictEqual({
      expression: 'Patient.name[0]',
      resourceType: 'Patient',
      id: 'p1',
    });
  });
});
