// The public surface of `clinik-fhir/node`, nothing else.
export { type ConvertRun, convert } from './convert.js';
export type { Conversion, PassedOver, RecordOptions, Upload } from './convertRecord.js';
export { convertRecords, type StreamOptions } from './convertRecords.js';
export { readIdMap } from './idMapFile.js';
export type { Written } from './outputs.js';
export { type Plan, type PlanRun, plan } from './plan.js';
export type { FileFailure, Progress } from './readInputs.js';
export type { IndexSize } from './set/setIndex.js';
export type { Source } from './source.js';
export type { Count, IssueCount, LossCount, Summary, UnreadFile } from './summary.js';
export type { UploadFormat, UploadOptions } from './upload/options.js';
export type { BulkImportCount, UploadSummary, WaveCount } from './upload/summary.js';
export { UsageError } from './usageError.js';
export type { Bytes } from './values.js';
export type { Link } from './waves/recordLinks.js';
export type { Order } from './waves/waves.js';
