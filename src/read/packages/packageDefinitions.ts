import { structureOf } from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { byNewest } from '../../profiles/byNewest.js';
import { type Definitions, type DefinitionType, fits, isDefinitionType, nameOf } from '../../profiles/definitions.js';
import { valueSetOfR4 } from '../../profiles/valueSetOfR4.js';
import { parseJson } from '../parseJson.js';
import { reasonOf } from '../systemError.js';
import { UsageError } from '../usageError.js';
import { filesOf, KINDS, type PackageFile } from './packageFiles.js';
import type { PackagePlace } from './place.js';
import { skimDefinition } from './skimDefinition.js';

/** What is defined in packages. A file of a dependency is read when something is asked that those before it do not have. */
export interface PackageDefinitions extends Definitions {
  /** The definitions of profiles and extensions that the packages which were asked for have. */
  canonicals(): readonly string[];
}

interface Entry {
  readonly version: string | undefined;
  read(): JsonObject | undefined;
}

type Index = ReadonlyMap<string, readonly Entry[]>;

const keyOf = (type: DefinitionType, url: string): string => `${type} ${url}`;

/**
 * Opens packages, and reads what those that were asked for define as far as it is found by: of a package that says what is in it, no
 * more than that. With `isStrict` a file of them that is no JSON is refused at once.
 * `fail` is told of files that could not be read when they were needed, and why.
 * @throws UsageError for that, for a package that cannot be read, and for one that defines nothing.
 */
export function openPackages(places: readonly PackagePlace[], isStrict: boolean, fail: Fail): PackageDefinitions {
  const asked = places
    .filter(({ isDependency }) => !isDependency)
    .map((place) => {
      const index = indexOf(place, isStrict ? refuse : fail);
      if (isStrict && index.size === 0)
        throw new UsageError(`${place.path}: it defines nothing: there is no ${KINDS} in it.`);
      return index;
    });
  const dependencies = places.filter(({ isDependency }) => isDependency).map((place) => later(place, fail));
  return {
    find(type, canonical) {
      const [url = '', version] = canonical.split('|');
      for (const index of asked) {
        const found = lookUp(index, type, url, version);
        if (found !== undefined) return found;
      }
      if (isBuiltIn(type, url)) return undefined;
      for (const open of dependencies) {
        const found = lookUp(open(), type, url, version);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    canonicals: () =>
      asked.flatMap((index) =>
        [...index.keys()].flatMap((key) => (key.startsWith('StructureDefinition ') ? [key.slice(20)] : [])),
      ),
  };
}

type Fail = (path: string, says: string) => void;

function refuse(path: string, says: string): never {
  throw new UsageError(`${path}: ${says}`);
}

/** The index of a dependency, made when it is first asked for. */
function later(place: PackagePlace, fail: Fail): () => Index {
  let index: Index | undefined;
  return () => {
    try {
      index ??= indexOf(place, fail);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      fail(place.name, error.message);
      index = new Map();
    }
    return index;
  };
}

function lookUp(index: Index, type: DefinitionType, url: string, version: string | undefined): JsonObject | undefined {
  for (const entry of index.get(keyOf(type, url)) ?? []) {
    const found = fits(entry.version, version) ? entry.read() : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const OWN = 'http://hl7.org/fhir/StructureDefinition/';

/** True for R4's own types and value sets, for which nobody need read what a guide depends on. */
function isBuiltIn(type: DefinitionType, url: string): boolean {
  if (type === 'StructureDefinition') return url.startsWith(OWN) && structureOf(url.slice(OWN.length)) !== undefined;
  return type === 'ValueSet' && valueSetOfR4(url) !== undefined;
}

function indexOf(place: PackagePlace, fail: Fail): Index {
  const index = new Map<string, Entry[]>();
  const add = (type: DefinitionType, url: string, entry: Entry): void => {
    const before = index.get(keyOf(type, url));
    if (before === undefined) index.set(keyOf(type, url), [entry]);
    else before.push(entry);
  };
  for (const file of filesOf(place)) {
    const read = once(() => valueIn(file, fail));
    if (file.listed !== undefined) {
      const { type, url, version } = file.listed;
      add(type, url, { version, read });
      continue;
    }
    const isChecked = place.form === 'terminology' || fail === refuse;
    const skimmed = isChecked ? undefined : skim(file);
    if (skimmed !== undefined) {
      if (isDefinitionType(skimmed.type) && skimmed.url !== undefined)
        add(skimmed.type, skimmed.url, { version: skimmed.version, read });
      continue;
    }
    const value = read();
    for (const [one, readOne] of place.form === 'terminology' ? setsIn(value) : [[value, read] as const]) {
      const type = one === undefined ? undefined : own(one, 'resourceType');
      const name = one === undefined ? undefined : nameOf(one);
      if (name !== undefined && isDefinitionType(type)) add(type, name.url, { version: name.version, read: readOne });
    }
  }
  for (const entries of index.values()) entries.sort((a, b) => byNewest(a.version, b.version));
  return index;
}

/** What was read once is not read again while somebody has it. */
function once(read: () => JsonObject | undefined): () => JsonObject | undefined {
  let last: WeakRef<JsonObject> | undefined;
  let hasFailed = false;
  return () => {
    const before = last?.deref();
    if (before !== undefined || hasFailed) return before;
    const value = read();
    hasFailed = value === undefined;
    last = value === undefined ? undefined : new WeakRef(value);
    return value;
  };
}

function skim(file: PackageFile) {
  try {
    return skimDefinition(file.bytes());
  } catch {
    // Reading it again says why.
    return undefined;
  }
}

function valueIn(file: PackageFile, fail: Fail): JsonObject | undefined {
  let bytes: Buffer;
  try {
    bytes = file.bytes();
  } catch (error) {
    fail(file.path, `it cannot be read (${reasonOf(error)}).`);
    return undefined;
  }
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const parsed = parseJson(isMarked ? bytes.subarray(3) : bytes);
  if ('value' in parsed) return isObject(parsed.value) ? parsed.value : undefined;
  fail(file.path, `it cannot be used. ${parsed.unreadable.diagnostics}`);
  return undefined;
}

/**
 * The value sets and code systems of a file, those of a Bundle too. What a value set was expanded to stands for how it is made: that
 * is what somebody brings it for.
 */
function setsIn(value: JsonObject | undefined): (readonly [JsonObject, () => JsonObject])[] {
  if (value === undefined) return [];
  const entries = own(value, 'resourceType') === 'Bundle' ? own(value, 'entry') : undefined;
  const all = Array.isArray(entries) ? entries.filter(isObject).map((entry) => own(entry, 'resource')) : [value];
  return all.filter(isObject).map((one) => {
    const { compose, ...rest } = one;
    const set = isObject(own(one, 'expansion')) && compose !== undefined ? rest : one;
    return [set, () => set] as const;
  });
}
