import { isObject, type JsonObject } from '../../../src/lens/json.js';
import type { Saying, Told } from './definitions.js';

/** Where a value stands in a resource. */
export interface Spot {
  readonly owner: JsonObject;
  readonly key: string;
  /** In a list, or undefined. */
  readonly index: number | undefined;
  readonly value: unknown;
  /** `Observation.component.valueQuantity`, from the resource that it is of. */
  readonly path: string;
}

/** Every value of a resource and of those in it. */
export function spotsIn(resource: JsonObject): Spot[] {
  const found: Spot[] = [];
  visit(resource, String(resource.resourceType), found);
  return found;
}

function visit(owner: JsonObject, path: string, found: Spot[]): void {
  for (const [key, value] of Object.entries(owner)) {
    if (key === 'resourceType') continue;
    const at = `${path}.${key}`;
    const items = Array.isArray(value) ? value : [value];
    for (const [index, item] of items.entries()) {
      found.push({ owner, key, index: Array.isArray(value) ? index : undefined, value: item, path: at });
      if (isObject(item)) visit(item, typeof item.resourceType === 'string' ? item.resourceType : at, found);
    }
  }
}

/** Those spots that a profile says something of. */
export function toldSpots(spots: readonly Spot[], told: readonly Told[], saying: Saying): readonly Spot[] {
  const paths = new Set(told.filter(({ says }) => says.has(saying)).map(({ path }) => path));
  return spots.filter(({ path }) => paths.has(path) || paths.has(choiceOf(path)));
}

/** `Observation.value[x]` of `Observation.valueQuantity`. */
const choiceOf = (path: string): string => path.replace(/([a-z])[A-Z]\w*$/, '$1[x]');

/** Puts a value where another stands; undefined takes it away, and with the last one the list and what is beside it. */
export function put({ owner, key, index }: Spot, value: unknown): void {
  const list = owner[key];
  if (index === undefined || !Array.isArray(list)) {
    if (value !== undefined) owner[key] = value;
    else {
      delete owner[key];
      delete owner[`_${key}`];
    }
    return;
  }
  if (value !== undefined) list[index] = value;
  else list.splice(index, 1);
  if (list.length === 0) delete owner[key];
}
