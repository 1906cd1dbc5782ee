import type { Resolve } from '../bundle/references.js';
import { findLens } from '../resources/registry.js';
import type { Within } from './records.js';
import type { Bytes } from './values.js';

/**
 * What is kept of a record of a Bundle that was refused: the record, where it is refused by itself too. Where it is not,
 * because the reason lies in another resource of the Bundle, a Bundle of its entry and what it refers to; without records
 * that would be converted there a second time.
 */
export function rejectedBytes(
  bytes: () => Bytes,
  { resolve, bundle }: Within,
  isRefused: (resolve: Resolve | undefined) => boolean,
  outside: Resolve | undefined,
): () => Bytes {
  return () => {
    if (isRefused(outside)) return bytes();
    const others = new Map<string, string>();
    isRefused((reference) => {
      const resource = resolve(reference);
      if (resource !== undefined && findLens(resource.resourceType) === undefined) {
        const fullUrl = reference.includes(':') ? { fullUrl: reference } : {};
        others.set(reference, JSON.stringify({ ...fullUrl, resource }));
      }
      return resource;
    });
    return bundle([...others.values()]);
  };
}
