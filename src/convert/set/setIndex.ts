import { searchesOf } from '../../bundle/references.js';
import type { Fate } from '../../bundle/versions.js';
import { MAX_DATA } from '../../fhir/datatypes/localUrl.js';
import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { readLiteral } from '../../fhir/references/literal.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { Inputs } from '../../read/findInputs.js';
import { type ReadRun, readBatches } from '../../read/inputBatches.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { UsageError } from '../../read/usageError.js';
import { readId } from '../../resources/id.js';
import { findLens } from '../../resources/registry.js';
import { certaintyOf } from '../../resources/targets/certainty.js';
import { targetEssence } from '../../resources/targets/essence.js';
import { askableKinds, type Kind, type SeenTexts } from './askedKinds.js';
import { type Finder, finderIn, type IndexTables, keyOf, noTables, type OfType, resourceOf } from './indexTables.js';
import { READ } from './readTypes.js';
import { URLS } from './repeatedNames.js';
import type { SetVersions } from './setVersions.js';
import { asRead } from './skimFiles.js';

/** Bytes that an index may take, unless more are allowed. */
export const INDEX_LIMIT = 512 * 1024 * 1024;

/** How much an index holds, in `summary.json`. */
export interface IndexSize {
  /** The resources that it knows. */
  readonly records: number;
  /** What they take in memory, about. */
  readonly bytes: number;
  /** How often files were read for it: twice at most. */
  readonly passes: number;
}

/** Knows the resources of a set that references lead to. It reads nothing before it is asked for something. */
export interface SetIndex extends Pick<Finder, 'find'> {
  /** What it knows so far. */
  readonly tables: IndexTables;
  /** Looks for what somebody else was asked for, who has the tables. */
  ask(kinds: Iterable<Kind>): void;
  /** True where something was looked for that no files were read for. */
  isAsked(): boolean;
  /**
   * Reads the files again, for what was looked for; the second time for all that any record of the set may look for, so that there is
   * no third time.
   * @throws UsageError where there is more than the limit allows; the signal's reason.
   */
  read(): Promise<void>;
  size(): IndexSize;
}

/** How an index reads and what it takes for home. */
export interface IndexOptions extends Pick<ReadRun, 'recordLimit' | 'signal' | 'replacing'> {
  readonly baseUrl?: string;
  /** Where there is one, `Type/id` is a name of the source, and an id of ClinikAPI's is not. */
  readonly resolveId?: (reference: string) => string | undefined;
  /** Whether that knows records of a type by their identifiers. */
  readonly knowsIdentifiers?: (resourceType: string) => boolean;
  /** Types whose records refer to others, too. */
  readonly rawTypes?: readonly string[];
  /** In bytes. Default: 512 MiB. */
  readonly indexLimit?: number;
}

/** Texts of references that are held for a moment: those of a file or two. */
const MOST_SEEN = 2000;

/** What an entry of a Map and a string in it cost besides their characters. */
const OVERHEAD = 80;

/**
 * An index of the set that some files are: of the newest version of each record. A pipe cannot be read twice, and is not in it.
 */
export function setIndex({ files }: Inputs, versions: SetVersions, options: IndexOptions = {}): SetIndex {
  const {
    baseUrl,
    resolveId,
    knowsIdentifiers,
    rawTypes,
    indexLimit = INDEX_LIMIT,
    recordLimit,
    signal,
    replacing,
  } = options;
  const isWorth = (type: string): boolean => READ.has(type) || knowsIdentifiers?.(type) === true;
  const regular = files.filter(({ size }) => size > 0);
  const home = baseUrl?.replace(/\/$/, '');
  const tables = noTables();
  const { types, urls, done } = tables;
  const { find, asked } = finderIn(tables, home);
  /** What records may yet look for. */
  const askable = new Set<Kind>(READ);
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
  const add = (record: RawRecord, fate: Fate, wanted: ReadonlySet<Kind>): void => {
    if (!('value' in record) || record.forbidden !== undefined || fate === 'older' || fate === 'copy') return;
    const { value, source, within } = record;
    const type = own(value, 'resourceType');
    if (typeof type !== 'string' || !RESOURCE_TYPES.has(type)) return;
    const fullUrl = within?.entry.fullUrl;
    const isUrl = fullUrl !== undefined && wanted.has(URLS);
    if (!wanted.has(type) && !isUrl) return;
    const id = source.id ?? (resolveId === undefined ? readId(value, type) : undefined);
    if (record.hasDuplicateKeys()) return;
    if (id === undefined) {
      // It is nobody's target, but with it there are two that have the identifier.
      if (wanted.has(type)) for (const search of searchesOf(value)) hold(ofType(type).bySearch, search, '');
      return;
    }
    // Of versions that nobody can tell the newest of, nothing is known but that one is denied.
    const isUnknown = fate === 'unclear' && !isDenied(value);
    const text = isUnknown ? '' : JSON.stringify({ ...essenceOf(value, type), ...dataOf(value, type), id });
    if (isUrl) hold(urls, keyOf(fullUrl), sameOf(urls.get(keyOf(fullUrl)) ?? text, text));
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
      byId.set(id, bases.get(id) === base || before === text ? sameOf(before, text) : '');
    }
    for (const search of searchesOf(value)) {
      const other = bySearch.get(search);
      if (other === undefined) hold(bySearch, search, id);
      else if (other !== id) bySearch.set(search, '');
    }
  };
  /** All that may be looked for from now on. What comes through a pipe was not looked at, and may look for anything. */
  const everything = (): Set<Kind> => {
    const kinds = new Set([...asked, ...askable]);
    if (regular.length < files.length)
      for (const { path } of regular) for (const kind of versions.kindsIn(path) ?? []) kinds.add(kind);
    return kinds;
  };

  return {
    find,
    tables,
    isAsked: () => asked.size > 0,
    ask(kinds) {
      for (const kind of kinds) if (!done.has(kind)) asked.add(kind);
    },
    async read() {
      const isFirst = counts.passes === 0;
      const wanted = new Set([...(isFirst ? asked : everything())].filter((kind) => !done.has(kind)));
      asked.clear();
      for (const kind of wanted) done.add(kind);
      // What no file has needs no reading, nor does what may be looked for besides.
      if (!regular.some(({ path }) => [...(versions.kindsIn(path) ?? [])].some((kind) => wanted.has(kind)))) return;
      const isOf = (kind: Kind): boolean => wanted.has(kind) || (isFirst && (READ.has(kind) || isConverted(kind)));
      const holding = regular.filter(({ path }) => [...(versions.kindsIn(path) ?? [])].some(isOf));
      if (holding.length === 0) return;
      counts.passes += 1;
      const inputs = { files: holding, unreadable: [] };
      const seen: SeenTexts = new Map();
      const take = (record: RawRecord, fate: Fate): void => {
        if (isFirst) for (const kind of askableKinds(record, home, isWorth, rawTypes, seen)) askable.add(kind);
        if (seen.size > MOST_SEEN) seen.clear();
        add(record, fate, wanted);
      };
      let fated: ReturnType<SetVersions['inFile']> | undefined;
      let current: string | undefined;
      const run = { recordLimit, signal, replacing, ...versions.toRead };
      for await (const { file, items } of readBatches(inputs, run, asRead)) {
        if (fated === undefined || file !== current) fated = versions.inFile(file);
        current = file;
        for (const { item, fate } of fated(items)) if (item.kind === 'read') take(item.record, fate);
      }
    },
    size: () => ({ ...counts }),
  };
}

/** As much of a resource as a rule reads of it, and what it is called. */
function essenceOf(value: JsonObject, resourceType: string): JsonObject {
  const identifier = own(value, 'identifier');
  const called = { resourceType, ...(identifier === undefined ? {} : { identifier }) };
  return { ...(resourceType === 'Binary' ? binaryEssence(value) : targetEssence(value, resourceType)), ...called };
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

const isConverted = (type: string): boolean => findLens(type)?.resourceType === type;

/** What is known of two records of one name: nothing where they are not the same record, or only that one of them is denied. */
function sameOf(before: string, text: string): string {
  if (before === text) return before;
  const [one, other] = [before, text].map((said) => (said === '' ? undefined : resourceOf(said)));
  if (one === undefined || other === undefined) return isDenied(one ?? other) ? before || text : '';
  return one.resourceType === other.resourceType && one.id === other.id ? before : '';
}

const isDenied = (resource: unknown): boolean => isObject(resource) && certaintyOf(resource).kind === 'denied';

function tooSmall(limit: number): UsageError {
  const allowed = `${Math.floor(limit / 1024 / 1024)} MB`;
  return new UsageError(
    `the records that others refer to need more memory than the ${allowed} of --index-limit; allow more, or convert the set in parts.`,
  );
}
