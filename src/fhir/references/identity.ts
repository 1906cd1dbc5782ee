import { isObject, type JsonObject } from '../../lens/json.js';

/** ClinikAPI's REST root, and with a path the identifier system of its ids. */
export const CLINIK_API = 'https://api.clinikapi.com/v1';

/** ClinikAPI's paths of the types that have one. */
export const PATHS: { readonly [resourceType: string]: string } = {
  ClinicalImpression: 'assessments',
  Encounter: 'encounters',
  Composition: 'documents',
  DiagnosticReport: 'labs',
  Task: 'tasks',
  Patient: 'patients',
  Practitioner: 'practitioners',
  Organization: 'organizations',
  Location: 'locations',
  Observation: 'observations',
  Condition: 'conditions',
  AllergyIntolerance: 'allergies',
  MedicationRequest: 'prescriptions',
  Specimen: 'specimens',
  ServiceRequest: 'service-requests',
  Appointment: 'appointments',
  Media: 'media',
  ImagingStudy: 'imaging-studies',
  DocumentReference: 'notes',
  QuestionnaireResponse: 'intakes',
  RiskAssessment: 'risk-assessments',
  FamilyMemberHistory: 'family-history',
  PractitionerRole: 'practitioner-roles',
  CarePlan: 'care-plans',
  Goal: 'goals',
  Device: 'devices',
};

/** The prefixes of ids seen in ClinikAPI's documentation, and the types that they tell. */
const PREFIXES: { readonly [prefix: string]: string } = {
  pt: 'Patient',
  prac: 'Practitioner',
  enc: 'Encounter',
  obs: 'Observation',
  spec: 'Specimen',
  cond: 'Condition',
  allergy: 'AllergyIntolerance',
  rx: 'MedicationRequest',
  lab: 'DiagnosticReport',
  dr: 'DiagnosticReport',
  assess: 'ClinicalImpression',
  doc: 'Composition',
  task: 'Task',
  appt: 'Appointment',
  sr: 'ServiceRequest',
  org: 'Organization',
  proc: 'Procedure',
  media: 'Media',
  intake: 'QuestionnaireResponse',
};

const SYSTEM_BY_TYPE: ReadonlyMap<string | undefined, string> = new Map(
  Object.entries(PATHS).map(([type, path]) => [type, `${CLINIK_API}/${path}`]),
);

const TYPE_BY_SYSTEM = new Map(Object.entries(PATHS).map(([type, path]) => [`${CLINIK_API}/${path}`, type]));

/** The grammar of a ClinikAPI id. */
export const CLINIK_ID = '[A-Za-z0-9\\-_.]+';

const ID = new RegExp(`^${CLINIK_ID}$`);

/** FHIR's grammar of an id: no underscore (https://hl7.org/fhir/R4/datatypes.html#id). */
const FHIR_ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** True for a ClinikAPI id. */
export function isClinikId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** True for an id that FHIR allows. */
export function isFhirId(value: unknown): value is string {
  return typeof value === 'string' && FHIR_ID.test(value);
}

/** The identifier system of a type's ids; ClinikAPI's root for the types that have no path. */
export function systemOf(resourceType: string | undefined): string {
  return SYSTEM_BY_TYPE.get(resourceType) ?? CLINIK_API;
}

/** The type that an identifier system is for; undefined for ClinikAPI's root and for foreign systems. */
export function typeOfSystem(system: unknown): string | undefined {
  return typeof system === 'string' ? TYPE_BY_SYSTEM.get(system) : undefined;
}

/** True for an identifier system of ClinikAPI's. */
export function isClinikSystem(system: unknown): system is string {
  return system === CLINIK_API || typeOfSystem(system) !== undefined;
}

/** The type that an id's prefix tells. */
export function typeOfPrefix(id: string): string | undefined {
  const end = id.indexOf('_');
  const prefix = end < 0 ? '' : id.slice(0, end);
  return Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] : undefined;
}

/** The id that a record's identifier of ClinikAPI's says. */
export function idAsIdentifier({ identifier }: JsonObject, resourceType: string): string | undefined {
  const system = systemOf(resourceType);
  if (identifier === undefined) return undefined;
  const identifiers: readonly unknown[] = Array.isArray(identifier) ? identifier : [identifier];
  for (const one of identifiers) {
    if (isObject(one) && one.system === system && isClinikId(one.value)) return one.value;
  }
  return undefined;
}
