import type { JsonObject } from '../lens/json.js';
import type { Walk } from './walk.js';

/** What the entries of a Bundle say of each other. */
export interface BundleIndex {
  /** The resource that a reference in an entry points at (https://hl7.org/fhir/R4/bundle.html#references). */
  resolve(reference: string, entry: number): JsonObject | 'absent' | 'ambiguous' | undefined;
}

export function indexBundle(_bundle: JsonObject): BundleIndex {
  return { resolve: () => undefined };
}

export function checkInBundle(_reference: string, _walk: Walk): void {}

export function checkEntries(_bundle: JsonObject, _walk: Walk): void {}
