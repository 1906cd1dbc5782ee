// The public surface of `clinik-fhir/node`, nothing else.
export { type ConvertRun, convert } from './convert/convert.js';
export type { Conversion, PassedOver, RecordOptions, Upload } from './convert/convertRecord.js';
export { convertRecords, type StreamOptions } from './convert/convertRecords.js';
export { readIdMap } from './convert/idMapFile.js';
export type { UploadFormat, UploadOptions } from './convert/layout/options.js';
export type { BulkImportCount, UploadSummary, WaveCount } from './convert/layout/summary.js';
export type { Written } from './convert/outputs.js';
export { type Plan, type PlanRun, plan } from './convert/plan.js';
export type { IndexSize } from './convert/set/setIndex.js';
export type { Count, IssueCount, LossCount, Summary, UnreadFile } from './convert/summary.js';
export type { Link } from './convert/waves/recordLinks.js';
export type { Order } from './convert/waves/waves.js';
export type { FileFailure, Progress } from './read/readInputs.js';
export type { Source } from './read/source.js';
export { UsageError } from './read/usageError.js';
export type { Bytes } from './read/values.js';
