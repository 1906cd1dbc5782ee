import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadGuide, validate } from '../../../src/index.js';
import { hostileDefinitions, URLS } from '../../support/definitions.js';
import { runs } from '../../support/runs.js';

const long = 'a'.repeat(2000);
const records = [
  { resourceType: 'Patient', active: true },
  {
    resourceType: 'Patient',
    id: 'a',
    meta: { profile: URLS },
    contained: [{ resourceType: 'Patient', id: 'b', link: [{ other: { reference: '#' }, type: 'seealso' }] }],
    extension: [
      { url: URLS[0], valueString: 'a' },
      { url: URLS[1], extension: [{ url: URLS[1], valueBoolean: true }] },
    ],
    identifier: [{ system: 'urn:a', value: 'a' }, { system: 'urn:b' }],
    name: [{ family: long, given: [long, 'a'], _given: [null, { extension: [{ url: 'urn:a', valueCode: 'a' }] }] }],
    deceasedBoolean: true,
    maritalStatus: { coding: [{ system: 'urn:a', code: 'a' }] },
    link: [{ other: { reference: '#b' }, type: 'seealso' }],
  },
];

describe('a guide of hostile definitions', () => {
  it('neither throws nor hangs, and says what it does not check', () => {
    fc.assert(
      fc.property(hostileDefinitions, fc.constantFrom(...records), (definitions, record) => {
        const profiles = loadGuide(definitions);
        const { issue } = validate(record, { profiles, profile: URLS });
        // What is thrown on the way becomes this.
        expect(issue.map(({ details }) => details?.coding?.[0]?.code)).not.toContain('unreadable');
        for (const { url, says } of profiles.faults()) expect(`${url} ${says}`).toMatch(/^\S* \S/);
      }),
      { numRuns: runs(2000) },
    );
  });
});
