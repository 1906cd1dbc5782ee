import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../../../src/lens/json.js';

/** What profiles say of a path, as far as a fault needs to know it. */
export interface Told {
  /** Without the names of slices: `Observation.component.value[x]`. */
  readonly path: string;
  readonly says: ReadonlySet<Saying>;
}

export type Saying = 'min' | 'max' | 'value' | 'binding' | 'slices' | 'types' | 'targets' | 'constraint';

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

const NAMES = /^(?:StructureDefinition|ValueSet|CodeSystem)-.*\.json$/i;

/** The definitions in some folders. */
export function definitionsIn(folders: readonly string[]): readonly JsonObject[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => NAMES.test(name))
      .sort()
      .map((name): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')))
      .filter(isObject),
  );
}

/** The resources in a folder, in the order of their files' names. */
export function resourcesIn(folder: string): readonly JsonObject[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter(isObject);
}

/** Profiles of guides, by what they say. */
export interface Profiles {
  /** The canonicals of those of a type. */
  ofType(type: string): readonly string[];
  /** What some profiles and their bases say. */
  told(canonicals: readonly string[]): readonly Told[];
  /** The canonicals of simple extensions. */
  readonly extensions: readonly string[];
}

export function profilesIn(definitions: readonly JsonObject[]): Profiles {
  const structures = new Map<unknown, JsonObject>();
  for (const one of definitions)
    if (one.resourceType === 'StructureDefinition' && !structures.has(one.url)) structures.set(one.url, one);
  const all = [...structures.values()];
  const known = new Map<unknown, readonly Told[]>();
  const toldBy = (canonical: unknown): readonly Told[] => {
    const before = known.get(canonical);
    if (before !== undefined) return before;
    const definition = structures.get(canonical);
    known.set(canonical, []);
    const told =
      definition === undefined ? [] : [...toldBy(definition.baseDefinition), ...elementsOf(definition).map(toldOf)];
    known.set(canonical, told);
    return told;
  };
  return {
    ofType: (type) =>
      all
        .filter((one) => one.type === type && one.derivation === 'constraint' && one.abstract !== true)
        .map(({ url }) => String(url)),
    told: (canonicals) => canonicals.flatMap((one) => toldBy(one.split('|')[0])),
    extensions: all.filter(({ type }) => type === 'Extension').map(({ url }) => String(url)),
  };
}

function elementsOf({ differential, snapshot }: JsonObject): readonly JsonObject[] {
  const told = isObject(differential) ? objects(differential.element) : [];
  return told.length > 0 || !isObject(snapshot) ? told : objects(snapshot.element);
}

function toldOf(element: JsonObject): Told {
  const says = new Set<Saying>();
  const types = objects(element.type);
  if (typeof element.min === 'number' && element.min > 0) says.add('min');
  if (typeof element.max === 'string' && element.max !== '*') says.add('max');
  if (Object.keys(element).some((key) => /^(?:fixed|pattern)[A-Z]/.test(key))) says.add('value');
  if (isObject(element.binding)) says.add('binding');
  if (typeof element.sliceName === 'string' || isObject(element.slicing)) says.add('slices');
  if (types.length > 0) says.add('types');
  if (types.some(({ targetProfile }) => Array.isArray(targetProfile))) says.add('targets');
  if (Array.isArray(element.constraint)) says.add('constraint');
  return { path: String(element.path), says };
}
