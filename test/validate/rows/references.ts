import type { JsonObject } from '../../../src/lens/json.js';
import {
  ABSENT,
  composition,
  encounter,
  impression,
  observation,
  patient,
  type Row,
} from '../../support/validation.js';

const organization = (value: JsonObject | string): JsonObject => ({
  managingOrganization: typeof value === 'string' ? { reference: value } : value,
});
const AT = 'Patient.managingOrganization';
const UUID = 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520';
const DOCTOR = { resourceType: 'Practitioner', id: 'd', active: true };
const CLINIC = { resourceType: 'Organization', id: 'd', name: 'a' };

/** References to resources of the types that R4 allows, and of others. */
export const referenceRows: readonly Row[] = [
  ...(
    [
      ['a relative reference without an id', 'Organization'],
      ['a relative reference to a type that R4 does not have', 'Clinic/a'],
      ['a relative reference to a type in lower case', 'organization/a'],
      ['a relative reference to an id that R4 does not allow', 'Organization/org_1'],
      ['a reference that is an id alone', 'a'],
      ['a reference that is a path from the root', '/Organization/a'],
      ['an absolute reference with a space in its server', 'https://x y/Organization/1'],
      ['an absolute reference with a space in its id', 'http://x.example/fhir/Organization/a b'],
      ['an absolute reference with a tab', 'http://x.example/Organization/a\tb'],
      ['a relative reference with a space', 'Organization/a b'],
      ['a URN with a UUID in capitals', UUID.toUpperCase().replace('URN:UUID', 'urn:uuid')],
      ['a URN that is no UUID', 'urn:uuid:xyz'],
      ['a URN that is no OID', 'urn:oid:3.1'],
    ] as const
  ).map(([says, text]): Row => [says, patient, organization(text), `error reference-format ${AT}.reference`]),
  ['a relative reference to another type', patient, organization('Practitioner/a'), `error reference-target ${AT}`],
  [
    'an absolute reference to another type',
    patient,
    organization('http://example.org/fhir/Practitioner/a'),
    `error reference-target ${AT}`,
  ],
  [
    'a reference to a version of another type',
    patient,
    organization('Practitioner/a/_history/1'),
    `error reference-target ${AT}`,
  ],
  [
    'an absolute reference to a version of another type',
    patient,
    organization('https://example.org/Practitioner/a/_history/1'),
    `error reference-target ${AT}`,
  ],
  [
    'a reference to another type that is contained',
    patient,
    { ...organization('#d'), contained: [DOCTOR] },
    `error reference-target ${AT}`,
  ],
  [
    'a reference that says another type',
    patient,
    organization({ type: 'Practitioner', identifier: { value: 'a' } }),
    `error reference-target ${AT}`,
  ],
  [
    'a URN that says another type',
    patient,
    organization({ reference: UUID, type: 'Practitioner' }),
    `error reference-target ${AT}`,
  ],
  [
    'a reference in a list to another type',
    patient,
    { generalPractitioner: [{ reference: 'Practitioner/a' }, { reference: 'Patient/a' }] },
    'error reference-target Patient.generalPractitioner[1]',
  ],
  [
    'a reference in a backbone element to another type',
    encounter,
    { diagnosis: [{ condition: { reference: 'Patient/a' } }] },
    'error reference-target Encounter.diagnosis[0].condition',
  ],
  [
    'a reference in a choice to another type',
    patient,
    {
      name: [
        {
          text: 'a',
          extension: [
            {
              url: 'http://example.org/a',
              valueAnnotation: { text: 'a', authorReference: { reference: 'Encounter/a' } },
            },
          ],
        },
      ],
    },
    'error reference-target Patient.name[0].extension[0].value.author',
  ],
  [
    'a reference in a datatype to another type',
    patient,
    { identifier: [{ value: 'a', assigner: { reference: 'Patient/a' } }] },
    'error reference-target Patient.identifier[0].assigner',
  ],
  [
    'a reference of a contained resource to its container, of another type',
    patient,
    { contained: [{ ...CLINIC, partOf: { reference: '#' } }] },
    'error reference-target Patient.contained[0].partOf',
  ],
  [
    'a type that is not that of the reference',
    observation,
    { focus: [{ reference: 'Patient/a', type: 'Group' }] },
    'error reference-type Observation.focus[0]',
  ],
  [
    'a type that is not that of the reference, where both would do',
    impression,
    { subject: { reference: 'Patient/a', type: 'Group' } },
    'error reference-type ClinicalImpression.subject',
  ],
  [
    'a type that is not that of the contained resource',
    patient,
    { ...organization({ reference: '#d', type: 'Practitioner' }), contained: [CLINIC] },
    `error reference-type ${AT}`,
  ],
  [
    'a type in another case',
    patient,
    organization({ reference: 'Organization/a', type: 'organization' }),
    `error reference-type-unknown ${AT}.type`,
  ],
  [
    'a type of any resource, where only some may be',
    patient,
    organization({ reference: 'Organization/a', type: 'Resource' }),
    `error reference-target ${AT}`,
  ],
  ['a type of any resource', observation, { focus: [{ identifier: { value: 'a' }, type: 'Resource' }] }],
  ['a reference that is empty, as that alone', patient, organization(''), `error empty-value ${AT}.reference`],
  [
    'a reference of the wrong JSON type, as that alone',
    patient,
    organization({ reference: 7 }),
    `error wrong-json-type ${AT}.reference`,
  ],
  [
    'a type of the wrong JSON type, as that alone',
    patient,
    organization({ reference: 'Organization/a', type: 7 }),
    `error wrong-json-type ${AT}.type`,
  ],
  ['a relative reference', patient, organization('Organization/a')],
  ['an absolute reference', patient, organization('http://example.org/fhir/Organization/a')],
  ['a reference to a version', patient, organization('Organization/a/_history/1')],
  ['an absolute reference to a version', patient, organization('http://example.org/Organization/a/_history/1')],
  ['a reference with its type', patient, organization({ reference: 'Organization/a', type: 'Organization' })],
  [
    'a contained resource with its type',
    patient,
    { ...organization({ reference: '#d', type: 'Organization' }), contained: [CLINIC] },
  ],
  ['an identifier with its type', patient, organization({ type: 'Organization', identifier: { value: 'a' } })],
  ...(
    [
      ['http://example.org/Clinic', 'of somebody else’s'],
      ['http://hl7.org/fhir/StructureDefinition/Organization', 'of R4’s own, by its whole address'],
      ['Foo', 'that nobody has'],
      ['HumanName', 'that is no resource'],
      ['urn:oid:1.2.3', 'that is a URN'],
    ] as const
  ).flatMap(([type, what]): Row[] => [
    [`a type ${what}`, patient, organization({ type, display: 'a' }), `error reference-type-unknown ${AT}.type`],
    [
      `a type ${what} beside a reference`,
      patient,
      organization({ reference: 'Organization/a', type }),
      `error reference-type-unknown ${AT}.type`,
    ],
  ]),
  [
    'a type that is no URI, as that alone',
    patient,
    organization({ type: 'a b', display: 'a' }),
    `error format-uri ${AT}.type`,
  ],
  ['a URN', patient, organization(UUID)],
  ['an OID', patient, organization('urn:oid:1.2.3')],
  ['an address that says no type', patient, organization('http://example.org/a')],
  ['a search for the type', patient, organization('Organization?identifier=a')],
  ['a display', patient, organization({ display: 'a' })],
  ['a reference that an extension carries', patient, organization({ _reference: ABSENT })],
  [
    'a reference to any type, where any will do',
    observation,
    { focus: [{ reference: 'Basic/a' }, { reference: 'Bundle/a' }] },
  ],
  [
    'each of the allowed types',
    composition,
    {
      author: [
        { reference: 'Practitioner/a' },
        { reference: 'Device/a' },
        { reference: 'Patient/a' },
        { reference: 'Organization/a' },
      ],
    },
  ],
];
