import type { IdMapBuilder } from '../../bundle/idMap.js';
import { byAnyName } from '../../bundle/references.js';
import type { ConvertOptions } from '../../fhir/scope.js';
import type { References } from '../convertRecord.js';
import type { SetIndex } from './setIndex.js';

/** What an id map tells besides: whether it knows records of a type by their identifiers. */
export interface MapOptions {
  readonly knowsIdentifiers?: (resourceType: string) => boolean;
}

/** The types of which a rule reads more than what they are called. */
const READ: ReadonlySet<string> = new Set(['Condition']);

/** Options under which ids and references are those of a map, and where that knows none, the caller's. */
export function withMap<O extends ConvertOptions>(options: O, map: IdMapBuilder): O & MapOptions {
  const { resolveId, resolveReference } = options;
  return {
    ...options,
    resolveId: (reference: string) => map.resolveId(reference) ?? resolveId?.(reference),
    resolveReference: (id: string, type: string) => map.resolveReference(id, type) ?? resolveReference?.(id, type),
    knowsIdentifiers: map.knowsIdentifiers,
  };
}

/**
 * What references lead to, the records of a set among them. An id map may know a record by another name than the reference
 * has: it is looked up for its identifiers where the map has any of its type.
 */
export function referencesIn({ find }: SetIndex, options: ConvertOptions & MapOptions): References {
  const { resolve, resolveId, knowsIdentifiers = () => false } = options;
  return {
    resolve: (reference) => find(reference, (type) => READ.has(type)) ?? resolve?.(reference),
    ...(resolveId === undefined
      ? {}
      : { resolveId: byAnyName(resolveId, (reference) => find(reference, knowsIdentifiers)) }),
  };
}
