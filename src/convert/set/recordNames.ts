import { recordName, type Version } from '../../bundle/versions.js';
import { own } from '../../lens/json.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import type { Skimmed } from '../../read/skimRecord.js';
import { findLens } from '../../resources/registry.js';
import { isRawType } from '../raw/rawTypes.js';
import { READ } from './readTypes.js';

/** A version of a record, and the name that it has in common with the others. */
export interface NamedVersion {
  readonly name: string;
  readonly version: Version;
}

/** The names that records have in common with other versions of them, where these matter. */
export interface RecordNames {
  /** The version that a record is, and the name of the record; undefined where no other version of it could matter. */
  of(record: RawRecord): NamedVersion | undefined;
  /** The same name of what was only looked at. */
  ofSkimmed(skimmed: Skimmed): string | undefined;
  /** True for a type whose versions matter. */
  isWanted(resourceType: string): boolean;
  /** From now on versions of this type matter, too. */
  want(resourceType: string): void;
}

/**
 * Of the types with payloads, of those that these read, and of those that go as they are; more can be asked for. Payloads have no
 * versions: nothing in them tells.
 */
export function recordNames(baseUrl: string | undefined, rawTypes?: readonly string[]): RecordNames {
  const wanted = new Set<string>(READ);
  const isWanted = (type: string): boolean =>
    wanted.has(type) || findLens(type)?.resourceType === type || isRawType(type, rawTypes);
  return {
    of(record) {
      const alone = 'value' in record ? { fullUrl: undefined, resource: record.value } : undefined;
      const version = record.version ?? alone;
      const type = version === undefined ? undefined : own(version.resource, 'resourceType');
      if (version === undefined || typeof type !== 'string' || !isWanted(type)) return undefined;
      const name = recordName(version, baseUrl);
      return name === undefined ? undefined : { name, version };
    },
    ofSkimmed({ type, id }) {
      if (type === undefined || id === undefined) return undefined;
      return recordName({ fullUrl: undefined, resource: { resourceType: type, id } }, baseUrl);
    },
    isWanted,
    want: (type) => wanted.add(type),
  };
}
