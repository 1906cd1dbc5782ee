// Sets whose ids are the same on both sides of an id map, and maps that know some of them.
import { idMapBuilder } from '../../src/bundle/idMap.js';
import { mapReferences } from '../../src/bundle/links.js';
import { type ConvertOptions, payloadsToBundle } from '../../src/index.js';
import { isObject } from '../../src/lens/json.js';
import type { Sets } from './arbitraries/sets.js';
import { PATHS } from './laws.js';

export const HOME = 'https://ehr.example/fhir';

/** What both sides call records by, in the worst case. */
const POOL = ['1', '2', '3', 'a_1', 'b-2'];

/** Fields that hold ids, bare or with their types. */
export const ID_FIELD = /^(id|\w+Ids?|performer|resultsInterpreter|basedOn|partOf|valueReference|basis)$/;

/** The set with all its ids out of the pool; records of a type keep different ones. */
export function pooled(sets: Sets): Sets {
  const names = new Map<string, string>();
  const renamed = (value: string): string => {
    const slash = value.lastIndexOf('/') + 1;
    const id = value.slice(slash);
    if (!names.has(id)) names.set(id, POOL[names.size % POOL.length] ?? '');
    return `${value.slice(0, slash)}${names.get(id)}`;
  };
  const walk = (value: unknown, isId = false): unknown => {
    if (typeof value === 'string') return isId ? renamed(value) : value;
    // A list of ids has each once.
    if (Array.isArray(value))
      return isId ? [...new Set(value.map((item) => walk(item, isId)))] : value.map((item) => walk(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, ID_FIELD.test(key))]));
  };
  // Own ids come first, so that two records of a path never share one.
  return Object.fromEntries(
    PATHS.map((path) => {
      names.clear();
      const list = sets[path] ?? [];
      for (const { id } of list) if (typeof id === 'string') renamed(id);
      return [path, list.map((made) => walk(made) as Sets[typeof path] & object)];
    }),
  ) as Sets;
}

/** All that records of a Bundle and their references are called at ClinikAPI, as `Type/id`. */
export function namesIn(sets: Sets): string[] {
  const names = new Set<string>();
  const bundle = payloadsToBundle(sets as object, { type: 'searchset' });
  for (const { resource } of bundle.entry ?? []) {
    const told: unknown = resource?.resourceType === 'Bundle' ? undefined : { ...resource };
    const { id, identifier } = isObject(told) ? told : {};
    for (const own of [id, ...(Array.isArray(identifier) ? identifier : [identifier]).map((one) => one?.value)])
      if (typeof own === 'string') names.add(`${resource?.resourceType}/${own}`);
    mapReferences(resource, (reference) => {
      const { reference: text, identifier: logical, type } = reference;
      if (typeof text === 'string') names.add(text);
      if (isObject(logical) && typeof type === 'string') names.add(`${type}/${logical.value}`);
      return reference;
    });
  }
  return [...names].filter((name) => /^[A-Za-z]+\/[^/]+$/.test(name));
}

/** How the source calls what ClinikAPI calls `Type/id`; a number picks one of the ways. */
function sourceOf(name: string, index: number, choice: number): string | undefined {
  const slash = name.indexOf('/');
  const [type, id] = [name.slice(0, slash), name.slice(slash + 1)];
  const ways = [
    `${type}/${POOL[(POOL.indexOf(id) + choice) % 3] ?? index}`,
    `${type}/s${index}`,
    `${type}?identifier=https://npi.example|${index}`,
    `${HOME}/${type}/${POOL[choice % 3]}`,
    `https://elsewhere.example/${type}/${index}`,
    undefined,
  ];
  return ways[choice % ways.length];
}

/** A map of none, some or all of the names; rows that contradict others are not in it. */
export function mapOf(names: readonly string[], choices: readonly number[], isPermuted: boolean): ConvertOptions {
  const map = idMapBuilder();
  names.forEach((name, index) => {
    const choice = choices[index % choices.length] ?? 0;
    const reference = sourceOf(name, index, isPermuted ? choice * 6 : choice);
    if (reference !== undefined) map.add({ reference, id: name.slice(name.indexOf('/') + 1) }, index);
  });
  const { resolveId, resolveReference } = map;
  return { resolveId, resolveReference };
}
