import type { SetRun } from '../../convert/set/openSet.js';
import { parseDateTime } from '../../fhir/datatypes/dateTime.js';
import { isPath } from '../../read/payloadPath.js';
import { UsageError } from '../../read/usageError.js';
import { lenses } from '../../resources/registry.js';
import { fillOf } from './fillFlag.js';

/** How records are read, in `convert` and in `inspect`. */
export interface ReadingFlags
  extends Pick<
    SetRun,
    | 'overflow'
    | 'missingText'
    | 'partialDates'
    | 'labTime'
    | 'edition'
    | 'securityLabels'
    | 'idMap'
    | 'baseUrl'
    | 'now'
    | 'strict'
    | 'validate'
  > {
  resource?: string;
  /** Of each `PATH=VALUE`. */
  fill?: readonly string[];
}

/**
 * Options of a reading as the conversion takes them.
 * @throws UsageError for those that cannot be.
 */
export function checkReading<F extends ReadingFlags>({ resource, fill, ...flags }: F) {
  const { now, baseUrl } = flags;
  if (now !== undefined && parseDateTime(now)?.time === undefined)
    throw new UsageError('--now takes a FHIR dateTime with a time and an offset, as in 2026-01-31T09:00:00Z.');
  if (baseUrl !== undefined && !/^https?:\/\/[^/\s]/.test(baseUrl))
    throw new UsageError('--base-url takes the root of a FHIR server, as in https://ehr.example.org/fhir.');
  if (resource !== undefined && !isPath(resource))
    throw new UsageError(`--resource takes a path of ClinikAPI. There are: ${Object.keys(lenses).join(', ')}.`);
  return { ...flags, resource, ...(fill === undefined ? {} : { fill: fillOf(fill) }) };
}
