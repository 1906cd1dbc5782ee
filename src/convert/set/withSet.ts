import { certainId } from '../../bundle/clinikIds.js';
import type { IdMapBuilder } from '../../bundle/idMap.js';
import { readLiteral } from '../../fhir/references/literal.js';
import type { ConvertOptions } from '../../fhir/scope.js';
import type { Finder } from './indexTables.js';
import { readAt } from './readTypes.js';

/** What an id map tells besides: whether it knows records of a type by their identifiers. */
export interface MapOptions {
  readonly knowsIdentifiers?: (resourceType: string) => boolean;
}

/** Options under which references lead to records of a set. */
export interface SetOptions extends Pick<ConvertOptions, 'resolve' | 'resolveId'> {
  /** How often one did so. */
  readonly finds?: () => number;
}

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
 * What references lead to, the records of a set among them. An id map is asked for the reference as it is first. Only for one that
 * it does not know the set is read: what is found there has the id that its identifier of ClinikAPI's says, else what the map has for
 * any of its names.
 *
 * What tells type and id (`Encounter/e1`) is taken at its word: without a map it is the id, and under one that knows no identifiers
 * of its type nothing more can be known of it. To look at every record that is referred to, for an identifier of ClinikAPI's, would
 * cost a reading of everything for every set.
 */
export function referencesIn(finder: Pick<Finder, 'find'>, options: ConvertOptions & MapOptions): SetOptions {
  const { resolve, resolveId, knowsIdentifiers = () => false } = options;
  let finds = 0;
  const find: Finder['find'] = (reference, isWorth) => {
    const resource = finder.find(reference, isWorth);
    if (resource !== undefined) finds += 1;
    return resource;
  };
  const found = {
    resolve: (reference: string) => find(reference, readAt(reference)) ?? resolve?.(reference),
    finds: () => finds,
  };
  if (resolveId === undefined) return found;
  return {
    ...found,
    resolveId(reference) {
      const told = resolveId(reference);
      if (told !== undefined) return told;
      const resource = find(reference, knowsIdentifiers);
      if (resource === undefined) return undefined;
      const kind = readLiteral(reference)?.kind;
      const fullUrl = kind === 'absolute' || kind === 'urn' ? reference : undefined;
      return certainId({ fullUrl, resource: { ...resource } }, options);
    },
  };
}
