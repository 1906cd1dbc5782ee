import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { UsageError } from '../../read/usageError.js';
import { findLens } from '../../resources/registry.js';
import type { Guide } from '../../validate/guide.js';

/** Which records go to ClinikAPI's raw FHIR route, `/v1/fhir/{Type}`. */
export interface RawOptions {
  /**
   * Types whose records go there as they are, but for their references: those named, and with `all` every type of R4 that has no
   * payload, but Parameters and OperationOutcome.
   */
  readonly rawTypes?: readonly string[];
  /** Also send resources there that were refused or lost content; not those that were entered in error. */
  readonly raw?: boolean;
  /** Reject a record whose FHIR side is not valid R4. */
  readonly validate?: boolean;
  /** With `validate`, what implementation guides define, from `readPackages` or `loadGuide`: what the FHIR side is held to, too. */
  readonly profiles?: Guide;
  /** Canonicals of profiles of `profiles` that every resource of their types is held to, whatever it claims. */
  readonly profile?: readonly string[];
}

/** Stands among types for all that have no payloads. */
export const ALL = 'all';

/** What no server keeps (https://hl7.org/fhir/R4/parameters.html), or only says that something went wrong. */
const PASSING: ReadonlySet<string> = new Set(['Parameters', 'OperationOutcome']);

/** True for a type whose records go the raw way: one that is named, or with `all` any of R4's without payloads. */
export function isRawType(type: string, asked: readonly string[] | undefined): boolean {
  if (asked === undefined) return false;
  if (asked.includes(type)) return RESOURCE_TYPES.has(type);
  return asked.includes(ALL) && RESOURCE_TYPES.has(type) && !PASSING.has(type) && findLens(type) === undefined;
}

/** @throws UsageError for what is no type of a record. */
export function checkRawTypes(asked: readonly string[] | undefined, to: 'payload' | 'fhir' | undefined): void {
  if (asked === undefined) return;
  if (to === 'fhir')
    throw new UsageError('--raw-types is about what goes to ClinikAPI, and --to fhir about what comes from it.');
  if (asked.length === 0)
    throw new UsageError('--raw-types takes all, or resource types of R4 with commas between them.');
  for (const type of asked) {
    if (type === 'Bundle')
      throw new UsageError('--raw-types takes no Bundle: what is in its entries are the records, of their own types.');
    if (type !== ALL && !RESOURCE_TYPES.has(type))
      throw new UsageError(
        '--raw-types takes all, or resource types of R4 as it writes them, with commas between them: Patient,Procedure.',
      );
  }
}
