import type { Resolve } from '../bundle/references.js';
import { readLiteral } from '../fhir/references/literal.js';
import type { Bytes } from '../read/jsonValues.js';
import type { Within } from '../read/recordsOfValue.js';
import { findLens } from '../resources/registry.js';
import { placedBy } from './readingOptions.js';

/**
 * What is kept of a record that was refused: the record, where it is refused by itself too. Where it is not, because the reason
 * lies in another resource of its Bundle or its set, a Bundle of it and what it refers to; without records that would be
 * converted there a second time. `isRefused` tries it with what references lead to, or without.
 */
export function rejectedBytes(
  bytes: () => Bytes,
  resolve: Resolve,
  isRefused: (resolve: Resolve | undefined) => boolean,
  within?: Pick<Within, 'bundle' | 'entry' | 'entryText'>,
): () => Bytes {
  const placed = placedBy(within?.entry ?? { fullUrl: undefined });
  return () => {
    if (isRefused(undefined)) return bytes();
    const others = new Set<string>();
    isRefused((reference) => {
      const resource = resolve(reference);
      if (resource !== undefined && findLens(resource.resourceType) === undefined) {
        const at = placed(reference);
        const { kind, reference: named } = readLiteral(at) ?? {};
        const fullUrl = kind === 'urn' || kind === 'absolute' ? { fullUrl: named } : {};
        others.add(within?.entryText(resource) ?? JSON.stringify({ ...fullUrl, resource }));
      }
      return resource;
    });
    const around = [...others];
    if (within !== undefined) return within.bundle(around);
    const own = bytes();
    // What is too large to be held is refused before its references are looked at.
    return Buffer.isBuffer(own) ? alone(own, around) : own;
  };
}

function alone(resource: Buffer, others: readonly string[]): Buffer {
  const end = [...others.map((entry) => `,${entry}`), ']}'].join('');
  return Buffer.concat([
    Buffer.from('{"resourceType":"Bundle","entry":[{"resource":'),
    resource,
    Buffer.from(`}${end}`),
  ]);
}
