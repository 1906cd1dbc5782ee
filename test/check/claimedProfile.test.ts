import { describe, expect, it } from '@jest/globals';
import { claimedProfile } from '../../src/check/claimedProfile.js';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';

const claimed = (...profile: unknown[]) => {
  const resource = { resourceType: 'Patient', meta: { profile } };
  return claimedProfile(resource, `Patient.meta.profile[${profile.length - 1}]`);
};

describe('the name of a claimed profile', () => {
  it.each([
    [`${US_CORE}us-core-patient`, 'us-core-patient'],
    [`${US_CORE}us-core-patient|3.1.1`, 'us-core-patient'],
    ['http://hl7.org/fhir/StructureDefinition/bp', 'bp'],
    ['http://hl7.org/fhir/uv/ips/StructureDefinition/Patient-uv-ips', 'Patient-uv-ips'],
    ['http://hl7.org.au/fhir/StructureDefinition/au-patient', 'au-patient'],
  ])('is the last part of what is published: %s', (canonical, name) => expect(claimed(canonical)).toBe(name));

  it.each([
    'http://example.org/StructureDefinition/us-core-patient',
    `${US_CORE}canary-7f3a`,
    `${US_CORE}us-core-patient/canary`,
    `${US_CORE}`,
    'http://hl7.org/fhir/StructureDefinition/Jane-Doe',
    'us-core-patient',
    '__proto__',
    '',
    7,
    null,
    { value: `${US_CORE}us-core-patient` },
  ])('is said of nothing else: %j', (canonical) => expect(claimed(canonical)).toBeUndefined());

  it('is found in entries and in contained resources', () => {
    const meta = { profile: ['http://example.org/x', `${US_CORE}us-core-patient`] };
    const patient = { resourceType: 'Patient', meta };
    const bundle = {
      resourceType: 'Bundle',
      entry: [{}, { resource: { resourceType: 'Group', contained: [patient] } }],
    };
    const location = 'Bundle.entry[1].resource.contained[0].meta.profile';
    expect(claimedProfile(bundle, `${location}[1]`)).toBe('us-core-patient');
    for (const other of [`${location}[0]`, `${location}[2]`, 'Bundle.entry[0].resource.meta.profile[0]', 'Bundle', ''])
      expect(claimedProfile(bundle, other)).toBeUndefined();
  });
});
