import { lenses } from '../resources/registry.js';

/** Outputs that hold records: `<path>.ndjson` towards ClinikAPI, `<Type>.ndjson` towards FHIR. */
export const RECORD_FILES: readonly string[] = Object.values(lenses).flatMap(({ path, resourceType }) => [
  recordFile(path),
  recordFile(resourceType),
]);

/** What the records lost, by record. */
export const LOSSES = 'losses.ndjson';

/** Records that were refused, and why. */
export const REJECTS = 'rejects.ndjson';

/** The counts of a run; the last file to be written, so that a folder which has it is complete. */
export const SUMMARY = 'summary.json';

/** Outputs about records. In a folder that is read they are no input. */
export const REPORT_FILES: readonly string[] = [LOSSES, REJECTS, SUMMARY];

/** The output of a path or a FHIR type. */
export function recordFile(name: string): string {
  return `${name}.ndjson`;
}
