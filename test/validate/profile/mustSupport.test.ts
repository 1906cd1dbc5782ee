import { describe, expect, it } from '@jest/globals';
import { loadGuide, validate } from '../../../src/index.js';

const URL = 'http://example.org/fhir/p';
const guide = loadGuide([
  {
    resourceType: 'StructureDefinition',
    url: URL,
    name: 'P',
    kind: 'resource',
    type: 'Patient',
    derivation: 'constraint',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    differential: {
      element: [
        { id: 'Patient.gender', path: 'Patient.gender', mustSupport: true },
        { id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1, mustSupport: true },
        {
          id: 'Patient.identifier',
          path: 'Patient.identifier',
          slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' },
        },
        { id: 'Patient.identifier:mrn', path: 'Patient.identifier', sliceName: 'mrn', mustSupport: true },
        { id: 'Patient.identifier:mrn.system', path: 'Patient.identifier.system', fixedUri: 'http://example.org/mrn' },
      ],
    },
  },
]);

function found(resource: object, mustSupport: boolean): string[] {
  const { issue } = validate(
    { resourceType: 'Patient', active: true, ...resource },
    { profiles: guide, profile: [URL], mustSupport },
  );
  return issue.flatMap(({ severity, details, expression }) => {
    const id = details?.coding?.[0]?.code ?? '';
    return id.startsWith('profile-') ? [`${severity} ${id} ${expression?.join()}`] : [];
  });
}

describe('mustSupport', () => {
  it('is noted where it is asked for, of elements and slices that are not there and not required', () => {
    expect(found({ birthDate: '2000-01-01' }, true)).toStrictEqual([
      'information profile-must-support Patient.gender',
      'information profile-must-support Patient.identifier',
    ]);
  });

  it('is not noted of what is there', () => {
    const whole = {
      birthDate: '2000-01-01',
      gender: 'other',
      identifier: [{ system: 'http://example.org/mrn', value: '1' }],
    };
    expect(found(whole, true)).toStrictEqual([]);
  });

  it('is not noted where nobody asks, and a required element is an error alone', () => {
    expect(found({}, false)).toStrictEqual(['error profile-min Patient.birthDate']);
    expect(found({}, true)).toContain('error profile-min Patient.birthDate');
    expect(found({}, true)).not.toContain('information profile-must-support Patient.birthDate');
  });
});
