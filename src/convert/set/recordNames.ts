import { nameAtClinik, recordName, type Version } from '../../bundle/versions.js';
import { own } from '../../lens/json.js';
import { payloadPath } from '../../read/payloadPath.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import type { Skimmed } from '../../read/skimRecord.js';
import { findLens, type Path } from '../../resources/registry.js';
import { READ } from './readTypes.js';

/** What of a run tells which records are versions of one. */
export interface NamingOptions {
  readonly baseUrl?: string;
  /** The path of the payloads in files whose names do not say it. */
  readonly resource?: Path;
}

/** The names that records have in common with other versions of them, where these matter. */
export interface RecordNames {
  /** The version that a record is, and the name of the record; undefined where no other version of it could matter. */
  of(record: RawRecord): { readonly name: string; readonly version: Version } | undefined;
  /** The same name of what was only looked at. */
  ofSkimmed(file: string, skimmed: Skimmed): string | undefined;
  /** True for a type whose versions matter. */
  isWanted(resourceType: string): boolean;
  /** From now on versions of this type matter, too. */
  want(resourceType: string): void;
}

/** Of the types with payloads, of those that these read, and of payloads; more can be asked for. */
export function recordNames({ baseUrl, resource }: NamingOptions): RecordNames {
  const wanted = new Set<string>(READ);
  const isWanted = (type: string): boolean => wanted.has(type) || findLens(type)?.resourceType === type;
  const ofPayload = (file: string, id: unknown): string | undefined => {
    const path = payloadPath(file) ?? resource;
    const type = path === undefined ? undefined : findLens(path)?.resourceType;
    return type === undefined || typeof id !== 'string' || id === '' ? undefined : nameAtClinik(type, id);
  };
  const nameOf = (version: Version, file: string): string | undefined => {
    const type = own(version.resource, 'resourceType');
    if (type === undefined) return ofPayload(file, own(version.resource, 'id'));
    return typeof type === 'string' && isWanted(type) ? recordName(version, baseUrl) : undefined;
  };
  return {
    of(record) {
      const alone = 'value' in record ? { fullUrl: undefined, resource: record.value } : undefined;
      const version = record.version ?? alone;
      const name = version === undefined ? undefined : nameOf(version, record.source.file);
      return version === undefined || name === undefined ? undefined : { name, version };
    },
    ofSkimmed(file, { type, id }) {
      if (id === undefined) return undefined;
      if (type === undefined) return ofPayload(file, id);
      return recordName({ fullUrl: undefined, resource: { resourceType: type, id } }, baseUrl);
    },
    isWanted,
    want: (type) => wanted.add(type),
  };
}
