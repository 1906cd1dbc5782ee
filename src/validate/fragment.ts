import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Environment } from './fhirpath/compile.js';

/** The references of a resource to what it contains, and of the contained ones back to it (dom-3). */
export interface Fragments {
  /** Finds a contained resource by its id; of several with the same id the first. */
  readonly find: (id: string) => JsonObject | undefined;
  /** `#id`, as it stands in references and addresses, with the resource that has it. */
  readonly named: Map<string, JsonObject | 'several'>;
  /** The contained resources that refer to their container. */
  readonly back: Set<JsonObject>;
  /** True once the contained resource in focus has referred to its container. */
  refersBack: boolean;
}

/** What a resource with a list of contained ones begins with; undefined for one without. */
export function startFragments(container: JsonObject): Fragments | undefined {
  const list = own(container, 'contained');
  if (!Array.isArray(list)) return undefined;
  let byId: Map<string, JsonObject> | undefined;
  const find = (id: string): JsonObject | undefined => {
    byId ??= indexed(list);
    return byId.get(id);
  };
  return { find, named: new Map(), back: new Set(), refersBack: false };
}

function indexed(contained: readonly unknown[]): Map<string, JsonObject> {
  const byId = new Map<string, JsonObject>();
  for (const one of contained) {
    if (isObject(one) && typeof one.id === 'string' && !byId.has(one.id)) byId.set(one.id, one);
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

/** Notes that the resource in focus refers to what is contained, or to its container (dom-3). */
export function noteFragment(address: string, { fragments, environment: { resource } }: Where): void {
  if (fragments === undefined) return;
  const from = fragments.named.get(address) ?? resource;
  fragments.named.set(address, from === resource ? resource : 'several');
  if (address === '#') fragments.refersBack = true;
}

/** True where an address leads to a contained resource, or from one to its container. */
export function leadsInside(address: string, { fragments, environment: { resource, rootResource } }: Where): boolean {
  return address === '#' ? resource !== rootResource : fragments?.find(address.slice(1)) !== undefined;
}

/** True where another resource than the contained one itself refers to it, or it refers to its container. */
export function isReferredTo(contained: JsonObject, { named, back }: Fragments): boolean {
  if (back.has(contained)) return true;
  const from = typeof contained.id === 'string' ? named.get(`#${contained.id}`) : undefined;
  return from !== undefined && from !== contained;
}
