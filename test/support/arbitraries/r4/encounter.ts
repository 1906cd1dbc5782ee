// Encounter resources.
import fc from 'fast-check';
import { choice, list, merge, nonEmpty, object, pick } from '../object.js';
import { plainPeriod, positiveInt } from '../values.js';
import * as types from './datatypes.js';
import { readable, reference } from './references.js';
import { resource } from './resource.js';

const { coding, concept, duration, identifier } = types;

const SUPPORTED = ['planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled'];
const status = pick(
  choice(30, fc.constantFrom(...SUPPORTED)),
  choice(1, fc.constantFrom('entered-in-error', 'unknown')),
);
const anyStatus = fc.constantFrom(...SUPPORTED, 'unknown', 'entered-in-error');

const individual = reference('Practitioner', 'PractitionerRole', 'RelatedPerson');

/** Coded for a role or not, with a text or not, for a time or for all of it. */
const participant = pick(
  choice(6, object({ type: list(concept(types.PARTICIPANTS)), individual }, { period: plainPeriod() })),
  choice(3, object({ individual }, { period: plainPeriod() })),
  choice(2, object({ type: fc.tuple(concept(types.PARTICIPANTS)), individual: reference('Practitioner') })),
  choice(1, object({ type: list(concept(types.PARTICIPANTS)) }, { period: plainPeriod() })),
);

const PHYSICAL_TYPE = 'http://terminology.hl7.org/CodeSystem/location-physical-type';
const physicalType = concept(['si', 'wa', 'ro', 'bd', 've'].map((code) => ({ system: PHYSICAL_TYPE, code })));

const location = object(
  { location: reference('Location') },
  {
    status: fc.constantFrom('planned', 'active', 'reserved', 'completed'),
    physicalType,
    period: plainPeriod(),
  },
);

/** Places that say the same of when: the levels of one, or what only their order tells apart. */
const alike = fc
  .tuple(
    object({}, { status: fc.constantFrom('active', 'completed'), period: plainPeriod() }),
    list(object({ location: reference('Location') }, { physicalType })),
  )
  .map(([standing, places]) => places.map((place) => ({ ...place, ...standing })));

const diagnosis = object(
  { condition: reference('Condition', 'Procedure') },
  { use: concept(types.DIAGNOSIS_ROLES), rank: positiveInt() },
);

const site = reference('Location', 'Organization');
const DISCHARGE = [
  { system: 'http://terminology.hl7.org/CodeSystem/discharge-disposition', code: 'home' },
  { system: 'http://hl7.org/fhir/discharge-disposition', code: 'exp', display: 'Expired' },
  { system: 'https://www.nubc.org/CodeSystem/PatDischargeStatus', code: '01', display: 'home' },
];
const ADMIT = [
  { system: 'http://terminology.hl7.org/CodeSystem/admit-source', code: 'emd' },
  { system: 'http://hl7.org/fhir/admit-source', code: 'outp', display: 'Ambulanz' },
  { code: 'gp' },
];
const DIET = [{ system: 'http://terminology.hl7.org/CodeSystem/diet', code: 'vegetarian', display: 'Vegetarian' }];

const hospitalization = nonEmpty({
  preAdmissionIdentifier: identifier(),
  origin: site,
  admitSource: concept(ADMIT),
  reAdmission: concept([
    { system: 'http://terminology.hl7.org/CodeSystem/v2-0092', code: 'R' },
    { system: 'http://hl7.org/fhir/v2/0092', code: 'R' },
  ]),
  dietPreference: list(concept(DIET)),
  specialCourtesy: list(concept([{ code: 'VIP' }])),
  specialArrangement: list(concept([{ code: 'wheel' }])),
  destination: site,
  dischargeDisposition: concept(DISCHARGE),
});

const encounterClass = pick(choice(20, coding(types.CLASSES)), choice(1, object({ display: fc.constant('Ward') })));

const required = {
  status,
  class: encounterClass,
};

const optional = {
  identifier: list(identifier()),
  statusHistory: list(object({ status: anyStatus, period: plainPeriod() })),
  classHistory: list(object({ class: coding(types.CLASSES), period: plainPeriod() })),
  type: list(concept()),
  serviceType: concept([{ system: 'http://terminology.hl7.org/CodeSystem/service-type', code: '57' }]),
  priority: concept(types.PRIORITIES),
  episodeOfCare: list(reference('EpisodeOfCare')),
  basedOn: list(reference('ServiceRequest')),
  participant: list(participant),
  appointment: list(reference('Appointment')),
  period: plainPeriod(),
  length: duration(),
  reasonCode: list(concept()),
  reasonReference: list(reference('Condition', 'Procedure', 'Observation')),
  diagnosis: list(diagnosis),
  account: list(reference('Account')),
  hospitalization,
  location: pick(choice(3, list(location)), choice(1, alike)),
  serviceProvider: reference('Organization'),
  partOf: reference('Encounter'),
};

const subject = pick(choice(20, object({ subject: readable('Patient', 'Group') })), choice(1, object({})));

export const Encounter = resource('Encounter', merge(object(required, optional), subject));
