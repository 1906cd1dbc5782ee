import { idAsIdentifier, isFhirId } from '../fhir/references/identity.js';
import { readLiteral } from '../fhir/references/literal.js';
import type { ReadOptions } from '../fhir/scope.js';
import { isAbroad } from './clinikIds.js';
import type { Survey } from './survey.js';

/**
 * The options under which a Bundle is read that has records of other servers than the one that `baseUrl` names as home. Without an id
 * map ids are those of home; what another server calls `Patient/1` is somebody else, known by an identifier of ClinikAPI's only. That is
 * what a map says which knows all of home, and nothing of others.
 */
export function atHomeOnly(options: ReadOptions, { bases }: Survey): ReadOptions {
  const { baseUrl, resolve, resolveId } = options;
  if (baseUrl === undefined || resolveId !== undefined) return options;
  if (![...bases].some((base) => isAbroad(base, options))) return options;
  return {
    ...options,
    unmapped: 'omit',
    isHomeOnly: true,
    resolveId(reference) {
      const { kind, id, base } = readLiteral(reference) ?? {};
      if (kind === 'relative' || kind === 'absolute') return isAbroad(base, options) ? undefined : id;
      const resource = resolve?.(reference);
      return resource && (idAsIdentifier({ ...resource }, resource.resourceType) ?? resource.id);
    },
    resolveReference: (id, type) => (isFhirId(id) ? `${type}/${id}` : undefined),
  };
}
