// Options of a conversion: any choice of them, made for a resource, since what it refers to is found or not.
import fc from 'fast-check';
import type { Resource } from 'fhir/r4.js';
import type { ConvertOptions, Fill } from '../../../src/index.js';
import { object } from './object.js';
import { targetOf } from './r4/contained.js';

/** Some of the fields that can be filled in; now and then as the payload of another record has them. */
export const anyFill: fc.Arbitrary<Fill> = object(
  {},
  {
    'documents.practitionerId': fc.constantFrom('prac_1', 'imported', 'Practitioner/f001'),
    'documents.title': fc.constantFrom('Imported document', ' x ', '😀'.repeat(500)),
    'documents.type': fc.constantFrom('progress-note', 'Progress note', '11506-3', 'Imported', 'y'.repeat(100)),
    'encounters.class': fc.constantFrom('AMB', 'HH', 'own code'),
    'assessments.summary': fc.constantFrom('No summary was recorded.', 'z\n'.repeat(2500)),
  },
);

/** Whatever it is asked for, it finds a Condition, a Practitioner, or nothing. */
function found(reference: string): Resource | undefined {
  if (reference.startsWith('urn:')) return { resourceType: 'Practitioner', id: 'found' };
  const code = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'I10' }] };
  return reference.includes('Condition/') ? ({ resourceType: 'Condition', id: 'c', code } as Resource) : undefined;
}

type Find = (resource: object) => ConvertOptions['resolve'];

/** What is found of what a record refers to: of the same patient or not, certain, doubtful or denied; roles and whom they name. */
const finds: fc.Arbitrary<Find> = fc.oneof(
  fc.constant<Find>(() => found),
  fc.nat().map(
    (variant): Find =>
      (resource) =>
      (reference) =>
        targetOf({ ...resource }, reference, variant) as Resource | undefined,
  ),
);

/** Any fixed choice of options, for a resource. */
export const anyOptions: fc.Arbitrary<(resource: object) => ConvertOptions> = fc
  .record(
    {
      edition: fc.constantFrom('icd-10-cm', 'icd-10'),
      overflow: fc.constantFrom('refuse', 'truncate'),
      missingText: fc.constantFrom('say', 'refuse'),
      partialDates: fc.constantFrom('omit', 'keep', 'keep', 'refuse'),
      labTime: fc.constantFrom('effective', 'issued'),
      securityLabels: fc.constantFrom('refuse', 'accept'),
      baseUrl: fc.constantFrom(
        'https://ehr.example.org/fhir',
        'https://ehr.example.org/fhir/',
        'https://elsewhere.example',
      ),
      fill: anyFill,
      find: finds,
      resolveType: fc.constant((_id: string, allowed: readonly string[]) => allowed[0] ?? 'Device'),
    },
    { requiredKeys: [] },
  )
  .map(({ find, ...options }) => (resource) => {
    const resolve = find?.(resource);
    return resolve === undefined ? options : { ...options, resolve };
  });
