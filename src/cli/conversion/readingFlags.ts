import type { SetRun } from '../../convert/set/openSet.js';
import { parseDateTime } from '../../fhir/datatypes/dateTime.js';
import { isPath } from '../../read/payloadPath.js';
import { UsageError } from '../../read/usageError.js';
import { lenses } from '../../resources/registry.js';
import { asksForGuide } from '../guide/asked.js';
import { guideOf } from '../guide/guideOf.js';
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
  ig?: readonly string[];
  profile?: readonly string[];
  terminology?: readonly string[];
  /** Of each `PATH=VALUE`. */
  fill?: readonly string[];
}

/**
 * Options of a reading as the conversion takes them, and the guide that FHIR is held to, if there is one.
 * @throws UsageError for those that cannot be.
 */
export function checkReading<F extends ReadingFlags>({ resource, fill, ig, profile, terminology, ...flags }: F) {
  const { now, baseUrl, validate } = flags;
  if (now !== undefined && parseDateTime(now)?.time === undefined)
    throw new UsageError('--now takes a FHIR dateTime with a time and an offset, as in 2026-01-31T09:00:00Z.');
  if (baseUrl !== undefined && !/^https?:\/\/[^/\s]/.test(baseUrl))
    throw new UsageError('--base-url takes the root of a FHIR server, as in https://ehr.example.org/fhir.');
  if (resource !== undefined && !isPath(resource))
    throw new UsageError(`--resource takes a path of ClinikAPI. There are: ${Object.keys(lenses).join(', ')}.`);
  const asked = { ig: ig ?? [], profile: profile ?? [], terminology: terminology ?? [], mustSupport: false };
  if (asksForGuide(asked) && validate !== true)
    throw new UsageError('--ig, --profile and --terminology say what --validate holds FHIR to, and need it.');
  const guide = asksForGuide(asked) ? guideOf(asked) : undefined;
  return {
    ...flags,
    resource,
    ...(fill === undefined ? {} : { fill: fillOf(fill) }),
    ...(guide === undefined ? {} : { profiles: guide.checks.profiles, profile: guide.data.profile }),
    guide,
  };
}
