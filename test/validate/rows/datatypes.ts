import type { JsonObject } from '../../../src/lens/json.js';
import { ABSENT, AT, encounter, holding, type InvariantRows, patient, valueRow } from '../../support/validation.js';

const period = (start: string, end: string): JsonObject => ({ period: { start, end } });
const TIMED = { timingDate: '2024-05-01' };
const DATA = [{ type: 'Patient' }];
const NAMED = { name: 'a', type: 'named-event' };
const condition = { language: 'text/fhirpath', expression: 'true' };
const filtering = (name: string, filter: JsonObject): JsonObject => ({ type: 'Patient', [name]: [filter] });

/** The rules of R4's other datatypes. */
export const datatypeRows: InvariantRows = {
  'ext-1': [
    [
      'an extension with a value and extensions',
      patient,
      { extension: [{ url: 'http://example.org/a', valueString: 'b', ...ABSENT }] },
      'error ext-1 Patient.extension[0]',
    ],
    [
      'an extension with neither a value nor extensions',
      patient,
      { extension: [{ url: 'http://example.org/a' }] },
      'error ext-1 Patient.extension[0]',
    ],
    [
      'an extension in an extension with neither',
      patient,
      {
        extension: [
          { url: 'http://example.org/a', extension: [{ url: 'http://example.org/b', valueString: 'c' }, { url: 'd' }] },
        ],
      },
      'error ext-1 Patient.extension[0].extension[1]',
    ],
    [
      'a modifier with neither',
      patient,
      { modifierExtension: [{ url: 'http://example.org/a', id: 'b' }] },
      'error ext-1 Patient.modifierExtension[0]',
    ],
    [
      'an extension whose value is false',
      patient,
      { extension: [{ url: 'http://example.org/a', valueBoolean: false }] },
    ],
    ['an extension with extensions alone', patient, { extension: [{ url: 'http://example.org/a', ...ABSENT }] }],
    [
      'an extension whose value only extensions carry',
      patient,
      { extension: [{ url: 'http://example.org/a', _valueString: ABSENT }] },
    ],
  ],
  'per-1': [
    [
      'a period that ends before it starts',
      encounter,
      period('2024-05-02', '2024-05-01'),
      'error per-1 Encounter.period',
    ],
    [
      'a period that ends earlier in the day',
      encounter,
      period('2024-05-01T10:00:00Z', '2024-05-01T09:59:59Z'),
      'error per-1 Encounter.period',
    ],
    [
      'a period that ends before it starts, as its offsets show',
      encounter,
      period('2024-05-01T10:00:00Z', '2024-05-01T11:00:00+02:00'),
      'error per-1 Encounter.period',
    ],
    [
      'a period in a backbone element',
      encounter,
      { location: [{ location: { display: 'a' } }, { location: { display: 'b' }, ...period('2024', '2023') }] },
      'error per-1 Encounter.location[1].period',
    ],
    [
      'a period in an identifier of a reference of an extension',
      patient,
      holding('Reference', { identifier: { value: 'a', ...period('2024', '2023') } }),
      `error per-1 ${AT}.identifier.period`,
    ],
    [
      'a period in an extension of a contained Patient',
      encounter,
      {
        subject: { reference: '#p' },
        contained: [{ resourceType: 'Patient', id: 'p', ...holding('Period', { start: '2024', end: '2023' }) }],
      },
      'error per-1 Encounter.contained[0].extension[0].value',
    ],
    [
      'a period in an extension beside a primitive',
      patient,
      { birthDate: '2024', _birthDate: holding('Period', { start: '2024', end: '2023' }) },
      'error per-1 Patient.birthDate.extension[0].value',
    ],
    ['a period whose ends are the same', encounter, period('2024-05-01', '2024-05-01')],
    [
      'a period whose ends are the same moment with two offsets',
      encounter,
      period('2024-05-01T10:00:00Z', '2024-05-01T12:00:00+02:00'),
    ],
    [
      'a period that only looks reversed, by its offsets',
      encounter,
      period('2024-05-01T12:00:00+02:00', '2024-05-01T10:30:00Z'),
    ],
    [
      'a period whose ends are the same with other zeros',
      encounter,
      period('2024-05-01T10:00:00.50Z', '2024-05-01T10:00:00.5Z'),
    ],
    ['a period without an end', encounter, { period: { start: '2024' } }],
    ['a period whose end only an extension carries', encounter, { period: { start: '2024', _end: ABSENT } }],
    [
      'a period with a broken end, as a format alone',
      encounter,
      period('2024-05-01', '2024-02-30'),
      'error format-dateTime Encounter.period.end',
    ],
  ],
  'att-1': [
    valueRow('data of no type', 'Attachment', { data: 'QQ==' }, `error att-1 ${AT}`),
    valueRow('data of a type', 'Attachment', { data: 'QQ==', contentType: 'text/plain' }),
    valueRow('an address and no type', 'Attachment', { url: 'http://example.org/a' }),
    valueRow('data whose type only an extension carries', 'Attachment', { data: 'QQ==', _contentType: ABSENT }),
  ],
  'cpt-2': [
    ['a telephone number of no system', patient, { telecom: [{ value: 'a' }] }, 'error cpt-2 Patient.telecom[0]'],
    ['a telephone number of a system', patient, { telecom: [{ system: 'phone', value: 'a' }] }],
    ['a system without a number', patient, { telecom: [{ system: 'phone' }] }],
    [
      'a telephone number whose system only an extension carries',
      patient,
      { telecom: [{ _system: ABSENT, value: 'a' }] },
    ],
  ],
  'ref-1': [
    [
      'a reference to a resource that is not contained',
      patient,
      { managingOrganization: { reference: '#o' } },
      'error ref-1 Patient.managingOrganization',
    ],
    [
      'a reference to a resource that is contained under another id',
      patient,
      {
        managingOrganization: { reference: '#a' },
        contained: [{ resourceType: 'Organization', id: 'o', name: 'a', endpoint: [{ reference: '#o' }] }],
      },
      'error dom-3 Patient.contained[0]',
      'error ref-1 Patient.managingOrganization',
      'error reference-target Patient.contained[0].endpoint[0]',
    ],
    [
      'a reference from one contained resource to another',
      patient,
      {
        managingOrganization: { reference: '#o' },
        contained: [
          { resourceType: 'Organization', id: 'o', partOf: { reference: '#b' }, name: 'a' },
          { resourceType: 'Organization', id: 'b', name: 'b' },
        ],
      },
    ],
    [
      'a reference of a contained resource to its container',
      { resourceType: 'Organization', name: 'a' },
      { contained: [{ resourceType: 'Organization', id: 'o', partOf: { reference: '#' }, name: 'a' }] },
    ],
    [
      'a reference to a contained resource',
      patient,
      { managingOrganization: { reference: '#o' }, contained: [{ resourceType: 'Organization', id: 'o', name: 'a' }] },
    ],
    ['a reference that is an identifier', patient, { managingOrganization: { identifier: { value: 'a' } } }],
    ['a reference that is a display', patient, { managingOrganization: { display: 'a' } }],
    ['a reference that only an extension carries', patient, { managingOrganization: { _reference: ABSENT } }],
    ['a reference that points elsewhere', patient, { managingOrganization: { reference: 'Organization/o' } }],
  ],
  'exp-1': [
    valueRow('a language alone', 'Expression', { language: 'text/fhirpath' }, `error exp-1 ${AT}`),
    valueRow('an expression', 'Expression', condition),
    valueRow('a reference', 'Expression', { language: 'text/fhirpath', reference: 'http://example.org/a' }),
  ],
  'trd-1': [
    valueRow('data and a time', 'TriggerDefinition', { type: 'periodic', ...TIMED, data: DATA }, `error trd-1 ${AT}`),
    valueRow('data', 'TriggerDefinition', { type: 'data-added', data: DATA }),
  ],
  'trd-2': [
    valueRow('a condition and no data', 'TriggerDefinition', { ...NAMED, condition }, `error trd-2 ${AT}`),
    valueRow('a condition on data', 'TriggerDefinition', { type: 'data-added', data: DATA, condition }),
  ],
  'trd-3': [
    valueRow('an event that has no name', 'TriggerDefinition', { type: 'named-event' }, `error trd-3 ${AT}`),
    valueRow('periods that have no time', 'TriggerDefinition', { type: 'periodic' }, `error trd-3 ${AT}`),
    valueRow('an event of data that has none', 'TriggerDefinition', { type: 'data-changed' }, `error trd-3 ${AT}`),
    valueRow('an event that has a name', 'TriggerDefinition', NAMED),
    valueRow('periods that have a time', 'TriggerDefinition', { type: 'periodic', ...TIMED }),
  ],
  'drq-1': [
    valueRow(
      'a filter by neither a path nor a parameter',
      'DataRequirement',
      filtering('codeFilter', { code: [{ code: 'a' }] }),
      `error drq-1 ${AT}.codeFilter[0]`,
    ),
    valueRow(
      'a filter by both',
      'DataRequirement',
      filtering('codeFilter', { path: 'a', searchParam: 'b' }),
      `error drq-1 ${AT}.codeFilter[0]`,
    ),
    valueRow('a filter by a path', 'DataRequirement', filtering('codeFilter', { path: 'a' })),
    valueRow('a filter by a parameter', 'DataRequirement', filtering('codeFilter', { searchParam: 'b' })),
  ],
  'drq-2': [
    valueRow(
      'a filter of dates by neither',
      'DataRequirement',
      filtering('dateFilter', { valueDateTime: '2024' }),
      `error drq-2 ${AT}.dateFilter[0]`,
    ),
    valueRow(
      'a filter of dates by both',
      'DataRequirement',
      filtering('dateFilter', { path: 'a', searchParam: 'b' }),
      `error drq-2 ${AT}.dateFilter[0]`,
    ),
    valueRow('a filter of dates by a path', 'DataRequirement', filtering('dateFilter', { path: 'a' })),
  ],
};
