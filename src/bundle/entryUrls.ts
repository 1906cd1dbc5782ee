import { isFhirId } from '../fhir/references/identity.js';
import type { JsonObject } from '../lens/json.js';
import { uuidOf } from './uuid.js';

/** What becomes an entry. */
interface Content {
  readonly resource: JsonObject;
  /** The same text for what is the same record. */
  readonly content: string;
}

/**
 * The fullUrl of each: its address below `base`, where there is one and the resource has an id that FHIR allows, else a `urn:uuid:`
 * made of its content, so that equal records get equal names whenever they are sent. Equal ones of one set are told apart by
 * their order.
 */
export function entryUrls(entries: readonly Content[], base: string | undefined): string[] {
  const counts = new Map<string, number>();
  return entries.map(({ resource: { resourceType, id }, content }) => {
    const count = counts.get(content) ?? 0;
    counts.set(content, count + 1);
    if (base !== undefined && isFhirId(id)) return `${withoutSlash(base)}/${resourceType}/${id}`;
    return urn(uuidOf(count === 0 ? content : `${content}#${count}`));
  });
}

export const urn = (uuid: string): string => `urn:uuid:${uuid}`;

export const withoutSlash = (base: string): string => base.replace(/\/$/, '');
