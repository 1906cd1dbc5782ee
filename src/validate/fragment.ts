import type { JsonObject } from '../lens/json.js';

/** The references of a resource to what it contains, and of the contained ones back to it (dom-3). */
export interface Fragments {
  /** `#id`, as it stands in references and addresses. */
  readonly named: Set<string>;
  /** The contained resources that refer to their container. */
  readonly back: Set<JsonObject>;
  /** True once the contained resource in focus has referred to its container. */
  refersBack: boolean;
}

const HASH = 0x23;

/** True for an address that begins with `#`: of what the resource contains, or of the resource itself. */
export function isFragment(address: string): boolean {
  return address.charCodeAt(0) === HASH;
}

/** Notes that the resource in focus refers to what is contained, or to its container (dom-3). */
export function noteFragment(address: string, { fragments }: { readonly fragments: Fragments | undefined }): void {
  if (fragments === undefined) return;
  fragments.named.add(address);
  if (address === '#') fragments.refersBack = true;
}
