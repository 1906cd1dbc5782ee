import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Environment } from './fhirpath/compile.js';

/** The references of a resource to what it contains, and of the contained ones back to it (dom-3). */
export interface Fragments {
  /** Finds what is contained by its id; of several with the same id the first. */
  readonly find: (id: string) => Contained | undefined;
  /** The contained resources that refer to their container. */
  readonly back: Set<JsonObject>;
  /** True once the contained resource in focus has referred to its container. */
  refersBack: boolean;
}

interface Contained {
  readonly resource: JsonObject;
  /** The resource that refers to it, as far as it was looked at. */
  by: JsonObject | 'several' | undefined;
}

/** What a resource with a list of contained ones begins with; undefined for one without. */
export function startFragments(container: JsonObject): Fragments | undefined {
  const list = own(container, 'contained');
  if (!Array.isArray(list)) return undefined;
  let byId: Map<string, Contained> | undefined;
  const find = (id: string): Contained | undefined => {
    byId ??= indexed(list);
    return byId.get(id);
  };
  return { find, back: new Set(), refersBack: false };
}

function indexed(contained: readonly unknown[]): Map<string, Contained> {
  const byId = new Map<string, Contained>();
  for (const resource of contained) {
    if (!isObject(resource) || typeof resource.id !== 'string' || byId.has(resource.id)) continue;
    byId.set(resource.id, { resource, by: undefined });
  }
  return byId;
}

const HASH = 0x23;

/** True for an address that begins with `#`: of what the resource contains, or of the resource itself. */
export function isFragment(address: string): boolean {
  return address.charCodeAt(0) === HASH;
}

interface Where {
  readonly fragments: Fragments | undefined;
  readonly environment: Environment;
}

/**
 * Follows an address with `#` to what is contained, or from there to the container, and notes who refers to it (dom-3); undefined
 * where it leads nowhere.
 */
export function followFragment(address: string, { fragments, environment }: Where): JsonObject | undefined {
  const { resource, rootResource } = environment;
  if (address === '#') {
    if (fragments !== undefined) fragments.refersBack = true;
    return resource === rootResource ? undefined : rootResource;
  }
  const found = fragments?.find(address.slice(1));
  if (found !== undefined) found.by = found.by === undefined || found.by === resource ? resource : 'several';
  return found?.resource;
}

/** True where another resource than the contained one itself refers to it, or it refers to its container. */
export function isReferredTo(contained: JsonObject, { find, back }: Fragments): boolean {
  if (back.has(contained)) return true;
  const by = typeof contained.id === 'string' ? find(contained.id)?.by : undefined;
  return by !== undefined && by !== contained;
}
