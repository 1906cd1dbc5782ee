import type { JsonObject } from '../../../src/lens/json.js';
import {
  bundle,
  composition,
  encounter,
  type InvariantRows,
  impression,
  observation,
  patient,
  report,
  task,
} from '../../support/validation.js';

/** The types that can contain resources, of those that the tables are held to. */
const CONTAINERS: readonly JsonObject[] = [patient, observation, report, task, impression, encounter, composition];

const TEXT = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>' };

const inside = (container: JsonObject, more: JsonObject): JsonObject => ({
  contained: [{ resourceType: 'Patient', id: 'p', ...more }],
  extension: [{ url: 'http://example.org/a', valueReference: { reference: '#p' } }],
  ...(container === patient ? { active: true } : {}),
});

const each = (title: string, key: string, more: JsonObject): InvariantRows[string] =>
  CONTAINERS.map((container) => [
    `${title} in a ${container.resourceType}`,
    container,
    inside(container, more),
    `error ${key} ${container.resourceType}`,
  ]);

/** What R4 forbids of contained resources. */
export const containedRows: InvariantRows = {
  'dom-2': [
    ...each('a resource in a contained one', 'dom-2', { contained: [{ resourceType: 'Patient', id: 'q' }] }),
    ['a contained resource', patient, inside(patient, {})],
  ],
  'dom-4': [
    ...each('the version of a contained resource', 'dom-4', { meta: { versionId: '1' } }),
    ...each('the time of a contained resource', 'dom-4', { meta: { lastUpdated: '2024-05-01T10:00:00Z' } }),
    ['a contained resource with its source', patient, inside(patient, { meta: { source: 'http://example.org' } })],
  ],
  'dom-5': [
    ...each('a security label of a contained resource', 'dom-5', { meta: { security: [{ display: 'a' }] } }),
    ['a contained resource with a tag', patient, inside(patient, { meta: { tag: [{ display: 'a' }] } })],
  ],
};

const HOSPITAL: JsonObject = { resourceType: 'Organization', id: 'h', name: 'a' };
const WARD: JsonObject = { resourceType: 'Organization', id: 'w', name: 'b', partOf: { reference: '#h' } };
const NAMELESS: JsonObject = { resourceType: 'Organization', name: 'a' };
const toHospital = { managingOrganization: { reference: '#h' } };
const at = (index: number) => `error dom-3 Patient.contained[${index}]`;
const holdingAddress = (type: string): JsonObject => ({
  contained: [HOSPITAL],
  extension: [{ url: 'http://example.org/a', [`value${type}`]: '#h' }],
});
const letter = { resourceType: 'Composition', status: 'final', type: { text: 'a' }, title: 'a', date: '2024' };

/** What is contained is referred to, or refers to what contains it. */
export const dom3Rows: InvariantRows[string] = [
  ['a contained resource that nothing refers to', patient, { contained: [HOSPITAL] }, at(0)],
  [
    'one of two contained resources that nothing refers to',
    patient,
    { ...toHospital, contained: [HOSPITAL, { ...HOSPITAL, id: 'i' }] },
    at(1),
  ],
  ['a contained resource without an id', patient, { contained: [NAMELESS] }, at(0)],
  [
    'a contained resource with the id of another one',
    patient,
    { ...toHospital, contained: [HOSPITAL, { ...HOSPITAL, name: 'b' }] },
    'error contained-id Patient.contained[1]',
  ],
  [
    'a contained resource with the id of one in another entry',
    bundle,
    {
      entry: ['a', 'b'].map((id) => ({
        fullUrl: `http://example.org/Patient/${id}`,
        resource: { ...patient, id, ...toHospital, contained: [HOSPITAL] },
      })),
    },
  ],
  ['a contained resource that only a text names', patient, { contained: [HOSPITAL], name: [{ text: '#h' }] }, at(0)],
  [
    'a contained resource that only a code names',
    patient,
    { contained: [HOSPITAL], extension: [{ url: 'http://example.org/a', valueCode: '#h' }] },
    at(0),
  ],
  [
    'a contained resource that is named in another case',
    patient,
    { contained: [{ ...HOSPITAL, id: 'H' }, HOSPITAL], ...toHospital },
    at(0),
  ],
  [
    'a contained resource after one that refers to its container',
    patient,
    { contained: [{ ...letter, author: [{ reference: '#' }] }, HOSPITAL] },
    at(1),
  ],
  [
    'a contained resource that is named without its mark',
    patient,
    { contained: [HOSPITAL], managingOrganization: { reference: 'Organization/h' } },
    at(0),
  ],
  [
    'a contained resource in the resource of an entry',
    bundle,
    { entry: [{ fullUrl: 'http://example.org/Patient/a', resource: { ...patient, id: 'a', contained: [HOSPITAL] } }] },
    'error dom-3 Bundle.entry[0].resource.contained[0]',
  ],
  [
    'a contained resource that only another entry names',
    bundle,
    {
      entry: [
        { fullUrl: 'http://example.org/Patient/a', resource: { ...patient, id: 'a', contained: [HOSPITAL] } },
        { fullUrl: 'http://example.org/Patient/b', resource: { ...patient, id: 'b', ...toHospital } },
      ],
    },
    'error dom-3 Bundle.entry[0].resource.contained[0]',
    'error ref-1 Bundle.entry[1].resource.managingOrganization',
  ],
  ['a contained resource that a Reference names', patient, { ...toHospital, contained: [HOSPITAL] }],
  [
    'a contained resource that a Reference in an extension of a primitive names',
    patient,
    {
      contained: [HOSPITAL],
      gender: 'other',
      _gender: { extension: [{ url: 'http://example.org/a', valueReference: { reference: '#h' } }] },
    },
  ],
  [
    'a contained resource that another one names',
    patient,
    { managingOrganization: { reference: '#w' }, contained: [HOSPITAL, WARD] },
  ],
  [
    'a contained resource that an earlier one names',
    patient,
    { managingOrganization: { reference: '#w' }, contained: [WARD, HOSPITAL] },
  ],
  ['a contained resource that is named before it is there', patient, { ...toHospital, contained: [HOSPITAL] }],
  ['a contained resource that a uri names', patient, holdingAddress('Uri')],
  ['a contained resource that a url names', patient, holdingAddress('Url')],
  ['a contained resource that a canonical names', patient, holdingAddress('Canonical')],
  [
    'a contained resource that refers to its container',
    patient,
    { contained: [{ ...letter, id: 'l', subject: { reference: '#' }, author: [{ reference: '#' }] }] },
  ],
  [
    'a contained resource without an id that refers to its container',
    patient,
    { contained: [{ ...letter, author: [{ reference: '#' }] }] },
  ],
  [
    'a contained resource whose address is that of its container',
    patient,
    {
      contained: [
        { ...letter, author: [{ display: 'a' }], extension: [{ url: 'http://example.org/a', valueUri: '#' }] },
      ],
    },
  ],
];

/** The rules that are only looked at on request. */
export const bestPracticeRows: InvariantRows[string] = [
  ...[patient, observation, report, task, impression, encounter, composition].map(
    (container) =>
      [
        `a ${container.resourceType} without a narrative`,
        { ...container, text: TEXT },
        { text: undefined },
        `warning dom-6 ${container.resourceType}`,
      ] as const,
  ),
  ['a narrative that says that there is none', { ...patient, text: TEXT }, { text: { ...TEXT, status: 'empty' } }],
  [
    'a narrative that only an extension carries',
    { ...patient, text: TEXT },
    { text: { status: 'empty', _div: { extension: [{ url: 'http://example.org/a', valueCode: 'unknown' }] } } },
    'error unknown-element Patient.text.div.extension',
  ],
];
