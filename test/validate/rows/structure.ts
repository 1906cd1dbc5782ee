import {
  ABSENT,
  bundle,
  composition,
  encounter,
  holding,
  impression,
  observation,
  patient,
  type Row,
  report,
  task,
} from '../../support/validation.js';

const ABOUT = { url: 'http://example.org/a', valueString: 'a' };
const CONTAINED = { resourceType: 'Organization', id: 'o', name: 'A' };

/** Properties that R4 knows, and those it does not. */
export const unknownRows: readonly Row[] = [
  ['a property that R4 does not have', patient, { colour: 'red' }, 'error unknown-element Patient.children()'],
  ['an element of another resource', patient, { status: 'active' }, 'error unknown-element Patient.status'],
  ['a property that Object.prototype has', patient, { constructor: 'a' }, 'error unknown-element Patient.children()'],
  ['an unknown property with an underscore', patient, { _colour: ABSENT }, 'error unknown-element Patient.children()'],
  [
    'an unknown property of a datatype',
    patient,
    { name: [{ text: 'a' }, { last: 'b' }] },
    'error unknown-element Patient.name[1].children()',
  ],
  [
    'an unknown property of a backbone element',
    task,
    { restriction: { limit: 3 } },
    'error unknown-element Task.restriction.limit',
  ],
  [
    'an unknown property of an element that repeats its parent',
    composition,
    {
      section: [
        {
          title: 'a',
          section: [{ text: { status: 'empty', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>' }, body: 'a' }],
        },
      ],
    },
    'error unknown-element Composition.section[0].section[0].children()',
  ],
  [
    'an unknown property beside a primitive',
    patient,
    { birthDate: '2024', _birthDate: { id: 'a', colour: 'red' } },
    'error unknown-element Patient.birthDate.children()',
  ],
  [
    'an unknown property in a contained resource',
    patient,
    { managingOrganization: { reference: '#o' }, contained: [{ ...CONTAINED, title: 'a' }] },
    'error unknown-element Patient.contained[0].title',
  ],
  [
    'an unknown property in the resource of an entry',
    bundle,
    { entry: [{ fullUrl: 'http://example.org/Patient/a', resource: { ...patient, id: 'a', title: 'b' } }] },
    'error unknown-element Bundle.entry[0].resource.title',
  ],
  [
    'a resourceType where there is no resource',
    patient,
    { name: [{ resourceType: 'HumanName', text: 'a' }] },
    'error unknown-element Patient.name[0].resourceType',
  ],
  [
    'extensions beside a resourceType',
    patient,
    { _resourceType: ABSENT },
    'error unknown-element Patient.resourceType',
  ],
  [
    'a modifier where R4 allows none',
    patient,
    { name: [{ text: 'a', modifierExtension: [ABOUT] }] },
    'error unknown-element Patient.name[0].modifierExtension',
  ],
  [
    'a narrative of a resource that has none',
    bundle,
    { text: { status: 'empty' } },
    'error unknown-element Bundle.text',
  ],
  [
    'a contained resource of a resource that has none',
    bundle,
    { contained: [CONTAINED] },
    'error unknown-element Bundle.contained',
  ],
  [
    'a name that could be a value, without saying it',
    patient,
    { 'Ann Lee': 'a' },
    'error unknown-element Patient.children()',
  ],
  [
    'a name of 65 letters, without saying it',
    patient,
    { ['a'.repeat(65)]: 'a' },
    'error unknown-element Patient.children()',
  ],
  ['a name of 64 letters', patient, { ['a'.repeat(64)]: 'a' }, 'error unknown-element Patient.children()'],
  ['an empty name, without saying it', patient, { '': 'a' }, 'error unknown-element Patient.children()'],
  [
    'a property that is undefined, which JSON leaves out',
    patient,
    { name: [{ text: 'a', colour: undefined }] },
    'error unknown-element Patient.name[0].children()',
  ],
  ['an element that is undefined, which JSON leaves out', patient, { name: [{ text: 'a', period: undefined }] }],
  [
    'extensions of a resource, an element and a primitive',
    patient,
    {
      extension: [ABOUT],
      modifierExtension: [ABOUT],
      name: [{ extension: [ABOUT] }],
      gender: 'other',
      _gender: { extension: [ABOUT] },
    },
  ],
  ['modifiers where R4 allows them', patient, { contact: [{ modifierExtension: [ABOUT], name: { text: 'a' } }] }],
  [
    'modifiers of a datatype that has them',
    patient,
    holding('Timing', { modifierExtension: [ABOUT], code: { text: 'a' } }),
  ],
];

/** Elements with a choice of types. */
export const choiceRows: readonly Row[] = [
  ['a type that R4 does not allow', observation, { valueMoney: { value: 1 } }, 'error choice-type Observation.value'],
  ['a primitive type that R4 does not allow', patient, { deceasedString: 'a' }, 'error choice-type Patient.deceased'],
  [
    'a type that R4 does not allow, beside a primitive',
    patient,
    { _deceasedString: ABSENT },
    'error choice-type Patient.deceased',
  ],
  [
    'a type that R4 does not allow, for a required value',
    task,
    { input: [{ type: { text: 'a' }, valueNarrative: { status: 'empty' } }] },
    'error choice-type Task.input[0].value',
  ],
  [
    'a type that no extension can have, and that alone',
    patient,
    { extension: [{ url: 'http://example.org/a', valueNarrative: { status: 'empty' } }] },
    'error choice-type Patient.extension[0].value',
  ],
  ['a choice without its type', observation, { value: 'a' }, 'error unknown-element Observation.value'],
  ['a choice with what is no type', observation, { valueColour: 'a' }, 'error unknown-element Observation.children()'],
  [
    'a choice with the name of a type in lower case',
    observation,
    { valuestring: 'a' },
    'error unknown-element Observation.children()',
  ],
  [
    'a choice with what only every object has',
    observation,
    { valueConstructor: 'a' },
    'error unknown-element Observation.children()',
  ],
  [
    'two types of one choice',
    observation,
    { valueString: 'a', valueInteger: 1 },
    'error several-choices Observation.value',
  ],
  [
    'three types of one choice, once',
    observation,
    { valueString: 'a', valueInteger: 1, valueBoolean: true },
    'error several-choices Observation.value',
  ],
  [
    'a type beside the extensions of another',
    observation,
    { _valueString: ABSENT, valueInteger: 1 },
    'error several-choices Observation.value',
  ],
  [
    'two types of two choices',
    observation,
    { valueString: 'a', valueInteger: 1, effectiveDateTime: '2024', effectiveInstant: '2024-05-01T10:00:00Z' },
    'error several-choices Observation.effective',
    'error several-choices Observation.value',
  ],
  [
    'two types of one choice in two elements',
    observation,
    {
      component: [
        { code: { text: 'a' }, valueString: 'a', valueInteger: 1 },
        { code: { text: 'b' }, valueString: 'a', valueInteger: 1 },
      ],
    },
    'error several-choices Observation.component[0].value',
    'error several-choices Observation.component[1].value',
  ],
  [
    'a fault in a choice, under its stem',
    observation,
    { valueQuantity: { value: '1' } },
    'error wrong-json-type Observation.value.value',
  ],
  ['a primitive of a choice with its extensions', observation, { valueString: 'a', _valueString: ABSENT }],
  ['a choice that only extensions carry', observation, { _valueString: ABSENT }],
  ['a required choice that only extensions carry', task, { input: [{ type: { text: 'a' }, _valueString: ABSENT }] }],
  ['one value in each of two choices', observation, { valueString: 'a', effectiveDateTime: '2024' }],
];

/** Elements that have to be there. */
export const requiredRows: readonly Row[] = [
  ['a required code that is missing', task, { status: undefined }, 'error missing-element Task.status'],
  [
    'two required elements that are missing',
    task,
    { status: undefined, intent: undefined },
    'error missing-element Task.intent',
    'error missing-element Task.status',
  ],
  [
    'a required Reference that is missing',
    impression,
    { subject: undefined },
    'error missing-element ClinicalImpression.subject',
  ],
  ['a required Coding that is missing', encounter, { class: undefined }, 'error missing-element Encounter.class'],
  [
    'a required CodeableConcept that is missing',
    report,
    { code: undefined },
    'error missing-element DiagnosticReport.code',
  ],
  ['a required list that is missing', composition, { author: undefined }, 'error missing-element Composition.author'],
  [
    'a required choice that is missing',
    task,
    { output: [{ type: { text: 'a' } }] },
    'error missing-element Task.output[0].value',
  ],
  [
    'a required element of a backbone element that is missing',
    encounter,
    { location: [{ status: 'active' }] },
    'error missing-element Encounter.location[0].location',
  ],
  [
    'a required element of a datatype that is missing',
    task,
    { note: [{ time: '2024' }] },
    'error missing-element Task.note[0].text',
  ],
  [
    'a required url that is missing',
    patient,
    { extension: [{ valueString: 'a' }] },
    'error missing-element Patient.extension[0].url',
  ],
  [
    'a required url that is missing, beside a primitive',
    patient,
    { _gender: { extension: [{ valueString: 'a' }] } },
    'error missing-element Patient.gender.extension[0].url',
  ],
  [
    'a required element that is missing in a contained resource',
    patient,
    {
      link: [{ other: { reference: '#o' }, type: 'seealso' }],
      contained: [{ resourceType: 'RelatedPerson', id: 'o' }],
    },
    'error missing-element Patient.contained[0].patient',
  ],
  [
    'a required element that has an id alone',
    task,
    { status: undefined, _status: { id: 'a' } },
    'error ele-1 Task.status',
  ],
  ['a required list that is empty', composition, { author: [] }, 'error empty-value Composition.author'],
  ['a required element that is null', task, { status: null }, 'error null-value Task.status'],
  ['a required element that is empty', report, { code: {} }, 'error empty-value DiagnosticReport.code'],
  ['a required primitive that an extension carries', task, { status: undefined, _status: ABSENT }],
  ['a required object that an extension carries', report, { code: ABSENT }],
  ['a required list whose one element an extension carries', composition, { author: [ABSENT] }],
  ['a required boolean that is false', patient, { communication: [{ language: { text: 'a' }, preferred: false }] }],
];
