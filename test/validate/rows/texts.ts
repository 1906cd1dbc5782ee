import { encounter, holding, observation, patient, type Row } from '../../support/validation.js';

const DIV = 'xmlns="http://www.w3.org/1999/xhtml"';
const narrative = (inside: string) => ({ text: { status: 'generated', div: `<div ${DIV}>${inside}</div>` } });
const NARRATIVE = 'Patient.text.div';
const named = (text: string) => ({ name: [{ text }] });
const period = (start: string, end: string) => ({ period: { start, end } });

/** Texts that R4 advises against, and those that only look like it. */
const controlRows: readonly Row[] = [
  ...['\u0000', '\u0007', '\u000b', '\u001f'].map(
    (character): Row => [
      `a name with the control character ${character.charCodeAt(0)}`,
      patient,
      named(`a${character}b`),
      'warning control-character Patient.name[0].text',
    ],
  ),
  [
    'a code with a control character',
    observation,
    { code: { coding: [{ system: 'http://x.example', code: 'a\u0007b' }] } },
    'warning control-character Observation.code.coding[0].code',
  ],
  [
    'a code with a tab',
    observation,
    { code: { coding: [{ system: 'http://x.example', code: 'a\tb' }] } },
    'error format-code Observation.code.coding[0].code',
  ],
  ['a name with a tab and a line feed', patient, named('a\tb\nc')],
  ['a name with the control characters after ASCII', patient, named('a\u0085b\u007f')],
];

/** Ids of elements: without spaces, and each once in a resource, in what it contains and in its narratives. */
const idRows: readonly Row[] = [
  ['an id with a space', patient, { name: [{ id: 'a b', text: 'x' }] }, 'error element-id-space Patient.name[0].id'],
  ['an id with a tab', patient, { name: [{ id: 'a\tb', text: 'x' }] }, 'error element-id-space Patient.name[0].id'],
  [
    'an id with a space beside a primitive',
    patient,
    { active: true, _active: { id: ' a' } },
    'error element-id-space Patient.active.id',
  ],
  [
    'two items with one id',
    patient,
    {
      name: [
        { id: 'a', text: 'x' },
        { id: 'a', text: 'y' },
      ],
    },
    'error element-id-repeated Patient.name[1].id',
  ],
  [
    'an element and one below another with one id',
    patient,
    { name: [{ id: 'a', text: 'x' }], contact: [{ name: { id: 'a', family: 'y' } }] },
    'error element-id-repeated Patient.contact[0].name.id',
  ],
  [
    'an element and a primitive with one id',
    patient,
    { name: [{ id: 'a', text: 'x' }], active: true, _active: { id: 'a' } },
    'error element-id-repeated Patient.active.id',
  ],
  [
    'an extension with the id of an element',
    patient,
    { name: [{ id: 'a', text: 'x' }], extension: [{ id: 'a', url: 'http://x.example/e', valueBoolean: true }] },
    'error element-id-repeated Patient.extension[0].id',
  ],
  [
    'an element of a contained resource with the id of one around it',
    patient,
    {
      name: [{ id: 'a', text: 'x' }],
      managingOrganization: { reference: '#o' },
      contained: [
        { resourceType: 'Organization', id: 'o', name: 'x', telecom: [{ id: 'a', system: 'url', value: 'x' }] },
      ],
    },
    'error element-id-repeated Patient.contained[0].telecom[0].id',
  ],
  [
    'an element with an id of the narrative',
    patient,
    { ...narrative('<p id="a">x</p>'), name: [{ id: 'a', text: 'x' }] },
    'error element-id-repeated Patient.name[0].id',
  ],
  [
    'two elements of the narrative with one id',
    patient,
    narrative('<p id="q">x</p><p id="q">y</p>'),
    `error element-id-repeated ${NARRATIVE}`,
  ],
  [
    'narratives of two sections with one id',
    { resourceType: 'List', status: 'current', mode: 'working' },
    {
      text: narrative('<p id="q">x</p>').text,
      note: [{ id: 'q', text: 'x' }],
    },
    'error element-id-repeated List.note[0].id',
  ],
  [
    'two items with ids of their own',
    patient,
    {
      name: [
        { id: 'a', text: 'x' },
        { id: 'A', text: 'y' },
      ],
    },
  ],
  ['an element with the id of its resource', patient, { id: 'a', name: [{ id: 'a', text: 'x' }] }],
  [
    'two entries whose elements have one id',
    { resourceType: 'Bundle', type: 'collection' },
    {
      entry: ['a', 'b'].map((id) => ({
        fullUrl: `http://x.example/Patient/${id}`,
        resource: { ...patient, id, name: [{ id: 'n', text: 'x' }] },
      })),
    },
  ],
  [
    'the ids of a definition in its snapshot and its differential',
    {
      resourceType: 'StructureDefinition',
      url: 'http://x.example/S',
      name: 'S',
      status: 'draft',
      kind: 'logical',
      abstract: true,
      type: 'http://x.example/S',
      differential: { element: [{ id: 'S', path: 'S' }] },
    },
    {
      snapshot: {
        element: [{ id: 'S', path: 'S', min: 0, max: '*', base: { path: 'S', min: 0, max: '*' }, definition: 'a' }],
      },
      differential: { element: [{ id: 'S', path: 'S' }] },
    },
  ],
];

/** Leap seconds, which are after the second before them and before the next minute. */
const leapRows: readonly Row[] = [
  [
    'a period that ends in the leap second before it starts',
    encounter,
    period('2017-01-01T00:00:00Z', '2016-12-31T23:59:60Z'),
    'error per-1 Encounter.period',
  ],
  [
    'a period that ends in the leap second before it starts elsewhere',
    encounter,
    period('2017-01-01T01:00:00+01:00', '2016-12-31T23:59:60.9Z'),
    'error per-1 Encounter.period',
  ],
  [
    'a period that ends in the second before the leap second it starts in',
    encounter,
    period('2016-12-31T23:59:60Z', '2016-12-31T23:59:59.9Z'),
    'error per-1 Encounter.period',
  ],
  ['a period from a leap second to the next', encounter, period('2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z')],
  ['a period to a leap second', encounter, period('2016-12-31T23:59:59Z', '2016-12-31T23:59:60Z')],
  ['a period of one leap second', encounter, period('2016-12-31T23:59:60Z', '2017-01-01T00:59:60+01:00')],
];

/** A decimal that no double holds is one. */
const decimalRows: readonly Row[] = [['a decimal beyond a double', patient, holding('Decimal', JSON.parse('1e400'))]];

/** What R4 says in words of texts, ids and times. */
export const textRows: readonly Row[] = [...controlRows, ...idRows, ...leapRows, ...decimalRows];
