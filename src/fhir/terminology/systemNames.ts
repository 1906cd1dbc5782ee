import { SYSTEM } from './codeSystems.js';

/**
 * The other names of code systems that R4, an older version of FHIR or HL7's own terminology publishes: the OID
 * (https://hl7.org/fhir/R4/terminologies-systems.html), the address that STU3 gave it (https://hl7.org/fhir/STU3/terminologies-systems.html),
 * and that of a value set of its codes alone, which many write where the system belongs.
 */
const OTHER_NAMES: { readonly [system: string]: readonly string[] } = {
  [SYSTEM.actCode]: [
    ...ofV3('ActCode', '5.4'),
    ...valueSets('v3-ActCode'),
    ...valueSets('v3-ActEncounterCode'),
    'http://hl7.org/fhir/v3/vs/ActEncounterCode',
    oid('1.11.13955'),
  ],
  [SYSTEM.actPriority]: [...ofV3('ActPriority', '5.7'), ...valueSets('v3-ActPriority')],
  [SYSTEM.confidentiality]: [...ofV3('Confidentiality', '5.25'), ...valueSets('v3-Confidentiality')],
  [SYSTEM.participationType]: [...ofV3('ParticipationType', '5.90'), ...valueSets('v3-ParticipationType')],
  [SYSTEM.participantType]: [...ofFhir('participant-type', '1089'), ...valueSets('encounter-participant-type')],
  [SYSTEM.nullFlavor]: [...ofV3('NullFlavor', '5.1008'), ...valueSets('v3-NullFlavor')],
  [SYSTEM.diagnosticService]: [
    ...ofV2('0074', '18.29'),
    ...valueSets('diagnostic-service-sections'),
    'http://hl7.org/fhir/diagnostic-service-sections',
  ],
  [SYSTEM.patientClass]: ofV2('0004', '18.5'),
  [SYSTEM.reAdmission]: ofV2('0092', '18.36'),
  [SYSTEM.diagnosisRole]: ofFhir('diagnosis-role', '1054'),
  [SYSTEM.taskCode]: ofFhir('task-code', '1397'),
  [SYSTEM.admitSource]: [...ofFhir('admit-source', '1092'), ...valueSets('encounter-admit-source')],
  [SYSTEM.dischargeDisposition]: [
    ...ofFhir('discharge-disposition', '1093'),
    ...valueSets('encounter-discharge-disposition'),
  ],
  [SYSTEM.diet]: [...ofFhir('diet', '1091'), ...valueSets('encounter-diet')],
  [SYSTEM.specialArrangements]: ofFhir('encounter-special-arrangements', '1090'),
  [SYSTEM.dataAbsentReason]: ofFhir('data-absent-reason', '1048'),
  [SYSTEM.encounterClass]: [...valueSets('encounter-class'), oid('4.642.1.138')],
  [SYSTEM.loinc]: [oid('6.1')],
  [SYSTEM.snomed]: [oid('6.96')],
  [SYSTEM.icd10cm]: [oid('6.90')],
  [SYSTEM.icd10]: [oid('6.3')],
};

/** An OID below HL7's own. */
function oid(below: string): string {
  return `urn:oid:2.16.840.1.113883.${below}`;
}

/** A code system of version 3; HL7's own converters of older FHIR write the second address. */
function ofV3(name: string, below: string): string[] {
  return [`http://hl7.org/fhir/v3/${name}`, `http://terminology.hl7.org/v3/${name}`, oid(below)];
}

/** A table of version 2: it has an OID as a table, and one as a code system. */
function ofV2(table: string, below: string): string[] {
  const number = Number(table);
  return [`http://hl7.org/fhir/v2/${table}`, oid(`12.${number}`), oid(below), ...valueSets(`v2-${table}`)];
}

/** A code system of FHIR itself, with R4's OID of it. */
function ofFhir(name: string, below: string): string[] {
  return [
    `http://hl7.org/fhir/${name}`,
    `http://hl7.org/fhir/CodeSystem/${name}`,
    `http://terminology.hl7.org/CodeSystem/${name}`,
    oid(`4.642.4.${below}`),
    ...valueSets(name),
  ];
}

function valueSets(id: string): string[] {
  return [`http://terminology.hl7.org/ValueSet/${id}`, `http://hl7.org/fhir/ValueSet/${id}`];
}

/** The same name as it is also written: an OID that stands alone, an address with the scheme of today. */
function spellings(name: string): string[] {
  return [name, name.replace(/^urn:oid:/, ''), name.replace(/^http:/, 'https:')];
}

const SYSTEM_BY_NAME = new Map(
  Object.entries(OTHER_NAMES).flatMap(([system, names]) =>
    [system, ...names].flatMap(spellings).map((name) => [name, system] as const),
  ),
);

/** What may stand behind the name of a code system: a version, as a canonical has it, and a slash. */
const ADDED = /\/?(?:\|[^|]*)?$/;

/** An edition of SNOMED CT, and a version of it (https://hl7.org/fhir/R4/snomedct.html). */
const SNOMED_EDITION = /^(https?:\/\/snomed\.info\/sct)(?:\/\d{6,18})?(?:\/version\/\d{6,8})?$/;

/** The name that R4 gives a code system, where it is known under another one, with a version or without; else the name itself. */
export function systemNamed(name: string): string {
  return (
    SYSTEM_BY_NAME.get(name) ?? (mayHaveVersion(name) ? SYSTEM_BY_NAME.get(withoutVersion(name)) : undefined) ?? name
  );
}

/** False for nearly every name, which neither of the patterns below would change. */
const mayHaveVersion = (name: string): boolean =>
  name.endsWith('/') || name.includes('|') || name.includes('snomed.info/sct/');

function withoutVersion(name: string): string {
  return name.replace(ADDED, '').replace(SNOMED_EDITION, '$1');
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
  return typeof name === 'string' && name.includes('clinikapi.com') && CLINIK.test(name);
}

/** A code system of FHIR itself or of a guide of HL7's; not of version 2 or 3, and none of others that HL7 only names. */
const FHIR_SYSTEM =
  /^https?:\/\/(?:terminology\.hl7\.org\/CodeSystem\/(?!v[23]-)|hl7\.org\/(?!fhir\/(?:sid|v[23])\/))[^/]/;

/** Letters only, so that no code of a classification is one. */
const WORDS = /^[a-z]{3,}(?:[-_ ]?[a-z]+)*$/i;

/** True for a code of FHIR's own that is words, such as `laboratory`: it says without its system what it says with it. */
export function isWordOfFhir(code: string, system: string): boolean {
  return FHIR_SYSTEM.test(system) && !isOfAbsence(system) && WORDS.test(code);
}

/** True for a system whose codes say that, or why, there is no value (https://hl7.org/fhir/R4/valueset-data-absent-reason.html). */
export function isOfAbsence(name: unknown): boolean {
  return typeof name === 'string' && ABSENCE.has(systemNamed(name));
}

const ABSENCE: ReadonlySet<string> = new Set([SYSTEM.dataAbsentReason, SYSTEM.nullFlavor]);
