import type { Walk } from './walk.js';

const HASH = 0x23;

/** True for an address that begins with `#`: of what the resource contains, or of the resource itself. */
export function isFragment(address: string): boolean {
  return address.charCodeAt(0) === HASH;
}

/** Notes that the resource in focus refers to what is contained, or to its container (dom-3). */
export function noteFragment(address: string, { fragments }: Walk): void {
  if (fragments === undefined) return;
  fragments.named.add(address);
  if (address === '#') fragments.refersBack = true;
}
