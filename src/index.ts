export type { PayloadAttachment } from './fhir/attachment.js';
export type { PayloadCoding } from './fhir/coding.js';
export type { PayloadPeriod } from './fhir/period.js';
export type { ConvertOptions } from './fhir/scope.js';
export type { Fidelity, Row, Schema } from './lens/codec.js';
export type { Loss, Operation } from './lens/diff.js';
export { ClinikFhirError, type Issue, type IssueCode, type Severity } from './lens/issue.js';
export {
  type AssessmentFinding,
  type AssessmentInput,
  type AssessmentInvestigation,
  type AssessmentPayload,
  type AssessmentPrognosis,
  assessments,
} from './resources/assessments.js';
export {
  type DocumentAttester,
  type DocumentEvent,
  type DocumentInput,
  type DocumentPayload,
  type DocumentRelation,
  type DocumentSection,
  documents,
} from './resources/documents.js';
export type { EncounterParticipant } from './resources/encounters/participants.js';
export {
  type EncounterDiagnosis,
  type EncounterHospitalization,
  type EncounterInput,
  type EncounterPayload,
  encounters,
} from './resources/encounters.js';
export { type LabInput, type LabMedia, type LabPayload, labs } from './resources/labs.js';
export type {
  FromFhirOptions,
  FromFhirResult,
  ResourceLens,
  SafeFromFhirResult,
  SafeToFhirResult,
  ToFhirOptions,
} from './resources/lens.js';
export { lensFor, type Path } from './resources/registry.js';
export {
  type TaskInput,
  type TaskParameter,
  type TaskPayload,
  type TaskRestriction,
  tasks,
} from './resources/tasks.js';
