import { bundle, patient, type Row } from '../../support/validation.js';

const ORGANIZATION = { resourceType: 'Organization', name: 'A' };

/** Resources in resources. */
export const resourceRows: readonly Row[] = [
  [
    'a contained resource without a type',
    patient,
    { contained: [{ id: 'o', name: 'A' }], managingOrganization: { reference: '#o' } },
    'error missing-element Patient.contained[0].resourceType',
  ],
  [
    'a contained resource of a type that R4 does not have',
    patient,
    { contained: [{ resourceType: 'Colour', id: 'o' }], managingOrganization: { reference: '#o' } },
    'error resource-type-unknown Patient.contained[0]',
  ],
  [
    'a contained resource of an abstract type',
    patient,
    { contained: [{ resourceType: 'DomainResource', id: 'o' }], managingOrganization: { reference: '#o' } },
    'error resource-type-unknown Patient.contained[0]',
  ],
  [
    'a contained resource that is a datatype',
    patient,
    { contained: [{ resourceType: 'HumanName', id: 'o', text: 'a' }], managingOrganization: { reference: '#o' } },
    'error resource-type-unknown Patient.contained[0]',
  ],
  ['a text for a contained resource', patient, { contained: ['a'] }, 'error wrong-json-type Patient.contained[0]'],
  ['null for a contained resource', patient, { contained: [null] }, 'error null-value Patient.contained[0]'],
  [
    'an object for the contained resources',
    patient,
    { contained: ORGANIZATION },
    'error list-expected Patient.contained',
  ],
  ['no contained resource in a list of them', patient, { contained: [] }, 'error empty-value Patient.contained'],
  [
    'an entry whose resource has no type',
    bundle,
    { entry: [{ fullUrl: 'http://example.org/Patient/a', resource: { id: 'a' } }] },
    'error missing-element Bundle.entry[0].resource.resourceType',
  ],
  [
    'an entry whose resource is empty',
    bundle,
    { entry: [{ fullUrl: 'http://example.org/Patient/a', resource: {} }] },
    'error empty-value Bundle.entry[0].resource',
  ],
  [
    'an entry whose resource has a number for a type',
    bundle,
    { entry: [{ fullUrl: 'http://example.org/Patient/a', resource: { resourceType: 7, id: 'a' } }] },
    'error wrong-json-type Bundle.entry[0].resource.resourceType',
  ],
  [
    'an entry whose resource is a list',
    bundle,
    { entry: [{ fullUrl: 'http://example.org/Patient/a', resource: [patient] }] },
    'error list-unexpected Bundle.entry[0].resource',
  ],
  [
    'an entry whose resource is a text',
    bundle,
    { entry: [{ fullUrl: 'http://example.org/Patient/a', resource: 'a' }] },
    'error wrong-json-type Bundle.entry[0].resource',
  ],
  [
    'an entry whose resource is null',
    bundle,
    { entry: [{ fullUrl: 'http://example.org/Patient/a', resource: null }] },
    'error null-value Bundle.entry[0].resource',
  ],
  ['a type that R4 does not have', patient, { resourceType: 'Colour' }, 'error resource-type-unknown Resource'],
  ['an abstract type', patient, { resourceType: 'Resource' }, 'error resource-type-unknown Resource'],
  ['a type in lower case', patient, { resourceType: 'patient' }, 'error resource-type-unknown Resource'],
  [
    'a type that only every object has',
    patient,
    { resourceType: 'constructor' },
    'error resource-type-unknown Resource',
  ],
  ['no type', patient, { resourceType: undefined }, 'fatal not-a-resource Resource'],
  ['a number for a type', patient, { resourceType: 7 }, 'fatal not-a-resource Resource'],
  [
    'a profile, which it does not check',
    patient,
    { meta: { profile: ['http://example.org/a', 'http://example.org/b'] } },
    'information profile-not-checked Patient.meta.profile[0]',
    'information profile-not-checked Patient.meta.profile[1]',
  ],
  [
    'a resource in a parameter of a parameter',
    { resourceType: 'Parameters' },
    { parameter: [{ name: 'a', part: [{ name: 'b', resource: { resourceType: 'Patient', gender: 'x' } }] }] },
    'error binding-required Parameters.parameter[0].part[0].resource.gender',
  ],
];
