import type { JsonObject } from '../../../src/lens/json.js';
import { observation, patient, type Row } from '../../support/validation.js';

const HL7 = 'http://hl7.org/fhir/StructureDefinition';
const birthPlace: JsonObject = { url: `${HL7}/patient-birthPlace`, valueAddress: { text: 'a' } };
const animal = (...extension: JsonObject[]): JsonObject => ({
  extension: [{ url: `${HL7}/patient-animal`, extension }],
});
const species: JsonObject = { url: 'species', valueCodeableConcept: { text: 'a' } };
const geolocation: JsonObject = {
  url: `${HL7}/geolocation`,
  extension: [
    { url: 'latitude', valueDecimal: 1 },
    { url: 'longitude', valueDecimal: 2 },
  ],
};
const prefix: JsonObject = { url: `${HL7}/humanname-own-prefix`, valueString: 'van' };
const absent = (code: string): JsonObject => ({ url: `${HL7}/data-absent-reason`, valueCode: code });
const questionnaire: JsonObject = { resourceType: 'Questionnaire', status: 'draft' };
const hidden: JsonObject = { url: `${HL7}/questionnaire-hidden`, valueBoolean: true };
const orientation: JsonObject = { url: `${HL7}/questionnaire-choiceOrientation`, valueCode: 'horizontal' };
const bundle: JsonObject = { resourceType: 'Bundle', type: 'collection' };

/** What HL7's own definitions of extensions say of where they stand, how often, and what they hold. */
export const extensionRows: readonly Row[] = [
  [
    'a value of another type than the extension has',
    patient,
    { extension: [{ url: birthPlace.url, valueString: 'a' }] },
    'error extension-value Patient.extension[0].value',
  ],
  [
    'a value in the place of the extensions that it is made of',
    patient,
    { extension: [{ url: `${HL7}/patient-animal`, valueString: 'a' }] },
    'error extension-incomplete Patient.extension[0]',
    'error extension-value Patient.extension[0].value',
  ],
  [
    'an extension in the place of a value',
    patient,
    { extension: [{ url: birthPlace.url, extension: [species] }] },
    'error extension-value-missing Patient.extension[0]',
  ],
  [
    'an extension without anything, as that alone',
    patient,
    { extension: [{ url: birthPlace.url }] },
    'error ext-1 Patient.extension[0]',
  ],
  [
    'an extension of a Patient on another resource',
    observation,
    { extension: [birthPlace] },
    'error extension-context Observation.extension[0]',
  ],
  [
    'an extension of a resource on an element of it',
    patient,
    { name: [{ text: 'a', extension: [birthPlace] }] },
    'error extension-context Patient.name[0].extension[0]',
  ],
  [
    'an extension of a resource beside a primitive',
    patient,
    { _birthDate: { extension: [birthPlace] } },
    'error extension-context Patient.birthDate.extension[0]',
  ],
  [
    'an extension of a family name beside a given name',
    patient,
    { name: [{ given: ['a', 'b'], _given: [null, { extension: [prefix] }] }] },
    'error extension-context Patient.name[0].given[1].extension[0]',
  ],
  [
    'an extension of another resource on what is contained',
    observation,
    {
      contained: [
        {
          resourceType: 'Patient',
          id: 'a',
          extension: [{ url: `${HL7}/observation-bodyPosition`, valueCodeableConcept: { text: 'a' } }],
        },
      ],
      subject: { reference: '#a' },
    },
    'error extension-context Observation.contained[0].extension[0]',
  ],
  [
    'an extension of another resource on an entry',
    bundle,
    {
      entry: [
        {
          fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
          resource: { ...observation, extension: [birthPlace] },
        },
      ],
    },
    'error extension-context Bundle.entry[0].resource.extension[0]',
  ],
  [
    'an extension that modifies nothing as a modifier',
    patient,
    { modifierExtension: [birthPlace] },
    'error extension-modifier Patient.modifierExtension[0]',
  ],
  [
    'an extension that modifies as one that does not',
    {
      resourceType: 'NutritionOrder',
      status: 'active',
      intent: 'order',
      patient: { display: 'a' },
      dateTime: '2024',
      oralDiet: { instruction: 'a' },
    },
    { extension: [{ url: `${HL7}/request-doNotPerform`, valueBoolean: true }] },
    'error extension-modifier NutritionOrder.extension[0]',
  ],
  [
    'an extension that may be there once, twice',
    patient,
    { extension: [birthPlace, { url: 'http://example.org/a', valueCode: 'a' }, birthPlace] },
    'error extension-repeats Patient.extension[2]',
  ],
  [
    'a part of an extension that may be there once, twice',
    patient,
    animal(species, species),
    'error extension-repeats Patient.extension[0].extension[1]',
  ],
  [
    'an extension without a part that has to be there',
    patient,
    animal({ url: 'breed', valueCodeableConcept: { text: 'a' } }),
    'error extension-incomplete Patient.extension[0]',
  ],
  [
    'a part of an extension with a value of another type',
    patient,
    animal({ url: 'species', valueString: 'a' }),
    'error extension-value Patient.extension[0].extension[0].value',
  ],
  [
    'a code outside of the set that an extension requires',
    patient,
    { extension: [absent('zzz')] },
    'error binding-required Patient.extension[0].value',
  ],
  [
    'a language that is none in a part of an extension',
    patient,
    {
      name: [
        {
          family: 'a',
          _family: {
            extension: [
              {
                url: `${HL7}/translation`,
                extension: [
                  { url: 'lang', valueCode: 'english' },
                  { url: 'content', valueString: 'b' },
                ],
              },
            ],
          },
        },
      ],
    },
    'error binding-required Patient.name[0].family.extension[0].extension[0].value',
  ],
  [
    'a reference to a type that an extension does not allow',
    { resourceType: 'Goal', lifecycleStatus: 'active', description: { text: 'a' }, subject: { display: 'a' } },
    {
      extension: [
        {
          url: `${HL7}/goal-relationship`,
          extension: [
            { url: 'type', valueCodeableConcept: { text: 'a' } },
            { url: 'target', valueReference: { reference: 'Patient/a' } },
          ],
        },
      ],
    },
    'error reference-target Goal.extension[0].extension[1].value',
  ],
  [
    'an extension of a choice on an item that is none',
    questionnaire,
    { item: [{ linkId: '1', type: 'string', extension: [orientation] }] },
    'error extension-context Questionnaire.item[0].extension[0]',
  ],
  [
    'an extension of a choice on one',
    questionnaire,
    { item: [{ linkId: '1', type: 'choice', extension: [orientation] }] },
  ],
  ['an extension where it belongs', patient, { extension: [birthPlace] }],
  [
    'an extension of a type on an element of that type',
    patient,
    { address: [{ text: 'a', extension: [geolocation] }] },
  ],
  [
    'an extension of a type on a choice of that type',
    patient,
    { extension: [{ url: 'http://example.org/a', valueAddress: { text: 'a', extension: [geolocation] } }] },
  ],
  [
    'an extension of a primitive beside one of a list',
    patient,
    {
      address: [
        {
          line: ['a', 'b'],
          _line: [null, { extension: [{ url: `${HL7}/iso21090-ADXP-streetName`, valueString: 'b' }] }],
        },
      ],
    },
  ],
  ['an extension of a family name beside one', patient, { name: [{ family: 'a', _family: { extension: [prefix] } }] }],
  ['an extension that belongs anywhere', patient, { _birthDate: { extension: [absent('unknown')] } }],
  [
    'an extension of items on an item of an item',
    questionnaire,
    {
      item: [{ linkId: '1', type: 'group', item: [{ linkId: '2', type: 'display', text: 'a', extension: [hidden] }] }],
    },
  ],
  [
    'an extension of a text on a code, which is one',
    patient,
    { gender: 'other', _gender: { extension: [{ url: `${HL7}/rendering-style`, valueString: 'a' }] } },
  ],
  [
    'an extension that may be there more than once',
    patient,
    {
      extension: [1, 2].map(() => ({
        url: `${HL7}/patient-nationality`,
        extension: [{ url: 'code', valueCodeableConcept: { text: 'a' } }],
      })),
    },
  ],
  [
    'an extension with a part of somebody else’s',
    patient,
    animal(species, { url: 'http://example.org/a', valueCode: 'a' }),
  ],
  [
    'an extension with a value that is absent',
    patient,
    { extension: [{ url: `${HL7}/patient-mothersMaidenName`, _valueString: { extension: [absent('unknown')] } }] },
  ],
  [
    'an extension under an address of HL7’s that R4 does not have',
    patient,
    { extension: [{ url: `${HL7}/no-such-thing`, valueCode: 'a' }] },
  ],
];
