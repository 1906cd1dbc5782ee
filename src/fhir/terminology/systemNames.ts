import { SYSTEM } from './codeSystems.js';

/**
 * The other names of code systems that R4 or an older version of FHIR publishes: the OID
 * (https://hl7.org/fhir/R4/terminologies-systems.html), the address that STU3 gave it (https://hl7.org/fhir/STU3/terminologies-systems.html),
 * and that of a value set of its codes alone, which many write where the system belongs.
 */
const OTHER_NAMES: { readonly [system: string]: readonly string[] } = {
  [SYSTEM.actCode]: [...ofV3('ActCode', '5.4'), ...valueSets('v3-ActCode'), ...valueSets('v3-ActEncounterCode')],
  [SYSTEM.actPriority]: [...ofV3('ActPriority', '5.7'), ...valueSets('v3-ActPriority')],
  [SYSTEM.confidentiality]: [...ofV3('Confidentiality', '5.25'), ...valueSets('v3-Confidentiality')],
  [SYSTEM.participationType]: [...ofV3('ParticipationType', '5.90'), ...valueSets('v3-ParticipationType')],
  [SYSTEM.diagnosticService]: [
    'http://hl7.org/fhir/v2/0074',
    'urn:oid:2.16.840.1.113883.12.74',
    ...valueSets('v2-0074'),
    ...valueSets('diagnostic-service-sections'),
    'http://hl7.org/fhir/diagnostic-service-sections',
  ],
  [SYSTEM.diagnosisRole]: ['http://hl7.org/fhir/diagnosis-role', ...valueSets('diagnosis-role')],
  [SYSTEM.taskCode]: ['http://hl7.org/fhir/task-code', ...valueSets('task-code')],
  [SYSTEM.loinc]: ['urn:oid:2.16.840.1.113883.6.1'],
  [SYSTEM.snomed]: ['urn:oid:2.16.840.1.113883.6.96'],
  [SYSTEM.icd10cm]: ['urn:oid:2.16.840.1.113883.6.90'],
  [SYSTEM.icd10]: ['urn:oid:2.16.840.1.113883.6.3'],
};

function ofV3(name: string, oid: string): string[] {
  return [`http://hl7.org/fhir/v3/${name}`, `urn:oid:2.16.840.1.113883.${oid}`];
}

function valueSets(id: string): string[] {
  return [`http://terminology.hl7.org/ValueSet/${id}`, `http://hl7.org/fhir/ValueSet/${id}`];
}

const SYSTEM_BY_NAME = new Map(
  Object.entries(OTHER_NAMES).flatMap(([system, names]) => names.map((name) => [name, system] as const)),
);

/** The name that R4 gives a code system, where it is known under another one; else the name itself. */
export function systemNamed(name: string): string {
  return SYSTEM_BY_NAME.get(name) ?? name;
}

/** True for a code system of that name in R4, under whichever of its names. */
export function isSystem(name: unknown, system: string): boolean {
  return typeof name === 'string' && (name === system || systemNamed(name) === system);
}

/** An address of ClinikAPI's. */
const CLINIK = /^https?:\/\/(?:[A-Za-z0-9-]+\.)*clinikapi\.com(?:[/:?#]|$)/;

/** True where nothing is said of the system, or that it is ClinikAPI's own: then a code is a word of the field. */
export function isFieldsOwn(name: unknown): boolean {
  return name === undefined || name === '' || isOfClinik(name);
}

/** True for a name that ClinikAPI gave: of a code system, of the tags on what it stores. */
export function isOfClinik(name: unknown): boolean {
  return typeof name === 'string' && CLINIK.test(name);
}
