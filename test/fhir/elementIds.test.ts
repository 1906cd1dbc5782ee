import { describe, expect, it } from '@jest/globals';
import { withoutElementIds } from '../../src/fhir/elementIds.js';
import { encounters } from '../../src/index.js';

describe('a datatype without the ids of its elements', () => {
  it('says the same', () => {
    const subject = {
      id: 'a',
      identifier: {
        id: 'b',
        system: 'urn:x',
        value: '1',
        _value: { id: 'c' },
        type: { coding: [{ id: 'd', code: 'MR' }] },
      },
    };
    const before = JSON.stringify(subject);
    expect(withoutElementIds(subject)).toStrictEqual({
      identifier: { system: 'urn:x', value: '1', type: { coding: [{ code: 'MR' }] } },
    });
    expect(JSON.stringify(subject)).toBe(before);
  });

  it('is what the Condition of a new diagnosis has for its subject, so that no id stands there twice', () => {
    const onto = {
      resourceType: 'Encounter',
      status: 'finished',
      class: { code: 'AMB' },
      subject: {
        type: 'Patient',
        identifier: { id: 'e1', system: 'https://api.clinikapi.com/v1/patients', value: 'pt_1' },
      },
    } as const;
    const { payload } = encounters.fromFhir(onto);
    const edited = encounters.toFhir({ ...payload, diagnosis: [{ condition: 'I10' }] }, { onto });
    expect(encounters.fromFhir(edited).payload.diagnosis).toStrictEqual([{ condition: 'I10' }]);
    expect(edited.subject).toStrictEqual(onto.subject);
  });
});
