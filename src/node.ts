// The public surface of `clinik-fhir/node`, nothing else.

export type { Conversion, SkipReason, Upload } from './convert/conversion.js';
export { convertRecords, type StreamOptions } from './convert/conversionStream.js';
export type { RecordOptions } from './convert/convertRecord.js';
export { type ConvertRun, convert } from './convert/convertToFiles.js';
export { readIdMap } from './convert/idMapFile.js';
export type { BulkImportCount, UploadSummary, WaveCount } from './convert/layout/layoutSummary.js';
export type { UploadFormat, UploadOptions } from './convert/layout/uploadForm.js';
export { checkAllowed, forbiddenLosses } from './convert/losses/forbiddenLosses.js';
export type { Written } from './convert/outputFolder.js';
export { type ParsedRecord, parseRecord } from './convert/parseRecord.js';
export { type Plan, type PlanRun, plan } from './convert/planUpload.js';
export type { IndexSize } from './convert/set/setIndex.js';
export type { Count, IssueCount, LossCount, Summary, UnreadFile } from './convert/summary.js';
export type { Link } from './convert/waves/recordLinks.js';
export type { Order } from './convert/waves/recordSet.js';
export type { FileFailure, Progress } from './read/inputBatches.js';
export type { Bytes } from './read/jsonValues.js';
export type { AbsentPackage } from './read/packages/place.js';
export {
  type GuidePackage,
  type PackageGuide,
  type PackageOptions,
  readPackages,
} from './read/packages/readPackages.js';
export type { Source } from './read/source.js';
export { UsageError } from './read/usageError.js';
export type { RunFacts } from './report/runFacts.js';
