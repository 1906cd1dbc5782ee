export {
  type BundlePayloads,
  type BundleToPayloadsResult,
  bundleToPayloads,
  type SkippedEntry,
} from './bundle/fromBundle.js';
export { type IdMap, type IdMapRow, idMap } from './bundle/idMap.js';
export type { PayloadBundleType } from './bundle/placing.js';
export type { RecordInput } from './bundle/recordInput.js';
export {
  type PayloadSets,
  type PayloadsToBundleOptions,
  payloadsToBundle,
} from './bundle/toBundle.js';
export type { AttachmentInput, PayloadAttachment } from './fhir/datatypes/attachment.js';
export type { CodingInput, PayloadCoding } from './fhir/datatypes/coding.js';
export type { PayloadPeriod } from './fhir/datatypes/period.js';
export { operationOutcome } from './fhir/outcome.js';
export type { ConvertOptions, Fill, FillPath } from './fhir/scope.js';
export type { Fidelity, Row, Schema } from './lens/codec.js';
export type { Loss, Operation } from './lens/diff.js';
export { ClinikFhirError, type Issue, type IssueCode, type Severity } from './lens/issue.js';
export type { GuideFault } from './profiles/profiles.js';
export * from './resources/all.js';
export { findLens, lensFor, type Path } from './resources/registry.js';
export type {
  FieldRow,
  FromFhirOptions,
  FromFhirResult,
  ResourceLens,
  SafeDiffResult,
  SafeFromFhirResult,
  SafeToFhirResult,
  ToFhirOptions,
} from './resources/surface.js';
export type { ClinikError, ClinikErrorIssue } from './response/clinikError.js';
export { errorToOutcome, type OutcomeToErrorResult, outcomeToError } from './response/errorOutcome.js';
export {
  type ClinikResponse,
  type EmptyResponse,
  type ErrorResponse,
  fromResponse,
  type ListResponse,
  type RecordResponse,
} from './response/fromResponse.js';
export type {
  FromResponseOptions,
  PayloadOf,
  ReadRecord,
  ResponseRecord,
  UnreadRecord,
} from './response/readRecord.js';
export type { Paging, ResponseMeta } from './response/responseMeta.js';
export {
  type ListBody,
  type PageListBody,
  type PagePaging,
  type SingleBody,
  type ToResponseOptions,
  toListResponse,
  toResponse,
} from './response/toResponse.js';
export { type SearchsetInput, type ToSearchsetOptions, toSearchset } from './response/toSearchset.js';
export type { Guide } from './validate/guide.js';
export type { ValidationRule } from './validate/userRules.js';
export { type ValidateOptions, validate } from './validate/validate.js';
