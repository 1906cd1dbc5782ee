import {
  isEither,
  isList,
  isOne,
  isWord,
  type Mark,
  otherVersion as ofPayloads,
  present,
  versionByMarks,
} from '../../fhir/otherVersion.js';
import type { Issue } from '../../lens/issue.js';
import type { JsonObject } from '../../lens/json.js';

/** Elements that R4 does not have, or has in another shape, of frequent types without payloads. */
export const MARKS: { readonly [resourceType: string]: readonly Mark[] } = {
  AllergyIntolerance: [
    ['STU3', 'assertedDate', present],
    ['STU3', 'clinicalStatus', isWord],
    ['STU3', 'verificationStatus', isWord],
    ['R5', 'participant', present],
    ['R5', 'type', isOne],
  ],
  CarePlan: [
    ['STU3', 'context', present],
    ['STU3', 'definition', present],
    ['R5', 'custodian', present],
  ],
  CareTeam: [['STU3', 'context', present]],
  Condition: [
    ['STU3', 'assertedDate', present],
    ['STU3', 'assertionDate', present],
    ['STU3', 'context', present],
    ['STU3', 'clinicalStatus', isWord],
    ['STU3', 'verificationStatus', isWord],
    ['DSTU2', 'patient', present],
    ['R5', 'participant', present],
  ],
  DocumentReference: [
    ['STU3', 'class', present],
    ['STU3', 'created', present],
    ['STU3', 'indexed', present],
    ['R5', 'attester', present],
    ['R5', 'context', isList],
  ],
  Goal: [
    ['STU3', 'status', present],
    ['R5', 'continuous', present],
  ],
  Immunization: [
    ['STU3', 'date', present],
    ['STU3', 'explanation', present],
    ['STU3', 'notGiven', present],
    ['STU3', 'vaccinationProtocol', present],
    ['DSTU2', 'wasNotGiven', present],
    ['R5', 'administeredProduct', present],
    ['R5', 'informationSource', present],
  ],
  MedicationAdministration: [
    ['STU3', 'notGiven', present],
    ['STU3', 'prescription', present],
    ['R5', 'medication', present],
  ],
  MedicationRequest: [
    ['STU3', 'context', present],
    ['STU3', 'definition', present],
    ['R5', 'medication', present],
  ],
  MedicationStatement: [
    ['STU3', 'taken', present],
    ['R5', 'medication', present],
  ],
  Observation: [
    ['STU3', 'comment', present],
    ['DSTU2', 'comments', present],
    ['STU3', 'context', present],
    ['STU3', 'related', present],
    ['R5', 'bodyStructure', present],
    ['R5', 'triggeredBy', present],
  ],
  Patient: [['STU3', 'animal', present]],
  Procedure: [
    ['STU3', 'context', present],
    ['STU3', 'definition', present],
    ['STU3', 'notDone', present],
    ['R5', 'occurrenceDateTime', present],
    ['R5', 'occurrencePeriod', present],
    ['R5', 'reason', present],
  ],
  ServiceRequest: [
    ['R5', 'code', isEither],
    ['R5', 'reason', present],
  ],
};

/** What tells a resource of another version of FHIR from one of R4, of any type that has such marks. */
export function otherVersion(resource: JsonObject, resourceType: string): Issue | undefined {
  const marks = Object.hasOwn(MARKS, resourceType) ? MARKS[resourceType] : undefined;
  return ofPayloads(resource, resourceType) ?? versionByMarks(resource, resourceType, marks);
}
