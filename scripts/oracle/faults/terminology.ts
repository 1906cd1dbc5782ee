import { existing, type Fault, inNode, type Made, ofType, oneOf, values } from '../fault.js';
import { nodesOf, replace, spotsOf } from '../places.js';

const HL7_SYSTEMS = [
  'http://hl7.org/fhir/administrative-gender',
  'http://hl7.org/fhir/observation-status',
  'http://terminology.hl7.org/CodeSystem/condition-category',
  'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  'http://terminology.hl7.org/CodeSystem/v2-0203',
  'http://terminology.hl7.org/CodeSystem/observation-category',
  'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
  'http://hl7.org/fhir/sid/icd-10',
];

const RIGHT: readonly Made[] = [
  { system: 'http://hl7.org/fhir/administrative-gender', code: 'male', display: 'Male' },
  { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'MTH' },
  { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory', display: 'Laboratory' },
  { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
];

const LANGUAGES = [
  'en-',
  'en_US',
  'english',
  'xx-YY',
  'A-B',
  'a b',
  'de-CH-1996',
  'en-US',
  'de',
  'zh-Hant-TW',
  'x-klingon',
  'en-US-x-twain',
  'qaa',
  'i-klingon',
  'EN-us',
  'en--US',
  'fr-XX',
  'sgn-BE-FR',
];
const UNITS = [
  'zzz',
  'mg',
  'mg/dL',
  '{score}',
  '%',
  '10*3/uL',
  'MG',
  'mm[Hg]',
  'mg per dl',
  'cells',
  'kg.m2',
  '/min',
  'g{total}',
  'm/s2',
  'µg',
  'Cel',
  'deg',
  '[degF]',
  'IU/L',
  '[iU]/L',
  'K/uL',
  '1',
  '',
];
const COUNTRIES = ['ZZZ', 'US', 'USA', 'DE', 'DEU', 'XX', 'us', '276', 'UK', 'GB', '840', '999'];
const COUNTRY_SYSTEMS = ['urn:iso:std:iso:3166', 'urn:iso:std:iso:3166:-1'];

/** A Coding where it stands in a CodeableConcept, or by itself. */
const coding = (made: readonly Made[]): Fault =>
  oneOf(
    values(ofType('Coding'), made),
    inNode(
      ({ structure }) => structure.path === 'CodeableConcept',
      [
        ...made.map((one) => ({ object }: { object: Record<string, unknown> }, scene: Parameters<Fault>[0]) => {
          object.coding = [typeof one === 'function' ? one({ scene }) : one];
        }),
      ],
    ),
  );

const isRequiredCode = (_: string, type: string, element: { binding?: { strength: string } }): boolean =>
  type === 'code' && element.binding?.strength === 'required';

const unknownOfBound: Fault = ({ resource, dice }) => {
  const spot = dice.pick(
    spotsOf(nodesOf(resource)).filter(
      ({ type, element }) => element.binding !== undefined && (type === 'CodeableConcept' || type === 'Coding'),
    ),
  );
  const system = dice.pick([...(spot?.element.binding?.codes.keys() ?? [])]);
  if (spot === undefined || system === undefined) return undefined;
  const made = { system, code: 'zzz' };
  replace(spot, spot.type === 'Coding' ? made : { coding: [made] });
  return resource;
};

/** A code that an object beside it stands for. */
const absent: Fault = ({ resource, dice }) => {
  const spot = dice.pick(
    spotsOf(nodesOf(resource)).filter(({ type, index }) => type === 'code' && index === undefined),
  );
  if (spot === undefined) return undefined;
  delete spot.node.object[spot.name];
  const url = dice.pick(['http://hl7.org/fhir/StructureDefinition/data-absent-reason', 'http://x.example/e']);
  spot.node.object[`_${spot.name}`] = { extension: [{ url, valueCode: 'unknown' }] };
  return resource;
};

/** A code of one of the resource's own codings that its system has not, or another display. */
const changedCoding = (change: (coding: Record<string, unknown>) => void): Fault =>
  inNode(
    ({ structure, object }) => structure.path === 'Coding' && typeof object.code === 'string',
    [({ object }) => change(object)],
  );

const quantity = (system: string, codes: readonly string[]): readonly Made[] =>
  codes.map((code) => ({ value: 1, system, code }));

export const terminologyFaults: Readonly<Record<string, Fault>> = {
  'a code outside of a required binding': oneOf(
    existing(isRequiredCode, ['zzz', 'Final', 'unknown', 'final ']),
    values(isRequiredCode, ['zzz']),
  ),
  'a code outside of a binding of codings': unknownOfBound,
  'a code that a system of HL7 has not': oneOf(
    coding([...HL7_SYSTEMS.map((system) => ({ system, code: 'zzz' })), ...RIGHT]),
    changedCoding((object) => {
      object.code = 'zzz';
    }),
  ),
  'a display that a code has not': oneOf(
    coding([{ system: 'http://hl7.org/fhir/administrative-gender', code: 'male', display: 'Female' }]),
    changedCoding((object) => {
      object.display = 'Something else';
    }),
  ),
  'a language': oneOf(
    values((name, type) => name === 'language' && type === 'code', LANGUAGES),
    coding(LANGUAGES.map((code) => ({ system: 'urn:ietf:bcp:47', code }))),
  ),
  'a unit of UCUM': values(ofType('Quantity', 'SimpleQuantity'), quantity('http://unitsofmeasure.org', UNITS)),
  'a unit of UCUM as a code': coding(UNITS.map((code) => ({ system: 'http://unitsofmeasure.org', code }))),
  'a country': coding(COUNTRY_SYSTEMS.flatMap((system) => COUNTRIES.map((code) => ({ system, code })))),
  'a Coding without a code': coding([
    { system: 'http://hl7.org/fhir/administrative-gender' },
    { system: 'http://x.example' },
    { display: 'x' },
    { code: 'x' },
    { version: '1' },
    { system: 'http://loinc.org', display: 'x' },
  ]),
  'a system that is none': coding([
    { system: 'http://hl7.org/fhir/ValueSet/administrative-gender', code: 'male' },
    { system: 'http://x.example/ValueSet/x', code: 'x' },
    { system: 'loinc', code: '1-8' },
    { system: 'LOINC', code: '8310-5' },
    { system: 'http://hl7.org/fhir/CodeSystem/nothing', code: 'x' },
    { system: 'urn:oid:2.16.840.1.113883.6.1', code: '8310-5' },
    { system: '#x', code: 'x' },
    { system: 'http://loinc.org/', code: '8310-5' },
    { system: 'http://x.example', code: 'a\tb' },
  ]),
  'a Quantity with a system that is none': values(ofType('Quantity', 'SimpleQuantity'), [
    { value: 1, unit: 'mg', system: 'x', code: 'mg' },
    { value: 1, unit: 'mg', system: 'http://x.example', code: 'mg' },
    { value: 1, unit: 'mg', code: 'mg' },
    { value: 1, unit: 'mg' },
    { unit: 'mg' },
    { value: 1, comparator: 'zzz' },
  ]),
  'a code that is absent': absent,
  'a media type': values(
    (name, type) => name === 'contentType' && type === 'code',
    ['text/plain', 'text', 'x y', 'TEXT/PLAIN', 'text/plain; charset=utf-8', '*/*', 'a/b/c'],
  ),
};
