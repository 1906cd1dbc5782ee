import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, type Entry, on, onEach } from './entry.js';

const UCUM = 'http://unitsofmeasure.org';
const mg = { unit: 'mg', system: UCUM, code: 'mg' };
const minutes = { value: 45, unit: 'min', system: UCUM, code: 'min' };
const years = { unit: 'years', system: UCUM, code: 'a' };

const patient = onEach('Patient');
const observation = onEach('Observation', { status: 'final' });
const clinic = { resourceType: 'Organization', id: 'clinic', name: 'Clinic' };
const containing = (more: JsonObject): JsonObject => ({
  contained: [{ ...clinic, ...more }],
  managingOrganization: { reference: '#clinic' },
});

/** What every resource is held to. */
export const everyResource: Entries = {
  'dom-2': patient(
    'Contain both resources in the outer one, side by side.',
    {
      ...containing({ partOf: { reference: '#group' } }),
      contained: [
        { ...clinic, partOf: { reference: '#group' } },
        { ...clinic, id: 'group' },
      ],
    },
    containing({ contained: [{ ...clinic, id: 'group' }] }),
  ),
  'dom-4': patient(
    'Take meta.versionId and meta.lastUpdated out of the contained resource: it has no versions of its own.',
    containing({}),
    containing({ meta: { versionId: '1' } }),
  ),
  'dom-5': patient(
    'Put the security label on the resource that contains the other.',
    containing({}),
    containing({ meta: { security: [{ display: 'restricted' }] } }),
  ),
  'dom-6': patient(
    'Give the resource a narrative in text.div. This is best practice, and looked at with --best-practice only.',
    { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Ann Lee</div>' } },
    {},
  ),
};

const request = (fix: string, fine: JsonObject, broken: JsonObject): Entry =>
  on(
    'ServiceRequest',
    fix,
    { occurrenceTiming: { repeat: fine } },
    { occurrenceTiming: { repeat: broken } },
    'occurrence.repeat',
  );
const trigger = (fix: string, fine: JsonObject, broken: JsonObject): Entry =>
  on('EventDefinition', fix, { trigger: [fine] }, { trigger: [broken] }, 'trigger[0]');
const parameter = (type: string, fix: string, fine: JsonObject, broken: JsonObject): Entry => {
  const holding = (value: JsonObject) => ({ parameter: [{ name: 'example', [`value${type}`]: value }] });
  return on('Parameters', fix, holding(fine), holding(broken), 'parameter[0].value');
};
const filter = (name: string, filtered: JsonObject) => ({
  dataRequirement: [{ type: 'Observation', [name]: [filtered] }],
});
const named = { type: 'named-event', name: 'admission' };
const data = { type: 'data-added', data: [{ type: 'Observation' }] };
const condition = { language: 'text/fhirpath', expression: "status = 'final'" };

/** The invariants of R4's datatypes. */
export const datatypes: Entries = {
  'ext-1': patient(
    'Give the extension a value or extensions, one of the two.',
    { extension: [{ url: 'http://example.org/religion', valueString: 'none' }] },
    { extension: [{ url: 'http://example.org/religion' }] },
    'extension[0]',
  ),
  'per-1': on(
    'Encounter',
    'Put the earlier time into start; look at the time zones of both.',
    { period: { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' } },
    { period: { start: '2024-05-01T11:00:00Z', end: '2024-05-01T10:00:00Z' } },
    'period',
  ),
  'qty-3': observation(
    'Add the system of the unit’s code, http://unitsofmeasure.org most often, or keep the unit alone.',
    { valueQuantity: { value: 5, ...mg } },
    { valueQuantity: { value: 5, unit: 'mg', code: 'mg' } },
    'value',
  ),
  'sqty-1': observation(
    'Take the comparator away: a limit of a range, and whatever else is a SimpleQuantity, is one number.',
    { referenceRange: [{ low: { value: 5, ...mg } }] },
    { referenceRange: [{ low: { value: 5, comparator: '>', ...mg } }] },
    'referenceRange[0].low',
  ),
  'age-1': on(
    'Condition',
    'Give the age a code of UCUM (a, mo, wk, d) with its system, and a value above 0.',
    { onsetAge: { value: 40, ...years } },
    { onsetAge: { value: 40, unit: 'years' } },
    'onset',
  ),
  'cnt-3': parameter(
    'Count',
    'Give the count the code 1 of UCUM, and a whole number.',
    { value: 3, system: UCUM, code: '1' },
    { value: 3 },
  ),
  'dis-1': parameter(
    'Distance',
    'Give the distance a code of UCUM with its system: m, km.',
    { value: 3, unit: 'km', system: UCUM, code: 'km' },
    { value: 3, unit: 'km' },
  ),
  'drt-1': on(
    'Encounter',
    'Give the duration a value, and a code of UCUM with its system: min, h, d.',
    { length: minutes },
    { length: { ...minutes, system: 'http://example.org/units' } },
    'length',
  ),
  'rng-2': on(
    'Condition',
    'Put the smaller value into low, and give both ends a value in the same unit, code and system.',
    { onsetRange: { low: { value: 40, ...years }, high: { value: 50, ...years } } },
    { onsetRange: { low: { value: 50, ...years }, high: { value: 40, ...years } } },
    'onset',
  ),
  'rat-1': observation(
    'Give the ratio both a numerator and a denominator.',
    { valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } },
    { valueRatio: { numerator: { value: 1 } } },
    'value',
  ),
  'att-1': patient(
    'Add the MIME type of the data: image/png, application/pdf.',
    { photo: [{ contentType: 'image/png', data: 'iVBORw0KGgo=' }] },
    { photo: [{ data: 'iVBORw0KGgo=' }] },
    'photo[0]',
  ),
  'cpt-2': patient(
    'Add the system: phone, fax, email, pager, url, sms or other.',
    { telecom: [{ system: 'phone', value: '555-0100' }] },
    { telecom: [{ value: '555-0100' }] },
    'telecom[0]',
  ),
  'ref-1': patient(
    'Contain the resource under this id, or write the reference as Type/id.',
    containing({}),
    { managingOrganization: { reference: '#clinic' } },
    'managingOrganization',
  ),
  'exp-1': on(
    'PlanDefinition',
    'Add the expression itself, or a reference to where it stands.',
    { action: [{ condition: [{ kind: 'applicability', expression: condition }] }] },
    { action: [{ condition: [{ kind: 'applicability', expression: { language: 'text/fhirpath' } }] }] },
    'action[0].condition[0].expression',
  ),
  'trd-1': trigger('Keep the timing or the data, and make a second trigger of the other.', data, {
    type: 'data-added',
    timingDate: '2024-05-01',
    data: data.data,
  }),
  'trd-2': trigger(
    'Add the data that the condition is about, or take the condition away.',
    { ...data, condition },
    { ...named, condition },
  ),
  'trd-3': trigger('Give a named event its name, a periodic one its timing, and one of data the data.', named, {
    type: 'named-event',
  }),
  'drq-1': on(
    'Library',
    'Keep the path or the search parameter of the filter.',
    filter('codeFilter', { path: 'code' }),
    filter('codeFilter', { path: 'code', searchParam: 'code' }),
    'dataRequirement[0].codeFilter[0]',
  ),
  'drq-2': on(
    'Library',
    'Keep the path or the search parameter of the filter.',
    filter('dateFilter', { searchParam: 'date' }),
    filter('dateFilter', { path: 'effective', searchParam: 'date' }),
    'dataRequirement[0].dateFilter[0]',
  ),
  'tim-1': request(
    'Add the unit of the duration: s, min, h, d, wk, mo or a.',
    { duration: 30, durationUnit: 'min' },
    { duration: 30 },
  ),
  'tim-2': request(
    'Add the unit of the period: s, min, h, d, wk, mo or a.',
    { frequency: 3, period: 1, periodUnit: 'd' },
    { frequency: 3, period: 1 },
  ),
  'tim-4': request(
    'Write the duration as a number that is not below zero.',
    { duration: 30, durationUnit: 'min' },
    { duration: -30, durationUnit: 'min' },
  ),
  'tim-5': request(
    'Write the period as a number that is not below zero.',
    { period: 1, periodUnit: 'd' },
    { period: -1, periodUnit: 'd' },
  ),
  'tim-6': request(
    'Add the period that periodMax is the upper end of.',
    { period: 4, periodMax: 6, periodUnit: 'h' },
    { periodMax: 6, periodUnit: 'h' },
  ),
  'tim-7': request(
    'Add the duration that durationMax is the upper end of.',
    { duration: 30, durationMax: 60, durationUnit: 'min' },
    { durationMax: 60, durationUnit: 'min' },
  ),
  'tim-8': request('Add the count that countMax is the upper end of.', { count: 3, countMax: 5 }, { countMax: 5 }),
  'tim-9': request(
    'Say before or after what the offset is (AC, PC, WAKE), and not C, CM, CD or CV, which are the meal itself.',
    { offset: 30, when: ['AC'] },
    { offset: 30 },
  ),
  'tim-10': request(
    'Keep the times of day or the events of the day.',
    { timeOfDay: ['08:00:00'] },
    { timeOfDay: ['08:00:00'], when: ['MORN'] },
  ),
};
