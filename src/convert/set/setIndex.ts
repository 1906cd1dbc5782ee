import type { Resource } from 'fhir/r4.js';
import { searchesOf } from '../../bundle/references.js';
import { MAX_DATA } from '../../fhir/datatypes/localUrl.js';
import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { readLiteral } from '../../fhir/references/literal.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { Inputs } from '../../read/findInputs.js';
import { type ReadRun, readBatches } from '../../read/inputBatches.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { UsageError } from '../../read/usageError.js';
import { conditionEssence } from '../../resources/encounters/condition.js';
import { readId } from '../../resources/id.js';
import { newest } from './versions.js';

/** Bytes that an index may take, unless more are allowed. */
export const INDEX_LIMIT = 512 * 1024 * 1024;

/** What a set is searched for; the resources of a type, or whatever has a `fullUrl`. */
type Kind = string;
const URLS: Kind = 'fullUrl';

/** How much an index holds, in `summary.json`. */
export interface IndexSize {
  /** The resources that it knows. */
  readonly records: number;
  /** What they take in memory, about. */
  readonly bytes: number;
  /** How often files were read for it. */
  readonly passes: number;
}

/** Knows the resources of a set that references lead to. It reads nothing before it is asked for something. */
export interface SetIndex {
  /**
   * What a reference leads to. Where no files were read for it yet it finds nothing, and `isAsked` says so. One that tells type
   * and id is looked for only if its type `isWorth` it: whoever wants no more than the id has that already.
   */
  find(reference: string, isWorth: (resourceType: string) => boolean): Resource | undefined;
  /** True where something was looked for that no files were read for. */
  isAsked(): boolean;
  /**
   * Reads the files again, for what was looked for.
   * @throws UsageError where there is more than the limit allows; the signal's reason.
   */
  read(): Promise<void>;
  size(): IndexSize;
}

/** How an index reads and what it takes for home. */
export interface IndexOptions extends Pick<ReadRun, 'recordLimit' | 'signal'> {
  readonly baseUrl?: string;
  /** Where there is one, `Type/id` is a name of the source, and an id of ClinikAPI's is not. */
  readonly resolveId?: (reference: string) => string | undefined;
  /** In bytes. Default: 512 MiB. */
  readonly indexLimit?: number;
}

/** What of one type was found. */
interface OfType {
  /** JSON by id, as strings: objects would take several times as much. Empty where one cannot be told. */
  readonly byId: Map<string, string>;
  /** The servers that Bundles say some of these are of. */
  readonly bases: Map<string, string>;
  /** Ids by search; empty where several resources have the identifier. */
  readonly bySearch: Map<string, string>;
}

/** What an entry of a Map and a string in it cost besides their characters. */
const OVERHEAD = 80;

/** An index of the set that some files are. A pipe cannot be read twice, and is not in it. */
export function setIndex({ files }: Inputs, options: IndexOptions = {}): SetIndex {
  const { baseUrl, resolveId, indexLimit = INDEX_LIMIT, recordLimit, signal } = options;
  const home = baseUrl?.replace(/\/$/, '');
  const types = new Map<Kind, OfType>();
  const urls = new Map<string, string>();
  const asked = new Set<Kind>();
  const done = new Set<Kind>();
  /** What each file was seen to hold, once all were read. */
  const kindsIn = new Map<string, Set<Kind>>();
  const counts = { records: 0, bytes: 0, passes: 0 };

  const hold = (map: Map<string, string>, key: string, value: string): void => {
    counts.bytes += key.length + value.length + OVERHEAD;
    map.set(key, value);
    if (counts.bytes > indexLimit) throw tooSmall(indexLimit);
  };
  /** The data of Binaries take half of the room at most: the others are found without, which is a loss and fails no run. */
  const dataOf = (value: JsonObject, type: string): JsonObject => {
    const data = type === 'Binary' ? own(value, 'data') : undefined;
    if (typeof data !== 'string' || data.length > MAX_DATA || counts.bytes + data.length > indexLimit / 2) return {};
    return { data };
  };
  const add = (record: RawRecord, wanted: ReadonlySet<Kind>, seen: Set<Kind>): void => {
    if (!('value' in record) || record.forbidden !== undefined) return;
    const { value, source, within } = record;
    const type = own(value, 'resourceType');
    if (typeof type !== 'string' || !RESOURCE_TYPES.has(type)) return;
    seen.add(type);
    const fullUrl = within?.entry.fullUrl;
    if (fullUrl !== undefined) seen.add(URLS);
    const isUrl = fullUrl !== undefined && wanted.has(URLS);
    if (!wanted.has(type) && !isUrl) return;
    const id = source.id ?? (resolveId === undefined ? readId(value, type) : undefined);
    if (record.hasDuplicateKeys()) return;
    if (id === undefined) {
      // It is nobody's target, but with it there are two that have the identifier.
      if (wanted.has(type)) for (const search of searchesOf(value)) hold(ofType(type).bySearch, search, '');
      return;
    }
    const text = JSON.stringify({ ...essenceOf(value, type), ...dataOf(value, type), id });
    if (isUrl) hold(urls, keyOf(fullUrl), newest(urls.get(keyOf(fullUrl)) ?? text, text));
    const base = fullUrl === undefined ? undefined : readLiteral(fullUrl)?.base;
    if (wanted.has(type) && (base === undefined || home === undefined || base === home))
      addTo(ofType(type), value, id, text, home === undefined ? base : undefined);
    counts.records += 1;
  };
  const ofType = (type: string): OfType => {
    const known = types.get(type) ?? { byId: new Map(), bases: new Map(), bySearch: new Map() };
    types.set(type, known);
    return known;
  };
  const addTo = (of: OfType, value: JsonObject, id: string, text: string, base: string | undefined): void => {
    const { byId, bases, bySearch } = of;
    if (!byId.has(id)) {
      hold(byId, id, text);
      if (base !== undefined) hold(bases, id, base);
    } else {
      const before = byId.get(id) ?? '';
      byId.set(id, bases.get(id) === base || before === text ? newest(before, text) : '');
    }
    for (const search of searchesOf(value)) {
      const other = bySearch.get(search);
      if (other === undefined) hold(bySearch, search, id);
      else if (other !== id) bySearch.set(search, '');
    }
  };
  const look = (kind: Kind): boolean => {
    if (!done.has(kind)) asked.add(kind);
    return done.has(kind);
  };
  const textOf = (reference: string, isWorth: (type: string) => boolean): string | undefined => {
    const [, searched] = /^([A-Za-z]+)\?identifier=/.exec(reference) ?? [];
    if (searched !== undefined) {
      if (!RESOURCE_TYPES.has(searched) || !look(searched)) return undefined;
      return types.get(searched)?.byId.get(types.get(searched)?.bySearch.get(reference) ?? '');
    }
    const literal = readLiteral(reference);
    if (literal === undefined || literal.kind === 'contained' || literal.kind === 'conditional') return undefined;
    const { kind, type, id, base } = literal;
    const isByName = type !== undefined && id !== undefined;
    if (isByName && !isWorth(type) && (kind === 'relative' || home === undefined || base === home)) return undefined;
    const named = isByName && look(type) ? types.get(type) : undefined;
    if (isByName && (kind === 'relative' || base === home)) return named?.byId.get(id);
    const there = look(URLS) ? urls.get(keyOf(literal.reference)) : undefined;
    // Where nobody says which server is home, what no Bundle says the server of is taken for the one that is meant.
    if (there !== undefined || !isByName || home !== undefined || named?.bases.has(id) === true) return there;
    return named?.byId.get(id);
  };

  return {
    find(reference, isWorth) {
      const text = textOf(reference, isWorth);
      return text === undefined || text === '' ? undefined : resourceOf(text);
    },
    isAsked: () => asked.size > 0,
    async read() {
      const wanted = new Set(asked);
      asked.clear();
      for (const kind of wanted) done.add(kind);
      const holds = ({ path, size }: Inputs['files'][number]): boolean => {
        const kinds = kindsIn.get(path);
        return size > 0 && (kinds === undefined || [...wanted].some((kind) => kinds.has(kind)));
      };
      const inputs = { files: files.filter(holds), unreadable: [], skipped: 0 };
      if (inputs.files.length === 0) return;
      counts.passes += 1;
      const make = (record: RawRecord) => {
        const seen = kindsIn.get(record.source.file) ?? new Set();
        kindsIn.set(record.source.file, seen);
        add(record, wanted, seen);
        return { kind: 'read', source: record.source };
      };
      for await (const { items } of readBatches(inputs, { recordLimit, signal }, make)) for (const _ of items);
    },
    size: () => ({ ...counts }),
  };
}

/** As much of a resource as a rule reads of it, and what it is called. */
function essenceOf(value: JsonObject, resourceType: string): JsonObject {
  const identifier = own(value, 'identifier');
  const called = { resourceType, ...(identifier === undefined ? {} : { identifier }) };
  if (resourceType === 'Condition') return { ...conditionEssence(value), ...called };
  return resourceType === 'Binary' ? { ...binaryEssence(value), ...called } : called;
}

/** What is read of a Binary besides its data. */
function binaryEssence(value: JsonObject): JsonObject {
  const essence: JsonObject = {};
  for (const key of ['meta', 'implicitRules', 'contentType']) {
    const said = own(value, key);
    if (said !== undefined) essence[key] = said;
  }
  return essence;
}

/** UUIDs are the same in either case. */
const keyOf = (url: string): string => (url.startsWith('urn:') ? url.toLowerCase() : url);

function resourceOf(text: string): Resource | undefined {
  const value: unknown = JSON.parse(text);
  return isResource(value) ? value : undefined;
}

function isResource(value: unknown): value is Resource {
  return isObject(value) && typeof value.resourceType === 'string';
}

function tooSmall(limit: number): UsageError {
  const allowed = `${Math.floor(limit / 1024 / 1024)} MB`;
  return new UsageError(
    `the records that others refer to need more memory than the ${allowed} of --index-limit; allow more, or convert the set in parts.`,
  );
}
