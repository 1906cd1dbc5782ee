import type { JsonObject } from '../../../src/lens/json.js';
import {
  ABSENT,
  composition,
  encounter,
  holding,
  observation,
  patient,
  type Row,
  task,
  UCUM,
} from '../../support/validation.js';

/** The rows of the invariants, by their keys. */
export type InvariantRows = Readonly<Record<string, readonly Row[]>>;

const AT = 'Patient.extension[0].value';
const row = (title: string, type: string, value: unknown, ...finds: string[]): Row => [
  `${type} with ${title}`,
  patient,
  holding(type, value),
  ...finds,
];
const period = (start: string, end: string): JsonObject => ({ period: { start, end } });

/** The types with a unit: a code needs a system. The values are fine by every other rule of their types. */
const QUANTITIES: Readonly<Record<string, JsonObject>> = {
  Quantity: { value: 1 },
  Age: { value: 1 },
  Count: { value: 1 },
  Distance: { value: 1 },
};

const timing = (title: string, repeat: JsonObject, ...keys: string[]): Row =>
  row(title, 'Timing', { repeat }, ...keys.map((key) => `error ${key} ${AT}.repeat`));

const TIMED = { timingDate: '2024-05-01' };
const DATA = [{ type: 'Patient' }];
const NAMED = { name: 'a', type: 'named-event' };
const condition = { language: 'text/fhirpath', expression: 'true' };
const filtering = (name: string, filter: JsonObject): JsonObject => ({ type: 'Patient', [name]: [filter] });

/** The rules of R4's datatypes, each on a value of an extension of a Patient if not said otherwise. */
export const datatypeRows: InvariantRows = {
  'ext-1': [
    [
      'an extension with a value and extensions',
      patient,
      { extension: [{ url: 'a', valueString: 'b', ...ABSENT }] },
      'error ext-1 Patient.extension[0]',
    ],
    [
      'an extension with neither a value nor extensions',
      patient,
      { extension: [{ url: 'a' }] },
      'error ext-1 Patient.extension[0]',
    ],
    [
      'an extension in an extension with neither',
      patient,
      { extension: [{ url: 'a', extension: [{ url: 'b', valueString: 'c' }, { url: 'd' }] }] },
      'error ext-1 Patient.extension[0].extension[1]',
    ],
    [
      'a modifier with neither',
      patient,
      { modifierExtension: [{ url: 'a', id: 'b' }] },
      'error ext-1 Patient.modifierExtension[0]',
    ],
    ['an extension whose value is false', patient, { extension: [{ url: 'a', valueBoolean: false }] }],
    ['an extension with extensions alone', patient, { extension: [{ url: 'a', ...ABSENT }] }],
    ['an extension whose value only extensions carry', patient, { extension: [{ url: 'a', _valueString: ABSENT }] }],
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
  'age-1': [
    row('a value and no code', 'Age', { value: 5 }, `error age-1 ${AT}`),
    row('another system', 'Age', { value: 5, system: 'http://example.org', code: 'a' }, `error age-1 ${AT}`),
    row('the value 0', 'Age', { value: 0, system: UCUM, code: 'a' }, `error age-1 ${AT}`),
    row('a value below 0', 'Age', { value: -1, system: UCUM, code: 'a' }, `error age-1 ${AT}`),
    row('a value above 0', 'Age', { value: 0.5, system: UCUM, code: 'a' }),
    row('a unit alone', 'Age', { unit: 'years' }),
    row('a value that only an extension carries', 'Age', { _value: ABSENT, system: UCUM, code: 'a' }),
  ],
  'cnt-3': [
    row('a value and no code', 'Count', { value: 5 }, `error cnt-3 ${AT}`),
    row('another system', 'Count', { value: 5, system: 'http://example.org', code: '1' }, `error cnt-3 ${AT}`),
    row('another code', 'Count', { value: 5, system: UCUM, code: '2' }, `error cnt-3 ${AT}`),
    row('a part of one', 'Count', { value: 1.5, system: UCUM, code: '1' }, `error cnt-3 ${AT}`),
    row('a whole number', 'Count', { value: 5, system: UCUM, code: '1' }),
    row('none', 'Count', { value: 0, system: UCUM, code: '1' }),
    row('a unit alone', 'Count', { unit: 'pieces' }),
  ],
  'dis-1': [
    row('a value and no code', 'Distance', { value: 5 }, `error dis-1 ${AT}`),
    row('another system', 'Distance', { value: 5, system: 'http://example.org', code: 'm' }, `error dis-1 ${AT}`),
    row('a code of UCUM', 'Distance', { value: 5, system: UCUM, code: 'm' }),
    row('a unit alone', 'Distance', { unit: 'metres' }),
  ],
  'drt-1': [
    row('a code and no value', 'Duration', { system: UCUM, code: 'min' }, `error drt-1 ${AT}`),
    row('another system', 'Duration', { value: 5, system: 'http://example.org', code: 'min' }, `error drt-1 ${AT}`),
    [
      'an Encounter that lasts a code of another system',
      encounter,
      { length: { value: 5, system: 'http://example.org', code: 'min' } },
      'error drt-1 Encounter.length',
    ],
    row('a code of UCUM', 'Duration', { value: 5, system: UCUM, code: 'min' }),
    row('a unit and no code', 'Duration', { value: 5, unit: 'minutes' }),
    row('a value that only an extension carries', 'Duration', { _value: ABSENT, system: UCUM, code: 'min' }),
  ],
  'qty-3': [
    row('a code and no system', 'Quantity', { value: 1, code: 'mg' }, `error qty-3 ${AT}`),
    row('a code and no system', 'Age', { value: 1, code: 'a' }, `error qty-3 ${AT}`),
    row('a code and no system', 'Count', { value: 1, code: '1' }, `error qty-3 ${AT}`),
    row('a code and no system', 'Distance', { value: 1, code: 'm' }, `error qty-3 ${AT}`),
    [
      'a limit with a code and no system',
      observation,
      { referenceRange: [{ high: { value: 1, code: 'mg' } }] },
      'error qty-3 Observation.referenceRange[0].high',
    ],
    ...Object.entries(QUANTITIES).map(([type, value]) =>
      row('a code and its system', type, { ...value, system: UCUM, code: '1' }),
    ),
    row('a unit and no code', 'Quantity', { value: 1, unit: 'mg' }),
    row('a system that only an extension carries', 'Quantity', { value: 1, _system: ABSENT, code: 'mg' }),
  ],
  'sqty-1': [
    [
      'a limit with a comparator',
      observation,
      { referenceRange: [{ low: { value: 1, comparator: '<' } }] },
      'error sqty-1 Observation.referenceRange[0].low',
    ],
    row('a comparator at an end', 'Range', { low: { value: 1, comparator: '>' } }, `error sqty-1 ${AT}.low`),
    row('a comparator', 'Quantity', { value: 1, comparator: '<' }),
    ['a limit without a comparator', observation, { referenceRange: [{ low: { value: 1, unit: 'mg' } }] }],
  ],
  'rng-2': [
    row('ends that are reversed', 'Range', { low: { value: 2 }, high: { value: 1 } }, `error rng-2 ${AT}`),
    row(
      'ends that are reversed in one unit',
      'Range',
      { low: { value: 2, system: UCUM, code: 'mg' }, high: { value: 1, system: UCUM, code: 'mg' } },
      `error rng-2 ${AT}`,
    ),
    row(
      'ends that are reversed in two units',
      'Range',
      { low: { value: 2, system: UCUM, code: 'g' }, high: { value: 1, system: UCUM, code: 'mg' } },
      `error rng-2 ${AT}`,
    ),
    row(
      'ends that nobody can compare',
      'Range',
      { low: { value: 1, system: UCUM, code: 'mg' }, high: { value: 2, system: UCUM, code: 'mL' } },
      `error rng-2 ${AT}`,
    ),
    row(
      'ends of which one has a code for its unit',
      'Range',
      { low: { value: 1, unit: 'mg' }, high: { value: 2, system: UCUM, code: 'mg' } },
      `warning invariant-not-evaluated ${AT}`,
    ),
    row('ends that only look reversed, by their units', 'Range', {
      low: { value: 500, system: UCUM, code: 'mg' },
      high: { value: 1, system: UCUM, code: 'g' },
    }),
    row('ends that are the same', 'Range', { low: { value: 2, unit: 'mg' }, high: { value: 2, unit: 'mg' } }),
    row('ends below zero', 'Range', { low: { value: -2 }, high: { value: -1 } }),
    row('a low end alone', 'Range', { low: { value: 2 } }),
    row('a high end alone', 'Range', { high: { value: 2 } }),
    row(
      'an end that has the wrong JSON type, as that alone',
      'Range',
      { low: { value: '2' }, high: { value: 1 } },
      `error wrong-json-type ${AT}.low.value`,
    ),
  ],
  'rat-1': [
    row('a numerator and no denominator', 'Ratio', { numerator: { value: 1 } }, `error rat-1 ${AT}`),
    row('a denominator and no numerator', 'Ratio', { denominator: { value: 1 } }, `error rat-1 ${AT}`),
    row('both', 'Ratio', { numerator: { value: 1 }, denominator: { value: 2 } }),
    row('neither, but an extension', 'Ratio', ABSENT),
  ],
  'att-1': [
    row('data of no type', 'Attachment', { data: 'QQ==' }, `error att-1 ${AT}`),
    row('data of a type', 'Attachment', { data: 'QQ==', contentType: 'text/plain' }),
    row('an address and no type', 'Attachment', { url: 'http://example.org/a' }),
    row('data whose type only an extension carries', 'Attachment', { data: 'QQ==', _contentType: ABSENT }),
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
    row('a language alone', 'Expression', { language: 'text/fhirpath' }, `error exp-1 ${AT}`),
    row('an expression', 'Expression', condition),
    row('a reference', 'Expression', { language: 'text/fhirpath', reference: 'http://example.org/a' }),
  ],
  'trd-1': [
    row('data and a time', 'TriggerDefinition', { type: 'periodic', ...TIMED, data: DATA }, `error trd-1 ${AT}`),
    row('data', 'TriggerDefinition', { type: 'data-added', data: DATA }),
  ],
  'trd-2': [
    row('a condition and no data', 'TriggerDefinition', { ...NAMED, condition }, `error trd-2 ${AT}`),
    row('a condition on data', 'TriggerDefinition', { type: 'data-added', data: DATA, condition }),
  ],
  'trd-3': [
    row('an event that has no name', 'TriggerDefinition', { type: 'named-event' }, `error trd-3 ${AT}`),
    row('periods that have no time', 'TriggerDefinition', { type: 'periodic' }, `error trd-3 ${AT}`),
    row('an event of data that has none', 'TriggerDefinition', { type: 'data-changed' }, `error trd-3 ${AT}`),
    row('an event that has a name', 'TriggerDefinition', NAMED),
    row('periods that have a time', 'TriggerDefinition', { type: 'periodic', ...TIMED }),
  ],
  'drq-1': [
    row(
      'a filter by neither a path nor a parameter',
      'DataRequirement',
      filtering('codeFilter', { code: [{ code: 'a' }] }),
      `error drq-1 ${AT}.codeFilter[0]`,
    ),
    row(
      'a filter by both',
      'DataRequirement',
      filtering('codeFilter', { path: 'a', searchParam: 'b' }),
      `error drq-1 ${AT}.codeFilter[0]`,
    ),
    row('a filter by a path', 'DataRequirement', filtering('codeFilter', { path: 'a' })),
    row('a filter by a parameter', 'DataRequirement', filtering('codeFilter', { searchParam: 'b' })),
  ],
  'drq-2': [
    row(
      'a filter of dates by neither',
      'DataRequirement',
      filtering('dateFilter', { valueDateTime: '2024' }),
      `error drq-2 ${AT}.dateFilter[0]`,
    ),
    row(
      'a filter of dates by both',
      'DataRequirement',
      filtering('dateFilter', { path: 'a', searchParam: 'b' }),
      `error drq-2 ${AT}.dateFilter[0]`,
    ),
    row('a filter of dates by a path', 'DataRequirement', filtering('dateFilter', { path: 'a' })),
  ],
  'tim-1': [
    timing('a duration of no unit', { duration: 1 }, 'tim-1'),
    timing('a duration of a unit', { duration: 1, durationUnit: 'h' }),
  ],
  'tim-2': [
    timing('a period of no unit', { period: 1 }, 'tim-2'),
    timing('a period of a unit', { period: 1, periodUnit: 'd' }),
  ],
  'tim-4': [
    timing('a duration below zero', { duration: -1, durationUnit: 'h' }, 'tim-4'),
    timing('a duration of zero', { duration: 0, durationUnit: 'h' }),
  ],
  'tim-5': [
    timing('a period below zero', { period: -1, periodUnit: 'h' }, 'tim-5'),
    timing('a period of zero', { period: 0, periodUnit: 'h' }),
  ],
  'tim-6': [
    timing('a longest period alone', { periodMax: 2 }, 'tim-6'),
    timing('a longest period', { period: 1, periodMax: 2, periodUnit: 'd' }),
  ],
  'tim-7': [
    timing('a longest duration alone', { durationMax: 2 }, 'tim-7'),
    timing('a longest duration', { duration: 1, durationMax: 2, durationUnit: 'd' }),
  ],
  'tim-8': [
    timing('a greatest count alone', { countMax: 2 }, 'tim-8'),
    timing('a greatest count', { count: 1, countMax: 2 }),
  ],
  'tim-9': [
    timing('an offset from nothing', { offset: 5 }, 'tim-9'),
    timing('an offset from a meal', { offset: 5, when: ['CM'] }, 'tim-9'),
    timing('an offset from meals, one of several', { offset: 5, when: ['ACM', 'CD'] }, 'tim-9'),
    timing('an offset from before a meal', { offset: 5, when: ['ACM'] }),
    timing('an offset from before several meals', { offset: 5, when: ['ACM', 'ACD'] }),
    timing('a meal without an offset', { when: ['CM', 'CD'] }),
  ],
  'tim-10': [
    timing('a time of day and an event', { timeOfDay: ['10:00:00'], when: ['ACM'] }, 'tim-10'),
    timing('a time of day', { timeOfDay: ['10:00:00'] }),
  ],
};

const LOINC = 'http://loinc.org';
const coded = (code: string): JsonObject => ({ coding: [{ system: LOINC, code }] });

/** The rules of the resource types themselves. */
export const resourceRows: InvariantRows = {
  'pat-1': [
    [
      'a contact of no name and no address',
      patient,
      { contact: [{ gender: 'male' }] },
      'error pat-1 Patient.contact[0]',
    ],
    [
      'one contact of two that says nothing',
      patient,
      { contact: [{ name: { text: 'a' } }, { relationship: [{ text: 'a' }] }] },
      'error pat-1 Patient.contact[1]',
    ],
    [
      'contacts with one of four',
      patient,
      {
        contact: [
          { name: { text: 'a' } },
          { telecom: [{ system: 'phone', value: 'a' }] },
          { address: { text: 'a' } },
          { organization: { display: 'a' } },
        ],
      },
    ],
  ],
  'obs-3': [
    [
      'a range without its limits',
      observation,
      { referenceRange: [{ type: { text: 'a' } }] },
      'error obs-3 Observation.referenceRange[0]',
    ],
    [
      'a range of a component without its limits',
      observation,
      { component: [{ code: { text: 'a' }, referenceRange: [{ type: { text: 'a' } }] }] },
      'error obs-3 Observation.component[0].referenceRange[0]',
    ],
    [
      'ranges with one of three',
      observation,
      { referenceRange: [{ low: { value: 1 } }, { high: { value: 1 } }, { text: 'a' }] },
    ],
  ],
  'obs-6': [
    [
      'a value, and why there is none',
      observation,
      { valueString: 'a', dataAbsentReason: { text: 'a' } },
      'error obs-6 Observation',
    ],
    [
      'a value of false, and why there is none',
      observation,
      { valueBoolean: false, dataAbsentReason: { text: 'a' } },
      'error obs-6 Observation',
    ],
    ['no value, and why', observation, { dataAbsentReason: { text: 'a' } }],
    [
      'a value of the Observation, and why a component has none',
      observation,
      { valueString: 'a', component: [{ code: { text: 'a' }, dataAbsentReason: { text: 'a' } }] },
    ],
  ],
  'obs-7': [
    [
      'a value beside a component of the same code',
      observation,
      { code: coded('1'), valueString: 'a', component: [{ code: coded('2') }, { code: coded('1'), valueString: 'a' }] },
      'error obs-7 Observation',
    ],
    [
      'a value beside a component of another code',
      observation,
      { code: coded('1'), valueString: 'a', component: [{ code: coded('2'), valueString: 'a' }] },
    ],
    [
      'a component of the same code, without a value beside it',
      observation,
      { code: coded('1'), component: [{ code: coded('1'), valueString: 'a' }] },
    ],
    [
      'a value beside a component of the same code in another system',
      observation,
      {
        code: coded('1'),
        valueString: 'a',
        component: [{ code: { coding: [{ system: 'http://example.org', code: '1' }] } }],
      },
    ],
  ],
  'cmp-1': [
    ['a section of a title alone', composition, { section: [{ title: 'a' }] }, 'error cmp-1 Composition.section[0]'],
    [
      'a section in a section of a title alone',
      composition,
      { section: [{ title: 'a', section: [{ title: 'b' }] }] },
      'error cmp-1 Composition.section[0].section[0]',
    ],
    [
      'sections with an entry or sections',
      composition,
      { section: [{ title: 'a', section: [{ entry: [{ display: 'a' }] }] }] },
    ],
  ],
  'cmp-2': [
    [
      'an entry, and why there is none',
      composition,
      { section: [{ emptyReason: { text: 'a' }, entry: [{ display: 'a' }] }] },
      'error cmp-2 Composition.section[0]',
    ],
    [
      'a section in a section with an entry, and why there is none',
      composition,
      {
        section: [{ entry: [{ display: 'a' }], section: [{ emptyReason: { text: 'a' }, entry: [{ display: 'a' }] }] }],
      },
      'error cmp-2 Composition.section[0].section[0]',
    ],
    [
      'no entry, and why',
      composition,
      {
        section: [
          {
            emptyReason: { text: 'a' },
            text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>' },
          },
        ],
      },
    ],
  ],
  'inv-1': [
    [
      'a Task that was changed before it was written',
      task,
      { authoredOn: '2024-05-02', lastModified: '2024-05-01' },
      'error inv-1 Task',
    ],
    [
      'a Task that was changed when it was written',
      task,
      { authoredOn: '2024-05-01T10:00:00Z', lastModified: '2024-05-01T12:00:00+02:00' },
    ],
    [
      'a Task that only looks changed too early, by its offsets',
      task,
      { authoredOn: '2024-05-01T10:00:00+02:00', lastModified: '2024-05-01T09:00:00Z' },
    ],
    ['a Task that was changed, and nobody knows when it was written', task, { lastModified: '2024' }],
    [
      'a Task with a broken date, as a format alone',
      task,
      { authoredOn: '2024-05-02', lastModified: '2024-5-1' },
      'error format-dateTime Task.lastModified',
    ],
  ],
};
